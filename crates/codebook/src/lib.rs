//! What is known of the reports, as data that a researcher can correct without knowing Rust.
//!
//! What it does: loads and validates the files of `data/` (or of a profile folder): indicators,
//! forms, identities, section lexicon, phrases of prose, administrative divisions.
//! What goes in: text files. What comes out: [`Codebook`], a set of look-ups.
//! What it may not know: documents, tables as they are found, files other than its own.

mod agency;
mod division;
mod form;
mod indicator;
mod prose;
mod rule;
mod section;

pub use agency::{AgencyLexicon, AgencyWord};
pub use division::{DivisionEntry, DivisionLevel, Divisions};
pub use form::{ColumnRole, Columns, Form, FormColumn, FormRow, FormTable, Label, Target};
pub use indicator::{Indicator, ValueType};
pub use prose::{ProseLexicon, ProseLexiconError, ProseWords, Subject, Topic};
pub use rule::{Rule, RuleKind};
pub use section::{CanonicalSection, SectionLexicon};

/// All that is known of one family of reports.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// Version of the data: changes whenever a value can change.
    pub version: String,
    /// Indicators, by id.
    pub indicators: Vec<Indicator>,
    /// Forms, oldest first.
    pub forms: Vec<Form>,
    /// What columns of tables are called whatever the form.
    pub columns: Columns,
    /// Identities and other rules.
    pub rules: Vec<Rule>,
    /// Section headings.
    pub sections: SectionLexicon,
    /// How prose speaks of indicators.
    pub prose: ProseLexicon,
    /// How agencies are called.
    pub agencies: AgencyLexicon,
    /// Provinces, cities, counties.
    pub divisions: Divisions,
}
