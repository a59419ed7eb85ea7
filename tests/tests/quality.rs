//! How good the records of the corpus are, against the truth that was written with it.
//!
//! `fixtures/corpus-sources/floors.json` pins what was reached: quality can only rise. Where a change
//! for the better lowers a figure on purpose, edit the floor in the same commit and say why.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly, its helpers too"
)]

mod measure;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use measure::{Count, headings, plain};
use nianbao::{Input, Record, Settings};
use serde_json::Value;

/// Indicators of tables or of prose, as text: id, dimensions without the defaults, value, status.
fn indicators(record: &Value, of_tables: bool) -> BTreeSet<String> {
    let all = record["indicators"].as_array();
    let each = all.into_iter().flatten().filter(|one| {
        one["from"].get("table").is_some() == of_tables && one["optional"] != Value::Bool(true)
    });
    each.map(|one| {
        let dims = one["dims"].as_object().into_iter().flatten();
        let dims: BTreeMap<&str, &str> = dims
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
            .filter(|dim| {
                ![("period", "year"), ("applicant", "all"), ("scope", "self")].contains(dim)
            })
            .collect();
        let value = one["value"].as_f64();
        format!("{} {dims:?} {value:?} {}", one["id"], one["status"])
    })
    .collect()
}

fn failures(record: &Value) -> BTreeSet<String> {
    let checks = record["checks"].as_array().into_iter().flatten();
    let failed = checks.filter(|check| check["status"] == "fail");
    failed.map(|check| check["rule"].to_string()).collect()
}

#[test]
fn the_corpus_is_read_as_well_as_ever() {
    let root = nianbao_tests::root();
    let sources = root.join("fixtures/corpus-sources");
    let mut truth: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in fs::read_to_string(sources.join("truth.jsonl"))
        .unwrap()
        .lines()
    {
        let record: Value = serde_json::from_str(line).unwrap();
        let path = record["source"]["path"].as_str().unwrap().to_owned();
        truth.entry(path).or_default().push(record);
    }
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let settings = Settings::default();
    for (path, wanted) in &truth {
        let bytes = fs::read(root.join("corpus").join(path)).unwrap();
        let found = nianbao::extract(&bytes, &Input::named(path.as_str()), &settings).unwrap();
        let found: Vec<Value> = found
            .iter()
            .map(|record: &Record| serde_json::to_value(record).unwrap())
            .collect();
        let empty = Value::Null;
        for index in 0..wanted.len().max(found.len()) {
            let (want, have) = (
                wanted.get(index).unwrap_or(&empty),
                found.get(index).unwrap_or(&empty),
            );
            let mut one = |what: &'static str, right: bool| {
                let count = counts.entry(what).or_default();
                count.right += usize::from(right);
                count.found += 1;
                count.wanted += 1;
            };
            one("kind", want["kind"] == have["kind"]);
            if want["kind"] != "annual_report" || have["kind"] != "annual_report" {
                continue;
            }
            let text = |value: &Value| value.as_str().map(plain);
            one("title", text(&want["title"]) == text(&have["title"]));
            one("year", want["period"]["year"] == have["period"]["year"]);
            let name = text(&have["agency"]["name"]);
            let accepted = want["agency"]["accept"].as_array();
            one(
                "agency",
                match accepted {
                    Some(accepted) if !accepted.is_empty() => {
                        accepted.iter().any(|one| text(one) == name)
                    }
                    _ => name.is_none(),
                },
            );
            let mut set = |what, take: &dyn Fn(&Value) -> BTreeSet<String>| {
                counts
                    .entry(what)
                    .or_default()
                    .add(&take(have), &take(want));
            };
            set("outline", &headings);
            set("table_indicators", &|record| indicators(record, true));
            set("prose_indicators", &|record| indicators(record, false));
            set("failed_checks", &failures);
        }
    }
    measure::hold(&counts, &sources.join("floors.json"));
}
