//! What a rule is repeated over: forms, periods and scopes, indicators, breakdowns.

use std::collections::{BTreeMap, BTreeSet};

use codebook::{Codebook, Formula, Rule, matches};

use crate::dimensions::Dimensions;
use crate::evaluation::Outcome;
use crate::index::{Contexts, Index, Values};
use crate::selection::{Instance, Others};

/// One rule, to be evaluated for everything that it is repeated over.
pub(crate) struct Repetition<'i, 'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) index: &'i Index<'a>,
    /// The form whose rows patterns stand for.
    pub(crate) form: Option<&'a str>,
    /// Other reports.
    pub(crate) others: Others<'i, 'a>,
}

impl<'a> Repetition<'_, 'a> {
    /// Calls `take` with each outcome of the formulas that `holds` lets through.
    pub(crate) fn run(
        &self,
        contexts: &Contexts<'a>,
        holds: impl Fn(&Formula) -> bool,
        mut take: impl FnMut(&'a Formula, &Instance<'_, 'a>, &Outcome<'a>),
    ) {
        self.each(contexts, holds, |formula, instance| {
            for outcome in Outcome::of(formula, self.rule, instance) {
                take(formula, instance, &outcome);
            }
        });
    }

    /// Calls `take` with each use of the formulas that `holds` lets through.
    pub(crate) fn each(
        &self,
        contexts: &Contexts<'a>,
        holds: impl Fn(&Formula) -> bool,
        mut take: impl FnMut(&'a Formula, &Instance<'_, 'a>),
    ) {
        let empty = Values::new();
        for formula in self.rule.formulas.iter().filter(|formula| holds(formula)) {
            let stated = stated(formula, self.index.codebook);
            for (context, group) in grouped(contexts, &stated) {
                let values = contexts.get(&context).unwrap_or(&empty);
                for (it, bindings) in self.repetitions(formula, values, &group) {
                    let instance = Instance {
                        index: self.index,
                        form: self.form,
                        values,
                        contexts,
                        prose: self.index.prose.get(&context),
                        others: self.others,
                        it,
                        bindings,
                        context: context.clone(),
                        table: None,
                        named: &[],
                    };
                    take(formula, &instance);
                }
            }
        }
    }

    /// What `it` stands for and the values of the dimensions that the rule is repeated over.
    fn repetitions(
        &self,
        formula: &Formula,
        values: &Values<'a>,
        group: &[&Values<'a>],
    ) -> Vec<(Option<&'a str>, Dimensions<'a>)> {
        let Some(each) = &self.rule.each else {
            let all = bindings(self.rule, formula, values, self.index.codebook);
            return all.into_iter().map(|bindings| (None, bindings)).collect();
        };
        let breakdowns = self.rule.for_each.iter().any(|name| name == "*");
        let keys = group.iter().flat_map(|values| values.keys());
        let found: BTreeSet<(&'a str, Dimensions<'a>)> = keys
            .filter(|key| matches(each, key.indicator))
            .map(|key| {
                let bindings = if breakdowns {
                    key.dimensions.clone()
                } else {
                    Dimensions::new()
                };
                (key.indicator, bindings)
            })
            .collect();
        let found = found.into_iter();
        found.map(|(it, bindings)| (Some(it), bindings)).collect()
    }
}

/// The contextual dimensions that a formula states.
fn stated<'f>(formula: &'f Formula, codebook: &Codebook) -> BTreeSet<&'f str> {
    let names = formula
        .selectors()
        .flat_map(|selector| &selector.dimensions)
        .map(|(name, _)| name.as_str());
    let contextual = |name: &&str| {
        let dimension = codebook.dimension(name);
        dimension.is_some_and(|dimension| dimension.contextual)
    };
    names.filter(contextual).collect()
}

/// Values by period and scope, without the dimensions that a formula states itself.
fn grouped<'i, 'a>(
    contexts: &'i Contexts<'a>,
    stated: &BTreeSet<&str>,
) -> BTreeMap<Dimensions<'a>, Vec<&'i Values<'a>>> {
    let mut groups: BTreeMap<Dimensions<'a>, Vec<&'i Values<'a>>> = BTreeMap::new();
    for (context, values) in contexts {
        let mut context = context.clone();
        context.retain(|name| !stated.contains(name));
        groups.entry(context).or_default().push(values);
    }
    groups
}

/// The values of the dimensions that a rule is repeated over, as far as the report has them.
fn bindings<'a>(
    rule: &Rule,
    formula: &Formula,
    values: &Values<'a>,
    codebook: &'a Codebook,
) -> Vec<Dimensions<'a>> {
    let mut all = vec![Dimensions::new()];
    for name in &rule.for_each {
        let Some(dimension) = codebook.dimension(name) else {
            continue;
        };
        // Keys stand sorted by indicator: each is looked at once.
        let mut last = None;
        let selected = values.keys().filter(|key| match last {
            Some((id, selected)) if id == key.indicator => selected,
            _ => {
                let selected = formula
                    .selectors()
                    .any(|selector| selector.selects(key.indicator, None))
                    && codebook
                        .indicator(key.indicator)
                        .is_some_and(|indicator| indicator.allowed(name).is_some());
                last = Some((key.indicator, selected));
                selected
            }
        });
        let default = dimension.default.as_deref();
        let found: BTreeSet<&str> = selected
            .filter_map(|key| key.dimensions.get(name.as_str()).or(default))
            .collect();
        let ordered = dimension
            .values
            .iter()
            .filter(|value| found.contains(value.id.as_str()));
        let ordered: Vec<&'a str> = ordered.map(|value| value.id.as_str()).collect();
        all = all
            .into_iter()
            .flat_map(|bound| {
                ordered.iter().map(move |value| {
                    let mut bound = bound.clone();
                    bound.insert(dimension.id.as_str(), value);
                    bound
                })
            })
            .collect();
    }
    all
}
