//! Prose against table: for every indicator said in both.

use codebook::{Factor, Formula, Rule, Source, ValueType};
use model::{FindingStatus, Reading, ReadingStatus};

use crate::evaluation::Instance;
use crate::index::{Dimensions, Index, Key, Values};
use crate::interval::{self, Interval};
use crate::summary::{Single, Summary};
use crate::wording::Language;

/// Compares every indicator that is read from a cell and from prose, same dimensions, period and
/// scope.
pub(crate) fn compare(rule: &Rule, index: &Index<'_>, summary: &mut Summary) {
    for (context, said) in &index.prose {
        let Some(printed) = index.cells.get(context) else {
            continue;
        };
        for (key, prose) in said {
            if let Some(cells) = printed.get(key) {
                let pair = Pair {
                    rule,
                    index,
                    context,
                    key,
                    printed,
                    prose: reported(index, prose),
                    cells: reported(index, cells),
                    blank: cells.first().copied(),
                };
                pair.compare(summary);
            }
        }
    }
}

/// An indicator said in prose and printed in a table.
struct Pair<'i, 'a> {
    rule: &'i Rule,
    index: &'i Index<'a>,
    context: &'i Dimensions<'a>,
    key: &'i Key<'a>,
    printed: &'i Values<'a>,
    prose: Vec<(usize, &'a Reading)>,
    cells: Vec<(usize, &'a Reading)>,
    blank: Option<usize>,
}

fn reported<'a>(index: &Index<'a>, positions: &[usize]) -> Vec<(usize, &'a Reading)> {
    let readings = positions.iter().filter_map(|at| Some((*at, index.readings.get(*at)?)));
    readings
        .filter(|(_, reading)| reading.status == ReadingStatus::Reported && reading.value.is_some())
        .collect()
}

impl Pair<'_, '_> {
    fn compare(&self, summary: &mut Summary) {
        let Some(first) = self.prose.first() else {
            return;
        };
        let Some(cell) = self.cells.first() else {
            summary.add(self.finding(FindingStatus::Incomplete, first, None));
            return;
        };
        let (agreeing, others): (Vec<&(usize, &Reading)>, Vec<_>) =
            self.prose.iter().partition(|(_, statement)| self.agrees(statement));
        // A figure that a second statement contradicts is often said of something narrower.
        let status = match (agreeing.is_empty(), others.is_empty()) {
            (_, true) => FindingStatus::Pass,
            (true, false) => FindingStatus::Fail,
            (false, false) => FindingStatus::Incomplete,
        };
        for statement in if others.is_empty() { agreeing } else { others } {
            let judged = if self.comparable(statement.1) { status } else { FindingStatus::Incomplete };
            summary.add(self.finding(judged, statement, Some(cell)));
        }
    }

    /// Whether a cell, or what else prose may mean, lies in what a statement says.
    fn agrees(&self, statement: &Reading) -> bool {
        let Some(said) = self.interval(statement) else {
            return false;
        };
        let meets = |other: Interval| said.meets(other, other.low.abs() * 1e-9);
        let mut cells = self.cells.iter().filter_map(|(_, cell)| self.interval(cell));
        cells.any(meets) || self.rule.formulas.iter().any(|formula| self.means(formula, &meets))
    }

    fn means(&self, formula: &Formula, meets: &impl Fn(Interval) -> bool) -> bool {
        let Some(Factor::Single(selector)) = formula.first.terms.first().map(|term| &term.first) else {
            return false;
        };
        if selector.source != Source::Prose || selector.indicator != self.key.indicator {
            return false;
        }
        let instance = Instance {
            index: self.index,
            form: None,
            values: self.printed,
            prose: None,
            it: None,
            bindings: self.key.dimensions.clone(),
            context: self.context.clone(),
            table: None,
        };
        formula.rest.iter().all(|(_, expression)| {
            // A blank could be anything: only figures explain a figure.
            let other = instance.side(expression).interval;
            other.single().is_some() && meets(other)
        })
    }

    fn interval(&self, reading: &Reading) -> Option<Interval> {
        let codebook = self.index.codebook;
        let indicator = codebook.indicator(self.key.indicator);
        interval::of_reading(reading, indicator, &codebook.bounds)
    }

    /// Amounts can be compared only where both have a unit.
    fn comparable(&self, statement: &Reading) -> bool {
        let indicator = self.index.codebook.indicator(self.key.indicator);
        let money = indicator.is_some_and(|it| it.value_type == ValueType::Money);
        let unit = |reading: &Reading| reading.unit.is_some();
        !money || (unit(statement) && self.cells.iter().all(|(_, cell)| unit(cell)))
    }

    fn finding(
        &self,
        status: FindingStatus,
        (position, statement): &(usize, &Reading),
        cell: Option<&(usize, &Reading)>,
    ) -> Single {
        let table = cell.map(|(_, cell)| *cell);
        let agrees = status == FindingStatus::Pass;
        let message = |language: Language| {
            language.comparison(self.key, self.context, self.index, statement, table, agrees)
        };
        let cells = self.cells.iter().map(|(position, _)| *position);
        Single {
            status,
            expected: statement.value,
            found: table.and_then(|cell| cell.value),
            readings: cells.chain(self.blank).chain([*position]).collect(),
            message: message(Language::English),
            message_zh: message(Language::Chinese),
        }
    }
}
