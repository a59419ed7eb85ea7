//! Records made again from their rows: what they lack, the tables lack.

use std::collections::BTreeMap;

use record::Record;
use serde_json::{Map, Value as Json, json};

use super::Rows;
use crate::{Table, Value};

/// A row by column.
type Row<'t> = BTreeMap<&'t str, &'t Value<'static>>;

struct Read<'t> {
    tables: &'t [Table],
    rows: &'t Rows,
}

impl<'t> Read<'t> {
    fn rows(&self, name: &str) -> Vec<Row<'t>> {
        let table = self.tables.iter().find(|table| table.name == name).unwrap();
        let names = || table.columns.iter().map(|column| column.name.as_str());
        let rows = self.rows[name].iter();
        rows.map(|row| names().zip(row).collect()).collect()
    }

    fn of(&self, name: &str, id: &Json) -> Vec<Row<'t>> {
        let mut rows = self.rows(name);
        rows.retain(|row| plain(row, "report_id") == *id);
        rows
    }
}

/// A value as it stands in a record.
fn plain(row: &Row<'_>, column: &str) -> Json {
    match row[column] {
        Value::Null => Json::Null,
        Value::Text(text) => json!(text),
        Value::Integer(value) => json!(value),
        Value::Number(value) => json!(value),
        Value::Boolean(value) => json!(value),
    }
}

fn parsed(row: &Row<'_>, column: &str) -> Json {
    match row[column] {
        Value::Text(text) => serde_json::from_str(text).unwrap(),
        _ => Json::Null,
    }
}

/// The same of a list, which is null where it is empty.
fn list(row: &Row<'_>, column: &str) -> Json {
    let list = parsed(row, column);
    if list.is_null() { json!([]) } else { list }
}

fn object(row: &Row<'_>, fields: &[(&str, &str)]) -> Map<String, Json> {
    let fields = fields.iter();
    fields
        .map(|(field, column)| ((*field).to_owned(), plain(row, column)))
        .collect()
}

/// Fields that are called as their columns.
fn same(row: &Row<'_>, names: &[&str]) -> Map<String, Json> {
    let names: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
    object(row, &names)
}

fn with(mut object: Map<String, Json>, fields: &[(&str, Json)]) -> Json {
    for (field, value) in fields {
        object.insert((*field).to_owned(), value.clone());
    }
    Json::Object(object)
}

pub(super) fn records(tables: &[Table], rows: &Rows) -> Vec<Record> {
    let read = Read { tables, rows };
    let reports = read.rows("reports");
    let records = reports.iter().map(|row| record(&read, row));
    records
        .map(|record| serde_json::from_value(record).unwrap())
        .collect()
}

fn record(read: &Read<'_>, row: &Row<'_>) -> Json {
    let id = plain(row, "report_id");
    let copy = plain(row, "copy_of");
    let each = |table: &str, make: fn(&Row<'_>) -> Json| -> Json {
        read.of(table, &id).iter().map(make).collect()
    };
    let readings = read.of("indicators", &id);
    let (derived, read_ones): (Vec<_>, Vec<_>) = readings
        .iter()
        .partition(|row| plain(row, "origin") == "derived");
    let names = [
        "kind",
        "reason",
        "complete",
        "title",
        "title_basis",
        "title_confidence",
        "published",
        "published_basis",
        "published_confidence",
        "document_number",
        "schema",
    ];
    with(
        same(row, &names),
        &[
            ("id", if copy.is_null() { id.clone() } else { copy }),
            ("source", source(row)),
            ("profile", profile(row)),
            ("title_at", parsed(row, "title_place")),
            ("agency", agency(row)),
            ("scope", scope(row)),
            ("period", period(row)),
            ("cited", list(row, "cited")),
            ("contact", parsed(row, "contact")),
            ("keywords", list(row, "keywords")),
            ("attachments", list(row, "attachments")),
            ("hints", list(row, "hints")),
            ("furniture", list(row, "furniture")),
            (
                "sections",
                read.of("sections", &id)
                    .iter()
                    .map(|row| section(read, &id, row))
                    .collect(),
            ),
            (
                "tables",
                read.of("tables", &id)
                    .iter()
                    .map(|row| table(read, &id, row))
                    .collect(),
            ),
            (
                "indicators",
                read_ones.iter().map(|row| indicator(row)).collect(),
            ),
            ("derived", derived.iter().map(|row| follows(row)).collect()),
            ("quantities", each("quantities", quantity)),
            ("checks", each("findings", check)),
            (
                "review",
                each("review", |row| {
                    Json::Object(same(
                        row,
                        &["about", "index", "doubt", "message", "message_zh"],
                    ))
                }),
            ),
            (
                "warnings",
                each("warnings", |row| {
                    with(
                        same(row, &["code", "message"]),
                        &[("at", parsed(row, "place"))],
                    )
                }),
            ),
            (
                "coverage",
                Json::Object(object(
                    row,
                    &[
                        ("characters", "characters"),
                        ("placed", "placed"),
                        ("share", "coverage"),
                    ],
                )),
            ),
        ],
    )
}

fn source(row: &Row<'_>) -> Json {
    let mut source = same(
        row,
        &[
            "uri",
            "sha256",
            "bytes",
            "media_type",
            "charset",
            "charset_basis",
            "replaced",
            "part",
            "parts",
        ],
    );
    source.insert("path".into(), plain(row, "source"));
    source.insert("declared".into(), plain(row, "charset_declared"));
    with(source, &[("pages", list(row, "source_pages"))])
}

