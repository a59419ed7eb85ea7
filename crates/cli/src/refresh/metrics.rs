//! A night in the text format of Prometheus, for the textfile collector of its node exporter.

use std::fmt::Write as _;

use fetch::Outcome;

use super::exports;
use super::night::Night;
use crate::diff::ChangeKind;

/// The file's text.
pub(super) fn text(night: &Night) -> String {
    let mut text = String::new();
    let mut metric = |name: &str, about: &str, values: &[(String, f64)]| {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "# HELP nianbao_refresh_{name} {about}\n# TYPE nianbao_refresh_{name} gauge"
        );
        for (labels, value) in values {
            let _ = writeln!(text, "nianbao_refresh_{name}{labels} {value}");
        }
    };
    let outcomes = Outcome::ALL.map(|outcome| {
        (
            format!("{{outcome=\"{}\"}}", outcome.word()),
            number(night.count(outcome)),
        )
    });
    metric(
        "addresses",
        "Addresses of the last night, by what came of them.",
        &outcomes,
    );
    let changes = ChangeKind::ALL.map(|kind| {
        (
            format!("{{change=\"{}\"}}", kind.word()),
            number(night.difference.count(kind)),
        )
    });
    metric(
        "changes",
        "Changes of records in the last night, by kind.",
        &changes,
    );
    let exports = exports::Outcome::WORDS.map(|word| {
        let exports = night.exports.iter();
        let count = exports.filter(|export| export.outcome.word() == word);
        (format!("{{outcome=\"{word}\"}}"), number(count.count()))
    });
    metric(
        "exports",
        "Exports of the last night, by what came of them.",
        &exports,
    );
    let single = |value: f64| [(String::new(), value)];
    let took = night.ended.duration_since(night.begun).as_secs_f64();
    metric(
        "duration_seconds",
        "How long the last night took.",
        &single(took),
    );
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of a date are exact in a float for longer than this runs"
    )]
    let ended = night.ended.as_second() as f64;
    metric(
        "last_success_timestamp_seconds",
        "When the last night ended.",
        &single(ended),
    );
    text
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of addresses are far below where a float is not exact"
)]
fn number(count: usize) -> f64 {
    count as f64
}
