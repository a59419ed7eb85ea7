//! What a report says in numbers, and what the checks say of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Manner, Number};

/// One statement of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Indicator {
    /// Id of the codebook: `requests.received`.
    pub id: String,
    /// Dimensions: `{"applicant": "natural_person"}`. Defaults are left out.
    pub dims: BTreeMap<String, String>,
    /// The label as written.
    pub label: String,
    /// The value in `unit`; null unless `status` is `reported`.
    pub value: Option<Number>,
    /// Whether there is a value. Missing, blank, unreadable and zero are different things.
    pub status: Status,
    /// How exactly it is said.
    pub bound: Bound,
    /// The unit as printed: `条`, `万元`.
    pub unit: Option<String>,
    /// The cell or the words as written.
    pub raw: String,
    /// The form that the label was recognised in: `F1.GZ`.
    pub form: Option<String>,
    /// What a note in the cell says: `其中修订16件`.
    pub note: Option<String>,
    /// Where it was read.
    pub from: Origin,
    /// By what the number was known for one of this indicator; null in records of versions that did not say it.
    #[serde(default)]
    pub how: Option<Manner>,
    /// How sure the reading is, 0 to 1: the share of readings known in the same way, and borne out or
    /// contradicted by checks in the same way, that were right where the truth was known.
    #[serde(default)]
    pub confidence: Option<Number>,
}

/// Whether an indicator has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is a number, or words that say zero.
    Reported,
    /// The cell is empty.
    Blank,
    /// The cell says that it does not apply (`/`, `不适用`).
    NotApplicable,
    /// There is something that cannot be read as a number.
    Unreadable,
}

/// How exactly a number is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// `170条`
    Exact,
    /// `800余`
    MoreThan,
    /// `近200`
    LessThan,
    /// `约20`
    About,
}

/// Where an indicator was read: exactly one cell, or one statement in prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Origin {
    /// A cell: row and column from 0 in the table's `rows`.
    Cell {
        /// Table id.
        table: String,
        /// Row.
        row: usize,
        /// Column.
        col: usize,
    },
    /// A statement in prose.
    Statement {
        /// Section id.
        section: String,
        /// From and to, in characters of the section's text (see [`crate::section_text`]); null
        /// where the statement stands in the section's heading.
        chars: Option<[usize; 2]>,
    },
}

/// A number with a unit in prose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// Section id.
    pub section: String,
    /// From and to, in characters of the section's text (see [`crate::section_text`]).
    pub chars: [usize; 2],
    /// The words.
    pub text: String,
    /// The number.
    pub value: Number,
    /// How exactly it is said.
    pub bound: Bound,
    /// The unit as written.
    pub unit: String,
}

/// What one rule says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Rule id of the codebook: `F1.OUT.GZ`.
    pub rule: String,
    /// Outcome.
    pub status: CheckStatus,
    /// What the rule expects.
    pub expected: Option<Number>,
    /// What the report says.
    pub found: Option<Number>,
    /// The indicators taken.
    pub refs: Vec<Reference>,
    /// A sentence for a person, in English.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// The outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// A value that it needs is blank or missing.
    Incomplete,
}

/// An indicator that a check took: its position for machines, its id and value for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// Position in the record's `indicators`, from 0.
    pub index: usize,
    /// The indicator's id.
    pub id: String,
    /// Its value.
    pub value: Option<Number>,
}

/// A word that tells the report apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Keyword {
    /// The word.
    pub term: String,
    /// Its weight (TF-IDF).
    pub weight: Number,
}

impl From<model::ReadingStatus> for Status {
    fn from(status: model::ReadingStatus) -> Self {
        match status {
            model::ReadingStatus::Reported => Self::Reported,
            model::ReadingStatus::Blank => Self::Blank,
            model::ReadingStatus::NotApplicable => Self::NotApplicable,
            model::ReadingStatus::Unreadable => Self::Unreadable,
        }
    }
}

impl From<model::Bound> for Bound {
    fn from(bound: model::Bound) -> Self {
        match bound {
            model::Bound::Exact => Self::Exact,
            model::Bound::MoreThan => Self::MoreThan,
            model::Bound::LessThan => Self::LessThan,
            model::Bound::About => Self::About,
        }
    }
}

impl From<model::FindingStatus> for CheckStatus {
    fn from(status: model::FindingStatus) -> Self {
        match status {
            model::FindingStatus::Pass => Self::Pass,
            model::FindingStatus::Fail => Self::Fail,
            model::FindingStatus::Incomplete => Self::Incomplete,
        }
    }
}
