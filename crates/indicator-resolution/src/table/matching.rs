//! Labels of a band matched with the rows of a form.

use std::collections::BTreeSet;

use codebook::{Form, FormRow};
use model::LabelMatch;

use super::alignment::{Costs, align};
use super::index::{LabelIndex, Reference, likeness};
use super::rows::Item;

/// Scores closer than this do not tell two labels apart.
const MARGIN: f32 = 0.08;
/// Below this a likeness needs a neighbour that is known.
const WEAK: f32 = 0.75;
/// How many rows of the form lie at most between a weak likeness and the neighbour that speaks for it.
const NEAR: usize = 3;
/// A label of the same wording.
pub(super) const SAME: f32 = 0.95;

/// An item of the band and the row that it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RowMatch {
    pub(super) item: usize,
    pub(super) form: usize,
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) score: f32,
    pub(super) label: LabelMatch,
}

/// Rows of several tables of a form in order.
struct Sequence<'c> {
    places: Vec<(usize, usize)>,
    rows: Vec<&'c FormRow>,
    /// Index in the sequence of the row that each is a part of.
    parents: Vec<Option<usize>>,
}

impl<'c> Sequence<'c> {
    fn new(form: &'c Form, tables: &[usize]) -> Self {
        let mut sequence = Self {
            places: Vec::new(),
            rows: Vec::new(),
            parents: Vec::new(),
        };
        for table in tables {
            let Some(of_table) = form.tables.get(*table) else {
                continue;
            };
            let start = sequence.rows.len();
            for (row, of_row) in of_table.rows.iter().enumerate() {
                sequence.places.push((*table, row));
                sequence.rows.push(of_row);
                sequence
                    .parents
                    .push(of_row.parent.map(|parent| start + parent));
            }
        }
        sequence
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.parents.get(at).copied().flatten()
    }

    /// Whether a row is `parent` or lies below it.
    fn within(&self, at: usize, parent: usize) -> bool {
        let mut next = Some(at);
        // A parent stands before its children: no chain is longer than the sequence.
        for _ in 0..=self.rows.len() {
            match next {
                Some(row) if row == parent => return true,
                Some(row) => next = self.parent(row),
                None => return false,
            }
        }
        false
    }
}

/// What a form makes of a band's labels.
#[derive(Debug, Clone, Default)]
pub(super) struct Matching {
    /// By item, ascending.
    pub(super) rows: Vec<RowMatch>,
    /// How well the form explains the labels.
    pub(super) score: f32,
}

/// Aligns a band's labels with the rows of some tables of a form.
pub(super) fn match_rows(
    items: &[Item],
    form_at: usize,
    form: &Form,
    tables: &[usize],
    index: &LabelIndex,
) -> Matching {
    let sequence = Sequence::new(form, tables);
    let scores: Vec<Vec<f32>> = items
        .iter()
        .map(|item| row_scores(item, form_at, &sequence, index))
        .collect();
    // Labels that are none of the form's have no part in its order.
    let (known, of_known): (Vec<usize>, Vec<&[f32]>) = scores
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_empty())
        .map(|(item, row)| (item, row.as_slice()))
        .unzip();
    if known.is_empty() {
        return Matching::default();
    }
    let costs = Costs {
        extra: 0.1,
        missing: 0.02,
        adjacent: 0.05,
    };
    let pairs = align(&of_known, sequence.rows.len(), costs);
    let mut matched: Vec<Option<(usize, f32)>> = vec![None; items.len()];
    for pair in &pairs {
        if let Some(slot) = known.get(pair.left).and_then(|item| matched.get_mut(*item)) {
            *slot = Some((pair.right, pair.score));
        }
    }
    drop_without_context(items, &scores, &sequence, &mut matched);
    drop_without_neighbour(&mut matched);
    take_reordered(items, &scores, &mut matched);
    take_enclosed(items, &scores, &sequence, &mut matched);
    let rows: Vec<RowMatch> = matched
        .iter()
        .enumerate()
        .filter_map(|(item, found)| {
            let (at, score) = (*found)?;
            let (table, row) = *sequence.places.get(at)?;
            Some(RowMatch {
                item,
                form: form_at,
                table,
                row,
                score,
                label: match score {
                    score if score >= SAME => LabelMatch::Same,
                    score if score >= WEAK => LabelMatch::Alike,
                    _ => LabelMatch::Placed,
                },
            })
        })
        .collect();
    Matching {
        score: total(items, form_at, &sequence, &matched, index),
        rows,
    }
}

