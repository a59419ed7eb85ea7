//! Rules over several reports: the year before, the agencies below, the same report twice.

use std::ops::Range;

use codebook::{AgencyProperty, Codebook, Condition, Formula, Rule, RuleKind, RuleScope};
use model::{Bound, Finding, FindingStatus, Reading, ReadingStatus};

use crate::index::{Contexts, Index, Values};
use crate::interval;
use crate::repetition::Repetition;
use crate::selection::Others;
use crate::summary::{Single, Summary};
use crate::wording::Language;

/// The reports of one agency and year, and those that rules hold beside them.
///
/// Tables of different records must have different numbers. [`Finding::readings`] count through
/// `own`, then `previous`, then `parts`, in their order.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Neighbourhood {
    /// The readings of each record of the agency and year.
    pub own: Vec<Vec<Reading>>,
    /// The readings of each record of the same agency for the year before.
    pub previous: Vec<Vec<Reading>>,
    /// The readings of each agency below for the same year, their scope left out.
    pub parts: Vec<Vec<Reading>>,
    /// The level of the agency in the word of records: `county`.
    pub level: Option<String>,
    /// The kind of body in the word of records: `department`.
    pub body: Option<String>,
}

/// Evaluates the rules over several reports, in the order of the codebook.
pub fn check_across(neighbourhood: &Neighbourhood, codebook: &Codebook) -> Vec<Finding> {
    let mut arena: Vec<Reading> = Vec::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let several = [
        &neighbourhood.own,
        &neighbourhood.previous,
        &neighbourhood.parts,
    ];
    for readings in several.into_iter().flatten() {
        let start = arena.len();
        arena.extend_from_slice(readings);
        ranges.push(start..arena.len());
    }
    let (own, rest) = ranges.split_at(neighbourhood.own.len());
    let (previous, parts) = rest.split_at(neighbourhood.previous.len());
    let index = |ranges: &[Range<usize>]| {
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else {
            return Index::of_range(&arena, 0..0, codebook);
        };
        Index::of_range(&arena, first.start..last.end, codebook)
    };
    let reports = Reports {
        own: index(own),
        previous: index(previous),
        parts: parts
            .iter()
            .map(|range| index(std::slice::from_ref(range)))
            .collect(),
    };
    let mut findings = Vec::new();
    let across = codebook.rules.iter();
    for rule in across.filter(|rule| rule.scope == RuleScope::Across) {
        let mut summary = Summary::default();
        if rule.kind == RuleKind::Repeated {
            repeated(rule, &reports.own, own, &mut summary);
        } else {
            let holds = |formula: &Formula| {
                let mut conditions = formula.conditions.iter();
                conditions.all(|condition| meets(condition, neighbourhood))
            };
            reports.evaluate(rule, holds, &mut summary);
        }
        findings.extend(summary.findings(&rule.id));
    }
    findings
}

/// Whether the agency is of the kind stated; no where that is not known.
fn meets(condition: &Condition, neighbourhood: &Neighbourhood) -> bool {
    let word = match condition.property {
        AgencyProperty::Level => &neighbourhood.level,
        AgencyProperty::Body => &neighbourhood.body,
    };
    word.as_ref()
        .is_some_and(|word| condition.values.contains(word))
}

struct Reports<'a> {
    own: Index<'a>,
    previous: Index<'a>,
    parts: Vec<Index<'a>>,
}

impl<'a> Reports<'a> {
    fn evaluate(
        &self,
        rule: &'a Rule,
        holds: impl Fn(&Formula) -> bool + Copy,
        summary: &mut Summary,
    ) {
        let previous = self.previous.cells_for(rule);
        let parts: Vec<Contexts<'a>> = self
            .parts
            .iter()
            .map(|index| index.cells_for(rule))
            .collect();
        for (form, contexts) in &self.own.forms {
            if !rule.holds_for(form) {
                continue;
            }
            let repetition = Repetition {
                rule,
                index: &self.own,
                form: Some(form),
                others: Others {
                    previous: Some(&previous),
                    parts: &parts,
                },
            };
            repetition.run(contexts, holds, |formula, instance, outcome| {
                crate::add(rule, formula, instance, outcome, summary);
            });
        }
    }
}

/// What one record prints for a key: one number, and the reading that has it.
fn printed(index: &Index<'_>, positions: &[usize], range: &Range<usize>) -> Option<(usize, f64)> {
    let mut numbers = positions
        .iter()
        .filter(|at| range.contains(at))
        .filter_map(|at| {
            let reading = index.readings.get(*at)?;
            let told = reading.status == ReadingStatus::Reported && reading.bound == Bound::Exact;
            let unit = reading.unit.as_deref().unwrap_or_default();
            let value = reading.value.filter(|_| told)?;
            Some((*at, value * interval::scale(unit)))
        });
    let first = numbers.next()?;
    // What contradicts itself says nothing of others.
    numbers
        .all(|(_, value)| same(value, first.1))
        .then_some(first)
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 1e-9
}

/// Compares what several records print in the same cells of the same form.
fn repeated(rule: &Rule, index: &Index<'_>, records: &[Range<usize>], summary: &mut Summary) {
    if records.len() < 2 {
        return;
    }
    let cells = index
        .forms
        .iter()
        .filter(|(form, _)| rule.holds_for(form))
        .flat_map(|(_, contexts)| contexts)
        .flat_map(|(context, values): (_, &Values<'_>)| {
            values.iter().map(move |(key, at)| (context, key, at))
        });
    let mut agreeing = Vec::new();
    let mut differing = Vec::new();
    for (context, key, positions) in cells {
        let mut told = records
            .iter()
            .filter_map(|range| printed(index, positions, range));
        let Some(first) = told.next() else {
            continue;
        };
        for other in told {
            if same(first.1, other.1) {
                agreeing.push((context, key, first, other));
            } else {
                differing.push((context, key, first, other));
            }
        }
    }
    // Zeros agree wherever two reports are empty: they say little of whether it is one report.
    let telling = agreeing
        .iter()
        .filter(|(_, _, first, _)| first.1 != 0.0)
        .count();
    let doubtful = differing.len() > telling;
    for (context, key, first, other) in differing.iter().chain(&agreeing) {
        let agrees = same(first.1, other.1);
        let status = match (agrees, doubtful) {
            (true, _) => FindingStatus::Pass,
            (false, true) => FindingStatus::Incomplete,
            (false, false) => FindingStatus::Fail,
        };
        let readings = [first.0, other.0];
        let sentence = |language: Language| {
            let written = |at: usize| {
                let reading = index.readings.get(at);
                reading.map_or_else(String::new, |reading| language.written(reading))
            };
            let name = language.key(&key.within(context), index.codebook);
            let values = (written(first.0), written(other.0));
            language.repeated(&name, &values, status, rule)
        };
        summary.add_with(
            status,
            false,
            || Single {
                status,
                expected: Some(first.1),
                found: Some(other.1),
                readings: readings.to_vec(),
                message: sentence(Language::English),
                message_zh: sentence(Language::Chinese),
            },
            readings,
        );
    }
}
