//! Every profile of `profiles/` reads its own corpus: floors under what was reached, golden records, and the
//! promises that hold for any record.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly, its helpers too"
)]

mod against_truth;
mod measure;

use std::fs;
use std::path::{Path, PathBuf};

use codebook::Codebook;
use nianbao::{Input, Record, Settings};

/// The folders of the profiles.
fn profiles() -> Vec<PathBuf> {
    let folder = nianbao_tests::root().join("profiles");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Settings that read by a profile.
fn settings(profile: &Path) -> Settings {
    let files = nianbao_tests::files(profile).unwrap().into_iter();
    let files = files.filter_map(|path| {
        let name = path.strip_prefix(profile).unwrap();
        let name = name
            .to_str()
            .unwrap()
            .replace(std::path::MAIN_SEPARATOR, "/");
        let known = name.ends_with(".toml") || name.ends_with(".tsv");
        known.then(|| (name, fs::read_to_string(&path).unwrap()))
    });
    let mut settings = Settings::default();
    settings.set_codebook(Codebook::from_files(files).unwrap());
    settings
}

fn read(path: &Path, corpus: &Path, settings: &Settings) -> Vec<Record> {
    let name = path.strip_prefix(corpus).unwrap().to_str().unwrap();
    nianbao::extract(&fs::read(path).unwrap(), &Input::named(name), settings).unwrap()
}

#[test]
fn every_profile_reads_its_corpus_as_well_as_ever() {
    for profile in profiles() {
        println!("{}", profile.display());
        let sources = profile.join("corpus-sources");
        let counts = against_truth::corpus(&profile.join("corpus"), &sources, &settings(&profile));
        measure::hold(&counts, &sources.join("floors.json"));
    }
}

#[test]
fn every_record_fits_the_schema_names_its_profile_and_loses_nothing() {
    let validator = jsonschema::validator_for(&record::json_schema()).unwrap();
    for profile in profiles() {
        let (settings, corpus) = (settings(&profile), profile.join("corpus"));
        for path in nianbao_tests::files(&corpus).unwrap() {
            for record in read(&path, &corpus, &settings) {
                let value = serde_json::to_value(&record).unwrap();
                let error = validator.iter_errors(&value).next();
                assert!(error.is_none(), "{}: {error:?}", path.display());
                assert!(record.coverage.is_whole(), "{}", path.display());
                let id = record.profile.map(|profile| profile.id).unwrap();
                assert!(profile.ends_with(&id), "{id}");
            }
        }
    }
}

/// `golden/<path with _ for />.jsonl` holds the records of a document, whole; UPDATE_FIXTURES=1 writes them.
#[test]
fn golden_records_are_the_same_bytes() {
    for profile in profiles() {
        let (settings, corpus) = (settings(&profile), profile.join("corpus"));
        let documents = nianbao_tests::files(&corpus).unwrap();
        for golden in nianbao_tests::files(&profile.join("corpus-sources/golden")).unwrap() {
            let name = |path: &PathBuf| {
                let name = path.strip_prefix(&corpus).unwrap().to_str().unwrap();
                name.replace(['/', std::path::MAIN_SEPARATOR], "_") + ".jsonl"
            };
            let wanted = golden.file_name().unwrap().to_str().unwrap();
            let document = documents.iter().find(|path| name(path) == wanted).unwrap();
            let records = read(document, &corpus, &settings);
            let lines = records
                .iter()
                .map(|record| serde_json::to_string(record).unwrap());
            let text: String = lines.map(|line| line + "\n").collect();
            if std::env::var_os("UPDATE_FIXTURES").is_some() {
                fs::write(&golden, &text).unwrap();
            }
            assert_eq!(fs::read_to_string(&golden).unwrap(), text, "{wanted}");
        }
    }
}
