//! How single lines read to one who knows the reports, without the page around them.

use std::collections::HashSet;

use codebook::Codebook;
use model::Wording;

use crate::formulas::FORMULAS;
use crate::outline::enumerator::{Style, enumerator};
use crate::title;

/// A text with commas and no full stop is a sentence from this length on.
const SENTENCE: usize = 30;
/// A signature or date is shorter.
const SHORT: usize = 40;

/// What reports say, made ready for look-ups.
#[derive(Debug)]
pub struct Wordings {
    /// Labels of the forms and of columns, folded.
    labels: HashSet<String>,
}

impl Wordings {
    /// Gathers the labels of a codebook.
    pub fn new(codebook: &Codebook) -> Self {
        let tables = codebook.forms.iter().flat_map(|form| &form.tables);
        let of_tables = tables.flat_map(|table| {
            let paths = table.columns.iter().flat_map(|column| &column.path);
            let rows = table.rows.iter().map(|row| &row.label);
            let labels = std::iter::once(&table.title).chain(paths).chain(rows);
            labels.flat_map(codebook::Label::wordings)
        });
        let of_columns = codebook.columns.roles.iter().map(|(word, _)| word.as_str());
        let labels = of_tables.chain(of_columns).map(bare);
        Self {
            labels: labels.filter(|label| !label.is_empty()).collect(),
        }
    }

    /// How a line as read (not yet in canonical form) reads.
    pub fn of(&self, text: &str, codebook: &Codebook) -> Wording {
        let text = folded(text);
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 {
            return Wording::Unknown;
        }
        if !text.chars().any(char::is_alphabetic) {
            let counts = text.chars().any(|character| character.is_ascii_digit());
            return if counts && notation::dates(text).is_empty() {
                Wording::Label
            } else {
                Wording::Either
            };
        }
        let number = enumerator(text);
        let sentence = text.contains(['。', ';']) || (length >= SENTENCE && text.contains(','));
        if sentence {
            let speaks = number.is_some()
                || codebook.reports.text.subject.is_match(text)
                || FORMULAS.self_reference.is_match(text)
                || FORMULAS.closing.is_match(text);
            return if speaks {
                Wording::Report
            } else if codebook.reports.text.business.is_match(text) {
                Wording::Either
            } else {
                Wording::Unknown
            };
        }
        let rest = number
            .as_ref()
            .and_then(|number| text.get(number.length..))
            .unwrap_or(text)
            .trim_end_matches(':');
        let heading = length <= SHORT && codebook.sections.knows(rest);
        match number {
            Some(number) if number.style <= Style::HanBracket && heading => Wording::Report,
            _ if heading || self.labels.contains(&bare(rest)) => Wording::Label,
            Some(_) => Wording::Either,
            None if self.may_be_of_report(text, length, codebook) => Wording::Either,
            None => Wording::Unknown,
        }
    }

    fn may_be_of_report(&self, text: &str, length: usize, codebook: &Codebook) -> bool {
        let family = &codebook.reports;
        let is_title = || title::is_annual(text, family) || family.title.work.is_match(text);
        let is_date = || length <= SHORT && !notation::dates(text).is_empty();
        is_title()
            || family.title.tail.is_match(text)
            || FORMULAS.note.is_match(text)
            || FORMULAS.closing.is_match(text)
            || codebook.agencies.is_name(text)
            || is_date()
    }
}

/// Characters of full width in the width that patterns are written in.
fn folded(text: &str) -> String {
    let fold = |character: char| match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(' '),
        '\u{3000}' | '\u{A0}' => ' ',
        other => other,
    };
    text.chars().map(fold).collect()
}

/// A label without its spaces, its number and its marks.
fn bare(label: &str) -> String {
    let label: String = folded(label)
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let rest = enumerator(&label).and_then(|number| label.get(number.length..));
    let rest = rest.unwrap_or(&label);
    let rest = rest.strip_prefix("其中:").unwrap_or(rest);
    let rest = enumerator(rest)
        .and_then(|number| rest.get(number.length..))
        .unwrap_or(rest);
    rest.trim_matches([':', '|', '*', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_sites() {
        let codebook = Codebook::builtin();
        let wordings = Wordings::new(codebook);
        for (text, wording) in [
            (
                "根据《中华人民共和国政府信息公开条例》要求，编制本报告。",
                Wording::Report,
            ),
            ("一、总体情况", Wording::Report),
            ("（二）主动公开情况", Wording::Report),
            ("本年度未发生收费。", Wording::Report),
            ("我局将继续做好各项工作。", Wording::Report),
            ("其中：1.当面申请数", Wording::Label),
            ("12", Wording::Label),
            ("统计指标", Wording::Label),
            ("政府信息公开工作年度报告", Wording::Either),
            ("某省林业厅办公室", Wording::Unknown),
            ("广州市番禺区建设局", Wording::Either),
            ("二〇一三年三月五日", Wording::Either),
            ("注：本表由各单位填写", Wording::Either),
            ("2013-03-05", Wording::Either),
            ("本网内容未经许可不得转载。", Wording::Unknown),
            ("便民服务", Wording::Unknown),
            ("主办：某市人民政府", Wording::Unknown),
        ] {
            assert_eq!(wordings.of(text, codebook), wording, "{text}");
        }
    }
}
