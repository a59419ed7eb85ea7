//! What is known of the reports, as data that a researcher can correct without knowing Rust.
//!
//! What it does: loads and validates the files of `data/` (or of a profile folder): indicators,
//! forms, identities, section lexicon, phrases of prose, administrative divisions.
//! What goes in: text files. What comes out: [`Codebook`], a set of look-ups.
//! What it may not know: documents, tables as they are found, files other than its own.

mod agency;
mod column;
mod comparison;
mod dimension;
mod division;
mod error;
mod files;
mod form;
mod form_file;
mod formula;
mod indicator;
mod load;
mod pattern;
mod profile;
mod prose;
mod report;
mod rule;
mod section;
mod source;

use std::sync::{Arc, LazyLock, OnceLock};

pub use agency::{AgencyLexicon, BodyKind};
pub use column::{ColumnRole, Columns};
pub use comparison::{Comparability, Comparison};
pub use dimension::{Dimension, DimensionValue};
pub use division::{DivisionEntry, DivisionLevel, Divisions, Named, Region};
pub use error::CodebookError;
pub use files::{FileKind, FileShape, file_kinds};
pub use form::{Form, FormColumn, FormRow, FormTable, Label, RowLabels, Target};
pub use formula::{
    AgencyProperty, Condition, Expression, Factor, Formula, Relation, Selector, Source, Term,
    matches,
};
pub use indicator::{Indicator, ValueType};
pub use pattern::{Pattern, PatternSet};
pub use profile::Profile;
pub use prose::{ProseLexicon, ProseWords, Subject, Topic};
pub use report::{OpeningPatterns, ReportLexicon, ReportWords, TextPatterns, TitlePatterns};
pub use rule::{BoundWords, Derives, Rule, RuleKind, RuleScope};
pub use section::{CanonicalSection, Era, SectionLexicon};

/// All that is known of one family of reports.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// Version of the data: changes whenever a value can change.
    pub version: String,
    /// The family of reports, where it is not the built-in one.
    pub profile: Option<Profile>,
    /// Dimensions, in the order of the file.
    pub dimensions: Vec<Dimension>,
    /// Indicators, sorted by id.
    pub indicators: Vec<Indicator>,
    /// Forms, oldest first.
    pub forms: Vec<Form>,
    /// What columns of tables are called whatever the form.
    pub columns: Columns,
    /// Identities and other rules.
    pub rules: Vec<Rule>,
    /// Words beside figures of prose that say what they stand for.
    pub bounds: BoundWords,
    /// What compares across forms.
    pub comparisons: Vec<Comparison>,
    /// How reports are called and how they open.
    pub reports: ReportLexicon,
    /// Section headings.
    pub sections: SectionLexicon,
    /// How prose speaks of indicators.
    pub prose: ProseLexicon,
    /// How agencies are called.
    pub agencies: AgencyLexicon,
    /// Provinces, cities, counties.
    pub divisions: Divisions,
    /// Made of the forms when it is first asked for.
    row_labels: OnceLock<RowLabels>,
}

static BUILTIN: LazyLock<Arc<Codebook>> = LazyLock::new(|| Arc::new(load::builtin()));

impl Codebook {
    /// The codebook of annual reports on information disclosure.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The same, for those who keep it.
    pub fn shared_builtin() -> Arc<Self> {
        Arc::clone(&BUILTIN)
    }

    /// A codebook from the files of a profile: relative names (`forms/X.toml`, with `/`) and texts.
    /// `profile.toml` says which files of the built-in codebook are taken beside them; kinds of files
    /// that are neither given nor taken stay empty.
    ///
    /// # Errors
    /// The first file that is not understood, or that contradicts another.
    pub fn from_files(
        files: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, CodebookError> {
        load::from_files(files)
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        let index = self
            .indicators
            .binary_search_by(|indicator| indicator.id.as_str().cmp(id));
        self.indicators.get(index.ok()?)
    }

    /// The form with this id.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// What the rows of all forms are called.
    pub fn row_labels(&self) -> &RowLabels {
        let labels = &self.row_labels;
        labels.get_or_init(|| RowLabels::of(&self.forms))
    }

    /// The dimension with this id.
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == id)
    }

    /// Whether a dimension's value is the one that is meant where none is stated.
    pub fn is_default(&self, dimension: &str, value: &str) -> bool {
        self.dimension(dimension)
            .is_some_and(|dimension| dimension.default.as_deref() == Some(value))
    }
}
