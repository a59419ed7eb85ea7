//! The formulas of official reports, as data.

use std::sync::LazyLock;

use codebook::{Pattern, PatternSet};
use serde::Deserialize;

/// The patterns of `data/formulas.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Formulas {
    pub(crate) future: PatternSet,
    pub(crate) closing: PatternSet,
    pub(crate) broken_off: PatternSet,
    pub(crate) exchange: PatternSet,
    pub(crate) defect: PatternSet,
    pub(crate) residue: PatternSet,
    pub(crate) dated: PatternSet,
    pub(crate) event: PatternSet,
    pub(crate) blank: PatternSet,
    pub(crate) essay: PatternSet,
    pub(crate) date_alone: PatternSet,
    pub(crate) dated_entry: PatternSet,
    pub(crate) article: PatternSet,
    pub(crate) talk: PatternSet,
    pub(crate) news: PatternSet,
    pub(crate) note: PatternSet,
    pub(crate) furniture: PatternSet,
    pub(crate) attachments: PatternSet,
    pub(crate) page_number: PatternSet,
    pub(crate) contents_line: PatternSet,
    pub(crate) self_reference: Pattern,
    pub(crate) published_line: Pattern,
    pub(crate) publisher_line: Pattern,
}

/// The formulas.
#[expect(
    clippy::expect_used,
    reason = "the file is compiled in, and a test reads it"
)]
pub(crate) static FORMULAS: LazyLock<Formulas> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/formulas.toml")).expect("formulas.toml reads")
});

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
    use regex::Regex;

    use super::*;

    fn every_text(value: &toml::Value, take: &mut impl FnMut(&str)) {
        match value {
            toml::Value::String(text) => take(text),
            toml::Value::Array(values) => values.iter().for_each(|value| every_text(value, take)),
            toml::Value::Table(table) => table.values().for_each(|value| every_text(value, take)),
            _ => {}
        }
    }

    #[test]
    fn every_pattern_builds() {
        let mut count = 0;
        for file in [
            include_str!("../data/formulas.toml"),
            include_str!("../data/metadata.toml"),
            include_str!("../data/reasons.toml"),
        ] {
            let value = toml::from_str(file).unwrap();
            // Plain words of the files are expressions, too.
            every_text(&value, &mut |text| {
                Regex::new(text).unwrap_or_else(|error| panic!("{text}: {error}"));
                count += 1;
            });
        }
        assert!(count > 100);
    }

    #[test]
    fn the_file_reads() {
        assert!(FORMULAS.closing.is_match("把各项工作推向深入"));
    }
}
