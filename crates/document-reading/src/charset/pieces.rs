//! Decoding piece by piece: pages are glued together from parts in different encodings.
//!
//! A piece is what stands between line ends and angle brackets: none of these bytes occurs
//! inside a character of UTF-8, GB18030 or Big5.

use std::ops::Range;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

use super::plausible;

/// How much of a file is UTF-8.
pub(super) struct Utf8Share {
    /// All of it, but for a character cut off at the end.
    pub(super) valid: bool,
    /// Half of the bytes over 127 and more belong to characters of three or four bytes.
    pub(super) mostly: bool,
}

pub(super) fn utf8_share(bytes: &[u8]) -> Utf8Share {
    match std::str::from_utf8(bytes) {
        Ok(_) => Utf8Share {
            valid: true,
            mostly: true,
        },
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            // Cut at the end. A lone lead byte after plain ASCII proves nothing.
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Utf8Share {
                valid: !valid.is_ascii(),
                mostly: false,
            }
        }
        Err(_) => Utf8Share {
            valid: false,
            mostly: has_long(bytes, 0.5),
        },
    }
}

/// Whether valid UTF-8 characters of three or four bytes have at least this share of the bytes over 127;
/// two bytes occur by chance in GBK.
fn has_long(bytes: &[u8], share: f64) -> bool {
    let all = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let least = share * all as f64;
    let (mut long, mut left) = (0, all);
    let mut rest = bytes;
    // What is left may not be enough.
    while left > 0 && (long + left) as f64 >= least {
        if rest.first().is_some_and(u8::is_ascii) {
            let ascii = Encoding::ascii_valid_up_to(rest);
            rest = rest.get(ascii..).unwrap_or_default();
        }
        // A byte that begins no character is passed over by itself: what follows it may begin one.
        let length = character_length(rest).unwrap_or(1);
        if length > 2 {
            long += length;
        }
        left = left.saturating_sub(length);
        rest = rest.get(length..).unwrap_or_default();
    }
    all > 0 && long as f64 >= least
}

/// Length of the valid UTF-8 character that bytes begin with (Unicode, table 3-7).
fn character_length(bytes: &[u8]) -> Option<usize> {
    let follows = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|byte| (0x80..=0xBF).contains(byte))
    };
    let (length, second) = match *bytes.first()? {
        0xC2..=0xDF => (2, 0x80..=0xBF),
        0xE0 => (3, 0xA0..=0xBF),
        0xED => (3, 0x80..=0x9F),
        0xE1..=0xEF => (3, 0x80..=0xBF),
        0xF0 => (4, 0x90..=0xBF),
        0xF1..=0xF3 => (4, 0x80..=0xBF),
        0xF4 => (4, 0x80..=0x8F),
        _ => return None,
    };
    let valid = second.contains(bytes.get(1)?) && (2..length).all(follows);
    valid.then_some(length)
}

/// Whether a byte ends a piece.
fn ends_piece(byte: u8) -> bool {
    matches!(byte, b'\n' | b'<' | b'>')
}

/// The pieces of a file that hold bytes over 127, in order.
pub(super) fn marked(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(from..)?;
        let ascii = Encoding::ascii_valid_up_to(rest);
        let (before, behind) = rest.split_at_checked(ascii)?;
        if behind.is_empty() {
            return None;
        }
        let start = before.iter().rposition(|byte| ends_piece(*byte));
        let end = behind.iter().position(|byte| ends_piece(*byte));
        let piece = from + start.map_or(0, |at| at + 1)
            ..from + ascii + end.map_or(behind.len(), |at| at + 1);
        from = piece.end;
        Some(piece)
    })
}

/// Decodes a file in its charset, and pieces of it in another where they are valid in that one
/// and not in the file's. Gives the text and the number of characters that were lost.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> (String, usize) {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (text.to_owned(), 0);
    }
    if ![UTF_8, GB18030, BIG5].contains(&encoding) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        let lost = if damaged { count_lost(&text) } else { 0 };
        return (text.into_owned(), lost);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut lost = 0;
    // Pieces in the file's own charset are decoded together with what stands between them: the ends of
    // pieces are no part of any character.
    let mut own = 0;
    for piece in marked(bytes) {
        let content = bytes.get(piece.clone()).unwrap_or_default();
        let chosen = charset(content, encoding);
        if chosen != encoding {
            lost += append(bytes.get(own..piece.start), encoding, &mut text);
            lost += append(Some(content), chosen, &mut text);
            own = piece.end;
        }
    }
    lost += append(bytes.get(own..), encoding, &mut text);
    (text, lost)
}

fn count_lost(text: &str) -> usize {
    text.chars()
        .filter(|character| *character == char::REPLACEMENT_CHARACTER)
        .count()
}

/// Appends bytes in a charset and gives the number of characters that were lost.
fn append(bytes: Option<&[u8]>, encoding: &'static Encoding, text: &mut String) -> usize {
    let bytes = bytes.unwrap_or_default();
    let (decoded, damaged) = encoding.decode_without_bom_handling(bytes);
    text.push_str(&decoded);
    if !damaged {
        return 0;
    }
    // A piece that is whole may hold U+FFFD that the file says itself.
    let lost = |piece: Range<usize>| {
        let piece = bytes.get(piece).unwrap_or_default();
        let (decoded, damaged) = encoding.decode_without_bom_handling(piece);
        if damaged { count_lost(&decoded) } else { 0 }
    };
    marked(bytes).map(lost).sum()
}

/// The charset of one piece of a file in this charset.
fn charset(piece: &[u8], encoding: &'static Encoding) -> &'static Encoding {
    if std::str::from_utf8(piece).is_ok() && (encoding == UTF_8 || has_long(piece, 0.9)) {
        return UTF_8;
    }
    if encoding != UTF_8 {
        return encoding;
    }
    if has_long(piece, 0.5) {
        return UTF_8;
    }
    let sample = plausible::judge(GB18030, piece);
    let other = plausible::judge(BIG5, piece);
    let best = if other.reads_better_than(&sample) {
        BIG5
    } else {
        GB18030
    };
    if plausible::judge(best, piece).is_strict() {
        best
    } else {
        UTF_8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_is_read_in_its_own_charset() {
        let gbk = GB18030.encode("版权所有：某市人民政府办公室").0;
        let page = [
            "<p>本年度收到申请十二件。</p>\n<p>".as_bytes(),
            &gbk,
            b"</p>",
        ]
        .concat();
        assert_eq!(
            decode(&page, UTF_8),
            (
                "<p>本年度收到申请十二件。</p>\n<p>版权所有：某市人民政府办公室</p>".to_owned(),
                0
            )
        );
        let page = [&gbk, "\n本年度收到申请".as_bytes()].concat();
        assert_eq!(
            decode(&page, GB18030),
            ("版权所有：某市人民政府办公室\n本年度收到申请".to_owned(), 0)
        );
    }

    #[test]
    fn a_lost_byte_is_marked_and_counted() {
        let mut bytes = "全年收到申请十二件。\n均已答复。".as_bytes().to_vec();
        bytes.remove(4);
        let (text, lost) = decode(&bytes, UTF_8);
        assert_eq!(lost, 1);
        assert_eq!(text, "全\u{FFFD}收到申请十二件。\n均已答复。");
    }
}
