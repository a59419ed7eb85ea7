//! Numbers and the subjects that they are said of.

use std::ops::Range;

use model::Phrasing;

use super::candidate::Candidate;
use super::line::Line;
use super::{Number, Prose, Sentence, State, Statement};

/// Where a number stands.
#[derive(Clone, Copy)]
struct Standing<'a> {
    /// Where its clause, or what follows the number before, begins.
    floor: usize,
    /// Where the clause goes on after words of time and scope.
    content: usize,
    /// The clause that it may take its subject from.
    before: Option<&'a Range<usize>>,
}

impl Prose {
    /// The statements of one clause; `content` is where it goes on after words of time and scope.
    pub(super) fn statements_of(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        content: usize,
        state: &mut State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let mut found = Vec::new();
        let Some(clause) = sentence.clauses.get(index) else {
            return found;
        };
        let before = subject_clause(sentence, index);
        // 其中2012年收到18件: what follows a time is no part of the number before.
        let since = clause.start + 2;
        let mut floor = if content > since && line.starts(clause.start, &['其', '中']) {
            since
        } else {
            clause.start
        };
        let first = sentence
            .numbers
            .partition_point(|number| number.range.start < clause.start);
        let mut numbers = sentence.numbers.get(first..).unwrap_or_default();
        while let Some(number) = numbers.first()
            && number.range.end <= clause.end
        {
            while floor < number.range.start && matches!(line.at(floor), '、' | ' ') {
                floor += 1;
            }
            let (statements, taken) =
                if let Some(change) = self.change(line, numbers, clause, floor) {
                    (self.changed(sentence, &change, floor, state), 2)
                } else if let Some(several) = self.respective(sentence, numbers, clause, floor) {
                    let count = several.numbers.len();
                    (self.respectively(sentence, &several, floor, state), count)
                } else {
                    let standing = Standing {
                        floor,
                        content,
                        before,
                    };
                    (self.statements_with(sentence, number, standing, state), 1)
                };
            if let Some(statement) = statements.last() {
                state.last.clone_from(&statement.dimensions);
                state.said = Some(statement.subject);
                state.in_sentence = true;
                if !statement.dimensions.contains_key("scope") {
                    state.context.settle();
                }
            } else if self.is_another_whole(sentence, number, floor, clause, state) {
                state.said = None;
            }
            found.extend(statements);
            let (read, rest) = numbers.split_at_checked(taken).unwrap_or((numbers, &[]));
            if let Some(last) = read.last() {
                floor = last.range.end;
            }
            numbers = rest;
        }
        found
    }

    /// Whether a number that is read as nothing may be a whole of its own, so that what follows is no part
    /// of what was said before: it opens a clause, in the same units, and compares nothing.
    fn is_another_whole(
        &self,
        sentence: &Sentence<'_>,
        number: &Number,
        floor: usize,
        clause: &Range<usize>,
        state: &State,
    ) -> bool {
        let line = sentence.line;
        let said = state.said.and_then(|said| self.subject(said));
        let same_units = said
            .zip(number.unit.as_ref())
            .is_some_and(|(said, unit)| said.units.contains(unit));
        same_units
            && floor == clause.start
            && !line.starts(floor, &['其', '中'])
            && !self.words.rejected.is_in(line, floor..number.range.start)
    }

    /// What one number is said of.
    fn statements_with(
        &self,
        sentence: &Sentence<'_>,
        number: &Number,
        standing: Standing<'_>,
        state: &mut State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let floor = standing.floor;
        let ends = self.words.fillers.back(line, number.range.start, floor);
        let only_fillers = ends.contains(&floor);
        let own = self.candidates(line, &ends, number, floor);
        let mut found = self.best(sentence, own, number, floor, state);
        if found.best.is_none() && only_fillers {
            let inverted = self.inverted(line, number);
            found.best = self.best(sentence, inverted, number, floor, state).best;
        }
        let is_said_again = found.other_time.is_none();
        if found.other_time.is_some() {
            state.other_time = found.other_time.take();
        }
        if let Some((candidate, statement)) = found.best {
            let mut found = self.shared(sentence, &candidate, number, floor, state);
            found.push(statement);
            return found;
        }
        // `申请办理情况:共9件`: the subject stands in the clause before, alone.
        if let Some(before) = standing.before
            && only_fillers
        {
            let ends = self.words.fillers.back(line, before.end, before.start);
            let mut candidates = self.candidates(line, &ends, number, before.start);
            for candidate in &mut candidates {
                candidate.until = before.end;
            }
            return self
                .best(sentence, candidates, number, before.start, state)
                .best
                .map(|(_, statement)| Statement {
                    phrasing: Phrasing::Announced,
                    ..statement
                })
                .into_iter()
                .collect();
        }
        // `2022年收到12件,2023年为15件`: what was said of another time is said again.
        if let Some((subject, label)) = &state.other_time
            && floor < standing.content
            && ends.iter().any(|end| *end <= standing.content)
            && is_said_again
        {
            let clause = floor..number.range.start;
            return self
                .given(sentence, *subject, number, clause, state)
                .ok()
                .map(|statement| Statement {
                    label: label.clone(),
                    phrasing: Phrasing::Announced,
                    ..statement
                })
                .into_iter()
                .collect();
        }
        Vec::new()
    }