/// How well an item fits each row; empty where it fits none. A likeness to two different labels says nothing.
fn row_scores(
    item: &Item,
    form_at: usize,
    sequence: &Sequence<'_>,
    index: &LabelIndex,
) -> Vec<f32> {
    let mut scores: Vec<f32> = Vec::new();
    for hit in &item.hits {
        for reference in index.references(*hit) {
            if let Reference::Row { form, table, row } = reference
                && *form == form_at
                && let Ok(at) = sequence.places.binary_search(&(*table, *row))
            {
                scores.resize(sequence.rows.len(), 0.0);
                if let Some(slot) = scores.get_mut(at) {
                    *slot = slot.max(hit.score);
                }
            }
        }
    }
    let best = scores.iter().copied().fold(0.0, f32::max);
    if best < 1.0 {
        let mut labels = scores
            .iter()
            .zip(&sequence.rows)
            .filter(|(score, _)| **score > 0.0 && **score > best - MARGIN)
            .map(|(_, row)| &row.label.text);
        let first = labels.next();
        if labels.any(|label| Some(label) != first) {
            return Vec::new();
        }
    }
    scores
}

/// 其他, 总计 and every label that stands in several places of the form mean what their surroundings say:
/// without surroundings they mean nothing.
fn drop_without_context(
    items: &[Item],
    scores: &[Vec<f32>],
    sequence: &Sequence<'_>,
    matched: &mut [Option<(usize, f32)>],
) {
    let found: Vec<(usize, usize)> = matched
        .iter()
        .enumerate()
        .filter_map(|(item, found)| found.map(|(at, _)| (item, at)))
        .collect();
    for (order, (item_at, at)) in found.iter().enumerate() {
        let (Some(item), Some(row)) = (items.get(*item_at), scores.get(*item_at)) else {
            continue;
        };
        let score = row.get(*at).copied().unwrap_or_default();
        let places = row.iter().filter(|other| **other >= score - 0.05).count();
        let short = item.label.full.chars().count() <= 2;
        let under_root = sequence.parent(*at).is_none();
        if places < 2 && (!short || under_root) {
            continue;
        }
        let in_grid = item
            .parent
            .and_then(|parent| found.iter().find(|(item, _)| *item == parent));
        let before = order.checked_sub(1).and_then(|order| found.get(order));
        let after = found.get(order + 1);
        let fits = match (sequence.parent(*at), in_grid) {
            (_, Some((_, parent))) => sequence.within(*at, *parent),
            (Some(parent), None) => before
                .or(after)
                .is_some_and(|(_, near)| sequence.within(*near, parent)),
            (None, None) => before.or(after).is_some(),
        };
        if !fits && let Some(slot) = matched.get_mut(*item_at) {
            *slot = None;
        }
    }
}

/// A weak likeness holds only beside a row that is known and near in the form. Of a single row only the
/// header can speak: see the caller.
fn drop_without_neighbour(matched: &mut [Option<(usize, f32)>]) {
    if matched.len() == 1 {
        return;
    }
    let before: Vec<Option<(usize, f32)>> = matched.to_vec();
    let near = |item: Option<usize>, at: usize| {
        item.and_then(|item| before.get(item).copied().flatten())
            .is_some_and(|(other, score)| score >= WEAK && other.abs_diff(at) <= NEAR)
    };
    for (item, found) in matched.iter_mut().enumerate() {
        if let Some((at, score)) = *found
            && score < WEAK
            && !near(item.checked_sub(1), at)
            && !near(Some(item + 1), at)
        {
            *found = None;
        }
    }
}

