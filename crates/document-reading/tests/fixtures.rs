//! Every file in `fixtures/document-reading/` against the dump beside it, and the law that no
//! visible character is lost or doubled.
//!
//! A case is two files: `<behaviour>.<ending>` and `<behaviour>.json`. `UPDATE_FIXTURES=1` writes
//! the dumps anew, and fails where `CI` is set too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{BlockContent, Document, Layer, Place, TableMarkup};
use document_reading::{Limits, Provenance, read};
use serde_json::{Map, Value, json};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/document-reading");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("html" | "txt" | "bin"))
        })
        .collect();
    cases.sort();
    assert!(cases.len() >= 12, "fixtures are missing");
    cases
}

fn read_case(path: &Path) -> (Vec<u8>, Result<Document, document_reading::ReadError>) {
    let bytes = std::fs::read(path).unwrap();
    let provenance = Provenance {
        name: path.file_name().and_then(|name| name.to_str()),
        ..Provenance::default()
    };
    let document = read(&bytes, &provenance, &Limits::default());
    (bytes, document)
}

fn place(place: &Place) -> String {
    match place {
        Place::Lines { first, last } if first == last => format!("line {first}"),
        Place::Lines { first, last } => format!("lines {first}-{last}"),
        Place::Node { path } => path.clone(),
        Place::Boxes(boxes) => format!("{boxes:?}"),
    }
}

fn table(table: &TableMarkup) -> Value {
    let rows: Vec<Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| {
                    let mut text = cell.text.value().to_owned();
                    if cell.header {
                        text.insert_str(0, "# ");
                    }
                    if (cell.row_span, cell.col_span) != (1, 1) {
                        text.push_str(&format!(" ({}x{})", cell.row_span, cell.col_span));
                    }
                    text
                })
                .collect();
            json!({ "group": row.group, "head": row.header, "cells": cells })
        })
        .collect();
    let caption = table.caption.as_ref().map(|text| text.value());
    json!({ "caption": caption, "rows": rows })
}

/// What a fixture pins: text, place, layer, and those parts of the style that are not default.
fn dump(document: &Document) -> Value {
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .map(|block| {
            let mut entry = Map::new();
            let mut set = |key: &str, value: Value| entry.insert(key.to_owned(), value);
            match &block.content {
                BlockContent::Paragraph(text) => set("text", json!(text.value())),
                BlockContent::Table(markup) => set("table", table(markup)),
                BlockContent::Picture { text, uri } => {
                    set("picture", json!({ "text": text.value(), "uri": uri }))
                }
                BlockContent::Grid(_) => panic!("a reader makes no grids"),
            };
            set("place", json!(place(&block.place)));
            match block.layer {
                Layer::Body => {}
                Layer::Hidden => {
                    set("layer", json!("hidden"));
                }
                Layer::Furniture(reason) => {
                    set("layer", json!(format!("{reason:?}")));
                }
            }
            let style = &block.style;
            if let Some(level) = style.heading_level {
                set("heading", json!(level));
            }
            if style.bold_bytes > 0 {
                set("bold", json!(style.bold_bytes));
            }
            if let Some(points) = style.font_size {
                set("points", json!(points));
            }
            if style.alignment != model::Alignment::Unknown {
                set("align", json!(format!("{:?}", style.alignment)));
            }
            if let Some(indent) = style.indent {
                set("indent", json!(indent));
            }
            if style.list_item {
                set("item", json!(true));
            }
            if style.link_share > 0.0 {
                set("links", json!((f64::from(style.link_share) * 100.0).round()));
            }
            if style.break_before {
                set("break", json!(true));
            }
            Value::Object(entry)
        })
        .collect();
    let charset = document.charset.as_ref().map(|charset| {
        json!({
            "name": charset.name,
            "basis": format!("{:?}", charset.basis),
            "declared": charset.declared,
            "replaced": charset.replaced,
        })
    });
    let hints: Vec<Value> = document
        .hints
        .iter()
        .map(|hint| json!([format!("{:?}", hint.kind), hint.text]))
        .collect();
    let attachments: Vec<Value> = document
        .attachments
        .iter()
        .map(|file| json!([file.text, file.uri, place(&file.place)]))
        .collect();
    let warnings: Vec<Value> = document
        .warnings
        .iter()
        .map(|warning| json!([warning.code, warning.place.as_ref().map(place)]))
        .collect();
    json!({
        "media_type": document.media_type.name(),
        "charset": charset,
        "hints": hints,
        "attachments": attachments,
        "warnings": warnings,
        "blocks": blocks,
    })
}

#[expect(clippy::disallowed_methods, reason = "switches of the test run, not of the product")]
fn is_set(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0")
}

#[test]
fn every_fixture_reads_as_expected() {
    let update = is_set("UPDATE_FIXTURES");
    assert!(!(update && is_set("CI")), "fixtures are not rewritten in CI");
    let mut wrong = Vec::new();
    for path in cases() {
        let found = match read_case(&path).1 {
            Ok(document) => dump(&document),
            Err(error) => json!({ "error": error.code.name() }),
        };
        let expected_path = path.with_extension("json");
        if update {
            let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
            std::fs::write(&expected_path, text).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        let expected: Value = serde_json::from_str(&expected).unwrap_or_default();
        if expected != found {
            wrong.push(format!(
                "{}:\n{}",
                path.display(),
                serde_json::to_string_pretty(&found).unwrap()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn count(counts: &mut BTreeMap<char, i64>, text: &str, by: i64) {
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        *counts.entry(character).or_default() += by;
    }
}

/// Visible characters of the page as the parser sees it, embedded pages left aside.
fn count_page(counts: &mut BTreeMap<char, i64>, source: &str) {
    let html = scraper::Html::parse_document(source);
    for node in html.tree.nodes() {
        let left_out = node.ancestors().any(|ancestor| {
            ancestor.value().as_element().is_some_and(|element| {
                matches!(
                    element.name(),
                    "head" | "script" | "style" | "noscript" | "iframe" | "textarea"
                )
            })
        });
        if let Some(text) = node.value().as_text()
            && !left_out
        {
            count(counts, text, 1);
        }
    }
}

#[test]
fn every_visible_character_stands_in_one_block() {
    for path in cases() {
        let (bytes, document) = read_case(&path);
        let Ok(document) = document else { continue };
        let Ok(source) = String::from_utf8(bytes) else { continue };
        if path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.starts_with("embedded_")) {
            continue;
        }
        let mut counts = BTreeMap::new();
        match document.media_type {
            model::MediaType::Html => count_page(&mut counts, &source),
            _ => count(&mut counts, &source, 1),
        }
        for block in &document.blocks {
            match &block.content {
                BlockContent::Paragraph(text) => count(&mut counts, text.value(), -1),
                BlockContent::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    for text in cells.map(|cell| &cell.text).chain(&table.caption) {
                        count(&mut counts, text.value(), -1);
                    }
                }
                _ => {}
            }
        }
        counts.retain(|_, count| *count != 0);
        assert!(counts.is_empty(), "{}: {counts:?}", path.display());
    }
}
