//! Readings to findings.
//!
//! What goes in: the readings of one report and the rules of the codebook. What comes out:
//! [`Finding`]s: every failure of a rule by itself, what holds and what cannot be decided in one
//! finding a rule; and what blanks must be. Never alters a value. Rules over several reports:
//! [`check_across`].
//! What it may not know: how a value was found.
//!
//! A rule fails only where no value of the blanks could make it hold: a blank count is any number
//! from zero up, `800余` is 800 to 899. Values of different periods, scopes or tables that contradict
//! each other are never mixed.

mod across;
mod breakdown;
mod cross_source;
mod derivation;
mod dimensions;
mod evaluation;
mod index;
mod interval;
mod pairing;
mod repetition;
mod selection;
mod summary;
mod value_type;
mod wording;

pub use across::{Neighbourhood, check_across};
use codebook::{Codebook, Formula, Rule, RuleKind, RuleScope};
use model::{Derived, Finding, FindingStatus, Reading};

use evaluation::{Outcome, Verdict};
use index::{Contexts, Index};
use repetition::Repetition;
use selection::{Instance, Others};
use summary::{Single, Summary};
use wording::Language;

/// Evaluates every rule that the readings speak of, in the order of the codebook.
pub fn check(readings: &[Reading], codebook: &Codebook) -> Vec<Finding> {
    findings(&Index::new(readings, codebook))
}

/// The same, and what follows from the readings beside: blank totals of which all parts are printed, blank
/// parts for which the total leaves nothing, and series that rules define, sorted by indicator and
/// dimensions. What a failing rule takes derives nothing.
pub fn check_and_derive(readings: &[Reading], codebook: &Codebook) -> (Vec<Finding>, Vec<Derived>) {
    let index = Index::new(readings, codebook);
    let findings = findings(&index);
    let derived = derivation::derive(&index, &findings);
    (findings, derived)
}

fn findings(index: &Index<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in &index.codebook.rules {
        let mut summary = Summary::default();
        match (rule.scope, rule.kind) {
            (RuleScope::Text | RuleScope::Across, _)
            | (_, RuleKind::Definition | RuleKind::Repeated) => {}
            (_, RuleKind::CrossSource) => cross_source::compare(rule, index, &mut summary),
            (_, RuleKind::ValueType) => value_type::check(rule, index, &mut summary),
            (RuleScope::Prose, _) => evaluate(rule, None, &index.prose, index, &mut summary),
            (RuleScope::Report, _) => {
                for (form, contexts) in &index.forms {
                    if rule.holds_for(form) {
                        evaluate(rule, Some(form), contexts, index, &mut summary);
                    }
                }
            }
        }
        pairing::check(rule, index, &mut summary);
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
    let repetition = Repetition {
        rule,
        index,
        form,
        others: Others::default(),
    };
    // Whose report it is is not known here.
    let holds = |formula: &Formula| formula.conditions.is_empty();
    repetition.run(contexts, holds, |formula, instance, outcome| {
        add(rule, formula, instance, outcome, summary);
    });
}

fn add(
    rule: &Rule,
    formula: &Formula,
    instance: &Instance<'_, '_>,
    outcome: &Outcome<'_>,
    summary: &mut Summary,
) {
    let soft = formula.soft || outcome.gap() <= rule.review_within;
    let status = match outcome.verdict {
        Verdict::Holds | Verdict::HoldsWithZeros => FindingStatus::Pass,
        Verdict::Broken if !soft => FindingStatus::Fail,
        Verdict::Broken | Verdict::Blank | Verdict::Unit | Verdict::Conflict => {
            FindingStatus::Incomplete
        }
    };
    let readings = || outcome.left.readings().chain(outcome.right.readings());
    let sentence = |language: Language| language.outcome(outcome, rule, instance, soft);
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
