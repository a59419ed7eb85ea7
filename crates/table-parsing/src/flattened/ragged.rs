//! Cells in one stream whose rows differ in length: cells that span rows from above are said once.
//!
//! Rows end where a label follows a number. What stands before the numbers is set against them from the
//! right, so that a row that lost its first cells keeps the others in their columns.

use std::ops::Range;

use crate::cell_type::CellType;

use super::draft::{Draft, Table, is_bounded};
use super::heads;

/// Fewest rows with as many values as the table has value columns.
const FEWEST_ROWS: usize = 3;

/// Fewest value columns.
const FEWEST_VALUES: usize = 3;

/// The rows of a stream of cells; `None` where their values are not regular.
pub(super) fn read(
    cells: Vec<Draft>,
    lines: Range<usize>,
    text: &impl Fn(&Draft) -> String,
) -> Option<Table> {
    let mut rows = split(cells);
    // A bar before every row leaves an empty cell at the end of the row before.
    let (last, others) = rows.split_last()?;
    let blank_ends = |row: &Vec<Draft>| row.iter().rev().take_while(|cell| cell.is_empty()).count();
    let spare = others.iter().map(blank_ends).min()?;
    let spare_of_last = blank_ends(last).min(spare);
    let count = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        let spare = if at + 1 == count {
            spare_of_last
        } else {
            spare
        };
        row.truncate(row.len() - spare);
    }
    let values = rows.iter().map(|row| values_of(row)).max()?;
    let regular = rows.iter().filter(|row| values_of(row) == values).count();
    if values < FEWEST_VALUES || regular < FEWEST_ROWS || regular * 10 < rows.len() * 7 {
        return None;
    }
    let mut rest = rows.into_iter();
    let mut first = rest.next()?;
    if values_of(&first) != values {
        return None;
    }
    let own = first
        .iter()
        .rposition(|cell| cell.kind == CellType::Label)?;
    let opening = first.split_off(own);
    let rows: Vec<Vec<Draft>> = std::iter::once(opening).chain(rest).collect();
    let columns = rows.iter().map(Vec::len).max()?;
    let labels = columns.checked_sub(values).filter(|labels| *labels > 0)?;
    let drafts: Vec<Draft> = first.into_iter().filter(|cell| !cell.is_empty()).collect();
    let texts: Vec<String> = drafts.iter().map(text).collect();
    let mut out = match heads::over_labels(&drafts, &texts, values) {
        Some(mut heads) => {
            for row in &mut heads {
                for _ in 1..labels {
                    row.insert(1, Draft::empty());
                }
            }
            heads
        }
        None => drafts.chunks(columns).map(<[Draft]>::to_vec).collect(),
    };
    for row in rows {
        let mut wide = Vec::new();
        wide.resize_with(columns - row.len(), Draft::empty);
        wide.extend(row);
        out.push(wide);
    }
    is_bounded(&out).then_some(Table {
        lines,
        rows: out,
        drawn: false,
        keeps_blanks: false,
    })
}

fn split(cells: Vec<Draft>) -> Vec<Vec<Draft>> {
    let mut rows: Vec<Vec<Draft>> = Vec::new();
    let mut counted = true;
    for cell in cells {
        let opens = counted && cell.kind == CellType::Label;
        if opens || rows.is_empty() {
            rows.push(Vec::new());
            counted = false;
        }
        counted |= cell.kind == CellType::Number;
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
    }
    rows
}

/// Cells from the first number on.
fn values_of(row: &[Draft]) -> usize {
    let first = row.iter().position(|cell| cell.kind == CellType::Number);
    first.map_or(0, |first| row.len() - first)
}

/// One row of values without a label, to the end of the stream, under heads that repeat.
pub(super) fn under_repeated_heads(
    mut cells: Vec<Draft>,
    lines: Range<usize>,
    text: &impl Fn(&Draft) -> String,
) -> Option<Table> {
    let first = cells
        .iter()
        .position(|cell| cell.kind == CellType::Number)?;
    let values = cells.split_off(first);
    if values.iter().any(|cell| cell.kind == CellType::Label) {
        return None;
    }
    cells.retain(|cell| !cell.is_empty());
    let texts: Vec<String> = cells.iter().map(text).collect();
    let found = heads::repeated(&texts, values.len()).filter(|found| found.start == 0)?;
    let mut rows = found.rows(cells.into_iter());
    rows.push(values);
    Some(Table {
        lines,
        rows,
        drawn: false,
        keeps_blanks: false,
    })
}
