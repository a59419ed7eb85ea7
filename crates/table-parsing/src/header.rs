//! How many leading rows are headers.
//!
//! What the source marks (`th`, `thead`) counts; where it marks nothing, the types of the cells tell: a
//! header row has labels where the rows below have values.

use model::Grid;

use crate::cell_type::{CellType, is_year};
use crate::lexicon::LEXICON;
use crate::rectangle::Positions;

/// Leading rows that are headers. At least one row is left as data unless the source marks all.
pub(crate) fn rows(grid: &Grid) -> usize {
    let positions = Positions::of(grid);
    marked(grid, &positions).max(by_type(grid, &positions))
}

fn marked(grid: &Grid, positions: &Positions) -> usize {
    let rows = (0..grid.rows)
        .take_while(|row| {
            let mut texts = positions
                .row(*row)
                .filter_map(|owner| grid.cells.get(owner))
                .filter(|cell| !cell.text.is_blank())
                .peekable();
            texts.peek().is_some() && texts.all(|cell| cell.header)
        })
        .count();
    // Pages that mark every cell say nothing.
    if rows == grid.rows && rows > 1 {
        0
    } else {
        rows
    }
}

/// What a row looks like.
#[derive(PartialEq, Eq)]
enum Row {
    /// One text and nothing else: a title or the name of a band.
    Title,
    /// Labels over values.
    Header,
    /// Anything else.
    Data,
}

fn by_type(grid: &Grid, positions: &Positions) -> usize {
    let years = years_head_columns(grid);
    let types: Vec<CellType> = grid
        .cells
        .iter()
        .map(|cell| match cell.text.value() {
            text if years && cell.row == 0 && is_year(text) => CellType::Label,
            text => CellType::of(text),
        })
        .collect();
    let kind = |owner: usize| types.get(owner).copied().unwrap_or(CellType::Blank);
    let whole = |owner: usize| {
        grid.cells
            .get(owner)
            .is_some_and(|cell| grid.columns > 1 && cell.column_span == grid.columns)
    };
    let values = value_columns(grid, positions, &kind);
    let shape = |row: usize| {
        if positions
            .row(row)
            .any(|owner| kind(owner) == CellType::Number)
        {
            return Row::Data;
        }
        let mut texts: Vec<usize> = positions
            .row(row)
            .filter(|owner| kind(*owner) != CellType::Blank)
            .collect();
        texts.dedup();
        if texts.len() == 1
            && texts
                .iter()
                .all(|owner| whole(*owner) || starts_row(grid, *owner, row))
        {
            return Row::Title;
        }
        let heads = positions
            .row(row)
            .zip(&values)
            .any(|(owner, value)| *value && kind(owner) == CellType::Label && !whole(owner));
        let known = texts
            .iter()
            .filter_map(|owner| grid.cells.get(*owner))
            .filter(|cell| LEXICON.is_head(cell.text.value()))
            .count();
        if heads || (known >= 2 && known * 2 >= texts.len()) {
            Row::Header
        } else {
            Row::Data
        }
    };
    let mut headers = 0;
    for row in 0..grid.rows.saturating_sub(1) {
        match shape(row) {
            Row::Header => headers = row + 1,
            Row::Title if headers == 0 => {}
            Row::Title | Row::Data => break,
        }
    }
    headers
}

/// The first row has years over its columns (`指标 | 2012 | 2013`): heads, not values.
fn years_head_columns(grid: &Grid) -> bool {
    let first = grid.cells.iter().take_while(|cell| cell.row == 0);
    let years = first
        .clone()
        .filter(|cell| cell.column > 0 && is_year(cell.text.value()))
        .count();
    let mut corner = first.take(1).map(|cell| cell.text.value());
    years > 0 && corner.any(|text| text.trim().is_empty() || LEXICON.is_row_head(text))
}

/// The only text of a row is in its first column.
fn starts_row(grid: &Grid, owner: usize, row: usize) -> bool {
    grid.cells
        .get(owner)
        .is_some_and(|cell| cell.column == 0 && cell.row == row && cell.row_span == 1)
}

/// Columns that hold numbers; in a form without any, those that are blank in most rows.
fn value_columns(
    grid: &Grid,
    positions: &Positions,
    kind: &impl Fn(usize) -> CellType,
) -> Vec<bool> {
    let holds = |wanted: CellType| -> Vec<usize> {
        (0..grid.columns)
            .map(|column| {
                positions
                    .column(column)
                    .filter(|owner| kind(*owner) == wanted)
                    .count()
            })
            .collect()
    };
    let numbers = holds(CellType::Number);
    if numbers.iter().any(|count| *count > 0) {
        return numbers.into_iter().map(|count| count > 0).collect();
    }
    holds(CellType::Blank)
        .into_iter()
        .enumerate()
        .map(|(column, blank)| column > 0 && blank * 2 > grid.rows)
        .collect()
}
