//! A codebook as it is printed for machines.

use std::collections::BTreeMap;

use codebook::{CanonicalSection, Codebook, ColumnRole, Derives, Era, Form, FormRow, FormTable};
use schemars::JsonSchema;
use serde::Serialize;

/// A codebook: what is measured, the forms that ask for it, and what must add up. The order is that of
/// the files; indicators stand in the order of their ids.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Document {
    /// Version of this structure: `"1"`.
    pub(super) schema: &'static str,
    /// Version of the data: changes whenever a value can change.
    pub(super) version: String,
    /// The profile; null for the built-in codebook.
    pub(super) profile: Option<Profile>,
    /// Dimensions.
    pub(super) dimensions: Vec<Dimension>,
    /// Indicators.
    pub(super) indicators: Vec<Indicator>,
    /// Forms, oldest first.
    pub(super) forms: Vec<PrintedForm>,
    /// What columns are called whatever the form.
    pub(super) columns: Vec<Column>,
    /// Rules.
    pub(super) rules: Vec<Rule>,
    /// Section headings.
    pub(super) sections: Vec<Section>,
}

/// A family of reports.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Profile {
    pub(super) id: String,
    pub(super) version: String,
    /// In Chinese.
    pub(super) title: String,
    /// In English.
    pub(super) name: String,
}

/// What indicators are broken down by.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Dimension {
    pub(super) id: String,
    /// In English.
    pub(super) name: String,
    /// In Chinese.
    pub(super) label: String,
    /// The value that is meant where none is stated; records leave it out.
    pub(super) default: Option<String>,
    /// It holds for every indicator.
    pub(super) contextual: bool,
    /// Its values are the codes of so many digits; `values` names those that are known.
    pub(super) digits: Option<usize>,
    pub(super) values: Vec<Value>,
}

/// A value of a dimension.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Value {
    pub(super) id: String,
    /// In English.
    pub(super) name: String,
    /// In Chinese.
    pub(super) label: String,
}

/// What a number means, apart from form and year.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Indicator {
    pub(super) id: String,
    /// Short name in English.
    pub(super) name: String,
    /// Name in Chinese.
    pub(super) label: String,
    pub(super) definition: String,
    /// Canonical unit.
    pub(super) unit: String,
    /// `count`, `subtotal_count`, `stock_count`, `signed_count`, `ratio_percent` or `money`.
    pub(super) value_type: &'static str,
    /// The sum that it is a part of, where that is the same in every form.
    pub(super) parent: Option<String>,
    /// What it is broken down by, with the values allowed. Contextual dimensions are not repeated.
    pub(super) dimensions: BTreeMap<String, Vec<String>>,
    /// First report year that any form asks for it, or prose was seen to say it.
    pub(super) first_year: i16,
    pub(super) last_year: i16,
    /// Prose says it, whether or not a form asks for it.
    pub(super) narrative: bool,
    /// Where the definition was seen; K: knowledge, not seen verbatim.
    pub(super) source: String,
    /// Forms that ask for it.
    pub(super) forms: Vec<String>,
    /// Local forms whose tables were not seen, that are taken to ask for it.
    pub(super) assumed_forms: Vec<String>,
    /// What is known of it across forms.
    pub(super) comparability: Vec<Comparison>,
}

/// Whether figures of different forms compare.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Comparison {
    /// `a`: as they are; `b`: after the transformation that is stated; `c`: a break in level; `d`: not at all.
    pub(super) class: &'static str,
    /// The forms spoken of; `F1` for a family.
    pub(super) forms: Vec<String>,
    /// Why, and what to do.
    pub(super) what: String,
}

/// All tables of one era or place.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PrintedForm {
    pub(super) id: String,
    /// In Chinese.
    pub(super) title: String,
    /// The document that prescribes it.
    pub(super) basis: String,
    /// Its tables were not seen whole.
    pub(super) unverified: bool,
    pub(super) first_year: i16,
    pub(super) last_year: i16,
    pub(super) tables: Vec<Table>,
}

/// A table of a form.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Table {
    pub(super) id: String,
    pub(super) title: String,
    /// Other wordings of the title.
    pub(super) aliases: Vec<String>,
    /// Unit of all its values, where the form states one.
    pub(super) unit: Option<String>,
    /// Value columns of a matrix; empty for a list of label and value.
    pub(super) columns: Vec<FormColumn>,
    pub(super) rows: Vec<Row>,
}

