//! Tables that go on over a page break.

use super::paragraphs::Piece;
use super::repeated_header::drop_repeated_header;
use super::seam::{Seam, label_columns};
use super::table::{Cell, Table};

/// Column lines this near to one another are the same, points.
pub(super) const SAME_LINE: f32 = 5.0;

/// What joining left over: header rows that were said again.
pub(super) struct Joined {
    pub(super) pieces: Vec<Piece>,
    /// Cells of repeated header rows, in order.
    pub(super) repeated: Vec<Cell>,
}

/// Joins each table that begins a page to the one that ended the page before.
pub(super) fn join(pieces: Vec<Piece>) -> Joined {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut repeated = Vec::new();
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Piece::Table(upper)), Piece::Table(lower)) if continues(upper, &lower) => {
                append(upper, lower, &mut repeated);
            }
            (_, piece) => joined.push(piece),
        }
    }
    Joined {
        pieces: joined,
        repeated,
    }
}

/// Whether the lower table is the rest of the upper one: on the next page with text, nothing between them
/// (they are neighbours in the body), and the same outer column edges.
fn continues(upper: &Table, lower: &Table) -> bool {
    let (Some(above), Some(below)) = (upper.boxes.last(), lower.boxes.first()) else {
        return false;
    };
    // A row that does not fit its page can leave a page empty.
    let next = (above.page + 1..=above.page + 2).contains(&below.page);
    if !next || upper.shape != lower.shape {
        return false;
    }
    let near = |a: Option<&f32>, b: Option<&f32>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= SAME_LINE,
        _ => false,
    };
    if !near(upper.xs.first(), lower.xs.first()) || !near(upper.xs.last(), lower.xs.last()) {
        return false;
    }
    let (few, many) = if upper.xs.len() < lower.xs.len() {
        (&upper.xs, &lower.xs)
    } else {
        (&lower.xs, &upper.xs)
    };
    let shared = few
        .iter()
        .filter(|x| many.iter().any(|y| (*x - y).abs() <= SAME_LINE))
        .count();
    shared * 10 >= few.len() * 7
}

fn append(upper: &mut Table, mut lower: Table, repeated: &mut Vec<Cell>) {
    align_columns(upper, &mut lower);
    drop_repeated_header(upper, &mut lower, repeated);
    upper.boxes.append(&mut lower.boxes);
    if lower.rows == 0 {
        return;
    }
    let labels = label_columns(upper, &lower);
    let bottom = bottom_cells(upper);
    let first_touched = bottom.iter().copied().min().unwrap_or(upper.cells.len());
    let seam = Seam::of(upper, &bottom, &lower, labels);
    let cut_row = seam == Seam::InRow;
    let offset = if cut_row { upper.rows - 1 } else { upper.rows };
    upper.rows = offset + lower.rows;
    for mut cell in lower.cells {
        let first_row = cell.span.row == 0;
        cell.span.row += offset;
        let above = first_row
            .then(|| {
                bottom.iter().copied().find(|index| {
                    upper.cells.get(*index).is_some_and(|above| {
                        above.span.column == cell.span.column
                            && above.span.columns == cell.span.columns
                    })
                })
            })
            .flatten()
            .and_then(|index| upper.cells.get_mut(index));
        match above {
            Some(above) if seam.cuts(above, &cell, labels) => {
                above.span.rows = cell.span.row + cell.span.rows - above.span.row;
                super::script::join_line(&mut above.text, &cell.text, false);
                above.boxes.append(&mut cell.boxes);
            }
            _ => upper.cells.push(cell),
        }
    }
    // Cells stay in order: only those that touch the seam may have moved.
    let mut tail = upper.cells.split_off(first_touched);
    if cut_row {
        tail = settle(tail, upper.columns());
    }
    tail.sort_by_key(|cell| (cell.span.row, cell.span.column));
    upper.cells.append(&mut tail);
}

/// The cells that end at the table's lower edge, found from the end: they cover all columns.
fn bottom_cells(table: &Table) -> Vec<usize> {
    let mut uncovered = table.columns();
    let mut bottom = Vec::new();
    for (index, cell) in table.cells.iter().enumerate().rev() {
        if uncovered == 0 {
            break;
        }
        if cell.span.row + cell.span.rows == table.rows {
            uncovered = uncovered.saturating_sub(cell.span.columns);
            bottom.push(index);
        }
    }
    bottom
}

