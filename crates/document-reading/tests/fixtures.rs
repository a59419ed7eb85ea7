//! Every file in `fixtures/document-reading/` against the dump beside it, and the law that no
//! visible character is lost or doubled.
//!
//! A case is two files: `<behaviour>.<ending>` and `<behaviour>.json`. `UPDATE_FIXTURES=1` writes
//! the dumps anew, and fails where `CI` is set too.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{BlockContent, Document, Layer, Place, TableMarkup};
use nianbao_document_reading::{Limits, Provenance, read};
use serde_json::{Map, Value, json};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/document-reading");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("html" | "md" | "txt" | "bin"))
        })
        .collect();
    cases.sort();
    assert!(cases.len() >= 12, "fixtures are missing");
    cases
}

fn read_case(
    path: &Path,
) -> (
    Vec<u8>,
    Result<Document, nianbao_document_reading::ReadError>,
) {
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
        Place::Boxes(_) | Place::InPage { .. } => format!("{place:?}"),
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
    let caption = table.caption.as_ref().map(model::Text::value);
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
                set(
                    "links",
                    json!((f64::from(style.link_share) * 100.0).round()),
                );
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

#[expect(
    clippy::disallowed_methods,
    reason = "switches of the test run, not of the product"
)]
fn is_set(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0")
}

#[test]
fn every_fixture_reads_as_expected() {
    let update = is_set("UPDATE_FIXTURES");
    assert!(
        !(update && is_set("CI")),
        "fixtures are not rewritten in CI"
    );
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

/// Characters of the document's blocks, taken off.
fn count_blocks(counts: &mut BTreeMap<char, i64>, document: &Document) {
    for block in &document.blocks {
        match &block.content {
            BlockContent::Paragraph(text) => count(counts, text.value(), -1),
            BlockContent::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                for text in cells.map(|cell| &cell.text).chain(&table.caption) {
                    count(counts, text.value(), -1);
                }
            }
            BlockContent::Picture { text, .. }
                if document.media_type == model::MediaType::Markdown =>
            {
                count(counts, text.value(), -1);
            }
            _ => {}
        }
    }
}

#[test]
fn every_visible_character_stands_in_one_block() {
    for path in cases() {
        let (bytes, document) = read_case(&path);
        let Ok(document) = document else { continue };
        let Ok(source) = String::from_utf8(bytes) else {
            continue;
        };
        if path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .is_some_and(|stem| stem.starts_with("embedded_"))
        {
            continue;
        }
        let mut source = source.trim_start_matches('\u{FEFF}');
        // The head of a Markdown text goes to the hints.
        if let Some((_, text)) = source
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
        {
            source = text;
        }
        let mut counts = BTreeMap::new();
        match document.media_type {
            model::MediaType::Html => count_page(&mut counts, source),
            _ => count(&mut counts, source, 1),
        }
        count_blocks(&mut counts, &document);
        counts.retain(|_, count| *count != 0);
        if document.media_type == model::MediaType::Markdown {
            // Marks and addresses are ASCII.
            counts.retain(|character, count| !character.is_ascii() || *count < 0);
        }
        assert!(counts.is_empty(), "{}: {counts:?}", path.display());
    }
}

/// Pieces of pages, to be put together in any order, closed or not.
const PIECES: &[&str] = &[
    "<div class='nav'>",
    "</div>",
    "<p>",
    "</p>",
    "<table border=1>",
    "</table>",
    "<tr>",
    "<td>",
    "<td rowspan=3 colspan='2;'>",
    "</td>",
    "<th>",
    "<caption>",
    "<b>",
    "</b>",
    "<font size=5>",
    "</font>",
    "<a href='/x'>",
    "</a>",
    "<br>",
    "<hr>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h2>",
    "</h2>",
    "<span style='display:none'>",
    "</span>",
    "<pre>",
    "</pre>",
    "<!-- 注 -->",
    "<![if x]>",
    "<script>'<p>'</script>",
    "<select><option>",
    "</select>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<center>",
    "</center>",
    "<form>",
    "</form>",
    "<o:p>",
    "</o:p>",
    "全年收到申请十二件，均已答复，接受社会各界监督，不断改进工作。",
    "索引号：",
    "发布日期：2013-01-18",
    "12",
    "，",
    " \n ",
    "&nbsp;",
    "当前位置：首页 > 公开",
    "版权所有",
    "<",
    "&lt;",
    "</",
    "<?php",
    "<svg><title>",
    "</svg>",
    "<template>",
    "</template>",
    "<button>",
    "<nav>",
    "</nav>",
];

/// Pieces of texts with marks or with columns of blanks.
const TEXT_PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    "  \n",
    "\\\n",
    " ",
    "  ",
    "    ",
    "         ",
    "\u{3000}",
    "\u{a0}\u{a0}",
    "\t",
    "# ",
    "### ",
    " ##",
    "===\n",
    "---\n",
    "---|---\n",
    "|:--|--:|\n",
    "\n* * *\n",
    "**",
    "**",
    "*",
    "_",
    "__",
    "***",
    "****",
    "\\*",
    "\\",
    "`",
    "```\n",
    "~~~\n",
    "[",
    "](/a.html)",
    "](/a(1).xls \"t\")",
    "]",
    "[1]",
    "\n[1]: /x\n",
    "![](/a.png)",
    "(",
    ")",
    "< ",
    ">",
    "<b>",
    "</b>",
    "\n<table><tr><td>",
    "</td></tr></table>\n",
    "<http://a.cn>",
    "<!-- -->",
    "&nbsp;",
    "&",
    "\n> ",
    "\n- ",
    "\n* ",
    "\n1. ",
    "1\\. ",
    "1. ### ",
    "- 3 -",
    " | ",
    "|",
    "| ",
    "\\|",
    "一、概述",
    "指标",
    "全年收到申请十二件，均已答复，接受监督。",
    "12",
    "0",
    "件",
    "，",
    "。",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::with_cases(400)
    })]

    #[test]
    fn no_page_loses_or_doubles_a_character(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..60)
    ) {
        let source = format!("<!DOCTYPE html><html><body>始{}", pieces.concat());
        let provenance = Provenance::default();
        let document = read(source.as_bytes(), &provenance, &Limits::default()).unwrap();
        let mut counts = BTreeMap::new();
        count_page(&mut counts, &source);
        count_blocks(&mut counts, &document);
        counts.retain(|_, count| *count != 0);
        proptest::prop_assert!(counts.is_empty(), "{counts:?} in {source}");
    }

    #[test]
    fn no_text_loses_or_doubles_a_character(
        pieces in proptest::collection::vec(proptest::sample::select(TEXT_PIECES), 1..80),
        marked in proptest::bool::ANY,
    ) {
        let start = if marked { "# 始\n\n**二**\n" } else { "始\n" };
        let source = format!("{start}{}", pieces.concat());
        let provenance = Provenance::default();
        let document = read(source.as_bytes(), &provenance, &Limits::default()).unwrap();
        let mut counts = BTreeMap::new();
        count(&mut counts, &source, 1);
        count_blocks(&mut counts, &document);
        let exact = document.media_type == model::MediaType::Text;
        // Two tags make a page, with laws of its own.
        proptest::prop_assume!(document.media_type != model::MediaType::Html);
        counts.retain(|character, count| *count != 0 && (exact || !character.is_ascii() || *count < 0));
        proptest::prop_assert!(counts.is_empty(), "{counts:?} in {source}");
    }
}
