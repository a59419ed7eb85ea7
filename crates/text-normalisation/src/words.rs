//! What the dictionary and the word lists know. Loaded when first asked.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::character::is_han;
use crate::dictionary::{Word, cut, word};

static MEASURE_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/measure_words.txt")).collect());

static FUNCTION_WORDS: LazyLock<HashMap<&str, Side>> = LazyLock::new(|| {
    include_str!("../data/function_words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (word, side) = line.split_once('\t')?;
            let side = match side {
                "before" => Side::Before,
                "after" => Side::After,
                _ => Side::Both,
            };
            Some((word, side))
        })
        .collect()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Both,
}

/// The words of a list: parted by white space, `#` opens a line of comment.
pub(crate) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// How two stretches of Chinese text hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    /// A word runs across, and without it a piece is left that is no word of several characters.
    Strong,
    /// A word runs across that is made of one word on either side.
    Compound,
    /// A word that binds on both its sides stands at the seam (的, 于, 和).
    Particle,
    /// A word that begins or ends a phrase of running text stands at the seam (关于, 已经).
    Function,
    /// The dictionary sees nothing.
    None,
}

/// Characters on either side that are looked at; no word of the dictionary that matters is longer.
const REACH: usize = 8;

/// Whether the words of the joined text run across the seam.
pub(crate) fn bond(left: &str, right: &str) -> Bond {
    let left = han_tail(left);
    let right = han_head(right);
    if left.is_empty() || right.is_empty() {
        return Bond::None;
    }
    let joined = format!("{left}{right}");
    let tokens = cut(&joined);
    let across = tokens
        .iter()
        .find(|token| token.start < left.len() && token.end() > left.len());
    if let Some(token) = across {
        let (before, after) = token.text.split_at(left.len() - token.start);
        return if is_long_word(before) && is_long_word(after) {
            Bond::Compound
        } else {
            Bond::Strong
        };
    }
    let before = tokens
        .iter()
        .rfind(|token| token.end() <= left.len())
        .and_then(|token| FUNCTION_WORDS.get(token.text));
    let after = tokens
        .iter()
        .find(|token| token.start >= left.len())
        .and_then(|token| FUNCTION_WORDS.get(token.text));
    match (before, after) {
        (Some(Side::Both), _) | (_, Some(Side::Both)) => Bond::Particle,
        (Some(Side::Before), _) | (_, Some(Side::After)) => Bond::Function,
        _ => Bond::None,
    }
}

/// Whether a text starts with what may stand right after a number.
pub(crate) fn starts_with_measure(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    if !is_han(first) {
        let mut sign = [0; 4];
        return MEASURE_WORDS.contains(&*first.encode_utf8(&mut sign));
    }
    let tokens = cut(han_head(text));
    let Some(token) = tokens.first() else {
        return false;
    };
    // `年度报告` is one word for the dictionary, `日常` is one for every reader.
    token.text.char_indices().any(|(byte, c)| {
        let (measure, rest) = token.text.split_at(byte + c.len_utf8());
        let ends = rest.is_empty() || is_long_word(rest);
        ends && MEASURE_WORDS.contains(measure)
    })
}

/// How strongly the last word before a number asks for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// A particle or a preposition: 的, 至, 自.
    Certain,
    /// A verb, an adverb: 受理, 共.
    Likely,
    /// A noun or the name of a thing.
    None,
}

/// What the last word of a text asks for.
pub(crate) fn demand_for_number(text: &str) -> Demand {
    let tokens = cut(han_tail(text));
    match tokens.last().and_then(|last| last.word).map(Word::tag) {
        Some('u' | 'p') => Demand::Certain,
        Some('v' | 'd' | 'c' | 'r' | 'y') => Demand::Likely,
        _ => Demand::None,
    }
}

/// Whether single characters, read on, make words.
pub(crate) fn is_word(text: &str) -> bool {
    word(text).is_some()
}

/// Whether a text is a word of several characters.
fn is_long_word(text: &str) -> bool {
    text.chars().count() > 1 && is_word(text)
}

/// Characters of `text` that stand in words of several characters, and all its characters.
pub(crate) fn covered_by_words(text: &str) -> (usize, usize) {
    let mut covered = 0;
    let mut all = 0;
    for token in cut(text) {
        all += token.length;
        if token.length > 1 {
            covered += token.length;
        }
    }
    (covered, all)
}

fn han_tail(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(text.len(), |(byte, _)| byte);
    text.get(start..).unwrap_or_default()
}

fn han_head(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(REACH)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(0, |(byte, c)| byte + c.len_utf8());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_across_the_seam_binds() {
        assert_eq!(bond("加强作风建", "设、提高"), Bond::Strong);
        assert_eq!(bond("信息公开年", "度报告"), Bond::Strong);
        assert_eq!(bond("制约为", "目标"), Bond::Particle);
        assert_eq!(bond("国务院关于", "公开"), Bond::Function);
        assert_eq!(bond("公开栏目信息", "通知公告"), Bond::None);
        assert_eq!(bond("指标", "单位"), Bond::None);
    }

    #[test]
    fn measure_words_are_read_as_words() {
        assert!(starts_with_measure("年广州市"));
        assert!(starts_with_measure("年度报告"));
        assert!(starts_with_measure("条。"));
        assert!(starts_with_measure("%"));
        assert!(!starts_with_measure("日常工作"));
        assert!(!starts_with_measure("主动公开"));
    }

    #[test]
    fn the_lists_are_sound() {
        assert!(MEASURE_WORDS.len() > 100);
        for word in words(include_str!("../data/measure_words.txt")) {
            assert!(word.chars().count() <= REACH, "{word}");
        }
        for line in include_str!("../data/function_words.tsv").lines() {
            let side = line.split_once('\t').map(|(_, side)| side);
            assert!(
                line.starts_with('#') || matches!(side, Some("before" | "after" | "both")),
                "{line}"
            );
        }
    }
}
