//! What can go wrong when reading.

/// Why a document could not be read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// Stable code.
    pub code: ReadErrorCode,
    /// What is wrong, where, and what to do about it.
    pub message: String,
}

impl ReadError {
    pub(crate) fn new(code: ReadErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// Stable codes of reading errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorCode {
    /// No bytes, or only white space.
    Empty,
    /// Over a limit.
    TooLarge,
    /// A format that is not read.
    Unsupported,
    /// Neither text nor a known format.
    NotText,
    /// Needs a password.
    Encrypted,
    /// Damaged beyond reading.
    Malformed,
    /// A library panicked on it.
    Panic,
}

impl ReadErrorCode {
    /// The code as records print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Unsupported => "unsupported",
            Self::NotText => "not_text",
            Self::Encrypted => "encrypted",
            Self::Malformed => "malformed",
            Self::Panic => "panic",
        }
    }
}
