//! Numbers with units as prose says them.

use crate::Span;

/// How exactly a number is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Bound {
    /// `170条`
    #[default]
    Exact,
    /// `800余`, `1.2万多`, `超过300`
    MoreThan,
    /// `近200`, `不足10`
    LessThan,
    /// `约20`, `30左右`
    About,
}

/// A number with a unit in prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Where it stands: from the first to the last character of number, bound words and unit.
    pub span: Span,
    /// The number.
    pub value: f64,
    /// How exactly.
    pub bound: Bound,
    /// The unit as written: `条`, `人次`, `%`, `万元`.
    pub unit: String,
}