/// Rows that stand in another order than the form's: a label of the same wording that has one place only.
fn take_reordered(items: &[Item], scores: &[Vec<f32>], matched: &mut [Option<(usize, f32)>]) {
    let mut taken: BTreeSet<usize> = matched.iter().flatten().map(|(at, _)| *at).collect();
    for (item_at, row) in scores.iter().enumerate() {
        let long = items
            .get(item_at)
            .is_some_and(|item| item.label.full.chars().count() > 2);
        if !long || !matches!(matched.get(item_at), Some(None)) {
            continue;
        }
        let places: Vec<(usize, f32)> = row
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, score)| *score >= SAME)
            .collect();
        let [(at, score)] = places.as_slice() else {
            continue;
        };
        if taken.insert(*at)
            && let Some(slot) = matched.get_mut(item_at)
        {
            *slot = Some((*at, *score - 0.1));
        }
    }
}

/// A label too damaged to be known by itself, between two that are known and leave one row open.
fn take_enclosed(
    items: &[Item],
    scores: &[Vec<f32>],
    sequence: &Sequence<'_>,
    matched: &mut [Option<(usize, f32)>],
) {
    for item_at in 1..items.len() {
        let named = scores
            .get(item_at)
            .is_some_and(|row| row.iter().any(|score| *score >= SAME));
        if named || !matches!(matched.get(item_at), Some(None)) {
            continue;
        }
        let sure = |found: Option<&Option<(usize, f32)>>| {
            found
                .copied()
                .flatten()
                .filter(|(_, score)| *score >= SAME)
                .map(|(at, _)| at)
        };
        let before = sure(matched.get(item_at - 1));
        let after = sure(matched.get(item_at + 1));
        let at = match (before, after) {
            (Some(before), Some(after)) if after == before + 2 => before + 1,
            (Some(before), None)
                if item_at + 1 == items.len() && before + 2 == sequence.rows.len() =>
            {
                before + 1
            }
            _ => continue,
        };
        let (Some(item), Some(row)) = (items.get(item_at), sequence.rows.get(at)) else {
            continue;
        };
        if item.label.full.chars().count() > 2
            && likeness(&item.label, &row.label) >= 0.5
            && let Some(slot) = matched.get_mut(item_at)
        {
            *slot = Some((at, 0.6));
        }
    }
}

fn total(
    items: &[Item],
    form_at: usize,
    sequence: &Sequence<'_>,
    matched: &[Option<(usize, f32)>],
    index: &LabelIndex,
) -> f32 {
    let mut total = 0.0;
    let mut places: Vec<usize> = Vec::new();
    for (item, found) in items.iter().zip(matched) {
        match (found, item.at.is_some()) {
            (Some((at, score)), true) => {
                total += score;
                places.push(*at);
            }
            (Some((at, score)), false) => {
                total += 0.3 * score;
                places.push(*at);
            }
            (None, true) => total -= 0.1,
            (None, false) => {}
        }
        // Of forms that know a label the one that prints it itself is the likelier.
        if let Some((table, row)) = found.and_then(|(at, _)| sequence.places.get(at))
            && index.is_printed(&item.hits, form_at, *table, *row)
        {
            total += 0.02;
        }
    }
    let (first, last) = (places.iter().min(), places.iter().max());
    if let (Some(first), Some(last)) = (first, last) {
        let expected = sequence
            .rows
            .iter()
            .enumerate()
            .skip(*first)
            .take(last - first + 1)
            .filter(|(at, row)| !row.optional || places.contains(at))
            .count();
        let missing = expected.saturating_sub(places.len());
        total -= 0.01 * as_f32(missing);
    }
    total
}

#[expect(clippy::cast_precision_loss, reason = "numbers of rows are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}
