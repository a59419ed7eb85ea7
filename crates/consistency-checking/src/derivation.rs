//! Values that are not printed and follow from those that are: beside the readings, never among them.

use std::collections::{BTreeMap, BTreeSet};

use codebook::{Derives, Formula, Relation, Rule, RuleScope};
use model::{Derivation, Derived, Finding, FindingStatus, ReadingStatus};

use crate::dimensions::Dimensions;
use crate::evaluation::{Verdict, verdict};
use crate::index::{Contexts, Index, Key};
use crate::interval;
use crate::repetition::Repetition;
use crate::selection::{Found, Instance, Item, Joint, Others, Side};

/// What follows from the readings of one report, see [`crate::check_and_derive`]. `findings` are those of the
/// same readings.
pub(crate) fn derive(index: &Index<'_>, findings: &[Finding]) -> Vec<Derived> {
    let failing = findings
        .iter()
        .filter(|finding| finding.status == FindingStatus::Fail);
    let mut derivations = Derivations {
        index,
        doubtful: failing
            .flat_map(|finding| finding.readings.clone())
            .collect(),
        found: BTreeMap::new(),
    };
    let rules = index.codebook.rules.iter();
    let rules =
        rules.filter(|rule| rule.derives != Derives::Nothing && rule.scope == RuleScope::Report);
    let forms = index.forms.iter();
    let forms: Vec<_> = forms
        .map(|(form, contexts)| (*form, contexts, has_blanks(index, contexts)))
        .collect();
    for rule in rules {
        for &(form, contexts, has_blanks) in &forms {
            // Only blanks are filled, unless a rule defines what is printed nowhere.
            let open = rule.derives == Derives::Definition || has_blanks;
            if !open || !rule.holds_for(form) {
                continue;
            }
            let repetition = Repetition {
                rule,
                index,
                form: Some(form),
                others: Others::default(),
            };
            let holds = |formula: &Formula| formula.conditions.is_empty() && !formula.soft;
            repetition.each(contexts, holds, |formula, instance| {
                derivations.add(rule, formula, instance);
            });
        }
    }
    let found = derivations.found.into_values();
    // Rules that come to different values prove none of them.
    let agreed = found.filter(|all| {
        all.windows(2).all(|pair| match pair {
            [a, b] => a.value == b.value,
            _ => true,
        })
    });
    agreed.filter_map(|all| all.into_iter().next()).collect()
}

/// Whether a cell of a form is blank.
fn has_blanks(index: &Index<'_>, contexts: &Contexts<'_>) -> bool {
    let positions = contexts.values().flat_map(BTreeMap::values).flatten();
    let mut readings = positions.filter_map(|at| index.readings.get(*at));
    readings.any(|reading| reading.status == ReadingStatus::Blank)
}

struct Derivations<'i, 'a> {
    index: &'i Index<'a>,
    /// Readings that a failing rule takes.
    doubtful: BTreeSet<usize>,
    found: BTreeMap<(String, BTreeMap<String, String>), Vec<Derived>>,
}

