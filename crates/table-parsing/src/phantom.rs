//! Columns and trailing rows that hold nothing.
//!
//! Layout tables and dumps leave columns in which no cell says anything: every one is blank or belongs to a
//! wider cell that a neighbouring column shows too. Taking such a column out changes no cell's text and no
//! cell's neighbours. Blank rows are taken out at the end only: between others they may part bands; rows that the rules
//! of a printed table draw are no phantoms.

use model::{Grid, Shape};

use crate::rectangle::{Positions, keep_columns, keep_rows};

/// Removes phantom columns and trailing blank rows.
pub(crate) fn remove(grid: &mut Grid) {
    let positions = Positions::of(grid);
    let mut width: Vec<usize> = grid.cells.iter().map(|cell| cell.column_span).collect();
    let keep: Vec<bool> = (0..grid.columns)
        .map(|column| !taken(grid, positions.column(column), &mut width))
        .collect();
    if keep.contains(&false) && keep.contains(&true) {
        keep_columns(grid, &keep);
    }
    let positions = Positions::of(grid);
    let mut height: Vec<usize> = grid.cells.iter().map(|cell| cell.row_span).collect();
    let mut rows = grid.rows;
    // A row that rules draw is there, as a form left blank.
    let drawn = grid.shape == Shape::Ruled;
    while !drawn && rows > 1 && taken(grid, positions.row(rows - 1), &mut height) {
        rows -= 1;
    }
    if rows < grid.rows {
        let keep: Vec<bool> = (0..grid.rows).map(|row| row < rows).collect();
        keep_rows(grid, &keep);
    }
}

/// Whether a line of positions can go; if so, the cells on it lose one of their extent.
fn taken(grid: &Grid, owners: impl Iterator<Item = usize>, extent: &mut [usize]) -> bool {
    let mut owners: Vec<usize> = owners.collect();
    owners.dedup();
    let free = owners.iter().all(|owner| {
        let blank = grid
            .cells
            .get(*owner)
            .is_none_or(|cell| cell.text.is_blank());
        blank || extent.get(*owner).is_some_and(|extent| *extent > 1)
    });
    if free {
        for owner in owners {
            if let Some(extent) = extent.get_mut(owner) {
                *extent = extent.saturating_sub(1);
            }
        }
    }
    free
}