/// A cut row whose cells do not match on both sides would leave cells one over the other: each
/// cell keeps the rows that no earlier one covers, so that the grid stays whole.
fn settle(mut cells: Vec<Cell>, columns: usize) -> Vec<Cell> {
    cells.sort_by_key(|cell| (cell.span.row, cell.span.column));
    let first = cells.first().map_or(0, |cell| cell.span.row);
    let end = cells
        .iter()
        .map(|cell| cell.span.row + cell.span.rows)
        .max()
        .unwrap_or(first);
    let mut taken = vec![false; (end - first) * columns];
    let mut settled: Vec<Cell> = Vec::with_capacity(cells.len());
    for mut cell in cells {
        let span = cell.span;
        let stretch = |row: usize| {
            let start = (row - first) * columns + span.column;
            start..start + span.columns
        };
        let free = (span.row..span.row + span.rows)
            .take_while(|row| {
                taken
                    .get(stretch(*row))
                    .is_some_and(|slots| slots.iter().all(|slot| !slot))
            })
            .count();
        if free == 0 {
            // Nothing is lost: its text goes to the cell before it.
            if let Some(before) = settled.last_mut() {
                super::script::join_line(&mut before.text, &cell.text, false);
            }
            continue;
        }
        cell.span.rows = free;
        for row in span.row..span.row + free {
            if let Some(slots) = taken.get_mut(stretch(row)) {
                slots.fill(true);
            }
        }
        settled.push(cell);
    }
    settled
}

/// Gives both tables the column lines of both.
fn align_columns(upper: &mut Table, lower: &mut Table) {
    let mut all: Vec<f32> = upper.xs.clone();
    for x in &lower.xs {
        if !all.iter().any(|known| (known - x).abs() <= SAME_LINE) {
            all.push(*x);
        }
    }
    all.sort_by(f32::total_cmp);
    for table in [upper, lower] {
        // Nothing moves where no line came in: long tables stay linear.
        let same = |(line, x): (&f32, &f32)| line.total_cmp(x).is_eq();
        if table.xs.len() == all.len() && all.iter().zip(&table.xs).all(same) {
            continue;
        }
        let places: Vec<usize> = table.xs.iter().map(|x| nearest(&all, *x)).collect();
        for cell in &mut table.cells {
            let from = places.get(cell.span.column).copied().unwrap_or_default();
            let to = places
                .get(cell.span.column + cell.span.columns)
                .copied()
                .unwrap_or(from + 1);
            cell.span.column = from;
            cell.span.columns = to.saturating_sub(from).max(1);
        }
        table.xs.clone_from(&all);
    }
}

