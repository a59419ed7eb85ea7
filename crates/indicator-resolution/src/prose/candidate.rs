//! Phrases beside a number, and whether all agrees.

use std::ops::Range;

use codebook::Subject;
use model::Phrasing;

use super::line::Line;
use super::pattern::Pattern;
use super::sentence::Time;
use super::{Number, Prose, Sentence, State, Statement, matter};

/// A phrase found beside a number.
pub(super) struct Candidate<'a> {
    pub(super) pattern: &'a Pattern,
    /// The phrase before the number; empty at the number where it stands after it.
    pub(super) phrase: Range<usize>,
    /// The statement, number and unit included.
    pub(super) range: Range<usize>,
    pub(super) label: String,
    pub(super) phrasing: Phrasing,
    /// Where the words end that lead up to the number: at the number, or before words that compare it with
    /// another (`由310条增加到452条`).
    pub(super) until: usize,
}

/// Why a phrase says nothing of a number, or nothing that is wanted.
pub(super) enum Unsaid {
    /// It goes with another unit, topic, or with words that forbid it.
    Otherwise,
    /// It is said for a time that has no reading (`2022年收到12件` in the report for 2023).
    OtherTime,
}

/// What was found of a number.
pub(super) struct Found<'a> {
    pub(super) best: Option<(Candidate<'a>, Statement)>,
    /// The subject that the number has, where it is one of another time.
    pub(super) other_time: Option<(usize, String)>,
}

