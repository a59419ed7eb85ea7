//! Cells one after the other, row after row, with no sign where a row ends: the column count is found.

use std::ops::Range;

use crate::cell_type::CellType;

use super::columns::{GOOD, fit};
use super::draft::{Draft, Table};
use super::fill::{self, RowEnd};
use super::lines::{Kind, Line};
use super::rows;

/// Most columns tried.
const MOST_COLUMNS: usize = 32;

/// What a line end between two texts without a bar means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// The next cell begins.
    Parts,
    /// The cell goes on.
    Wraps,
}

/// The cells of lines in order, and what their bars say of rows and blanks.
pub(super) struct Stream {
    pub(super) cells: Vec<Draft>,
    /// Where lines end in bars that fill a row up.
    row_ends: Vec<RowEnd>,
    /// Blank cells whose bar has a line to itself, where bars that fill a row up never have.
    lone_blanks: Vec<usize>,
}

/// Fewest rows that bars must fill up to tell where rows end.
const FEWEST_ROW_ENDS: usize = 3;

/// What it counts for a column count that all rows end where bars fill them up.
const TOLD: f32 = 0.1;

/// The cells of lines in order: bars end cells, line ends as told.
pub(super) fn cells(lines: &[Line], range: Range<usize>, line_end: LineEnd) -> Stream {
    let mut out = Vec::new();
    let (mut row_ends, mut lone_blanks) = (Vec::new(), Vec::new());
    let mut fills_alone = false;
    let mut open = Draft::empty();
    for at in range {
        let Some(line) = lines.get(at) else { continue };
        let before = out.len();
        fills_alone |= line.kind == Kind::Bars && line.bars() > 1;
        if line.kind == Kind::Bars && line.bars() == 1 && open.is_empty() {
            lone_blanks.push(out.len());
        }
        for segment in 0..line.segments.len() {
            let next = Draft::of(lines, at, segment);
            if segment == 0 && !open.is_empty() && !next.is_empty() && line_end == LineEnd::Parts {
                out.push(std::mem::replace(&mut open, Draft::empty()));
            }
            if !next.is_empty() {
                open.append(next);
            }
            if segment < line.bars() {
                out.push(std::mem::replace(&mut open, Draft::empty()));
            }
        }
        let fill = out.iter().skip(before).rev();
        let fill = fill.take_while(|cell| cell.is_empty()).count();
        if fill >= 2 {
            row_ends.push(RowEnd {
                cells: out.len(),
                fill,
            });
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    if fills_alone || row_ends.is_empty() {
        lone_blanks.clear();
    }
    Stream {
        cells: out,
        row_ends,
        lone_blanks,
    }
}

/// Whether more numbers stand inside longer texts than as cells: the line ends behind them parted cells
/// (`46` / `网上咨询数 |`), they did not wrap.
pub(super) fn swallows_numbers(stream: &Stream, lines: &[Line]) -> bool {
    let cells = &stream.cells;
    let is_number = |piece: &(usize, usize)| {
        let types = lines.get(piece.0).map(|line| &line.types);
        types.and_then(|types| types.get(piece.1)) == Some(&CellType::Number)
    };
    let kept = cells.iter().filter(|cell| cell.kind == CellType::Number);
    let swallowed = cells
        .iter()
        .filter(|cell| cell.kind == CellType::Label && cell.pieces.iter().any(is_number));
    swallowed.filter(|cell| cell.pieces.len() > 1).count() > kept.count()
}

/// The rows of the best column count, with how well they fit; `None` where none fits.
pub(super) fn read(
    stream: Stream,
    lines: Range<usize>,
    text: &impl Fn(&Draft) -> String,
) -> Option<(f32, Table)> {
    let Stream {
        cells,
        row_ends,
        lone_blanks,
    } = stream;
    let types: Vec<CellType> = cells.iter().map(|cell| cell.kind).collect();
    let ends_rows = |titles: usize, columns: usize| {
        let ends_row = |end: &RowEnd| end.cells.saturating_sub(titles).is_multiple_of(columns);
        row_ends.len() >= FEWEST_ROW_ENDS && row_ends.iter().all(ends_row)
    };
    let mut best: Option<(f32, usize, usize)> = None;
    // A title may stand before the rows as a single cell.
    for titles in 0..=1_usize.min(types.len()) {
        let types = types.get(titles..).unwrap_or_default();
        if titles == 1
            && cells
                .first()
                .is_none_or(|cell| cell.kind != CellType::Label)
        {
            continue;
        }
        for columns in 2..=MOST_COLUMNS.min(types.len() / 2) {
            let Some(fit) = fit(types, columns) else {
                continue;
            };
            let fit = if titles == 0 { fit } else { fit - 0.03 };
            let told = ends_rows(titles, columns);
            let fit = if told { fit + TOLD } else { fit };
            if fit >= GOOD && best.is_none_or(|(known, ..)| fit > known) {
                best = Some((fit, titles, columns));
            }
        }
    }
    let (fit, titles, columns) = best?;
    let mut cells = cells.into_iter();
    let mut rows: Vec<Vec<Draft>> = cells
        .by_ref()
        .take(titles)
        .map(|title| vec![title])
        .collect();
    loop {
        let row: Vec<Draft> = cells.by_ref().take(columns).collect();
        if row.is_empty() {
            break;
        }
        rows.push(row);
    }
    // Dumps that set a bar before every row leave an empty first column.
    let grid = rows.get(titles..).unwrap_or_default();
    let opened = grid
        .iter()
        .all(|row| row.first().is_none_or(Draft::is_empty));
    if opened {
        for row in rows.iter_mut().skip(titles) {
            row.remove(0);
        }
    }
    let opens = |blank: &usize| opened && blank.saturating_sub(titles).is_multiple_of(columns);
    if ends_rows(titles, columns)
        && let Some(grid) = rows.get_mut(titles..)
        && fill::taken_off(grid, &row_ends, titles, columns)
    {
        rows::lay_out(&mut rows, text);
    }
    Some((
        fit,
        Table {
            lines,
            rows,
            drawn: false,
            keeps_blanks: lone_blanks.iter().any(|blank| !opens(blank)),
        },
    ))
}
