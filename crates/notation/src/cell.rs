//! Table values.

use model::Bound;

use crate::characters::Characters;
use crate::numeral;
use crate::quantity;
use crate::words::{CELL_WORDS, CellWord, WORDS};

/// What a value cell says. Missing, blank, unreadable and zero are different things.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// One number.
    Number(CellNumber),
    /// Several numbers, which the label must tell apart (`426716 26270`).
    Several(Vec<CellNumber>),
    /// Nothing (`&nbsp;`, white space).
    Blank,
    /// It does not apply: `/`, `—`, `不适用`.
    NotApplicable,
    /// Something, but no number: `X条`, `××`, text.
    Unreadable,
}

/// A number of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellNumber {
    /// The value; words that say none (`无`, `没有`) are 0.
    pub value: f64,
    /// How exactly.
    pub bound: Bound,
    /// The unit, where the cell has one (`251000元`, `976.81万元`).
    pub unit: Option<String>,
    /// What a bracket says (`22（其中修订16件）`).
    pub note: Option<String>,
}

/// Reads a value cell.
pub fn read_cell(text: &str) -> CellValue {
    let bare = text.trim_matches(|character: char| {
        character.is_whitespace()
            || matches!(character, '|' | '。' | ';' | '；' | '\u{200b}' | '\u{feff}')
    });
    if bare.is_empty() {
        return CellValue::Blank;
    }
    // Most cells hold digits alone.
    if bare.len() <= numeral::MOST_DIGITS
        && bare.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(value) = bare.parse()
    {
        return CellValue::Number(exact(value));
    }
    if let Some(value) = words(bare) {
        return value;
    }
    let characters = Characters::new(bare);
    if let Some(value) = spaced_digits(&characters) {
        return CellValue::Number(exact(value));
    }
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let Some((number, end)) = cell_number(&characters, at) else {
            return CellValue::Unreadable;
        };
        numbers.push(number);
        let end = behind_footnote_marks(&characters, end);
        let next = characters.skip_space(end);
        if next == characters.len() {
            break;
        }
        let separator = matches!(characters.at(next), '/' | '、' | ',' | ';' | '|');
        if !separator && next == end {
            return CellValue::Unreadable;
        }
        at = characters.skip_space(if separator { next + 1 } else { next });
    }
    match <[CellNumber; 1]>::try_from(numbers) {
        Ok([number]) => CellValue::Number(number),
        Err(numbers) => CellValue::Several(numbers),
    }
}

/// The end of the marks behind a number that point to a note (`30*`); many of them hide something.
fn behind_footnote_marks(text: &Characters, end: usize) -> usize {
    const MOST_MARKS: usize = 2;
    let marks = (end..text.len())
        .take_while(|index| matches!(text.at(*index), '*' | '＊' | '※' | '#'))
        .count();
    end + if marks <= MOST_MARKS { marks } else { 0 }
}

fn exact(value: f64) -> CellNumber {
    CellNumber {
        value,
        bound: Bound::Exact,
        unit: None,
        note: None,
    }
}

/// A cell of words or marks alone.
fn words(text: &str) -> Option<CellValue> {
    // A mark alone says that there is nothing to say; `****` stands for something hidden.
    let marks = |character: char| {
        matches!(
            character,
            '/' | '\\'
                | '-'
                | '—'
                | '–'
                | '－'
                | '―'
                | '─'
                | '−'
                | '…'
                | '／'
                | '＼'
                | '.'
                | '﹣'
        )
    };
    if text.chars().all(marks) || text == "*" || text == "＊" {
        return Some(CellValue::NotApplicable);
    }
    let (word, note) = match text.find(['(', '（']) {
        Some(start) if text.ends_with([')', '）']) => (
            text.get(..start).unwrap_or_default().trim_end(),
            text.get(start..)
                .map(|note| note.trim_matches(['(', ')', '（', '）']).to_owned()),
        ),
        _ => (text, None),
    };
    let lower = word.to_lowercase();
    Some(match CELL_WORDS.get(lower.as_str())? {
        CellWord::Zero => CellValue::Number(CellNumber { note, ..exact(0.0) }),
        CellWord::Blank => CellValue::Blank,
        CellWord::NotApplicable => CellValue::NotApplicable,
        CellWord::Unreadable => CellValue::Unreadable,
    })
}

