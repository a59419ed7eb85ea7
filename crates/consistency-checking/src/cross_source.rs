//! Prose against table: for every indicator said in both.

use codebook::{Factor, Formula, Rule, Source, ValueType};
use model::{FindingStatus, Reading, ReadingStatus};

use crate::dimensions::Dimensions;
use crate::index::{Index, Key, Values};
use crate::interval::{self, Interval};
use crate::selection::{Instance, Others};
use crate::summary::{Single, Summary};
use crate::wording::{Comparable, Comparison, Language};

/// Compares every indicator that is read from a cell and from prose, same dimensions, period and
/// scope.
pub(crate) fn compare<'a>(rule: &'a Rule, index: &Index<'a>, summary: &mut Summary) {
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
                    blank: cells
                        .first()
                        .copied()
                        .filter(|_| reported(index, cells).is_empty()),
                };
                pair.compare(summary);
            }
        }
    }
}

/// An indicator said in prose and printed in a table.
struct Pair<'i, 'a> {
    rule: &'a Rule,
    index: &'i Index<'a>,
    context: &'i Dimensions<'a>,
    key: &'i Key<'a>,
    printed: &'i Values<'a>,
    prose: Vec<(usize, &'a Reading)>,
    cells: Vec<(usize, &'a Reading)>,
    blank: Option<usize>,
}

fn reported<'a>(index: &Index<'a>, positions: &[usize]) -> Vec<(usize, &'a Reading)> {
    let readings = positions
        .iter()
        .filter_map(|at| Some((*at, index.readings.get(*at)?)));
    readings
        .filter(|(_, reading)| reading.status == ReadingStatus::Reported && reading.value.is_some())
        .collect()
}

/// How a statement of prose stands to the table.
#[derive(Clone, Copy)]
enum Stand<'r> {
    /// A cell lies in what it says.
    Agrees,
    /// It gives what this formula of the rule says.
    Means(&'r Formula),
    /// Neither.
    Differs,
}

impl<'i, 'a> Pair<'i, 'a> {
    fn compare(&self, summary: &mut Summary) {
        let Some(first) = self.prose.first() else {
            return;
        };
        if self.cells.is_empty() {
            summary.add(self.finding(FindingStatus::Incomplete, first, Comparable::NoFigure));
            return;
        }
        let stands: Vec<Stand<'a>> = self
            .prose
            .iter()
            .map(|(_, statement)| self.stand(statement))
            .collect();
        let differs = stands.iter().any(|stand| matches!(stand, Stand::Differs));
        let agrees = stands.iter().any(|stand| !matches!(stand, Stand::Differs));
        for (statement, stand) in self.prose.iter().zip(&stands) {
            let (status, result) = match stand {
                Stand::Differs if !self.comparable(statement.1) => {
                    (FindingStatus::Incomplete, Comparable::Units)
                }
                // What a second statement contradicts is often said of something narrower.
                Stand::Differs if agrees => (FindingStatus::Incomplete, Comparable::Divided),
                Stand::Differs => (FindingStatus::Fail, Comparable::Differs),
                _ if differs => continue,
                Stand::Agrees => (FindingStatus::Pass, Comparable::Agrees),
                Stand::Means(formula) => {
                    let other = |language| self.other(formula, language);
                    let finding =
                        self.finding(FindingStatus::Pass, statement, Comparable::Means(&other));
                    summary.add(finding);
                    continue;
                }
            };
            summary.add(self.finding(status, statement, result));
        }
    }

    fn stand(&self, statement: &Reading) -> Stand<'a> {
        let Some(said) = self.interval(statement) else {
            return Stand::Differs;
        };
        let meets = |other: Interval| said.meets(other, other.low.abs() * 1e-9);
        if self
            .cells
            .iter()
            .filter_map(|(_, cell)| self.interval(cell))
            .any(meets)
        {
            return Stand::Agrees;
        }
        let meant = self.rule.formulas.iter().find(|formula| {
            // A blank could be anything: only figures explain a figure.
            self.speaks_of(formula)
                && formula.rest.iter().all(|(_, expression)| {
                    let other = self.instance().side(expression).interval;
                    other.single().is_some() && meets(other)
                })
        });
        meant.map_or(Stand::Differs, Stand::Means)
    }

    /// Whether a formula begins with this indicator, said in prose.
    fn speaks_of(&self, formula: &Formula) -> bool {
        let first = formula.first.terms.first().map(|term| &term.first);
        matches!(first, Some(Factor::Single(selector))
            if selector.source == Source::Prose && selector.indicator == self.key.indicator)
    }

    /// What prose means instead.
    fn other(&self, formula: &'a Formula, language: Language) -> String {
        let instance = self.instance();
        let sides = formula
            .rest
            .iter()
            .map(|(_, expression)| instance.side(expression));
        sides.map(|side| language.side(&side, &instance)).collect()
    }

    fn instance(&self) -> Instance<'i, 'a> {
        Instance {
            index: self.index,
            form: None,
            values: self.printed,
            contexts: &self.index.cells,
            prose: None,
            others: Others::default(),
            it: None,
            bindings: self.key.dimensions.clone(),
            context: self.context.clone(),
            table: None,
            named: &[],
        }
    }

    fn interval(&self, reading: &Reading) -> Option<Interval> {
        let codebook = self.index.codebook;
        let indicator = codebook.indicator(self.key.indicator);
        interval::of_reading(reading, indicator, &codebook.bounds)
    }

    /// Whether units allow a comparison: amounts need one on both sides, and people are not groups.
    fn comparable(&self, statement: &Reading) -> bool {
        let codebook = self.index.codebook;
        let indicator = codebook.indicator(self.key.indicator);
        let money = indicator.is_some_and(|it| it.value_type == ValueType::Money);
        let group = |reading: &Reading| {
            let unit = reading.unit.as_ref()?;
            let mut groups = codebook.bounds.apart.iter();
            groups.position(|group| group.contains(unit))
        };
        self.cells
            .iter()
            .all(|(_, cell)| match (group(statement), group(cell)) {
                _ if money => statement.unit.is_some() && cell.unit.is_some(),
                (Some(said), Some(printed)) => said == printed,
                _ => true,
            })
    }

    fn finding(
        &self,
        status: FindingStatus,
        (position, statement): &(usize, &Reading),
        result: Comparable<'_>,
    ) -> Single {
        let printed = self.cells.first().map(|(_, cell)| *cell);
        let key = self.key.within(self.context);
        let name = |language: Language| language.key(&key, self.index.codebook);
        let comparison = Comparison {
            name: &name,
            said: statement,
            printed,
            result,
        };
        let cells = self.cells.iter().map(|(position, _)| *position);
        Single {
            status,
            expected: statement.value,
            found: printed.and_then(|cell| cell.value),
            readings: cells.chain(self.blank).chain([*position]).collect(),
            message: Language::English.comparison(&comparison),
            message_zh: Language::Chinese.comparison(&comparison),
        }
    }
}
