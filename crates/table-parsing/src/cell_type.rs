//! What kind of thing a cell holds, as far as its characters tell.

use crate::lexicon::LEXICON;

/// The kind of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellType {
    /// Nothing, or a sign for nothing (`—`).
    Blank,
    /// One number or several: `170`, `-35`, `976.81万元`, `22(其中修订16件)`, `426716 26270`.
    Number,
    /// A unit: `人次`.
    Unit,
    /// Any other text.
    Label,
}

impl CellType {
    /// The kind of a text.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() || LEXICON.is_filler(text) {
            Self::Blank
        } else if LEXICON.is_unit(text) {
            Self::Unit
        } else if is_number(text) {
            Self::Number
        } else {
            Self::Label
        }
    }

    /// Stands where a value stands.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Self::Number | Self::Blank | Self::Unit)
    }
}

/// A bare year as it heads a column: `2019`.
pub(crate) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Longest unit or bound word behind a number (`万人次`, `余件`), in characters.
const LONGEST_SUFFIX: usize = 4;

/// Marks behind a number that point to a note.
const FOOTNOTE_MARKS: [char; 4] = ['*', '＊', '※', '#'];

fn is_number(text: &str) -> bool {
    // A note in brackets behind the number does not make it a label.
    let body = match text.find('(') {
        Some(0) | None => text,
        Some(at) if text.ends_with(')') => text.get(..at).unwrap_or(text).trim_end(),
        Some(_) => return false,
    };
    let mut words = body.split_whitespace().peekable();
    words.peek().is_some() && words.all(is_number_word)
}

fn is_number_word(word: &str) -> bool {
    let word = LEXICON
        .without_change(word)
        .trim_end_matches(FOOTNOTE_MARKS);
    let rest = word.trim_start_matches(['-', '−', '+', '约', '近', '¥', '↑', '↓']);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() == rest.len() {
        return false;
    }
    let mut after = after;
    while let Some(more) = after.strip_prefix([',', '.']) {
        let digits = more.trim_start_matches(|c: char| c.is_ascii_digit());
        // `1.` and `1.申请` number a label.
        if digits.len() == more.len() {
            return false;
        }
        after = digits;
    }
    // Years, months, days and document numbers are names, not amounts.
    let names = [
        '年', '月', '日', '号', '號', '季', '届', '、', ':', ')', '.',
    ];
    after.chars().count() <= LONGEST_SUFFIX
        && !after.contains(names)
        && !after.contains(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic())
        && !after.contains(['-', '/', '~', '—', '第', '条'].as_slice())
        || LEXICON.is_unit(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_from_labels() {
        for number in [
            "0",
            "170",
            "-35",
            "−35",
            "1,234",
            "0.6%",
            "976.81万元",
            "22(其中修订16件)",
            "260余",
            "426716 26270",
            "12条",
            "约20",
            "增加2项",
            "减3",
            "30*",
        ] {
            assert_eq!(CellType::of(number), CellType::Number, "{number}");
        }
        for label in [
            "2012年",
            "1.当面申请数",
            "1.",
            "(一)",
            "2021-04-09 17:05:00",
            "第1项",
            "12月",
            "1、申请",
            "行政许可",
            "3号",
        ] {
            assert_eq!(CellType::of(label), CellType::Label, "{label}");
        }
        assert_eq!(CellType::of(" "), CellType::Blank);
        for filler in ["——", "不适用", "无变化"] {
            assert_eq!(CellType::of(filler), CellType::Blank, "{filler}");
        }
        assert_eq!(CellType::of("人次"), CellType::Unit);
    }
}
