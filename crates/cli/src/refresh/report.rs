//! The report of a night, for people.

use std::collections::BTreeMap;

use fetch::{Outcome, Visit};
use jiff::{SpanRound, Timestamp, Unit};

use super::exports::{self, Exported};
use super::night::Night;
use crate::diff;
use crate::report::{Cell, Part, Report, Table};

/// Rows of a table; the rest is in `changes.jsonl`.
const MOST: usize = 100;
/// Milliseconds that a request of a host takes on average for it to be called slow.
const SLOW: u64 = 2_000;
/// What came of addresses, in the order in which it is told.
const TOLD: [(Outcome, &str); 7] = [
    (Outcome::Gone, "Gone: the last version is kept"),
    (Outcome::Moved, "Moved"),
    (Outcome::Broken, "Broken: asked for again in the next night"),
    (Outcome::Deferred, "Deferred to a later night"),
    (Outcome::Changed, "Changed"),
    (Outcome::New, "New"),
    (Outcome::Excluded, "Excluded"),
];

/// What a night found.
pub(super) fn report(night: &Night) -> Report {
    let mut parts = vec![Part::Text(times(night.begun, night.ended))];
    parts.push(Part::Heading("Addresses asked for".into()));
    let outcomes = Outcome::ALL.iter();
    let counts = outcomes.map(|outcome| (outcome.word().to_owned(), night.count(*outcome)));
    parts.push(Part::Counts(counts.collect()));
    parts.push(Part::Heading("Records".into()));
    if night.is_first {
        parts.push(Part::Text("The first night: everything is new.".into()));
    } else if !night.extracted {
        let text = "Nothing that records are made from has changed.";
        parts.push(Part::Text(text.into()));
    } else if night.difference.changes.is_empty() {
        parts.push(Part::Text("No record has changed.".into()));
    }
    let changes = diff::tables(&night.difference.changes, MOST);
    parts.extend(changes.into_iter().map(Part::Table));
    if !night.exports.is_empty() {
        parts.push(Part::Heading("Exports".into()));
        parts.push(Part::Table(exports(&night.exports)));
    }
    parts.push(Part::Heading("Addresses".into()));
    let before = parts.len();
    let addresses = TOLD.iter().filter_map(|(outcome, title)| {
        let visits = night.visits.iter();
        let visits: Vec<&Visit> = visits.filter(|visit| visit.outcome == *outcome).collect();
        (!visits.is_empty()).then(|| addresses(title, &visits))
    });
    parts.extend(addresses.map(Part::Table));
    parts.extend(slow_hosts(&night.visits).map(Part::Table));
    if parts.len() == before {
        parts.push(Part::Text("All of them are as they were.".into()));
    }
    Report {
        title: format!("Night {}", night.run),
        parts,
    }
}

/// From when to when, in whole seconds, and how long.
fn times(begun: Timestamp, ended: Timestamp) -> String {
    let shown = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let round = SpanRound::new().largest(Unit::Hour).smallest(Unit::Second);
    let took = begun.until(ended).and_then(|span| span.round(round));
    let took = took.map(|span| format!(", {span:#}")).unwrap_or_default();
    format!("{} to {}{took}", shown(begun), shown(ended))
}

fn exports(exports: &[Exported]) -> Table {
    let columns = &["place", "outcome", "of what, or why not"];
    Table::of("Tables".into(), columns, exports, usize::MAX, |export| {
        let (outcome, why) = match &export.outcome {
            exports::Outcome::Written(records) => {
                (Cell::New("written".into()), format!("{records} records"))
            }
            exports::Outcome::Unchanged => (Cell::Text("as it was".into()), String::new()),
            exports::Outcome::Failed(why) => (Cell::Old("not written".into()), why.clone()),
        };
        let place = Cell::Text(export.place.display().to_string());
        vec![place, outcome, Cell::Text(why)]
    })
}

fn addresses(title: &str, visits: &[&Visit]) -> Table {
    let title = format!("{title} ({})", visits.len());
    Table::of(title, &["address", "result"], visits, MOST, |visit| {
        let why = match (&visit.moved_to, &visit.code, &visit.message) {
            (Some(to), None, _) => Cell::Address(to.clone()),
            (_, Some(code), Some(message)) => Cell::Text(format!("{code}: {message}")),
            _ => Cell::Text(visit.status.map(|it| it.to_string()).unwrap_or_default()),
        };
        vec![Cell::Address(visit.url.clone()), why]
    })
}

fn slow_hosts(visits: &[Visit]) -> Option<Table> {
    let mut hosts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for visit in visits {
        let host = hosts.entry(&visit.host).or_default();
        host.0 += u64::from(visit.requests);
        host.1 += visit.milliseconds;
    }
    let average = |(requests, time): (u64, u64)| time / requests.max(1);
    let mut slow: Vec<(u64, &str)> = hosts
        .into_iter()
        .map(|(host, sums)| (average(sums), host))
        .collect();
    slow.retain(|(time, _)| *time >= SLOW);
    slow.sort_by(|a, b| b.cmp(a));
    let table = |slow: &[(u64, &str)]| {
        let columns = &["host", "ms a request"];
        Table::of("Slow hosts".into(), columns, slow, MOST, |(time, host)| {
            vec![
                Cell::Text((*host).to_owned()),
                Cell::Number(time.to_string()),
            ]
        })
    };
    (!slow.is_empty()).then(|| table(&slow))
}
