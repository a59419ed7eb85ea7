//! Bars that fill a row up: dumps write them behind a row whose cells spanned columns, so that all rows have as
//! many bars (`一、收到申请 |` / `3 |` / `|` / `3 |` / `||`).

use crate::cell_type::CellType;

use super::draft::Draft;

/// The end of a line in a stream of cells that ends in bars with nothing between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowEnd {
    /// Cells before and in the line.
    pub(super) cells: usize,
    /// How many of them fill the row up.
    pub(super) fill: usize,
}

/// Fewest columns of values in which rows must agree.
const FEWEST_VALUES: usize = 2;

/// Takes the cells that fill rows up off, behind a title of so many cells; `false`, and nothing is changed,
/// where the rows do not hold as many values each then.
///
/// A single bar that fills up looks like a blank cell: it goes from the rows that have one value too many.
pub(super) fn taken_off(
    rows: &mut [Vec<Draft>],
    row_ends: &[RowEnd],
    title: usize,
    columns: usize,
) -> bool {
    let mut fills = vec![0; rows.len()];
    for end in row_ends {
        let row = (end.cells.saturating_sub(title) / columns).checked_sub(1);
        if let Some(fill) = row.and_then(|row| fills.get_mut(row)) {
            *fill = end.fill;
        }
    }
    let lengths: Vec<(usize, usize)> = rows
        .iter()
        .zip(&fills)
        .map(|(row, fill)| (labels(row), row.len().saturating_sub(*fill)))
        .collect();
    let with_numbers = || {
        let all = rows.iter().zip(&fills).zip(&lengths);
        all.filter(|((row, _), _)| row.iter().any(|cell| cell.kind == CellType::Number))
    };
    let values = with_numbers()
        .find(|((_, fill), _)| **fill > 0)
        .map(|(_, (labels, length))| length - labels)
        .filter(|values| *values >= FEWEST_VALUES);
    let Some(values) = values else {
        return false;
    };
    let last_is_blank = |row: &[Draft]| row.last().is_some_and(Draft::is_empty);
    let agrees = with_numbers().all(|((row, fill), (labels, length))| {
        let own = length - labels;
        *labels > 0 && (own == values || (*fill == 0 && own == values + 1 && last_is_blank(row)))
    });
    if !agrees {
        return false;
    }
    for ((row, fill), (labels, length)) in rows.iter_mut().zip(fills).zip(lengths) {
        let spare = fill == 0 && length == labels + values + 1 && last_is_blank(row);
        row.truncate(length - usize::from(spare));
    }
    true
}

/// Labels that a row starts with.
fn labels(row: &[Draft]) -> usize {
    row.iter()
        .take_while(|cell| cell.kind == CellType::Label)
        .count()
}
