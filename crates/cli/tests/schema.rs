//! `nianbao schema` and `--profile` as a user runs them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn profile() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path: PathBuf = here.join("../../profiles/final-accounts");
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_codebook_is_printed_for_machines_as_its_schema_says() {
    let text = printed(&["schema", "codebook"]);
    assert_eq!(text, printed(&["schema", "codebook", "--format", "json"]));
    let codebook: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(codebook["profile"], Value::Null);
    let indicators = codebook["indicators"].as_array().unwrap();
    let received = indicators
        .iter()
        .find(|it| it["id"] == "requests.received")
        .unwrap();
    assert_eq!(received["comparability"][0]["class"], "b");
    assert!(
        received["forms"]
            .as_array()
            .unwrap()
            .iter()
            .any(|form| form == "F4")
    );
    let forms = codebook["forms"].as_array().unwrap();
    let last = forms.iter().find(|form| form["id"] == "F4").unwrap();
    assert_eq!(last["tables"][4]["rows"][3]["label"], "予以公开");
    assert_eq!(last["tables"][4]["rows"][3]["parent"], 2);
    let schema: Value =
        serde_json::from_str(&printed(&["schema", "codebook", "--format", "json-schema"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let own = printed(&["schema", "codebook", "--profile", &profile()]);
    for document in [codebook, serde_json::from_str(&own).unwrap()] {
        let error = validator.iter_errors(&document).next();
        assert!(error.is_none(), "{error:?}");
    }
}

#[test]
fn the_codebook_is_printed_for_people() {
    let text = printed(&["schema", "codebook", "--format", "markdown"]);
    for wanted in [
        "### F3 ",
        "| 　予以公开 | `requests.outcome.granted` |",
        "### `requests.received` ",
        "comparability **B**",
        "### `F34.FLOW` (identity; report; F3, F4)",
        "第一项加第二项之和",
        "| `overview` | 概述 |",
        " †",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    // Every table has as many cells in each of its rows.
    let mut width = 0;
    for line in text.lines() {
        let cells = line.replace("\\|", "").matches('|').count();
        assert!(cells == 0 || width == 0 || cells == width, "{line}");
        width = cells;
    }
}

#[test]
fn what_a_profile_holds_is_printed_and_its_own_files_fit() {
    let text = printed(&["schema", "profile", "--format", "markdown"]);
    assert!(text.contains("## `forms/*.toml`") && text.contains("| `without` |"));
    let schema: Value = serde_json::from_str(&printed(&["schema", "profile"])).unwrap();
    for file in schema["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap().replace('*', "FA");
        let Ok(text) = fs::read_to_string(Path::new(&profile()).join(&name)) else {
            continue;
        };
        // A file that adds to the base's need not be whole.
        if file["format"] == "tsv"
            || ["reports.toml", "prose.toml", "rules.toml"].contains(&name.as_str())
        {
            continue;
        }
        let value: Value = toml::from_str(&text).unwrap();
        let error = jsonschema::validate(&file["schema"], &value).err();
        assert!(error.is_none(), "{name}: {error:?}");
    }
}

#[test]
fn a_faulty_profile_is_refused_with_file_line_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let told = |arguments: &[&str]| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let call = ["schema", "codebook", "--profile", path];
    assert!(told(&call).contains("no .toml or .tsv file"));
    fs::write(folder.path().join("columns.toml"), "labels = []\n").unwrap();
    assert!(told(&call).contains("there is no profile.toml: write one"));
    let stated = "id = \"x\"\nversion = \"1\"\ntitle = \"x\"\nname = \"x\"\nbase = \"builtin\"\n";
    fs::write(folder.path().join("profile.toml"), stated).unwrap();
    assert!(told(&call).contains("columns.toml, line 1: missing field"));
}

#[test]
fn records_and_the_run_name_their_profile() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    let input = format!("{}/corpus/guangxi", profile());
    printed(&[
        "extract",
        &input,
        "--profile",
        &profile(),
        "-o",
        out,
        "--quiet",
    ]);
    let run: Value =
        serde_json::from_str(&fs::read_to_string(format!("{out}/run.json")).unwrap()).unwrap();
    assert_eq!(run["profile"]["id"], "final-accounts");
    let records = fs::read_to_string(format!("{out}/records.jsonl")).unwrap();
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert_eq!(record["profile"]["id"], "final-accounts");
    // Another codebook is another reading: nothing is taken over.
    printed(&["extract", &input, "-o", out, "--quiet"]);
    let records = fs::read_to_string(format!("{out}/records.jsonl")).unwrap();
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    assert!(record.get("profile").is_none());
}
