//! Every file of `fixtures/consistency-checking/`: readings in, findings out.
//!
//! A file holds `tables` (form, and values by `indicator[dimension=value,…]`; a list of figures is
//! a row of applicants with the total last, null is a blank cell), `prose` (the same key, figure,
//! bound, unit, words) and the `findings` expected. `UPDATE_FIXTURES=1` rewrites the last.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken fixture is a failed test"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codebook::Codebook;
use model::{
    Bound, ColumnMatch, Finding, FindingStatus, LabelMatch, Manner, Origin, Phrasing, Reading,
    ReadingStatus,
};
use nianbao_consistency_checking::check;
use serde_json::{Value, json};

fn main_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/consistency-checking")
}

fn reading(key: &str, figure: &Value, origin: Origin) -> Reading {
    let (indicator, rest) = key.split_once('[').unwrap_or((key, ""));
    let pairs = rest
        .trim_end_matches(']')
        .split(',')
        .filter(|pair| !pair.is_empty());
    let dimensions: BTreeMap<String, String> = pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert!(
        Codebook::builtin().indicator(indicator).is_some(),
        "{indicator}"
    );
    let (status, value, raw) = match figure {
        Value::Number(number) => (ReadingStatus::Reported, number.as_f64(), number.to_string()),
        Value::Null => (ReadingStatus::Blank, None, String::new()),
        Value::String(words) => (ReadingStatus::NotApplicable, None, words.clone()),
        other => panic!("{other} is no figure"),
    };
    Reading {
        indicator: indicator.to_owned(),
        dimensions,
        label: String::new(),
        value,
        status,
        bound: Bound::Exact,
        unit: None,
        raw,
        form: None,
        note: None,
        manner: match &origin {
            Origin::Cell { .. } => Manner::Cell {
                label: LabelMatch::Same,
                column: ColumnMatch::List,
            },
            Origin::Prose { .. } => Manner::Prose(Phrasing::Stated),
        },
        origin,
    }
}

fn readings(fixture: &Value) -> Vec<Reading> {
    let mut readings = Vec::new();
    let tables = fixture["tables"].as_array().into_iter().flatten();
    for (index, table) in tables.enumerate() {
        for (row, (key, figures)) in table["values"].as_object().unwrap().iter().enumerate() {
            let cell = |column| Origin::Cell {
                table: index,
                row,
                column,
            };
            let applicants = Codebook::builtin().dimension("applicant").unwrap();
            let mut columns: Vec<Reading> = match figures {
                Value::Array(figures) => {
                    let order = applicants
                        .values
                        .iter()
                        .skip(1)
                        .chain(applicants.values.first());
                    let row = figures.iter().zip(order).enumerate();
                    row.map(|(column, (figure, applicant))| {
                        let mut reading = reading(key, figure, cell(column));
                        let applicant = ("applicant".to_owned(), applicant.id.clone());
                        reading
                            .dimensions
                            .extend((applicant.1 != "all").then_some(applicant));
                        reading
                    })
                    .collect()
                }
                figure => vec![reading(key, figure, cell(0))],
            };
            for reading in &mut columns {
                reading.form = table["form"].as_str().map(str::to_owned);
                reading.unit = table["unit"].as_str().map(str::to_owned);
            }
            readings.extend(columns);
        }
    }
    for (index, statement) in fixture["prose"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let origin = Origin::Prose {
            section: 1,
            block: index,
            start: 0,
            end: 1,
        };
        let mut reading = reading(statement[0].as_str().unwrap(), &statement[1], origin);
        reading.bound = match statement[2].as_str().unwrap() {
            "exact" => Bound::Exact,
            "more_than" => Bound::MoreThan,
            "less_than" => Bound::LessThan,
            "about" => Bound::About,
            other => panic!("{other} is no bound"),
        };
        reading.unit = statement[3].as_str().map(str::to_owned);
        reading.raw = statement[4].as_str().unwrap().to_owned();
        readings.push(reading);
    }
    readings
}

fn written(findings: &[Finding]) -> Value {
    let written = findings.iter().map(|finding| {
        json!({
            "rule": finding.rule,
            "status": match finding.status {
                FindingStatus::Pass => "pass",
                FindingStatus::Fail => "fail",
                FindingStatus::Incomplete => "incomplete",
            },
            "expected": finding.expected,
            "found": finding.found,
            "readings": finding.readings,
            "message": finding.message,
            "message_zh": finding.message_zh,
        })
    });
    written.collect()
}

#[test]
fn every_fixture_gives_its_findings() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    assert!(
        !(update && std::env::var_os("CI").is_some()),
        "fixtures are not rewritten in CI"
    );
    let mut paths: Vec<PathBuf> = std::fs::read_dir(main_folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    assert!(paths.len() >= 10, "only {} fixtures found", paths.len());
    let mut wrong = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fixture: Value = serde_json::from_str(&text).unwrap();
        let given = readings(&fixture);
        let findings = written(&check(&given, Codebook::builtin()));
        if fixture["findings"] == findings {
            continue;
        }
        if update {
            fixture["findings"] = findings;
            let text = serde_json::to_string_pretty(&fixture).unwrap() + "\n";
            std::fs::write(&path, text).unwrap();
        } else {
            wrong.push(format!("{}: {findings:#}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
