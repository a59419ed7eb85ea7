//! Several numbers for as many things: `行政复议、行政诉讼分别为4件、2件`, `2014年和2015年分别收到12件和18件`.
//!
//! Where things and numbers cannot be paired one by one, nothing is read.

use std::ops::Range;

use model::Phrasing;

use super::line::Line;
use super::{Number, Prose, Sentence, State, Statement};

/// Most characters between 分别 and the first number that may be a verb of the things before (`分别发生4件、2件`).
const LONGEST_VERB: usize = 4;

/// Numbers in a row, given out by 分别.
pub(super) struct Respective<'a> {
    pub(super) numbers: &'a [Number],
    /// 分别.
    word: Range<usize>,
}

impl Prose {
    /// The numbers in a row that begin `numbers`, where 分别 stands before them in the clause.
    pub(super) fn respective<'a>(
        &self,
        sentence: &Sentence<'_>,
        numbers: &'a [Number],
        clause: &Range<usize>,
        floor: usize,
    ) -> Option<Respective<'a>> {
        let line = sentence.line;
        let first = numbers.first()?;
        let at = self
            .words
            .respective
            .first_in(line, floor..first.range.start)?;
        let end = self.words.respective.at(line, at)?;
        let mut count = 1;
        while let (Some(last), Some(next)) = (numbers.get(count - 1), numbers.get(count))
            && next.range.end <= clause.end
            && line.joins(last.range.end..next.range.start)
        {
            count += 1;
        }
        (count > 1).then_some(Respective {
            numbers: numbers.get(..count)?,
            word: at..end,
        })
    }

    /// What is said of each of the numbers; nothing where one of them stays without its thing.
    pub(super) fn respectively(
        &self,
        sentence: &Sentence<'_>,
        several: &Respective<'_>,
        floor: usize,
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let Some(first) = several.numbers.first() else {
            return Vec::new();
        };
        let years = sentence.when.years(line, &(floor..several.word.start));
        if years.len() == several.numbers.len() {
            return self.of_years(sentence, several, &years, state);
        }
        let verb = several.word.end..first.range.start;
        let fillers = self.words.fillers.back(line, verb.end, verb.start);
        if !fillers.contains(&verb.start) && verb.len() > LONGEST_VERB {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut end = several.word.start;
        let mut tail: Vec<char> = Vec::new();
        for (index, number) in several.numbers.iter().enumerate().rev() {
            let whole = self.element(sentence, end, floor, number);
            let Some((subject, phrase)) = whole
                .filter(|(_, phrase)| {
                    index == 0 || self.joined(line, phrase.start, floor).is_some()
                })
                .or_else(|| self.shortened(sentence, end, floor, &tail, number))
            else {
                return Vec::new();
            };
            if tail.is_empty() {
                tail = line.text(phrase.start..end).chars().collect();
            }
            let clause = floor..several.word.start;
            let Ok(statement) = self.given(sentence, subject, number, clause, state) else {
                return Vec::new();
            };
            found.push(Statement {
                label: line.text(phrase.clone()),
                range: phrase.start..number.range.end,
                phrasing: Phrasing::Shared,
                ..statement
            });
            match self.joined(line, phrase.start, floor) {
                Some(before) if index > 0 => end = before,
                None if index == 0 => {}
                // More things than numbers, or fewer.
                _ => return Vec::new(),
            }
        }
        found.reverse();
        found
    }

    /// The number of the report's year, where each number is one of a year.
    fn of_years(
        &self,
        sentence: &Sentence<'_>,
        several: &Respective<'_>,
        years: &[i16],
        state: &State,
    ) -> Vec<Statement> {
        let line = sentence.line;
        let Some(first) = several.numbers.first() else {
            return Vec::new();
        };
        let number = years
            .iter()
            .zip(several.numbers)
            .find(|(year, _)| Some(**year) == sentence.year)
            .map(|(_, number)| number);
        let Some(number) = number else {
            return Vec::new();
        };
        let floor = several.word.end;
        let ends = self.words.fillers.back(line, first.range.start, floor);
        let candidates = self.candidates(line, &ends, first, floor);
        let mut state = state.clone();
        state.context.of_the_year();
        self.heaviest(sentence, candidates, number, floor, &state)
            .map(|statement| Statement {
                range: statement.range.start..number.range.end,
                phrasing: Phrasing::Shared,
                ..statement
            })
            .into_iter()
            .collect()
    }

    /// A thing whose last words are left to the end of the list: `当面、信函、网络申请`.
    fn shortened(
        &self,
        sentence: &Sentence<'_>,
        end: usize,
        floor: usize,
        tail: &[char],
        number: &Number,
    ) -> Option<(usize, Range<usize>)> {
        let line = sentence.line;
        let start = (floor..end)
            .rev()
            .find(|at| matches!(line.at(*at), '、' | '和' | '与' | '及'))
            .map_or(floor, |at| at + 1);
        let element = line.text(start..end);
        let length = end - start;
        (1..tail.len()).find_map(|from| {
            let mut text = element.clone();
            text.extend(tail.get(from..).unwrap_or_default());
            let joined = Line::new(&text);
            let held = joined.kinds(0..joined.len());
            let patterns = self.statements.ending(&joined, joined.len(), held);
            patterns
                .filter(|pattern| pattern.ends_with_number())
                .filter(|pattern| self.may_count(sentence, pattern.subject, number))
                .filter_map(|pattern| {
                    let begins = pattern.begins(&joined, &self.words.fillers, joined.len(), 0)?;
                    (begins < length).then_some((pattern, begins))
                })
                .max_by_key(|(pattern, _)| pattern.weight)
                .map(|(pattern, begins)| (pattern.subject, start + begins..end))
        })
    }
}