/// A value column. Row and column together say what a cell means; where both name an indicator the column's wins.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FormColumn {
    /// Header labels from the top group down.
    pub(super) path: Vec<Label>,
    pub(super) indicator: Option<String>,
    pub(super) dimensions: BTreeMap<String, String>,
    pub(super) unit: Option<String>,
}

/// A label and the other ways it is written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Label {
    pub(super) text: String,
    pub(super) aliases: Vec<String>,
}

/// A row of a form's table.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Row {
    /// As the form prints it; empty for the one row of a table without row labels and for coded rows.
    pub(super) label: String,
    pub(super) aliases: Vec<String>,
    /// The row that it is a part of, as an index into `rows`.
    pub(super) parent: Option<usize>,
    pub(super) indicator: Option<String>,
    pub(super) dimensions: BTreeMap<String, String>,
    /// It stands for every row with a code of this dimension.
    pub(super) code: Option<String>,
    pub(super) unit: Option<String>,
    /// Printed by some editions alone.
    pub(super) optional: bool,
    /// Not seen verbatim.
    pub(super) unverified: bool,
}

/// What a column is called whatever the form.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Column {
    pub(super) wording: String,
    /// `label`, `value`, `unit`, `code`, `note` or `numbering`.
    pub(super) role: &'static str,
    /// What a value column fixes.
    pub(super) dimensions: BTreeMap<String, String>,
}

/// What must add up.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Rule {
    pub(super) id: String,
    /// Forms or families that it holds for; empty: all.
    pub(super) forms: Vec<String>,
    /// `identity`, `inequality`, `cross_source`, `plausibility`, `value_type` or `definition`.
    pub(super) kind: &'static str,
    /// What it needs: `report`, `prose`, `text` or `across`.
    pub(super) scope: &'static str,
    /// Indicators that `it` stands for.
    pub(super) each: Option<String>,
    /// Dimensions over whose values it is repeated.
    pub(super) for_each: Vec<String>,
    /// Of a cross-source rule: what else prose may mean.
    pub(super) formulas: Vec<Formula>,
    pub(super) tolerance: f64,
    pub(super) relative_tolerance: f64,
    /// A break by no more than this asks for a look.
    pub(super) review_within: f64,
    /// What it makes of blanks: `blanks`, `definition` or null.
    pub(super) derives: Option<&'static str>,
    /// What a violation means, in English.
    pub(super) meaning: String,
    /// The same in Chinese.
    pub(super) meaning_zh: String,
    pub(super) note: String,
}

/// A formula of a rule.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Formula {
    pub(super) text: String,
    /// A break asks for a look and proves nothing.
    pub(super) soft: bool,
}

/// A section that headings stand for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Section {
    pub(super) id: String,
    /// `any`, `local` (up to 2018) or `national` (from 2019).
    pub(super) era: &'static str,
    /// The section that it stands in.
    pub(super) within: Option<String>,
    pub(super) heading: String,
    /// Other wordings.
    pub(super) variants: Vec<String>,
    /// Tables and notes at the end of a report.
    pub(super) closes_report: bool,
}

impl Document {
    /// A codebook, ready to be printed.
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let profile = codebook.profile.as_ref().map(|profile| Profile {
            id: profile.id.clone(),
            version: profile.version.clone(),
            title: profile.title.clone(),
            name: profile.name.clone(),
        });
        let indicators = codebook.indicators.iter();
        Self {
            schema: "1",
            version: codebook.version.clone(),
            profile,
            dimensions: codebook.dimensions.iter().map(dimension).collect(),
            indicators: indicators.map(|it| indicator(it, codebook)).collect(),
            forms: codebook.forms.iter().map(form).collect(),
            columns: codebook.columns.roles.iter().map(column).collect(),
            rules: codebook.rules.iter().map(rule).collect(),
            sections: codebook.sections.sections().iter().map(section).collect(),
        }
    }
}

fn dimension(dimension: &codebook::Dimension) -> Dimension {
    let value = |value: &codebook::DimensionValue| Value {
        id: value.id.clone(),
        name: value.name.clone(),
        label: value.label.clone(),
    };
    Dimension {
        id: dimension.id.clone(),
        name: dimension.name.clone(),
        label: dimension.label.clone(),
        default: dimension.default.clone(),
        contextual: dimension.contextual,
        digits: dimension.digits,
        values: dimension.values.iter().map(value).collect(),
    }
}

