//! Line wrapping by its regularity: a dump of wrapped lines has a space every so many columns.

use super::{
    Fate,
    paragraph::{Break, Paragraph},
};
use crate::character::{ends_sentence, is_han};

/// Narrowest and widest line that is looked for, in half-width columns.
const WIDTHS: std::ops::RangeInclusive<u32> = 24..=130;
/// A line may end this many columns early (a sign that must not begin the next, half a square).
const EARLY: u32 = 3;
/// A line may run over by this much (hanging punctuation).
const OVER: u32 = 1;
/// The first line of a paragraph is shorter by its indent.
const INDENT: u32 = 4;
/// Line ends of one width from which on there is a width.
const ENOUGH: usize = 3;

/// Joins the open breaks that stand where lines of the text's width end.
pub(super) fn join_wraps(paragraph: &Paragraph<'_>, fates: &mut [Fate]) {
    if paragraph.breaks.len() < ENOUGH || !fates.contains(&Fate::Open) {
        return;
    }
    let Some(width) = width(paragraph, fates) else {
        return;
    };
    let lines = lines(&paragraph.breaks, width);
    for ((fate, item), end) in fates.iter_mut().zip(&paragraph.breaks).zip(lines) {
        // Where a sentence ends a paragraph may, unless the next line is a full one without indent.
        let wraps = if ends_sentence(item.left) {
            end == End::Inside
        } else {
            end != End::None
        };
        if *fate == Fate::Open && wraps {
            *fate = Fate::Join;
        }
    }
}

/// The width that most distances between breaks agree on, where words prove that lines wrap.
fn width(paragraph: &Paragraph<'_>, fates: &[Fate]) -> Option<u32> {
    let widest = *WIDTHS.end();
    let mut distances = vec![0_usize; widest as usize + 2];
    for (index, item) in paragraph.breaks.iter().enumerate() {
        for start in starts(&paragraph.breaks, index) {
            if let Some(count) = distances.get_mut((item.column - start) as usize) {
                *count += 1;
            }
        }
    }
    let agreeing = |width: u32| -> usize {
        distances
            .iter()
            .skip((width - EARLY) as usize)
            .take((EARLY + OVER + 1) as usize)
            .sum()
    };
    // The narrowest of equals: a multiple of the width has fewer ends.
    let width = WIDTHS.max_by_key(|width| (agreeing(*width), std::cmp::Reverse(*width)))?;
    let ends: Vec<usize> = lines(&paragraph.breaks, width)
        .into_iter()
        .enumerate()
        .filter_map(|(index, end)| (end != End::None).then_some(index))
        .collect();
    let proven = ends
        .iter()
        .filter(|index| {
            let joined = fates.get(**index) == Some(&Fate::Join);
            joined
                && paragraph
                    .breaks
                    .get(**index)
                    .is_some_and(|item| is_han(item.left))
        })
        .count();
    let expected = (paragraph.columns / width) as usize;
    let is_wrapped = ends.len() >= ENOUGH
        && ends.len() * 3 >= expected
        && proven >= 2
        && proven * 5 >= ends.len();
    is_wrapped.then_some(width)
}

/// The columns at which a line that ends at a break may have begun: the start of the text and the
/// breaks before, as far back as the widest line.
fn starts(breaks: &[Break], index: usize) -> impl Iterator<Item = u32> {
    let end = breaks.get(index).map_or(0, |item| item.column);
    breaks
        .get(..index)
        .unwrap_or_default()
        .iter()
        .rev()
        .map(|item| item.column)
        .chain([0])
        .take_while(move |start| end - start <= *WIDTHS.end() + OVER)
}

/// Whether a line ends at a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    None,
    /// A line ends here.
    Line,
    /// A line ends here and another full one begins.
    Inside,
}

/// Which breaks end a line of a width: one that begins at a break or at the start of the text
/// and belongs to at least two such lines in a row.
fn lines(breaks: &[Break], width: u32) -> Vec<End> {
    // Lines in a row that end at each break, and whether the row goes on.
    let mut rows = vec![0_u32; breaks.len()];
    let mut goes_on = vec![false; breaks.len()];
    for (index, item) in breaks.iter().enumerate() {
        for (back, start) in starts(breaks, index).enumerate() {
            let length = item.column - start;
            let begins = index.checked_sub(back + 1);
            let row = begins
                .and_then(|begin| rows.get(begin))
                .copied()
                .unwrap_or(0);
            // Only the first line of a row may be short by its indent.
            let early = if row == 0 { EARLY + INDENT } else { EARLY };
            if !(width - early..=width + OVER).contains(&length) {
                continue;
            }
            if let Some(known) = rows.get_mut(index) {
                *known = (*known).max(row + 1);
            }
            if let Some(begin) = begins.and_then(|begin| goes_on.get_mut(begin)) {
                *begin = true;
            }
        }
    }
    rows.iter()
        .zip(goes_on)
        .map(|(row, goes_on)| match (*row, goes_on) {
            (0, _) | (1, false) => End::None,
            (_, true) => End::Inside,
            (_, false) => End::Line,
        })
        .collect()
}
