//! Readings from prose.

use codebook::Codebook;
use model::{Document, Reading, Report};

pub(crate) fn readings(
    _document: &Document,
    _report: &Report,
    _codebook: &Codebook,
) -> Vec<Reading> {
    Vec::new()
}
