//! The formulas of official reports, as data.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

/// The patterns of `data/formulas.toml`, built.
pub(crate) struct Formulas {
    pub(crate) future: RegexSet,
    pub(crate) closing: RegexSet,
    pub(crate) broken_off: RegexSet,
    pub(crate) exchange: RegexSet,
    pub(crate) defect: RegexSet,
    pub(crate) residue: RegexSet,
    pub(crate) dated: RegexSet,
    pub(crate) event: RegexSet,
    pub(crate) blank: RegexSet,
    pub(crate) essay: RegexSet,
    pub(crate) date_alone: RegexSet,
    pub(crate) dated_entry: RegexSet,
    pub(crate) article: RegexSet,
    pub(crate) talk: RegexSet,
    pub(crate) news: RegexSet,
    pub(crate) note: RegexSet,
    pub(crate) furniture: RegexSet,
    pub(crate) attachments: RegexSet,
    pub(crate) page_number: RegexSet,
    pub(crate) contents_line: RegexSet,
    pub(crate) self_reference: Regex,
    pub(crate) published_line: Regex,
    pub(crate) publisher_line: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    future: Vec<String>,
    closing: Vec<String>,
    broken_off: Vec<String>,
    exchange: Vec<String>,
    defect: Vec<String>,
    residue: Vec<String>,
    dated: Vec<String>,
    event: Vec<String>,
    blank: Vec<String>,
    essay: Vec<String>,
    date_alone: Vec<String>,
    dated_entry: Vec<String>,
    article: Vec<String>,
    talk: Vec<String>,
    news: Vec<String>,
    note: Vec<String>,
    furniture: Vec<String>,
    attachments: Vec<String>,
    page_number: Vec<String>,
    contents_line: Vec<String>,
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
            future: set(&source.future),
            closing: set(&source.closing),
            broken_off: set(&source.broken_off),
            exchange: set(&source.exchange),
            defect: set(&source.defect),
            residue: set(&source.residue),
            dated: set(&source.dated),
            event: set(&source.event),
            blank: set(&source.blank),
            essay: set(&source.essay),
            date_alone: set(&source.date_alone),
            dated_entry: set(&source.dated_entry),
            article: set(&source.article),
            talk: set(&source.talk),
            news: set(&source.news),
            note: set(&source.note),
            furniture: set(&source.furniture),
            attachments: set(&source.attachments),
            page_number: set(&source.page_number),
            contents_line: set(&source.contents_line),
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
    // No text has more characters than bytes.
    if text.len() <= count {
        return text;
    }
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
        assert!(FORMULAS.closing.is_match("把各项工作推向深入"));
    }
}
