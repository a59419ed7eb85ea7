//! Every `fixtures/document-reading-pdf/*.pdf` gives the blocks in the `.json` beside it.
//! `UPDATE_FIXTURES=1` writes the expected files anew; read the difference before committing it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a fixture that is not there, or not as it should be, fails the test"
)]

use std::path::{Path, PathBuf};

use model::{Block, BlockContent, Document, Layer, Place};
use nianbao_document_reading::{Limits, Provenance, ReadErrorCode, read};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/document-reading-pdf")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).expect("the fixture is there")
}

fn open(bytes: &[u8], limits: &Limits) -> Result<Document, ReadErrorCode> {
    read(bytes, &Provenance::default(), limits).map_err(|error| error.code)
}

fn pages(place: &Place) -> Vec<u32> {
    match place {
        Place::Boxes(boxes) => boxes.iter().map(|page_box| page_box.page).collect(),
        _ => Vec::new(),
    }
}

/// A block in a form that people read: text, layer, pages, table rows with their spans.
fn dump(block: &Block) -> Value {
    let layer = match block.layer {
        Layer::Body => "body".to_owned(),
        Layer::Hidden => "hidden".to_owned(),
        Layer::Furniture(reason) => format!("{reason:?}"),
    };
    let pages = pages(&block.place);
    match &block.content {
        BlockContent::Paragraph(text) => {
            let mut shown = json!({
                "text": text.value(),
                "layer": layer,
                "pages": pages,
                "size": block.style.font_size.map(f32::round),
                "bold": block.style.bold_bytes > 0,
                "alignment": format!("{:?}", block.style.alignment),
            });
            if let Some(level) = block.style.heading_level {
                shown["heading"] = json!(level);
            }
            shown
        }
        BlockContent::Table(table) => {
            let rows: Vec<Vec<String>> = table
                .rows
                .iter()
                .map(|row| {
                    row.cells
                        .iter()
                        .map(|cell| match (cell.row_span, cell.col_span) {
                            (1, 1) => cell.text.value().to_owned(),
                            (rows, columns) => format!("{rows}x{columns} {}", cell.text.value()),
                        })
                        .collect()
                })
                .collect();
            json!({ "table": rows, "shape": format!("{:?}", table.shape), "pages": pages })
        }
        other => json!({ "other": format!("{other:?}") }),
    }
}

fn outcome(bytes: &[u8]) -> Value {
    match open(bytes, &Limits::default()) {
        Ok(document) => json!({
            "hints": document.hints.iter().map(|hint| hint.text.clone()).collect::<Vec<_>>(),
            "attachments": document.attachments.iter().map(|file| file.uri.clone()).collect::<Vec<_>>(),
            "warnings": document.warnings.iter().map(|w| w.code).collect::<Vec<_>>(),
            "blocks": document.blocks.iter().map(dump).collect::<Vec<_>>(),
        }),
        Err(code) => json!({ "error": code.name() }),
    }
}

#[expect(clippy::disallowed_methods, reason = "the switches of the test run")]
fn switch(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| !value.is_empty())
}

