//! What kind of file it is.

use crate::{Limits, Provenance, ReadError};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Html,
    Text,
}

pub(crate) fn format(
    _bytes: &[u8],
    _provenance: &Provenance<'_>,
    _limits: &Limits,
) -> Result<Format, ReadError> {
    Ok(Format::Text)
}
