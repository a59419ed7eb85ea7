//! By what an indicator was known, and what a person should look at first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Number;

/// By what a number was known for one of its indicator: of a cell its row and its column, of prose how it
/// says the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Manner {
    /// A cell of a table.
    Cell {
        /// How the row's label met that of the form.
        label: LabelMatch,
        /// How the column was known.
        column: ColumnMatch,
    },
    /// A statement in prose.
    Prose {
        /// How it says the number.
        phrasing: Phrasing,
    },
}

/// How the label of a row met that of the form's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelMatch {
    /// The same wording, or one the form knows as such.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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

/// One thing that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doubt {
    /// What it is about.
    pub about: Subject,
    /// Position in the record's list of that kind, from 0; null for what there is one of.
    pub index: Option<usize>,
    /// How likely it is wrong, 0 to 1: one minus its confidence. What looks first stands first.
    pub doubt: Number,
    /// A sentence for a person, in English.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// What a doubt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One of `checks`: it fails, and so one of the indicators it took may be wrong.
    Check,
    /// One of `indicators`.
    Indicator,
    /// The agency.
    Agency,
    /// The period.
    Period,
    /// The title.
    Title,
    /// The text of the source that no record holds.
    Coverage,
}

impl From<model::Manner> for Manner {
    fn from(manner: model::Manner) -> Self {
        match manner {
            model::Manner::Cell { label, column } => Self::Cell {
                label: match label {
                    model::LabelMatch::Same => LabelMatch::Same,
                    model::LabelMatch::Alike => LabelMatch::Alike,
                    model::LabelMatch::Placed => LabelMatch::Placed,
                    model::LabelMatch::Unlabelled => LabelMatch::Unlabelled,
                    model::LabelMatch::Borrowed => LabelMatch::Borrowed,
                },
                column: match column {
                    model::ColumnMatch::List => ColumnMatch::List,
                    model::ColumnMatch::Header => ColumnMatch::Header,
                    model::ColumnMatch::PartOfHeader => ColumnMatch::PartOfHeader,
                    model::ColumnMatch::Counted => ColumnMatch::Counted,
                },
            },
            model::Manner::Prose(phrasing) => Self::Prose {
                phrasing: match phrasing {
                    model::Phrasing::Stated => Phrasing::Stated,
                    model::Phrasing::Inverted => Phrasing::Inverted,
                    model::Phrasing::Announced => Phrasing::Announced,
                    model::Phrasing::Shared => Phrasing::Shared,
                    model::Phrasing::Denied => Phrasing::Denied,
                },
            },
        }
    }
}