fn indicator(indicator: &codebook::Indicator, codebook: &Codebook) -> Indicator {
    let asks = |form: &&Form| {
        let mut targets = form.targets();
        targets.any(|(target, _)| target.indicator.as_deref() == Some(&indicator.id))
    };
    let said = codebook.comparisons.iter();
    let said = said.filter(|entry| entry.speaks_of(&indicator.id));
    Indicator {
        id: indicator.id.clone(),
        name: indicator.name.clone(),
        label: indicator.label.clone(),
        definition: indicator.definition.clone(),
        unit: indicator.unit.clone(),
        value_type: indicator.value_type.word(),
        parent: indicator.parent.clone(),
        dimensions: indicator.dimensions.iter().cloned().collect(),
        first_year: indicator.first_year,
        last_year: indicator.last_year,
        narrative: indicator.narrative,
        source: indicator.source.clone(),
        forms: codebook
            .forms
            .iter()
            .filter(asks)
            .map(|form| form.id.clone())
            .collect(),
        assumed_forms: indicator.assumed_forms.clone(),
        comparability: said
            .map(|entry| Comparison {
                class: entry.class.word(),
                forms: entry.forms.clone(),
                what: entry.what.clone(),
            })
            .collect(),
    }
}

fn form(form: &Form) -> PrintedForm {
    PrintedForm {
        id: form.id.clone(),
        title: form.title.clone(),
        basis: form.basis.clone(),
        unverified: form.unverified,
        first_year: form.first_year,
        last_year: form.last_year,
        tables: form.tables.iter().map(table).collect(),
    }
}

fn table(table: &FormTable) -> Table {
    let label = |label: &codebook::Label| Label {
        text: label.text.clone(),
        aliases: label.aliases.clone(),
    };
    let column = |column: &codebook::FormColumn| FormColumn {
        path: column.path.iter().map(label).collect(),
        indicator: column.target.indicator.clone(),
        dimensions: column.target.dimensions.clone(),
        unit: column.unit.clone(),
    };
    let row = |row: &FormRow| Row {
        label: row.label.text.clone(),
        aliases: row.label.aliases.clone(),
        parent: row.parent,
        indicator: row.target.indicator.clone(),
        dimensions: row.target.dimensions.clone(),
        code: row.code.clone(),
        unit: row.unit.clone(),
        optional: row.optional,
        unverified: row.unverified,
    };
    Table {
        id: table.id.clone(),
        title: table.title.text.clone(),
        aliases: table.title.aliases.clone(),
        unit: table.unit.clone(),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn column((wording, role): &(String, ColumnRole)) -> Column {
    let (role, dimensions) = match role {
        ColumnRole::Label => ("label", BTreeMap::new()),
        ColumnRole::Value(dimensions) => ("value", dimensions.clone()),
        ColumnRole::Unit => ("unit", BTreeMap::new()),
        ColumnRole::Code => ("code", BTreeMap::new()),
        ColumnRole::Note => ("note", BTreeMap::new()),
        ColumnRole::Numbering => ("numbering", BTreeMap::new()),
    };
    Column {
        wording: wording.clone(),
        role,
        dimensions,
    }
}

fn rule(rule: &codebook::Rule) -> Rule {
    let formula = |formula: &codebook::Formula| Formula {
        text: formula.text.clone(),
        soft: formula.soft,
    };
    Rule {
        id: rule.id.clone(),
        forms: rule.forms.clone(),
        kind: rule.kind.word(),
        scope: rule.scope.word(),
        each: rule.each.clone(),
        for_each: rule.for_each.clone(),
        formulas: rule.formulas.iter().map(formula).collect(),
        tolerance: rule.tolerance,
        relative_tolerance: rule.relative_tolerance,
        review_within: rule.review_within,
        derives: match rule.derives {
            Derives::Nothing => None,
            Derives::Blanks => Some("blanks"),
            Derives::Definition => Some("definition"),
        },
        meaning: rule.meaning.clone(),
        meaning_zh: rule.meaning_zh.clone(),
        note: rule.note.clone(),
    }
}

fn section(section: &CanonicalSection) -> Section {
    Section {
        id: section.id.clone(),
        era: match section.era {
            Era::Any => "any",
            Era::Local => "local",
            Era::National => "national",
        },
        within: section.within.clone(),
        heading: section.heading.clone(),
        variants: section.variants.clone(),
        closes_report: section.closes_report,
    }
}
