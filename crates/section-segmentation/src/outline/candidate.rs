//! Heading candidates: every place where a heading or an item could begin.

use codebook::SectionLexicon;
use model::Alignment;

use super::enumerator::{Enumerator, Style, enumerator, without_mark};
use super::shape::{Form, HEADING, residue, shape};
use super::split;
use crate::line::Line;

/// Where a heading or an item could begin.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// Index of the line.
    pub(crate) line: usize,
    /// First byte in the line.
    pub(crate) start: usize,
    /// Byte after number, mark and spaces.
    pub(crate) text_start: usize,
    /// Byte after the text of the heading, and of the mark that ends it.
    pub(crate) heading_end: usize,
    pub(crate) after_mark: usize,
    /// The heading goes on in the next line: to this byte, and to this one with its mark.
    pub(crate) goes_on: Option<(usize, usize)>,
    pub(crate) key: Key,
    pub(crate) ordinal: u32,
    pub(crate) number: Option<String>,
    pub(crate) form: Form,
    /// It begins its line.
    pub(crate) at_line_start: bool,
    /// What it costs to take it for plain text.
    pub(crate) rejection: f32,
}

/// What makes two candidates siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// The way they are numbered.
    Numbered(Style),
    /// Without number: how they are set. `1` to `6` for heading levels, then sizes, then weight.
    Set(u8),
}

/// Keys of headings known by their place in the middle, by weight alone, and by the lexicon alone.
pub(crate) const CENTRED: u8 = 29;
pub(crate) const BOLD: u8 = 30;
pub(crate) const LEXICON: u8 = 40;

/// All candidates of a report, in reading order.
pub(crate) fn candidates(
    lines: &[Line<'_>],
    lexicon: &SectionLexicon,
) -> Vec<Candidate> {
    let page = Page {
        lines,
        lexicon,
        usual: usual_size(lines),
        plain: has_plain_headings(lines, lexicon),
    };
    let mut found = Vec::new();
    let mut taken = None;
    for (index, line) in lines.iter().enumerate() {
        if line.is_row || taken == Some(index) {
            continue;
        }
        let first = enumerator(line.text).or_else(|| {
            without_mark(line.text).filter(|number| names_a_section(line.text, number, lexicon))
        });
        let inside = sentence_starts(line.text).into_iter().filter_map(|start| {
            let number = line.text.get(start..).and_then(enumerator)?;
            (number.style != Style::Word).then_some((start, number))
        });
        let numbers: Vec<(usize, Enumerator<'_>)> =
            first.map(|number| (0, number)).into_iter().chain(inside).collect();
        if numbers.first().is_none_or(|(start, _)| *start > 0) {
            let unmarked = without_mark(line.text)
                .filter(|number| continues_a_series(&found, number))
                .map(|number| page.unmarked(line, index, &number));
            found.extend(unmarked.or_else(|| page.unnumbered(line, index)));
            page.take_second_line(index, &mut found, &mut taken);
        }
        let mut chain = None;
        for (at, (start, number)) in numbers.iter().enumerate() {
            // The text of a heading goes to the next number at most.
            let end = numbers
                .get(at + 1)
                .map_or(line.text.len(), |(next, _)| *next);
            // Deep numbers inside a paragraph are enumerations of a sentence, unless the line itself
            // begins the series.
            let continues = chain == Some((number.style, number.ordinal.saturating_sub(1)));
            let candidate = page.numbered(line, index, (*start, end), number);
            // A phrase at the end of a paragraph is a heading whose line break was lost.
            let glued = candidate.form == Form::Whole && end == line.text.len();
            let reads = matches!(candidate.form, Form::Whole | Form::RunIn);
            // In a report on one line a space parts its headings from the text before.
            let apart = line.text.len() >= ONE_LINE
                && line.text.get(..*start).is_some_and(|before| before.ends_with(' '));
            let upper = number.style.is_upper() || apart;
            if *start > 0 && !(continues || glued || upper && reads) {
                continue;
            }
            if continues || *start == 0 {
                chain = Some((number.style, number.ordinal));
            }
            found.push(candidate);
            page.take_second_line(index, &mut found, &mut taken);
        }
    }
    supported(found)
}

/// Whether a number without its mark is the next of a series that is not far above.
fn continues_a_series(found: &[Candidate], number: &Enumerator<'_>) -> bool {
    const REACH: usize = 12;
    let near = found.iter().rev().take(REACH);
    number.ordinal > 1
        && near
            .filter(|one| one.at_line_start)
            .find(|one| one.key == Key::Numbered(number.style))
            .is_some_and(|one| one.ordinal + 1 == number.ordinal)
}

/// Whether behind a number without its mark stands the wording of a section, and nothing else.
fn names_a_section(text: &str, number: &Enumerator<'_>, lexicon: &SectionLexicon) -> bool {
    let rest = text.get(number.length..).unwrap_or_default();
    lexicon.knows(residue(rest).and_then(|at| rest.get(..at)).unwrap_or(rest))
}

/// Whether a report sets its headings as plain lines: several lines are wordings of sections, and
/// hardly one is numbered like the first levels of a report.
fn has_plain_headings(lines: &[Line<'_>], lexicon: &SectionLexicon) -> bool {
    let texts = || lines.iter().filter(|line| !line.is_table);
    let known = texts().filter(|line| lexicon.knows(line.text)).count();
    let numbered = texts()
        .filter_map(|line| enumerator(line.text))
        .filter(|number| number.style.is_upper())
        .count();
    known >= 2 && numbered <= 1
}

/// What is left of the reason to number a sentence that has no neighbour in its series.
const LONE: f32 = 0.1;

/// Candidates inside a line need a neighbour of their series; others are left out.
fn supported(found: Vec<Candidate>) -> Vec<Candidate> {
    let has = |from: usize, step: isize, key: Key, ordinal: u32| {
        let mut at = from;
        for _ in 0..200 {
            let Some(next) = at.checked_add_signed(step) else {
                return false;
            };
            let Some(other) = found.get(next) else {
                return false;
            };
            if other.key == key && other.ordinal == ordinal {
                return true;
            }
            at = next;
        }
        false
    };
    let keep: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(at, one)| {
            one.at_line_start
                || has(at, 1, one.key, one.ordinal + 1)
                || (one.ordinal > 1 && has(at, -1, one.key, one.ordinal - 1))
        })
        .collect();
    let lone: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let sentence = matches!(one.form, Form::Sentence | Form::Long);
            sentence
                && !has(at, 1, one.key, one.ordinal + 1)
                && !(one.ordinal > 1 && has(at, -1, one.key, one.ordinal - 1))
        })
        .collect();
    found
        .into_iter()
        .zip(keep)
        .zip(lone)
        .filter(|((_, keep), _)| *keep)
        .map(|((mut one, _), lone)| {
            // A sentence that begins like a number, alone of its kind, is a sentence.
            if lone {
                one.rejection *= LONE;
            }
            one
        })
        .collect()
}

