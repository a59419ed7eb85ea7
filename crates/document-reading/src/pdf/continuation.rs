//! Tables that go on over a page break.

use super::grid::Span;
use super::paragraphs::Piece;
use super::table::{Cell, Table};

/// Column lines this near to one another are the same, points.
const SAME_LINE: f32 = 5.0;

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

/// Whether the lower table is the rest of the upper one: on the next page, nothing between them
/// (they are neighbours in the body), and the same outer column edges.
fn continues(upper: &Table, lower: &Table) -> bool {
    let (Some(above), Some(below)) = (upper.boxes.last(), lower.boxes.first()) else {
        return false;
    };
    if below.page != above.page + 1 || upper.shape != lower.shape {
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
    let cut_row = is_cut_row(upper, &lower, labels);
    let offset = if cut_row { upper.rows - 1 } else { upper.rows };
    let bottom: Vec<usize> = (0..upper.cells.len())
        .filter(|index| {
            upper
                .cells
                .get(*index)
                .is_some_and(|cell| cell.span.row + cell.span.rows == upper.rows)
        })
        .collect();
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
            Some(above) if cut_row || is_cut_cell(above, &cell, labels) => {
                above.span.rows = cell.span.row + cell.span.rows - above.span.row;
                super::script::join_line(&mut above.text, &cell.text, false);
                above.boxes.append(&mut cell.boxes);
            }
            _ => upper.cells.push(cell),
        }
    }
    if cut_row {
        settle(upper);
    }
    upper
        .cells
        .sort_by_key(|cell| (cell.span.row, cell.span.column));
}

/// A cut row whose cells do not match on both sides would leave cells one over the other: those
/// that the lower part does not know end above the seam, so that the grid stays whole.
fn settle(table: &mut Table) {
    let columns = table.columns();
    let mut taken = vec![false; table.rows * columns];
    let mut order: Vec<usize> = (0..table.cells.len()).collect();
    order.sort_by_key(|index| {
        table
            .cells
            .get(*index)
            .map(|cell| (cell.span.row, cell.span.column))
    });
    for index in order {
        let Some(cell) = table.cells.get_mut(index) else {
            continue;
        };
        let span = cell.span;
        let free = (span.row..span.row + span.rows)
            .take_while(|row| {
                (span.column..span.column + span.columns)
                    .all(|column| taken.get(row * columns + column) == Some(&false))
            })
            .count();
        cell.span.rows = free;
        for row in span.row..span.row + free {
            let start = row * columns + span.column;
            if let Some(stretch) = taken.get_mut(start..start + span.columns) {
                stretch.fill(true);
            }
        }
    }
    table
        .cells
        .retain(|cell| cell.span.rows > 0 || !cell.text.is_empty());
    for cell in &mut table.cells {
        cell.span.rows = cell.span.rows.max(1);
    }
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

/// Takes away the leading rows of the lower table that say the upper table's header again.
fn drop_repeated_header(upper: &Table, lower: &mut Table, repeated: &mut Vec<Cell>) {
    let row_of = |table: &Table, row: usize| -> Vec<(Span, String)> {
        table
            .cells
            .iter()
            .filter(|cell| cell.span.row == row)
            .map(|cell| {
                (
                    cell.span,
                    cell.text.chars().filter(|c| !c.is_whitespace()).collect(),
                )
            })
            .collect()
    };
    let same = (0..upper.rows.min(lower.rows))
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

pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '%' | '+' | ' ' | '，')
        })
}

/// The first column with figures, in either table: columns before it hold labels.
fn label_columns(upper: &Table, lower: &Table) -> usize {
    let first = |table: &Table| {
        table
            .cells
            .iter()
            .filter(|cell| is_figure(&cell.text))
            .map(|cell| cell.span.column)
            .min()
    };
    match (first(upper), first(lower)) {
        (Some(a), Some(b)) => a.min(b),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => 1,
    }
}

/// Whether a text opens an item of a list: `一、`, `（三）`, `1.`, `①`.
fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix(['（', '(', '第']).unwrap_or(text);
    let mut rest = text.chars().skip_while(|c| {
        c.is_ascii_digit() || "一二三四五六七八九十百".contains(*c) || ('①'..='⑳').contains(c)
    });
    let counted = rest.clone().count() < text.chars().count();
    counted && rest.next().is_none_or(|c| "、.．)）:：项条章 ".contains(c))
}

/// Whether a merged cell of the label columns goes on below the break.
fn is_cut_cell(above: &Cell, below: &Cell, labels: usize) -> bool {
    if above.span.column + above.span.columns > labels {
        return false;
    }
    if above.span.rows == 1 && below.span.rows == 1 && !below.text.is_empty() {
        return false;
    }
    above.text.is_empty() || below.text.is_empty() || !opens_item(&below.text)
}

/// Whether the page break cuts a row in two: one side has the label's end or the figures only.
fn is_cut_row(upper: &Table, lower: &Table, labels: usize) -> bool {
    let Some(last) = upper.rows.checked_sub(1) else {
        return false;
    };
    let above: Vec<&Cell> = upper
        .cells
        .iter()
        .filter(|cell| cell.span.row + cell.span.rows == last + 1)
        .collect();
    let below: Vec<&Cell> = lower
        .cells
        .iter()
        .filter(|cell| cell.span.row == 0)
        .collect();
    let data = |cells: &[&Cell]| {
        cells
            .iter()
            .any(|c| c.span.column >= labels && !c.text.is_empty())
    };
    let has_data_columns = |cells: &[&Cell]| cells.iter().any(|c| c.span.column >= labels);
    if !has_data_columns(&above) || !has_data_columns(&below) || data(&above) == data(&below) {
        return false;
    }
    // The label nearest to the figures says whether it goes on.
    let label = |cells: &[&Cell]| {
        cells
            .iter()
            .filter(|c| c.span.column < labels)
            .max_by_key(|c| c.span.column)
            .map(|c| c.text.clone())
            .unwrap_or_default()
    };
    let (label_above, label_below) = (label(&above), label(&below));
    !label_below.is_empty() && !label_above.is_empty() && !opens_item(&label_below)
}

#[cfg(test)]
mod tests {
    use model::{PageBox, Shape};

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
    fn other_columns_are_another_table() {
        let mut other = table(2, &[&[("丙", 1), ("丁", 1), ("4", 1)]]);
        other.xs = vec![10.0, 40.0, 60.0, 120.0];
        let result = join(vec![
            Piece::Table(table(1, &[&[("甲", 1), ("乙", 1), ("3", 1)]])),
            Piece::Table(other),
        ]);
        assert_eq!(result.pieces.len(), 2);
    }

    #[test]
    fn items_open_with_their_number() {
        for text in [
            "一、本年",
            "（三）不予公开",
            "1.属于",
            "2、其他",
            "第二十条",
        ] {
            assert!(opens_item(text), "{text}");
        }
        for text in ["法提供", "禁止公开", "一般", "1件"] {
            assert!(!opens_item(text), "{text}");
        }
    }
}