    /// Where the words end that a conjunction joins to a phrase that begins at `start`.
    pub(super) fn joined(&self, line: &Line, start: usize, floor: usize) -> Option<usize> {
        let last = start.checked_sub(1)?;
        if last <= floor {
            return None;
        }
        let joined = matches!(line.at(last), '、' | '和' | '与' | '及' | '或');
        let as_well = line.at(last) == '及' && line.at(last - 1) == '以';
        joined.then_some(if as_well { last - 1 } else { last })
    }

    /// Whether the number of a phrase is one for each of the words joined to it: `均为0件`, or what was done to
    /// the same things (`受理和办结6件`).
    pub(super) fn gives_to_each(
        &self,
        line: &Line,
        candidate: &Candidate<'_>,
        floor: usize,
    ) -> bool {
        let words = candidate.phrase.end..candidate.until;
        self.words.distributive.is_in(line, words)
            || self.words.deeds.at(line, candidate.phrase.start) == Some(candidate.phrase.end)
                && self
                    .joined(line, candidate.phrase.start, floor)
                    .is_some_and(|end| self.words.deeds.ends(line, end, floor).is_some())
    }

    /// The other subjects that a number is given to: `行政复议、行政诉讼均为0件`.
    fn shared(
        &self,
        sentence: &Sentence<'_>,
        candidate: &Candidate<'_>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let mut found = Vec::new();
        if !self.gives_to_each(line, candidate, floor) {
            return found;
        }
        let mut start = candidate.phrase.start;
        while let Some(end) = self.joined(line, start, floor) {
            let Some((subject, phrase)) = self.element(sentence, end, floor, number) else {
                break;
            };
            start = phrase.start;
            let clause = floor..number.range.start;
            let Ok(statement) = self.given(sentence, subject, number, clause, state) else {
                break;
            };
            found.push(Statement {
                label: line.text(phrase.clone()),
                range: phrase.start..number.range.end,
                phrasing: Phrasing::Shared,
                ..statement
            });
        }
        found
    }

    /// The subject that ends at `end` in a list of subjects, and its words. What else the clause names are other
    /// subjects: only unit and topic matter here.
    pub(super) fn element(
        &self,
        sentence: &Sentence<'_>,
        end: usize,
        floor: usize,
        number: &Number,
    ) -> Option<(usize, Range<usize>)> {
        let line = sentence.line;
        let ends = self.words.fillers.back(line, end, floor);
        let held = line.kinds(floor..end);
        let patterns = ends.iter().flat_map(|end| {
            let patterns = self.statements.ending(line, *end, held);
            patterns.filter_map(|pattern| {
                let start = pattern.begins(line, &self.words.fillers, *end, floor)?;
                pattern.ends_with_number().then_some((pattern, start..*end))
            })
        });
        patterns
            .filter(|(pattern, _)| self.may_count(sentence, pattern.subject, number))
            .max_by_key(|(pattern, _)| pattern.weight)
            .map(|(pattern, phrase)| (pattern.subject, phrase))
    }

    /// Whether a number may be one of a subject, by unit and topic.
    pub(super) fn may_count(&self, sentence: &Sentence<'_>, index: usize, number: &Number) -> bool {
        let subject = self.subject(index);
        subject.is_some_and(|subject| sentence.may_be_of(subject))
            && self.unit(index, number).is_some()
    }
}

/// The clause that a clause which is nothing but a number takes its subject from: the one before it, or where
/// brackets stand between, the one before these (`收到申请(含上年结转1件)12件`).
fn subject_clause<'a>(sentence: &'a Sentence<'_>, index: usize) -> Option<&'a Range<usize>> {
    let line = sentence.line;
    let clause = sentence.clauses.get(index)?;
    let marked = |before: &&Range<usize>, marks: &[char]| {
        marks.contains(&line.at(before.end)) && !sentence.counts(before)
    };
    let mut before = sentence.clauses.iter().take(index).rev();
    if clause.start > 0 && line.at(clause.start - 1) == ')' {
        return before
            .find(|before| line.at(before.end) == '(')
            .filter(|before| marked(before, &['(']));
    }
    let last = before.next()?;
    (clause.start <= last.end + 1 && marked(&last, &[',', ':'])).then_some(last)
}
