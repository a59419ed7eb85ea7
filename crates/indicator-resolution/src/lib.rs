//! Grids and prose to readings of codebook indicators.
//!
//! What goes in: a report of a document, and the codebook. What comes out: [`Reading`]s, each citing
//! exactly one cell or one span of prose. What it may not know: HTML, PDF, how a report was found.

mod prose;
mod table;

use codebook::Codebook;
use model::{Document, Reading, Report};

/// Reads every indicator of a report: first the tables, then the prose, each in reading order.
pub fn resolve(document: &Document, report: &Report, codebook: &Codebook) -> Vec<Reading> {
    let mut readings = table::readings(document, report, codebook);
    readings.extend(prose::readings(document, report, codebook));
    readings
}
