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
    /// By what it was known for a reading of this indicator.
    pub manner: Manner,
    /// Figures that the text pairs with it: a share, a growth, the parts of a list that is closed.
    pub paired: Vec<Paired>,
}

/// A figure that the text pairs with a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// What it is to the reading.
    pub role: PairedRole,
    /// The value; of shares and growths in percent, negative where the reading has shrunk.
    pub value: f64,
    /// As written.
    pub raw: String,
    /// The indicator that it is a value of, where it is one of another indicator.
    pub indicator: Option<String>,
}

/// What a paired figure is to the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairedRole {
    /// How many percent of its whole it is.
    Share,
    /// By how many percent it has grown.
    Growth,
    /// What it was before.
    Former,
    /// One of its parts; the list is closed, so that they make it up.
    Part,
}

/// By what a number was known for a reading of its indicator: evidence for how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// A cell, by its row and its column.
    Cell {
        /// How the row's label met that of the form.
        label: LabelMatch,
        /// How the column was known.
        column: ColumnMatch,
    },
    /// Words and a number in prose.
    Prose(Phrasing),
}

/// How the label of a row met that of the form's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabelMatch {
    /// The same wording, or one the form knows as such; of a row with a code, its code.
    Same,
    /// Nearly the same, or the same out of the form's order.
    Alike,
    /// Damaged; its place among its neighbours speaks for it.
    Placed,
    /// A row without a label under a header that is known.
    Unlabelled,
    /// The wording of another form than the table's.
    Borrowed,
}

/// How the column of a cell was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnMatch {
    /// A list: the column of values.
    List,
    /// By a header found whole.
    Header,
    /// By a header found in part.
    PartOfHeader,
    /// By its place: there are as many values as the form has columns.
    Counted,
}

/// How prose says a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phrasing {
    /// The subject before the number: `受理申请9件`.
    Stated,
    /// The subject behind the number: `5件结果维持`.
    Inverted,
    /// The subject alone in the clause before: `申请办理情况:共9件`.
    Announced,
    /// One number given to several subjects: `行政复议、行政诉讼均为0件`.
    Shared,
    /// No number: `未收到申请`.
    Denied,
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
