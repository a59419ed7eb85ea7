//! Readings to findings.
//!
//! What goes in: the readings of one report and the rules of the codebook. What comes out:
//! [`Finding`]s: every failure of a rule by itself, what holds and what cannot be decided in one
//! finding a rule. Never alters a value.
//! What it may not know: how a value was found.
//!
//! A rule fails only where no value of the blanks could make it hold: a blank count is any number
//! from zero up, `800余` is 800 to 899. Values of different periods, scopes or tables that contradict
//! each other are never mixed.

mod cross_source;
mod evaluation;
mod index;
mod interval;
mod selection;
mod summary;
mod value_type;
mod wording;

use std::collections::BTreeSet;

use codebook::{Codebook, Formula, Rule, RuleKind, RuleScope, matches};
use model::{Finding, FindingStatus, Reading};

use evaluation::{Outcome, Verdict};
use index::{Contexts, Dimensions, Index, Values};
use selection::Instance;
use summary::{Single, Summary};
use wording::Language;

/// Evaluates every rule that the readings speak of, in the order of the codebook.
pub fn check(readings: &[Reading], codebook: &Codebook) -> Vec<Finding> {
    let index = Index::new(readings, codebook);
    let mut findings = Vec::new();
    for rule in &codebook.rules {
        let mut summary = Summary::default();
        match (rule.scope, rule.kind) {
            (RuleScope::Text | RuleScope::Across, _) | (_, RuleKind::Definition) => {}
            (_, RuleKind::CrossSource) => cross_source::compare(rule, &index, &mut summary),
            (_, RuleKind::ValueType) => value_type::check(rule, &index, &mut summary),
            (RuleScope::Prose, _) => evaluate(rule, None, &index.prose, &index, &mut summary),
            (RuleScope::Report, _) => {
                for (form, contexts) in &index.forms {
                    if rule.holds_for(form) {
                        evaluate(rule, Some(form), contexts, &index, &mut summary);
                    }
                }
            }
        }
        findings.extend(summary.findings(&rule.id));
    }
    findings
}

/// Evaluates a rule's formulas for everything that they are repeated over.
fn evaluate<'a>(
    rule: &'a Rule,
    form: Option<&'a str>,
    contexts: &Contexts<'a>,
    index: &Index<'a>,
    summary: &mut Summary,
) {
    for (context, values) in contexts {
        let indicators = indicators(rule, values);
        for formula in &rule.formulas {
            let all = bindings(rule, formula, values, index.codebook);
            for it in indicators.iter().copied() {
                for bindings in all.iter().cloned() {
                    let instance = Instance {
                        index,
                        form,
                        values,
                        prose: index.prose.get(context),
                        it,
                        bindings,
                        context: context.clone(),
                        table: None,
                    };
                    for outcome in Outcome::of(formula, rule, &instance) {
                        add(rule, formula, &instance, &outcome, summary);
                    }
                }
            }
        }
    }
}

/// What `it` stands for, one after another; nothing, once, for a rule without `each`.
fn indicators<'a>(rule: &Rule, values: &Values<'a>) -> Vec<Option<&'a str>> {
    let Some(each) = &rule.each else {
        return vec![None];
    };
    let found: BTreeSet<&str> = values
        .keys()
        .map(|key| key.indicator)
        .filter(|id| matches(each, id))
        .collect();
    found.into_iter().map(Some).collect()
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
            .filter_map(|key| key.dimensions.get(name.as_str()).copied().or(default))
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
                    bound.insert(dimension.id.as_str(), *value);
                    bound
                })
            })
            .collect();
    }
    all
}

fn add(
    rule: &Rule,
    formula: &Formula,
    instance: &Instance<'_, '_>,
    outcome: &Outcome<'_>,
    summary: &mut Summary,
) {
    let status = match outcome.verdict {
        Verdict::Holds | Verdict::HoldsWithZeros => FindingStatus::Pass,
        Verdict::Broken if !formula.soft => FindingStatus::Fail,
        Verdict::Broken | Verdict::Blank | Verdict::Unit | Verdict::Conflict => {
            FindingStatus::Incomplete
        }
    };
    let readings = || outcome.left.readings().chain(outcome.right.readings());
    let sentence = |language: Language| language.outcome(outcome, rule, instance, formula.soft);
    let single = || Single {
        status,
        expected: outcome.right.interval.single(),
        found: outcome.left.interval.single(),
        readings: readings().collect(),
        message: sentence(Language::English),
        message_zh: sentence(Language::Chinese),
    };
    let telling = outcome.verdict == Verdict::HoldsWithZeros;
    summary.add_with(status, telling, single, readings());
}
