//! Figures that the text pairs with a reading: its share of a whole, its growth, the parts of its list.

use codebook::{Formula, Rule, matches};
use model::{FindingStatus, Origin, Paired, PairedRole, Reading, ReadingStatus};

use crate::dimensions::Dimensions;
use crate::evaluation::{self, Verdict};
use crate::index::{Contexts, Index, Key, Values};
use crate::interval::{self, Interval};
use crate::selection::{Instance, Others};
use crate::summary::{Single, Summary};
use crate::wording::{Language, figure};

/// Evaluates a rule's formulas over paired figures for every reading of prose that has what they name.
pub(crate) fn check(rule: &Rule, index: &Index<'_>, summary: &mut Summary) {
    let over_pairs = |formula: &&Formula| formula.selectors().any(codebook::Selector::is_paired);
    for formula in rule.formulas.iter().filter(over_pairs) {
        for (context, values) in &index.prose {
            for (key, positions) in values {
                for position in positions {
                    if let Some(reading) = index.readings.get(*position)
                        && !reading.paired.is_empty()
                        && reading.status == ReadingStatus::Reported
                    {
                        let one = One {
                            rule,
                            index,
                            formula,
                            context,
                            key,
                            position: *position,
                            reading,
                        };
                        one.check(summary);
                    }
                }
            }
        }
    }
}

/// A reading and a formula.
struct One<'i, 'a> {
    rule: &'i Rule,
    index: &'i Index<'a>,
    formula: &'i Formula,
    context: &'i Dimensions<'a>,
    key: &'i Key<'a>,
    position: usize,
    reading: &'a Reading,
}

/// What a formula comes to with one whole, or without.
struct Outcome {
    holds: bool,
    whole: Option<usize>,
    computed: f64,
}