impl Prose {
    /// Phrases that end at one of `ends` and go with the number.
    pub(super) fn candidates(
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
        let last = ends.iter().copied().fold(floor, usize::max);
        let held = line.kinds(floor..last);
        for &end in ends {
            for pattern in self.statements.ending(line, end, held) {
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
                    until: number.range.start,
                });
            }
        }
        found
    }

    /// Phrases that stand after the number: `5件结果维持`.
    pub(super) fn inverted(&self, line: &Line, number: &Number) -> Vec<Candidate<'_>> {
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
                        until: number.range.start,
                    });
                }
            }
        }
        found
    }

    /// The candidate that says most and agrees in unit, topic, time and words, with its statement.
    pub(super) fn best<'a>(
        &'a self,
        sentence: &Sentence<'_>,
        mut candidates: Vec<Candidate<'a>>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Found<'a> {
        candidates.sort_by_key(|candidate| {
            std::cmp::Reverse((
                candidate.pattern.weight,
                candidate.phrase.end,
                std::cmp::Reverse(candidate.pattern.subject),
            ))
        });
        let mut other_time = None;
        for candidate in candidates {
            match self.agree(sentence, &candidate, number, floor, state) {
                Ok(statement) => {
                    return Found {
                        best: Some((candidate, statement)),
                        other_time,
                    };
                }
                Err(Unsaid::OtherTime) => {
                    other_time = other_time.or(Some((candidate.pattern.subject, candidate.label)));
                }
                Err(Unsaid::Otherwise) => {}
            }
        }
        Found {
            best: None,
            other_time,
        }
    }

    /// The statement of the longest phrase of which all agrees; of phrases as long, of the first.
    pub(super) fn heaviest(
        &self,
        sentence: &Sentence<'_>,
        mut candidates: Vec<Candidate<'_>>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Option<Statement> {
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.pattern.weight));
        let agreed = |candidate| self.agree(sentence, candidate, number, floor, state).ok();
        candidates.iter().find_map(agreed)
    }

    /// The statement of a candidate, if all agrees.
    fn agree(
        &self,
        sentence: &Sentence<'_>,
        candidate: &Candidate<'_>,
        number: &Number,
        floor: usize,
        state: &State,
    ) -> Result<Statement, Unsaid> {
        let line = sentence.line;
        let index = candidate.pattern.subject;
        let subject = self.subject(index).ok_or(Unsaid::Otherwise)?;
        if !self.is_spoken_of(sentence, subject, candidate, state) {
            return Err(Unsaid::Otherwise);
        }
        if !subject.follows.is_empty() {
            let said = state.said.and_then(|said| self.subject(said));
            if !said.is_some_and(|said| subject.follows.contains(&said.indicator)) {
                return Err(Unsaid::Otherwise);
            }
        }
        let forbidden = self.forbidden.get(index);
        let rejected = &self.words.rejected;
        if forbidden.is_some_and(|words| {
            words.is_in(line, floor..candidate.until)
                || words.is_in(line, number.range.end..candidate.range.end)
        }) || rejected.is_in(line, floor..candidate.phrase.start)
            || rejected.is_in(line, candidate.phrase.end..candidate.until)
        {
            return Err(Unsaid::Otherwise);
        }
        // 行政复议和行政诉讼共3件: one number for both is none for either.
        if self.joined(line, candidate.phrase.start, floor).is_some()
            && !self.gives_to_each(line, candidate, floor)
        {
            return Err(Unsaid::Otherwise);
        }
        let statement = self.given(sentence, index, number, floor..candidate.until, state)?;
        Ok(Statement {
            label: candidate.label.clone(),
            range: candidate.range.clone(),
            phrasing: candidate.phrasing,
            ..statement
        })
    }

    /// The unit that a number has as one of a subject's.
    pub(super) fn unit(&self, subject: usize, number: &Number) -> Option<String> {
        let subject = self.subject(subject)?;
        match &number.unit {
            Some(unit) => subject.units.contains(unit).then(|| unit.clone()),
            None => Some(subject.zero_unit.clone()),
        }
    }

    /// The time that the words of a clause up to a number speak of.
    pub(super) fn time(
        &self,
        sentence: &Sentence<'_>,
        clause: Range<usize>,
        state: &State,
    ) -> Time {
        let (line, times) = (sentence.line, &sentence.times);
        state
            .context
            .time(line, clause, times, &self.words, sentence.year)
    }

    /// A number as one of a subject, if unit, time and scope agree; `clause` is the clause up to it.
    pub(super) fn given(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        number: &Number,
        clause: Range<usize>,
        state: &State,
    ) -> Result<Statement, Unsaid> {
        let unit = self.unit(index, number).ok_or(Unsaid::Otherwise)?;
        let subject = self.subject(index).ok_or(Unsaid::Otherwise)?;
        let time = self.time(sentence, clause, state);
        let dimensions = self.dimensions(subject, time, state);
        Ok(Statement {
            subject: index,
            dimensions: dimensions.ok_or(if time == Time::Other {
                Unsaid::OtherTime
            } else {
                Unsaid::Otherwise
            })?,
            value: number.value,
            bound: number.bound,
            unit,
            raw: number.range.clone(),
            label: String::new(),
            range: number.range.clone(),
            phrasing: Phrasing::Stated,
            former: None,
            paired: Vec::new(),
        })
    }

    /// Whether the topic that a subject needs is spoken of, and no part of another matter.
    fn is_spoken_of(
        &self,
        sentence: &Sentence<'_>,
        subject: &Subject,
        candidate: &Candidate<'_>,
        state: &State,
    ) -> bool {
        let Some(topic) = &subject.topic else {
            return true;
        };
        let named = self.is_named(candidate, topic);
        // 制作政府信息20条,主动公开5条,不予公开15条: of the documents, not of requests.
        let other_matter = state.in_sentence
            && !named
            && state
                .said
                .and_then(|said| self.subject(said))
                .is_some_and(|said| {
                    let others = self
                        .lexicon
                        .topics
                        .get(topic)
                        .map(|topic| &topic.not_within);
                    others.is_some_and(|others| others.iter().any(|other| other == matter(said)))
                });
        if other_matter {
            return false;
        }
        let spoken = sentence.topics.get(topic.as_str());
        spoken.is_some_and(|spoken| *spoken < candidate.range.end)
            || named && sentence.earlier.contains(topic)
    }

    /// Whether a phrase itself holds a name of the topic.
    fn is_named(&self, candidate: &Candidate<'_>, topic: &str) -> bool {
        let names = self.lexicon.topics.get(topic).map(|topic| &topic.names);
        names
            .into_iter()
            .flatten()
            .any(|name| candidate.label.contains(name.as_str()))
    }
}
