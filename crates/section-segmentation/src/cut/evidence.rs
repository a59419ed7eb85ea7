//! What speaks for the beginning of a report at a line, for its end, and for other material.

use std::collections::BTreeSet;

use model::Style;

use crate::formulas::{FORMULAS, head};
use crate::furniture;
use crate::line::Line;
use crate::outline::enumerator::enumerator;
use crate::title;

use super::numbering::{Numbering, section};
use codebook::{ReportWords, SectionLexicon};

// Signs of a beginning. Any two strong ones outweigh what a cut costs, or one strong sign that
// stands where a report may begin.
const TITLE: f32 = 5.0;
const AMID_ENTRIES: f32 = -4.0;
const STRONG_OPENING: f32 = 5.0;
const WEAK_OPENING: f32 = 2.2;
const OTHER_SELF: f32 = 1.5;
const SAME_SELF: f32 = -0.5;
const SIGNED_BEFORE: f32 = 2.5;
const SECTION_BEHIND_DATE: f32 = 2.5;
const AFTER_CLOSING: f32 = 1.2;
const AFTER_BROKEN_OFF: f32 = 2.0;
const BROKEN_OFF: f32 = 2.0;
pub(super) const AFTER_ANNEX: f32 = 2.6;
const BREAK: f32 = 1.0;
const EXCHANGE: f32 = 2.5;

// Signs of an end.
const AFTER_SIGNATURE: f32 = 3.5;
const AFTER_SITE: f32 = 2.0;
const HEADLINE: f32 = 2.0;
const EVENT: f32 = 2.0;
const PUBLISHED_BELOW: f32 = 2.0;

// How a line reads: above nought unlike a report, below like one.
const OWN_TITLE: f32 = -4.0;
const OWN_OPENING: f32 = -3.0;
const BLANK: f32 = 2.0;
const NEWS: f32 = 2.5;
const DATED: f32 = 1.5;
const TALK: f32 = 2.5;
const ESSAY: f32 = 2.0;
const ARTICLE: f32 = 2.0;
const LATIN: f32 = 2.5;
const DATED_ENTRY: f32 = 1.5;
const SILENT: f32 = 0.4;
const SPEAKS_OF_DISCLOSURE: f32 = -1.0;
const SPEAKS_OF_ITSELF: f32 = -1.5;
const SECTION: f32 = -2.0;
const COUNTS: f32 = -0.7;
const TABLE: f32 = -0.5;

/// Reasons and their weights.
pub(crate) type Reasons = Vec<(&'static str, f32)>;

/// What weighs for something, and, where it is asked for, why.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally {
    pub(super) sum: f32,
    pub(super) reasons: Option<Reasons>,
}

impl Tally {
    fn new(explained: bool) -> Self {
        Self {
            sum: 0.0,
            reasons: explained.then(Vec::new),
        }
    }

    fn add(&mut self, reason: &'static str, weight: f32) {
        self.sum += weight;
        if let Some(reasons) = self.reasons.as_mut().filter(|_| weight != 0.0) {
            reasons.push((reason, weight));
        }
    }
}

/// The evidence of a line.
#[derive(Debug, Default, Clone)]
pub(super) struct Evidence {
    /// A report begins here: what the text says.
    pub(super) begins: Tally,
    /// It is an opening, and a title above has none yet.
    pub(super) opens_title_above: bool,
    /// The same from the numbering, once the report before has begun to number.
    pub(super) numbering: f32,
    /// A table of the closing annex stands before.
    pub(super) behind_annex: f32,
    /// A report has ended before this line.
    pub(super) ends: Tally,
    /// The line is no text of a report.
    pub(super) foreign: Tally,
    /// The part of it that does not hang on the subject: a regulation on disclosure speaks of it too.
    pub(super) manner: f32,
    /// The line is the title of a document that is no report.
    pub(super) names_another: bool,
}

/// What evidence is drawn from.
pub(super) struct Witness<'a> {
    pub(super) lines: &'a [Line<'a>],
    pub(super) numbering: &'a Numbering,
    pub(super) selves: &'a [Option<&'a str>],
    pub(super) lexicon: &'a SectionLexicon,
    /// How headings are set that the lexicon knows.
    pub(super) settings: BTreeSet<Setting>,
    /// Few lines stand behind a break: those that do begin something.
    pub(super) breaks_are_rare: bool,
    pub(super) explained: bool,
}

