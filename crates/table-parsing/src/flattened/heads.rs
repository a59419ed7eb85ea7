//! Heads of several levels that lost their spans: where each stands is found from how many values a row has.

use crate::lexicon::LEXICON;

use super::draft::Draft;

/// Fewest values of a row that stands under repeated heads without a label of its own.
const FEWEST_VALUES: usize = 4;

/// Rows of heads over one label column and `values` value columns.
///
/// Heads may be just enough for the columns, or those of two levels of which one on the upper level spans
/// the lower: the one before the total (`自然人 | 法人 | 总计` over `企业 | 院所 | 其他`).
pub(super) fn over_labels(heads: Vec<Draft>, texts: &[String], values: usize) -> Vec<Vec<Draft>> {
    let columns = values + 1;
    let mut rest = heads.into_iter();
    let count = texts.len();
    let level = |corner: usize| count.checked_sub(corner + values);
    if let Some(corner) = (0..=2).find(|corner| level(*corner) == Some(0)) {
        let mut rows = corner_row(&mut rest, corner, columns);
        rows.push(placed(columns, (1..).zip(rest)));
        return joined_corner(rows, corner);
    }
    let two_levels = (0..=2)
        .find(|corner| level(*corner) == Some(1))
        .and_then(|corner| {
            let upper = texts.get(corner..)?;
            let total = upper.iter().position(|text| LEXICON.is_total(text))?;
            (total >= 1 && total + 2 < upper.len()).then_some((corner, total + 1))
        });
    let Some((corner, upper)) = two_levels else {
        let heads: Vec<Draft> = rest.collect();
        return heads.chunks(columns).map(<[Draft]>::to_vec).collect();
    };
    let mut rows = corner_row(&mut rest, corner, columns);
    // The one that spans is the last but one; the total stands at the very end.
    let places = (1..upper).chain(std::iter::once(values));
    rows.push(placed(columns, places.zip(rest.by_ref().take(upper))));
    rows.push(placed(columns, (upper - 1..).zip(rest)));
    joined_corner(rows, corner)
}

/// The first row: what the label column is headed with, and a head over all values.
fn corner_row(
    rest: &mut impl Iterator<Item = Draft>,
    corner: usize,
    columns: usize,
) -> Vec<Vec<Draft>> {
    if corner == 0 {
        return Vec::new();
    }
    vec![placed(columns, (0..).zip(rest.take(corner)))]
}

/// A corner without a head over all values stands in the next row.
fn joined_corner(mut rows: Vec<Vec<Draft>>, corner: usize) -> Vec<Vec<Draft>> {
    if corner == 1 && rows.len() > 1 {
        let mut first = rows.remove(0).into_iter();
        if let (Some(head), Some(slot)) = (
            first.next(),
            rows.first_mut().and_then(|row| row.first_mut()),
        ) {
            *slot = head;
        }
    }
    rows
}

/// Heads over values alone: the same heads again and again (`维持 | 纠正 | 总计`) under names.
pub(super) struct Repeated {
    /// First of the texts that is a head.
    pub(super) start: usize,
    period: usize,
    times: usize,
    /// The first of the names has its heads on its own level, the second is divided once more.
    nested: bool,
}

/// Whether the texts end in heads that repeat over `values` columns.
pub(super) fn repeated(texts: &[String], values: usize) -> Option<Repeated> {
    if values < FEWEST_VALUES {
        return None;
    }
    (2..=values / 2)
        .filter(|period| values.is_multiple_of(*period))
        .find_map(|period| {
            let times = values / period;
            let pattern = texts.get(texts.len().checked_sub(period)?..)?;
            let repeats = |end: usize, times: usize| {
                end.checked_sub(times * period)
                    .and_then(|start| texts.get(start..end))
                    .is_some_and(|heads| heads.chunks(period).all(|heads| heads == pattern))
            };
            let end = texts.len();
            let found = |start: usize, nested: bool| Repeated {
                start,
                period,
                times,
                nested,
            };
            if repeats(end, times) {
                let start = end.checked_sub(times * period + times)?;
                return Some(found(start, false));
            }
            let names = end.checked_sub((times - 1) * period + (times - 1))?;
            let nested = times >= 3 && repeats(end, times - 1) && repeats(names, 1);
            let start = names.checked_sub(period + 2)?;
            nested.then(|| found(start, true))
        })
}

impl Repeated {
    /// The rows of heads, from the heads at and behind `start`.
    pub(super) fn rows(&self, heads: impl Iterator<Item = Draft>) -> Vec<Vec<Draft>> {
        let Self {
            period,
            times,
            nested,
            ..
        } = *self;
        let columns = period * times;
        let every = |start: usize| (start..columns).step_by(period);
        let mut rest = heads;
        if !nested {
            let names = placed(columns, every(0).zip(rest.by_ref().take(times)));
            return vec![names, placed(columns, (0..).zip(rest))];
        }
        let names = placed(columns, [0, period].into_iter().zip(rest.by_ref().take(2)));
        let places = (0..period).chain(every(period));
        let second = placed(columns, places.zip(rest.by_ref().take(period + times - 1)));
        vec![names, second, placed(columns, (period..).zip(rest))]
    }
}

fn placed(columns: usize, heads: impl Iterator<Item = (usize, Draft)>) -> Vec<Draft> {
    let mut row = Vec::new();
    row.resize_with(columns, Draft::empty);
    for (at, head) in heads {
        match row.get_mut(at) {
            Some(slot) => *slot = head,
            // Never lost: a head beyond the columns makes one more.
            None => row.push(head),
        }
    }
    row
}
