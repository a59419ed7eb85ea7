//! Words that say zero: a negation and the objects that it names.

use std::ops::Range;

use model::{Bound, Phrasing};

use super::line::Line;
use super::{Prose, Sentence, State, Statement};

/// A negation in a clause.
struct Negation {
    /// Negation and verb: `未发生`, `没有`.
    words: Range<usize>,
    /// Where the verb, or what is negated, begins.
    floor: usize,
    /// The verb is 因: what follows is a cause first.
    of_cause: bool,
}

impl Prose {
    /// The zeros that one clause says. `content` is where it goes on after time and scope.
    pub(super) fn zeros_of(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        content: usize,
        state: &mut State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let Some(clause) = sentence.clauses.get(index) else {
            return Vec::new();
        };
        let Some(negation) = (content..clause.end).find_map(|at| self.negation(line, at, content))
        else {
            return Vec::new();
        };
        let before = index
            .checked_sub(1)
            .and_then(|index| sentence.clauses.get(index));
        let after_exception = before.is_some_and(|before| {
            line.at(before.start) == '除'
                || before.len() < 6 && self.words.restrictions.is_in(line, before.clone())
        });
        if sentence.counts(&(negation.words.start..clause.end))
            || after_exception
            || self
                .words
                .restrictions
                .is_in(line, clause.start..negation.floor)
            || negation.of_cause && sentence.counts(&(sentence.range.start..negation.words.start))
        {
            return Vec::new();
        }
        let mut found = self.objects(sentence, &negation, negation.floor, clause.end, state);
        // 未发生行政复议,行政诉讼案件: clauses that are objects and nothing else go on with the list.
        if !found.is_empty() {
            for clause in sentence.clauses.iter().skip(index + 1) {
                let more = self.objects(sentence, &negation, clause.start, clause.end, state);
                let whole =
                    |statement: &Statement| statement.label.chars().count() + 4 >= clause.len();
                let negated =
                    (clause.start..clause.end).any(|at| self.negation(line, at, at).is_some());
                if negated || sentence.counts(clause) || !more.iter().any(whole) {
                    break;
                }
                found.extend(more);
            }
        }
        if let Some(statement) = found.last() {
            state.last.clone_from(&statement.dimensions);
            state.said = Some(statement.subject);
        }
        found
    }

    /// The negation that begins at an index.
    fn negation(&self, line: &Line, at: usize, content: usize) -> Option<Negation> {
        if let Some(floor) = self.words.negations.at(line, at)
            && let Some(end) = self.words.verbs.at(line, floor)
        {
            return Some(Negation {
                words: at..end,
                floor,
                of_cause: line.at(floor) == '因',
            });
        }
        let floor = self.words.bare_negations.at(line, at)?;
        // 无 and 零 are parts of many words: they negate where a predicate may begin.
        let before = at.checked_sub(1).map_or('\0', |before| line.at(before));
        let stands = floor > at + 1
            || at == content
            || "均也亦尚皆都并年度局委办厅会院处站镇乡街道县区市位关内".contains(before);
        let negates = self.words.not_negated.at(line, floor).is_none();
        // 零收费: it negates wherever nothing but its object follows, and counts nothing in a numeral.
        let stands = stands || line.at(at) == '零' && !is_numeral(before);
        (stands && negates).then_some(Negation {
            words: at..floor,
            floor,
            of_cause: line.at(floor) == '因',
        })
    }

    /// A zero for each object named from `start` to `end`; none where the last, the head of the
    /// phrase, is not known: `未收到依申请公开信息的咨询` says nothing of requests.
    fn objects(
        &self,
        sentence: &Sentence<'_>,
        negation: &Negation,
        start: usize,
        end: usize,
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let mut found: Vec<Statement> = Vec::new();
        let mut element_end = end;
        let mut head = true;
        // From the last object to the first; each begins after a conjunction.
        let mut at = end;
        loop {
            let is_start = at == start;
            let conjunction = !is_start
                && matches!(
                    line.at(at - 1),
                    '、' | '和' | '与' | '及' | '或' | '以' | '者'
                );
            if !(is_start || conjunction) {
                at -= 1;
                continue;
            }
            if at < element_end
                && let Some(statement) =
                    self.object(sentence, negation, at..element_end, start, state)
            {
                let known = found.iter().any(|other| {
                    (other.subject, &other.dimensions) == (statement.subject, &statement.dimensions)
                });
                if !known {
                    found.push(statement);
                }
                head = false;
                element_end = at.saturating_sub(1);
            } else if conjunction && matches!(line.at(at - 1), '、' | '和' | '与' | '或') {
                // An unknown element: as the head it leaves nothing sure.
                if head && at < element_end {
                    // The object may begin further to the left (收取复印、邮寄等费用).
                    at -= 1;
                    continue;
                }
                element_end = at.saturating_sub(1);
            }
            if is_start {
                break;
            }
            at -= 1;
        }
        if head {
            found.clear();
        }
        found.reverse();
        found
    }

    /// The zero of the object that one element names; its phrase begins at `floor` or after.
    fn object(
        &self,
        sentence: &Sentence<'_>,
        negation: &Negation,
        element: Range<usize>,
        floor: usize,
        state: &State,
    ) -> Option<Statement> {
        let line = sentence.line;
        let mut best: Option<(usize, Statement)> = None;
        let held = line.kinds(floor..element.end);
        for end in self.words.tails.back(line, element.end, element.start) {
            for pattern in self.zeros.ending(line, end, held) {
                if best
                    .as_ref()
                    .is_some_and(|(weight, _)| pattern.weight <= *weight)
                {
                    continue;
                }
                let statement = pattern
                    .begins(line, &self.words.fillers, end, floor)
                    .and_then(|start| {
                        self.zero(
                            sentence,
                            negation,
                            pattern.subject,
                            start..end,
                            &element,
                            state,
                        )
                    });
                if let Some(statement) = statement {
                    best = Some((pattern.weight, statement));
                }
            }
        }
        best.map(|(_, statement)| statement)
    }

    fn zero(
        &self,
        sentence: &Sentence<'_>,
        negation: &Negation,
        index: usize,
        phrase: Range<usize>,
        element: &Range<usize>,
        state: &State,
    ) -> Option<Statement> {
        let line = sentence.line;
        let subject = self.subject(index)?;
        sentence.may_be_of(subject).then_some(())?;
        let beside = element.start.max(negation.words.end)..element.end;
        if self
            .forbidden
            .get(index)
            .is_some_and(|words| words.is_in(line, beside))
        {
            return None;
        }
        let time = self.time(sentence, negation.words.end..element.end, state);
        Some(Statement {
            subject: index,
            dimensions: self.dimensions(subject, time, state)?,
            value: 0.0,
            bound: Bound::Exact,
            unit: subject.zero_unit.clone(),
            raw: negation.words.clone(),
            label: line.text(phrase.clone()),
            range: negation.words.start..phrase.end,
            phrasing: Phrasing::Denied,
            former: None,
            paired: Vec::new(),
        })
    }
}

/// A character of a Chinese numeral (一百零三).
fn is_numeral(character: char) -> bool {
    "一二三四五六七八九十百千万亿".contains(character)
}
