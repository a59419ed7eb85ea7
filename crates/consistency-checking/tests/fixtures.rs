//! Every file of `fixtures/consistency-checking/`: readings in, findings out.
//!
//! A file holds `tables` (form, and values by `indicator[dimension=value,…]`; a list of figures is
//! a row of applicants with the total last, null is a blank cell), `prose` (the same key, figure,
//! bound, unit, words), the `findings` expected and the values `derived`. In `across/` it holds such
//! records as `own`, `previous` and `parts`, and the agency's `level` and `body`.
//! `UPDATE_FIXTURES=1` rewrites what is expected. `rules.tsv` lists the rules and what cases must show.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken fixture is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use codebook::Codebook;
use model::{
    Bound, ColumnMatch, Derivation, Derived, Finding, FindingStatus, LabelMatch, Manner, Origin,
    Paired, PairedRole, Phrasing, Reading, ReadingStatus,
};
use nianbao_consistency_checking::{Neighbourhood, check_across, check_and_derive};
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
        paired: Vec::new(),
    }
}

/// The readings of a record; `offset` tells its tables from those of others.
fn readings(fixture: &Value, offset: usize) -> Vec<Reading> {
    let mut readings = Vec::new();
    let tables = fixture["tables"].as_array().into_iter().flatten();
    for (index, table) in tables.enumerate() {
        for (row, (key, figures)) in table["values"].as_object().unwrap().iter().enumerate() {
            let cell = |column| Origin::Cell {
                table: offset + index,
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
            block: 0,
            start: 2 * index,
            end: 2 * index + 1,
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
        // What the text pairs with it: role, value, words, and the indicator of a part.
        let paired = statement[5].as_array().into_iter().flatten();
        reading.paired = paired
            .map(|paired| Paired {
                role: match paired[0].as_str().unwrap() {
                    "share" => PairedRole::Share,
                    "growth" => PairedRole::Growth,
                    "former" => PairedRole::Former,
                    "part" => PairedRole::Part,
                    other => panic!("{other} is no role"),
                },
                value: paired[1].as_f64().unwrap(),
                raw: paired[2].as_str().unwrap().to_owned(),
                indicator: paired[3].as_str().map(str::to_owned),
            })
            .collect();
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

fn derived(derived: &[Derived]) -> Value {
    let derived = derived.iter().map(|derived| {
        json!({
            "indicator": derived.indicator,
            "dimensions": derived.dimensions,
            "value": derived.value,
            "unit": derived.unit,
            "how": match derived.how {
                Derivation::Sum => "sum",
                Derivation::Zero => "zero",
                Derivation::Definition => "definition",
            },
            "rule": derived.rule,
            "readings": derived.readings,
        })
    });
    derived.collect()
}

fn neighbourhood(fixture: &Value) -> Neighbourhood {
    let mut offset = 0;
    let mut records = |name: &str| {
        let records = fixture[name].as_array().into_iter().flatten();
        let read = records.map(|record| {
            offset += 100;
            readings(record, offset)
        });
        read.collect::<Vec<_>>()
    };
    Neighbourhood {
        own: records("own"),
        previous: records("previous"),
        parts: records("parts"),
        level: fixture["level"].as_str().map(str::to_owned),
        body: fixture["body"].as_str().map(str::to_owned),
    }
}

/// The files of a folder, sorted, and what each holds.
fn fixtures(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let fixture = serde_json::from_str(&text).unwrap();
        (path, fixture)
    };
    paths.into_iter().map(read).collect()
}

/// Compares each file with what is made of it, field by field, or rewrites it.
fn compare(folder: &Path, fewest: usize, made: impl Fn(&Value) -> Vec<(&'static str, Value)>) {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    assert!(
        !(update && std::env::var_os("CI").is_some()),
        "fixtures are not rewritten in CI"
    );
    let fixtures = fixtures(folder);
    assert!(
        fixtures.len() >= fewest,
        "only {} fixtures found",
        fixtures.len()
    );
    let mut wrong = Vec::new();
    for (path, mut fixture) in fixtures {
        for (name, made) in made(&fixture) {
            let expected = fixture.get(name).cloned().unwrap_or_else(|| json!([]));
            if expected == made {
                continue;
            }
            if update {
                let fields = fixture.as_object_mut().unwrap();
                fields.insert(name.to_owned(), made);
                let text = serde_json::to_string_pretty(&fixture).unwrap() + "\n";
                std::fs::write(&path, text).unwrap();
            } else {
                wrong.push(format!("{}: {name}: {made:#}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_gives_its_findings() {
    compare(&main_folder(), 10, |fixture| {
        let given = readings(fixture, 0);
        let (findings, follows) = check_and_derive(&given, Codebook::builtin());
        vec![
            ("findings", written(&findings)),
            ("derived", derived(&follows)),
        ]
    });
}

#[test]
fn every_fixture_over_several_reports_gives_its_findings() {
    compare(&main_folder().join("across"), 5, |fixture| {
        let findings = check_across(&neighbourhood(fixture), Codebook::builtin());
        vec![("findings", written(&findings))]
    });
}

/// What `rules.tsv` says of each rule that cases show: `pass`, `fail`, `incomplete`, `derived`; or
/// `-` and why there is none.
#[test]
fn every_rule_is_reached_with_the_outcomes_that_the_table_lists() {
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folders = [main_folder(), main_folder().join("across")];
    for (_, fixture) in folders.iter().flat_map(|folder| fixtures(folder)) {
        for finding in fixture["findings"].as_array().into_iter().flatten() {
            let rule = finding["rule"].as_str().unwrap().to_owned();
            let status = finding["status"].as_str().unwrap().to_owned();
            seen.entry(rule).or_default().insert(status);
        }
        for derived in fixture["derived"].as_array().into_iter().flatten() {
            let rule = derived["rule"].as_str().unwrap().to_owned();
            seen.entry(rule).or_default().insert("derived".to_owned());
        }
    }
    let table = std::fs::read_to_string(main_folder().join("rules.tsv")).unwrap();
    let mut listed = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [rule, outcomes, why] = fields.as_slice() else {
            panic!("three fields: {line}");
        };
        let outcomes: BTreeSet<String> = outcomes
            .split(',')
            .filter(|outcome| *outcome != "-")
            .map(str::to_owned)
            .collect();
        let complete = outcomes.len() >= 3;
        assert!(complete || !why.is_empty(), "{rule}: say what is missing");
        listed.insert((*rule).to_owned(), outcomes);
    }
    let rules: BTreeSet<&str> = Codebook::builtin()
        .rules
        .iter()
        .map(|rule| rule.id.as_str())
        .collect();
    let named: BTreeSet<&str> = listed.keys().map(String::as_str).collect();
    assert_eq!(named, rules, "the table lists every rule of the codebook");
    for (rule, outcomes) in &listed {
        let found = seen.remove(rule).unwrap_or_default();
        assert_eq!(&found, outcomes, "{rule}: what cases show");
    }
}
