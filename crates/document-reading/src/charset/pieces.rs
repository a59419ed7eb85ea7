//! Decoding piece by piece: pages are glued together from parts in different encodings.
//!
//! A piece is what stands between line ends and angle brackets: none of these bytes occurs
//! inside a character of UTF-8, GB18030 or Big5.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

use super::plausible;

/// How much of a file is UTF-8.
pub(super) struct Utf8Share {
    /// All of it, but for a character cut off at the end.
    pub(super) valid: bool,
    /// Share of the bytes over 127 that belong to characters of three or four bytes.
    pub(super) share: f64,
}

pub(super) fn utf8_share(bytes: &[u8]) -> Utf8Share {
    match std::str::from_utf8(bytes) {
        Ok(_) => Utf8Share {
            valid: true,
            share: 1.0,
        },
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            // Cut at the end. A lone lead byte after plain ASCII proves nothing.
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Utf8Share {
                valid: !valid.is_ascii(),
                share: 0.0,
            }
        }
        Err(_) => Utf8Share {
            valid: false,
            share: long_share(bytes),
        },
    }
}

/// Share of the bytes over 127 that stand in valid UTF-8 characters of three or four bytes; two
/// bytes occur by chance in GBK.
fn long_share(bytes: &[u8]) -> f64 {
    let (mut long, mut all) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars().filter(|character| !character.is_ascii()) {
            all += character.len_utf8();
            if character.len_utf8() > 2 {
                long += character.len_utf8();
            }
        }
        all += chunk.invalid().len();
    }
    if all == 0 { 0.0 } else { long as f64 / all as f64 }
}

/// The pieces of a file, in order, nothing left out.
pub(super) fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'<' | b'>'))
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
    for piece in split(bytes) {
        lost += decode_piece(piece, encoding, &mut text);
    }
    (text, lost)
}

fn count_lost(text: &str) -> usize {
    text.chars()
        .filter(|character| *character == char::REPLACEMENT_CHARACTER)
        .count()
}

/// Appends one piece and gives the number of characters that were lost.
fn decode_piece(piece: &[u8], encoding: &'static Encoding, text: &mut String) -> usize {
    if let Ok(valid) = std::str::from_utf8(piece)
        && (encoding == UTF_8 || valid.is_ascii() || long_share(piece) >= 0.9)
    {
        text.push_str(valid);
        return 0;
    }
    let chosen = if encoding != UTF_8 {
        encoding
    } else if long_share(piece) >= 0.5 {
        UTF_8
    } else {
        let sample = plausible::judge(GB18030, piece);
        let other = plausible::judge(BIG5, piece);
        let best = if other.reads_better_than(&sample) { BIG5 } else { GB18030 };
        if plausible::judge(best, piece).is_strict() { best } else { UTF_8 }
    };
    let (decoded, damaged) = chosen.decode_without_bom_handling(piece);
    text.push_str(&decoded);
    if damaged { count_lost(&decoded) } else { 0 }
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
