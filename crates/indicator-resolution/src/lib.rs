//! Grids and prose to readings of codebook indicators.
//!
//! What goes in: a report of a document, and the codebook. What comes out: [`Reading`]s, each citing
//! exactly one cell or one span of prose. What it may not know: HTML, PDF, how a report was found.

mod label;
mod prose;
mod table;

use std::sync::Arc;

use codebook::Codebook;
use model::{Document, Reading, Report};

/// Reads indicators by one codebook, whose labels it looks through once.
pub struct Resolver {
    codebook: Arc<Codebook>,
    labels: table::LabelIndex,
    prose: prose::Prose,
}

impl Resolver {
    /// Prepares a codebook's labels for look-ups; takes some milliseconds, so keep it for many reports.
    pub fn new(codebook: Arc<Codebook>) -> Self {
        Self {
            labels: table::LabelIndex::new(&codebook),
            prose: prose::Prose::new(&codebook),
            codebook,
        }
    }

    /// The codebook that it reads by.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Reads every indicator of a report: first the tables, then the prose, each in reading order.
    pub fn resolve(&self, document: &Document, report: &Report) -> Vec<Reading> {
        let mut readings = table::readings(document, report, &self.codebook, &self.labels);
        readings.extend(self.prose.readings(document, report));
        readings
    }
}

impl std::fmt::Debug for Resolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resolver")
            .field("codebook", &self.codebook.version)
            .finish_non_exhaustive()
    }
}
