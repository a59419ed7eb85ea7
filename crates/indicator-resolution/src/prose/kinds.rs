//! Sets of characters in one machine word.

/// The kinds of characters that a text has, of 64: a text holds no word of which it lacks a kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u64);

impl Kinds {
    pub(super) fn of<'c>(characters: impl IntoIterator<Item = &'c char>) -> Self {
        let characters = characters.into_iter();
        Self(characters.fold(0, |kinds, character| kinds | bit(*character)))
    }

    /// Whether all of some kinds are among them.
    pub(super) fn include(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Whether a character may be among those that they are of.
    pub(super) fn may_have(self, character: char) -> bool {
        self.0 & bit(character) != 0
    }
}

/// The last bits of Chinese characters differ most.
fn bit(character: char) -> u64 {
    1 << (u32::from(character) & 63)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Kinds {
        Kinds::of(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn most_words_that_a_text_lacks_are_told_by_their_kinds() {
        let text = kinds("本年度主动公开政府信息");
        assert!(text.include(kinds("公开信息")));
        assert!(!text.include(kinds("公开指南")));
        assert!(!text.may_have('诉'));
    }

    proptest! {
        #[test]
        fn what_a_text_holds_is_never_denied(text in "[a-z年报公开申请0-9]{1,30}", from in 0_usize..30) {
            let word: String = text.chars().skip(from).take(4).collect();
            prop_assert!(kinds(&text).include(kinds(&word)));
            prop_assert!(word.chars().all(|character| kinds(&text).may_have(character)));
        }
    }
}
