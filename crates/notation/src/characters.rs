//! A text as characters in one width, each with its byte.

/// A text as a row of characters.
pub(crate) struct Characters {
    characters: Vec<char>,
    /// Byte of each character, and the text's length at the end.
    bytes: Vec<usize>,
}

impl Characters {
    /// The characters of a text, full-width forms folded to ASCII.
    pub(crate) fn new(text: &str) -> Self {
        let mut characters = Vec::with_capacity(text.len() / 2);
        let mut bytes = Vec::with_capacity(text.len() / 2 + 1);
        for (byte, character) in text.char_indices() {
            characters.push(fold(character));
            bytes.push(byte);
        }
        bytes.push(text.len());
        Self { characters, bytes }
    }

    /// The character at an index; NUL past the end, which is part of no word.
    pub(crate) fn at(&self, index: usize) -> char {
        self.characters.get(index).copied().unwrap_or('\0')
    }

    /// The character before an index; NUL at the start.
    pub(crate) fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |index| self.at(index))
    }

    pub(crate) fn len(&self) -> usize {
        self.characters.len()
    }

    /// The byte at which the character at an index begins.
    pub(crate) fn byte(&self, index: usize) -> usize {
        self.bytes
            .get(index)
            .or(self.bytes.last())
            .copied()
            .unwrap_or_default()
    }

    /// The first index from `index` on that holds no white space.
    pub(crate) fn skip_space(&self, mut index: usize) -> usize {
        while index < self.len() && self.at(index).is_whitespace() {
            index += 1;
        }
        index
    }

    /// Whether a word begins at an index.
    pub(crate) fn starts(&self, index: usize, word: &[char]) -> bool {
        self.characters
            .get(index..)
            .is_some_and(|rest| rest.starts_with(word))
    }

    /// Where a word ends that begins at an index.
    pub(crate) fn behind(&self, index: usize, word: &str) -> Option<usize> {
        let mut end = index;
        for character in word.chars() {
            if self.characters.get(end) != Some(&character) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// Whether a word ends before an index.
    pub(crate) fn ends(&self, index: usize, word: &[char]) -> bool {
        self.characters
            .get(..index)
            .is_some_and(|text| text.ends_with(word))
    }
}

/// One character in the width that rules are written in.
fn fold(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xff01 + 0x21).unwrap_or(character)
        }
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2212}' | '\u{fe63}' | '\u{2010}' | '\u{2011}' => '-',
        '﹪' => '%',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_fold_and_keep_their_bytes() {
        let characters = Characters::new("３６％");
        assert_eq!(
            (characters.at(0), characters.at(2), characters.at(3)),
            ('3', '%', '\0')
        );
        assert_eq!((characters.byte(1), characters.byte(9)), (3, 9));
    }
}
