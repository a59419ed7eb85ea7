//! Whether a formula holds of the readings of one report.

use codebook::{Formula, Relation, Rule, Source};

use crate::selection::{Found, Instance, Item, Side};

/// What came of a formula.
pub(crate) struct Outcome<'a> {
    pub(crate) verdict: Verdict,
    pub(crate) relation: Relation,
    pub(crate) left: Side<'a>,
    pub(crate) right: Side<'a>,
}

/// Whether a relation holds, and why that cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// It holds.
    Holds,
    /// It holds, and every blank must be zero.
    HoldsWithZeros,
    /// A value is blank or missing.
    Blank,
    /// An amount has no unit.
    Unit,
    /// A value is printed twice and differently.
    Conflict,
    /// It does not hold.
    Broken,
}

impl<'a> Outcome<'a> {
    /// How far the sides are apart.
    pub(crate) fn gap(&self) -> f64 {
        let (left, right) = (self.left.interval, self.right.interval);
        let above = left.low - right.high;
        match self.relation {
            Relation::Equal => above.max(right.low - left.high),
            Relation::AtMost => above,
        }
        .max(0.0)
    }

    /// Evaluates a formula; `None` where the report does not speak of it. Where tables contradict
    /// each other, each is looked at by itself.
    pub(crate) fn of(formula: &'a Formula, rule: &Rule, instance: &Instance<'_, 'a>) -> Vec<Self> {
        let Some(outcome) = Self::of_view(formula, rule, instance) else {
            return Vec::new();
        };
        if outcome.verdict != Verdict::Conflict || instance.table.is_some() {
            return vec![outcome];
        }
        let mut tables: Vec<usize> = Vec::new();
        for item in outcome.left.items.iter().chain(&outcome.right.items) {
            let Found::Conflict(several) = &item.found else {
                continue;
            };
            if item.source != Source::Rule {
                continue;
            }
            tables.extend(
                several
                    .iter()
                    .filter_map(|reading| instance.table_of(*reading)),
            );
        }
        tables.sort_unstable();
        tables.dedup();
        if tables.len() < 2 {
            return vec![outcome];
        }
        let views = tables.into_iter().map(|table| Instance {
            table: Some(table),
            ..instance.clone()
        });
        let seen: Vec<Self> = views
            .filter_map(|view| Self::of_view(formula, rule, &view))
            .collect();
        // No table says enough by itself: what is left is that they contradict each other.
        if seen.is_empty() { vec![outcome] } else { seen }
    }

    fn of_view(formula: &'a Formula, rule: &Rule, instance: &Instance<'_, 'a>) -> Option<Self> {
        let mut left = instance.side(&formula.first);
        let mut worst: Option<Self> = None;
        for (relation, expression) in &formula.rest {
            // Nothing is said of a subtotal that is not printed.
            if !left.is_spoken_of() && formula.rest.len() == 1 {
                return None;
            }
            let right = instance.side(expression);
            let spoken = left.is_spoken_of() && right.is_spoken_of();
            let items = || left.items.iter().chain(&right.items);
            // Nothing is said of what another report does not have.
            let foreign = |item: &Item<'_>| !matches!(item.source, Source::Rule | Source::Prose);
            let absent = items().any(|item| foreign(item) && item.found == Found::Missing);
            // Blanks alone say nothing.
            if spoken
                && !absent
                && items().any(|item| !matches!(item.found, Found::Blank(_) | Found::Missing))
            {
                let verdict = verdict(&left, *relation, &right, rule);
                if worst.as_ref().is_none_or(|known| known.verdict < verdict) {
                    worst = Some(Self {
                        verdict,
                        relation: *relation,
                        left: left.clone(),
                        right: right.clone(),
                    });
                }
            }
            left = right;
        }
        worst
    }
}

/// Whether a relation holds between two sides.
pub(crate) fn verdict(
    left: &Side<'_>,
    relation: Relation,
    right: &Side<'_>,
    rule: &Rule,
) -> Verdict {
    let items = || left.items.iter().chain(&right.items);
    if items().any(|item| matches!(item.found, Found::Conflict(_))) {
        return Verdict::Conflict;
    }
    let unitless = items().filter(|item| item.unitless).count();
    let amounts = items().filter(|item| item.money).count();
    if unitless > 0 && (unitless < amounts || left.constants || right.constants) {
        return Verdict::Unit;
    }
    let (l, r) = (left.interval, right.interval);
    let size = [l.low, l.high, r.low, r.high]
        .into_iter()
        .filter(|end| end.is_finite())
        .fold(0.0, |size: f64, end| size.max(end.abs()));
    // The last share only takes up what floating-point sums lose.
    let tolerance = rule.tolerance.max(rule.relative_tolerance * size) + size * 1e-9;
    let broken = match relation {
        Relation::Equal => !l.meets(r, tolerance),
        Relation::AtMost => l.low > r.high + tolerance,
    };
    if broken {
        return Verdict::Broken;
    }
    if left.is_known() && right.is_known() {
        return Verdict::Holds;
    }
    match relation {
        // What is known reaches the other side, which is known: nothing is left for the blanks.
        Relation::Equal if left.is_known() && (l.high - r.low).abs() <= tolerance => {
            Verdict::HoldsWithZeros
        }
        Relation::Equal if right.is_known() && (r.high - l.low).abs() <= tolerance => {
            Verdict::HoldsWithZeros
        }
        Relation::AtMost if l.high <= r.low + tolerance => Verdict::Holds,
        _ => Verdict::Blank,
    }
}
