//! Labels of tables in normal form.
//!
//! The same label is printed `其中:1.当面申请数`, `（1）当面申请数（件）` or `当 面 申请`: what carries no meaning
//! (spaces, punctuation, enumerators, 其中, a unit or note in a bracket, a counting suffix) is taken off in
//! steps, and two labels are the more surely the same the fewer steps they need to meet.

mod similarity;
mod words;

pub(crate) use similarity::{Conflict, Marks, conflict, edit_ratio};
pub(crate) use words::{is_total, is_unit};

use words::words;

/// A label in its normal forms, from the most to the least that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NormalLabel {
    /// Letters and digits alone, without enumerators and 其中.
    pub(crate) full: String,
    /// The same without the bracket at the end, where there is one.
    pub(crate) bare: Option<String>,
    /// Without counting suffixes and years.
    pub(crate) cores: Vec<String>,
    /// The unit that a bracket states.
    pub(crate) unit: Option<String>,
}

impl NormalLabel {
    /// The normal forms of a label as written.
    pub(crate) fn new(text: &str) -> Self {
        let folded = folded(text);
        let label = without_enumerators(&folded);
        let (head, bracket) = trailing_bracket(label);
        let full = letters(label);
        let bare = Some(letters(head)).filter(|bare| !bare.is_empty() && *bare != full);
        let mut cores = Vec::new();
        for form in [Some(&full), bare.as_ref()].into_iter().flatten() {
            let without_year = without_year(form);
            for form in [form.as_str(), without_year.as_str()] {
                for core in [Some(form), without_suffix(form)].into_iter().flatten() {
                    let known = core == full
                        || Some(core) == bare.as_deref()
                        || cores.iter().any(|known| known == core);
                    if !known && !core.is_empty() {
                        cores.push(core.to_owned());
                    }
                }
            }
        }
        Self {
            unit: bracket.and_then(unit_of_bracket),
            full,
            bare,
            cores,
        }
    }

    /// Every form but the full one.
    pub(crate) fn reduced(&self) -> impl Iterator<Item = &str> {
        self.bare.iter().chain(&self.cores).map(String::as_str)
    }

    /// The forms that are compared letter by letter.
    pub(crate) fn spelled(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.full.as_str()).chain(self.bare.as_deref())
    }
}

/// The year that a label names where it names nothing else: `2012年`, `2012年度数`.
pub(crate) fn year_alone(full: &str) -> Option<i16> {
    let end = full.char_indices().nth(4).map_or(full.len(), |(at, _)| at);
    let (digits, rest) = full.split_at_checked(end)?;
    if !matches!(rest, "" | "年" | "年度" | "年数" | "年度数") {
        return None;
    }
    let year = digits.parse().ok()?;
    (1990..2100).contains(&year).then_some(year)
}

/// White space out, full-width ASCII in half width.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c)
                .checked_sub(0xfee0)
                .and_then(char::from_u32)
                .unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Most of every label: letters without case.
            '\u{4e00}'..='\u{9fff}' => letters.push(c),
            _ if c.is_alphanumeric() || c == '%' => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    words()
        .variants
        .iter()
        .fold(letters, |letters, (written, compared)| {
            if letters.contains(written.as_str()) {
                letters.replace(written.as_str(), compared)
            } else {
                letters
            }
        })
}

/// Takes 其中 and enumerators off the front, as long as something is left.
fn without_enumerators(text: &str) -> &str {
    let mut label = text;
    while let Some(rest) = without_one_enumerator(label) {
        if !rest.chars().any(char::is_alphanumeric) {
            break;
        }
        label = rest;
    }
    label
}

fn without_one_enumerator(text: &str) -> Option<&str> {
    let delimiters = ['、', '.', ',', ':', ')', '。', '．'];
    if let Some(rest) = text.strip_prefix("其中") {
        return Some(rest.trim_start_matches(delimiters));
    }
    let mut chars = text.chars();
    match chars.next()? {
        '①'..='⒛' | '㈠'..='㈩' | '·' | '•' | '-' | '*' | '●' | '◆' | '■' => {
            return Some(chars.as_str());
        }
        '(' => {
            let inner = chars.as_str();
            let rest = inner.trim_start_matches(is_numeral);
            let length = inner.chars().count() - rest.chars().count();
            return ((1..=3).contains(&length)).then(|| {
                rest.strip_prefix(')')
                    .unwrap_or(rest)
                    .trim_start_matches(delimiters)
            });
        }
        _ => {}
    }
    let rest = text.trim_start_matches(is_chinese_numeral);
    let length = text.chars().count() - rest.chars().count();
    if (1..=3).contains(&length) && rest.starts_with(delimiters) {
        return Some(rest.trim_start_matches(delimiters));
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = text.chars().count() - rest.chars().count();
    if !(1..=2).contains(&length) {
        return None;
    }
    if rest.starts_with(delimiters) {
        let rest = rest.trim_start_matches(delimiters);
        return (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest);
    }
    // A number whose point was lost (`1同意公开数`), but no quantity or date.
    (rest.starts_with(char::is_alphabetic)
        && !rest.starts_with([
            '年', '月', '日', '个', '条', '件', '次', '项', '万', '亿', '人',
        ]))
    .then_some(rest)
}

fn is_chinese_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || is_chinese_numeral(c)
}

