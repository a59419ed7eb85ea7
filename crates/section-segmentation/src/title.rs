//! Titles: which line is one, and what it says.

use codebook::{ReportLexicon, ReportWords};
use model::{Document, HintKind, Title};

use crate::formulas::FORMULAS;
use crate::line::Line;
use crate::outline::enumerator::{Style, enumerator};
use crate::outline::shape::residue;

/// Longest title, in characters.
const LONGEST: usize = 70;

/// Whether a line reads like the title of an official report.
pub(crate) fn is_title(line: &Line<'_>) -> bool {
    let title = &line.family.title;
    may_be_title(line)
        && (title.whole.is_match(line.text) || title.work.is_match(line.text))
        && !title.none.is_match(line.text)
}

/// Whether a text reads like the title of a report of the family.
pub(crate) fn is_annual(text: &str, family: &ReportLexicon) -> bool {
    family.title.whole.is_match(text) && !family.title.none.is_match(text)
}

/// Where a title ends that a paragraph begins with: `某局2012年政府信息公开年度报告 根据…`, `…报告一、…`,
/// the same title again.
pub(crate) fn prefix(text: &str, family: &ReportLexicon) -> Option<usize> {
    const LONGEST_PREFIX: usize = 80;
    const MOST_TRIED: usize = 8;
    let starts = text
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&c));
    if !starts || enumerator(text).is_some() {
        return None;
    }
    let ends = text
        .char_indices()
        .take(LONGEST_PREFIX)
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
        .filter_map(|at| text.split_at_checked(at))
        .filter(|(title, rest)| {
            family.title.ends.iter().any(|end| title.ends_with(end)) && begins_text(title, rest)
        });
    ends.take(MOST_TRIED)
        .find(|(title, _)| is_annual(title, family) && !title.contains([',', '。', ':', ';', '《']))
        .map(|(title, _)| title.len())
}

/// Whether a text behind a title is no part of its sentence: `年度报告根据…编制` is one.
fn begins_text(title: &str, rest: &str) -> bool {
    const LEAST_REST: usize = 20;
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let speaks_of_itself = || {
        let start = crate::formulas::head(rest, 120);
        ["本报告", "现公布", "现将", "编制了"]
            .iter()
            .any(|word| start.contains(word))
    };
    let long = rest.chars().take(LEAST_REST).count() >= LEAST_REST;
    rest.starts_with(title)
        || long
            && (rest.starts_with(' ')
                || enumerator(rest).is_some()
                || begins(&["本报告", "现将", "现公布"])
                || begins(&["根据", "依据", "按照", "依照"])
                    && (title.ends_with(')') || speaks_of_itself()))
}

fn may_be_title(line: &Line<'_>) -> bool {
    let text = line.text;
    let length = text.chars().count();
    (6..=LONGEST).contains(&length)
        && line.style.link_share < 0.5
        && !line.style.list_item
        && !text.contains(['。', ';', '|', '>', '@', '!'])
        && !text.contains([',', ':'])
        && enumerator(text).is_none_or(|number| {
            !number.style.is_upper() && number.style.rank() != Style::Arabic.rank()
        })
}

/// The title among the lines of a report's head, as the indices of its lines.
pub(crate) fn find(lines: &[Line<'_>]) -> Option<(Vec<usize>, String)> {
    let candidates: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.in_body && !line.is_table && is_title(line))
        .map(|(index, _)| index)
        .collect();
    // The fullest: one that names more than the kind of report; of equals the first.
    let best = candidates
        .iter()
        .copied()
        .max_by_key(|index| {
            let whole = lines
                .get(*index)
                .is_some_and(|line| !is_tail(line, line.text));
            (whole, std::cmp::Reverse(*index))
        })
        .or_else(|| headless(lines))?;
    let mut of = vec![best];
    let mut text = lines.get(best)?.text.trim().to_owned();
    // A tail takes the lines before it until it names more than the kind of report.
    while of.len() < 4 && lines.get(best).is_some_and(|line| is_tail(line, &text)) {
        let before = of.first().and_then(|first| first.checked_sub(1));
        let line = before
            .and_then(|before| lines.get(before))
            .filter(|line| begins_title(line));
        let (Some(before), Some(line)) = (before, line) else {
            break;
        };
        of.insert(0, before);
        text.insert_str(0, line.text.trim());
    }
    Some((of, text))
}

/// Whether a text is only the tail of a title.
fn is_tail(line: &Line<'_>, text: &str) -> bool {
    line.family.title.tail.is_match(text)
}