/// Where a sentence starts inside a line: after a stop, and after a space that follows one.
fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut after_stop = false;
    for (at, character) in text.char_indices() {
        match character {
            '。' | '!' | '?' => after_stop = true,
            '”' | '」' | ')' if after_stop => {}
            ' ' => {
                // In a dump on one line a space alone may part a heading from the text before.
                after_stop = after_stop || at > 0;
            }
            _ => {
                if after_stop && at > 0 {
                    starts.push(at);
                }
                after_stop = false;
            }
        }
    }
    starts
}

/// What candidates are judged by beside their own line.
struct Page<'a> {
    lines: &'a [Line<'a>],
    lexicon: &'a SectionLexicon,
    /// The font size of most of the text.
    usual: Option<f32>,
    /// Headings are plain lines.
    plain: bool,
}

impl Page<'_> {
    /// A candidate with a number, between `start` and `end` of its line.
    fn numbered(
        &self,
        line: &Line<'_>,
        index: usize,
        (start, end): (usize, usize),
        number: &Enumerator<'_>,
    ) -> Candidate {
        let text_start = start + number.length;
        let rest = line.text.get(text_start..end).unwrap_or_default();
        let shape = shape(rest, number.style == Style::HanBare, self.lexicon);
        let at_line_start = start == 0;
        let known = rest
            .get(..shape.heading)
            .is_some_and(|heading| self.lexicon.knows(heading));
        let set = usize::from(stands_out(line, self.usual));
        let form_weight = match shape.form {
            Form::Whole | Form::RunIn => 1.0,
            Form::Sentence => 0.8,
            Form::Long => 0.5,
        };
        let weight: f32 = match number.style {
            Style::Part | Style::Han => 3.0,
            Style::HanBare => 1.5,
            Style::Clause | Style::HanBracket | Style::HanRound => 2.5,
            Style::Arabic | Style::Decimal => 2.0,
            Style::ArabicBracket | Style::ArabicRound | Style::Word => 1.5,
            Style::Circle => 1.0,
        };
        let rejection = if at_line_start || known {
            weight * form_weight + if known { 2.0 } else { 0.0 } + set as f32
        } else {
            // Glued or run in: the series must speak for it.
            0.4 * weight
        };
        Candidate {
            line: index,
            start,
            text_start,
            heading_end: text_start + shape.heading,
            after_mark: text_start + shape.after_mark,
            goes_on: None,
            key: Key::Numbered(number.style),
            ordinal: number.ordinal,
            number: Some(number.number.to_owned()),
            form: shape.form,
            at_line_start,
            rejection,
        }
    }

    /// A candidate whose number lost its mark: the series must speak for it.
    fn unmarked(&self, line: &Line<'_>, index: usize, number: &Enumerator<'_>) -> Candidate {
        let candidate = self.numbered(line, index, (0, line.text.len()), number);
        Candidate {
            rejection: UNMARKED,
            ..candidate
        }
    }

    /// Joins the next line to the last candidate, where its heading stands on both.
    fn take_second_line(
        &self,
        index: usize,
        found: &mut [Candidate],
        taken: &mut Option<usize>,
    ) {
        let Some(last) = found.last_mut().filter(|last| {
            let ends = self.lines.get(index).map(|line| line.text.len());
            last.line == index && last.form == Form::Whole && Some(last.after_mark) == ends
        }) else {
            return;
        };
        if let Some((next, goes_on)) = split::goes_on(self.lines, index, last, self.lexicon) {
            last.goes_on = Some(goes_on);
            *taken = Some(next);
        }
    }

    fn unnumbered(&self, line: &Line<'_>, index: usize) -> Option<Candidate> {
        let text = residue(line.text)
            .and_then(|at| line.text.get(..at))
            .unwrap_or(line.text);
        let length = text.chars().count();
        let known = self.lexicon.knows(text);
        // An item of a list is no heading unless it is set or worded as one: sections that the
        // browser numbers.
        let item = line.style.list_item && line.style.heading_level.is_none() && !known;
        if !(2..=HEADING).contains(&length) || item {
            return None;
        }
        let whole =
            !text.contains(['。', ';', '|', '\t']) && !text.ends_with([',', '、', '!', '?']);
        let unmarked = !text.contains([':', '@', '/', '=', '<', '>']);
        let starts_like_text = text.starts_with(|c: char| c.is_ascii_digit())
            || text.starts_with(['注', '(', '·', '-']);
        let set = stands_out(line, self.usual);
        let plain = !set && !known && self.plain && self.stands_alone(index);
        if !whole || (!known && (!unmarked || starts_like_text || !(set || plain))) {
            return None;
        }
        let bigger = line
            .style
            .font_size
            .zip(self.usual)
            .is_some_and(|(size, usual)| size > usual * 1.08);
        let (key, rejection) = match line.style.heading_level {
            Some(level) => (level, 2.0),
            None if bigger => {
                // Larger type, smaller key: 12 point is 18, 16 point 14.
                let size = line.style.font_size.unwrap_or_default().clamp(6.0, 24.0);
                ((30.0 - size) as u8, 1.5)
            }
            // Headings in the middle stand above those at the side.
            None if set && line.style.alignment == Alignment::Centre => (CENTRED, 1.0),
            None if set => (BOLD, 1.0),
            None if plain => (LEXICON, PLAIN),
            None => (LEXICON, 1.2),
        };
        Some(Candidate {
            line: index,
            start: 0,
            text_start: 0,
            heading_end: text.trim_end_matches([':']).len(),
            after_mark: line.text.len(),
            goes_on: None,
            key: Key::Set(key),
            ordinal: 0,
            number: None,
            form: Form::Whole,
            at_line_start: true,
            rejection: rejection + if known { 1.5 } else { 0.0 },
        })
    }

    /// Whether a plain line stands like a heading: short, before a text that is longer, behind one
    /// that has ended.
    fn stands_alone(&self, index: usize) -> bool {
        const LONGEST: usize = 26;
        let text = |at: usize| self.lines.get(at).map(|line| line.text.trim_end());
        let ended = index
            .checked_sub(1)
            .and_then(text)
            .is_none_or(|before| before.ends_with(['。', '!', '?']) || before.is_empty());
        let here = text(index).map_or(0, |text| text.chars().count());
        let leads = text(index + 1)
            .is_some_and(|next| next.ends_with('。') && next.chars().count() > here);
        ended && leads && (4..=LONGEST).contains(&here)
    }
}

/// Bytes of a line that may be a whole report.
const ONE_LINE: usize = 1200;
/// What it costs to take a number without its mark for a word.
const UNMARKED: f32 = 0.6;
/// What it costs to take a plain line for text that stands like the headings of its report.
const PLAIN: f32 = 0.5;

/// Whether a line is set like a heading: a heading element, larger, bold all through, centred.
fn stands_out(line: &Line<'_>, usual: Option<f32>) -> bool {
    let style = line.style;
    style.heading_level.is_some()
        || (style.bold_bytes > 0 && style.bold_bytes >= line.text.len())
        || style.alignment == Alignment::Centre
        || style
            .font_size
            .zip(usual)
            .is_some_and(|(size, usual)| size > usual * 1.08)
}

/// The font size that most characters stand in.
fn usual_size(lines: &[Line<'_>]) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in lines {
        let Some(size) = line.style.font_size else {
            continue;
        };
        match sizes
            .iter_mut()
            .find(|(known, _)| (*known - size).abs() < 0.3)
        {
            Some((_, count)) => *count += line.text.len(),
            None => sizes.push((size, line.text.len())),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(size, _)| size)
}
