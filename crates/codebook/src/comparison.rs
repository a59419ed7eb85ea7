//! Whether an indicator of one form can be compared with that of another.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Codebook, CodebookError, formula::matches, source::Source};

/// What is known of an indicator across forms.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Indicators, ids or prefixes with `*`.
    pub indicators: Vec<String>,
    /// The forms that it speaks of; `F1` for a family.
    pub forms: Vec<String>,
    /// How far they compare.
    pub class: Comparability,
    /// Why, and what to do, in English.
    pub what: String,
}

/// How far figures of different forms compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparability {
    /// As they are.
    A,
    /// After the transformation that is stated.
    B,
    /// A break in level: within one form alone.
    C,
    /// Not at all, or asked for by one form alone.
    D,
}

impl Comparability {
    /// The letter that stands in the file: `a`.
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
            Self::D => "d",
        }
    }
}

impl Comparison {
    /// Whether it speaks of an indicator.
    pub fn speaks_of(&self, id: &str) -> bool {
        self.indicators.iter().any(|pattern| matches(pattern, id))
    }

    /// Reads `comparability.toml` and checks it against the rest of the codebook.
    pub(crate) fn parse_all(
        source: &Source<'_>,
        codebook: &Codebook,
    ) -> Result<Vec<Self>, CodebookError> {
        let file = source.file;
        let read: File = source.read()?;
        for pattern in read.comparison.iter().flat_map(|entry| &entry.indicators) {
            let mut ids = codebook.indicators.iter().map(|indicator| &indicator.id);
            if !ids.any(|id| matches(pattern, id)) {
                return Err(CodebookError::invalid(
                    file,
                    pattern,
                    "it is no indicator",
                    "correct it or define it in indicators.toml",
                ));
            }
        }
        for family in read.comparison.iter().flat_map(|entry| &entry.forms) {
            if !codebook.forms.iter().any(|form| form.is_of(family)) {
                return Err(CodebookError::invalid(
                    file,
                    family,
                    "there is no form of this name",
                    "correct it or add the form to forms/",
                ));
            }
        }
        Ok(read.comparison)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What compares, one table an entry.
    #[serde(default)]
    comparison: Vec<Comparison>,
}
