//! A grid as a rectangle of positions: which cell covers which, and rows and columns taken out.

use model::{Cell, Grid};

/// Which cell (index into `Grid::cells`) covers each position, row by row.
pub(crate) struct Positions {
    owners: Vec<usize>,
    rows: usize,
    columns: usize,
}

impl Positions {
    /// The positions of a grid whose cells cover it.
    pub(crate) fn of(grid: &Grid) -> Self {
        let mut owners = vec![0; grid.rows * grid.columns];
        for (index, cell) in grid.cells.iter().enumerate() {
            for row in owners
                .chunks_mut(grid.columns.max(1))
                .skip(cell.row)
                .take(cell.row_span)
            {
                for owner in row.iter_mut().skip(cell.column).take(cell.column_span) {
                    *owner = index;
                }
            }
        }
        Self {
            owners,
            rows: grid.rows,
            columns: grid.columns,
        }
    }

    /// The cell at each column of a row.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let start = (row * self.columns).min(self.owners.len());
        let end = (start + self.columns).min(self.owners.len());
        self.owners
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .copied()
    }

    /// The cell at each row of a column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows).filter_map(move |row| self.owners.get(row * self.columns + column).copied())
    }
}

/// Keeps the rows marked; a cell that only covered others goes with them.
pub(crate) fn keep_rows(grid: &mut Grid, keep: &[bool]) {
    let before = counts(keep);
    let at = |row: usize| before.get(row).or(before.last()).copied().unwrap_or(0);
    shrink(grid, |cell| {
        let first = at(cell.row);
        let after = at(cell.row + cell.row_span);
        (cell.row, cell.row_span) = (first, after - first);
    });
    grid.rows = at(keep.len());
}

/// Keeps the columns marked; a cell that only covered others goes with them.
pub(crate) fn keep_columns(grid: &mut Grid, keep: &[bool]) {
    let before = counts(keep);
    let at = |column: usize| before.get(column).or(before.last()).copied().unwrap_or(0);
    shrink(grid, |cell| {
        let first = at(cell.column);
        let after = at(cell.column + cell.column_span);
        (cell.column, cell.column_span) = (first, after - first);
    });
    grid.columns = at(keep.len());
}

fn shrink(grid: &mut Grid, change: impl Fn(&mut Cell)) {
    grid.cells.retain_mut(|cell| {
        change(cell);
        cell.row_span > 0 && cell.column_span > 0
    });
}

/// How many are kept before each index, and in all.
fn counts(keep: &[bool]) -> Vec<usize> {
    let mut kept = 0;
    let mut out = vec![0];
    for keep in keep {
        kept += usize::from(*keep);
        out.push(kept);
    }
    out
}
