//! A finding: what one rule says about the readings of one report.

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
