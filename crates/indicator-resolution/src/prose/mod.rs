//! Readings from prose.
//!
//! A statement is a subject phrase, words that say nothing, a number and its unit, in one clause:
//! `主动公开政府信息` `共` `170` `条`. The number may stand inside the phrase (`收到` `9件` `申请`) or before it
//! (`5件` `结果维持`). What the sentence said before decides of when and of whom it speaks. A negation
//! (`未发生`, `没有收到`) says zero of each object that it names. A number whose subject, unit, period and
//! topic do not all agree is left alone.

mod actor;
mod candidate;
mod change;
mod kinds;
mod line;
mod negation;
mod paired;
mod pattern;
mod respective;
mod sentence;
mod statement;
mod times;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codebook::{Codebook, ProseLexicon, Subject};
use model::{
    Bound, Content, Document, Manner, Origin, Paired, Phrasing, Reading, ReadingStatus, Report,
    Section, Span,
};

use actor::About;
use line::{Line, WordList};
use pattern::Patterns;
use sentence::{Context, GoesOn, Time, TimeWords, Whose};
use times::Times;
use words::Words;

/// The phrases of a codebook, ready to be found: built once, used for many reports.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prose {
    lexicon: ProseLexicon,
    words: Words,
    /// Words that a subject must not have beside it, by subject.
    forbidden: Vec<WordList>,
    statements: Patterns,
    zeros: Patterns,
}

/// A number of a line, in characters.
#[derive(Debug, Clone)]
struct Number {
    range: Range<usize>,
    value: f64,
    bound: Bound,
    /// `None` for a bare zero (`均为0`).
    unit: Option<String>,
}

/// What was said of a subject, in characters.
#[derive(Debug, Clone)]
struct Statement {
    subject: usize,
    dimensions: BTreeMap<String, String>,
    value: f64,
    bound: Bound,
    unit: String,
    raw: Range<usize>,
    label: String,
    range: Range<usize>,
    phrasing: Phrasing,
    /// What it was before, as the text says beside it.
    former: Option<Number>,
    /// Figures paired with it.
    paired: Vec<Paired>,
}

/// What a sentence may take over from the one before.
#[derive(Debug, Clone, Default)]
struct State {
    context: Context,
    topics: BTreeSet<String>,
    /// Dimensions of the last statement.
    last: BTreeMap<String, String>,
    /// Subject of the last statement.
    said: Option<usize>,
    /// The last statement stands in the sentence that is read.
    in_sentence: bool,
    /// Subject of a number of the sentence that is one of another time, and the words that name it.
    other_time: Option<(usize, String)>,
}

/// One sentence and all that is known of it.
struct Sentence<'a> {
    line: &'a Line,
    range: Range<usize>,
    numbers: &'a [Number],
    clauses: Vec<Range<usize>>,
    /// Where each topic is first spoken of; 0 for those that were spoken of before.
    topics: BTreeMap<&'a str, usize>,
    /// Topics of the sentences before in the paragraph.
    earlier: &'a BTreeSet<String>,
    times: TimeWords,
    /// Dates and periods of the line.
    when: &'a Times,
    year: Option<i16>,
}

impl Sentence<'_> {
    /// Whether a number begins in a range.
    fn counts(&self, range: &Range<usize>) -> bool {
        !within(self.numbers, range).is_empty()
    }

    /// Whether the topic that a subject needs is spoken of.
    fn may_be_of(&self, subject: &Subject) -> bool {
        let topic = subject.topic.as_deref();
        topic.is_none_or(|topic| self.topics.contains_key(topic))
    }
}

/// The matter that a subject is of: the first part of its indicator's id.
fn matter(subject: &Subject) -> &str {
    let parts = subject.indicator.split_once('.');
    parts.map_or(&subject.indicator, |(matter, _)| matter)
}

/// Those of `numbers`, which stand in order, that begin in a range.
fn within<'n>(numbers: &'n [Number], range: &Range<usize>) -> &'n [Number] {
    let first = numbers.partition_point(|number| number.range.start < range.start);
    let last = numbers.partition_point(|number| number.range.start < range.end);
    numbers.get(first..last).unwrap_or_default()
}

