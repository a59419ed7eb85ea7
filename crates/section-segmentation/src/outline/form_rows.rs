//! Rows of forms that no table could be made of: a dump that lost its blanks leaves their labels one
//! a line, numbered like headings. They are text of their section.

use codebook::RowLabels;

use super::enumerator::enumerator;
use crate::line::Line;

/// Rows of forms stand together: so many among the neighbours tell them from a heading of the
/// same wording.
const LEAST_NEIGHBOURS: usize = 3;
/// How far neighbours reach to each side, in lines that hold words.
const REACH: usize = 4;
/// A line with as many bars is a row of cells.
const LEAST_BARS: usize = 2;
/// Cells are no longer on the average, in characters; what is longer is text with a bar in it.
const LONGEST_CELL: usize = 60;

/// For each line whether it is a row of a form or a row of cells.
pub(crate) fn form_rows(lines: &[Line<'_>], labels: &RowLabels) -> Vec<bool> {
    let mut rows: Vec<bool> = lines
        .iter()
        .map(|line| {
            let bars = line.text.matches('|').count();
            bars >= LEAST_BARS && line.text.chars().count() <= bars * LONGEST_CELL
        })
        .collect();
    let worded: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_table && line.text.chars().any(is_word))
        .map(|(index, line)| (index, bare(line.text)))
        .collect();
    if worded.len() <= LEAST_NEIGHBOURS {
        return rows;
    }
    let known: Vec<bool> = worded
        .iter()
        .map(|(_, text)| labels.contains(text))
        .collect();
    for (at, (index, _)) in worded.iter().enumerate() {
        if !known.get(at).copied().unwrap_or_default() {
            continue;
        }
        let near = known
            .iter()
            .skip(at.saturating_sub(REACH))
            .take(at.min(REACH) + 1 + REACH);
        // The line itself is one of them.
        let neighbours = near.filter(|known| **known).count() - 1;
        if neighbours >= LEAST_NEIGHBOURS
            && let Some(row) = rows.get_mut(*index)
        {
            *row = true;
        }
    }
    rows
}

fn is_word(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// A label as forms have it: without its number, `其中:` and the note behind it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text
        .strip_prefix("其中")
        .map_or(text, |rest| rest.trim_start_matches([':', ',', ' ']));
    let text = enumerator(text)
        .and_then(|number| text.get(number.length..))
        .unwrap_or(text);
    let note = text.find('(').filter(|at| *at > 0 && text.ends_with(')'));
    note.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}
