//! Two sets of records: what is lost, changed and new, ranked.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use record::Status;
use serde_json::{Value, json};

use super::kept::{Figure, Kept};
use crate::report::Cell;

/// Kinds of changes, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChangeKind {
    /// A record is not there any more.
    LostRecord,
    /// An indicator has no value any more.
    LostIndicator,
    /// An indicator has another value.
    Value,
    /// Who, when, what kind.
    Metadata,
    /// The same report in another document.
    Moved,
    /// An indicator has a value where it had none.
    NewIndicator,
    /// A record that was not there.
    NewRecord,
    /// Something else of the record.
    Text,
}

impl ChangeKind {
    pub(crate) const ALL: [Self; 8] = [
        Self::LostRecord,
        Self::LostIndicator,
        Self::Value,
        Self::Metadata,
        Self::Moved,
        Self::NewIndicator,
        Self::NewRecord,
        Self::Text,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::LostRecord => "lost_record",
            Self::LostIndicator => "lost_indicator",
            Self::Value => "value",
            Self::Metadata => "metadata",
            Self::Moved => "moved",
            Self::NewIndicator => "new_indicator",
            Self::NewRecord => "new_record",
            Self::Text => "text",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::LostRecord => "Lost records",
            Self::LostIndicator => "Indicators without a value now",
            Self::Value => "Changed values",
            Self::Metadata => "Changed metadata",
            Self::Moved => "Reports in another document",
            Self::NewIndicator => "Indicators with a value now",
            Self::NewRecord => "New records",
            Self::Text => "Other changes of the text",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) kind: ChangeKind,
    pub(crate) path: String,
    pub(crate) part: usize,
    record: String,
    agency: Option<String>,
    year: Option<i16>,
    indicator: Option<String>,
    dims: Option<String>,
    label: Option<String>,
    old: Value,
    new: Value,
    /// How large it is among its kind: from 0 to 1 for values, a count for records.
    score: f64,
    distance: f64,
}

/// What changed.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Ranked.
    pub(crate) changes: Vec<Change>,
    /// Documents and positions of the old records that are lost or changed.
    pub(crate) replaced: BTreeSet<(String, usize)>,
    pub(crate) unchanged: u64,
}

impl Change {
    fn new(kind: ChangeKind, record: &Kept) -> Self {
        Self {
            kind,
            path: record.path.clone(),
            part: record.part,
            record: record.id.clone(),
            agency: record.agency.clone(),
            year: record.year,
            indicator: None,
            dims: None,
            label: None,
            old: Value::Null,
            new: Value::Null,
            score: 0.0,
            distance: 0.0,
        }
    }

    /// The worst first, of its kind the largest; then by place.
    fn rank(&self) -> impl Ord {
        (
            self.kind,
            Reverse(order(self.score)),
            Reverse(order(self.distance)),
            &self.path,
            self.part,
            &self.indicator,
            &self.dims,
        )
    }

    /// As a line of JSON.
    pub(crate) fn shown(&self) -> Value {
        json!({
            "change": self.kind.word(),
            "path": self.path,
            "part": self.part,
            "record": self.record,
            "agency": self.agency,
            "year": self.year,
            "indicator": self.indicator,
            "dims": self.dims,
            "old": self.old,
            "new": self.new,
            "score": self.score,
            "message": self.message(),
        })
    }

    fn message(&self) -> String {
        match self.kind {
            ChangeKind::LostRecord => "the record is not there any more".into(),
            ChangeKind::NewRecord => "the record is new".into(),
            ChangeKind::Text => "the record differs in what is not compared one by one".into(),
            ChangeKind::Moved => format!(
                "the report was in {} and is in {}",
                text(&self.old),
                text(&self.new)
            ),
            _ => format!(
                "{} was {} and is {}",
                self.what(),
                text(&self.old),
                text(&self.new)
            ),
        }
    }

    fn what(&self) -> String {
        if matches!(self.kind, ChangeKind::LostRecord | ChangeKind::NewRecord) {
            return format!("{} indicators", self.score);
        }
        let name = self
            .label
            .as_deref()
            .or(self.indicator.as_deref())
            .unwrap_or_default();
        match self.dims.as_deref().filter(|dims| !dims.is_empty()) {
            Some(dims) => format!("{name} ({dims})"),
            None => name.to_owned(),
        }
    }

