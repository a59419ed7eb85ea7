//! Clauses of a sentence: of when and of whom they speak.

use std::ops::Range;

use model::PartialDate;

use super::Number;
use super::actor::{About, actor};
use super::line::{Line, WordList, ends_sentence, parts_clauses};
use super::times::{Times, month, months};
use super::words::Words;

/// The sentences of a line, without the marks that end them.
pub(super) fn sentences(line: &Line) -> Vec<Range<usize>> {
    ranges(0..line.len(), |index| ends_sentence(line.at(index)))
}

/// The clauses of a sentence, without the marks that part them. A comma inside a number
/// (`14,553条`) parts nothing; `numbers` are those of the sentence, in order.
pub(super) fn clauses(
    line: &Line,
    sentence: Range<usize>,
    numbers: &[Number],
) -> Vec<Range<usize>> {
    ranges(sentence, |index| {
        let next = numbers.partition_point(|number| number.range.end <= index);
        let inside = numbers
            .get(next)
            .is_some_and(|number| number.range.contains(&index));
        parts_clauses(line.at(index)) && !inside
    })
}

fn ranges(whole: Range<usize>, parts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = whole.start;
    for index in whole.clone() {
        if parts(index) {
            found.push(start..index);
            start = index + 1;
        }
    }
    found.push(start..whole.end);
    found.retain(|range| !range.is_empty());
    found
}

/// Of when and of whom a clause speaks, as far as the sentence has said.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The year named at the start of a clause.
    year: Option<i16>,
    /// Where the sentence names the year of the report.
    year_at: Option<usize>,
    /// A part of the year is spoken of.
    partial: bool,
    /// The year as a whole is spoken of.
    yearly: bool,
    /// All years so far are spoken of.
    cumulative: bool,
    /// The clause names another year to compare with.
    compared: bool,
    /// The whole jurisdiction is spoken of.
    jurisdiction: bool,
    /// Another body is spoken of.
    elsewhere: bool,
    /// What is to be is spoken of.
    planned: bool,
    /// Of whom was said in the sentence before, which this one only seems to go on with.
    taken_over: bool,
}

/// Whose figures a clause gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The agency's own.
    Own,
    /// Those of the whole jurisdiction.
    Jurisdiction,
    /// Those of another body, or of no fact at all: plans, wishes, conditions.
    Others,
}

/// The time a number is said for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// The year of the report.
    Year,
    /// All years so far.
    Cumulative,
    /// What was added up, of the year or of all years so far (累计).
    Summed,
    /// A month or a day.
    Month,
    /// Another year, or a part of one.
    Other,
}

impl Context {
    /// Takes in a clause: what stands at its start says of when and of whom it speaks. Returns where
    /// the clause goes on after that.
    pub(super) fn enter(
        &mut self,
        line: &Line,
        clause: Range<usize>,
        times: &Times,
        words: &Words,
        about: &About,
    ) -> usize {
        let mut at = clause.start;
        let mut until = false;
        if line.starts(at, &['其', '中']) {
            at += 2;
        }
        self.compared = matches!(line.at(at), '较' | '比')
            && (words.last_year.at(line, at + 1).is_some() || times.date(at + 1).is_some());
        while at < clause.end {
            if let Some((range, start, end)) = times.period(at) {
                let whole = start.month() == Some(1) && end.month() == Some(12);
                self.partial = !whole;
                self.year = Some(end.year());
                self.yearly = whole;
                self.year_at = whole.then_some(at);
                at = range.end;
            } else if let Some((range, date)) = times.date(at) {
                self.year_at = (!until && date.month().is_none()).then_some(at);
                at = range.end;
                self.date(line, at, date, until, about.year);
            } else if let Some(end) = words.until.at(line, at) {
                until = true;
                at = end;
            } else if let Some(end) = months(line, at) {
                let whole = end.whole;
                if !until || !whole {
                    self.partial = !whole;
                }
                at = end.end;
            } else if let Some(end) = words.partial.at(line, at).or_else(|| month(line, at)) {
                if !until {
                    self.partial = true;
                }
                at = end;
            } else if let Some(end) = words.last_year.at(line, at) {
                if words.carried.at(line, behind_marks(line, end)).is_some() {
                    break;
                }
                self.partial = true;
                at = end;
            } else if let Some(end) = words.this_year.at(line, at) {
                self.partial = false;
                self.year = None;
                self.yearly = true;
                self.year_at = Some(at);
                at = end;
            } else if let Some(end) = words.yearly.at(line, at) {
                self.yearly = true;
                at = end;
            } else if let Some(end) = words.plans.at(line, at) {
                if words.not_plans.at(line, at).is_some() {
                    break;
                }
                (self.planned, self.taken_over) = (true, false);
                at = end;
            } else if let Some(end) = words.facts.at(line, at) {
                self.planned = false;
                at = end;
            } else if let Some(end) = words.jurisdiction.at(line, at) {
                (self.jurisdiction, self.elsewhere, self.taken_over) = (true, false, false);
                at = end;
                break;
            } else if let Some(end) = words.own.at(line, at) {
                (self.jurisdiction, self.elsewhere) = (false, false);
                at = end;
            } else if let Some(actor) = actor(line, at, clause.end, words, about) {
                (self.jurisdiction, self.elsewhere) = (false, !actor.own);
                self.taken_over = false;
                at = actor.end;
            } else if passes(line.at(at)) {
                until |= line.at(at) == '自' || line.at(at) == '从';
                at += 1;
            } else if line.starts(at, &['目', '前']) || line.starts(at, &['现', '有']) {
                at += 2;
            } else {
                break;
            }
        }
        at
    }

