//! Lines that are rows: `规章 | 0 | 0 | 0 |`.

use std::ops::Range;

use model::Block;

use crate::cell_type::CellType;
use crate::lexicon::LEXICON;

use super::columns::{GOOD, fit};
use super::draft::{self, Draft, Table, is_bounded, is_head_row};
use super::heads;
use super::lines::{Kind, Line};

/// Reads lines as rows; `None` where they are not.
pub(super) fn read(lines: &[Line], blocks: &[Block], range: Range<usize>) -> Option<Table> {
    let within = lines.get(range.clone())?;
    let barred: Vec<&Line> = within
        .iter()
        .filter(|line| line.kind == Kind::Barred)
        .collect();
    let most = |yes: usize, of_ten: usize| yes * 10 >= barred.len() * of_ten;
    let leading = most(
        barred.iter().filter(|line| line.starts_with_bar()).count(),
        8,
    );
    let trailing = most(barred.iter().filter(|line| line.ends_with_bar()).count(), 5);
    // Where bars end rows, a line without one is part of a cell; else it is a row of one cell.
    let broken = |line: &Line| line.kind == Kind::Bars || (trailing && line.kind == Kind::Plain);
    if within.iter().any(broken) {
        return None;
    }
    let cells = |line: &Line| {
        let first = usize::from(leading && line.starts_with_bar());
        let last = line.segments.len() - usize::from(trailing && line.ends_with_bar());
        first..last
    };
    let several = barred.iter().filter(|line| cells(line).len() >= 2).count();
    if several < 2 || !most(several, 6) {
        return None;
    }
    let mut rows: Vec<Vec<Draft>> = Vec::new();
    for at in range.clone() {
        let Some(line) = lines.get(at).filter(|line| line.kind != Kind::Rule) else {
            continue;
        };
        rows.push(
            cells(line)
                .map(|segment| Draft::of(lines, at, segment))
                .collect(),
        );
    }
    if !is_bounded(&rows) {
        return None;
    }
    let drawn = within.iter().any(|line| line.kind == Kind::Rule) && is_regular(&rows);
    let text = |cell: &Draft| draft::text(cell, lines, blocks);
    lay_out(&mut rows, &text);
    let columns = rows.iter().map(Vec::len).max()?;
    let types: Vec<CellType> = rows.iter().flat_map(|row| types_of(row)).collect();
    // Rows as written are evidence of their own: they need to fit less well than rows that were guessed.
    let fits = fit(&types, columns).is_some_and(|fit| fit >= GOOD - 0.2);
    // Where each line stands between bars with as many cells, nothing was guessed at all.
    let length = barred.first().map_or(0, |line| line.bars());
    let between_bars =
        |line: &&Line| line.starts_with_bar() && line.ends_with_bar() && line.bars() == length;
    let even = leading && barred.iter().all(between_bars);
    (fits || even || drawn).then_some(Table {
        lines: range,
        rows,
        drawn,
        keeps_blanks: false,
    })
}

/// As many cells in every row.
fn is_regular(rows: &[Vec<Draft>]) -> bool {
    const FEWEST_ROWS: usize = 3;
    const FEWEST_COLUMNS: usize = 3;
    let columns = rows.first().map_or(0, Vec::len);
    rows.len() >= FEWEST_ROWS
        && columns >= FEWEST_COLUMNS
        && rows.iter().all(|row| row.len() == columns)
}

/// Gives the cells of rows that may have lost their spans their columns.
pub(super) fn lay_out(rows: &mut Vec<Vec<Draft>>, text: &impl Fn(&Draft) -> String) {
    drop_spanned_bars(rows);
    lay_out_heads(rows, text);
    align(rows, text);
}

