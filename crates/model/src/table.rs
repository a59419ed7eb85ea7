//! Tables: as found, and as rectangular grids.

use crate::{Place, Text};

/// A table as a reader found it: rows of cells with the spans the source states.
#[derive(Debug, Clone, PartialEq)]
pub struct TableMarkup {
    /// Rows in order.
    pub rows: Vec<RowMarkup>,
    /// The table's own caption (`<caption>`), where it has one.
    pub caption: Option<Text>,
    /// How it was found.
    pub shape: Shape,
}

/// A row of a table as found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowMarkup {
    /// Cells in order; a cell that a row span from above covers is not repeated.
    pub cells: Vec<CellMarkup>,
    /// Row group (`thead`, each `tbody`, `tfoot`), numbered from 0; a row span ends with its group.
    pub group: u32,
    /// The row stands in a `thead`.
    pub header: bool,
}

/// A cell of a table as found.
#[derive(Debug, Clone, PartialEq)]
pub struct CellMarkup {
    /// Its text; lines inside the cell parted by `\n`.
    pub text: Text,
    /// Rows it covers, as stated; 0 means to the end of its group (HTML).
    pub row_span: u32,
    /// Columns it covers, as stated, at least 1.
    pub col_span: u32,
    /// Marked as a header (`th`).
    pub header: bool,
    /// Where it stands, where finer than the table's place.
    pub place: Option<Place>,
}

/// How a table was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Cells marked in the source (HTML).
    Grid,
    /// One cell a line, or cells parted by bars, tabs or columns of white space, in running text: spans of
    /// cells are not told.
    Flattened,
    /// By drawn rules.
    Ruled,
    /// By columns of white space.
    Aligned,
}

/// A rectangular table. Cells cover it without overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Number, caption and unit, where they stand beside the table.
    pub caption: Option<Caption>,
    /// Leading rows that are headers.
    pub header_rows: usize,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// The cells, by row, then column. Every position of the grid is covered by exactly one.
    pub cells: Vec<Cell>,
    /// How it was found.
    pub shape: Shape,
    /// The source shows where a cell was left empty. Running text may not: then the values of a row that ends
    /// in blanks may stand in other columns than theirs.
    pub keeps_blanks: bool,
}

impl Grid {
    /// The cell that covers a position.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| {
            (cell.row..cell.row + cell.row_span).contains(&row)
                && (cell.column..cell.column + cell.column_span).contains(&column)
        })
    }

    /// The canonical texts as a rectangle; a merged cell's text stands at every position it covers.
    pub fn texts(&self) -> Vec<Vec<&str>> {
        let mut rows = vec![vec![""; self.columns]; self.rows];
        for cell in &self.cells {
            for row in rows.iter_mut().skip(cell.row).take(cell.row_span) {
                for text in row.iter_mut().skip(cell.column).take(cell.column_span) {
                    *text = cell.text.value();
                }
            }
        }
        rows
    }
}

/// What stands beside a table and belongs to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Caption {
    /// `附表1`, `表2`
    pub number: Option<String>,
    /// The caption without number and unit.
    pub title: Option<String>,
    /// The unit stated for the whole table: `条`, `万元`.
    pub unit: Option<String>,
    /// The lines as canonical text, whole: nothing of them is lost.
    pub lines: Vec<Text>,
    /// Where they stand.
    pub place: Option<Place>,
}

/// A cell of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// First row covered, from 0.
    pub row: usize,
    /// First column covered, from 0.
    pub column: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub column_span: usize,
    /// Canonical text; lines inside the cell joined.
    pub text: Text,
    /// Marked as a header in the source.
    pub header: bool,
    /// Where it stands, where finer than the table's place.
    pub place: Option<Place>,
}