    /// Takes in a date that ends at `at`.
    fn date(
        &mut self,
        line: &Line,
        at: usize,
        date: &PartialDate,
        until: bool,
        report_year: Option<i16>,
    ) {
        let since = line.at(at) == '以' && line.at(at + 1) == '来';
        if since && until && Some(date.year()) != report_year {
            self.cumulative = true;
        } else if until {
            // 截至6月底: the year is not over.
            let month = date.month().filter(|_| Some(date.year()) == report_year);
            self.partial |= month.is_some_and(|month| month < 12);
        } else if !matches!(line.at(at), '底' | '末') {
            self.year = Some(date.year());
            self.partial = date.month().is_some();
            self.yearly = !self.partial;
            self.cumulative = false;
        }
    }

    /// The year of the report as a whole is spoken of.
    pub(super) fn of_the_year(&mut self) {
        (self.year, self.partial, self.yearly) = (None, false, true);
        (self.cumulative, self.compared) = (false, false);
    }

    /// What was said of whom in the sentence before holds for the same matter only.
    pub(super) fn take_over(&mut self) {
        (self.taken_over, self.yearly) = (true, false);
    }

    /// What was said of whom in the sentence before has ended: another matter was spoken of since.
    pub(super) fn settle(&mut self) {
        if self.taken_over {
            (self.jurisdiction, self.elsewhere, self.planned) = (false, false, false);
            self.taken_over = false;
        }
    }

    /// Whose figures the clause gives; `same_matter`: it speaks of what was spoken of last.
    pub(super) fn whose(&self, same_matter: bool) -> Whose {
        if self.taken_over && !same_matter {
            Whose::Own
        } else if self.planned || self.elsewhere {
            Whose::Others
        } else if self.jurisdiction {
            Whose::Jurisdiction
        } else {
            Whose::Own
        }
    }

    /// The time that a number is said for; `clause` is the clause up to it.
    pub(super) fn time(
        &self,
        line: &Line,
        clause: Range<usize>,
        said: &TimeWords,
        words: &Words,
        report_year: Option<i16>,
    ) -> Time {
        let at = clause.end;
        if words.monthly.is_in(line, clause) {
            return Time::Month;
        }
        let other_year =
            matches!((self.year, report_year), (Some(said), Some(year)) if said != year);
        if self.partial || self.compared || other_year {
            return Time::Other;
        }
        // 历年累计3000条,其中2012年新增80条: the year named last is meant.
        let said_before = |first: Option<usize>| first.is_some_and(|first| first < at);
        let before = |first: Option<usize>| said_before(first) && self.year_at < first;
        if self.cumulative || before(said.cumulative) {
            return Time::Cumulative;
        }
        if before(said.summed) && !self.yearly && !said_before(said.yearly) {
            return Time::Summed;
        }
        Time::Year
    }
}

/// Where a sentence first says a word of time.
#[derive(Debug, Clone, Default)]
pub(super) struct TimeWords {
    cumulative: Option<usize>,
    summed: Option<usize>,
    yearly: Option<usize>,
}

impl TimeWords {
    pub(super) fn new(line: &Line, sentence: &Range<usize>, words: &Words) -> Self {
        Self {
            cumulative: words.cumulative.first_in(line, sentence.clone()),
            summed: words.summed.first_in(line, sentence.clone()),
            yearly: words.yearly.first_in(line, sentence.clone()),
        }
    }
}

/// Characters between words of time and scope.
fn passes(character: char) -> bool {
    matches!(
        character,
        '自' | '从' | '在' | ' ' | '、' | '“' | '度' | '来' | '以' | '底' | '末' | '日' | '止'
    )
}

/// Where a text goes on after spaces and marks that part little.
fn behind_marks(line: &Line, at: usize) -> usize {
    (at..line.len())
        .find(|index| !matches!(line.at(*index), ' ' | '、' | '度'))
        .unwrap_or(at)
}

/// Whether a sentence goes on with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GoesOn {
    /// It stands by itself.
    Not,
    /// It is an enumeration of its own.
    Perhaps,
    /// It begins with a word that says so.
    Surely,
}

/// How far a sentence goes on with the one before.
pub(super) fn goes_on(
    line: &Line,
    sentence: &Range<usize>,
    continuing: &WordList,
    first_number: Option<usize>,
) -> GoesOn {
    let mut at = sentence.start;
    while line.at(at) == ' ' {
        at += 1;
    }
    if continuing.at(line, at).is_some() {
        return GoesOn::Surely;
    }
    let enumerates = first_number.is_some_and(|number| {
        number > at
            && (at..number).all(|index| !parts_clauses(line.at(index)) && line.at(index) != '年')
    });
    if enumerates {
        GoesOn::Perhaps
    } else {
        GoesOn::Not
    }
}
