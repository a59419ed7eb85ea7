//! Table values.

use model::Bound;

/// What a value cell says. Missing, blank, unreadable and zero are different things.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// One number.
    Number(CellNumber),
    /// Several numbers, which the label must tell apart (`426716 26270`).
    Several(Vec<CellNumber>),
    /// Nothing (`&nbsp;`, white space).
    Blank,
    /// It does not apply: `/`, `—`, `不适用`.
    NotApplicable,
    /// Something, but no number: `X条`, `××`, text.
    Unreadable,
}

/// A number of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellNumber {
    /// The value; words that say none (`无`, `没有`) are 0.
    pub value: f64,
    /// How exactly.
    pub bound: Bound,
    /// The unit, where the cell has one (`251000元`, `976.81万元`).
    pub unit: Option<String>,
    /// What a bracket says (`22（其中修订16件）`).
    pub note: Option<String>,
}

/// Reads a value cell.
pub fn read_cell(_text: &str) -> CellValue {
    CellValue::Blank
}
