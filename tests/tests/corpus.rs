//! The corpus, end to end: records fit the schema, nothing is lost, the bytes do not depend on
//! threads or on the order of listing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use nianbao::{Input, Record, Settings};
use serde_json::Value;

/// Files of the corpus that hold documents: not its notes, nor the sources that documents are made of.
fn documents() -> Vec<PathBuf> {
    let folder = nianbao_tests::root().join("corpus");
    let files = nianbao_tests::files(&folder).unwrap().into_iter();
    let document = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let inside = path.strip_prefix(&folder).unwrap();
        matches!(ending, Some("html" | "htm" | "txt" | "pdf")) && !inside.starts_with("sources")
    };
    files.filter(document).collect()
}

fn input(path: &Path) -> (Input, Vec<u8>) {
    let name = path.strip_prefix(nianbao_tests::root()).unwrap();
    (
        Input::named(name.display().to_string()),
        fs::read(path).unwrap(),
    )
}

/// The lines of every document, in the order of the paths.
fn lines(paths: &[PathBuf], jobs: usize) -> Vec<String> {
    let settings = Settings::default();
    let mut lines = Vec::new();
    nianbao::extract_all(
        paths.iter().map(|path| input(path)),
        &settings,
        jobs,
        |input, result| {
            let records = result.unwrap_or_else(|error| panic!("{}: {error}", input.path));
            lines.push(
                records
                    .iter()
                    .map(|record| serde_json::to_string(record).unwrap())
                    .collect(),
            );
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    lines
}

fn records() -> Vec<(PathBuf, Vec<Record>)> {
    let settings = Settings::default();
    let extract = |path: PathBuf| {
        let (input, bytes) = input(&path);
        let records = nianbao::extract(&bytes, &input, &settings);
        let records = records.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, records)
    };
    documents().into_iter().map(extract).collect()
}

#[test]
fn every_record_fits_the_schema_and_survives_write_and_read() {
    let validator = jsonschema::validator_for(&record::json_schema()).unwrap();
    for (path, records) in records() {
        for record in records {
            let value: Value = serde_json::to_value(&record).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path))
                .collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
            let read: Record = serde_json::from_value(value).unwrap();
            assert_eq!(read, record, "{}", path.display());
        }
    }
}

#[test]
fn every_visible_character_stands_in_a_record() {
    for (path, records) in records() {
        for record in records {
            let lost = record.warnings.iter().find(|w| w.code == "text_not_placed");
            assert!(record.coverage.is_whole(), "{}: {lost:?}", path.display());
        }
    }
}

#[test]
fn every_indicator_cites_what_it_was_read_from() {
    for (path, records) in records() {
        for record in records {
            for indicator in &record.indicators {
                let cited = match &indicator.from {
                    record::Origin::Cell { table, row, col } => {
                        let table = record.tables.iter().find(|known| known.id == *table);
                        table
                            .and_then(|table| table.rows.get(*row)?.get(*col))
                            .cloned()
                    }
                    record::Origin::Statement { section, chars } => {
                        let section = record.sections.iter().find(|known| known.id == *section);
                        section.zip(*chars).map(|(section, [from, to])| {
                            let text = record::section_text(&section.content);
                            text.chars().skip(from).take(to - from).collect()
                        })
                    }
                };
                assert!(cited.is_some(), "{}: {indicator:?}", path.display());
            }
        }
    }
}

#[test]
fn threads_runs_and_order_of_listing_change_no_byte() {
    let documents = documents();
    let one = lines(&documents, 1);
    assert_eq!(lines(&documents, 1), one);
    assert_eq!(lines(&documents, 2), one);
    let mut turned = documents.clone();
    turned.reverse();
    let mut back = lines(&turned, 2);
    back.reverse();
    assert_eq!(back, one);
}