fn profile(row: &Row<'_>) -> Json {
    match plain(row, "profile") {
        Json::Null => Json::Null,
        id => json!({ "id": id, "version": plain(row, "profile_version") }),
    }
}

fn agency(row: &Row<'_>) -> Json {
    let region = object(
        row,
        &[
            ("province", "province"),
            ("city", "city"),
            ("county", "county"),
            ("code", "agency_code"),
            ("basis", "region_basis"),
        ],
    );
    let agency = object(
        row,
        &[
            ("name", "agency"),
            ("as_written", "agency_as_written"),
            ("basis", "agency_basis"),
            ("level", "agency_level"),
            ("body", "agency_body"),
            ("confidence", "agency_confidence"),
        ],
    );
    with(agency, &[("region", Json::Object(region))])
}

fn scope(row: &Row<'_>) -> Json {
    match plain(row, "scope") {
        Json::Null => Json::Null,
        id => json!({
            "id": id, "quote": plain(row, "scope_quote"), "at": parsed(row, "scope_place"),
        }),
    }
}

fn period(row: &Row<'_>) -> Json {
    if plain(row, "year").is_null() {
        return Json::Null;
    }
    Json::Object(object(
        row,
        &[
            ("year", "year"),
            ("start", "period_start"),
            ("end", "period_end"),
            ("basis", "period_basis"),
            ("confidence", "period_confidence"),
        ],
    ))
}

fn section(read: &Read<'_>, id: &Json, row: &Row<'_>) -> Json {
    let own = plain(row, "section");
    let content = read.of("content", id);
    let content = content.iter().filter(|row| plain(row, "section") == own);
    let content: Json = content
        .map(|row| {
            let mut piece = same(row, &["type", "number", "marker", "text", "table", "uri"]);
            // The other kinds lack what is null.
            piece.retain(|field, value| !value.is_null() || field == "number" || field == "uri");
            with(piece, &[("at", parsed(row, "place"))])
        })
        .collect();
    let names = [
        "parent",
        "level",
        "number",
        "heading",
        "heading_line",
        "canonical",
    ];
    with(
        same(row, &names),
        &[
            ("id", own),
            ("content", content),
            ("at", parsed(row, "place")),
        ],
    )
}

fn table(read: &Read<'_>, id: &Json, row: &Row<'_>) -> Json {
    let own = plain(row, "table");
    let mut cells = read.of("cells", id);
    cells.retain(|row| plain(row, "table") == own);
    let size = |column: &str| usize::try_from(plain(row, column).as_u64().unwrap()).unwrap();
    let mut grid = vec![vec![String::new(); size("cols")]; size("rows")];
    for cell in &cells {
        let at = |column: &str| usize::try_from(plain(cell, column).as_u64().unwrap()).unwrap();
        for row in &mut grid[at("row")..at("row") + at("row_span")] {
            for text in &mut row[at("col")..at("col") + at("col_span")] {
                *text = plain(cell, "text").as_str().unwrap().to_owned();
            }
        }
    }
    let cells: Json = cells
        .iter()
        .map(|row| {
            let names = [
                "row", "col", "row_span", "col_span", "text", "raw", "header",
            ];
            with(same(row, &names), &[("at", parsed(row, "place"))])
        })
        .collect();
    let names = [
        "section",
        "number",
        "caption",
        "unit",
        "header_rows",
        "shape",
    ];
    with(
        same(row, &names),
        &[
            ("id", own),
            ("caption_lines", list(row, "caption_lines")),
            ("rows", json!(grid)),
            ("cells", cells),
            ("at", parsed(row, "place")),
        ],
    )
}

fn indicator(row: &Row<'_>) -> Json {
    let from = if plain(row, "origin") == "table" {
        Json::Object(same(row, &["table", "row", "col"]))
    } else {
        let chars = match plain(row, "char_start") {
            Json::Null => Json::Null,
            start => json!([start, plain(row, "char_end")]),
        };
        json!({ "section": plain(row, "section"), "chars": chars })
    };
    let names = [
        "label",
        "value",
        "status",
        "bound",
        "unit",
        "raw",
        "form",
        "note",
        "confidence",
    ];
    with(
        same(row, &names),
        &[
            ("id", plain(row, "indicator")),
            ("dims", parsed(row, "dims")),
            ("from", from),
            ("how", parsed(row, "how")),
        ],
    )
}

fn follows(row: &Row<'_>) -> Json {
    with(
        same(row, &["value", "unit", "rule"]),
        &[
            ("id", plain(row, "indicator")),
            ("dims", parsed(row, "dims")),
            ("how", parsed(row, "how")),
            ("refs", list(row, "refs")),
        ],
    )
}

fn quantity(row: &Row<'_>) -> Json {
    with(
        same(row, &["section", "text", "value", "bound", "unit"]),
        &[(
            "chars",
            json!([plain(row, "char_start"), plain(row, "char_end")]),
        )],
    )
}

fn check(row: &Row<'_>) -> Json {
    with(
        same(
            row,
            &[
                "rule",
                "status",
                "expected",
                "found",
                "message",
                "message_zh",
            ],
        ),
        &[("refs", list(row, "refs"))],
    )
}
