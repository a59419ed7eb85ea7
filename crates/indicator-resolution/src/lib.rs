//! Grids and prose to readings of codebook indicators.
//!
//! What goes in: a report of a document, and the codebook. What comes out: [`Reading`]s, each citing
//! exactly one cell or one span of prose. What it may not know: HTML, PDF, how a report was found.

mod label;
mod prose;
mod table;

use codebook::Codebook;
use model::{Document, Reading, Report};

/// Reads indicators by one codebook, whose labels it looks through once.
pub struct Resolver<'c> {
    codebook: &'c Codebook,
    labels: table::LabelIndex,
}

impl<'c> Resolver<'c> {
    /// Prepares a codebook's labels for look-ups; takes some milliseconds, so keep it for many reports.
    pub fn new(codebook: &'c Codebook) -> Self {
        Self {
            codebook,
            labels: table::LabelIndex::new(codebook),
        }
    }

    /// Reads every indicator of a report: first the tables, then the prose, each in reading order.
    pub fn resolve(&self, document: &Document, report: &Report) -> Vec<Reading> {
        let mut readings = table::readings(document, report, self.codebook, &self.labels);
        readings.extend(prose::readings(document, report, self.codebook));
        readings
    }
}

/// Reads every indicator of one report. For many reports keep a [`Resolver`].
pub fn resolve(document: &Document, report: &Report, codebook: &Codebook) -> Vec<Reading> {
    Resolver::new(codebook).resolve(document, report)
}
