//! How well dumps and pages are cut into reports and outlined, on the labelled set of `fixtures/labelled`.
//!
//! The set was written without looking at the fixtures (`bench/outlines`): hand-made reports, each of
//! another structure, and a frozen sample of generated ones. `floors.json` beside it pins what was
//! reached. Where a change for the better lowers a figure on purpose, edit the floor in the same commit
//! and say why.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly, its helpers too"
)]

mod measure;

use std::collections::{BTreeMap, BTreeSet};

use measure::{Count, headings, plain};
use nianbao::Settings;
use serde_json::Value;

/// Characters of a piece of text that is looked for elsewhere.
const SHINGLE: usize = 8;

/// Title, headings and text of a record, in pieces of a few characters.
fn shingles(record: &Value) -> BTreeSet<String> {
    let mut text = record["title"].as_str().unwrap_or_default().to_owned();
    for section in record["sections"].as_array().into_iter().flatten() {
        text.push_str(section["number"].as_str().unwrap_or_default());
        text.push_str(section["heading"].as_str().unwrap_or_default());
        for content in section["content"].as_array().into_iter().flatten() {
            text.push_str(content["text"].as_str().unwrap_or_default());
        }
    }
    let characters: Vec<char> = plain(&text).chars().collect();
    let pieces = characters.windows(SHINGLE);
    pieces.map(|piece| piece.iter().collect()).collect()
}

fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let shared = one.intersection(other).count();
    shared as f64 / (one.len() + other.len() - shared).max(1) as f64
}

fn is_report(record: &Value) -> bool {
    record["kind"] == "annual_report"
}

/// Headings of a record without those that are items of a list in its truth: a sentence with a number
/// may be taken for either.
fn comparable_headings(have: &Value, want: &Value) -> BTreeSet<String> {
    let sections = want["sections"].as_array().into_iter().flatten();
    let contents = sections.flat_map(|section| section["content"].as_array().into_iter().flatten());
    let items: BTreeSet<String> = contents
        .filter(|content| content["type"] == "item")
        .map(|content| plain(content["text"].as_str().unwrap()))
        .map(|text| text.trim_end_matches(['。', ';', '；']).to_owned())
        .collect();
    let found = headings(have).into_iter();
    found
        .filter(|heading| {
            let text = heading.split(" < ").next().unwrap_or_default();
            !items.contains(text)
        })
        .collect()
}

#[test]
fn the_labelled_set_is_cut_and_outlined_as_well_as_ever() {
    let folder = nianbao_tests::root().join("fixtures/labelled");
    let truth = measure::truth(&folder);
    let reports = truth.values().flatten().filter(|one| is_report(one));
    assert!(reports.count() >= 60, "the set has shrunk");
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let settings = Settings::default();
    for (path, wanted) in &truth {
        let found = measure::found(&folder, path, &settings);
        measure_file(wanted, &found, &mut counts);
    }
    measure::hold(&counts, &folder.join("floors.json"));
}

fn measure_file(wanted: &[Value], found: &[Value], counts: &mut BTreeMap<&str, Count>) {
    let texts: Vec<BTreeSet<String>> = found.iter().map(shingles).collect();
    let mut free: BTreeSet<usize> = (0..found.len()).collect();
    let mut spoken: BTreeSet<String> = BTreeSet::new();
    for (record, text) in found.iter().zip(&texts) {
        if is_report(record) {
            spoken.extend(text.iter().cloned());
        }
    }
    let split = counts.entry("split").or_default();
    split.found += found.iter().filter(|one| is_report(one)).count();
    split.wanted += wanted.iter().filter(|one| is_report(one)).count();
    let own: BTreeSet<String> = wanted
        .iter()
        .filter(|one| is_report(one))
        .flat_map(shingles)
        .collect();
    for want in wanted {
        let text = shingles(want);
        let best = free
            .iter()
            .copied()
            .max_by(|a, b| likeness(&texts[*a], &text).total_cmp(&likeness(&texts[*b], &text)));
        let like = best.map_or(0.0, |at| likeness(&texts[at], &text));
        let have = best
            .filter(|_| like > 0.0)
            .map_or(&Value::Null, |at| &found[at]);
        let mut one = |what: &'static str, right: bool| {
            let count = counts.entry(what).or_default();
            count.right += usize::from(right);
            count.found += 1;
            count.wanted += 1;
        };
        if !is_report(want) {
            one("kind", like < 0.2 || have["kind"] == want["kind"]);
            let kept_out = counts.entry("other_kept_out").or_default();
            let foreign = text.difference(&own);
            let (inside, outside): (Vec<&String>, Vec<&String>) =
                foreign.partition(|piece| spoken.contains(*piece));
            kept_out.right += outside.len();
            kept_out.found += outside.len() + inside.len();
            kept_out.wanted += outside.len() + inside.len();
            continue;
        }
        one("kind", is_report(have));
        let title = |record: &Value| record["title"].as_str().map(plain);
        one("title", title(have) == title(want));
        let whole = is_report(have) && like >= 0.5;
        counts.entry("split").or_default().right += usize::from(whole);
        let have_headings = match have {
            Value::Null => BTreeSet::new(),
            have => comparable_headings(have, want),
        };
        let outline = counts.entry("outline").or_default();
        outline.add(&have_headings, &headings(want));
        if let Some(at) = best.filter(|_| whole) {
            free.remove(&at);
        }
    }
}