    /// As a row of a table.
    pub(crate) fn row(&self) -> Vec<Cell> {
        let year = self.year.map(|year| year.to_string());
        vec![
            Cell::Text(self.agency.clone().unwrap_or_default()),
            Cell::Text(year.unwrap_or_default()),
            Cell::Text(self.what()),
            Cell::Old(text(&self.old)),
            Cell::New(text(&self.new)),
            Cell::Address(self.path.clone()),
        ]
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "–".into(),
        Value::String(text) => text.clone(),
        Value::Object(figure) => match figure.get("value") {
            Some(Value::Null) | None => figure.get("status").map(text).unwrap_or_default(),
            Some(value) => text(value),
        },
        other => other.to_string(),
    }
}

/// Compares two sets of records. The order of either does not matter.
pub(crate) fn compare(old: Vec<Kept>, new: Vec<Kept>) -> Difference {
    let mut difference = Difference::default();
    let mut new: BTreeMap<(String, usize), Kept> =
        new.into_iter().map(|kept| (kept.key(), kept)).collect();
    let mut lost = Vec::new();
    for old in old {
        match new.remove(&old.key()) {
            Some(new) => difference.pair(&old, &new),
            None => lost.push(old),
        }
    }
    let mut by_report: BTreeMap<_, Vec<(String, usize)>> = BTreeMap::new();
    for kept in new.values() {
        if let Some(report) = report(kept) {
            by_report.entry(report).or_default().push(kept.key());
        }
    }
    for old in lost {
        let same = report(&old).and_then(|report| by_report.get(&report));
        let only = same.and_then(|keys| {
            if let [key] = keys.as_slice() {
                new.remove(key)
            } else {
                None
            }
        });
        match only {
            Some(new) => {
                let mut change = Change::new(ChangeKind::Moved, &new);
                (change.old, change.new) = (old.path.clone().into(), new.path.clone().into());
                difference.changes.push(change);
                difference.pair(&old, &new);
            }
            None => difference.lost(&old),
        }
    }
    for new in new.values() {
        let mut change = Change::new(ChangeKind::NewRecord, new);
        change.score = count(new);
        difference.changes.push(change);
    }
    difference
        .changes
        .sort_by(|one, other| one.rank().cmp(&other.rank()));
    difference
}

/// A number that is never NaN, in an order.
fn order(number: f64) -> u64 {
    number.max(0.0).to_bits()
}

#[expect(clippy::cast_precision_loss, reason = "a count of indicators is small")]
fn count(record: &Kept) -> f64 {
    record.indicators.len() as f64
}

/// Whose report of which year, where both are known.
fn report(record: &Kept) -> Option<(String, Option<String>, i16)> {
    let agency = record.agency.clone().filter(|_| record.is_report)?;
    Some((agency, record.region.clone(), record.year?))
}

impl Difference {
    /// How many changes are of a kind.
    pub(crate) fn count(&self, kind: ChangeKind) -> usize {
        self.changes
            .iter()
            .filter(|change| change.kind == kind)
            .count()
    }

    fn lost(&mut self, old: &Kept) {
        let mut change = Change::new(ChangeKind::LostRecord, old);
        change.score = count(old);
        self.changes.push(change);
        self.replaced.insert(old.key());
    }

    fn pair(&mut self, old: &Kept, new: &Kept) {
        if old.hash == new.hash {
            self.unchanged += 1;
            return;
        }
        self.replaced.insert(old.key());
        let before = self.changes.len();
        for ((name, was), (_, is)) in old.metadata.iter().zip(&new.metadata) {
            if was != is {
                let mut change = Change::new(ChangeKind::Metadata, new);
                change.indicator = Some((*name).to_owned());
                (change.old, change.new) = (was.clone(), is.clone());
                self.changes.push(change);
            }
        }
        let keys: BTreeSet<_> = old.indicators.keys().chain(new.indicators.keys()).collect();
        for key in keys {
            let (was, is) = (old.indicators.get(key), new.indicators.get(key));
            if let Some((kind, score, distance)) = change_of(was, is) {
                let figure = |figure: Option<&Figure>| figure.map_or(Value::Null, shown);
                self.changes.push(Change {
                    indicator: Some(key.0.clone()),
                    dims: Some(key.1.clone()),
                    label: is.or(was).map(|figure| figure.label.clone()),
                    old: figure(was),
                    new: figure(is),
                    score,
                    distance,
                    ..Change::new(kind, new)
                });
            }
        }
        if self.changes.len() == before {
            self.changes.push(Change::new(ChangeKind::Text, new));
        }
    }
}

