//! Readings from grids: every `fixtures/indicator-resolution-tables/<behaviour>.json` holds the grids of one
//! report, `<behaviour>.expected.json` the readings. `UPDATE_FIXTURES=1` rewrites the expected files, for a
//! person to read through before they are kept.
//!
//! A grid is `{"caption": {"title", "unit"}, "header_rows", "shape", "rows"}`. A cell is a text, or
//! `{"text", "rows", "columns"}` where it spans; positions that a span covers are left out of their row.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what it does not expect"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codebook::Codebook;
use indicator_resolution::Resolver;
use model::{
    Agency, Basis, Block, BlockContent, Bound, Caption, Cell, Content, Document, Grid, Layer,
    MediaType, Origin, Period, Place, Reading, ReadingStatus, Report, ReportKind, Section, Shape,
    Style, Text,
};
use nianbao_indicator_resolution as indicator_resolution;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/indicator-resolution-tables")
}

fn setting(name: &str) -> bool {
    std::env::vars_os().any(|(key, _)| key == name)
}

#[test]
fn every_table_fixture_gives_its_readings() {
    let update = setting("UPDATE_FIXTURES");
    assert!(
        !(update && setting("CI")),
        "fixtures are not rewritten on CI"
    );
    let resolver = Resolver::new(Arc::new(Codebook::builtin().clone()));
    let mut cases: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.ends_with(".json") && !name.ends_with(".expected.json")
        })
        .collect();
    cases.sort();
    assert!(cases.len() >= 15, "{} fixtures", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let source: Value = serde_json::from_str(&fs::read_to_string(&case).unwrap()).unwrap();
        let (document, report) = report(&source);
        let found: Vec<Value> = resolver
            .resolve(&document, &report)
            .iter()
            .map(written)
            .collect();
        let expected_path = case.with_extension("expected.json");
        if update {
            let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
            let text = if lines.is_empty() {
                "[]\n".to_owned()
            } else {
                format!("[\n{}\n]\n", lines.join(",\n"))
            };
            fs::write(&expected_path, text).unwrap();
            continue;
        }
        let expected: Vec<Value> =
            serde_json::from_str(&fs::read_to_string(&expected_path).unwrap()).unwrap();
        if found != expected {
            let missing = expected.iter().filter(|value| !found.contains(value));
            let extra = found.iter().filter(|value| !expected.contains(value));
            failures.push(format!(
                "{}\n  missing:\n{}\n  extra:\n{}",
                case.display(),
                lines(missing),
                lines(extra)
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn lines<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    values
        .map(|value| format!("    {value}\n"))
        .collect::<String>()
}

fn written(reading: &Reading) -> Value {
    let Origin::Cell { table, row, column } = reading.origin else {
        panic!("a table gave a reading of prose");
    };
    let status = match reading.status {
        ReadingStatus::Reported => "reported",
        ReadingStatus::Blank => "blank",
        ReadingStatus::NotApplicable => "not_applicable",
        ReadingStatus::Unreadable => "unreadable",
    };
    let bound = match reading.bound {
        Bound::Exact => "exact",
        Bound::MoreThan => "more_than",
        Bound::LessThan => "less_than",
        Bound::About => "about",
    };
    let mut value = json!({
        "at": [table, row, column],
        "id": reading.indicator,
        "dims": reading.dimensions,
        "label": reading.label,
        "value": reading.value,
        "status": status,
        "bound": bound,
        "unit": reading.unit,
        "raw": reading.raw,
        "form": reading.form,
    });
    if let Some(note) = &reading.note {
        value["note"] = json!(note);
    }
    value
}

fn report(source: &Value) -> (Document, Report) {
    let mut document = Document::new(MediaType::Html);
    let mut content = Vec::new();
    for grid in source["grids"].as_array().unwrap() {
        content.push(Content::Table {
            block: document.blocks.len(),
        });
        document.blocks.push(Block {
            content: BlockContent::Grid(self::grid(grid)),
            place: Place::Lines { first: 1, last: 1 },
            layer: Layer::Body,
            style: Style::default(),
        });
    }
    let period = source["year"].as_i64().map(|year| Period {
        year: i16::try_from(year).unwrap(),
        start: None,
        end: None,
        basis: Basis::Title,
        confidence: 1.0,
    });
    let section = Section {
        parent: None,
        level: 0,
        number: None,
        heading: None,
        heading_spans: Vec::new(),
        canonical: None,
        content,
    };
    let report = Report {
        kind: ReportKind::AnnualReport,
        reason: None,
        complete: true,
        title: None,
        agency: Agency::default(),
        period,
        published: None,
        document_number: None,
        cited: Vec::new(),
        scope: None,
        contact: None,
        sections: vec![section],
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    (document, report)
}

fn grid(source: &Value) -> Grid {
    let mut covered: BTreeMap<(usize, usize), ()> = BTreeMap::new();
    let mut cells = Vec::new();
    let rows = source["rows"].as_array().unwrap();
    for (row, of_row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in of_row.as_array().unwrap() {
            while covered.contains_key(&(row, column)) {
                column += 1;
            }
            let (text, row_span, column_span) = match cell {
                Value::String(text) => (text.as_str(), 1, 1),
                cell => (
                    cell["text"].as_str().unwrap(),
                    usize::try_from(cell["rows"].as_u64().unwrap_or(1)).unwrap(),
                    usize::try_from(cell["columns"].as_u64().unwrap_or(1)).unwrap(),
                ),
            };
            for r in row..row + row_span {
                for c in column..column + column_span {
                    assert!(
                        covered.insert((r, c), ()).is_none(),
                        "cells overlap: {text}"
                    );
                }
            }
            cells.push(Cell {
                row,
                column,
                row_span,
                column_span,
                text: Text::from(text),
                header: false,
                place: None,
            });
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let columns = covered.keys().map(|(_, column)| column + 1).max().unwrap();
    assert_eq!(
        covered.len(),
        rows.len() * columns,
        "a grid has no holes: {rows:?}"
    );
    let caption = source.get("caption").map(|caption| Caption {
        number: None,
        title: caption["title"].as_str().map(str::to_owned),
        unit: caption["unit"].as_str().map(str::to_owned),
        lines: Vec::new(),
        place: None,
    });
    Grid {
        caption,
        header_rows: usize::try_from(source["header_rows"].as_u64().unwrap_or(0)).unwrap(),
        rows: rows.len(),
        columns,
        cells,
        shape: match source["shape"].as_str() {
            Some("flattened") => Shape::Flattened,
            Some("ruled") => Shape::Ruled,
            Some("aligned") => Shape::Aligned,
            _ => Shape::Grid,
        },
        keeps_blanks: source["keeps_blanks"]
            .as_bool()
            .unwrap_or(source["shape"] != "flattened"),
    }
}
