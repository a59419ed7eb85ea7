//! What became of a document that was given.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// In records.
    Ok,
    /// In records, and a warning says that something of it is lost.
    Partial,
    /// In the errors.
    Failed,
    /// In the errors: a format that is not read.
    Unsupported,
}

/// A line of `documents.jsonl`: a document that was given, and what it added to the other files. The lines stand
/// in the order of those files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListedDocument {
    /// The document as given, written as in [`crate::Source::path`]; of a split report its first page.
    pub path: String,
    /// The archive that it came out of; null where it is a file itself.
    pub file: Option<String>,
    /// Its position among the documents of the archive, from 0; of a split report that of the page that came last.
    /// Pages that could not be read as one share it.
    pub position: u64,
    /// Documents that it is made of: more than one where pages are one report.
    pub pages: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// Lines that it has in `records.jsonl`.
    pub records: u64,
    /// Lines that it has in `errors.jsonl`.
    pub errors: u64,
    /// Checks of its records that fail.
    pub checks_failed: u64,
}
