//! Header rows that a table says again after a page break.

use super::grid::Span;
use super::seam::is_figure;
use super::table::{Cell, Table};

/// Headers are not deeper.
const MOST_HEADER_ROWS: usize = 8;

/// Takes away the leading rows of the lower table that say the upper table's header again.
pub(super) fn drop_repeated_header(upper: &Table, lower: &mut Table, repeated: &mut Vec<Cell>) {
    let row_of = |table: &Table, row: usize| -> Vec<(Span, String)> {
        table
            .cells
            .iter()
            .take_while(|cell| cell.span.row <= row)
            .filter(|cell| cell.span.row == row)
            .map(|cell| {
                (
                    cell.span,
                    cell.text.chars().filter(|c| !c.is_whitespace()).collect(),
                )
            })
            .collect()
    };
    let same = (0..upper.rows.min(lower.rows).min(MOST_HEADER_ROWS))
        .take_while(|row| {
            let (above, below) = (row_of(upper, *row), row_of(lower, *row));
            above == below
                && above
                    .iter()
                    .any(|(_, text)| text.chars().any(char::is_alphabetic))
                && !above.iter().any(|(_, text)| is_figure(text))
        })
        .count();
    // Cells of the header that reach into the body mean that it is no header.
    let reaches = lower
        .cells
        .iter()
        .any(|cell| cell.span.row < same && cell.span.row + cell.span.rows > same);
    if same == 0 || same == lower.rows || reaches {
        return;
    }
    let (dropped, kept): (Vec<Cell>, Vec<Cell>) =
        lower.cells.drain(..).partition(|cell| cell.span.row < same);
    repeated.extend(dropped);
    lower.cells = kept;
    for cell in &mut lower.cells {
        cell.span.row -= same;
    }
    lower.rows -= same;
}
