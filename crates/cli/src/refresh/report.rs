//! The report of a night, for people.

use std::collections::BTreeMap;

use fetch::{Outcome, Visit};

use super::night::Night;
use crate::diff;

/// Rows of a table; the rest is in `changes.jsonl`.
const MOST: usize = 100;
/// Milliseconds that a request of a host takes on average for it to be called slow.
const SLOW: u64 = 2_000;

/// The report as Markdown.
pub(super) fn markdown(night: &Night) -> String {
    let mut text = format!(
        "# Night {}\n\n{} to {}\n\n",
        night.run, night.begun, night.ended
    );
    text.push_str("| addresses | |\n|---|---:|\n");
    for outcome in Outcome::ALL {
        text.push_str(&format!(
            "| {} | {} |\n",
            outcome.word(),
            night.count(outcome)
        ));
    }
    text.push_str("\n## Records\n\n");
    if night.is_first {
        text.push_str("The first night: everything is new.\n\n");
    } else if !night.extracted {
        text.push_str("Nothing that records are made from has changed.\n\n");
    } else if night.difference.changes.is_empty() {
        text.push_str("No record has changed.\n\n");
    }
    text.push_str(&diff::markdown(&night.difference.changes, MOST));
    text.push_str("## Addresses\n\n");
    for outcome in [
        Outcome::Gone,
        Outcome::Moved,
        Outcome::Broken,
        Outcome::Deferred,
        Outcome::Changed,
        Outcome::New,
        Outcome::Excluded,
    ] {
        let visits: Vec<&Visit> = night
            .visits
            .iter()
            .filter(|visit| visit.outcome == outcome)
            .collect();
        text.push_str(&addresses(outcome, &visits));
    }
    text.push_str(&slow_hosts(&night.visits));
    text
}

fn addresses(outcome: Outcome, visits: &[&Visit]) -> String {
    if visits.is_empty() {
        return String::new();
    }
    let mut text = format!("### {} ({})\n\n", outcome.word(), visits.len());
    for visit in visits.iter().take(MOST) {
        let why = match (&visit.moved_to, &visit.code, &visit.message) {
            (Some(to), None, _) => format!(" → {to}"),
            (_, Some(code), Some(message)) => format!(": {code}: {message}"),
            _ => String::new(),
        };
        text.push_str(&format!(
            "* {}{}\n",
            visit.url,
            why.replace(['\n', '\r'], " ")
        ));
    }
    if visits.len() > MOST {
        text.push_str(&format!(
            "* {} more in `changes.jsonl`\n",
            visits.len() - MOST
        ));
    }
    text.push('\n');
    text
}

fn slow_hosts(visits: &[Visit]) -> String {
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
    if slow.is_empty() {
        return String::new();
    }
    let mut text = String::from("### slow hosts\n\n| host | ms a request |\n|---|---:|\n");
    for (time, host) in slow.iter().take(MOST) {
        text.push_str(&format!("| {host} | {time} |\n"));
    }
    text
}
