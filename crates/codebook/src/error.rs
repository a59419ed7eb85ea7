//! What can be wrong with a codebook's files.

/// A codebook that cannot be loaded: which file, where in it, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    /// A file is not TOML of the expected shape.
    #[error("{file}, line {line}: {problem}")]
    Syntax {
        /// Relative name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What the parser expected there.
        problem: String,
    },
    /// An entry contradicts itself or the rest of the codebook.
    #[error("{file}, {entry}: {problem}; {remedy}")]
    Invalid {
        /// Relative name of the file.
        file: String,
        /// The entry: an id, a label or a key.
        entry: String,
        /// What is wrong with it.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// A folder that says not what it is a profile of.
    #[error(
        "there is no profile.toml: write one with id, version, title, name and base = \"builtin\" or \"none\"; `nianbao schema profile` says what else belongs there"
    )]
    NoProfile,
    /// A file that no part of the codebook reads.
    #[error(
        "{file}: no part of the codebook reads a file of this name; call it one of {known}, or take it out of the folder"
    )]
    UnknownFile {
        /// Relative name of the file.
        file: String,
        /// Names that are read.
        known: String,
    },
}

impl CodebookError {
    /// An error of the TOML parser, with the line where the byte at `offset` stands.
    pub(crate) fn syntax(file: &str, text: &str, offset: usize, error: &toml::de::Error) -> Self {
        let before = text.as_bytes().iter().take(offset);
        Self::Syntax {
            file: file.to_owned(),
            line: 1 + before.filter(|byte| **byte == b'\n').count(),
            problem: error.message().to_owned(),
        }
    }

    /// An entry that is wrong, with its remedy.
    pub(crate) fn invalid(
        file: &str,
        entry: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::Invalid {
            file: file.to_owned(),
            entry: entry.into(),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}
