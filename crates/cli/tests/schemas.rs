//! What is promised of every output stands in `schemas/`, and is kept within a version.
//!
//! `UPDATE_FIXTURES=1` publishes what was added. What takes something away needs a new version first, and then a
//! file of its own: the old one stays.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;
mod compatible;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use command::run;
use compatible::{breaks, table_breaks};

/// What is published, how it is printed, and which constant is its version.
const OUTPUTS: [(&str, &[&str], &str); 7] = [
    ("record", &["record"], "SCHEMA_VERSION of crates/record"),
    ("error", &["error"], "SCHEMA_VERSION of crates/record"),
    ("document", &["document"], "SCHEMA_VERSION of crates/record"),
    ("finding", &["finding"], "SCHEMA_VERSION of crates/record"),
    ("doubt", &["doubt"], "SCHEMA_VERSION of crates/record"),
    (
        "codebook",
        &["codebook", "--format", "json-schema"],
        "schema of crates/cli/src/schema/codebook.rs",
    ),
    ("export", &["export"], "SCHEMA_VERSION of crates/export"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

fn printed(arguments: &[&str]) -> String {
    let output = run(&folder(), &[&["schema"], arguments].concat());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn version(name: &str, document: &Value) -> String {
    match name {
        "export" => document["schema"].as_str().unwrap().to_owned(),
        "codebook" => {
            let codebook: Value = serde_json::from_str(&printed(&["codebook"])).unwrap();
            codebook["schema"].as_str().unwrap().to_owned()
        }
        _ => record::SCHEMA_VERSION.to_owned(),
    }
}

#[test]
fn every_output_is_as_its_published_schema_says() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    for (name, arguments, constant) in OUTPUTS {
        let text = printed(arguments);
        let now: Value = serde_json::from_str(&text).unwrap();
        let path = folder().join(format!("{name}-{}.json", version(name, &now)));
        let Ok(published) = fs::read_to_string(&path) else {
            assert!(
                update,
                "{} is not there: UPDATE_FIXTURES=1 writes it",
                path.display()
            );
            fs::write(&path, text).unwrap();
            continue;
        };
        let then: Value = serde_json::from_str(&published).unwrap();
        let broken = match name {
            "export" => table_breaks(&then, &now),
            _ => breaks(&then, &now),
        };
        assert!(
            broken.is_empty(),
            "readers of {name} would miss something; undo it, or raise {constant}:\n{}",
            broken.join("\n")
        );
        if update {
            fs::write(&path, text).unwrap();
        } else {
            assert!(
                published == text,
                "{}: UPDATE_FIXTURES=1 publishes what was added",
                path.display()
            );
        }
    }
}

#[test]
fn what_would_break_readers_is_seen() {
    let old = json!({
        "type": "object", "required": ["a", "b"],
        "properties": {
            "a": { "type": "string" },
            "b": { "$ref": "#/$defs/B" },
            "c": { "type": "array", "items": { "oneOf": [{ "const": "x" }, { "enum": ["y"] }] } },
            "d": { "anyOf": [{ "type": "object", "properties": { "e": { "type": "integer" } } }, { "type": "null" }] },
        },
        "$defs": { "B": { "type": ["integer", "null"], "properties": { "b": { "$ref": "#/$defs/B" } } } },
    });
    assert_eq!(breaks(&old, &old), [""; 0]);
    let changed = |pointer: &str, value: Value| {
        let mut new = old.clone();
        *new.pointer_mut(pointer).unwrap() = value;
        breaks(&old, &new)
    };
    let added = json!({ "type": "string", "properties": { "new": {} } });
    assert_eq!(changed("/properties/a", added), [""; 0]);
    assert_eq!(
        changed("/properties/a", json!({ "type": ["string", "null"] })),
        ["/a: can be null now"]
    );
    assert_eq!(
        changed("/required", json!(["a"])),
        ["/b: can be missing now"]
    );
    assert_eq!(
        changed("/$defs/B/type", json!("string")),
        ["/b: can be string now"]
    );
    assert_eq!(changed("/$defs/B/type", json!("integer")), [""; 0]);
    assert_eq!(
        changed(
            "/properties/c/items/oneOf",
            json!([{ "const": "x" }, { "const": "z" }])
        ),
        ["/c/items: y is gone"]
    );
    assert_eq!(
        changed("/properties/d/anyOf/0/properties", json!({})),
        ["/d: variant 0 of anyOf is gone or another"]
    );
    let mut new = old.clone();
    new["properties"].as_object_mut().unwrap().remove("a");
    assert_eq!(breaks(&old, &new), ["/a: is gone"]);
}

#[test]
fn what_would_break_readers_of_tables_is_seen() {
    let old: Value = serde_json::from_str(&printed(&["export"])).unwrap();
    assert_eq!(table_breaks(&old, &old), [""; 0]);
    let changed = |pointer: &str, value: Value| {
        let mut new = old.clone();
        *new.pointer_mut(pointer).unwrap() = value;
        table_breaks(&old, &new)
    };
    assert_eq!(
        changed("/tables/0/columns/0/required", json!(false)),
        ["\"reports\".\"report_id\": can be null now"]
    );
    assert_eq!(
        changed("/tables/0/columns/0/kind", json!("json")),
        ["\"reports\".\"report_id\": another kind"]
    );
    assert_eq!(
        changed("/tables/0/columns/0/name", json!("id")),
        ["\"reports\".\"report_id\": is gone"]
    );
    assert_eq!(
        changed("/tables/0/name", json!("report")),
        ["\"reports\": is gone"]
    );
    assert_eq!(
        changed("/tables/0/key", json!([])),
        ["\"reports\": another key"]
    );
}