fn nearest(lines: &[f32], x: f32) -> usize {
    lines
        .iter()
        .enumerate()
        .min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()))
        .map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use model::{PageBox, Shape};

    use super::super::grid::Span;
    use super::*;

    fn table(page: u32, rows: &[&[(&str, usize)]]) -> Table {
        let columns = 3;
        let boxes = |page| {
            vec![PageBox {
                page,
                x0: 0.0,
                y0: 0.0,
                x1: 90.0,
                y1: 10.0,
            }]
        };
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, (text, rows)) in texts.iter().enumerate() {
                if *rows > 0 {
                    cells.push(Cell {
                        span: Span {
                            row,
                            column,
                            rows: *rows,
                            columns: 1,
                        },
                        text: (*text).to_owned(),
                        boxes: boxes(page),
                        room: 1.0,
                    });
                }
            }
        }
        Table {
            xs: (0..=columns).map(|x| x as f32 * 30.0).collect(),
            rows: rows.len(),
            cells,
            boxes: boxes(page),
            shape: Shape::Ruled,
        }
    }

    fn joined(upper: Table, lower: Table) -> (Table, usize) {
        let mut result = join(vec![Piece::Table(upper), Piece::Table(lower)]);
        assert_eq!(result.pieces.len(), 1);
        let Some(Piece::Table(table)) = result.pieces.pop() else {
            panic!("a table");
        };
        (table, result.repeated.len())
    }

    #[test]
    fn a_group_cut_by_the_break_is_one_cell() {
        let (table, _) = joined(
            table(
                1,
                &[
                    &[("（三）不予公开", 1), ("1.甲", 1), ("3", 1)],
                    &[("（四）无", 1), ("1.乙", 1), ("7", 1)],
                ],
            ),
            table(
                2,
                &[
                    &[("法提供", 2), ("2.丙", 1), ("4", 1)],
                    &[("", 0), ("3.丁", 1), ("5", 1)],
                ],
            ),
        );
        assert_eq!(table.rows, 4);
        let group = table
            .cells
            .iter()
            .find(|cell| cell.text == "（四）无法提供")
            .unwrap();
        assert_eq!(
            (group.span.row, group.span.rows, group.boxes.len()),
            (1, 3, 2)
        );
    }

    #[test]
    fn a_row_cut_by_the_break_is_one_row() {
        let (table, _) = joined(
            table(1, &[&[("甲", 1), ("1.其他法律", 1), ("3", 1)]]),
            table(
                2,
                &[
                    &[("", 1), ("禁止公开", 1), ("", 1)],
                    &[("乙", 1), ("2.丙", 1), ("4", 1)],
                ],
            ),
        );
        assert_eq!(table.rows, 2);
        assert!(
            table
                .cells
                .iter()
                .any(|cell| cell.text == "1.其他法律禁止公开")
        );
        assert_eq!(table.cells.len(), 6);
    }

    #[test]
    fn a_header_said_again_is_said_once() {
        let head: &[(&str, usize)] = &[("项目", 1), ("内容", 1), ("数量", 1)];
        let (table, repeated) = joined(
            table(1, &[head, &[("甲", 1), ("乙", 1), ("3", 1)]]),
            table(2, &[head, &[("丙", 1), ("丁", 1), ("4", 1)]]),
        );
        assert_eq!((table.rows, repeated), (3, 3));
    }

    #[test]
    fn a_header_row_cut_by_the_break_is_one_row() {
        let (table, _) = joined(
            table(1, &[&[("结果", 1), ("尚未", 1), ("总计", 1)]]),
            table(
                2,
                &[
                    &[("维持", 1), ("审结", 1), ("", 1)],
                    &[("4", 1), ("0", 1), ("4", 1)],
                ],
            ),
        );
        let texts: Vec<&str> = table.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(table.rows, 2);
        assert_eq!(texts, ["结果维持", "尚未审结", "总计", "4", "0", "4"]);
    }

    #[test]
    fn a_header_parted_by_the_break_keeps_its_merged_cells() {
        let mut upper = table(1, &[&[("自然人", 1), ("法人", 1), ("", 0)]]);
        upper.cells[1].span.columns = 2;
        upper.cells.pop_if(|cell| cell.span.column == 2);
        let (table, _) = joined(
            upper,
            table(
                2,
                &[
                    &[("", 1), ("企业", 1), ("其他", 1)],
                    &[("4", 1), ("0", 1), ("4", 1)],
                ],
            ),
        );
        assert_eq!((table.rows, table.cells.len()), (3, 7));
        assert_eq!(table.cells[0].span.rows, 2);
    }

    #[test]
    fn rows_of_a_form_that_nobody_filled_in_stay_apart() {
        let (table, _) = joined(
            table(1, &[&[("行政许可", 1), ("", 1), ("", 1)]]),
            table(2, &[&[("1.行政处罚", 1), ("", 1), ("", 1)]]),
        );
        assert_eq!((table.rows, table.cells.len()), (2, 6));
    }

    #[test]
    fn a_whole_row_before_a_heading_row_is_not_cut() {
        let (table, _) = joined(
            table(1, &[&[("5.其他方式", 1), ("条", 1), ("0", 1)]]),
            table(
                2,
                &[
                    &[("二、回应解读", 1), ("——", 1), ("", 1)],
                    &[("（一）热点", 1), ("次", 1), ("2", 1)],
                ],
            ),
        );
        assert_eq!(table.rows, 3);
    }

    #[test]
    fn other_columns_are_another_table() {
        let mut other = table(2, &[&[("丙", 1), ("丁", 1), ("4", 1)]]);
        other.xs = vec![10.0, 40.0, 60.0, 120.0];
        let result = join(vec![
            Piece::Table(table(1, &[&[("甲", 1), ("乙", 1), ("3", 1)]])),
            Piece::Table(other),
        ]);
        assert_eq!(result.pieces.len(), 2);
    }
}
