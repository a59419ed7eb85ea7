//! What can go wrong with one document.

use std::borrow::Cow;

use crate::Stage;

/// Why a document gave no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stage}: {code}: {message}")]
pub struct ExtractError {
    /// The stage that failed.
    pub stage: Stage,
    /// Stable code in snake case: `empty`, `encrypted`, `panic`, …
    pub code: Cow<'static, str>,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl From<document_reading::ReadError> for ExtractError {
    fn from(error: document_reading::ReadError) -> Self {
        Self {
            stage: Stage::Reading,
            code: error.code.name().into(),
            message: error.message,
        }
    }
}
