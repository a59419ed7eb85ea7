//! Where a document is, and its bytes.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use nianbao::ExtractError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

/// A document: where it is, or what it holds.
#[derive(FromPyObject)]
pub(crate) enum Source {
    #[pyo3(annotation = "bytes")]
    Bytes(PyBackedBytes),
    #[pyo3(annotation = "str | os.PathLike[str]")]
    Path(PathBuf),
}

/// Why a document gave no record.
#[derive(Debug, Clone)]
pub(crate) struct Failed {
    pub(crate) stage: String,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Failed {
    fn of_input(code: &str, message: impl Into<String>) -> Self {
        Self {
            stage: "input".into(),
            code: code.into(),
            message: message.into(),
        }
    }

    fn io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::of_input("not_found", "there is no such file"),
            io::ErrorKind::PermissionDenied => {
                Self::of_input("unreadable", "no permission to read it")
            }
            _ => Self::of_input("unreadable", format!("it cannot be read: {error}")),
        }
    }
}

impl From<ExtractError> for Failed {
    fn from(error: ExtractError) -> Self {
        Self {
            stage: error.stage.to_string(),
            code: error.code.into_owned(),
            message: error.message,
        }
    }
}

impl Source {
    /// What records call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Bytes(_) => String::new(),
            Self::Path(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Its bytes, `largest` at most.
    pub(crate) fn load(&self, largest: usize) -> Result<Cow<'_, [u8]>, Failed> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::Path(path) => read(path, largest).map(Cow::Owned),
        }
    }
}

fn read(path: &Path, largest: usize) -> Result<Vec<u8>, Failed> {
    let failed = |error: io::Error| Failed::io(&error);
    // Anything but a file could block or never end, so it is not even opened.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        let message = "it is no regular file and was not opened";
        return Err(Failed::of_input("not_a_file", message));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    let mut file = file.take((largest as u64).saturating_add(1));
    file.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > largest {
        let message = format!(
            "limit: document_bytes, {largest}: the document is larger; set document_bytes to read it"
        );
        return Err(Failed::of_input("too_large", message));
    }
    Ok(bytes)
}
