//! The best consistent whole: which candidates are headings or items, and at what depth.
//!
//! A beam search over the stack of open series. A candidate continues a series, opens a deeper one,
//! or is plain text; each costs what it does to the consistency of the numbering, and the
//! cheapest whole wins. Skipped, repeated and restarted numbers cost a step instead of
//! derailing the rest.

use super::candidate::{Candidate, Key, LEXICON};

/// Depth of an accepted candidate, 0 for the outermost; `None` for plain text.
pub(crate) type Depths = Vec<Option<usize>>;

/// States kept at each step.
const BEAM: usize = 48;
/// Deepest outline.
const DEEPEST: usize = 8;

/// A number skipped inside a series; each further one.
const SKIPPED: f32 = 0.8;
const SKIPPED_MORE: f32 = 0.25;
/// The same number again, and a smaller one.
const REPEATED: f32 = 1.8;
const BACKWARDS: f32 = 2.4;
/// A series that does not begin with one; each number missing.
const LATE_START: f32 = 1.2;
/// A series that goes on under the next heading (`(一)(二)` under 一, `(三)` under 二).
const RUNS_ON: f32 = 0.4;
/// A series inside a series of the same style.
const CYCLE: f32 = 2.2;
/// A style of the usual outer rank inside one of inner rank.
const UPSIDE_DOWN: f32 = 2.0;
/// A number written another way than its siblings (`二 ` after `一、`).
const OTHER_MARK: f32 = 0.5;
/// What a nesting costs that the report has shown before: levels are what the report itself does.
const HABIT: f32 = 0.15;

/// The best whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) depths: Depths,
    /// What each candidate costs in it.
    pub(crate) costs: Vec<f32>,
    pub(crate) cost: f32,
    /// Cost of the best whole that ends otherwise.
    pub(crate) runner_up: Option<f32>,
}

impl Found {
    /// The same for all candidates, those left out of the search being plain text.
    pub(crate) fn spread(self, left_out: &[bool]) -> Self {
        let mut outcomes = self.depths.into_iter().zip(self.costs);
        let each = left_out.iter().map(|out| {
            let outcome = if *out { None } else { outcomes.next() };
            outcome.unwrap_or((None, 0.0))
        });
        let (depths, costs) = each.unzip();
        Self {
            depths,
            costs,
            cost: self.cost,
            runner_up: self.runner_up,
        }
    }
}

/// The series that are open: what they are, and their last number.
#[derive(Debug, Clone, Copy)]
struct Stack {
    open: [(Key, u32); DEEPEST],
    depth: usize,
}

impl Stack {
    const EMPTY: Self = Self {
        open: [(Key::Set(0), 0); DEEPEST],
        depth: 0,
    };

    fn series(&self) -> &[(Key, u32)] {
        self.open.get(..self.depth).unwrap_or_default()
    }

    /// The outermost `depth` series, and one in them; the others are closed.
    fn with(mut self, depth: usize, series: (Key, u32)) -> Self {
        if let Some(slot) = self.open.get_mut(depth) {
            *slot = series;
            self.depth = depth + 1;
        }
        self
    }
}

#[derive(Debug, Clone, Copy)]
struct State {
    cost: f32,
    stack: Stack,
    /// Nestings seen, a bit for each pair of ranks.
    habits: u128,
    /// The last number of each rank.
    last_of: [u8; RANKS],
    /// Index of the last step in the arena of steps.
    last: Option<usize>,
}

impl State {
    /// Whether what can follow is the same.
    fn stands_at(&self, stack: &Stack, habits: u128) -> bool {
        self.habits == habits
            && self.stack.depth == stack.depth
            && self
                .stack
                .series()
                .iter()
                .rev()
                .eq(stack.series().iter().rev())
    }
}

#[derive(Debug, Clone, Copy)]
struct Step {
    before: Option<usize>,
    depth: Option<usize>,
    cost: f32,
}

/// The cheapest whole.
pub(crate) fn search(candidates: &[Candidate]) -> Found {
    let mut arena: Vec<Step> = Vec::new();
    let mut beam = vec![State {
        cost: 0.0,
        stack: Stack::EMPTY,
        habits: 0,
        last_of: [0; RANKS],
        last: None,
    }];
    let mut next: Vec<State> = Vec::new();
    let mut possible = Vec::new();
    for candidate in candidates {
        next.clear();
        for state in &beam {
            moves(state, candidate, &mut possible);
            for (step_cost, depth) in possible.drain(..) {
                let stack = depth.map_or(state.stack, |depth| {
                    let series = (candidate.key, candidate.ordinal);
                    state.stack.with(depth, series)
                });
                let above = depth.and_then(|depth| stack.open.get(depth.checked_sub(1)?));
                let habits =
                    state.habits | above.map_or(0, |(above, _)| habit(*above, candidate.key));
                let cost = state.cost + step_cost;
                match next
                    .iter_mut()
                    .find(|other| other.stands_at(&stack, habits))
                {
                    Some(other) if other.cost <= cost => {}
                    known => {
                        arena.push(Step {
                            before: state.last,
                            depth,
                            cost: step_cost,
                        });
                        let mut last_of = state.last_of;
                        if let Some(slot) = last_of.get_mut(rank(candidate.key))
                            && depth.is_some()
                        {
                            *slot = u8::try_from(candidate.ordinal).unwrap_or(u8::MAX);
                        }
                        let state = State {
                            cost,
                            stack,
                            habits,
                            last_of,
                            last: Some(arena.len() - 1),
                        };
                        match known {
                            Some(other) => *other = state,
                            None => next.push(state),
                        }
                    }
                }
            }
        }
        next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        next.truncate(BEAM);
        std::mem::swap(&mut beam, &mut next);
    }
    let Some(best) = beam.first() else {
        return Found::default();
    };
    let mut found = Found {
        cost: best.cost,
        runner_up: beam.get(1).map(|second| second.cost),
        ..Found::default()
    };
    let mut at = best.last;
    while let Some(step) = at.and_then(|index| arena.get(index)) {
        found.depths.push(step.depth);
        found.costs.push(step.cost);
        at = step.before;
    }
    found.depths.reverse();
    found.costs.reverse();
    found
}

