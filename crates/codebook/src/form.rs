//! Forms: the tables that agencies had to fill in, era by era.

use std::collections::{BTreeMap, HashSet};

/// One form: all tables of one era or locality.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// `F1.GZ`, `F1.SH04`, `F2`, `F3`, `F4`.
    pub id: String,
    /// Name in Chinese.
    pub title: String,
    /// The document that prescribes it.
    pub basis: String,
    /// Its tables were not seen whole: put together from what is known of it.
    pub unverified: bool,
    /// First report year that it was seen for.
    pub first_year: i16,
    /// Last report year that it was seen for.
    pub last_year: i16,
    /// Tables in the order of the form.
    pub tables: Vec<FormTable>,
}

/// A table of a form. Several may stand stacked in one table of a report (the matrix of 第二十条),
/// and one may be cut over several.
#[derive(Debug, Clone, Default)]
pub struct FormTable {
    /// `requests`, `remedies`, …: unique in its form.
    pub id: String,
    /// Its caption or band (`第二十条第（一）项`), with other wordings.
    pub title: Label,
    /// Unit of all its values, where the form states one.
    pub unit: Option<String>,
    /// Value columns of a matrix; empty for a list of label and value.
    pub columns: Vec<FormColumn>,
    /// Rows in order. A table whose values stand under column groups alone (the 15 columns of
    /// 行政复议、行政诉讼) has one row without a label.
    pub rows: Vec<FormRow>,
}

/// A label and the other ways it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// As the form prints it, without enumerator.
    pub text: String,
    /// Other wordings seen.
    pub aliases: Vec<String>,
}

impl Label {
    /// The label and all its other wordings.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text)
            .chain(&self.aliases)
            .map(String::as_str)
    }
}

/// What rows are called, whatever their form.
#[derive(Debug, Clone, Default)]
pub struct RowLabels(HashSet<String>);

impl RowLabels {
    pub(crate) fn of(forms: &[Form]) -> Self {
        let tables = forms.iter().flat_map(|form| &form.tables);
        let rows = tables.flat_map(|table| &table.rows);
        let wordings = rows.flat_map(|row| row.label.wordings());
        Self(
            wordings
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Whether a form has a row of this label or one of its other wordings.
    pub fn contains(&self, label: &str) -> bool {
        self.0.contains(label)
    }
}

/// A value column of a matrix.
#[derive(Debug, Clone, Default)]
pub struct FormColumn {
    /// Header labels from the top group down: `申请人情况 > 法人或其他组织 > 商业企业`.
    pub path: Vec<Label>,
    /// What it adds to the row's target.
    pub target: Target,
    /// Unit, where the column states one.
    pub unit: Option<String>,
}

/// A row of a form's table.
#[derive(Debug, Clone, Default)]
pub struct FormRow {
    /// Label; empty text for the one row of a table without row labels.
    pub label: Label,
    /// The row that it is a part of, as an index into the table's rows.
    pub parent: Option<usize>,
    /// What it means; empty for a heading row that carries no value of its own.
    pub target: Target,
    /// It stands for every row with a code of this dimension (`digits` of dimensions.toml): the code is the
    /// value of the dimension, and labels are free.
    pub code: Option<String>,
    /// Unit, where the row states one.
    pub unit: Option<String>,
    /// Printed by some editions alone (subtotals, later additions): its absence says nothing.
    pub optional: bool,
    /// Not seen verbatim.
    pub unverified: bool,
}

/// An indicator with dimensions, or a part of one: row and column together make it whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Indicator id.
    pub indicator: Option<String>,
    /// Dimensions fixed here.
    pub dimensions: BTreeMap<String, String>,
}

/// `F1.GZ` is in the families `F1.GZ` and `F1`.
pub(crate) fn in_family(form: &str, family: &str) -> bool {
    form.strip_prefix(family)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Form {
    /// Whether it is of a family: `F1.GZ` is of `F1.GZ` and of `F1`.
    pub fn is_of(&self, family: &str) -> bool {
        in_family(&self.id, family)
    }

    /// What each cell of the form means, in the order of the form, with the row it stands in.
    pub fn targets(&self) -> impl Iterator<Item = (Target, &FormRow)> {
        self.tables.iter().flat_map(FormTable::targets)
    }
}

impl FormTable {
    /// What each cell of the table means, row by row. Cells that mean nothing are left out.
    pub fn targets(&self) -> impl Iterator<Item = (Target, &FormRow)> {
        let list = self.columns.is_empty();
        let alone = self.rows.iter().filter(move |_| list);
        let matrix = self.rows.iter().flat_map(|row| {
            let column = move |column: &FormColumn| (row.target.joined(&column.target), row);
            self.columns.iter().map(column)
        });
        alone
            .map(|row| (row.target.clone(), row))
            .chain(matrix)
            .filter(|(target, _)| target.indicator.is_some())
    }
}

impl Target {
    /// Row and column together. Where both name an indicator the column's wins.
    #[must_use]
    pub fn joined(&self, column: &Self) -> Self {
        let mut dimensions = self.dimensions.clone();
        dimensions.extend(column.dimensions.clone());
        Self {
            indicator: column.indicator.clone().or_else(|| self.indicator.clone()),
            dimensions,
        }
    }
}
