//! The formulas of official reports, as data.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

/// The patterns of `data/formulas.toml`, built.
pub(crate) struct Formulas {
    pub(crate) annual_title: RegexSet,
    pub(crate) annual_title_tail: RegexSet,
    pub(crate) work_title: RegexSet,
    pub(crate) no_title: RegexSet,
    pub(crate) strong_opening: RegexSet,
    pub(crate) weak_opening: RegexSet,
    pub(crate) disclosed: RegexSet,
    pub(crate) future: RegexSet,
    pub(crate) figures_cover: RegexSet,
    pub(crate) closing: RegexSet,
    pub(crate) broken_off: RegexSet,
    pub(crate) exchange: RegexSet,
    pub(crate) defect: RegexSet,
    pub(crate) residue: RegexSet,
    pub(crate) dated: RegexSet,
    pub(crate) event: RegexSet,
    pub(crate) other_opening: RegexSet,
    pub(crate) blank: RegexSet,
    pub(crate) essay: RegexSet,
    pub(crate) date_alone: RegexSet,
    pub(crate) counts: RegexSet,
    pub(crate) dated_entry: RegexSet,
    pub(crate) article: RegexSet,
    pub(crate) talk: RegexSet,
    pub(crate) news: RegexSet,
    pub(crate) part_of_year: RegexSet,
    pub(crate) subject: RegexSet,
    pub(crate) business: RegexSet,
    pub(crate) note: RegexSet,
    pub(crate) furniture: RegexSet,
    pub(crate) attachments: RegexSet,
    pub(crate) page_number: RegexSet,
    pub(crate) contents_line: RegexSet,
    pub(crate) author: Vec<Regex>,
    pub(crate) self_reference: Regex,
    pub(crate) published_line: Regex,
    pub(crate) publisher_line: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    annual_title: Vec<String>,
    annual_title_tail: Vec<String>,
    work_title: Vec<String>,
    no_title: Vec<String>,
    strong_opening: Vec<String>,
    weak_opening: Vec<String>,
    disclosed: Vec<String>,
    future: Vec<String>,
    figures_cover: Vec<String>,
    closing: Vec<String>,
    broken_off: Vec<String>,
    exchange: Vec<String>,
    defect: Vec<String>,
    residue: Vec<String>,
    dated: Vec<String>,
    event: Vec<String>,
    other_opening: Vec<String>,
    blank: Vec<String>,
    essay: Vec<String>,
    date_alone: Vec<String>,
    counts: Vec<String>,
    dated_entry: Vec<String>,
    article: Vec<String>,
    talk: Vec<String>,
    news: Vec<String>,
    part_of_year: Vec<String>,
    subject: Vec<String>,
    business: Vec<String>,
    note: Vec<String>,
    furniture: Vec<String>,
    attachments: Vec<String>,
    page_number: Vec<String>,
    contents_line: Vec<String>,
    author: Vec<String>,
    self_reference: String,
    published_line: String,
    publisher_line: String,
}

impl Formulas {
    #[expect(
        clippy::expect_used,
        reason = "the file is compiled in, and a test reads it"
    )]
    fn builtin() -> Self {
        let source: Source =
            toml::from_str(include_str!("../data/formulas.toml")).expect("formulas.toml reads");
        let set =
            |patterns: &[String]| RegexSet::new(patterns).expect("a pattern of formulas.toml");
        let one = |pattern: &str| Regex::new(pattern).expect("a pattern of formulas.toml");
        Self {
            annual_title: set(&source.annual_title),
            annual_title_tail: set(&source.annual_title_tail),
            work_title: set(&source.work_title),
            no_title: set(&source.no_title),
            strong_opening: set(&source.strong_opening),
            weak_opening: set(&source.weak_opening),
            disclosed: set(&source.disclosed),
            future: set(&source.future),
            figures_cover: set(&source.figures_cover),
            closing: set(&source.closing),
            broken_off: set(&source.broken_off),
            exchange: set(&source.exchange),
            defect: set(&source.defect),
            residue: set(&source.residue),
            dated: set(&source.dated),
            event: set(&source.event),
            other_opening: set(&source.other_opening),
            blank: set(&source.blank),
            essay: set(&source.essay),
            date_alone: set(&source.date_alone),
            counts: set(&source.counts),
            dated_entry: set(&source.dated_entry),
            article: set(&source.article),
            talk: set(&source.talk),
            news: set(&source.news),
            part_of_year: set(&source.part_of_year),
            subject: set(&source.subject),
            business: set(&source.business),
            note: set(&source.note),
            furniture: set(&source.furniture),
            attachments: set(&source.attachments),
            page_number: set(&source.page_number),
            contents_line: set(&source.contents_line),
            author: source.author.iter().map(|pattern| one(pattern)).collect(),
            self_reference: one(&source.self_reference),
            published_line: one(&source.published_line),
            publisher_line: one(&source.publisher_line),
        }
    }
}

/// The formulas, built once.
pub(crate) static FORMULAS: LazyLock<Formulas> = LazyLock::new(Formulas::builtin);

/// The first `count` characters of a text.
pub(crate) fn head(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_builds() {
        assert!(
            FORMULAS
                .annual_title
                .is_match("2008年某某市建设局政府信息公开年度报告")
        );
    }
}
