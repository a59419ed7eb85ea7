//! Quantities in prose: number, bound and unit.

use std::ops::Range;

use model::Bound;

/// A number with its unit, as prose says it.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenQuantity {
    /// Bytes from the first to the last character of bound words, number and unit (`近200条`).
    pub range: Range<usize>,
    /// Bytes of the number alone (`1.2万` with its scale word).
    pub number: Range<usize>,
    /// The value (`1.2万` is 12000; `0.6%` is 0.6).
    pub value: f64,
    /// How exactly it is said.
    pub bound: Bound,
    /// The measure word or unit as written: `条`, `人次`, `%`, `元`, `万元`. Scale words stay with the
    /// number except before 元, where the unit as printed is `万元` and the value counts 万元.
    pub unit: String,
}

/// Every quantity of a paragraph, in order, none overlapping. Leaves alone what is no quantity: dates,
/// document numbers, telephone numbers, article numbers, addresses, enumerators, fixed phrases (两栏, 三安全一稳定).
pub fn quantities(_text: &str) -> Vec<WrittenQuantity> {
    Vec::new()
}
