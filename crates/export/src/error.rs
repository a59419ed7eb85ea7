//! Why an export could not be written.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why an export could not be written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another export writes to the same place.
    #[error("another export is writing {}; wait for it or choose another place", .0.display())]
    Locked(PathBuf),
    /// What stands there is no earlier export.
    #[error("{} exists and is no export of nianbao; remove it or choose another place", .0.display())]
    Occupied(PathBuf),
    /// A library of a format failed.
    #[error("cannot write {}: {message}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What it says.
        message: String,
    },
}

impl ExportError {
    /// A function that names the file that could not be written.
    pub(crate) fn writing(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |source| Self::Write {
            path: path.to_owned(),
            source,
        }
    }

    /// The same for what a format's library says.
    pub(crate) fn format<E: std::fmt::Display>(path: &Path) -> impl Fn(E) -> Self + '_ {
        |error| Self::Format {
            path: path.to_owned(),
            message: error.to_string(),
        }
    }
}
