//! How sure readings are, by how they were known and what the checks say of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use record::{
    Bound, Check, CheckStatus, ColumnMatch, Indicator, LabelMatch, Manner, Number, Origin,
    Phrasing, Shape, Status, Table,
};
use serde::Deserialize;

/// What the checks say of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// It takes part in one that holds, and in none that fails.
    Confirmed,
    /// It takes part in one that fails.
    Contradicted,
    /// No check has it.
    Silent,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    cell: OfCells,
    prose: OfProse,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfCells {
    base: f64,
    label: Labels,
    column: Columns,
    shape: Shapes,
    status: Statuses,
    check: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfProse {
    base: f64,
    phrasing: Phrasings,
    bound: Bounds,
    dimensions: Dimensions,
    check: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    same: f64,
    alike: f64,
    placed: f64,
    unlabelled: f64,
    borrowed: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    list: f64,
    header: f64,
    part_of_header: f64,
    counted: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shapes {
    grid: f64,
    ruled: f64,
    aligned: f64,
    flattened: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statuses {
    reported: f64,
    blank: f64,
    not_applicable: f64,
    unreadable: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    confirmed: f64,
    contradicted: f64,
    silent: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrasings {
    stated: f64,
    inverted: f64,
    announced: f64,
    shared: f64,
    denied: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    exact: f64,
    more_than: f64,
    less_than: f64,
    about: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dimensions {
    own: f64,
    of_other_time_or_scope: f64,
}

#[expect(
    clippy::expect_used,
    reason = "the file is compiled in, and a test reads it"
)]
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/confidence.toml")).expect("confidence.toml reads")
});

/// Sets the confidence of every indicator.
pub(super) fn weigh(indicators: &mut [Indicator], checks: &[Check], tables: &[Table]) {
    let words = words(indicators.len(), checks);
    let shapes: HashMap<&str, Shape> = tables
        .iter()
        .map(|table| (table.id.as_str(), table.shape))
        .collect();
    for (indicator, word) in indicators.iter_mut().zip(words) {
        let sum = indicator.how.map(|how| sum(indicator, how, word, &shapes));
        let share = sum.map(|sum| 1.0 / (1.0 + (-sum).exp()));
        indicator.confidence =
            share.and_then(|share| Number::new((share * 1_000.0).round() / 1_000.0));
    }
}

/// What the checks say of each of `count` indicators.
fn words(count: usize, checks: &[Check]) -> Vec<Word> {
    let mut words = vec![Word::Silent; count];
    for check in checks {
        let word = match check.status {
            CheckStatus::Pass => Word::Confirmed,
            CheckStatus::Fail => Word::Contradicted,
            CheckStatus::Incomplete => continue,
        };
        for of in &check.refs {
            if let Some(slot) = words.get_mut(of.index)
                && *slot != Word::Contradicted
            {
                *slot = word;
            }
        }
    }
    words
}

fn sum(indicator: &Indicator, how: Manner, word: Word, shapes: &HashMap<&str, Shape>) -> f64 {
    match how {
        Manner::Cell { label, column } => {
            let weights = &WEIGHTS.cell;
            let shape = match &indicator.from {
                Origin::Cell { table, .. } => shapes.get(table.as_str()),
                Origin::Statement { .. } => None,
            };
            weights.base
                + match label {
                    LabelMatch::Same => weights.label.same,
                    LabelMatch::Alike => weights.label.alike,
                    LabelMatch::Placed => weights.label.placed,
                    LabelMatch::Unlabelled => weights.label.unlabelled,
                    LabelMatch::Borrowed => weights.label.borrowed,
                }
                + match column {
                    ColumnMatch::List => weights.column.list,
                    ColumnMatch::Header => weights.column.header,
                    ColumnMatch::PartOfHeader => weights.column.part_of_header,
                    ColumnMatch::Counted => weights.column.counted,
                }
                + shape.map_or(0.0, |shape| match shape {
                    Shape::Grid => weights.shape.grid,
                    Shape::Ruled => weights.shape.ruled,
                    Shape::Aligned => weights.shape.aligned,
                    Shape::Flattened => weights.shape.flattened,
                })
                + match indicator.status {
                    Status::Reported => weights.status.reported,
                    Status::Blank => weights.status.blank,
                    Status::NotApplicable => weights.status.not_applicable,
                    Status::Unreadable => weights.status.unreadable,
                }
                + of_word(&weights.check, word)
        }
        Manner::Prose { phrasing } => {
            let weights = &WEIGHTS.prose;
            let elsewhere = ["period", "scope"]
                .iter()
                .any(|name| indicator.dims.contains_key(*name));
            weights.base
                + match phrasing {
                    Phrasing::Stated => weights.phrasing.stated,
                    Phrasing::Inverted => weights.phrasing.inverted,
                    Phrasing::Announced => weights.phrasing.announced,
                    Phrasing::Shared => weights.phrasing.shared,
                    Phrasing::Denied => weights.phrasing.denied,
                }
                + match indicator.bound {
                    Bound::Exact => weights.bound.exact,
                    Bound::MoreThan => weights.bound.more_than,
                    Bound::LessThan => weights.bound.less_than,
                    Bound::About => weights.bound.about,
                }
                + if elsewhere {
                    weights.dimensions.of_other_time_or_scope
                } else {
                    weights.dimensions.own
                }
                + of_word(&weights.check, word)
        }
    }
}

fn of_word(weights: &Words, word: Word) -> f64 {
    match word {
        Word::Confirmed => weights.confirmed,
        Word::Contradicted => weights.contradicted,
        Word::Silent => weights.silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_read() {
        assert!(WEIGHTS.cell.base > 0.0 && WEIGHTS.prose.base > 0.0);
    }

    #[test]
    fn what_a_check_bears_out_is_surer_than_what_none_has() {
        for weights in [&WEIGHTS.cell.check, &WEIGHTS.prose.check] {
            assert!(weights.silent < weights.confirmed, "{weights:?}");
        }
    }
}
