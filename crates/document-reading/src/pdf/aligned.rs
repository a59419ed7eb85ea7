//! Tables without rules: columns of white space whose entries agree in kind. Careful: what may
//! be prose, a form or a list stays lines.

use model::{PageBox, Shape};

use super::grid::Span;
use super::lines::{Line, Row};
use super::seam::is_figure;
use super::table::{Cell, Table};

/// Rows that a table has at least, its header among them.
const FEWEST_ROWS: usize = 3;
/// Longest text of an entry, characters.
const LONGEST_ENTRY: usize = 24;

/// Takes the aligned tables out of the rows of a page.
pub(super) fn take(rows: Vec<Row>, page: u32) -> (Vec<Row>, Vec<Table>) {
    take_where(rows, page, 2, |_| true)
}

/// Takes the aligned tables of three columns or more that stand on both sides of a gutter.
pub(super) fn take_across(rows: Vec<Row>, page: u32, gutter: f32) -> (Vec<Row>, Vec<Table>) {
    take_where(rows, page, 3, |table| {
        table.xs.first().is_some_and(|left| *left < gutter)
            && table.xs.last().is_some_and(|right| *right > gutter)
    })
}

/// Takes tables out of runs of rows with `least` stretches or more.
fn take_where(
    rows: Vec<Row>,
    page: u32,
    least: usize,
    wanted: impl Fn(&Table) -> bool,
) -> (Vec<Row>, Vec<Table>) {
    let mut rest = Vec::with_capacity(rows.len());
    let mut tables = Vec::new();
    let mut run: Vec<Row> = Vec::new();
    let mut close = |run: &mut Vec<Row>, rest: &mut Vec<Row>| {
        let rows = std::mem::take(run);
        match table(&rows, &|_| page).filter(|table| wanted(table)) {
            Some(table) => tables.push(table),
            None => rest.extend(rows),
        }
    };
    for row in rows {
        let ends = row.len() < least || !run.last().is_none_or(|last| follows(last, &row));
        if ends {
            close(&mut run, &mut rest);
        }
        if row.len() < least {
            rest.push(row);
        } else {
            run.push(row);
        }
    }
    close(&mut run, &mut rest);
    (rest, tables)
}

/// Whether a row stands near enough below another to be of the same table.
pub(super) fn follows(above: &Row, below: &Row) -> bool {
    match (above.first(), below.first()) {
        (Some(above), Some(below)) => below.base - above.base <= 3.2 * above.size.max(below.size),
        _ => true,
    }
}

/// The table that the last rows of a page make with the first ones of the next, on both sides of
/// the page break.
pub(super) fn over_break(
    upper: &[Row],
    lower: &[Row],
    (page, next): (u32, u32),
) -> Option<[Table; 2]> {
    let rows: Vec<Row> = upper.iter().chain(lower).cloned().collect();
    let whole = table(&rows, &|row| if row < upper.len() { page } else { next })?;
    let (above, below): (Vec<Cell>, Vec<Cell>) = whole
        .cells
        .into_iter()
        .partition(|cell| cell.span.row < upper.len());
    let part = |mut cells: Vec<Cell>, first: usize, rows: &[Row], page: u32| {
        for cell in &mut cells {
            cell.span.row -= first;
        }
        Table {
            boxes: vec![bounds(rows, &whole.xs, page)],
            xs: whole.xs.clone(),
            rows: rows.len(),
            cells,
            shape: whole.shape,
        }
    };
    Some([
        part(above, 0, upper, page),
        part(below, upper.len(), lower, next),
    ])
}

/// The box of some rows of a table.
fn bounds(rows: &[Row], xs: &[f32], page: u32) -> PageBox {
    let (y0, y1) = heights(&mut rows.iter().flatten());
    PageBox {
        page,
        x0: xs.first().copied().unwrap_or_default(),
        y0,
        x1: xs.last().copied().unwrap_or_default(),
        y1,
    }
}

fn heights(lines: &mut dyn Iterator<Item = &Line>) -> (f32, f32) {
    lines.fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), line| {
        (top.min(line.top), bottom.max(line.bottom))
    })
}

/// Stretches of the width that entries of several rows share.
fn columns(rows: &[Row]) -> Vec<(f32, f32)> {
    let mut stretches: Vec<(f32, f32)> = rows
        .iter()
        .flatten()
        .map(|line| (line.x0, line.x1))
        .collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (from, to) in stretches {
        match columns.last_mut() {
            Some(last) if from <= last.1 + 2.0 => last.1 = last.1.max(to),
            _ => columns.push((from, to)),
        }
    }
    columns
}