impl<'a> One<'_, 'a> {
    fn names(&self, name: &str) -> bool {
        let mut selectors = self.formula.selectors();
        selectors.any(|selector| selector.indicator == name)
    }

    fn paired(&self, role: PairedRole) -> impl Iterator<Item = &'a Paired> {
        let paired = self.reading.paired.iter();
        paired.filter(move |paired| paired.role == role)
    }

    fn check(&self, summary: &mut Summary) {
        let mut named: Vec<(&'static str, Interval, usize)> = Vec::new();
        let mut name = |name, interval| named.push((name, interval, self.position));
        let Some(value) = self.interval(self.reading) else {
            return;
        };
        name("value", value);
        for role in [PairedRole::Share, PairedRole::Growth, PairedRole::Former] {
            if let Some(paired) = self.paired(role).next() {
                let interval = if role == PairedRole::Former {
                    Interval::point(paired.value)
                } else {
                    Interval::percentage(paired.value, &paired.raw)
                };
                name(role_name(role), interval);
            }
        }
        if !self.parts().is_empty() {
            name(role_name(PairedRole::Part), Interval::point(self.sum()));
        }
        let known = |name: &str| named.iter().any(|(known, ..)| *known == name);
        let mut selectors = self.formula.selectors();
        if !selectors.all(|it| it.indicator == "whole" || known(&it.indicator)) {
            return;
        }
        if !self.names("whole") {
            if let Some(outcome) = self.outcome(&named, None) {
                self.tell(&outcome, true, summary);
            }
            return;
        }
        // A table's figure may be the whole that is meant, but proves nothing against prose.
        let said = self.wholes(&self.index.prose);
        let printed = self.wholes(&self.index.cells);
        let outcomes = |wholes: &[(usize, Interval)]| -> Vec<Outcome> {
            let outcomes = wholes.iter();
            outcomes
                .filter_map(|whole| self.outcome(&named, Some(*whole)))
                .collect()
        };
        let (said, printed) = (outcomes(&said), outcomes(&printed));
        if let Some(outcome) = said.iter().chain(&printed).find(|outcome| outcome.holds) {
            self.tell(outcome, true, summary);
        } else if let Some(first) = said.first() {
            self.tell(first, said.len() == 1 && printed.is_empty(), summary);
        }
    }

    fn interval(&self, reading: &Reading) -> Option<Interval> {
        let codebook = self.index.codebook;
        let indicator = codebook.indicator(&reading.indicator);
        interval::of_reading(reading, indicator, &codebook.bounds)
    }

    /// The parts of a closed list, where the rule knows them for parts of this whole.
    fn parts(&self) -> Vec<&'a Paired> {
        let is_part = |part: &&Paired| {
            let indicator = part.indicator.as_deref().unwrap_or_default();
            self.wholes_of(indicator)
                .any(|whole| whole == self.reading.indicator)
        };
        let parts: Vec<&Paired> = self.paired(PairedRole::Part).collect();
        if parts.iter().all(is_part) {
            parts
        } else {
            Vec::new()
        }
    }

    fn wholes_of(&self, part: &str) -> impl Iterator<Item = &str> {
        let wholes = self.rule.wholes.iter();
        let wholes = wholes.filter(move |(pattern, _)| matches(pattern, part));
        wholes.flat_map(|(_, wholes)| wholes).map(String::as_str)
    }

    /// The values that may be the whole of this one: of the same period and scope, broken down by no more.
    fn wholes(&self, contexts: &Contexts<'a>) -> Vec<(usize, Interval)> {
        let empty = Values::new();
        let values = contexts.get(self.context).unwrap_or(&empty);
        let mut found: Vec<(usize, Interval)> = Vec::new();
        for whole in self.wholes_of(self.key.indicator) {
            let keys = values.iter().filter(|(key, _)| {
                let within =
                    |(name, value): (&str, &str)| self.key.dimensions.get(name) == Some(value);
                key.indicator == whole && *key != self.key && key.dimensions.iter().all(within)
            });
            for position in keys.flat_map(|(_, positions)| positions) {
                let interval = self
                    .index
                    .readings
                    .get(*position)
                    .and_then(|reading| self.interval(reading));
                if let Some(interval) = interval
                    && found.iter().all(|(_, known)| *known != interval)
                {
                    found.push((*position, interval));
                }
            }
        }
        found
    }

    fn outcome(
        &self,
        named: &[(&'static str, Interval, usize)],
        whole: Option<(usize, Interval)>,
    ) -> Option<Outcome> {
        let mut named = named.to_vec();
        named.extend(whole.map(|(at, interval)| ("whole", interval, at)));
        let contexts = Contexts::new();
        let values = Values::new();
        let instance = Instance {
            index: self.index,
            form: None,
            values: &values,
            contexts: &contexts,
            prose: None,
            others: Others::default(),
            it: None,
            bindings: Dimensions::new(),
            context: self.context.clone(),
            table: None,
            named: &named,
        };
        let (relation, right) = self.formula.rest.first()?;
        let left = instance.side(&self.formula.first);
        let right = instance.side(right);
        let verdict = evaluation::verdict(&left, *relation, &right, self.rule);
        Some(Outcome {
            holds: verdict != Verdict::Broken,
            whole: whole.map(|(at, _)| at),
            computed: (right.interval.low + right.interval.high) / 2.0,
        })
    }

    /// Adds what came of it; a break that is not `proved` asks for a look.
    fn tell(&self, outcome: &Outcome, proved: bool, summary: &mut Summary) {
        let status = match (outcome.holds, proved && !self.formula.soft) {
            (true, _) => FindingStatus::Pass,
            (false, true) => FindingStatus::Fail,
            (false, false) => FindingStatus::Incomplete,
        };
        let printed = [PairedRole::Share, PairedRole::Growth]
            .into_iter()
            .filter(|role| self.names(role_name(*role)))
            .find_map(|role| self.paired(role).next());
        let mut readings = vec![self.position];
        readings.extend(outcome.whole);
        if printed.is_none() {
            readings.extend(self.positions_of_parts());
        }
        summary.add(Single {
            status,
            expected: Some(outcome.computed),
            found: printed.map_or(self.reading.value, |printed| Some(printed.value)),
            readings,
            message: self.sentence(Language::English, outcome, status, printed),
            message_zh: self.sentence(Language::Chinese, outcome, status, printed),
        });
    }

    /// The readings of the parts of the list: those behind this one in the same block.
    fn positions_of_parts(&self) -> Vec<usize> {
        let parts = self.parts();
        let Origin::Prose { block, end, .. } = self.reading.origin else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for part in parts {
            let readings = self.index.readings.iter().enumerate();
            let mut behind = readings.filter(|(_, reading)| {
                matches!(reading.origin, Origin::Prose { block: other, start, .. } if other == block && start >= end)
            });
            found.extend(
                behind
                    .find(|(position, reading)| {
                        !found.contains(position)
                            && reading.raw == part.raw
                            && Some(&reading.indicator) == part.indicator.as_ref()
                    })
                    .map(|(position, _)| position),
            );
        }
        found
    }

    fn sentence(
        &self,
        language: Language,
        outcome: &Outcome,
        status: FindingStatus,
        printed: Option<&Paired>,
    ) -> String {
        let name = language.key(&self.key.within(self.context), self.index.codebook);
        let raw = &self.reading.raw;
        let computed = figure((outcome.computed * 100.0).round() / 100.0);
        let whole = outcome.whole.and_then(|at| self.index.readings.get(at));
        let former = self.paired(PairedRole::Former).next();
        let fact = match (language, printed, whole, former) {
            (Language::English, Some(printed), Some(whole), _) => format!(
                "{name} {raw} is said to be {} of {}, and is {computed}%",
                printed.raw, whole.raw
            ),
            (Language::Chinese, Some(printed), Some(whole), _) => format!(
                "{name}{raw},称占{}的{},按此计算为{computed}%",
                whole.raw, printed.raw
            ),
            (Language::English, Some(printed), None, Some(former)) => format!(
                "{name} {raw} is said to have changed by {} from {}, and has by {computed}%",
                printed.raw, former.raw
            ),
            (Language::Chinese, Some(printed), None, Some(former)) => format!(
                "{name}由{}变为{raw},称变化{},按此计算为{computed}%",
                former.raw, printed.raw
            ),
            (Language::English, ..) => {
                format!(
                    "{name} {raw}, its parts {} = {}",
                    self.addends(),
                    figure(self.sum())
                )
            }
            (Language::Chinese, ..) => {
                format!(
                    "{name}{raw},所列各项{} = {}",
                    self.addends(),
                    figure(self.sum())
                )
            }
        };
        let meaning = language.meaning(self.rule);
        match (status, language) {
            (FindingStatus::Pass, Language::English) => format!("Holds: {fact}."),
            (FindingStatus::Pass, Language::Chinese) => format!("相符:{fact}。"),
            (FindingStatus::Fail, Language::English) => format!("{fact} ({meaning})."),
            (FindingStatus::Fail, Language::Chinese) => format!("{fact}({meaning})。"),
            (FindingStatus::Incomplete, Language::English) => {
                format!("To be looked at: {fact} ({meaning}).")
            }
            (FindingStatus::Incomplete, Language::Chinese) => format!("请核对:{fact}({meaning})。"),
        }
    }

    fn addends(&self) -> String {
        let parts: Vec<&str> = self.parts().iter().map(|part| part.raw.as_str()).collect();
        parts.join(" + ")
    }

    fn sum(&self) -> f64 {
        self.parts().iter().map(|part| part.value).sum()
    }
}

/// The name that formulas have for a paired figure.
fn role_name(role: PairedRole) -> &'static str {
    match role {
        PairedRole::Share => "share",
        PairedRole::Growth => "growth",
        PairedRole::Former => "former",
        PairedRole::Part => "parts",
    }
}
