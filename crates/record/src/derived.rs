//! Values that no cell and no sentence states.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Number, Reference};

/// A value that follows from others: beside the indicators, never in their place. No check takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Derived {
    /// Id of the codebook: `requests.received`.
    pub id: String,
    /// Dimensions. Defaults are left out.
    pub dims: BTreeMap<String, String>,
    /// The value in `unit`.
    pub value: Number,
    /// The unit of the indicators taken, where they share one.
    pub unit: Option<String>,
    /// How it follows.
    pub how: Derivation,
    /// The rule of the codebook by which it follows: `F1.RECV`.
    pub rule: String,
    /// The indicators taken.
    pub refs: Vec<Reference>,
}

/// How a derived value follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Derivation {
    /// The cell of a total is blank and all parts are printed.
    Sum,
    /// The cell is blank, and the parts that are printed reach the total: nothing is left.
    Zero,
    /// A series that the form does not ask for or that is not printed, as the rule defines it.
    Definition,
}

impl From<model::Derivation> for Derivation {
    fn from(how: model::Derivation) -> Self {
        match how {
            model::Derivation::Sum => Self::Sum,
            model::Derivation::Zero => Self::Zero,
            model::Derivation::Definition => Self::Definition,
        }
    }
}
