//! Numbers and the subjects that they are said of.

use std::ops::Range;

use model::Phrasing;

use super::line::Line;
use super::pattern::Pattern;
use super::{Number, Prose, Sentence, State, Statement};

/// A phrase found beside a number.
struct Candidate<'a> {
    pattern: &'a Pattern,
    /// The phrase before the number; empty at the number where it stands after it.
    phrase: Range<usize>,
    /// The statement, number and unit included.
    range: Range<usize>,
    label: String,
    phrasing: Phrasing,
}

impl Prose {
    /// The statements of one clause.
    pub(super) fn statements_of(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        state: &mut State,
    ) -> Vec<Statement> {
        let mut found = Vec::new();
        let Some(clause) = sentence.clauses.get(index) else {
            return found;
        };
        let before = index
            .checked_sub(1)
            .and_then(|index| sentence.clauses.get(index));
        let mut floor = clause.start;
        let first = sentence
            .numbers
            .partition_point(|number| number.range.start < clause.start);
        for number in sentence.numbers.iter().skip(first) {
            if number.range.end > clause.end {
                break;
            }
            while floor < number.range.start && matches!(sentence.line.at(floor), '、' | ' ') {
                floor += 1;
            }
            let statements = self.statements_with(sentence, number, floor, before, state);
            if let Some(statement) = statements.last() {
                state.last.clone_from(&statement.dimensions);
                state.said = Some(statement.subject);
            } else if self.is_another_whole(sentence, number, floor, clause, state) {
                state.said = None;
            }
            found.extend(statements);
            floor = number.range.end;
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

    /// What one number is said of. `floor` is where its clause, or what follows the number before,
    /// begins.
    fn statements_with(
        &self,
        sentence: &Sentence<'_>,
        number: &Number,
        floor: usize,
        before: Option<&Range<usize>>,
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let ends = self.words.fillers.back(line, number.range.start, floor);
        let own = self.candidates(line, &ends, number, floor);
        let only_fillers = ends.contains(&floor);
        let best = self.best(sentence, own, number, floor, state).or_else(|| {
            let inverted = if only_fillers {
                self.inverted(line, number)
            } else {
                Vec::new()
            };
            self.best(sentence, inverted, number, floor, state)
        });
        if let Some((candidate, statement)) = best {
            let mut found = self.shared(sentence, &candidate, number, floor, state);
            found.push(statement);
            return found;
        }
        // `申请办理情况:共9件`: the subject stands in the clause before, alone.
        let Some(before) = before.filter(|before| {
            only_fillers
                && floor <= before.end + 1
                && matches!(line.at(before.end), ',' | ':')
                && !sentence.counts(before)
        }) else {
            return Vec::new();
        };
        let ends = self.words.fillers.back(line, before.end, before.start);
        let candidates = self.candidates(line, &ends, number, before.start);
        self.best(sentence, candidates, number, before.start, state)
            .map(|(_, statement)| Statement {
                phrasing: Phrasing::Announced,
                ..statement
            })
            .into_iter()
            .collect()
    }

    /// Phrases that end at one of `ends` and go with the number.
    fn candidates(
        &self,
        line: &Line,
        ends: &[usize],
        number: &Number,
        floor: usize,
    ) -> Vec<Candidate<'_>> {
        let mut found = Vec::new();
        let mut after = number.range.end;
        if line.at(after) == '的' {
            after += 1;
        }
        for &end in ends {
            for pattern in self.statements.ending(line, end) {
                let fillers = &self.words.fillers;
                let Some(statement_end) = (if pattern.ends_with_number() {
                    Some(number.range.end)
                } else {
                    pattern.ends(line, fillers, after)
                }) else {
                    continue;
                };
                let Some(start) = pattern.begins(line, fillers, end, floor) else {
                    continue;
                };
                let mut label = line.text(start..end);
                label.push_str(&line.text(number.range.end..statement_end));
                found.push(Candidate {
                    pattern,
                    phrase: start..end,
                    range: start..statement_end,
                    label,
                    phrasing: Phrasing::Stated,
                });
            }
        }
        found
    }

    /// Phrases that stand after the number: `5件结果维持`.
    fn inverted(&self, line: &Line, number: &Number) -> Vec<Candidate<'_>> {
        let mut found = Vec::new();
        for start in self.words.copulas.forth(line, number.range.end) {
            for pattern in self.statements.following(line, start) {
                let Some(end) = pattern.follows(line, &self.words.fillers, start) else {
                    continue;
                };
                let whole = super::line::parts_clauses(line.at(end))
                    || matches!(line.at(end), '、' | '\0' | '的')
                    || self.words.tails.at(line, end).is_some();
                if whole {
                    found.push(Candidate {
                        pattern,
                        phrase: number.range.start..number.range.start,
                        range: number.range.start..end,
                        label: line.text(start..end),
                        phrasing: Phrasing::Inverted,
                    });
                }
            }
        }
        found
    }

