//! Grids.

use model::{Document, Grid};

use super::texts::texts;

/// Cells cover the rectangle without overlap, in order.
pub fn covered(grid: &Grid) {
    let mut covered = vec![0_u8; grid.rows * grid.columns];
    for cell in &grid.cells {
        assert!(
            cell.row_span > 0 && cell.column_span > 0,
            "{cell:?} covers nothing"
        );
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                assert!(
                    row < grid.rows && column < grid.columns,
                    "{cell:?} stands outside"
                );
                covered[row * grid.columns + column] += 1;
            }
        }
    }
    assert!(
        covered.iter().all(|count| *count == 1),
        "not covered once: {grid:?}"
    );
    assert!(grid.cells.is_sorted_by_key(|cell| (cell.row, cell.column)));
    assert!(grid.header_rows <= grid.rows);
}

/// Every visible character of a document, sorted, without what only parts cells.
pub fn visible(document: &Document) -> Vec<char> {
    let texts = texts(document).into_iter();
    let mut visible: Vec<char> = texts
        .flat_map(|text| text.value().chars())
        .filter(|c| !parts_cells(*c))
        .collect();
    visible.sort_unstable();
    visible
}

fn parts_cells(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '+' | '-' | '=' | ':' | '\u{2500}'..='\u{257f}')
}
