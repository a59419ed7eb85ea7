//! Every `fixtures/table-parsing/<behaviour>.txt` against the `<behaviour>.json` beside it.
//!
//! `UPDATE_FIXTURES=1` writes the expected files anew; together with `CI` it fails.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod support;

use std::fs;
use std::path::Path;

use model::{BlockContent, Document, Shape};
use serde_json::{Value, json};
use support::{assert_covered, document, visible};

fn told(document: &Document) -> Value {
    let blocks: Vec<Value> = document
        .blocks
        .iter()
        .map(|block| match &block.content {
            BlockContent::Grid(grid) => {
                let caption = grid.caption.clone().unwrap_or_default();
                let lines: Vec<&str> = caption.lines.iter().map(model::Text::value).collect();
                let spans: Vec<String> = grid
                    .cells
                    .iter()
                    .filter(|cell| cell.row_span * cell.column_span > 1)
                    .map(|cell| {
                        let (rows, columns) = (cell.row_span, cell.column_span);
                        format!("{},{}: {rows}x{columns}", cell.row, cell.column)
                    })
                    .collect();
                let mut shown = json!({
                    "number": caption.number,
                    "caption": caption.title,
                    "unit": caption.unit,
                    "lines": lines,
                    "shape": match grid.shape {
                        Shape::Grid => "grid",
                        Shape::Flattened => "flattened",
                        Shape::Ruled => "ruled",
                        Shape::Aligned => "aligned",
                    },
                    "header_rows": grid.header_rows,
                    "rows": grid.texts(),
                    "spans": spans,
                });
                // Said of tables made from running text alone: all others keep them.
                if grid.shape == Shape::Flattened && grid.keeps_blanks {
                    shown["keeps_blanks"] = json!(true);
                }
                shown
            }
            BlockContent::Paragraph(text) => json!(text.value()),
            other => panic!("no table is left as it was: {other:?}"),
        })
        .collect();
    let warnings: Vec<&str> = document
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    json!({ "blocks": blocks, "warnings": warnings })
}

/// As `serde_json` prints, but a row of a table on one line.
fn printed(value: &Value) -> String {
    let mut out = String::from("{\n  \"blocks\": [");
    for (at, block) in value["blocks"].as_array().unwrap().iter().enumerate() {
        out += if at == 0 { "\n    " } else { ",\n    " };
        match block.as_object() {
            None => out += &block.to_string(),
            Some(table) => {
                out += "{";
                for (at, (key, value)) in table.iter().enumerate() {
                    out += if at == 0 { "\n" } else { ",\n" };
                    match value
                        .as_array()
                        .filter(|rows| key == "rows" && !rows.is_empty())
                    {
                        Some(rows) => {
                            let rows: Vec<String> =
                                rows.iter().map(|row| format!("        {row}")).collect();
                            out += &format!("      \"rows\": [\n{}\n      ]", rows.join(",\n"));
                        }
                        None => out += &format!("      \"{key}\": {value}"),
                    }
                }
                out += "\n    }";
            }
        }
    }
    out + &format!("\n  ],\n  \"warnings\": {}\n}}\n", value["warnings"])
}

#[test]
fn every_fixture_comes_out_as_expected() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    assert!(
        !(update && std::env::var_os("CI").is_some()),
        "expected files are not written in CI"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/table-parsing");
    let mut inputs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 20, "the fixtures are not there");
    let mut wrong = Vec::new();
    for input in inputs {
        let before = document(&fs::read_to_string(&input).unwrap());
        let after = nianbao_table_parsing::parse_tables(before.clone());
        after
            .blocks
            .iter()
            .filter_map(model::Block::grid)
            .for_each(assert_covered);
        assert_eq!(
            visible(&before),
            visible(&after),
            "{} loses text",
            input.display()
        );
        let again = nianbao_table_parsing::parse_tables(after.clone());
        assert_eq!(
            after,
            again,
            "{} is parsed otherwise the second time",
            input.display()
        );
        let found = told(&after);
        let path = input.with_extension("json");
        if update {
            fs::write(&path, printed(&found)).unwrap();
            continue;
        }
        let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        if found != expected {
            wrong.push(format!("{}: found\n{}", input.display(), printed(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