/// One number whose leading digits the layout set apart: `1 2 175`. Only single digits before a
/// last group of three: all else may be several numbers.
fn spaced_digits(text: &Characters) -> Option<f64> {
    let mut value = 0.0;
    let mut at = 0;
    let mut groups = 0;
    loop {
        let end = numeral::digit_run(text, at);
        let length = end - at;
        let last = end == text.len();
        if length != if last { 3 } else { 1 } {
            return None;
        }
        for index in at..end {
            value = value * 10.0 + f64::from(text.at(index).to_digit(10)?);
        }
        groups += 1;
        if last {
            return (groups > 2).then_some(value);
        }
        at = text.skip_space(end);
        if at == end || text.at(0) == '0' {
            return None;
        }
    }
}

/// Words of change before a number, and their sign.
const CHANGES: [(&str, f64); 12] = [
    ("增加", 1.0),
    ("新增", 1.0),
    ("增长", 1.0),
    ("增", 1.0),
    ("↑", 1.0),
    ("+", 1.0),
    ("减少", -1.0),
    ("下降", -1.0),
    ("减", -1.0),
    ("↓", -1.0),
    ("-", -1.0),
    ("－", -1.0),
];

/// Words before a number that say nothing of its value.
const TOTALS: [&str; 5] = ["共计", "合计", "总计", "共", "计"];