    /// The candidate that says most and agrees in unit, topic, time and words, with its statement.
    fn best<'a>(
        &'a self,
        sentence: &Sentence<'_>,
        mut candidates: Vec<Candidate<'a>>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Option<(Candidate<'a>, Statement)> {
        candidates.sort_by_key(|candidate| {
            std::cmp::Reverse((
                candidate.pattern.weight,
                candidate.phrase.end,
                std::cmp::Reverse(candidate.pattern.subject),
            ))
        });
        candidates.into_iter().find_map(|candidate| {
            let statement = self.agree(sentence, &candidate, number, floor, state)?;
            Some((candidate, statement))
        })
    }

    /// The statement of a candidate, if all agrees.
    fn agree(
        &self,
        sentence: &Sentence<'_>,
        candidate: &Candidate<'_>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Option<Statement> {
        let line = sentence.line;
        let index = candidate.pattern.subject;
        let subject = self.subject(index)?;
        let unit = match &number.unit {
            Some(unit) => subject.units.contains(unit).then(|| unit.clone())?,
            None => subject.zero_unit.clone(),
        };
        if let Some(topic) = &subject.topic {
            let spoken = sentence.topics.get(topic.as_str());
            let here = spoken.is_some_and(|spoken| *spoken < candidate.range.end);
            (here || self.is_named(sentence, candidate, topic)).then_some(())?;
        }
        if !subject.follows.is_empty() {
            let said = &self.subject(state.said?)?.indicator;
            subject.follows.contains(said).then_some(())?;
        }
        let beside = floor..candidate.range.end.max(number.range.start);
        if self
            .forbidden
            .get(index)
            .is_some_and(|words| words.is_in(line, beside))
        {
            return None;
        }
        let rejected = &self.words.rejected;
        if rejected.is_in(line, floor..candidate.phrase.start)
            || rejected.is_in(line, candidate.phrase.end..number.range.start)
        {
            return None;
        }
        // 行政复议和行政诉讼共3件: one number for both is none for either.
        if self.joined(line, candidate.phrase.start, floor).is_some()
            && !self.gives_to_each(line, candidate, number)
        {
            return None;
        }
        let time = state.context.time(
            line,
            floor..number.range.start,
            &sentence.times,
            &self.words,
            sentence.year,
        );
        Some(Statement {
            subject: index,
            dimensions: self.dimensions(subject, time, state)?,
            value: number.value,
            bound: number.bound,
            unit,
            raw: number.range.clone(),
            label: candidate.label.clone(),
            range: candidate.range.clone(),
            phrasing: candidate.phrasing,
        })
    }

    /// Whether a phrase names what an earlier sentence of the paragraph spoke of.
    fn is_named(&self, sentence: &Sentence<'_>, candidate: &Candidate<'_>, topic: &str) -> bool {
        let names = self.lexicon.topics.get(topic).map(|topic| &topic.names);
        sentence.earlier.contains(topic)
            && names
                .into_iter()
                .flatten()
                .any(|name| candidate.label.contains(name.as_str()))
    }

    /// Where the words end that a conjunction joins to a phrase that begins at `start`.
    fn joined(&self, line: &Line, start: usize, floor: usize) -> Option<usize> {
        let last = start.checked_sub(1)?;
        if last <= floor {
            return None;
        }
        let joined = matches!(line.at(last), '、' | '和' | '与' | '及' | '或');
        let as_well = line.at(last) == '及' && line.at(last - 1) == '以';
        joined.then_some(if as_well { last - 1 } else { last })
    }

    fn gives_to_each(&self, line: &Line, candidate: &Candidate<'_>, number: &Number) -> bool {
        self.words
            .distributive
            .is_in(line, candidate.phrase.end..number.range.start)
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
        if !self.gives_to_each(line, candidate, number) {
            return found;
        }
        let mut start = candidate.phrase.start;
        while let Some(end) = self.joined(line, start, floor) {
            let ends = self.words.fillers.back(line, end, floor);
            let candidates = ends.iter().flat_map(|end| {
                let patterns = self.statements.ending(line, *end);
                patterns.filter_map(|pattern| {
                    let start = pattern.begins(line, &self.words.fillers, *end, floor)?;
                    pattern.ends_with_number().then(|| Candidate {
                        pattern,
                        phrase: start..*end,
                        range: start..number.range.end,
                        label: line.text(start..*end),
                        phrasing: Phrasing::Shared,
                    })
                })
            });
            // The words between are other subjects: only what joins them matters here.
            let best = candidates
                .filter_map(|candidate| {
                    let subject = self.subject(candidate.pattern.subject)?;
                    let agrees = match &number.unit {
                        Some(unit) => subject.units.contains(unit),
                        None => true,
                    };
                    let topic = subject.topic.as_deref();
                    let spoken = topic.is_none_or(|topic| sentence.topics.contains_key(topic));
                    (agrees && spoken).then_some(candidate)
                })
                .max_by_key(|candidate| candidate.pattern.weight);
            let Some(candidate) = best else { break };
            start = candidate.phrase.start;
            let Some(subject) = self.subject(candidate.pattern.subject) else {
                break;
            };
            let time = state.context.time(
                line,
                floor..number.range.start,
                &sentence.times,
                &self.words,
                sentence.year,
            );
            let Some(dimensions) = self.dimensions(subject, time, state) else {
                break;
            };
            found.push(Statement {
                subject: candidate.pattern.subject,
                dimensions,
                value: number.value,
                bound: number.bound,
                unit: number
                    .unit
                    .clone()
                    .unwrap_or_else(|| subject.zero_unit.clone()),
                raw: number.range.clone(),
                label: candidate.label,
                range: candidate.range,
                phrasing: Phrasing::Shared,
            });
        }
        found
    }
}
