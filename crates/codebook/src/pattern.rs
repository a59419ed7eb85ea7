//! Regular expressions of data files. One is built when it is first held against a text: building takes longer than
//! reading a page, and most pages never ask for most of them.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

/// One expression. Using one that does not build panics: files that are not part of the program are built when they
/// are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub struct Pattern {
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

impl Pattern {
    /// As the file has it.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// Builds it, where it is not built yet.
    pub(crate) fn build(&self) -> Result<&Regex, regex::Error> {
        if let Some(built) = self.built.get() {
            return Ok(built);
        }
        let built = Regex::new(&self.written)?;
        Ok(self.built.get_or_init(|| built))
    }
}

impl Deref for Pattern {
    type Target = Regex;

    #[expect(
        clippy::expect_used,
        reason = "built before, or part of the program: tests build those"
    )]
    fn deref(&self) -> &Regex {
        self.build().expect("a pattern of the program")
    }
}

/// Expressions that are tried as one; as [`Pattern`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct PatternSet {
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

impl PatternSet {
    /// Builds them, where they are not built yet.
    pub(crate) fn build(&self) -> Result<&RegexSet, regex::Error> {
        if let Some(built) = self.built.get() {
            return Ok(built);
        }
        let built = RegexSet::new(&self.written)?;
        Ok(self.built.get_or_init(|| built))
    }
}

impl Deref for PatternSet {
    type Target = RegexSet;

    #[expect(
        clippy::expect_used,
        reason = "built before, or part of the program: tests build those"
    )]
    fn deref(&self) -> &RegexSet {
        self.build().expect("patterns of the program")
    }
}