/// The number that begins at an index with sign, bound, unit and note, and its end.
fn cell_number(text: &Characters, start: usize) -> Option<(CellNumber, usize)> {
    let after = |at: usize, word: &str| {
        let end = text.behind(at, word)?;
        Some(text.skip_space(end))
    };
    let mut at = TOTALS
        .iter()
        .find_map(|word| after(start, word))
        .unwrap_or(start);
    let change = CHANGES
        .iter()
        .find_map(|(word, sign)| Some((after(at, word)?, *sign)));
    let mut sign = 1.0;
    if let Some((after, said)) = change {
        (at, sign) = (after, said);
    }
    // Bound words stand before the number: find where it begins.
    let mut number_at = at;
    while number_at < text.len() && number_at < at + 4 && !numeral::begins(text.at(number_at)) {
        number_at += 1;
    }
    let before = match WORDS.before(text, number_at) {
        Some((word, bound)) if word == at => Some(bound),
        _ if number_at == at => None,
        _ => return None,
    };
    let amount = quantity::amount(text, number_at)?;
    let mut end = amount.end;
    let open = text.skip_space(end);
    let mut note = None;
    if text.at(open) == '(' {
        let close = (open..text.len()).find(|index| text.at(*index) == ')')?;
        note = Some((open + 1..close).map(|index| text.at(index)).collect());
        end = close + 1;
    }
    Some((
        CellNumber {
            value: if amount.value == 0.0 {
                0.0
            } else {
                sign * amount.value
            },
            bound: before.or(amount.bound).unwrap_or_default(),
            unit: amount
                .unit
                .map(|unit| unit.map(|index| text.at(index)).collect()),
            note,
        },
        end,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        match read_cell(text) {
            CellValue::Number(number) => Some(number.value),
            _ => None,
        }
    }

    #[test]
    fn numbers_with_signs_units_and_notes() {
        for (text, expected) in [
            ("0", 0.0),
            ("170", 170.0),
            (" 12,175 ", 12175.0),
            ("1472.0", 1472.0),
            ("无", 0.0),
            ("没有", 0.0),
            ("未发生", 0.0),
            ("持平", 0.0),
            ("+1036", 1036.0),
            ("-3", -3.0),
            ("－3", -3.0),
            ("−35", -35.0),
            ("增2", 2.0),
            ("增加2项", 2.0),
            ("减少3", -3.0),
            ("减3", -3.0),
            ("↑2", 2.0),
            ("１２", 12.0),
            ("约20", 20.0),
            ("共3件", 3.0),
            ("196.4万条", 1_964_000.0),
            ("1 2 175", 12175.0),
            ("三", 3.0),
            ("-0", 0.0),
            ("30*", 30.0),
            ("０**", 0.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn money_and_notes_are_kept() {
        let number = |value, unit: Option<&str>, note: Option<&str>| {
            CellValue::Number(CellNumber {
                value,
                bound: Bound::Exact,
                unit: unit.map(str::to_owned),
                note: note.map(str::to_owned),
            })
        };
        assert_eq!(read_cell("251000元"), number(251_000.0, Some("元"), None));
        assert_eq!(read_cell("976.81万元"), number(976.81, Some("万元"), None));
        assert_eq!(
            read_cell("22（其中修订16件）"),
            number(22.0, None, Some("其中修订16件"))
        );
        assert_eq!(read_cell("3(5)"), number(3.0, None, Some("5")));
        assert_eq!(
            read_cell("12件(含网上5)"),
            number(12.0, Some("件"), Some("含网上5"))
        );
        assert_eq!(read_cell("59237.2449"), number(59_237.244_9, None, None));
    }

    #[test]
    fn bounds_in_cells() {
        let bound = |text: &str| match read_cell(text) {
            CellValue::Number(number) => Some(number.bound),
            _ => None,
        };
        assert_eq!(bound("800余"), Some(Bound::MoreThan));
        assert_eq!(bound("近200"), Some(Bound::LessThan));
        assert_eq!(bound("30左右"), Some(Bound::About));
        assert_eq!(bound("1.2万多"), Some(Bound::MoreThan));
    }

    #[test]
    fn several_numbers_stay_several() {
        let values = |text: &str| match read_cell(text) {
            CellValue::Several(numbers) => numbers.iter().map(|number| number.value).collect(),
            _ => Vec::new(),
        };
        assert_eq!(values("426716 26270"), [426_716.0, 26_270.0]);
        assert_eq!(values("3/5"), [3.0, 5.0]);
        assert_eq!(values("98批、625人次"), [98.0, 625.0]);
        assert_eq!(values("8 1 9"), [8.0, 1.0, 9.0]);
        assert_eq!(values("8\n175"), [8.0, 175.0]);
    }

    #[test]
    fn blank_not_applicable_and_unreadable_are_three_things() {
        for text in ["", " ", "\u{a0}", "|", "　", "未统计", "不详"] {
            assert_eq!(read_cell(text), CellValue::Blank, "{text:?}");
        }
        for text in [
            "/",
            "—",
            "——",
            "-",
            "－",
            "\\",
            "*",
            "…",
            "不适用",
            "不涉及",
            "N/A",
            "--",
        ] {
            assert_eq!(read_cell(text), CellValue::NotApplicable, "{text:?}");
        }
        for text in [
            "X条",
            "××",
            "XX",
            "条",
            "见附件",
            "****",
            "138****1234",
            "3件?",
            "是",
            "-无",
            "(3",
            "约",
        ] {
            assert_eq!(read_cell(text), CellValue::Unreadable, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_read(text in "[0-9一无增减约近余万元件()（）/、, +.|×X*-]{0,16}") {
            if let CellValue::Several(numbers) = read_cell(&text) {
                prop_assert!(numbers.len() > 1);
            }
        }

        #[test]
        fn a_printed_number_is_read_back(value in 0_u32..10_000_000) {
            prop_assert_eq!(self::value(&value.to_string()), Some(f64::from(value)));
        }
    }
}
