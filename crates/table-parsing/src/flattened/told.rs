//! Tables whose rows the reader could tell from the text, but not their spans: rows as written in
//! Markdown, or held by columns of white space.

use model::{Block, Grid, Place, RowMarkup, TableMarkup};

use crate::cut::one_line;

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
            Block::paragraph(one_line(&cell.text), place)
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
        drawn: true,
        keeps_blanks: false,
    };
    Ok(draft::grid(table, &lines, &cells))
}

#[cfg(test)]
mod tests {
    use model::{CellMarkup, Shape};

    use super::*;

    #[test]
    fn rows_that_lost_their_spans_get_their_columns() {
        let rows = [
            &["申请人情况", "自然人", "法人", "总计"][..],
            &["一、新收申请", "4", "1", "5"],
            &["二、办理结果", "（一）予以公开", "3", "1", "4"],
            &["（二）部分公开", "1", "0", "1"],
            &["三、结转|下年", "0", "0", "0"],
        ];
        let cell = |text: &&str| CellMarkup {
            text: (*text).into(),
            row_span: 1,
            col_span: 1,
            header: false,
            place: None,
        };
        let rows = rows.iter().map(|row| RowMarkup {
            cells: row.iter().map(cell).collect(),
            ..RowMarkup::default()
        });
        let table = TableMarkup {
            rows: rows.collect(),
            caption: None,
            shape: Shape::Flattened,
        };
        let grid = grid(table, &Place::Lines { first: 1, last: 5 }).unwrap();
        let values: Vec<String> = grid
            .texts()
            .iter()
            .skip(1)
            .map(|row| row.iter().skip(2).copied().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(values, ["4 1 5", "3 1 4", "1 0 1", "0 0 0"]);
        assert!(grid.texts()[4].contains(&"三、结转|下年"));
    }
}
