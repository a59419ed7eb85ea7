//! Reading text.

use model::{Document, MediaType};

use crate::{Limits, Provenance, ReadError};

pub(crate) fn read(
    _bytes: &[u8],
    _provenance: &Provenance<'_>,
    _limits: &Limits,
) -> Result<Document, ReadError> {
    Ok(Document::new(MediaType::Text))
}