/// The label before the bracket at its end, and what the bracket says. A bracket that is never closed
/// reaches to the end.
fn trailing_bracket(label: &str) -> (&str, Option<&str>) {
    let label = label.trim_end_matches(['*', '。', ';', ':']);
    let open = match label.strip_suffix(')') {
        Some(inner) => {
            let mut depth = 0_i32;
            inner.char_indices().rev().find(|(_, c)| {
                match c {
                    ')' => depth += 1,
                    '(' => depth -= 1,
                    _ => {}
                }
                depth < 0
            })
        }
        None => label
            .char_indices()
            .find(|(at, c)| *c == '(' && label.get(*at..).is_some_and(|rest| !rest.contains(')'))),
    };
    let Some((at, _)) = open.filter(|(at, _)| *at > 0) else {
        return (label, None);
    };
    let head = label.get(..at).unwrap_or(label);
    let inside = label
        .get(at + 1..)
        .map(|inside| inside.strip_suffix(')').unwrap_or(inside));
    (head, inside)
}

/// `单位:条`, `条`, `单位:万元` -> the unit.
fn unit_of_bracket(inside: &str) -> Option<String> {
    let stated = inside
        .strip_prefix("计量单位")
        .or_else(|| inside.strip_prefix("单位"))
        .map(|rest| rest.trim_start_matches([':', '为']));
    let unit = stated.unwrap_or(inside);
    is_unit(unit).then(|| unit.to_owned())
}

fn without_suffix(form: &str) -> Option<&str> {
    words()
        .suffixes
        .iter()
        .find_map(|suffix| form.strip_suffix(suffix.as_str()))
        .filter(|core| core.chars().count() >= 2)
}

/// Four digits that are a year, with 年 or 年度 behind, taken out (`本年2023制发件数`).
fn without_year(form: &str) -> String {
    let chars: Vec<char> = form.chars().collect();
    let mut out = String::with_capacity(form.len());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let run = chars
            .iter()
            .skip(at)
            .take_while(|c| c.is_ascii_digit())
            .count();
        let century = matches!((c, chars.get(at + 1)), ('1', Some('9')) | ('2', Some('0')));
        if run == 4 && century {
            at += 4;
            at += usize::from(chars.get(at) == Some(&'年'));
            at += usize::from(chars.get(at) == Some(&'度'));
            continue;
        }
        let step = run.max(1);
        out.extend(chars.iter().skip(at).take(step));
        at += step;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(text: &str) -> String {
        NormalLabel::new(text).full
    }

    #[test]
    fn enumerators_and_punctuation_carry_no_meaning() {
        for written in [
            "其中:1.当面申请数",
            "（1）当面申请数",
            "1、 当面 申请数",
            "①当面申请数",
            "1当面申请数",
            "一、“当面申请”数",
        ] {
            assert_eq!(full(written), "当面申请数", "{written}");
        }
        assert_eq!(full("三、本年度办理结果"), "本年度办理结果");
        assert_eq!(full("三安全一稳定"), "三安全一稳定");
        assert_eq!(full("2012年"), "2012年");
        assert_eq!(full("（三）"), "三");
    }

    #[test]
    fn a_bracket_may_hold_a_unit_a_note_or_meaning() {
        let unit = NormalLabel::new("主动公开信息数（单位：条）");
        assert_eq!(unit.bare.as_deref(), Some("主动公开信息数"));
        assert_eq!(unit.unit.as_deref(), Some("条"));
        let note = NormalLabel::new("（二）部分公开（区分处理的，只计这一情形");
        assert_eq!(note.bare.as_deref(), Some("部分公开"));
        assert_eq!(note.unit, None);
        assert_eq!(NormalLabel::new("复制费（纸张）").full, "复制费纸张");
    }

    #[test]
    fn counting_suffixes_and_years_are_taken_off_last() {
        let label = NormalLabel::new("申请总数");
        assert_eq!(label.full, "申请总数");
        assert!(label.cores.contains(&"申请".to_owned()));
        let header = NormalLabel::new("本年(2023)制发件数");
        assert!(header.cores.contains(&"本年制发件数".to_owned()));
        assert_eq!(year_alone("2012年"), Some(2012));
        assert_eq!(year_alone("2012年数量"), None);
    }
}
