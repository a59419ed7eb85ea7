//! A warning: something that a user should know and that spoilt no result.

use crate::Place;

/// Something that went wrong, or may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// Stable code in snake case: `characters_replaced`.
    pub code: &'static str,
    /// What happened and what to do, in one sentence.
    pub message: String,
    /// Where, where that can be said.
    pub place: Option<Place>,
}
