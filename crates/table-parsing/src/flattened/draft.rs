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
}

impl Draft {
    pub(super) fn empty() -> Self {
        Self {
            pieces: Vec::new(),
            kind: CellType::Blank,
        }
    }

    pub(super) fn of(lines: &[Line], line: usize, segment: usize) -> Self {
        let blank = lines
            .get(line)
            .and_then(|line| line.segments.get(segment))
            .is_none_or(Range::is_empty);
        if blank {
            return Self::empty();
        }
        let kind = lines
            .get(line)
            .and_then(|line| line.types.get(segment))
            .copied();
        Self {
            pieces: vec![(line, segment)],
            kind: kind.unwrap_or(CellType::Blank),
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

/// A table: which lines it takes, and its rows. Rows may be short.
pub(super) struct Table {
    pub(super) lines: Range<usize>,
    pub(super) rows: Vec<Vec<Draft>>,
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
        let title = is_title_row(row) && rows.get(at + 1).is_some_and(|next| is_head_row(next));
        for (column, draft) in row.iter().enumerate() {
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
                row_span: 1,
                column_span: if title {
                    columns
                } else {
                    head_span(&rows, at, column)
                },
                text: cut::joined(&parts),
                header: false,
                place,
            });
        }
    }
    filled(cells, rows.len(), columns, Shape::Flattened)
}

/// A head followed by empty cells spans those that have heads of their own further down.
fn head_span(rows: &[Vec<Draft>], at: usize, column: usize) -> usize {
    let below = rows.get(at + 1..).unwrap_or_default();
    let below: Vec<&Vec<Draft>> = below.iter().take_while(|row| is_head_row(row)).collect();
    let headed = |column: usize| {
        below
            .iter()
            .any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
    };
    let Some(row) = rows.get(at).filter(|_| headed(column)) else {
        return 1;
    };
    if !row
        .iter()
        .all(|cell| !cell.kind.is_value() || cell.is_empty())
    {
        return 1;
    }
    let empty = |(column, cell): &(usize, &Draft)| cell.is_empty() && headed(*column);
    1 + row
        .iter()
        .enumerate()
        .skip(column + 1)
        .take_while(empty)
        .count()
}
