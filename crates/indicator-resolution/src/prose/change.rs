//! A number that grew to another: `由310条增加到452条`.

use std::ops::Range;

use super::line::Line;
use super::{Number, Prose, Sentence, State, Statement};

/// Most characters between the word of change and the number that was reached (`增加到2022年的`).
const LONGEST_TIME: usize = 8;

/// Two numbers of the same thing at two times.
pub(super) struct Change<'a> {
    /// What it was; no reading.
    former: &'a Number,
    /// What it is.
    reached: &'a Number,
    /// Where 由 or 从 stands.
    from: usize,
}

impl Prose {
    /// A change that the first two of `numbers` tell of.
    pub(super) fn change<'a>(
        &self,
        line: &Line,
        numbers: &'a [Number],
        clause: &Range<usize>,
        floor: usize,
    ) -> Option<Change<'a>> {
        let [former, reached, ..] = numbers else {
            return None;
        };
        if reached.range.end > clause.end || former.unit != reached.unit && former.unit.is_some() {
            return None;
        }
        let from = (floor..former.range.start)
            .rev()
            .find(|at| matches!(line.at(*at), '由' | '从'))?;
        let word = (former.range.end..=former.range.end + 1)
            .find_map(|at| self.words.reached.at(line, at))?;
        let short = word <= reached.range.start
            && (word..reached.range.start).len() <= LONGEST_TIME
            && (word..reached.range.start).all(|at| {
                line.at(at).is_ascii_digit()
                    || matches!(line.at(at), '年' | '度' | '的' | '今' | '本' | '了')
            });
        short.then_some(Change {
            former,
            reached,
            from,
        })
    }

    /// What is said of the number that was reached.
    pub(super) fn changed(
        &self,
        sentence: &Sentence<'_>,
        change: &Change<'_>,
        floor: usize,
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let end = change.from;
        let ends = self.words.fillers.back(line, end, floor);
        let mut candidates = self.candidates(line, &ends, change.reached, floor);
        for candidate in &mut candidates {
            candidate.until = end;
        }
        self.heaviest(sentence, candidates, change.reached, floor, state)
            .map(|statement| Statement {
                former: Some(change.former.clone()),
                ..statement
            })
            .into_iter()
            .collect()
    }
}