impl Prose {
    /// Makes the phrases of a codebook ready.
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let lexicon = codebook.prose.clone();
        let mut statements = Patterns::default();
        let mut zeros = Patterns::default();
        for (index, subject) in lexicon.subjects.iter().enumerate() {
            for phrase in &subject.phrases {
                statements.add(index, phrase, subject.inverted);
            }
            for object in &subject.objects {
                zeros.add(index, object, false);
            }
        }
        Self {
            words: Words::new(&lexicon),
            forbidden: lexicon
                .subjects
                .iter()
                .map(|subject| WordList::new(&subject.forbidden))
                .collect(),
            statements,
            zeros,
            lexicon,
        }
    }

    /// Every reading that the report's paragraphs and items give, in reading order.
    pub(crate) fn readings(&self, document: &Document, report: &Report) -> Vec<Reading> {
        let names = [&report.agency.name, &report.agency.as_written];
        let about = About {
            year: report.period.as_ref().map(|period| period.year),
            names: names
                .into_iter()
                .flatten()
                .map(|name| name.chars().collect())
                .collect(),
        };
        let mut readings = Vec::new();
        for (index, section) in report.sections.iter().enumerate() {
            let headed = self.headed(report, section);
            let mut state = State::default();
            let mut goes_on = false;
            for content in &section.content {
                let (span, item) = match content {
                    Content::Paragraph { span } => (*span, false),
                    Content::Item { span, .. } => (*span, true),
                    Content::Table { .. } => {
                        goes_on = false;
                        continue;
                    }
                };
                let text = document.slice(span);
                let line = Line::new(text);
                if !(goes_on || item) {
                    state = State::default();
                }
                let statements =
                    self.read(&line, text, &about, &headed, &mut state, goes_on || item);
                readings.extend(
                    statements
                        .into_iter()
                        .map(|statement| self.reading(statement, &line, index, span)),
                );
                goes_on = text.trim_end().ends_with([':', '：', ';', '；']);
            }
        }
        readings
    }

    /// Topics that the headings above a section speak of.
    fn headed(&self, report: &Report, section: &Section) -> BTreeSet<&str> {
        let mut topics = BTreeSet::new();
        let mut above = Some(section);
        // A chain of parents is no longer than the list of sections.
        for _ in 0..=report.sections.len() {
            let Some(section) = above else { break };
            let heading = section.heading.as_deref().unwrap_or_default();
            for (id, topic) in &self.lexicon.topics {
                if topic.headings.iter().any(|word| heading.contains(word)) {
                    topics.insert(id.as_str());
                }
            }
            above = section
                .parent
                .and_then(|parent| report.sections.get(parent));
        }
        topics
    }

    /// The statements of one paragraph.
    fn read(
        &self,
        line: &Line,
        text: &str,
        about: &About,
        headed: &BTreeSet<&str>,
        state: &mut State,
        mut goes_on: bool,
    ) -> Vec<Statement> {
        let times = Times::new(line, text);
        let numbers = numbers(line, text);
        let mut found = Vec::new();
        let mut earlier: BTreeSet<String> = BTreeSet::new();
        for range in sentence::sentences(line) {
            let numbers = within(&numbers, &range);
            let first = numbers.first().map(|number| number.range.start);
            if !goes_on {
                match sentence::goes_on(line, &range, &self.words.continuing, first) {
                    GoesOn::Not => *state = State::default(),
                    GoesOn::Perhaps => state.context.take_over(),
                    GoesOn::Surely => {}
                }
            }
            goes_on = false;
            (state.in_sentence, state.other_time) = (false, None);
            let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
            for (id, (words, signs)) in &self.words.topics {
                if headed.contains(id.as_str())
                    || state.topics.contains(id)
                    || signs.is_in(line, range.clone())
                {
                    topics.insert(id, 0);
                } else if let Some(at) = words.first_in(line, range.clone()) {
                    topics.insert(id, at);
                }
            }
            state.topics = topics.keys().map(|id| (*id).to_owned()).collect();
            let sentence = Sentence {
                line,
                clauses: sentence::clauses(line, range.clone(), numbers),
                times: TimeWords::new(line, &range, &self.words),
                when: &times,
                range,
                numbers,
                topics,
                earlier: &earlier,
                year: about.year,
            };
            for index in 0..sentence.clauses.len() {
                let Some(clause) = sentence.clauses.get(index).cloned() else {
                    break;
                };
                let content = state
                    .context
                    .enter(line, clause.clone(), &times, &self.words, about);
                found.extend(self.statements_of(&sentence, index, content, state));
                found.extend(self.zeros_of(&sentence, index, content, state));
            }
            earlier.extend(state.topics.iter().cloned());
        }
        found.sort_by_key(|statement: &Statement| (statement.range.start, statement.range.end));
        self.pair(line, &numbers, &mut found);
        found
    }

    fn subject(&self, index: usize) -> Option<&Subject> {
        self.lexicon.subjects.get(index)
    }

    /// The dimensions of a statement; `None` where it is said for a time that the subject has no
    /// reading for, or where what it builds on was not said.
    fn dimensions(
        &self,
        subject: &Subject,
        time: Time,
        state: &State,
    ) -> Option<BTreeMap<String, String>> {
        let mut dimensions = subject.dimensions.clone();
        for name in &subject.inherited {
            dimensions.insert(name.clone(), state.last.get(name)?.clone());
        }
        let period = match time {
            Time::Year => None,
            Time::Cumulative | Time::Summed if subject.stock => None,
            Time::Summed if subject.yearly => None,
            Time::Cumulative | Time::Summed => Some("cumulative"),
            Time::Month => Some("month"),
            Time::Other => return None,
        };
        if let Some(period) = period {
            let allowed = subject.periods.iter().any(|allowed| allowed == period);
            allowed.then_some(())?;
            dimensions.insert("period".to_owned(), period.to_owned());
        }
        let said = state.said.and_then(|said| self.subject(said));
        let same_matter = said.is_some_and(|said| matter(said) == matter(subject));
        match state.context.whose(same_matter) {
            Whose::Own => {}
            Whose::Jurisdiction => {
                dimensions.insert("scope".to_owned(), "jurisdiction".to_owned());
            }
            Whose::Others => return None,
        }
        Some(dimensions)
    }

    fn reading(&self, statement: Statement, line: &Line, section: usize, span: Span) -> Reading {
        let subject = self.subject(statement.subject);
        Reading {
            indicator: subject.map_or_else(String::new, |subject| subject.indicator.clone()),
            dimensions: statement.dimensions,
            label: statement.label,
            value: Some(statement.value),
            status: ReadingStatus::Reported,
            bound: statement.bound,
            unit: Some(statement.unit),
            raw: line.text(statement.raw),
            form: None,
            note: None,
            origin: Origin::Prose {
                section,
                block: span.block,
                start: span.start + line.byte(statement.range.start),
                end: span.start + line.byte(statement.range.end),
            },
            manner: Manner::Prose(statement.phrasing),
            paired: statement.paired,
        }
    }
}

/// The quantities of a line, and its bare zeros (`均为0`), in order.
fn numbers(line: &Line, text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = notation::quantities(text)
        .into_iter()
        .map(|quantity| Number {
            range: line.index(quantity.range.start)..line.index(quantity.range.end),
            value: quantity.value,
            bound: quantity.bound,
            unit: Some(quantity.unit),
        })
        .collect();
    let with_unit = numbers.len();
    for at in 1..line.len() {
        let after = line.at(at + 1);
        let bare = matches!(line.at(at), '0' | '零')
            && matches!(line.at(at - 1), '为' | '是')
            && (line::parts_clauses(after) || matches!(after, '\0' | '、'));
        if bare {
            numbers.push(Number {
                range: at..at + 1,
                value: 0.0,
                bound: Bound::Exact,
                unit: None,
            });
        }
    }
    if numbers.len() > with_unit {
        numbers.sort_by_key(|number| number.range.start);
    }
    numbers
}
