//! The records of a corpus beside its truth.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use nianbao::Settings;
use serde_json::Value;

use crate::measure::{Count, found, headings, plain, truth};

/// Dimensions that say what is meant anyway.
const DEFAULTS: [(&str, &str); 5] = [
    ("period", "year"),
    ("applicant", "all"),
    ("scope", "self"),
    ("fund", "all"),
    ("basis", "final"),
];

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
            .filter(|dim| !DEFAULTS.contains(dim))
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

/// Reads the documents of a corpus and holds their records against the truth in `sources`.
pub(crate) fn corpus(
    corpus: &Path,
    sources: &Path,
    settings: &Settings,
) -> BTreeMap<&'static str, Count> {
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for (path, wanted) in &truth(sources) {
        let found = found(corpus, path, settings);
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
            let mut set = |what: &'static str, take: &dyn Fn(&Value) -> BTreeSet<String>| {
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
    counts
}