/// Where bars of cells that span columns were put behind the row (`一、收到申请 | 3 | 0 | 3 | | |`): rows
/// hold as many values each behind labels of differing number, and the bars behind those go.
fn drop_spanned_bars(rows: &mut [Vec<Draft>]) {
    const LEAST_ROWS: usize = 4;
    let filled = |row: &[Draft]| {
        row.iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1)
    };
    let labels = |row: &[Draft]| {
        row.iter()
            .take_while(|cell| cell.kind == CellType::Label)
            .count()
    };
    let shapes: Vec<(usize, usize)> = rows
        .iter()
        .filter(|row| row.iter().any(|cell| cell.kind == CellType::Number))
        .map(|row| (labels(row), filled(row) - labels(row)))
        .collect();
    let Some((first, values)) = shapes.first().copied() else {
        return;
    };
    let alike = shapes.iter().all(|(_, count)| *count == values);
    let differ = shapes.iter().any(|(labels, _)| *labels != first);
    if shapes.len() < LEAST_ROWS || !alike || !differ || values < 2 {
        return;
    }
    let counted = |row: &[Draft]| row.iter().any(|cell| cell.kind == CellType::Number);
    let first_counted = rows.iter().position(|row| counted(row)).unwrap_or(0);
    for (at, row) in rows.iter_mut().enumerate() {
        let end = match labels(row) {
            count if count < filled(row) => filled(row),
            // Heads before the first values have spans of their own.
            count if at < first_counted && is_head_row(row) => count,
            // Rows whose values are all blank keep the places of those.
            count => (count + values).min(row.len()),
        };
        row.truncate(end.max(1));
    }
}

/// The types of a row's cells; what is empty before its label is covered by a label above.
fn types_of(row: &[Draft]) -> impl Iterator<Item = CellType> + '_ {
    let lead = row.iter().take_while(|cell| cell.is_empty()).count();
    let labelled = row
        .get(lead)
        .is_some_and(|cell| cell.kind == CellType::Label);
    row.iter().enumerate().map(move |(at, cell)| {
        if labelled && at < lead {
            CellType::Label
        } else {
            cell.kind
        }
    })
}

/// Heads above rows of values of which some have lost their spans: all short, on two rows or more.
fn lay_out_heads(rows: &mut Vec<Vec<Draft>>, text: &impl Fn(&Draft) -> String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let short = |row: &&Vec<Draft>| row.len() < columns && is_head_row(row);
    let levels = rows.iter().take_while(short).count();
    let first_value = first_value(&profile(rows, columns));
    let (Some(labels), true) = (first_value, levels >= 2) else {
        return;
    };
    let cells = rows.iter().take(levels).flatten();
    let drafts: Vec<Draft> = cells.filter(|cell| !cell.is_empty()).cloned().collect();
    let texts: Vec<String> = drafts.iter().map(text).collect();
    let values = columns - labels;
    let heads = if labels == 0 {
        heads::repeated(&texts, values)
            .filter(|found| found.start == 0)
            .map(|found| found.rows(drafts.into_iter()))
    } else {
        heads::over_labels(&drafts, &texts, values)
    };
    let Some(mut heads) = heads else { return };
    for row in &mut heads {
        for _ in 1..labels {
            row.insert(1, Draft::empty());
        }
    }
    rows.splice(..levels, heads);
}

/// Short rows go where their types and the heads above put them: a row under a cell that spans rows has
/// lost its first cells, not its last.
fn align(rows: &mut [Vec<Draft>], text: &impl Fn(&Draft) -> String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let profile = profile(rows, columns);
    let first_value = first_value(&profile).unwrap_or(0);
    let mut above: Vec<bool> = Vec::new();
    for row in rows.iter_mut() {
        let head = is_head_row(row) || row.iter().all(|cell| cell.kind == CellType::Label);
        if row.len() < columns {
            // Heads that begin with the head of the labels stand over the labels and what follows them.
            let from_labels = row
                .first()
                .is_some_and(|cell| LEXICON.is_row_head(&text(cell)));
            let places = if head && from_labels {
                None
            } else if head {
                under_spans(&above, row.len())
                    .or_else(|| after_labels(&above, row.len(), first_value, columns))
            } else {
                Some(best_offset(row, &profile, first_value))
            };
            if let Some(places) = places {
                place(row, &places, columns);
            } else {
                row.resize_with(columns, Draft::empty);
            }
        }
        // Only rows of heads say anything about the heads below them.
        above = if head
            || row
                .iter()
                .all(|cell| !cell.kind.is_value() || cell.is_empty())
        {
            row.iter().map(Draft::is_empty).collect()
        } else {
            Vec::new()
        };
    }
}

