//! The value cells of a row, each under its column.

use codebook::FormTable;
use notation::CellValue;

use super::columns::{Leaf, Panel};
use super::layout::{Kind, Sheet};
use super::rows::value_cells;
use crate::label::is_total;

/// A value cell with the leaf above it and the form's column.
pub(super) struct Place<'a> {
    pub(super) cell: usize,
    pub(super) leaf: Option<&'a Leaf>,
    pub(super) column: Option<usize>,
}

pub(super) fn ends_in_blanks(sheet: &Sheet<'_>, cells: &[usize]) -> bool {
    let blank = |cell: &usize| sheet.kind(*cell) == Kind::Blank;
    cells.last().is_some_and(blank) && !cells.iter().all(blank)
}

/// Of a row that lost its blanks only the total can be known: the last number, where the others add up to it.
pub(super) fn proven_total<'p>(
    sheet: &Sheet<'_>,
    cells: &[usize],
    table: &FormTable,
) -> Vec<Place<'p>> {
    let total_column = table.columns.len().checked_sub(1).filter(|last| {
        let totals: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| {
                column
                    .path
                    .last()
                    .is_some_and(|label| is_total(&label.text))
            })
            .map(|(at, _)| at)
            .collect();
        totals == [*last]
    });
    let filled: Vec<usize> = cells
        .iter()
        .copied()
        .filter(|cell| sheet.kind(*cell) != Kind::Blank)
        .collect();
    let numbers: Option<Vec<f64>> = filled
        .iter()
        .map(
            |cell| match sheet.facts.get(*cell).map(|facts| &facts.value) {
                Some(CellValue::Number(number)) => Some(number.value),
                _ => None,
            },
        )
        .collect();
    let Some((column, numbers)) = total_column.zip(numbers) else {
        return Vec::new();
    };
    match (numbers.split_last(), filled.last()) {
        (Some((total, parts)), Some(cell))
            if !parts.is_empty() && (parts.iter().sum::<f64>() - total).abs() < 0.5 =>
        {
            vec![Place {
                cell: *cell,
                leaf: None,
                column: Some(column),
            }]
        }
        _ => Vec::new(),
    }
}

pub(super) fn list_places<'p>(sheet: &Sheet<'_>, row: usize, panel: &'p Panel) -> Vec<Place<'p>> {
    let labels = sheet.cells(row, panel.labels.iter().copied());
    let cells = value_cells(sheet, row, panel, &labels);
    let of_leaf = by_leaf(sheet, row, panel, &cells);
    panel
        .list_leaves()
        .into_iter()
        .filter_map(|at| {
            Some(Place {
                cell: of_leaf.get(at).copied().flatten()?,
                leaf: panel.leaves.get(at),
                column: None,
            })
        })
        .collect()
}

/// The value cell of each leaf: in order where there are as many of both (a header and a row may be ruled
/// differently), else by the columns they cover.
pub(super) fn by_leaf(
    sheet: &Sheet<'_>,
    row: usize,
    panel: &Panel,
    cells: &[usize],
) -> Vec<Option<usize>> {
    if cells.len() == panel.leaves.len() {
        return cells.iter().copied().map(Some).collect();
    }
    panel
        .leaves
        .iter()
        .map(|leaf| {
            let mut under = sheet.cells(row, leaf.range.clone());
            under.retain(|cell| cells.contains(cell));
            if under.len() > 1 {
                under.retain(|cell| sheet.kind(*cell) != Kind::Blank);
            }
            let [cell] = under.as_slice() else {
                return None;
            };
            let columns = sheet.columns_of(*cell);
            let shared = panel
                .leaves
                .iter()
                .filter(|leaf| leaf.range.start < columns.end && columns.start < leaf.range.end)
                .count();
            // A number over several columns belongs to none of them.
            (shared == 1 || matches!(sheet.kind(*cell), Kind::Blank | Kind::Absent))
                .then_some(*cell)
        })
        .collect()
}