#[test]
fn fixtures_give_the_expected_blocks() {
    let update = switch("UPDATE_FIXTURES");
    assert!(
        !(update && switch("CI")),
        "expected files are not written in CI"
    );
    let mut seen = 0;
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the fixtures are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    paths.sort();
    for path in paths {
        let found = outcome(&std::fs::read(&path).expect("readable"));
        let expected = path.with_extension("json");
        if update {
            let text = serde_json::to_string_pretty(&found).expect("JSON") + "\n";
            std::fs::write(&expected, text).expect("writable");
        }
        let text = std::fs::read_to_string(&expected).unwrap_or_default();
        let wanted: Value = serde_json::from_str(&text).unwrap_or_default();
        if found != wanted {
            wrong.push(format!("{}: found {found:#}", path.display()));
        }
        seen += 1;
    }
    assert!(seen >= 8, "only {seen} fixtures found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How much of a text stands in another, in order: the longest common subsequence.
fn in_common(one: &[char], other: &[char]) -> usize {
    let mut row = vec![0_usize; other.len() + 1];
    for a in one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[other.len()]
}

/// What was printed comes back: 98 % of the paragraphs whole, 99.9 % of the characters in order.
#[test]
fn paragraphs_and_characters_are_those_of_the_sources() {
    let known = std::fs::read_to_string(folder().join("src/paragraphs.tsv")).expect("a list");
    let mut sources: std::collections::BTreeMap<&str, Vec<String>> = Default::default();
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    for line in known.lines().filter(|line| !line.starts_with('#')) {
        let (name, text) = line.split_once('\t').expect("two columns");
        sources.entry(name).or_default().push(plain(text));
    }
    assert!(sources.len() >= 8, "{} fixtures", sources.len());
    let (mut right, mut paragraphs, mut common, mut characters) = (0, 0, 0, 0);
    for (name, wanted) in sources {
        let document = open(&fixture(&format!("{name}.pdf")), &Limits::default()).unwrap();
        let mut found: Vec<String> = document
            .blocks
            .iter()
            .filter(|block| block.layer == Layer::Body)
            .filter_map(|block| block.text())
            .map(|text| plain(text.value()))
            .collect();
        paragraphs += wanted.len().max(found.len());
        let (before, after): (Vec<char>, Vec<char>) = (
            wanted.concat().chars().collect(),
            found.concat().chars().collect(),
        );
        common += in_common(&before, &after);
        characters += before.len().max(after.len());
        for text in &wanted {
            match found.iter().position(|other| other == text) {
                Some(at) => {
                    found.remove(at);
                    right += 1;
                }
                None => eprintln!("{name}: not found: {text}"),
            }
        }
    }
    assert!(right * 100 >= paragraphs * 98, "{right} of {paragraphs}");
    assert!(
        common * 1_000 >= characters * 999,
        "{common} of {characters}"
    );
}

#[test]
fn every_block_has_a_box_on_its_page() {
    let document = open(&fixture("annual_report.pdf"), &Limits::default()).unwrap();
    for block in &document.blocks {
        let Place::Boxes(boxes) = &block.place else {
            panic!("{block:?}");
        };
        assert!(!boxes.is_empty());
        for page_box in boxes {
            assert!(
                page_box.x0 < page_box.x1 && page_box.y0 < page_box.y1,
                "{block:?}"
            );
            assert!(page_box.x0 >= 0.0 && page_box.x1 <= 596.0, "{block:?}");
            assert!(page_box.y0 >= 0.0 && page_box.y1 <= 842.0, "{block:?}");
        }
    }
}

#[test]
fn limits_give_a_part_and_a_warning_that_names_them() {
    let bytes = fixture("annual_report.pdf");
    let few_pages = Limits {
        pages: 1,
        ..Limits::default()
    };
    let document = open(&bytes, &few_pages).unwrap();
    assert!(
        document
            .blocks
            .iter()
            .all(|block| pages(&block.place) == [1])
    );
    assert!(
        document
            .warnings
            .iter()
            .any(|w| w.message.starts_with("limit: pdf_pages, 1"))
    );

    let few_glyphs = Limits {
        glyphs: 40,
        ..Limits::default()
    };
    let document = open(&bytes, &few_glyphs).unwrap();
    assert!(!document.blocks.is_empty());
    assert!(
        document
            .warnings
            .iter()
            .any(|w| w.message.starts_with("limit: pdf_glyphs, 40"))
    );
}

#[test]
fn damaged_files_are_errors_or_parts_and_never_panics() {
    let bytes = fixture("annual_report.pdf");
    let whole = open(&bytes, &Limits::default()).unwrap();
    assert_eq!(
        open(&bytes[..200], &Limits::default()).unwrap_err(),
        ReadErrorCode::Malformed
    );
    for cut in (1..8).map(|eighth| bytes.len() * eighth / 8) {
        if let Ok(part) = open(&bytes[..cut], &Limits::default()) {
            assert!(part.blocks.len() <= whole.blocks.len() * 2);
        }
    }
    // The cross-reference table is lost; the objects are still there.
    let mut lost = bytes.clone();
    let start = lost
        .windows(9)
        .rposition(|window| window == b"startxref")
        .unwrap();
    lost.truncate(start);
    lost.extend_from_slice(b"startxref\n1\n%%EOF\n");
    let found = open(&lost, &Limits::default()).unwrap();
    assert_eq!(found.blocks.len(), whole.blocks.len());
}
