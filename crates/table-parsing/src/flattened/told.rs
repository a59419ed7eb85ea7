//! Tables whose rows the reader could tell from the text, but not their spans: rows as written in
//! Markdown, or held by columns of white space.

use model::{Block, Grid, Place, RowMarkup, TableMarkup};

use super::draft::{self, Draft, Table};
use super::lines::Line;
use super::rows;

/// The grid of such a table; what it was made from where it would be too large.
///
/// # Errors
/// The table as it came, with more positions than lines of text can mean.
pub(crate) fn grid(table: TableMarkup, place: &Place) -> Result<Grid, TableMarkup> {
    let (mut cells, mut lengths): (Vec<Block>, Vec<usize>) = (Vec::new(), Vec::new());
    let widest = table.rows.iter().map(|row| row.cells.len()).max();
    if table.rows.len() * widest.unwrap_or(0) > draft::MOST_POSITIONS {
        return Err(table);
    }
    for RowMarkup { cells: row, .. } in table.rows {
        lengths.push(row.len());
        cells.extend(row.into_iter().map(|cell| {
            let place = cell.place.unwrap_or_else(|| place.clone());
            Block::paragraph(cell.text, place)
        }));
    }
    let lines: Vec<Line> = cells.iter().map(Line::cell).collect();
    let mut rows: Vec<Vec<Draft>> = Vec::with_capacity(lengths.len());
    let mut start = 0;
    for length in lengths {
        let end = start + length;
        rows.push((start..end).map(|at| Draft::of(&lines, at, 0)).collect());
        start = end;
    }
    rows::lay_out(&mut rows, &|cell| draft::text(cell, &lines, &cells));
    let table = Table {
        lines: 0..cells.len(),
        rows,
    };
    Ok(draft::grid(table, &lines, &cells))
}
