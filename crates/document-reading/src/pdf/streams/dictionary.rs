//! What the dictionary of a stream says of how it is packed (ISO 32000-1, 7.3.7 and 7.3.8), read from its bytes:
//! before the file is opened there is nothing else to read it with.

use std::ops::Range;

use super::unpacked::Filter;

/// What is said of a stream.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Filters in the order in which they unpack.
    pub(super) filters: Vec<Filter>,
    /// Where their names stand.
    pub(super) names: Vec<Range<usize>>,
    /// Every filter stands here in plain letters: none elsewhere, none in escapes.
    pub(super) plain: bool,
    /// A picture, which is drawn nowhere here.
    pub(super) picture: bool,
    /// The length, where it is a number and no reference.
    pub(super) length: Option<usize>,
}

/// Reads the dictionary that `bytes` begin with.
pub(super) fn read(bytes: &[u8]) -> Entries {
    let mut entries = Entries {
        plain: true,
        ..Entries::default()
    };
    let mut key: Option<&[u8]> = None;
    // Whether the key has its value: after that the next name is a key.
    let mut valued = false;
    let (mut depth, mut arrays) = (0_usize, 0_usize);
    let mut reader = Reader { bytes, at: 0 };
    while let Some((token, range)) = reader.next() {
        match token {
            Token::Open => depth += 1,
            Token::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            Token::OpenArray => arrays += 1,
            Token::CloseArray => arrays = arrays.saturating_sub(1),
            Token::Name(_) | Token::Word(_) | Token::Text => {}
        }
        if depth != 1 {
            valued = true;
            continue;
        }
        match (token, key) {
            (Token::Name(name), _) if arrays == 0 && (key.is_none() || valued) => {
                entries.plain &= !name.contains(&b'#');
                key = Some(name);
                valued = false;
                continue;
            }
            (Token::Name(name), Some(b"Filter" | b"F")) => {
                entries.plain &= !name.contains(&b'#');
                entries.filters.push(Filter::named(name));
                entries.names.push(range);
            }
            (Token::Name(b"Image"), Some(b"Subtype")) => entries.picture = true,
            (Token::Word(b"R"), Some(b"Filter" | b"F")) => entries.plain = false,
            (Token::Word(b"R"), Some(b"Length")) => entries.length = None,
            (Token::Word(word), Some(b"Length")) if !valued => {
                entries.length = str::from_utf8(word).ok().and_then(|word| word.parse().ok());
            }
            _ => {}
        }
        // What opens the dictionary is nobody's value.
        valued |= key.is_some();
    }
    entries
}

#[derive(Clone, Copy)]
enum Token<'b> {
    Open,
    Close,
    OpenArray,
    CloseArray,
    Name(&'b [u8]),
    /// A number or a word.
    Word(&'b [u8]),
    Text,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn next(&mut self) -> Option<(Token<'b>, Range<usize>)> {
        self.skip_blank();
        let start = self.at;
        let rest = self.bytes.get(start..)?;
        let token = match rest {
            [b'<', b'<', ..] => self.forward(2, Token::Open),
            [b'>', b'>', ..] => self.forward(2, Token::Close),
            [b'[', ..] => self.forward(1, Token::OpenArray),
            [b']', ..] => self.forward(1, Token::CloseArray),
            [b'<', ..] => {
                let length = rest.iter().position(|byte| *byte == b'>')?;
                self.forward(length + 1, Token::Text)
            }
            [b'(', ..] => {
                let length = text_length(rest)?;
                self.forward(length, Token::Text)
            }
            [b'/', name @ ..] => {
                let length = regular(name);
                self.forward(1 + length, Token::Name(name.get(..length)?))
            }
            [_, ..] => {
                let length = regular(rest).max(1);
                self.forward(length, Token::Word(rest.get(..length)?))
            }
            [] => return None,
        };
        Some((token, start..self.at))
    }

    fn forward(&mut self, bytes: usize, token: Token<'b>) -> Token<'b> {
        self.at += bytes;
        token
    }

    fn skip_blank(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'%' => {
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                    self.at += end.unwrap_or(rest.len());
                }
                byte if is_blank(*byte) => self.at += 1,
                _ => break,
            }
        }
    }
}

/// White space as PDF has it.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

/// Bytes up to the next delimiter or blank.
fn regular(bytes: &[u8]) -> usize {
    let special = |byte: &u8| is_blank(*byte) || b"()<>[]{}/%".contains(byte);
    bytes.iter().position(special).unwrap_or(bytes.len())
}

/// Length of a text in brackets, which it may hold in pairs.
fn text_length(bytes: &[u8]) -> Option<usize> {
    let (mut open, mut escaped) = (0_usize, false);
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 1 => return Some(index + 1),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters(bytes: &[u8]) -> Vec<Filter> {
        read(bytes).filters
    }

    #[test]
    fn filters_are_read_in_order_with_their_places() {
        let bytes = b" << /Length 12/Filter[/A85 /FlateDecode] /Title (/Filter /LZW \\) >>) >>";
        assert_eq!(filters(bytes), [Filter::Ascii85, Filter::Flate]);
        let entries = read(bytes);
        assert_eq!(entries.length, Some(12));
        assert!(entries.plain && !entries.picture);
        let places: Vec<&[u8]> = entries
            .names
            .iter()
            .map(|range| &bytes[range.clone()])
            .collect();
        assert_eq!(places, [b"/A85".as_slice(), b"/FlateDecode"]);
    }

    #[test]
    fn what_stands_deeper_is_of_something_else() {
        let bytes = b"<< /DecodeParms << /Filter /LZWDecode /Subtype /Image >> /Subtype /Form /Filter /Fl >>";
        assert_eq!(filters(bytes), [Filter::Flate]);
        assert!(!read(bytes).picture);
        assert!(read(b"<</Subtype/Image/Width 9>>").picture);
    }

    #[test]
    fn what_does_not_stand_here_is_not_guessed() {
        assert!(!read(b"<< /Filter 5 0 R /Length 9 >>").plain);
        assert!(!read(b"<< /Filter /Fl#61teDecode >>").plain);
        assert!(!read(b"<< /Fil#74er /FlateDecode >>").plain);
        assert_eq!(
            read(b"<< /Length 5 0 R /Filter /FlateDecode >>").length,
            None
        );
        for damaged in [b"<< /Filter [/Fl".as_slice(), b"<< (", b"", b"<", b">>>>"] {
            assert_eq!(read(damaged).length, None);
        }
    }
}
