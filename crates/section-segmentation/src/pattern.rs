//! Regular expressions of the data files. One is built when it is first held against a text: building takes longer than
//! reading a page, and most pages never ask for most of them.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

/// One expression.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(crate) struct Pattern {
    written: String,
    built: OnceLock<Regex>,
}

impl From<String> for Pattern {
    fn from(written: String) -> Self {
        Self {
            written,
            built: OnceLock::new(),
        }
    }
}

impl Deref for Pattern {
    type Target = Regex;

    #[expect(
        clippy::expect_used,
        reason = "the files are compiled in, and a test builds all"
    )]
    fn deref(&self) -> &Regex {
        let build = || Regex::new(&self.written).expect("a pattern of the data");
        self.built.get_or_init(build)
    }
}

/// Expressions that are tried as one.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct PatternSet {
    written: Vec<String>,
    built: OnceLock<RegexSet>,
}

impl From<Vec<String>> for PatternSet {
    fn from(written: Vec<String>) -> Self {
        Self {
            written,
            built: OnceLock::new(),
        }
    }
}

impl Deref for PatternSet {
    type Target = RegexSet;

    #[expect(
        clippy::expect_used,
        reason = "the files are compiled in, and a test builds all"
    )]
    fn deref(&self) -> &RegexSet {
        let build = || RegexSet::new(&self.written).expect("patterns of the data");
        self.built.get_or_init(build)
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

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
}
