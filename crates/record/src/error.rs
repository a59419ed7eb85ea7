//! What is said of an input that gave no record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line of `errors.jsonl`: an input that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorRecord {
    /// The input as given, written as in [`crate::Source::path`].
    pub path: String,
    /// SHA-256 of its bytes in hex; null where they could not be read.
    pub sha256: Option<String>,
    /// Its length; null where it could not be read.
    #[serde(default)]
    pub bytes: Option<u64>,
    /// The stage that failed: `input`, `reading`, `normalisation`, `tables`, `segmentation`, …
    pub stage: String,
    /// Stable code in snake case: `empty`, `encrypted`, `not_a_file`, …
    pub code: String,
    /// What is wrong and what to do about it.
    pub message: String,
}
