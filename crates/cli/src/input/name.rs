//! Names of any bytes as text, so that they can be turned back.

use std::fmt::Write as _;
use std::path::Path;

/// A path as records print it. On Unix a backslash is doubled and a byte that is no UTF-8 stands
/// as `\xHH`; on Windows separators are printed as `/`. Two paths never look the same.
pub(crate) fn printed(path: &Path) -> String {
    printed_bytes(path.as_os_str().as_encoded_bytes(), cfg!(windows))
}

/// The name of an archive's entry, by the same rule.
pub(crate) fn printed_entry(name: &[u8]) -> String {
    printed_bytes(name, false)
}

fn printed_bytes(bytes: &[u8], backslash_separates: bool) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' if backslash_separates => text.push('/'),
                '\\' => text.push_str("\\\\"),
                _ => text.push(character),
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match (byte, byte == b'\\' && rest.next() == Some(b'x')) {
                (_, true) => {
                    let hex: Vec<u8> = rest.by_ref().take(2).collect();
                    let hex = std::str::from_utf8(&hex).unwrap();
                    bytes.push(u8::from_str_radix(hex, 16).unwrap());
                }
                (byte, false) => bytes.push(byte),
            }
        }
        bytes
    }

    #[test]
    fn bytes_that_are_no_text_are_told_from_their_likeness() {
        assert_eq!(printed_bytes(b"a\xFF.txt", false), r"a\xFF.txt");
        assert_eq!(printed_bytes(br"a\xFF.txt", false), r"a\\xFF.txt");
        assert_eq!(
            printed_bytes("年报 %20.html".as_bytes(), false),
            "年报 %20.html"
        );
        assert_eq!(printed_bytes(br"a\b", true), "a/b");
    }

    proptest! {
        #[test]
        fn names_of_any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..30)) {
            prop_assert_eq!(parsed(&printed_bytes(&bytes, false)), bytes);
        }
    }
}