/// What a candidate can be in a state: its cost, and the depth it stands at.
fn moves(state: &State, candidate: &Candidate, moves: &mut Vec<(f32, Option<usize>)>) {
    moves.push((candidate.rejection, None));
    let glued = if candidate.at_line_start { 0.0 } else { 0.3 };
    let last_of = state.last_of.get(rank(candidate.key)).copied();
    let runs_on = last_of.is_some_and(|last| u32::from(last) + 1 == candidate.ordinal);
    for (depth, (key, last)) in state.stack.series().iter().enumerate() {
        if *key == candidate.key {
            moves.push((sibling(*last, candidate) + glued, Some(depth)));
        } else if written_otherwise(*key, candidate.key) {
            moves.push((OTHER_MARK + sibling(*last, candidate) + glued, Some(depth)));
        } else if replaces(*key, candidate.key) {
            moves.push((0.6 + start(candidate, runs_on) + glued, Some(depth)));
        }
    }
    if state.stack.depth < DEEPEST {
        let cycle = state
            .stack
            .series()
            .iter()
            .any(|(key, _)| *key == candidate.key);
        let cost = match state.stack.series().last() {
            None => outermost(candidate.key),
            Some((above, _)) if cycle => CYCLE + nesting(*above, candidate.key),
            Some((above, _)) if state.habits & habit(*above, candidate.key) != 0 => {
                HABIT * nesting(*above, candidate.key)
            }
            Some((above, _)) => nesting(*above, candidate.key),
        };
        moves.push((
            cost + start(candidate, runs_on) + glued,
            Some(state.stack.depth),
        ));
    }
}

/// Next in a series whose last number is `last`.
fn sibling(last: u32, candidate: &Candidate) -> f32 {
    let Key::Numbered(_) = candidate.key else {
        return 0.0;
    };
    let gap = candidate.ordinal.abs_diff(last + 1);
    match candidate.ordinal {
        ordinal if ordinal == last + 1 => 0.0,
        ordinal if ordinal > last + 1 => SKIPPED + SKIPPED_MORE * gap.min(8) as f32,
        ordinal if ordinal == last => REPEATED,
        _ => BACKWARDS,
    }
}

/// The first of a series.
fn start(candidate: &Candidate, runs_on: bool) -> f32 {
    match candidate.key {
        Key::Numbered(_) if candidate.ordinal == 1 => 0.0,
        Key::Numbered(_) if runs_on => RUNS_ON,
        Key::Numbered(_) => LATE_START + SKIPPED_MORE * candidate.ordinal.min(4) as f32,
        Key::Set(_) => 0.0,
    }
}

/// Whether two numbers are of one place in the usual nesting, written with other marks.
fn written_otherwise(one: Key, other: Key) -> bool {
    one != other && one.is_like(other)
}

/// Whether a series may stand at the depth of another: headings without numbers stand beside
/// numbered ones (`引言` before `一、`, `附表` after `七、`).
fn replaces(last: Key, next: Key) -> bool {
    matches!(
        (last, next),
        (Key::Set(_), Key::Numbered(_)) | (Key::Numbered(_), Key::Set(_))
    ) || matches!((last, next), (Key::Set(a), Key::Set(b)) if a != b && (a >= LEXICON || b >= LEXICON))
}

/// Ranks of numbers, and one for headings without.
const RANKS: usize = 10;

fn rank(key: Key) -> usize {
    match key {
        Key::Numbered(style) => usize::from(style.rank()),
        Key::Set(_) => RANKS - 1,
    }
}

/// The bit of a nesting.
fn habit(above: Key, below: Key) -> u128 {
    1 << (rank(above) * RANKS + rank(below))
}

fn outermost(key: Key) -> f32 {
    match key {
        Key::Numbered(style) => [0.0, 0.4, 0.0, 0.5, 0.9, 1.0, 1.2, 1.4, 0.6]
            .get(usize::from(style.rank()))
            .copied()
            .unwrap_or(1.4),
        Key::Set(_) => 0.2,
    }
}

/// A deeper series inside another.
fn nesting(above: Key, below: Key) -> f32 {
    match (above, below) {
        (Key::Numbered(above), Key::Numbered(below)) => {
            match i32::from(below.rank()) - i32::from(above.rank()) {
                1 => 0.0,
                0 => 0.5,
                step if step > 1 => 0.25,
                _ => UPSIDE_DOWN,
            }
        }
        (Key::Set(above), Key::Set(below)) if below > above => 0.3,
        (Key::Set(_), Key::Set(_)) => UPSIDE_DOWN,
        // A heading known by the lexicon alone (引言, 附表) has seldom numbered parts.
        (Key::Set(above), Key::Numbered(_)) if above >= LEXICON => 1.0,
        (Key::Set(_), Key::Numbered(_)) => 0.4,
        (Key::Numbered(_), Key::Set(_)) => 0.9,
    }
}
