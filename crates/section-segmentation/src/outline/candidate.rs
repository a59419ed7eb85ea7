//! Heading candidates: every place where a heading or an item could begin.

use codebook::SectionLexicon;
use model::Alignment;

use super::enumerator::{Enumerator, Style, enumerator};
use super::shape::{Form, HEADING, shape};
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

/// All candidates of a report, in reading order. `rows` are the lines that are rows of a form.
pub(crate) fn candidates(
    lines: &[Line<'_>],
    rows: &[bool],
    lexicon: &SectionLexicon,
) -> Vec<Candidate> {
    // The usual font size of its text.
    let usual = usual_size(lines);
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if rows.get(index).copied().unwrap_or_default() {
            continue;
        }
        let mut chain = None;
        match enumerator(line.text) {
            Some(number) => {
                let candidate = numbered(line, index, 0, &number, lexicon, usual);
                chain = Some((number.style, number.ordinal));
                found.push(candidate);
            }
            None => found.extend(unnumbered(line, index, lexicon, usual)),
        }
        for start in sentence_starts(line.text) {
            let Some(number) = line.text.get(start..).and_then(enumerator) else {
                continue;
            };
            // Deep numbers inside a paragraph are enumerations of a sentence, unless the line itself
            // begins the series.
            let continues = chain == Some((number.style, number.ordinal.saturating_sub(1)));
            if number.style > Style::HanBracket && !continues || number.style == Style::Word {
                continue;
            }
            if continues {
                chain = Some((number.style, number.ordinal));
            }
            let candidate = numbered(line, index, start, &number, lexicon, usual);
            if matches!(candidate.form, Form::Whole | Form::RunIn) || continues {
                found.push(candidate);
            }
        }
    }
    supported(found)
}

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
    found
        .into_iter()
        .zip(keep)
        .filter(|(_, keep)| *keep)
        .map(|(one, _)| one)
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

fn numbered(
    line: &Line<'_>,
    index: usize,
    start: usize,
    number: &Enumerator<'_>,
    lexicon: &SectionLexicon,
    usual: Option<f32>,
) -> Candidate {
    let text_start = start + number.length;
    let rest = line.text.get(text_start..).unwrap_or_default();
    let shape = shape(rest, number.style == Style::HanBare, lexicon);
    let at_line_start = start == 0;
    let known = rest
        .get(..shape.heading)
        .is_some_and(|heading| lexicon.knows(heading));
    let set = usize::from(stands_out(line, usual));
    let form_weight = match shape.form {
        Form::Whole | Form::RunIn => 1.0,
        Form::Sentence => 0.8,
        Form::Long => 0.5,
    };
    let weight: f32 = match number.style {
        Style::Part | Style::Han => 3.0,
        Style::HanBare => 1.5,
        Style::HanBracket => 2.5,
        Style::Arabic => 2.0,
        Style::ArabicBracket | Style::Word => 1.5,
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
        key: Key::Numbered(number.style),
        ordinal: number.ordinal,
        number: Some(number.number.to_owned()),
        form: shape.form,
        at_line_start,
        rejection,
    }
}

fn unnumbered(
    line: &Line<'_>,
    index: usize,
    lexicon: &SectionLexicon,
    usual: Option<f32>,
) -> Option<Candidate> {
    let text = line.text;
    let length = text.chars().count();
    let known = lexicon.knows(text);
    // An item of a list is no heading unless it is set or worded as one: sections that the browser numbers.
    let item = line.style.list_item && line.style.heading_level.is_none() && !known;
    if !(2..=HEADING).contains(&length) || item {
        return None;
    }
    let whole = !text.contains(['。', ';', '|', '\t']) && !text.ends_with([',', '、', '!', '?']);
    let plain = !text.contains([':', '@', '/', '=', '<', '>']);
    let starts_like_text =
        text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with(['注', '(', '·', '-']);
    let set = stands_out(line, usual);
    if !whole || (!known && (!plain || starts_like_text || !set)) {
        return None;
    }
    let bigger = line
        .style
        .font_size
        .zip(usual)
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
        None => (LEXICON, 1.2),
    };
    Some(Candidate {
        line: index,
        start: 0,
        text_start: 0,
        heading_end: text.trim_end_matches([':']).len(),
        after_mark: text.len(),
        key: Key::Set(key),
        ordinal: 0,
        number: None,
        form: Form::Whole,
        at_line_start: true,
        rejection: rejection + if known { 1.5 } else { 0.0 },
    })
}

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
