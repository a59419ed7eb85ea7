//! What tables there are and what stands in their columns.

use serde::Serialize;

/// A table of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its name: `indicators`.
    pub name: String,
    /// What one row is.
    pub about: String,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// The columns that tell rows apart.
    pub key: &'static [&'static str],
    /// Columns whose values stand in another table.
    pub references: Vec<Reference>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What kind of values it holds.
    pub kind: Kind,
    /// Never null.
    pub required: bool,
    /// What a value means.
    pub about: String,
}

/// What kind of values a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text.
    Text,
    /// Text of which there are few.
    Category,
    /// JSON, as it stands in the record.
    Json,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

/// Columns whose values stand in another table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// Its columns.
    pub foreign: &'static [&'static str],
}

impl Kind {
    /// The word that stands in the `columns` table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Category => "category",
            Self::Json => "json",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

/// A column that is never null.
pub(crate) fn must(name: &str, kind: Kind, about: &str) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        required: true,
        about: about.to_owned(),
    }
}

/// A column that may be null.
pub(crate) fn may(name: &str, kind: Kind, about: &str) -> Column {
    Column {
        required: false,
        ..must(name, kind, about)
    }
}

/// The first column of almost every table.
pub(crate) fn report_id() -> Column {
    must(
        "report_id",
        Kind::Text,
        "The record's `id`: one report of one source file.",
    )
}

/// That rows belong to a report.
pub(crate) fn of_report() -> Reference {
    Reference {
        columns: &["report_id"],
        table: "reports",
        foreign: &["report_id"],
    }
}

/// The column that counts.
pub(crate) fn position(list: &str) -> Column {
    must(
        "position",
        Kind::Integer,
        &format!("Position in the record's {list}, from 0."),
    )
}

/// The column that says where in the source something stands.
pub(crate) fn place() -> Column {
    may(
        "place",
        Kind::Json,
        "Where in the source it stands, as the record's `at` says it: lines of a text, the node of a page, \
         page and box of a PDF.",
    )
}
