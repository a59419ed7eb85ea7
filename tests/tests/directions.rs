//! Nouns hold, verbs do, and no stage imports another stage: proved from `cargo metadata`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Crate and what it may import of our own; the table of ARCHITECTURE.md.
const MAY_IMPORT: [(&str, &[&str]); 19] = [
    ("model", &[]),
    ("codebook", &[]),
    ("notation", &["model"]),
    ("record", &["model"]),
    ("document-reading", &["model"]),
    ("text-normalisation", &["model"]),
    ("table-parsing", &["model"]),
    ("section-segmentation", &["model", "codebook", "notation"]),
    ("indicator-resolution", &["model", "codebook", "notation"]),
    ("consistency-checking", &["model", "codebook"]),
    ("warc", &[]),
    ("fetch", &["warc"]),
    ("nianbao", FACADE),
    ("isolation", &["nianbao"]),
    ("export", &["codebook", "record"]),
    (
        "cli",
        &[
            "model",
            "codebook",
            "notation",
            "record",
            "nianbao",
            "isolation",
            "warc",
            "fetch",
            "export",
        ],
    ),
    // The tables of an export become columns of Arrow; its records are those of the façade.
    ("python", &["codebook", "nianbao", "isolation", "export"]),
    ("tests", &["model", "record", "nianbao"]),
    ("speed", &["nianbao"]),
];

const FACADE: &[&str] = &[
    "model",
    "codebook",
    "notation",
    "record",
    "document-reading",
    "text-normalisation",
    "table-parsing",
    "section-segmentation",
    "indicator-resolution",
    "consistency-checking",
];

/// The folder's name of a package of ours.
fn short(package: &str) -> &str {
    package.strip_prefix("nianbao-").unwrap_or(package)
}

/// The packages of the workspace, and that of Python, which is a workspace of its own.
fn packages() -> Vec<Value> {
    let mut packages = packages_of("Cargo.toml");
    packages.extend(packages_of("crates/python/Cargo.toml"));
    packages
}

fn packages_of(manifest: &str) -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .args(["--offline", "--manifest-path", manifest])
        .current_dir(nianbao_tests::root())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {error}");
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn every_crate_imports_only_what_it_may() {
    let packages = packages();
    let names: BTreeSet<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.into();
    for package in &packages {
        let name = short(package["name"].as_str().unwrap());
        let allowed = allowed.get(name).unwrap_or_else(|| {
            panic!("{name} is new: say in this table and in ARCHITECTURE.md what it may import")
        });
        for dependency in package["dependencies"].as_array().unwrap() {
            // What only tests import does not bind the crate.
            let import = dependency["name"].as_str().unwrap();
            if names.contains(import) && dependency["kind"] != "dev" {
                let import = short(import);
                assert!(allowed.contains(&import), "{name} may not import {import}");
            }
        }
    }
}

#[test]
fn only_reading_knows_formats_and_only_fetching_a_network() {
    let formats = [
        "html5ever",
        "scraper",
        "hayro-interpret",
        "pdf-extract",
        "encoding_rs",
        "chardetng",
    ];
    let networks = ["ureq", "reqwest", "hyper", "tokio", "curl"];
    for package in packages() {
        let name = short(package["name"].as_str().unwrap()).to_owned();
        for dependency in package["dependencies"].as_array().unwrap() {
            let import = dependency["name"].as_str().unwrap();
            let format = formats.contains(&import) && dependency["kind"] != "dev";
            // The benchmark measures the parser alone, as a floor.
            let may = ["document-reading", "speed"].contains(&name.as_str())
                // The links of a page are written in its charset.
                || (name == "fetch" && import == "encoding_rs");
            assert!(!format || may, "{name} imports {import}");
            let may = name == "fetch";
            assert!(
                !networks.contains(&import) || may,
                "{name} imports {import}"
            );
        }
    }
}
