//! `tables` and `cells`: the tables of reports as they stand there.

use super::place::path;
use super::{Emit, Entry, source};
use crate::schema::{Kind, Reference, Table, may, must, of_report, place, report_id};
use crate::value::{Value, json, json_list, word};

pub(super) fn tables() -> Table {
    use Kind::{Category, Integer, Json, Text};
    Table {
        name: "tables".into(),
        about: "One row a table of a report.".into(),
        columns: vec![
            report_id(),
            must(
                "table",
                Category,
                "Id of the table in its report, in reading order.",
            ),
            must("section", Category, "Id of the section that it stands in."),
            may("number", Text, "Its number as written."),
            may("caption", Text, "Caption without number and unit."),
            may(
                "caption_lines",
                Json,
                "The lines beside the table that number, caption and unit were read from.",
            ),
            may("unit", Category, "The unit stated for the whole table."),
            must("header_rows", Integer, "Leading rows that are headers."),
            must("rows", Integer, "How many rows it has."),
            must("cols", Integer, "How many columns it has."),
            must(
                "shape",
                Category,
                "How it was found: grid, flattened, ruled or aligned.",
            ),
            source(),
            place(),
        ],
        key: &["report_id", "table"],
        references: vec![of_report()],
    }
}

pub(super) fn cells() -> Table {
    use Kind::{Boolean, Category, Integer, Text};
    Table {
        name: "cells".into(),
        about: "One row a cell of a table of a report; a merged cell stands once, with the rows and columns it covers.".into(),
        columns: vec![
            report_id(),
            must("table", Category, "Id of the table."),
            must("row", Integer, "First row covered, from 0."),
            must("col", Integer, "First column covered, from 0."),
            must("row_span", Integer, "Rows covered."),
            must("col_span", Integer, "Columns covered."),
            must("text", Text, "Its text."),
            may("raw", Text, "As written, where that differs."),
            must("header", Boolean, "Marked as a header in the source."),
            place(),
        ],
        key: &["report_id", "table", "row", "col"],
        references: vec![
            of_report(),
            Reference {
                columns: &["report_id", "table"],
                table: "tables",
                foreign: &["report_id", "table"],
            },
        ],
    }
}

pub(super) fn rows<E>(entry: &Entry<'_>, emit: &mut Emit<'_, E>) -> Result<(), E> {
    let record = entry.record;
    let id = Value::from(entry.id);
    for table in &record.tables {
        let at = table.at.as_ref();
        let values = [
            id.clone(),
            (&table.id).into(),
            (&table.section).into(),
            table.number.as_ref().into(),
            table.caption.as_ref().into(),
            json_list(&table.caption_lines),
            table.unit.as_ref().into(),
            table.header_rows.into(),
            table.rows.len().into(),
            table.rows.first().map_or(0, Vec::len).into(),
            word(&table.shape),
            path(record, at).into(),
            at.map_or(Value::Null, json),
        ];
        emit("tables", &values)?;
        for cell in &table.cells {
            let values = [
                id.clone(),
                (&table.id).into(),
                cell.row.into(),
                cell.col.into(),
                cell.row_span.into(),
                cell.col_span.into(),
                (&cell.text).into(),
                cell.raw.as_ref().into(),
                cell.header.into(),
                cell.at.as_ref().map_or(Value::Null, json),
            ];
            emit("cells", &values)?;
        }
    }
    Ok(())
}
