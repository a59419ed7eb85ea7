//! `indicators`: the tidy long panel, one row a reading; derived values stand beside them and say so.

use std::collections::BTreeMap;

use codebook::Codebook;
use record::{At, Derived, Indicator, Origin};

use super::place::{Places, page};
use super::{Emit, Entry, copy_of, source, who_and_when, who_and_when_of};
use crate::schema::{Column, Kind, Reference, Table, may, must, of_report, place, report_id};
use crate::value::{Value, json, json_list, word};

pub(super) fn table(codebook: &Codebook) -> Table {
    use Kind::{Category, Integer, Json, Number, Text};
    let mut columns = vec![
        report_id(),
        must(
            "origin",
            Category,
            "table: read from a cell; prose: from a sentence; derived: follows from others and is printed nowhere.",
        ),
        must(
            "position",
            Integer,
            "Position in the record's `indicators`, of origin derived in its `derived`, from 0.",
        ),
        copy_of(),
    ];
    columns.extend(who_and_when());
    columns.push(must("indicator", Category, "Id of the codebook."));
    columns.extend(codebook.dimensions.iter().map(dimension));
    columns.extend([
        must("dims", Json, "All dimensions, defaults left out."),
        may("label", Text, "The label as written; null of derived values."),
        may("value", Number, "The value in `unit`; null unless the status is reported or derived."),
        may("unit", Category, "The unit as printed."),
        must(
            "status",
            Category,
            "reported, blank, not_applicable, unreadable; derived for values that are printed nowhere.",
        ),
        must("bound", Category, "How exactly it is said: exact, more_than, less_than, about."),
        may("raw", Text, "The cell or the words as written; null of derived values."),
        may("form", Category, "The form that the label was recognised in."),
        may("note", Text, "What a note in the cell says."),
        may("confidence", Number, "How sure the reading is, 0 to 1."),
        may("how", Json, "By what the number was known; of derived values sum, zero or definition."),
        may("rule", Category, "Of derived values: the rule by which it follows."),
        may("refs", Json, "Of derived values: the readings taken."),
        may("table", Category, "Id of the table that it stands in."),
        may("row", Integer, "Row in the table, from 0."),
        may("col", Integer, "Column in the table, from 0."),
        may("section", Category, "Id of the section whose prose says it."),
        may("char_start", Integer, "Where it begins in the section's text, in characters; null in a heading."),
        may("char_end", Integer, "Where it ends, one past the last character."),
        source(),
        may("page", Integer, "Page of a PDF, from 1."),
        place(),
    ]);
    Table {
        name: "indicators".into(),
        about: "The long panel: one row a reading of an indicator. Blank, not applicable, unreadable and zero are \
                different things, and one report may say a number twice.".into(),
        columns,
        key: &["report_id", "origin", "position"],
        references: vec![
            of_report(),
            Reference {
                columns: &["indicator"],
                table: "codebook",
                foreign: &["indicator"],
            },
        ],
    }
}

fn dimension(dimension: &codebook::Dimension) -> Column {
    let default = dimension.default.as_ref();
    let default = default.map_or_else(String::new, |id| format!("; null means {id}"));
    may(
        &dimension.id,
        Kind::Category,
        &format!(
            "Dimension: {}, {}{default}.",
            dimension.name, dimension.label
        ),
    )
}

/// What a row says apart from who reports.
struct Row<'r> {
    origin: &'static str,
    position: usize,
    indicator: &'r str,
    dims: &'r BTreeMap<String, String>,
    said: [Value<'r>; 12],
    from: Option<&'r Origin>,
    at: Option<&'r At>,
}

pub(super) fn rows<E>(
    entry: &Entry<'_>,
    places: &Places<'_>,
    codebook: &Codebook,
    emit: &mut Emit<'_, E>,
) -> Result<(), E> {
    let record = entry.record;
    let who = who_and_when_of(record);
    let mut put = |row: Row<'_>| {
        let mut values: Vec<Value<'_>> = Vec::with_capacity(48);
        values.extend([
            entry.id.into(),
            row.origin.into(),
            row.position.into(),
            entry.copy_of.into(),
        ]);
        values.extend(who.iter().cloned());
        values.push(row.indicator.into());
        let known = codebook.dimensions.iter();
        values.extend(known.map(|dimension| Value::from(row.dims.get(&dimension.id))));
        values.push(json(row.dims));
        values.extend(row.said);
        values.extend(stands(row.from));
        values.extend([
            places.path(row.at).into(),
            page(row.at).into(),
            row.at.map_or(Value::Null, json),
        ]);
        emit("indicators", &values)
    };
    for (position, indicator) in record.indicators.iter().enumerate() {
        put(Row {
            origin: match indicator.from {
                Origin::Cell { .. } => "table",
                Origin::Statement { .. } => "prose",
            },
            position,
            indicator: &indicator.id,
            dims: &indicator.dims,
            said: reading(indicator),
            from: Some(&indicator.from),
            at: places.origin(&indicator.from),
        })?;
    }
    for (position, derived) in record.derived.iter().enumerate() {
        put(Row {
            origin: "derived",
            position,
            indicator: &derived.id,
            dims: &derived.dims,
            said: follows(derived),
            from: None,
            at: None,
        })?;
    }
    Ok(())
}

fn reading(indicator: &Indicator) -> [Value<'_>; 12] {
    [
        (&indicator.label).into(),
        indicator.value.into(),
        indicator.unit.as_ref().into(),
        word(&indicator.status),
        word(&indicator.bound),
        (&indicator.raw).into(),
        indicator.form.as_ref().into(),
        indicator.note.as_ref().into(),
        indicator.confidence.into(),
        indicator.how.as_ref().map_or(Value::Null, json),
        Value::Null,
        Value::Null,
    ]
}

fn follows(derived: &Derived) -> [Value<'_>; 12] {
    [
        Value::Null,
        derived.value.into(),
        derived.unit.as_ref().into(),
        "derived".into(),
        "exact".into(),
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        json(&derived.how),
        (&derived.rule).into(),
        json_list(&derived.refs),
    ]
}

/// The cell or the words that a reading was read from.
fn stands(from: Option<&Origin>) -> [Value<'_>; 6] {
    const NOWHERE: Value<'static> = Value::Null;
    match from {
        Some(Origin::Cell { table, row, col }) => [
            table.into(),
            (*row).into(),
            (*col).into(),
            NOWHERE,
            NOWHERE,
            NOWHERE,
        ],
        Some(Origin::Statement { section, chars }) => [
            NOWHERE,
            NOWHERE,
            NOWHERE,
            section.into(),
            chars.map(|[start, _]| start).into(),
            chars.map(|[_, end]| end).into(),
        ],
        None => [NOWHERE; 6],
    }
}
