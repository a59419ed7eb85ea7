//! A reading: one number of one indicator, and where it was read.

use std::collections::BTreeMap;

use crate::Bound;

/// One statement of one indicator. Missing, blank, unreadable and zero are four different things:
/// an indicator that is not there has no reading, the others differ in `status`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Indicator id of the codebook: `requests.received`.
    pub indicator: String,
    /// Dimensions by name: `applicant` = `natural_person`. Defaults are left out.
    pub dimensions: BTreeMap<String, String>,
    /// The label as written.
    pub label: String,
    /// The value in `unit`; `None` unless `status` is [`ReadingStatus::Reported`].
    pub value: Option<f64>,
    /// Whether there is a value.
    pub status: ReadingStatus,
    /// How exactly it is said.
    pub bound: Bound,
    /// The unit as printed, scale word included (`万元`), where one is.
    pub unit: Option<String>,
    /// The words or the cell as written.
    pub raw: String,
    /// The form that the label was recognised in: `F1.GZ`, `F4`.
    pub form: Option<String>,
    /// What a note in the cell says (`其中修订16件`).
    pub note: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// Whether a reading has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadingStatus {
    /// There is a number, or words that say zero.
    Reported,
    /// The cell is empty.
    Blank,
    /// The cell says that it does not apply (`/`, `不适用`).
    NotApplicable,
    /// There is something that cannot be read as a number.
    Unreadable,
}

/// Where a reading was read: exactly one cell, or one span of prose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A cell, 0-based, of the report's table with this index (see [`crate::Report::tables`]).
    Cell {
        /// Index among the report's tables.
        table: usize,
        /// Row of the grid.
        row: usize,
        /// Column of the grid.
        column: usize,
    },
    /// A statement in prose.
    Prose {
        /// Index among the report's sections.
        section: usize,
        /// Block that holds the statement.
        block: usize,
        /// First byte in the block's canonical text.
        start: usize,
        /// Byte after the last.
        end: usize,
    },
}
