//! The patterns of `data/metadata.toml`.

use std::sync::LazyLock;

use codebook::{Pattern, PatternSet};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Patterns {
    pub(crate) contact: Contact,
    pub(crate) agency: Agency,
    pub(crate) citation: Citation,
    pub(crate) scope: Scope,
}

/// Where a report says that one can ask.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    pub(crate) office: Vec<Pattern>,
    pub(crate) address: Vec<Pattern>,
    pub(crate) postcode: Vec<Pattern>,
    pub(crate) phone: Vec<Pattern>,
    pub(crate) fax: Vec<Pattern>,
    pub(crate) email: Vec<Pattern>,
    pub(crate) site: Vec<Pattern>,
}

/// Who speaks in a report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agency {
    pub(crate) subject: Vec<Pattern>,
}

/// Whose figures stand in a report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scope {
    pub(crate) compiled: Vec<Pattern>,
    pub(crate) covers: Vec<Pattern>,
    pub(crate) own_level: PatternSet,
    pub(crate) territories: PatternSet,
    pub(crate) departments: PatternSet,
}

/// How documents are cited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Citation {
    pub(crate) before: Vec<String>,
    pub(crate) marks: Vec<String>,
    pub(crate) decree: Vec<Decree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decree {
    pub(crate) name: String,
    pub(crate) called: Vec<String>,
}

/// The patterns.
#[expect(
    clippy::expect_used,
    reason = "the file is compiled in, and a test reads it"
)]
pub(crate) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/metadata.toml")).expect("metadata.toml reads")
});
