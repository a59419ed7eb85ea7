//! Document to reports, each with its outline and its metadata.
//!
//! What goes in: a canonical [`Document`] with grids. What comes out: [`Report`]s that partition its
//! blocks. What it may not know: file formats, what tables mean.

use codebook::Codebook;
use model::{Document, Report};

/// Cuts a document into reports and each report into sections.
pub fn segment(_document: &Document, _codebook: &Codebook) -> Vec<Report> {
    Vec::new()
}
