//! What the text behind a number looks like: a heading, a heading run into its text, a sentence.

use codebook::SectionLexicon;

use crate::formulas::FORMULAS;

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
pub(super) const HEADING: usize = 45;
/// Longest label before a colon.
const LABEL: usize = 24;

/// The form of a text, and the ends of its heading and of the mark behind it, in bytes.
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) heading: usize,
    pub(super) after_mark: usize,
}

/// Where the residue of a template begins that stands behind a heading: `总体情况(黑体三号)`.
pub(super) fn residue(text: &str) -> Option<usize> {
    let text = text.trim_end_matches([' ', ':', '。', '、']);
    let at = text.strip_suffix(')')?.rfind('(').filter(|at| *at > 0)?;
    FORMULAS
        .residue
        .is_match(text.get(at..).unwrap_or_default())
        .then_some(at)
}

/// What the text after a number looks like, and where its heading ends.
pub(super) fn shape(rest: &str, bare: bool, lexicon: &SectionLexicon) -> Shape {
    match residue(rest).and_then(|at| rest.get(..at)) {
        Some(before) => Shape {
            after_mark: rest.len(),
            ..shape_of(before, bare, lexicon)
        },
        None => shape_of(rest, bare, lexicon),
    }
}

fn shape_of(rest: &str, bare: bool, lexicon: &SectionLexicon) -> Shape {
    let length = |end: usize| rest.get(..end).map_or(0, |text| text.chars().count());
    let trimmed = rest.trim_end();
    let stop = first_stop(rest);
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

/// The first mark that ends a sentence. A question mark amid Chinese characters stands for a lost one.
fn first_stop(text: &str) -> Option<usize> {
    let han = |c: Option<char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    text.match_indices(['。', ';', '!', '?'])
        .find(|(at, mark)| {
            let before = text.get(..*at).and_then(|before| before.chars().next_back());
            let after = text.get(at + mark.len()..).and_then(|after| after.chars().next());
            *mark != "?" || !(han(before) && han(after))
        })
        .map(|(at, _)| at)
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
            && !heading.contains(['。', ';'])
            && (!heading.contains(',') && begins_a_statement(after.trim_start())
                || set_apart(after))
    })
}

/// Whether a space sets a text apart from its heading: whole sentences follow, and hardly another
/// space among them.
fn set_apart(after: &str) -> bool {
    const LEAST: usize = 15;
    let length = after.chars().count();
    let spaces = after.trim().matches(' ').count();
    length >= LEAST && after.contains('。') && spaces * 60 <= length
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