/// Whether few of the lines stand behind a break.
pub(super) fn breaks_are_rare(lines: &[Line<'_>]) -> bool {
    let breaks = lines.iter().filter(|line| line.style.break_before).count();
    breaks * 10 <= lines.len()
}

/// How a line is set apart: heading level, size in tenths of a point, bold.
pub(super) type Setting = (Option<u8>, Option<u32>, bool);

/// How a style sets a line apart from the text; `None` where it does not.
fn setting(style: &Style) -> Option<Setting> {
    let bold = style.bold_bytes > 0;
    let size = style.font_size.map(|size| (size * 10.0) as u32);
    (bold || style.heading_level.is_some()).then_some((style.heading_level, size, bold))
}

/// How those headings of a document are set that the lexicon knows.
pub(super) fn settings(lines: &[Line<'_>], lexicon: &SectionLexicon) -> BTreeSet<Setting> {
    let known = lines.iter().filter(|line| {
        let text = enumerator(line.text).map_or(line.text, |number| {
            line.text.get(number.length..).unwrap_or_default()
        });
        !line.is_table && line.text.len() < 150 && lexicon.knows(text)
    });
    known.filter_map(|line| setting(line.style)).collect()
}

impl Witness<'_> {
    /// The evidence of one line of the body.
    pub(super) fn of(&self, index: usize) -> Evidence {
        let Some(line) = self.lines.get(index) else {
            return Evidence::default();
        };
        let mut numbering = self.numbering.evidence(index);
        let previous = self.previous(index);
        // Among the cells of a table that came apart a number begins nothing.
        if numbering > 0.0 && self.among_cells(index, previous) {
            numbering = 0.0;
        }
        let after_table = previous.is_some_and(|(_, previous)| previous.is_table);
        let behind_annex = after_table
            && self.numbering.in_annex(index)
            && line.text.chars().count() > 25
            && !is_note(line.text);
        let opens = opens(line);
        let opening = opens && is_paragraph(line);
        let (foreign, manner) = self.foreign(line, opens);
        Evidence {
            begins: self.begins(index, line, previous, opening),
            opens_title_above: opening && self.title_waits(index),
            numbering,
            behind_annex: if behind_annex { AFTER_ANNEX } else { 0.0 },
            ends: self.ends(index, line, previous, numbering),
            foreign,
            manner,
            names_another: self.names_another(line),
        }
    }

    fn among_cells(&self, index: usize, previous: Option<(usize, &Line<'_>)>) -> bool {
        let next = self
            .lines
            .iter()
            .skip(index + 1)
            .find(|line| line.is_table || !line.text.trim().is_empty());
        let cell = |line: Option<&Line<'_>>| line.is_some_and(|line| line.is_row || is_cell(line));
        cell(previous.map(|(_, line)| line)) || cell(next)
    }

    fn previous(&self, index: usize) -> Option<(usize, &Line<'_>)> {
        let before = self.lines.get(..index).unwrap_or_default();
        before
            .iter()
            .enumerate()
            .rev()
            .find(|(_, line)| line.in_body && (line.is_table || !line.text.trim().is_empty()))
    }

    fn begins(
        &self,
        index: usize,
        line: &Line<'_>,
        previous: Option<(usize, &Line<'_>)>,
        opening: bool,
    ) -> Tally {
        let mut tally = Tally::new(self.explained);
        let text = line.text;
        if title::is_title(line) {
            tally.add("title", TITLE);
            let behind = self.lines.get(index + 1..).unwrap_or_default();
            let told = |line: &Line<'_>| line.is_table || !line.text.trim().is_empty();
            if !behind.iter().any(|line| line.in_body && told(line)) {
                tally.add("nothing behind it", -TITLE);
            }
            if self.amid_entries(index) {
                tally.add("amid a list", AMID_ENTRIES);
            }
        } else if self.broken_title(index) {
            tally.add("title on two lines", TITLE);
        }
        if opening {
            tally.add("opening", STRONG_OPENING);
        } else if line.family.opening.weak.is_match(head(text, 300))
            && !FORMULAS.future.is_match(head(text, 60))
        {
            tally.add("opening of a year", WEAK_OPENING);
        }
        let after_self = self
            .selves
            .get(index..)
            .unwrap_or_default()
            .iter()
            .take(4)
            .flatten()
            .next();
        let before_self = self
            .selves
            .get(..index)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(6)
            .flatten()
            .next();
        if let (Some(before), Some(after)) = (before_self, after_self) {
            if before == after {
                tally.add("the same self", SAME_SELF);
            } else {
                tally.add("another self", OTHER_SELF);
            }
        }
        if let Some((at, previous)) = previous.filter(|(_, previous)| !previous.is_table) {
            if self.signs(at) {
                tally.add("behind a date alone", SIGNED_BEFORE);
                if section(line, self.lexicon).is_some() {
                    tally.add("a section there", SECTION_BEHIND_DATE);
                }
            }
            if FORMULAS.closing.is_match(previous.text) {
                tally.add("behind closing words", AFTER_CLOSING);
            }
            if FORMULAS.broken_off.is_match(previous.text) || stops_short(previous.text) {
                tally.add("behind a broken-off text", AFTER_BROKEN_OFF);
            }
        }
        if self.breaks_are_rare && line.style.break_before {
            tally.add("behind a break", BREAK);
        }
        if FORMULAS.broken_off.is_match(text) {
            tally.add("broken off", BROKEN_OFF);
        }
        if FORMULAS.exchange.is_match(text) {
            tally.add("question or answer", EXCHANGE);
        }
        tally
    }

    /// Whether lines around are entries of a list of links: two on one side and one on the other.
    fn amid_entries(&self, index: usize) -> bool {
        let entry = |at: Option<usize>| {
            at.and_then(|at| self.lines.get(at))
                .is_some_and(|line| self.is_entry(line))
        };
        let before = entry(index.checked_sub(1));
        let after = entry(Some(index + 1));
        let dated = |at: usize| {
            let line = self.lines.get(at);
            line.is_some_and(|line| FORMULAS.dated_entry.is_match(line.text.trim()))
        };
        before && after && (entry(index.checked_sub(2)) || entry(Some(index + 2)))
            || dated(index + 1) && dated(index + 2)
    }

    fn is_entry(&self, line: &Line<'_>) -> bool {
        let text = line.text.trim();
        !line.is_table
            && (2..=40).contains(&text.chars().count())
            && !text.contains(['。', ';', ':', ',', '|'])
            && enumerator(text).is_none()
            && !self.lexicon.knows(text)
            && !is_date(text)
            && !title::is_title(line)
    }

    /// Whether a line and the next are the halves of a title.
    fn broken_title(&self, index: usize) -> bool {
        let pair = self.lines.get(index..index + 2).unwrap_or_default();
        title::find(pair).is_some_and(|(of, _)| of.len() == 2)
    }

    fn ends(
        &self,
        index: usize,
        line: &Line<'_>,
        previous: Option<(usize, &Line<'_>)>,
        numbering: f32,
    ) -> Tally {
        let mut tally = Tally::new(self.explained);
        if numbering < 0.0 {
            tally.add("the numbering goes on", numbering);
        }
        if let Some((at, previous)) = previous {
            if self.signs(at) {
                tally.add("behind a date alone", AFTER_SIGNATURE);
            }
            if FORMULAS.closing.is_match(previous.text) {
                tally.add("behind closing words", AFTER_CLOSING);
            }
            if FORMULAS.broken_off.is_match(previous.text) || stops_short(previous.text) {
                tally.add("behind a broken-off text", AFTER_BROKEN_OFF);
            }
            if furniture::is_furniture(previous) || at + 1 < index && self.site_between(at, index) {
                tally.add("behind lines of the site", AFTER_SITE);
            }
        }
        let below = self.lines.get(index + 1);
        let signs = below.is_some_and(|below| is_date(below.text));
        // The second line of a heading is no headline.
        let continues = previous.is_some_and(|(_, previous)| {
            enumerator(previous.text).is_some() && !previous.text.contains(['。', ';'])
        });
        if !signs && !continues && self.is_headline(line) {
            tally.add("headline", HEADLINE);
            if FORMULAS.event.is_match(line.text) && !title::is_title(line) {
                tally.add("of an event", EVENT);
            }
            if below.is_some_and(|below| furniture::is_metadata(below)) {
                tally.add("published below", PUBLISHED_BELOW);
            }
        }
        tally
    }

    /// Whether a line is a date alone, as under a signature; in the head of a report, between its
    /// title and its text, it is the day of publication.
    fn signs(&self, at: usize) -> bool {
        let dated = self.lines.get(at).is_some_and(|line| is_date(line.text));
        dated && !self.below_title(at, |line| line.text.contains('。'))
    }

    /// Whether a title stands above a line that no opening has followed yet.
    fn title_waits(&self, index: usize) -> bool {
        self.below_title(index, is_opening)
    }

    /// Whether a title stands a few lines above, with no table, no number and no line that
    /// `parts` between.
    fn below_title(&self, index: usize, parts: impl Fn(&Line<'_>) -> bool) -> bool {
        const HEAD: usize = 12;
        let above = self.lines.get(..index).unwrap_or_default().iter().rev();
        let nearest = above
            .filter(|line| line.in_body && (line.is_table || !line.text.trim().is_empty()))
            .take(HEAD)
            .enumerate()
            .find(|(distance, line)| {
                // The opening may be the text of the first chapter: 一、概述.
                let number = enumerator(line.text).is_some_and(|number| {
                    number.style.is_upper() && !(*distance == 0 && number.ordinal == 1)
                });
                title::is_title(line) || line.is_table || number || parts(line)
            });
        nearest.is_some_and(|(_, line)| title::is_title(line))
    }

    fn site_between(&self, from: usize, to: usize) -> bool {
        let between = self.lines.get(from + 1..to).unwrap_or_default();
        between.iter().any(|line| furniture::is_furniture(line))
    }

    /// Whether a line is the title of a document that is no report: `某县政府信息公开考核办法`.
    fn names_another(&self, line: &Line<'_>) -> bool {
        const LEAST: usize = 10;
        let text = line.text.trim();
        self.is_headline(line)
            && line.family.title.none.is_match(text)
            && (text.chars().count() >= LEAST || ReportWords::any(&line.family.words.matter, text))
    }

    /// Whether a line is set like the headings of the document that the lexicon knows.
    fn is_set_as_heading(&self, line: &Line<'_>) -> bool {
        setting(line.style).is_some_and(|set| self.settings.contains(&set))
    }

    /// Whether a line can be the headline of an article: a phrase alone, no section, no signature.
    fn is_headline(&self, line: &Line<'_>) -> bool {
        let text = line.text.trim();
        let length = text.chars().count();
        !line.is_table
            && !line.is_row
            && !self.is_set_as_heading(line)
            && (6..=45).contains(&length)
            && !text.contains(['。', ';', ':', '|'])
            && !text.ends_with([',', '、', '?', '!', '.', '…'])
            && !text.starts_with(['附', '表', '注', '('])
            && enumerator(text).is_none()
            && !self.lexicon.knows(text)
            && (!FORMULAS.self_reference.is_match(text) || FORMULAS.event.is_match(text))
            && !is_date(text)
            && !furniture::is_furniture(line)
            && !furniture::names_attachments(line)
    }

    /// How far a line reads like no report, and what of it does not hang on its subject.
    fn foreign(&self, line: &Line<'_>, opens: bool) -> (Tally, f32) {
        let mut tally = Tally::new(self.explained);
        if line.is_table || line.is_row {
            tally.add("table", TABLE);
            return (tally, 0.0);
        }
        let text = line.text.trim();
        let length = text.chars().count();
        if length == 0 || furniture::is_furniture(line) {
            return (tally, 0.0);
        }
        if title::is_title(line) {
            tally.add("title of a report", OWN_TITLE);
        } else if opens {
            tally.add("opening of a report", OWN_OPENING);
        }
        if FORMULAS.blank.is_match(text) {
            tally.add("to be filled in", BLANK);
        }
        let event = length <= 45
            && !title::is_title(line)
            && self.is_headline(line)
            && FORMULAS.event.is_match(text);
        let news = event || FORMULAS.news.is_match(head(text, 120));
        if news {
            // News of disclosure is news.
            tally.add("news", if event { EVENT } else { NEWS });
            let manner = tally.sum;
            return (tally, manner);
        }
        if FORMULAS.dated.is_match(text) {
            tally.add("begins with a day", DATED);
        }
        if FORMULAS.talk.is_match(text) {
            tally.add("talk", TALK);
        }
        if FORMULAS.essay.is_match(text) {
            tally.add("essay", ESSAY);
        }
        if FORMULAS.article.is_match(text) {
            tally.add("article of a regulation", ARTICLE);
        }
        let latin = text.chars().filter(char::is_ascii_alphabetic).count();
        if length > 12 && latin * 10 > length * 6 {
            tally.add("Latin text", LATIN);
        }
        if FORMULAS.dated_entry.is_match(text) {
            tally.add("entry with a date", DATED_ENTRY);
        }
        if FORMULAS.broken_off.is_match(text) || text.starts_with(['.', '…']) {
            tally.add("broken off", BROKEN_OFF);
        }
        let itself = FORMULAS.self_reference.is_match(head(text, 400));
        if itself {
            tally.add("speaks of itself", SPEAKS_OF_ITSELF);
        }
        let manner = tally.sum;
        let number = enumerator(text);
        let rest = number
            .as_ref()
            .and_then(|number| text.get(number.length..))
            .unwrap_or(text);
        let section = length < 40 && self.lexicon.knows(rest)
            || number.is_some() && self.lexicon.wording_at_start_of(rest).is_some();
        if section {
            tally.add("section of a report", SECTION);
        }
        let disclosure = ReportWords::any(&line.family.words.own, text);
        if disclosure {
            tally.add("speaks of disclosure", SPEAKS_OF_DISCLOSURE);
        }
        let counts = line.family.text.counts.is_match(text);
        if counts {
            tally.add("counts", COUNTS);
        }
        if length >= 25 && !(disclosure || itself || counts || section) {
            tally.add("says nothing of a report", SILENT);
        }
        (tally, manner)
    }
}

/// A line that holds a number or a dash alone.
fn is_cell(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    !line.is_table
        && !text.is_empty()
        && text.len() <= 12
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "-—–/|.%".contains(c))
}

/// A date alone on its line.
fn is_date(text: &str) -> bool {
    FORMULAS.date_alone.is_match(text.trim())
}

/// Whether a text is the opening of a report, and not of a guide to reports or a notice on them.
pub(super) fn opens(line: &Line<'_>) -> bool {
    let head = head(line.text, 200);
    let opening = &line.family.opening;
    opening.strong.is_match(head) && !opening.other.is_match(head)
}

/// Whether a paragraph is the opening of a report.
fn is_opening(line: &Line<'_>) -> bool {
    opens(line) && is_paragraph(line)
}

/// Whether a line is no heading: long, and without a number.
fn is_paragraph(line: &Line<'_>) -> bool {
    line.text.chars().count() > 20 && enumerator(line.text).is_none()
}

/// A long text that ends in mid-sentence.
fn stops_short(text: &str) -> bool {
    let ends = text
        .trim_end()
        .ends_with(['。', '!', '?', ';', ':', ')', '”', '》', '.', ',', '、']);
    // A heading glued to the end of a paragraph has no stop either.
    let last = text.rsplit('。').next().unwrap_or_default();
    !ends && text.chars().count() > 40 && enumerator(last.trim_start()).is_none()
}

/// Notes stand behind tables: `注:`, `填报人:`, `联系电话:`, `备注`.
fn is_note(text: &str) -> bool {
    [
        "注",
        "备注",
        "说明",
        "填报",
        "单位负责人",
        "联系",
        "审核",
        "*",
        "(注",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// The body that a line speaks of as its own: `局` of `我局`, the first that it names.
pub(super) fn self_of(text: &str) -> Option<&str> {
    let found = FORMULAS
        .self_reference
        .captures(head(text, 400))?
        .get(1)?
        .as_str();
    Some(found)
}
