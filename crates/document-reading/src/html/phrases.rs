//! Lines that are made of certain phrases.

use super::measure::visible;

/// A line of phrases has at most so many characters.
const LONGEST: u32 = 80;

/// Which characters a text has, of sixty-four kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kinds(u64);

impl Kinds {
    fn of(text: &str) -> Self {
        let kinds = text
            .chars()
            .map(|character| 1 << (u32::from(character) % 64));
        Self(kinds.fold(0, |all, kind: u64| all | kind))
    }

    fn has(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

/// A phrase, and the kinds of its characters: most lines are known by them not to hold it.
#[derive(Debug)]
struct Phrase {
    text: String,
    kinds: Kinds,
}

/// Phrases, the longest first.
#[derive(Debug, Default)]
pub(super) struct Phrases(Vec<Phrase>);

impl From<Vec<String>> for Phrases {
    fn from(mut phrases: Vec<String>) -> Self {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        let phrase = |text: String| Phrase {
            kinds: Kinds::of(&text),
            text,
        };
        Self(phrases.into_iter().map(phrase).collect())
    }
}

impl Phrases {
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether nothing but digits and punctuation is left of a line without these phrases.
    pub(super) fn make(&self, line: &str) -> bool {
        if visible(line) > LONGEST {
            return false;
        }
        let mut left: String = line
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        let kinds = Kinds::of(&left);
        let mut found = 0;
        let mut telling = false;
        for phrase in self.0.iter().filter(|phrase| kinds.has(phrase.kinds)) {
            let times = left.matches(&phrase.text).count();
            if times > 0 {
                left = left.replace(&phrase.text, " ");
                found += times;
                telling |= phrase.text.chars().count() > 1;
            }
        }
        (telling || found >= 3) && !left.chars().any(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::LEXICON;

    #[test]
    fn lines_of_controls_are_told_from_text() {
        let control = |text: &str| LEXICON.control_phrases.make(text);
        assert!(control("【字体：大 中 小】【打印】【关闭窗口】"));
        assert!(control("浏览次数：123次"));
        assert!(!control("12"));
        assert!(!control("中"));
        assert!(!control("打印政府公报2期"));
    }
}
