//! Reading aids of mirror sites: `報(bào)告`. They are no text of the report.

use std::{collections::HashSet, sync::LazyLock};

use crate::{character::is_han, words::words};

static SYLLABLES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/pinyin_syllables.txt")).collect());

/// From this many on in one document they are reading aids; fewer may be names or terms.
pub(crate) const ENOUGH: usize = 5;

/// Letters of the longest syllable (`zhuang`).
const LONGEST: usize = 6;

/// Byte ranges of the bracketed syllables that follow a Chinese character, brackets and the
/// spaces before and inside them included. Brackets may have either width.
pub(crate) fn reading_aids(text: &str) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (byte, bracket) in text.match_indices(['(', '（']) {
        let inside = text.get(byte + bracket.len()..).unwrap_or_default();
        let Some(length) = syllable_and_bracket(inside) else {
            continue;
        };
        let before = text.get(..byte).unwrap_or_default().trim_end_matches(' ');
        let follows_another = ranges.last().is_some_and(|(_, end)| *end == before.len());
        if follows_another || before.ends_with(is_han) {
            ranges.push((before.len(), byte + bracket.len() + length));
        }
    }
    ranges
}

/// Bytes of `bào)` at the start of a text.
fn syllable_and_bracket(text: &str) -> Option<usize> {
    let (end, bracket) = text
        .char_indices()
        .take(LONGEST + 3)
        .find(|(_, c)| matches!(c, ')' | '）'))?;
    is_syllable(text.get(..end)?.trim_matches(' ')).then_some(end + bracket.len_utf8())
}

/// One lower-case syllable: with a tone mark, or one that Pinyin has.
fn is_syllable(text: &str) -> bool {
    let mut plain = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        let (letter, marked) = match c {
            'a'..='z' | 'ü' => (c, false),
            'ā' | 'á' | 'ǎ' | 'à' => ('a', true),
            'ē' | 'é' | 'ě' | 'è' => ('e', true),
            'ī' | 'í' | 'ǐ' | 'ì' => ('i', true),
            'ō' | 'ó' | 'ǒ' | 'ò' => ('o', true),
            'ū' | 'ú' | 'ǔ' | 'ù' => ('u', true),
            'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => ('ü', true),
            _ => return false,
        };
        plain.push(letter);
        marks += usize::from(marked);
    }
    match marks {
        0 => SYLLABLES.contains(plain.as_str()),
        1 => plain.chars().count() <= LONGEST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        let mut rest = String::new();
        let mut from = 0;
        for (start, end) in reading_aids(text) {
            rest.push_str(text.get(from..start).unwrap());
            from = end;
        }
        rest.push_str(text.get(from..).unwrap());
        rest
    }

    #[test]
    fn bracketed_syllables_are_found() {
        assert_eq!(kept("年度報(bào)告,國(guó)務(wu)院"), "年度報告,國務院");
        assert_eq!(kept("報 (bào )(bào)告"), "報告");
    }

    #[test]
    fn other_brackets_stay() {
        for text in [
            "网站(http)上",
            "办公室(OA)系统",
            "附件(一)",
            "x(bào)",
            "报(baogao)告",
            "报((bào))",
        ] {
            assert_eq!(kept(text), text);
        }
    }

    #[test]
    fn the_list_of_syllables_is_whole() {
        assert!(
            (395..=430).contains(&SYLLABLES.len()),
            "{}",
            SYLLABLES.len()
        );
        assert!(SYLLABLES.iter().all(|one| one.chars().count() <= LONGEST));
    }
}