impl<'a> Derivations<'_, 'a> {
    fn add(&mut self, rule: &Rule, formula: &'a Formula, instance: &Instance<'_, 'a>) {
        let [(Relation::Equal, parts)] = formula.rest.as_slice() else {
            return;
        };
        let whole = instance.side(&formula.first);
        let parts = instance.side(parts);
        let added = |item: &Item<'_>| item.joint == Joint::Plus;
        let [total] = whole.items.as_slice() else {
            return;
        };
        if whole.constants || parts.constants || !parts.items.iter().all(added) {
            return;
        }
        let refs: Vec<usize> = whole.readings().chain(parts.readings()).collect();
        if refs.iter().any(|at| self.doubtful.contains(at)) {
            return;
        }
        if self.is_open(total, rule) {
            if let Some((value, unit)) = self.sum(&parts) {
                let how = if rule.derives == Derives::Definition {
                    Derivation::Definition
                } else {
                    Derivation::Sum
                };
                let refs = parts.readings().collect();
                self.put(total, instance, rule, (value, unit), how, refs);
            }
        } else if rule.derives == Derives::Blanks && exact(total) {
            let known = parts.items.iter();
            let known = known.filter(|item| matches!(item.found, Found::Number(_)));
            if !known.clone().all(exact)
                || verdict(&whole, Relation::Equal, &parts, rule) != Verdict::HoldsWithZeros
            {
                return;
            }
            let refs: Vec<usize> = whole
                .readings()
                .chain(known.filter_map(|item| match item.found {
                    Found::Number(at) => Some(at),
                    _ => None,
                }))
                .collect();
            for item in &parts.items {
                if !self.is_open(item, rule) {
                    continue;
                }
                let unit = self.unit(item);
                self.put(
                    item,
                    instance,
                    rule,
                    (0.0, unit),
                    Derivation::Zero,
                    refs.clone(),
                );
            }
        }
    }

    /// Whether a value waits to be derived: a blank cell, or for a definition nothing at all. What is
    /// unreadable or does not apply is not blank.
    fn is_open(&self, item: &Item<'_>, rule: &Rule) -> bool {
        match item.found {
            Found::Blank(at) => self
                .index
                .readings
                .get(at)
                .is_some_and(|reading| reading.status == ReadingStatus::Blank),
            Found::Missing => rule.derives == Derives::Definition,
            _ => false,
        }
    }

    /// The sum of exact values, and its unit where they share one.
    fn sum(&self, parts: &Side<'_>) -> Option<(f64, Option<String>)> {
        if parts.items.is_empty() || !parts.is_known() || !parts.items.iter().all(exact) {
            return None;
        }
        let units: BTreeSet<Option<String>> =
            parts.items.iter().map(|item| self.unit(item)).collect();
        let sum = parts.interval.single()?;
        let mut units = units.into_iter();
        match (units.next().flatten(), units.next()) {
            (Some(unit), None) => Some((sum / interval::scale(&unit), Some(unit))),
            (None, None) => Some((sum, None)),
            // 件 and 条 count alike; amounts of different or missing units do not add up to one.
            _ if parts.items.iter().any(|item| item.money) => None,
            _ => Some((sum, None)),
        }
    }

    fn unit(&self, item: &Item<'_>) -> Option<String> {
        match item.found {
            Found::Number(at) | Found::Blank(at) => self.index.readings.get(at)?.unit.clone(),
            _ => None,
        }
    }

    fn put(
        &mut self,
        item: &Item<'_>,
        instance: &Instance<'_, 'a>,
        rule: &Rule,
        (value, unit): (f64, Option<String>),
        how: Derivation,
        mut readings: Vec<usize>,
    ) {
        if self.is_printed(&item.key, &instance.context) {
            return;
        }
        readings.sort_unstable();
        readings.dedup();
        let dimensions: BTreeMap<String, String> = item
            .key
            .dimensions
            .iter()
            .chain(instance.context.iter())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let derived = Derived {
            indicator: item.key.indicator.to_owned(),
            dimensions: dimensions.clone(),
            value,
            unit,
            how,
            rule: rule.id.clone(),
            readings,
        };
        let key = (item.key.indicator.to_owned(), dimensions);
        self.found.entry(key).or_default().push(derived);
    }

    /// Whether any table of the report has a figure for it.
    fn is_printed(&self, key: &Key<'_>, context: &Dimensions<'_>) -> bool {
        let cells = self.index.cells.get(context);
        let positions = cells.and_then(|values| values.get(key));
        positions.into_iter().flatten().any(|at| {
            let reading = self.index.readings.get(*at);
            reading.is_some_and(|reading| reading.status == ReadingStatus::Reported)
        })
    }
}

/// Whether a value is one number.
fn exact(item: &Item<'_>) -> bool {
    matches!(item.found, Found::Number(_)) && item.interval.single().is_some()
}