fn table(rows: &[Row], page_of: &dyn Fn(usize) -> u32) -> Option<Table> {
    let columns = columns(rows);
    if rows.len() < FEWEST_ROWS || columns.len() < 2 {
        return None;
    }
    let mut entries: Vec<Vec<Option<&Line>>> = vec![vec![None; columns.len()]; rows.len()];
    for (row, slots) in rows.iter().zip(&mut entries) {
        for line in row {
            let column = columns.partition_point(|(_, to)| *to < line.x0);
            let slot = slots.get_mut(column)?;
            // Two stretches of one row in one column: the columns are none.
            if slot.replace(line).is_some() {
                return None;
            }
        }
    }
    let texts = || rows.iter().flatten().map(|line| line.text.as_str());
    let is_entry = |text: &str| {
        text.chars().count() <= LONGEST_ENTRY && !text.ends_with(['。', '；', '，', '、', '：'])
    };
    if !texts().all(is_entry) || !agrees(&entries, columns.len()) {
        return None;
    }

    let mut xs: Vec<f32> = columns.first().map(|first| first.0).into_iter().collect();
    xs.extend(columns.windows(2).filter_map(|pair| match pair {
        [(_, end), (start, _)] => Some((end + start) / 2.0),
        _ => None,
    }));
    xs.extend(columns.last().map(|last| last.1));
    let mut cells = Vec::with_capacity(rows.len() * columns.len());
    for (row, slots) in entries.iter().enumerate() {
        let (y0, y1) = heights(&mut slots.iter().copied().flatten());
        for (column, slot) in slots.iter().enumerate() {
            cells.push(Cell {
                span: Span {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                },
                text: slot.map(|line| line.text.clone()).unwrap_or_default(),
                room: f32::INFINITY,
                boxes: vec![PageBox {
                    page: page_of(row),
                    x0: xs.get(column).copied().unwrap_or_default(),
                    y0,
                    x1: xs.get(column + 1).copied().unwrap_or_default(),
                    y1,
                }],
            });
        }
    }
    Some(Table {
        boxes: vec![bounds(rows, &xs, page_of(0))],
        xs,
        rows: rows.len(),
        cells,
        shape: Shape::Aligned,
    })
}

/// Whether columns hold entries of one kind: below the header a column of figures, or a full
/// grid of short entries in three columns or more.
fn agrees(entries: &[Vec<Option<&Line>>], columns: usize) -> bool {
    let data = entries.get(1..).unwrap_or_default();
    let figures = |column: usize| {
        data.iter()
            .filter(|row| {
                row.get(column)
                    .copied()
                    .flatten()
                    .is_some_and(|line| is_figure(&line.text))
            })
            .count()
    };
    if (1..columns).any(|column| figures(column) * 10 >= data.len() * 7) {
        return true;
    }
    let filled = entries.iter().flatten().flatten().count();
    let short = entries
        .iter()
        .flatten()
        .flatten()
        .all(|line| line.text.chars().count() <= 10);
    columns >= 3 && entries.len() >= 4 && short && filled * 10 >= entries.len() * columns * 9
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::super::lines;
    use super::*;

    fn page(texts: &[&[(f32, &str)]]) -> (Vec<Row>, Vec<Table>) {
        let mut glyphs = Vec::new();
        for (index, row) in texts.iter().enumerate() {
            for (x, text) in *row {
                glyphs.extend(set(text, *x, 100.0 + 20.0 * index as f32, 10.0));
            }
        }
        take(lines::rows(glyphs), 1)
    }

    #[test]
    fn names_and_figures_in_columns_are_a_table() {
        let (rest, tables) = page(&[
            &[(90.0, "下表为本年情况。")],
            &[(90.0, "项目"), (200.0, "本年"), (300.0, "上年")],
            &[(90.0, "规章"), (210.0, "12"), (310.0, "9")],
            &[(90.0, "申请"), (210.0, "3"), (310.0, "10")],
        ]);
        assert_eq!((rest.len(), tables.len()), (1, 1));
        assert_eq!((tables[0].rows, tables[0].columns()), (3, 3));
        assert_eq!(tables[0].cells[4].text, "12");
    }

    #[test]
    fn forms_and_prose_with_gaps_are_no_table() {
        let (_, tables) = page(&[
            &[(90.0, "联系人"), (200.0, "张三")],
            &[(90.0, "地址"), (200.0, "人民路北段政府大院内")],
            &[(90.0, "邮箱"), (200.0, "a@example.org")],
        ]);
        assert!(tables.is_empty());
        let (_, tables) = page(&[
            &[(90.0, "全年公开信息若干，"), (250.0, "其中")],
            &[(90.0, "规章"), (250.0, "三件，其他文件若干件。")],
            &[(90.0, "申请已办结，"), (250.0, "没有结转。")],
        ]);
        assert!(tables.is_empty());
    }
}
