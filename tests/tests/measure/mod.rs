//! How records are compared with their truth, and floors under the figures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use nianbao::{Input, Settings};
use serde_json::Value;

/// The records that the documents of a set should give, by path (`truth.jsonl`).
pub(crate) fn truth(folder: &Path) -> BTreeMap<String, Vec<Value>> {
    let mut truth: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let text = fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let path = record["source"]["path"].as_str().unwrap().to_owned();
        truth.entry(path).or_default().push(record);
    }
    truth
}

/// The records that a document gives, as they are written.
pub(crate) fn found(folder: &Path, path: &str, settings: &Settings) -> Vec<Value> {
    let bytes = fs::read(folder.join(path)).unwrap();
    let records = nianbao::extract(&bytes, &Input::named(path), settings).unwrap();
    let records = records.iter();
    records
        .map(|record| serde_json::to_value(record).unwrap())
        .collect()
}

/// What is right, what was found, what is wanted.
#[derive(Default, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) wanted: usize,
}

impl Count {
    pub(crate) fn add(&mut self, found: &BTreeSet<String>, wanted: &BTreeSet<String>) {
        self.right += found.intersection(wanted).count();
        self.found += found.len();
        self.wanted += wanted.len();
    }

    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }
}

/// Text as it is compared: without white space, in one width.
pub(crate) fn plain(text: &str) -> String {
    let folded = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '“' | '”' => '"',
        _ => c,
    };
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(folded)
        .collect()
}

/// The headings of a record, each with its parent.
pub(crate) fn headings(record: &Value) -> BTreeSet<String> {
    let sections = record["sections"].as_array().unwrap();
    let name = |id: &Value| {
        let section = sections.iter().find(|section| &section["id"] == id);
        section
            .and_then(|section| section["heading"].as_str())
            .map(plain)
    };
    let each = sections.iter().enumerate().filter_map(|(index, section)| {
        let heading = plain(section["heading"].as_str()?);
        Some(format!(
            "{heading} < {:?} #{index}",
            name(&section["parent"])
        ))
    });
    // The same heading may come twice; its index among the headings tells them apart only there.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    each.map(|heading| {
        let heading = heading
            .rsplit_once(" #")
            .map_or(heading.clone(), |(text, _)| text.to_owned());
        let count = seen.entry(heading.clone()).or_default();
        *count += 1;
        format!("{heading} {count}")
    })
    .collect()
}

/// Prints each figure and fails where one is below its floor: quality can only rise.
pub(crate) fn hold(counts: &BTreeMap<&str, Count>, floors: &Path) {
    let floors: BTreeMap<String, f64> =
        serde_json::from_str(&fs::read_to_string(floors).unwrap()).unwrap();
    let mut fallen = Vec::new();
    for (what, count) in counts {
        let floor = floors.get(*what).copied().unwrap_or(1.0);
        println!("{what:18} {:.4} (floor {floor})", count.f1());
        if count.f1() < floor {
            fallen.push(format!(
                "{what} {:.4} is below its floor {floor}",
                count.f1()
            ));
        }
    }
    assert_eq!(floors.len(), counts.len(), "every figure has a floor");
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
