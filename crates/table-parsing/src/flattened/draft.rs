//! A table in the making: cells as pieces of lines, not yet cut out.

use std::ops::Range;

use model::{Block, Cell, Grid, Place, Shape, Text};

use crate::cell_type::CellType;
use crate::cut;
use crate::markup::filled;

use super::lines::Line;

/// A cell: the segments of lines it is made of; none for an empty cell.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Line and segment.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) kind: CellType,
    /// It stands between bars, if only as a blank; else it fills a row up.
    pub(super) written: bool,
}

impl Draft {
    pub(super) fn empty() -> Self {
        Self {
            pieces: Vec::new(),
            kind: CellType::Blank,
            written: false,
        }
    }

    pub(super) fn of(lines: &[Line], line: usize, segment: usize) -> Self {
        let blank = lines
            .get(line)
            .and_then(|line| line.segments.get(segment))
            .is_none_or(Range::is_empty);
        if blank {
            return Self {
                written: true,
                ..Self::empty()
            };
        }
        let kind = lines
            .get(line)
            .and_then(|line| line.types.get(segment))
            .copied();
        Self {
            pieces: vec![(line, segment)],
            kind: kind.unwrap_or(CellType::Blank),
            written: true,
        }
    }

    /// Takes a further piece; two pieces of text are a label, however each looks.
    pub(super) fn append(&mut self, other: Self) {
        self.kind = match (self.kind, other.kind) {
            (CellType::Blank, kind) => kind,
            (CellType::Number, CellType::Number) => CellType::Number,
            _ => CellType::Label,
        };
        self.pieces.extend(other.pieces);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// The text of a cell in the making.
pub(super) fn text(cell: &Draft, lines: &[Line], blocks: &[Block]) -> String {
    cell.pieces
        .iter()
        .filter_map(|(line, segment)| {
            let range = lines.get(*line)?.segments.get(*segment)?.clone();
            blocks.get(*line)?.text()?.value().get(range)
        })
        .collect()
}

/// A table: which lines it takes, and its rows. Rows may be short.
pub(super) struct Table {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<Vec<Draft>>,
    /// Its lines draw a grid: as many cells in each, and a rule below the head.
    pub(super) drawn: bool,
    /// Its lines show where a cell was left empty.
    pub(super) keeps_blanks: bool,
}

/// No number, at least two labels and no unit: heads stand in the row.
pub(super) fn is_head_row(row: &[Draft]) -> bool {
    row.iter()
        .filter(|cell| cell.kind == CellType::Label)
        .count()
        >= 2
        && !row
            .iter()
            .any(|cell| matches!(cell.kind, CellType::Number | CellType::Unit))
}

/// A row of heads; labels before values that were left empty are none.
pub(super) fn heads_table(row: &[Draft]) -> bool {
    let labels = row.iter().filter(|cell| cell.kind == CellType::Label);
    let blanks = row.iter().filter(|cell| cell.is_empty() && cell.written);
    is_head_row(row) && blanks.count() <= labels.count()
}

/// Most positions of a flattened table: more than lines of text can mean.
pub(super) const MOST_POSITIONS: usize = 1_000_000;

/// Short rows, padded, stay within bounds.
pub(super) fn is_bounded(rows: &[Vec<Draft>]) -> bool {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.len() * columns <= MOST_POSITIONS
}

/// One text in the first cell and nothing else.
pub(super) fn is_title_row(row: &[Draft]) -> bool {
    let mut cells = row.iter();
    cells
        .next()
        .is_some_and(|first| first.kind == CellType::Label)
        && cells.all(Draft::is_empty)
}

/// Cuts the cells out of their lines.
pub(super) fn grid(table: Table, lines: &[Line], blocks: &[Block]) -> Grid {
    let Table {
        lines: range,
        mut rows,
        keeps_blanks,
        ..
    } = table;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize_with(columns, Draft::empty);
    }
    let start = range.start;
    let texts: Vec<Vec<Text>> = range
        .map(
            |at| match (lines.get(at), blocks.get(at).and_then(Block::text)) {
                (Some(line), Some(text)) => cut::pieces(text, &line.segments),
                _ => Vec::new(),
            },
        )
        .collect();
    let mut cells: Vec<Cell> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        // A title in the width of the table stands over heads; a label with an empty value does not.
        let title = is_title_row(row) && rows.get(at + 1).is_some_and(|next| heads_table(next));
        let spans = head_spans(&rows, at);
        for (column, (draft, (height, width))) in row.iter().zip(spans).enumerate() {
            if draft.is_empty() {
                continue;
            }
            let parts: Vec<Text> = draft
                .pieces
                .iter()
                .filter_map(|(line, segment)| texts.get(line - start)?.get(*segment).cloned())
                .collect();
            let place: Option<Place> = draft
                .pieces
                .iter()
                .filter_map(|(line, _)| blocks.get(*line).map(|block| block.place.clone()))
                .reduce(|whole, place| whole.joined(&place));
            cells.push(Cell {
                row: at,
                column,
                row_span: if title { 1 } else { height },
                column_span: if title { columns } else { width },
                text: cut::joined(&parts),
                header: false,
                place,
            });
        }
    }
    Grid {
        keeps_blanks,
        ..filled(cells, rows.len(), columns, Shape::Flattened)
    }
}

/// Most levels of heads.
const MOST_LEVELS: usize = 6;

/// Rows and columns that the cells of a row cover.
///
/// A head followed by empty cells spans those that have heads of their own further down; beside such a
/// head, one with nothing below it reaches down to the values.
fn head_spans(rows: &[Vec<Draft>], at: usize) -> Vec<(usize, usize)> {
    let row = rows.get(at).map_or(&[][..], Vec::as_slice);
    let mut spans = vec![(1, 1); row.len()];
    let below = rows.get(at + 1..).unwrap_or_default().iter();
    let below: Vec<&Vec<Draft>> = below
        .take(MOST_LEVELS)
        .take_while(|row| is_head_row(row))
        .collect();
    let heads = row
        .iter()
        .all(|cell| !cell.kind.is_value() || cell.is_empty());
    if below.is_empty() || below.len() == MOST_LEVELS || !heads {
        return spans;
    }
    let headed: Vec<bool> = (0..row.len())
        .map(|column| {
            let mut cells = below.iter().filter_map(|row| row.get(column));
            cells.any(|cell| !cell.is_empty())
        })
        .collect();
    let mut open: Option<usize> = None;
    for (column, (cell, headed)) in row.iter().zip(&headed).enumerate() {
        if !cell.is_empty() || !headed {
            open = headed.then_some(column);
        } else if let Some((_, width)) = open.and_then(|head| spans.get_mut(head)) {
            *width += 1;
        }
    }
    if spans.iter().any(|(_, width)| *width > 1) {
        for ((height, _), (cell, headed)) in spans.iter_mut().zip(row.iter().zip(&headed)) {
            if !cell.is_empty() && !headed {
                *height += below.len();
            }
        }
    }
    spans
}
