//! The best consistent whole: which candidates are headings or items, and at what depth.
//!
//! A beam search over the stack of open series. A candidate continues a series, opens a deeper one,
//! or is plain text; each costs what it does to the consistency of the numbering, and the
//! cheapest whole wins. Skipped, repeated and restarted numbers cost a step instead of
//! derailing the rest.

use super::candidate::{Candidate, Key, LEXICON};
use super::enumerator::Style;

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
/// A series inside a series of the same style.
const CYCLE: f32 = 2.2;
/// A style of the usual outer rank inside one of inner rank.
const UPSIDE_DOWN: f32 = 2.0;

#[derive(Debug, Clone)]
struct State {
    cost: f32,
    stack: Vec<(Key, u32)>,
    /// Index of the last step in the arena of steps.
    last: Option<usize>,
}

impl State {
    /// Whether the open series are those of `kept` and `pushed` behind them.
    fn stands_at(&self, kept: &[(Key, u32)], pushed: Option<(Key, u32)>) -> bool {
        self.stack.len() == kept.len() + usize::from(pushed.is_some())
            && pushed.is_none_or(|pushed| self.stack.last() == Some(&pushed))
            && self.stack.starts_with(kept)
    }
}

#[derive(Debug, Clone, Copy)]
struct Step {
    before: Option<usize>,
    depth: Option<usize>,
}

/// The cheapest whole, and its cost.
pub(crate) fn search(candidates: &[Candidate]) -> (Depths, f32) {
    let mut arena: Vec<Step> = Vec::new();
    let mut beam = vec![State {
        cost: 0.0,
        stack: Vec::new(),
        last: None,
    }];
    for candidate in candidates {
        let mut next: Vec<State> = Vec::new();
        for state in &beam {
            for (cost, depth) in moves(state, candidate) {
                let kept = depth.map_or(&*state.stack, |depth| {
                    state.stack.get(..depth).unwrap_or(&state.stack)
                });
                let pushed = depth.map(|_| (candidate.key, candidate.ordinal));
                let cost = state.cost + cost;
                match next.iter_mut().find(|other| other.stands_at(kept, pushed)) {
                    Some(other) if other.cost <= cost => {}
                    known => {
                        let mut stack = Vec::with_capacity(kept.len() + 1);
                        stack.extend_from_slice(kept);
                        stack.extend(pushed);
                        arena.push(Step {
                            before: state.last,
                            depth,
                        });
                        let state = State {
                            cost,
                            stack,
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
        beam = next;
    }
    let Some(best) = beam.first() else {
        return (Vec::new(), 0.0);
    };
    let mut depths = Vec::with_capacity(candidates.len());
    let mut at = best.last;
    while let Some(step) = at.and_then(|index| arena.get(index)) {
        depths.push(step.depth);
        at = step.before;
    }
    depths.reverse();
    (depths, best.cost)
}

/// What a candidate can be in a state: its cost, and the depth it stands at.
fn moves(state: &State, candidate: &Candidate) -> Vec<(f32, Option<usize>)> {
    let mut moves = vec![(candidate.rejection, None)];
    let glued = if candidate.at_line_start { 0.0 } else { 0.3 };
    for (depth, (key, last)) in state.stack.iter().enumerate() {
        if *key == candidate.key {
            moves.push((sibling(*last, candidate) + glued, Some(depth)));
        } else if replaces(*key, candidate.key) {
            moves.push((0.6 + start(candidate) + glued, Some(depth)));
        }
    }
    if state.stack.len() < DEEPEST {
        let cycle = state.stack.iter().any(|(key, _)| *key == candidate.key);
        let cost = match state.stack.last() {
            None => outermost(candidate.key),
            Some((above, _)) if cycle => CYCLE + nesting(*above, candidate.key),
            Some((above, _)) => nesting(*above, candidate.key),
        };
        moves.push((cost + start(candidate) + glued, Some(state.stack.len())));
    }
    moves
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
fn start(candidate: &Candidate) -> f32 {
    match candidate.key {
        Key::Numbered(_) if candidate.ordinal != 1 => {
            LATE_START + SKIPPED_MORE * candidate.ordinal.min(8) as f32
        }
        _ => 0.0,
    }
}

/// Whether a series may stand at the depth of another: headings without numbers stand beside
/// numbered ones (`引言` before `一、`, `附表` after `七、`).
fn replaces(last: Key, next: Key) -> bool {
    matches!(
        (last, next),
        (Key::Set(_), Key::Numbered(_)) | (Key::Numbered(_), Key::Set(_))
    ) || matches!((last, next), (Key::Set(a), Key::Set(b)) if a != b && (a >= LEXICON || b >= LEXICON))
}

fn rank(style: Style) -> i32 {
    match style {
        Style::Part => 0,
        Style::HanBare | Style::Han => 1,
        Style::HanBracket => 2,
        Style::Arabic => 3,
        Style::ArabicBracket => 4,
        Style::Circle => 5,
        Style::Word => 6,
    }
}

fn outermost(key: Key) -> f32 {
    match key {
        Key::Numbered(style) => [0.0, 0.0, 0.5, 0.9, 1.2, 1.4, 0.6]
            .get(usize::try_from(rank(style)).unwrap_or(6))
            .copied()
            .unwrap_or(1.4),
        Key::Set(_) => 0.2,
    }
}

/// A deeper series inside another.
fn nesting(above: Key, below: Key) -> f32 {
    match (above, below) {
        (Key::Numbered(above), Key::Numbered(below)) => match rank(below) - rank(above) {
            1 => 0.0,
            0 => 0.5,
            step if step > 1 => 0.25,
            _ => UPSIDE_DOWN,
        },
        (Key::Set(above), Key::Set(below)) if below > above => 0.3,
        (Key::Set(_), Key::Set(_)) => UPSIDE_DOWN,
        // A heading known by the lexicon alone (引言, 附表) has seldom numbered parts.
        (Key::Set(above), Key::Numbered(_)) if above >= LEXICON => 1.0,
        (Key::Set(_), Key::Numbered(_)) => 0.4,
        (Key::Numbered(_), Key::Set(_)) => 0.9,
    }
}
