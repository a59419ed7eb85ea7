//! The published record: what one report becomes, its version and its JSON Schema.
//!
//! What it does: names every field of the output and how it is written. What goes in: values that
//! the façade takes over from the nouns of `model`. What comes out: one JSON object a report
//! ([`Record`]), one for each input that could not be read ([`ErrorRecord`]), and one for each that was given
//! ([`ListedDocument`]).
//! What it may not know: stages, files. It is the only crate that promises an output format: within
//! a version of the schema fields keep their names and meanings, new ones may be added.

mod derived;
mod document;
mod error;
mod finding;
mod indicator;
mod listed;
mod manner;
mod metadata;
mod number;
mod place;
mod section;
mod table;

pub use derived::{Derivation, Derived};
pub use document::{
    Attachment, CharsetBasis, Coverage, Hint, HintKind, Kind, Profile, Reason, Record, Source,
    SourcePage, Warning,
};
pub use error::ErrorRecord;
pub use finding::{Finding, QueuedDoubt, Taken, Within};
pub use indicator::{
    Bound, Check, CheckStatus, Indicator, Keyword, Origin, Quantity, Reference, Status,
};
pub use listed::{ListedDocument, Outcome};
pub use manner::{ColumnMatch, Doubt, LabelMatch, Manner, Phrasing, Subject};
pub use metadata::{
    Agency, Basis, Body, Citation, Contact, Level, Period, Region, ReportScope, ScopeId, confidence,
};
pub use number::Number;
pub use place::{At, OnPage};
pub use section::{Content, Section, section_text};
pub use table::{Cell, Shape, Table};

/// Version of the schema, as [`Record::schema`] says it.
pub const SCHEMA_VERSION: &str = "1";

/// The JSON Schema (draft 2020-12) of a record, generated from its types.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}

#[cfg(test)]
mod tests;