fn shown(figure: &Figure) -> Value {
    let value = figure.value.and_then(record::Number::new);
    json!({ "value": value, "status": figure.status, "raw": figure.raw })
}

/// What changed of an indicator, and how much: relative to the larger of both, then in itself.
fn change_of(old: Option<&Figure>, new: Option<&Figure>) -> Option<(ChangeKind, f64, f64)> {
    let value = |figure: Option<&Figure>| {
        figure
            .filter(|figure| figure.status == Status::Reported)
            .and_then(|figure| figure.value)
    };
    match (value(old), value(new)) {
        (Some(old), Some(new)) => {
            let distance = (old - new).abs();
            let largest = old.abs().max(new.abs());
            (distance > 0.0).then(|| (ChangeKind::Value, distance / largest, distance))
        }
        (Some(old), None) => Some((ChangeKind::LostIndicator, 0.0, old.abs())),
        (None, Some(new)) => Some((ChangeKind::NewIndicator, 0.0, new.abs())),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str, agency: &str, figures: &[(&str, Option<f64>)]) -> Kept {
        let indicators = figures.iter().map(|(id, value)| {
            let status = if value.is_some() {
                Status::Reported
            } else {
                Status::Blank
            };
            let figure = Figure {
                status,
                value: *value,
                raw: String::new(),
                label: (*id).to_owned(),
            };
            (((*id).to_owned(), String::new(), 0), figure)
        });
        let indicators: BTreeMap<_, _> = indicators.collect();
        let mut hash = [0; 32];
        let text = format!("{agency}{indicators:?}");
        text.bytes()
            .enumerate()
            .for_each(|(at, byte)| hash[at % 32] ^= byte.rotate_left((at / 32 % 8) as u32));
        Kept {
            path: path.into(),
            part: 0,
            id: path.into(),
            is_report: true,
            agency: Some(agency.into()),
            region: None,
            year: Some(2023),
            metadata: vec![("agency", agency.into())],
            indicators,
            hash,
        }
    }

    #[test]
    fn what_is_lost_comes_first_and_then_the_largest_changes() {
        let old = vec![
            record(
                "a",
                "甲局",
                &[
                    ("x", Some(100.0)),
                    ("y", Some(10.0)),
                    ("z", Some(1.0)),
                    ("n", None),
                ],
            ),
            record("b", "乙局", &[("x", Some(1.0))]),
            record("c", "丙局", &[("x", Some(5.0))]),
            record("d", "丁局", &[("x", Some(7.0))]),
        ];
        let new = vec![
            record(
                "a",
                "甲局",
                &[
                    ("x", Some(101.0)),
                    ("y", Some(1_000.0)),
                    ("z", None),
                    ("n", Some(0.0)),
                ],
            ),
            record("c", "丙局", &[("x", Some(5.0))]),
            record("e", "丁局", &[("x", Some(7.0))]),
            record("f", "戊局", &[]),
        ];
        let difference = compare(old.clone(), new.clone());
        let found: Vec<(&str, &str)> = difference
            .changes
            .iter()
            .map(|change| {
                (
                    change.kind.word(),
                    change.indicator.as_deref().unwrap_or(&change.path),
                )
            })
            .collect();
        let expected = [
            ("lost_record", "b"),
            ("lost_indicator", "z"),
            ("value", "y"),
            ("value", "x"),
            ("moved", "e"),
            ("new_indicator", "n"),
            ("new_record", "f"),
        ];
        assert_eq!(found, expected);
        assert_eq!(difference.unchanged, 2);
        let replaced: Vec<&str> = difference
            .replaced
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(replaced, ["a", "b"]);
        let mut turned = (old.clone(), new);
        turned.0.reverse();
        turned.1.reverse();
        assert_eq!(compare(turned.0, turned.1).changes, difference.changes);
        assert!(compare(old.clone(), old).changes.is_empty());
    }
}
