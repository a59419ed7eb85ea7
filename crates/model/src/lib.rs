//! The nouns of nianbao.
//!
//! What it does: nothing. It holds the data that flows from stage to stage, one file per noun.
//! What goes in and comes out: a [`Document`] of [`Block`]s with [`Place`]s, [`Grid`]s made from
//! tables, [`Report`]s with their [`Section`]s, [`Reading`]s of indicators, [`Finding`]s of checks.
//! What it may not know: file formats, indicators, I/O, JSON. (The published form is the crate
//! `record`.)
//!
//! Conservation is a property of these types: a report is made of [`Span`]s of the document's
//! blocks, so that a test can prove that every visible character stands in exactly one place.

mod block;
mod document;
mod finding;
mod place;
mod quantity;
mod reading;
mod report;
mod site;
mod table;
mod text;
mod warning;

pub use block::{Alignment, Block, BlockContent, FurnitureReason, Layer, Style};
pub use document::{Attachment, Charset, CharsetBasis, Document, Hint, HintKind, MediaType};
pub use finding::{Derivation, Derived, Finding, FindingStatus};
pub use place::{PageBox, Place};
pub use quantity::{Bound, Quantity};
pub use reading::{
    ColumnMatch, LabelMatch, Manner, Origin, Paired, PairedRole, Phrasing, Reading, ReadingStatus,
};
pub use report::{
    Agency, AgencyLevel, Basis, Body, Citation, Contact, Content, Division, OtherReason,
    PartialDate, Period, Published, Report, ReportKind, ReportScope, ScopeKind, Section, Span,
    Title,
};
pub use site::{Edge, LineKey, PageLines, SiteEvidence, Wording};
pub use table::{Caption, Cell, CellMarkup, Grid, RowMarkup, Shape, TableMarkup};
pub use text::{Run, Text};
pub use warning::Warning;
