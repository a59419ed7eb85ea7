//! What `nianbao check` writes of many records together.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CheckStatus, Doubt, Number};

/// What one rule says of one report, or of one report and others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Whether one record alone was looked at, or several.
    pub within: Within,
    /// Who reports, as the first record names it.
    pub agency: Option<String>,
    /// Six-digit code of its region (GB/T 2260).
    pub region: Option<String>,
    /// The year covered.
    pub year: Option<i16>,
    /// Rule id of the codebook: `F34.XYEAR.CARRY`.
    pub rule: String,
    /// Outcome.
    pub status: CheckStatus,
    /// What the rule expects, where it is one number.
    pub expected: Option<Number>,
    /// What the report says, where it is one number.
    pub found: Option<Number>,
    /// The indicators taken, this report's first.
    pub refs: Vec<Taken>,
    /// A sentence for a person, in English.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// How many records a finding looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// One: the finding is one of its `checks`.
    Record,
    /// Several, or also who reports.
    Corpus,
}

/// An indicator that a finding took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// The record's `id`.
    pub record: String,
    /// The path of its source.
    pub path: String,
    /// The year that it covers.
    pub year: Option<i16>,
    /// Position in the record's `indicators`, from 0.
    pub index: usize,
    /// The indicator's id.
    pub id: String,
    /// Its dimensions.
    pub dims: BTreeMap<String, String>,
    /// Its value.
    pub value: Option<Number>,
    /// The unit of the value.
    pub unit: Option<String>,
}

/// One thing in a set of records that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueuedDoubt {
    /// The record's `id`.
    pub record: String,
    /// The path of its source.
    pub path: String,
    /// Who reports.
    pub agency: Option<String>,
    /// The year covered.
    pub year: Option<i16>,
    /// One of the record's `review`.
    pub doubt: Doubt,
}
