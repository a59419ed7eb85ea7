//! A finding: what one rule says about the readings of one report; and what rules derive from them.

use std::collections::BTreeMap;

/// The outcome of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Rule id of the codebook: `F1.OUT.GZ`.
    pub rule: String,
    /// Outcome.
    pub status: FindingStatus,
    /// What the rule expects, where it is a number.
    pub expected: Option<f64>,
    /// What the report says, where it is a number.
    pub found: Option<f64>,
    /// The readings taken, as indices.
    pub readings: Vec<usize>,
    /// A sentence that a person understands, in English.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// The outcome of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingStatus {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// A value that it needs is blank or missing.
    Incomplete,
}

/// A value that no cell and no sentence states, and that follows from readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Indicator id of the codebook.
    pub indicator: String,
    /// Dimensions by name. Defaults are left out.
    pub dimensions: BTreeMap<String, String>,
    /// The value in `unit`.
    pub value: f64,
    /// The unit of the readings taken, where they share one.
    pub unit: Option<String>,
    /// How it follows.
    pub how: Derivation,
    /// The rule by which it follows.
    pub rule: String,
    /// The readings taken, as indices.
    pub readings: Vec<usize>,
}

/// How a derived value follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Derivation {
    /// A blank total is the sum of all its parts.
    Sum,
    /// A blank part is zero: the others reach the total.
    Zero,
    /// A rule defines it.
    Definition,
}
