//! Reading pdf.

use model::{Document, MediaType};

use crate::{Limits, ReadError};

pub(crate) fn read(_bytes: &[u8], _limits: &Limits) -> Result<Document, ReadError> {
    Ok(Document::new(MediaType::Text))
}