/// The commonest type of each column in rows of full width that hold numbers.
fn profile(rows: &[Vec<Draft>], columns: usize) -> Vec<CellType> {
    let mut counts = vec![(0_usize, 0_usize); columns];
    for row in rows {
        if row.len() < columns || !row.iter().any(|cell| cell.kind == CellType::Number) {
            continue;
        }
        for (cell, (labels, numbers)) in row.iter().zip(counts.iter_mut()) {
            *labels += usize::from(matches!(cell.kind, CellType::Label | CellType::Unit));
            // A sign for no value stands where values stand.
            *numbers += usize::from(cell.kind == CellType::Number || is_sign(cell));
        }
    }
    counts
        .into_iter()
        .map(|(labels, numbers)| match numbers.cmp(&labels) {
            _ if numbers + labels == 0 => CellType::Blank,
            std::cmp::Ordering::Greater => CellType::Number,
            _ => CellType::Label,
        })
        .collect()
}

/// The first column of values: behind the labels, though no row may fill it.
fn first_value(profile: &[CellType]) -> Option<usize> {
    let number = profile.iter().position(|kind| *kind == CellType::Number)?;
    let label = profile
        .iter()
        .take(number)
        .rposition(|kind| *kind == CellType::Label);
    Some(label.map_or(number, |label| label + 1))
}

/// Heads under the cells above that span several columns, where those have room for just as many.
fn under_spans(above: &[bool], cells: usize) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < above.len() {
        let width = 1 + above
            .iter()
            .skip(at + 1)
            .take_while(|empty| **empty)
            .count();
        // The first cell spans the label columns.
        if width > 1 && at > 0 {
            places.extend(at..at + width);
        }
        at += width;
    }
    (places.len() == cells && cells > 0).then_some(places)
}

/// Heads behind the label columns, whose own head spans rows.
fn after_labels(
    above: &[bool],
    cells: usize,
    first_value: usize,
    columns: usize,
) -> Option<Vec<usize>> {
    let room = columns.saturating_sub(first_value);
    (!above.is_empty() && first_value > 0 && cells == room)
        .then(|| (first_value..columns).collect())
}

fn best_offset(row: &[Draft], profile: &[CellType], first_value: usize) -> Vec<usize> {
    let slack = profile.len().saturating_sub(row.len());
    // As many cells behind the labels as there are columns of values: they stand under those,
    // filled or not, and the labels right before them.
    let labels = row
        .iter()
        .take_while(|cell| cell.kind == CellType::Label)
        .count();
    if labels > 0 && row.len() - labels == profile.len().saturating_sub(first_value) {
        return (slack..slack + row.len()).collect();
    }
    // Values in their columns count for more than labels in theirs.
    let matches = |offset: usize| -> usize {
        row.iter()
            .zip(profile.iter().skip(offset))
            .map(|(cell, column)| match cell.kind {
                CellType::Number => 3 * usize::from(*column == CellType::Number),
                CellType::Label | CellType::Unit => usize::from(*column == CellType::Label),
                CellType::Blank if is_sign(cell) => 2 * usize::from(*column == CellType::Number),
                CellType::Blank => 0,
            })
            .sum()
    };
    let best = (0..=slack)
        .max_by_key(|offset| (matches(*offset), std::cmp::Reverse(*offset)))
        .unwrap_or(0);
    (best..best + row.len()).collect()
}

/// A sign for no value: `—`, `不适用`.
fn is_sign(cell: &Draft) -> bool {
    cell.kind == CellType::Blank && !cell.is_empty()
}

fn place(row: &mut Vec<Draft>, places: &[usize], columns: usize) {
    let mut wide: Vec<Draft> = Vec::new();
    wide.resize_with(columns, Draft::empty);
    for (draft, at) in row.drain(..).zip(places) {
        if let Some(slot) = wide.get_mut(*at) {
            *slot = draft;
        }
    }
    *row = wide;
}
