//! What records can depend on, apart from the codebook. A test holds names and defaults against `nianbao config show`.

use nianbao::Settings;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

/// Forms in forms of a PDF page: deeper the engine does not go.
const DEEPEST_FORM: usize = 50;

/// Settings that shape records, by the names that they have for the command.
#[derive(Clone, Serialize, Deserialize, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Shaping {
    keywords: usize,
    cross_check: bool,
    document_bytes: usize,
    html_nesting: usize,
    html_attributes: usize,
    table_cells: usize,
    filled_cells: usize,
    filled_bytes: usize,
    pdf_pages: usize,
    pdf_glyphs: usize,
    pdf_operators: usize,
    pdf_form_depth: usize,
    pdf_stream_bytes: usize,
    pdf_bytes: usize,
    /// Bytes of the records of one document.
    pub(crate) output_bytes: usize,
}

impl Shaping {
    /// Refuses what the command refuses.
    pub(crate) fn check(&self) -> PyResult<()> {
        if self.pdf_form_depth > DEEPEST_FORM {
            let message = format!(
                "pdf_form_depth cannot be {} ({DEEPEST_FORM} at most)",
                self.pdf_form_depth
            );
            return Err(PyValueError::new_err(message));
        }
        Ok(())
    }

    /// The same for the façade.
    pub(crate) fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.keywords = self.keywords;
        settings.cross_check = self.cross_check;
        let limits = &mut settings.limits;
        limits.bytes = self.document_bytes;
        limits.nesting = self.html_nesting;
        limits.attributes = self.html_attributes;
        limits.table_cells = self.table_cells;
        limits.filled_cells = self.filled_cells;
        limits.filled_bytes = self.filled_bytes;
        limits.pages = self.pdf_pages;
        limits.glyphs = self.pdf_glyphs;
        limits.operators = self.pdf_operators;
        limits.form_depth = self.pdf_form_depth;
        limits.stream_bytes = self.pdf_stream_bytes;
        limits.unpacked_bytes = self.pdf_bytes;
        settings
    }
}