/// A title broken in two so that neither line is one: `某局2012年政府信息公开` / `工作年度报告`.
fn headless(lines: &[Line<'_>]) -> Option<usize> {
    lines.iter().enumerate().find_map(|(index, line)| {
        let before = lines.get(index.checked_sub(1)?)?;
        let short = line.text.chars().count() <= 14 && line.in_body && before.in_body;
        (short && is_tail(line, line.text) && begins_title(before)).then_some(index)
    })
}

/// Whether a line can be the first half of a title: short, no label, no mark.
fn begins_title(line: &Line<'_>) -> bool {
    let length = line.text.chars().count();
    line.in_body
        && (3..=40).contains(&length)
        && line.style.link_share < 0.5
        && !line
            .text
            .contains(['。', ',', ';', ':', '|', '>', '@', '/', '《'])
        && !FORMULAS.furniture.is_match(line.text)
        && !FORMULAS.attachments.is_match(line.text.trim())
        && !line.family.title.whole.is_match(line.text)
        && line
            .text
            .chars()
            .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Lines of a head that say the title once more, in one line or in several that follow each other.
pub(crate) fn repetitions(head: &[Line<'_>], title_lines: &[usize], title: &str) -> Vec<usize> {
    const MOST_LINES: usize = 4;
    let title = visible(title);
    let lines: Vec<(usize, String)> = head
        .iter()
        .enumerate()
        .filter(|(index, line)| {
            let spoken = line.in_body && !line.is_table && !title_lines.contains(index);
            spoken && !line.text.trim().is_empty() && line.text.len() < 300
        })
        .map(|(index, line)| (index, visible(line.text)))
        .collect();
    let mut found = Vec::new();
    for start in 0..lines.len() {
        let mut rest = title.as_str();
        for (count, (_, text)) in lines.iter().skip(start).take(MOST_LINES).enumerate() {
            let Some(after) = rest.strip_prefix(text.as_str()) else {
                break;
            };
            rest = after;
            if rest.is_empty() {
                let taken = lines.iter().skip(start).take(count + 1);
                found.extend(taken.map(|(index, _)| *index));
                break;
            }
        }
    }
    found
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a head without a report's title ends in the title of a document about reports (`…的通知`,
/// `…制度`), or the page calls itself so.
pub(crate) fn names_another_document(
    document: &Document,
    family: &ReportLexicon,
    head: &[Line<'_>],
    alone: bool,
) -> bool {
    let other = |text: &str| {
        let length = text.chars().count();
        let speaks = ReportWords::any(&family.words.called, text);
        (8..=LONGEST).contains(&length)
            && speaks
            && !text.contains(['。', ';', '>', ':'])
            && family.title.none.is_match(text)
    };
    let last = head
        .iter()
        .rev()
        .filter(|line| line.in_body && !line.is_table && !line.text.trim().is_empty())
        // `各乡镇人民政府,县直各单位:` stands between a title and its text.
        .filter(|line| !line.text.trim_end().ends_with(':'))
        .find(|line| !crate::furniture::is_furniture(line));
    let hinted = || {
        let mut titles = document
            .hints
            .iter()
            .filter(|hint| hint.kind == HintKind::Title)
            .flat_map(|hint| hint.text.split(['_', '|', '-', '–', '—', '·']));
        titles.any(|text| other(text.trim()))
    };
    last.is_some_and(|line| other(line.text.trim())) || (alone && hinted())
}

/// The title that the page states of itself, without the site's name.
pub(crate) fn hinted(document: &Document, family: &ReportLexicon) -> Option<String> {
    document
        .hints
        .iter()
        .filter(|hint| hint.kind == HintKind::Title)
        .flat_map(|hint| hint.text.split(['_', '|', '-', '–', '—', '·']))
        // Hints are as written: brackets of full width are those of the canonical form.
        .map(|text| text.trim().replace('（', "(").replace('）', ")"))
        .find(|text| text.chars().count() <= LONGEST && is_annual(text, family))
}

/// A title from lines.
pub(crate) fn title(lines: &[Line<'_>], of: &[usize], text: &str) -> Title {
    let spans = of
        .iter()
        .filter_map(|index| lines.get(*index))
        .map(Line::whole)
        .collect();
    // What a template says of the title's font is no part of it.
    let text = residue(text).and_then(|at| text.get(..at)).unwrap_or(text);
    Title {
        text: without_spaces(text),
        spans,
        // Weighed once the whole report is known.
        basis: model::Basis::Title,
        confidence: 0.0,
    }
}

/// Spaces between Chinese characters of a title are layout.
fn without_spaces(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let latin = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_alphabetic)
    };
    characters
        .iter()
        .enumerate()
        .filter(|(at, c)| !c.is_whitespace() || (latin(at.checked_sub(1)) && latin(Some(at + 1))))
        .map(|(_, c)| *c)
        .collect()
}
