//! Heading candidates: every place where a heading or an item could begin.

use codebook::SectionLexicon;
use model::Alignment;

use super::enumerator::{Enumerator, Style, enumerator};
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

/// What the text after the number looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A short line without the end of a sentence: a heading.
    Whole,
    /// A short first sentence or label, and text after it.
    RunIn,
    /// One sentence to its stop.
    Sentence,
    /// A long first sentence.
    Long,
}

/// Longest heading, in characters.
const HEADING: usize = 45;
/// Longest label before a colon.
const LABEL: usize = 16;
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

struct Shape {
    form: Form,
    heading: usize,
    after_mark: usize,
}

/// What the text after a number looks like, and where its heading ends.
fn shape(rest: &str, bare: bool, lexicon: &SectionLexicon) -> Shape {
    let length = |end: usize| rest.get(..end).map_or(0, |text| text.chars().count());
    let trimmed = rest.trim_end();
    let stop = rest.find(['。', ';', '!', '?']);
    let whole_length = length(trimmed.len());
    let cut = |end: usize, mark: usize, form: Form| {
        let after = rest.get(end + mark..).unwrap_or_default();
        Shape {
            form,
            heading: end,
            after_mark: end + mark + (after.len() - after.trim_start().len()),
        }
    };
    // A wording of the lexicon, then text: with a mark, a space, or nothing between.
    if let Some(end) = lexicon.wording_at_start_of(rest) {
        let after = rest.get(end..).unwrap_or_default();
        let mark = after.len() - after.trim_start_matches([':', '。', ' ', ',', '、']).len();
        if after.get(mark..).is_some_and(str::is_empty) {
            return Shape {
                form: Form::Whole,
                heading: end,
                after_mark: rest.len(),
            };
        }
        if mark > 0 && !after.starts_with(['、', ',']) || begins_a_statement(after) {
            return cut(end, mark, Form::RunIn);
        }
    }
    let colon = rest
        .find([':'])
        .filter(|at| stop.is_none_or(|stop| *at < stop));
    if let Some(at) =
        colon.filter(|at| length(*at) <= LABEL && !has_amount(rest.get(..*at).unwrap_or_default()))
    {
        let mark = rest
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        let empty = rest
            .get(at + mark..)
            .is_some_and(|after| after.trim().is_empty());
        if empty {
            return Shape {
                form: Form::Whole,
                heading: at,
                after_mark: rest.len(),
            };
        }
        return cut(at, mark, Form::RunIn);
    }
    let Some(stop) = stop else {
        // No stop at all: a heading if short; else perhaps a heading, a space, and text.
        if whole_length <= HEADING {
            if let Some(at) = spaced_run_in(rest, bare) {
                return cut(at, 0, Form::RunIn);
            }
            let end = trimmed.trim_end_matches([':', '、', ',', '.']).len();
            return Shape {
                form: Form::Whole,
                heading: end,
                after_mark: rest.len(),
            };
        }
        return match spaced_run_in(rest, bare) {
            Some(at) => cut(at, 0, Form::RunIn),
            None => Shape {
                form: Form::Long,
                heading: trimmed.len(),
                after_mark: rest.len(),
            },
        };
    };
    if let Some(at) = spaced_run_in(rest, bare).filter(|at| *at < stop) {
        return cut(at, 0, Form::RunIn);
    }
    let mark = rest
        .get(stop..)
        .and_then(|rest| rest.chars().next())
        .map_or(1, char::len_utf8);
    let ends = rest
        .get(stop + mark..)
        .is_some_and(|after| after.trim().is_empty());
    let first = rest.get(..stop).unwrap_or_default();
    if ends {
        return Shape {
            form: Form::Sentence,
            heading: stop,
            after_mark: rest.len(),
        };
    }
    let semicolon =
        first.len() < rest.len() && rest.get(stop..).is_some_and(|rest| rest.starts_with([';']));
    if length(stop) <= HEADING && !has_amount(first) && !semicolon {
        return cut(stop, mark, Form::RunIn);
    }
    Shape {
        form: Form::Long,
        heading: trimmed.len(),
        after_mark: rest.len(),
    }
}

/// A heading, a space, and a statement: where the heading ends.
fn spaced_run_in(rest: &str, bare: bool) -> Option<usize> {
    let longest = if bare { 20 } else { 30 };
    rest.match_indices(' ').map(|(at, _)| at).find(|at| {
        let (Some(heading), Some(after)) = (rest.get(..*at), rest.get(*at..)) else {
            return false;
        };
        let count = heading.chars().count();
        (2..=longest).contains(&count)
            && !heading.contains([',', '。', ';'])
            && begins_a_statement(after.trim_start())
    })
}

/// Whether a text begins like a statement of a report: a year, the self, `根据`, `本报告`.
fn begins_a_statement(text: &str) -> bool {
    const STARTS: [&str; 24] = [
        "我",
        "本",
        "根据",
        "按照",
        "为",
        "依据",
        "今年",
        "一年来",
        "自",
        "截至",
        "截止",
        "全年",
        "全市",
        "全县",
        "全区",
        "全省",
        "全局",
        "在",
        "通过",
        "主要",
        "目前",
        "无",
        "随着",
        "近年来",
    ];
    let year = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len() == 4
        && text
            .get(4..)
            .is_some_and(|rest| rest.trim_start().starts_with('年'));
    year || STARTS.iter().any(|start| text.starts_with(start))
}

/// Whether a text holds an amount (`170条`): headings hold none.
fn has_amount(text: &str) -> bool {
    let mut digits = 0;
    for character in text.chars() {
        match character {
            '0'..='9' => digits += 1,
            '条' | '件' | '次' | '人' | '宗' | '万' | '余' | '个' | '项' | '篇' | '期' | '%'
            | '份' | '批' | '家'
                if digits > 0 =>
            {
                return true;
            }
            _ => digits = 0,
        }
    }
    false
}
