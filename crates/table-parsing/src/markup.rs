//! Table markup to a grid: the HTML Standard's "forming a table", on sparse rows and with a bound.
//!
//! Two things differ from the standard, both without loss: columns in which no cell starts (an absurd
//! `colspan`) are not made, and a cell that would cover a position already taken stops before it.

use model::{Cell, CellMarkup, Grid, Place, Shape, TableMarkup, Text, Warning};

use crate::cut::one_line;

/// Most columns one cell may cover (HTML Standard).
const WIDEST_CELL: u32 = 1_000;

/// Most positions of one grid.
const MOST_POSITIONS: usize = 1_000_000;

/// A cell with its place in columns as stated.
struct Anchored {
    row: usize,
    rows: usize,
    start: usize,
    end: usize,
    cell: CellMarkup,
    header: bool,
}

/// A stretch of columns that cells from above still cover.
struct Covered {
    start: usize,
    end: usize,
    /// First row that is free again.
    until: usize,
}

/// The grid and the table's own caption.
pub(crate) fn form(
    table: TableMarkup,
    place: &Place,
    warnings: &mut Vec<Warning>,
) -> (Grid, Option<Text>) {
    let TableMarkup {
        rows,
        caption,
        shape,
    } = table;
    let caption = caption.filter(|caption| !caption.is_blank());
    let group_ends = group_ends(rows.iter().map(|row| row.group));
    let row_count = rows.len();
    let mut anchored = Vec::new();
    let mut covered: Vec<Covered> = Vec::new();
    let mut positions = 0_usize;
    let mut overlap = false;
    let mut made = row_count;
    for ((index, row), group_end) in rows.into_iter().enumerate().zip(group_ends) {
        positions += covered.len() + row.cells.len();
        if positions > MOST_POSITIONS {
            made = index;
            break;
        }
        covered.retain(|stretch| stretch.until > index);
        let mut fresh = Vec::new();
        let mut above = covered.iter().peekable();
        let mut column = 0;
        for cell in row.cells {
            while let Some(stretch) = above.next_if(|stretch| stretch.start <= column) {
                column = column.max(stretch.end);
            }
            let wanted = column + cell.col_span.clamp(1, WIDEST_CELL) as usize;
            let end = above
                .peek()
                .map_or(wanted, |stretch| stretch.start.min(wanted));
            overlap |= end < wanted;
            let until = match cell.row_span {
                0 => group_end,
                stated => group_end.min(index + stated as usize),
            };
            if until > index + 1 {
                fresh.push(Covered {
                    start: column,
                    end,
                    until,
                });
            }
            anchored.push(Anchored {
                row: index,
                rows: until - index,
                start: column,
                end,
                header: cell.header || row.header,
                cell,
            });
            column = end;
        }
        covered.append(&mut fresh);
        covered.sort_by_key(|stretch| stretch.start);
    }
    let mut starts: Vec<usize> = anchored.iter().map(|cell| cell.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let columns = starts.len();
    if made * columns > MOST_POSITIONS {
        made = MOST_POSITIONS / columns;
    }
    if overlap {
        warnings.push(warning(
            "cells_overlap",
            "two cells of a table claim one position; the first keeps it",
            place,
        ));
    }
    if made < row_count {
        warnings.push(warning(
            "table_cut",
            format!(
                "limit: table_positions, {MOST_POSITIONS}: a table of {row_count} rows was cut after {made}"
            ),
            place,
        ));
    }
    let index_of = |column: usize| starts.partition_point(|start| *start < column);
    let cells: Vec<Cell> = anchored
        .into_iter()
        .filter(|cell| cell.row < made)
        .map(|cell| Cell {
            row: cell.row,
            column: index_of(cell.start),
            row_span: cell.rows.min(made - cell.row),
            column_span: index_of(cell.end) - index_of(cell.start),
            text: one_line(&cell.cell.text),
            header: cell.header,
            place: cell.cell.place,
        })
        .collect();
    (filled(cells, made, columns, shape), caption)
}

/// The grid of these cells, with an empty cell at every position that none covers.
pub(crate) fn filled(mut cells: Vec<Cell>, rows: usize, columns: usize, shape: Shape) -> Grid {
    let mut taken = vec![false; rows * columns];
    for cell in &cells {
        let lines = taken.chunks_mut(columns.max(1)).skip(cell.row);
        for line in lines.take(cell.row_span) {
            for position in line.iter_mut().skip(cell.column).take(cell.column_span) {
                *position = true;
            }
        }
    }
    for (at, taken) in taken.into_iter().enumerate() {
        if !taken {
            cells.push(Cell {
                row: at / columns,
                column: at % columns,
                row_span: 1,
                column_span: 1,
                text: Text::default(),
                header: false,
                place: None,
            });
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Grid {
        caption: None,
        header_rows: 0,
        rows,
        columns,
        cells,
        shape,
        keeps_blanks: shape != Shape::Flattened,
    }
}

/// For each row the first row behind its group.
fn group_ends(groups: impl Iterator<Item = u32>) -> Vec<usize> {
    let groups: Vec<u32> = groups.collect();
    let mut ends = vec![groups.len(); groups.len()];
    let mut end = groups.len();
    let mut below: Option<u32> = None;
    for (index, (group, slot)) in groups.iter().zip(ends.iter_mut()).enumerate().rev() {
        if below.is_some_and(|below| below != *group) {
            end = index + 1;
        }
        *slot = end;
        below = Some(*group);
    }
    ends
}

fn warning(code: &'static str, message: impl Into<String>, place: &Place) -> Warning {
    Warning {
        code,
        message: message.into(),
        place: Some(place.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::RowMarkup;

    fn cell(text: &str, row_span: u32, col_span: u32) -> CellMarkup {
        CellMarkup {
            text: text.into(),
            row_span,
            col_span,
            header: false,
            place: None,
        }
    }

    fn formed(rows: Vec<(u32, Vec<CellMarkup>)>) -> (Vec<Vec<String>>, Vec<&'static str>) {
        let rows = rows
            .into_iter()
            .map(|(group, cells)| RowMarkup {
                cells,
                group,
                header: false,
            })
            .collect();
        let table = TableMarkup {
            rows,
            caption: None,
            shape: Shape::Grid,
        };
        let mut warnings = Vec::new();
        let place = Place::Lines { first: 1, last: 1 };
        let (grid, _) = form(table, &place, &mut warnings);
        let texts = grid
            .texts()
            .into_iter()
            .map(|row| row.into_iter().map(str::to_owned).collect())
            .collect();
        (texts, warnings.iter().map(|warning| warning.code).collect())
    }

    #[test]
    fn a_row_span_ends_with_its_group_and_zero_runs_to_the_end() {
        let (texts, warnings) = formed(vec![
            (0, vec![cell("a", 9, 1), cell("b", 1, 1)]),
            (0, vec![cell("c", 1, 1)]),
            (1, vec![cell("d", 0, 1), cell("e", 1, 1)]),
            (1, vec![cell("f", 1, 1)]),
        ]);
        assert_eq!(texts, [["a", "b"], ["a", "c"], ["d", "e"], ["d", "f"]]);
        assert!(warnings.is_empty());
    }

    #[test]
    fn an_overlap_keeps_what_stands_first() {
        let (texts, warnings) = formed(vec![
            (0, vec![cell("a", 1, 1), cell("b", 2, 1), cell("c", 1, 1)]),
            (0, vec![cell("d", 1, 3), cell("e", 1, 1)]),
        ]);
        assert_eq!(texts, [["a", "b", "c"], ["d", "b", "e"]]);
        assert_eq!(warnings, ["cells_overlap"]);
    }

    #[test]
    fn absurd_spans_make_no_columns() {
        let (texts, _) = formed(vec![
            (0, vec![cell("title", 1, 100_000)]),
            (0, vec![cell("a", 60_000, 1), cell("b", 1, 1)]),
        ]);
        assert_eq!(texts, [["title", "title"], ["a", "b"]]);
    }

    #[test]
    fn a_table_beyond_the_bound_is_cut_and_says_so() {
        let mut rows = vec![(0, (0..1_000).map(|_| cell("x", 1, 1)).collect())];
        rows.extend((0..1_100).map(|_| (0, vec![cell("y", 1, 1)])));
        let (texts, warnings) = formed(rows);
        assert_eq!(texts.len(), 1_000);
        assert_eq!(warnings, ["table_cut"]);
    }
}
