//! What only the next page shows to be of a table: a box of one cell that its other rows follow, and
//! rows without rules that are too few, on their side of the break, to make a table alone.

use model::{PageBox, Shape};

use super::aligned::{self, follows};
use super::continuation::SAME_LINE;
use super::furniture::whole;
use super::grid::Span;
use super::lines::Row;
use super::page::Page;
use super::seam::is_figure;
use super::table::{Cell, Table};

/// Longest text of a row that is one cell, characters: longer ones are framed prose.
const LONGEST_HEADING: usize = 24;
/// Rows on one side of a break that are looked at.
const MOST_ROWS: usize = 120;

/// Makes tables of what goes on over the break between two pages. Furniture is taken out before.
pub(super) fn take(pages: &mut [Page]) {
    for at in 1..pages.len() {
        let Some([upper, lower]) = pages.get_mut(at - 1..=at) else {
            continue;
        };
        boxed_row(upper, lower);
        rows_without_rules(upper, lower);
    }
}

/// A box of one cell at the break: the first row of the table below it, or the last of that above.
fn boxed_row(upper: &mut Page, lower: &mut Page) {
    let top = top_table(lower).map(edges);
    if let (Some(edges), Some(row)) = (top, upper.rows.last())
        && let Some(place) = box_around(&upper.boxes, row, edges)
        && bottom_of_tables(upper) < place.y0 + 1.0
        && let Some(row) = upper.rows.pop()
    {
        upper.tables.extend(one_cell(row, place));
        return;
    }
    let bottom = bottom_table(upper).map(edges);
    if let (Some(edges), Some(row)) = (bottom, lower.rows.first())
        && let Some(place) = box_around(&lower.boxes, row, edges)
        && top_of_tables(lower) > place.y1 - 1.0
    {
        let row = lower.rows.remove(0);
        lower.tables.extend(one_cell(row, place));
    }
}

/// Outer edges of a table, and how many columns it has.
fn edges(table: &Table) -> (f32, f32, usize) {
    let edge = |x: Option<&f32>| x.copied().unwrap_or_default();
    (
        edge(table.xs.first()),
        edge(table.xs.last()),
        table.columns(),
    )
}

/// The ruled table with which a page begins.
fn top_table(page: &Page) -> Option<&Table> {
    let first = page.rows.first().and_then(|row| row.first());
    let table = page
        .tables
        .iter()
        .filter(|table| table.shape == Shape::Ruled)
        .min_by(|a, b| top(a).total_cmp(&top(b)))?;
    first
        .is_none_or(|line| line.base > top(table))
        .then_some(table)
}

/// The ruled table with which a page ends.
fn bottom_table(page: &Page) -> Option<&Table> {
    let last = page.rows.last().and_then(|row| row.first());
    let table = page
        .tables
        .iter()
        .filter(|table| table.shape == Shape::Ruled)
        .max_by(|a, b| bottom(a).total_cmp(&bottom(b)))?;
    last.is_none_or(|line| line.base < bottom(table))
        .then_some(table)
}

fn top(table: &Table) -> f32 {
    table.boxes.first().map_or(f32::INFINITY, |place| place.y0)
}

fn bottom(table: &Table) -> f32 {
    table.boxes.last().map_or(0.0, |place| place.y1)
}

fn top_of_tables(page: &Page) -> f32 {
    page.tables.iter().map(top).fold(f32::INFINITY, f32::min)
}

fn bottom_of_tables(page: &Page) -> f32 {
    page.tables.iter().map(bottom).fold(0.0, f32::max)
}

/// The box around a row that says as much as a row of a table and has a table's outer edges.
fn box_around(boxes: &[PageBox], row: &Row, edges: (f32, f32, usize)) -> Option<PageBox> {
    let [line] = row.as_slice() else { return None };
    let short = line.text.chars().count() <= LONGEST_HEADING
        && !line.text.ends_with(['。', '；', '，', '：']);
    boxes
        .iter()
        .find(|place| {
            short
                && edges.2 >= 2
                && (place.x0 - edges.0).abs() <= SAME_LINE
                && (place.x1 - edges.1).abs() <= SAME_LINE
                && place.y0 < line.base
                && line.base < place.y1
                && place.y1 - place.y0 < 4.0 * line.size
        })
        .copied()
}

fn one_cell(row: Row, place: PageBox) -> Option<Table> {
    let line = whole(row)?;
    Some(Table {
        xs: vec![place.x0, place.x1],
        rows: 1,
        cells: vec![Cell {
            span: Span {
                row: 0,
                column: 0,
                rows: 1,
                columns: 1,
            },
            room: (place.x1 - place.x0 - (line.x1 - line.x0)) / line.size.max(1.0),
            text: line.text,
            boxes: vec![place],
        }],
        boxes: vec![place],
        shape: Shape::Ruled,
    })
}

/// Rows of several stretches on both sides of the break that make one table.
fn rows_without_rules(upper: &mut Page, lower: &mut Page) {
    let from = upper.rows.len()
        - run(upper.rows.iter().rev(), |above, below| {
            follows(below, above)
        });
    let until = run(lower.rows.iter(), follows);
    let (Some(above), Some(below)) = (upper.rows.get(from..), lower.rows.get(..until)) else {
        return;
    };
    let lines = |rows: &[Row]| {
        let mut bases = rows.iter().flatten().map(|line| line.base);
        Some((bases.next()?, bases.next_back()?))
    };
    let (Some((first, _)), Some((_, last))) = (lines(above), lines(below)) else {
        return;
    };
    // What begins with words where the rows above hold figures is a table of its own.
    let figures = |row: &Row| row.iter().any(|line| is_figure(&line.text));
    let own = above.last().is_some_and(figures) && !below.first().is_some_and(figures);
    let text = |row: Option<&Row>| -> Vec<String> {
        row.into_iter()
            .flatten()
            .map(|line| line.text.clone())
            .collect()
    };
    let said_again = text(above.first()) == text(below.first());
    if own && !said_again || bottom_of_tables(upper) > first || top_of_tables(lower) < last {
        return;
    }
    let Some([upper_part, lower_part]) =
        aligned::over_break(above, below, (upper.number, lower.number))
    else {
        return;
    };
    upper.rows.truncate(from);
    lower.rows.drain(..until);
    upper.tables.push(upper_part);
    lower.tables.push(lower_part);
}

/// How many of these rows, from the break away, hold several stretches each and stand together.
fn run<'r>(rows: impl Iterator<Item = &'r Row>, near: impl Fn(&Row, &Row) -> bool) -> usize {
    let mut before: Option<&Row> = None;
    rows.take(MOST_ROWS)
        .take_while(|row| {
            let goes_on = row.len() >= 2 && before.is_none_or(|before| near(before, row));
            before = Some(row);
            goes_on
        })
        .count()
}
