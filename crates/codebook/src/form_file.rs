//! The files of `forms/`: how a form is written down, and what must be true of it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Source;
use crate::{
    CodebookError, Dimension, Form, FormColumn, FormRow, FormTable, Indicator, Label, Target,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormEntry {
    /// Id of the form; what stands before a point is its family.
    id: String,
    /// Name in Chinese.
    title: String,
    /// The document that prescribes it.
    basis: String,
    /// Its tables were not seen whole.
    #[serde(default)]
    unverified: bool,
    /// First report year that it was seen for.
    first_year: i16,
    /// Last report year that it was seen for.
    last_year: i16,
    /// Tables in the order of the form.
    table: Vec<TableEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TableEntry {
    /// Id, unique in its form.
    id: String,
    /// Caption or band.
    title: String,
    /// Other wordings of it.
    #[serde(default)]
    aliases: Vec<String>,
    /// Unit of all values, where the form states one.
    unit: Option<String>,
    /// Value columns of a matrix; none for a list of label and value.
    #[serde(default)]
    columns: Vec<ColumnEntry>,
    /// Rows in order. A table whose values stand under columns alone has one row with an empty label.
    rows: Vec<RowEntry>,
    /// Other wordings of any part of a column's path.
    #[serde(default)]
    header_aliases: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    /// Header labels from the top group down.
    path: Vec<String>,
    /// Other wordings of the last of them.
    #[serde(default)]
    aliases: Vec<String>,
    /// Indicator id, where the column says it.
    indicator: Option<String>,
    /// Dimensions that the column fixes.
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    /// Unit, where the column states one.
    unit: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    /// Indent, 1 outermost: the parent is the nearest row above with a smaller level.
    level: u8,
    /// Label as the form prints it, in canonical text, without number.
    #[serde(default)]
    label: String,
    /// Other wordings.
    #[serde(default)]
    aliases: Vec<String>,
    /// Indicator id, where the row says it.
    indicator: Option<String>,
    /// Dimensions that the row fixes.
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    /// A dimension with `digits`: the row stands for every row with such a code.
    code: Option<String>,
    /// Unit, where the row states one.
    unit: Option<String>,
    /// Printed by some editions alone: its absence says nothing.
    #[serde(default)]
    optional: bool,
    /// Not seen verbatim.
    #[serde(default)]
    unverified: bool,
}

/// Reads a file of `forms/` and checks it against the indicators.
pub(crate) fn parse(
    source: &Source<'_>,
    indicators: &[Indicator],
    dimensions: &[Dimension],
) -> Result<Form, CodebookError> {
    let file = source.file;
    let read: FormEntry = source.read()?;
    let form = Form {
        id: read.id,
        title: read.title,
        basis: read.basis,
        unverified: read.unverified,
        first_year: read.first_year,
        last_year: read.last_year,
        tables: read.table.into_iter().map(table).collect(),
    };
    if form.first_year > form.last_year {
        return Err(CodebookError::invalid(
            file,
            &form.id,
            "its first year comes after its last",
            "swap the years",
        ));
    }
    let mut ids = BTreeSet::new();
    for table in &form.tables {
        if !ids.insert(&table.id) {
            return Err(CodebookError::invalid(
                file,
                &table.id,
                "two tables of the form have this id",
                "rename one",
            ));
        }
        check_labels(table, file)?;
    }
    for (target, row) in form.targets() {
        check_target(&target, &row.label.text, file, indicators, dimensions)?;
        if let Some(code) = &row.code {
            check_code(code, &target, file, indicators, dimensions)?;
        }
    }
    Ok(form)
}

fn table(entry: TableEntry) -> FormTable {
    let column = |column: ColumnEntry| {
        let mut path: Vec<Label> = column
            .path
            .into_iter()
            .map(|text| Label {
                aliases: entry.header_aliases.get(&text).cloned().unwrap_or_default(),
                text,
            })
            .collect();
        if let Some(last) = path.last_mut() {
            last.aliases.extend(column.aliases);
        }
        FormColumn {
            path,
            target: Target {
                indicator: column.indicator,
                dimensions: column.dimensions,
            },
            unit: column.unit,
        }
    };
    FormTable {
        id: entry.id,
        title: Label {
            text: entry.title,
            aliases: entry.aliases,
        },
        unit: entry.unit,
        columns: entry.columns.into_iter().map(column).collect(),
        rows: rows(entry.rows),
    }
}

fn rows(entries: Vec<RowEntry>) -> Vec<FormRow> {
    // The rows that a next row can be a part of, outermost first.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut rows = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        open.retain(|(level, _)| *level < entry.level);
        let parent = open.last().map(|(_, row)| *row);
        open.push((entry.level, index));
        rows.push(FormRow {
            label: Label {
                text: entry.label,
                aliases: entry.aliases,
            },
            parent,
            target: Target {
                indicator: entry.indicator,
                dimensions: entry.dimensions,
            },
            unit: entry.unit,
            // A code that does not stand there says nothing.
            optional: entry.optional || entry.code.is_some(),
            code: entry.code,
            unverified: entry.unverified,
        });
    }
    rows
}

/// Below one parent no two rows may be called the same, nor two columns.
fn check_labels(table: &FormTable, file: &str) -> Result<(), CodebookError> {
    let twice = |label: String| {
        CodebookError::invalid(
            file,
            label,
            format!("this wording stands twice in the table `{}`", table.id),
            "keep one, or put the rows below different parents",
        )
    };
    let mut seen = BTreeSet::new();
    for row in table.rows.iter().filter(|row| row.code.is_none()) {
        for text in row.label.wordings() {
            if !seen.insert((row.parent, text)) {
                return Err(twice(text.to_owned()));
            }
        }
    }
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    for column in &table.columns {
        let Some((last, groups)) = column.path.split_last() else {
            return Err(CodebookError::invalid(
                file,
                &table.id,
                "a column has no header",
                "give it a path",
            ));
        };
        for text in last.wordings() {
            let groups = groups.iter().map(|group| group.text.as_str());
            if !seen.insert(groups.chain([text]).collect()) {
                return Err(twice(text.to_owned()));
            }
        }
    }
    Ok(())
}

fn check_code(
    code: &str,
    target: &Target,
    file: &str,
    indicators: &[Indicator],
    dimensions: &[Dimension],
) -> Result<(), CodebookError> {
    let invalid =
        |problem: String, remedy: &str| Err(CodebookError::invalid(file, code, problem, remedy));
    let known = dimensions.iter().find(|dimension| dimension.id == code);
    if known.is_none_or(|dimension| dimension.digits.is_none()) {
        let problem = format!("`{code}` is no dimension of codes");
        return invalid(problem, "give the dimension `digits` in dimensions.toml");
    }
    let id = target.indicator.as_deref().unwrap_or_default();
    let own = indicators.iter().find(|indicator| indicator.id == id);
    if own.is_none_or(|indicator| indicator.allowed(code).is_none()) {
        let problem = format!("`{id}` has no dimension `{code}`");
        return invalid(problem, "allow it in indicators.toml");
    }
    Ok(())
}

fn check_target(
    target: &Target,
    label: &str,
    file: &str,
    indicators: &[Indicator],
    dimensions: &[Dimension],
) -> Result<(), CodebookError> {
    let id = target.indicator.as_deref().unwrap_or_default();
    let Ok(index) = indicators.binary_search_by(|indicator| indicator.id.as_str().cmp(id)) else {
        return Err(CodebookError::invalid(
            file,
            label,
            format!("`{id}` is no indicator"),
            "correct it or define it in indicators.toml",
        ));
    };
    let indicator = indicators.get(index);
    for (name, value) in &target.dimensions {
        let own = indicator.and_then(|indicator| indicator.allowed(name));
        let allowed = match own {
            Some(values) => values.contains(value),
            None => dimensions
                .iter()
                .filter(|dimension| dimension.contextual && dimension.id == *name)
                .any(|dimension| dimension.value(value).is_some()),
        };
        if !allowed {
            return Err(CodebookError::invalid(
                file,
                label,
                format!("`{id}` has no {name} = {value}"),
                "correct it or allow it in indicators.toml",
            ));
        }
    }
    Ok(())
}
