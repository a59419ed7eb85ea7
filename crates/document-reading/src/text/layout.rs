//! Tables that a text holds by columns of blanks, as inscriptis, lynx, w3m and `pdftotext -layout` write them.
//!
//! Lines one below the other are a table where the blanks between their cells leave the same columns open
//! in all of them, and figures stand in them. Where a column is, is counted in two ways, and the one
//! that gives the more columns is taken: in the columns of a terminal, of which a Chinese character
//! takes two, or in characters, as programs count that know nothing of terminals.

use std::ops::Range;

use model::{CellMarkup, RowMarkup, Shape, TableMarkup, Text};

/// Blanks that part cells.
const GAP: usize = 2;
/// Rows that a table has at least; columns at most; characters of a cell at most.
const FEWEST_ROWS: usize = 2;
const MOST_COLUMNS: usize = 60;
const LONGEST_CELL: usize = 120;
/// Columns of the widest line that is looked at.
const WIDEST: usize = 1_000;

/// A line as columns of blanks part it.
struct Line<'a> {
    text: &'a str,
    /// Byte ranges of its cells.
    cells: Vec<Range<usize>>,
    /// Where cells start and end, in characters and in columns of a terminal.
    characters: Vec<Range<usize>>,
    columns: Vec<Range<usize>>,
    /// Characters with the blanks at the end.
    width: usize,
    /// Blanks and nothing else.
    blank: bool,
    /// It may stand in a table.
    may_be_row: bool,
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

/// Columns of a terminal: East Asian wide and full-width characters take two (Unicode, UAX 11).
fn columns(c: char) -> usize {
    match u32::from(c) {
        0..=0x10FF => 1,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD => 2,
        // Signs that terminals with Chinese text set wide.
        0x2014 | 0x2018..=0x201D | 0x2026 | 0x2460..=0x24FF => 2,
        _ => 1,
    }
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Self {
        let mut line = Self {
            text,
            cells: Vec::new(),
            characters: Vec::new(),
            columns: Vec::new(),
            width: 0,
            blank: true,
            may_be_row: true,
        };
        let (mut column, mut gap) = (0, GAP);
        for (byte, c) in text.char_indices() {
            let wide = columns(c);
            if is_blank(c) {
                gap += 1;
            } else {
                if gap >= GAP || line.cells.is_empty() {
                    line.cells.push(byte..byte);
                    line.characters.push(line.width..line.width);
                    line.columns.push(column..column);
                }
                gap = 0;
                line.blank &= c.is_whitespace();
                let ends = [
                    (line.cells.last_mut(), byte + c.len_utf8()),
                    (line.characters.last_mut(), line.width + 1),
                    (line.columns.last_mut(), column + wide),
                ];
                for (cell, end) in ends {
                    if let Some(cell) = cell {
                        cell.end = end;
                    }
                }
                line.may_be_row &= !matches!(c, '\t' | '|' | '│' | '。' | '；' | '\x0C');
            }
            line.width += 1;
            column += wide;
            if column > WIDEST {
                line.may_be_row = false;
                break;
            }
        }
        line.may_be_row &= line.cells.len() <= MOST_COLUMNS
            && line
                .characters
                .iter()
                .all(|cell| cell.len() <= LONGEST_CELL);
        line
    }

    fn text_of(&self, cell: usize) -> &'a str {
        let range = self.cells.get(cell).cloned().unwrap_or_default();
        self.text.get(range).unwrap_or_default()
    }

    fn figures(&self) -> usize {
        (0..self.cells.len())
            .filter(|cell| is_figure(self.text_of(*cell)))
            .count()
    }

    fn extents(&self, by_columns: bool) -> &[Range<usize>] {
        if by_columns {
            &self.columns
        } else {
            &self.characters
        }
    }
}

/// A number, and nothing else but signs that numbers have.
fn is_figure(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.chars().any(digit)
        && text.chars().all(|c| {
            digit(c) || matches!(c, '.' | ',' | '，' | '．' | '%' | '％' | '-' | '+' | ' ')
        })
}

/// A table found: the lines it takes, and its cells.
pub(super) struct Found {
    pub(super) lines: Range<usize>,
    pub(super) table: TableMarkup,
}

/// The tables among the lines of a text, in order.
pub(super) fn tables(lines: &[&str]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        // Most lines have no gap: a run begins with one that has.
        if !lines.get(at).is_some_and(|line| may_begin(line)) {
            at += 1;
            continue;
        }
        // Lines of blanks stand between rows; an empty line ends them.
        let behind = lines.get(at..).unwrap_or_default().iter();
        let run: Vec<Line<'_>> = behind
            .take_while(|line| !line.is_empty())
            .map(|line| Line::of(line))
            .take_while(|line| line.may_be_row)
            .collect();
        in_run(&run, at, &mut found);
        at += run.len().max(1);
    }
    found
}

fn may_begin(line: &str) -> bool {
    let body = line.trim();
    body.contains("  ") || body.contains("\u{a0}\u{a0}")
}

/// The tables of a run of lines: one with rows of a single cell where all of them fit, else those of rows of
/// several cells.
fn in_run(run: &[Line<'_>], offset: usize, found: &mut Vec<Found>) {
    let rows: Vec<usize> = (0..run.len())
        .filter(|at| run.get(*at).is_some_and(|line| !line.blank))
        .collect();
    let several = |at: &usize| run.get(*at).is_some_and(|line| line.cells.len() >= 2);
    let mut push = |group: &[usize]| {
        let table = table(run, group, offset);
        if let (Some(table), Some(first), Some(last)) = (table, group.first(), group.last()) {
            let lines = offset + first..offset + last + 1;
            found.push(Found { lines, table });
            return true;
        }
        false
    };
    let first = rows.iter().position(several);
    let (Some(first), Some(last)) = (first, rows.iter().rposition(several)) else {
        return;
    };
    let padded = rows
        .iter()
        .skip(last + 1)
        .take_while(|at| is_padded(run, **at, rows.get(last).copied()))
        .count();
    let whole = rows.get(first..last + 1 + padded).unwrap_or_default();
    let left = |at: &usize| Some(run.get(*at)?.characters.first()?.start);
    let edge = whole.iter().filter(|at| several(at)).filter_map(left).min();
    // A line that begins further left is a heading between tables.
    let inside = whole.iter().all(|at| left(at) >= edge);
    if inside && push(whole) {
        return;
    }
    for group in whole.chunk_by(|a, b| several(a) == several(b)) {
        if group.first().is_some_and(several) {
            push(group);
        }
    }
}

/// Whether blanks fill a line of one cell up to the width of a row: its other cells are empty.
fn is_padded(run: &[Line<'_>], at: usize, row: Option<usize>) -> bool {
    let row = row.and_then(|row| run.get(row));
    run.get(at).zip(row).is_some_and(|(line, row)| {
        let end = line.characters.last().map_or(0, |cell| cell.end);
        line.cells.len() == 1 && line.width == row.width && end + GAP <= line.width
    })
}

/// Stretches that cells of the rows take, each a column.
fn stretches(rows: &[&Line<'_>], by_columns: bool) -> Vec<Range<usize>> {
    // One row may have a cell over several columns: what only such cells fill parts columns still.
    let mut depth = vec![0_usize; WIDEST + 2];
    for cell in rows.iter().flat_map(|row| row.extents(by_columns)) {
        for slot in depth.iter_mut().take(cell.end).skip(cell.start) {
            *slot += 1;
        }
    }
    let few = rows.len() / 10;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, depth) in depth.into_iter().enumerate() {
        let filled = depth > few;
        match found.last_mut() {
            Some(last) if filled && open => last.end = at + 1,
            _ if filled => found.push(at..at + 1),
            _ => {}
        }
        open = filled;
    }
    found
}

/// The column of each cell of a row; `None` where two fall into one.
fn places(row: &Line<'_>, columns: &[Range<usize>], by_columns: bool) -> Option<Vec<usize>> {
    let mut places: Vec<usize> = Vec::with_capacity(row.cells.len());
    for cell in row.extents(by_columns) {
        let at = columns.partition_point(|column| column.end <= cell.start);
        let fits = columns
            .get(at)
            .is_some_and(|column| column.start < cell.end);
        if !fits || places.last().is_some_and(|last| *last >= at) {
            return None;
        }
        places.push(at);
    }
    Some(places)
}

/// The columns that fit all rows, and how they are counted.
fn fit(rows: &[&Line<'_>]) -> Option<(Vec<Range<usize>>, bool)> {
    let fits = |by_columns: bool| {
        let columns = stretches(rows, by_columns);
        let wrong = rows
            .iter()
            .filter(|row| places(row, &columns, by_columns).is_none())
            .count();
        (wrong == 0 && columns.len() >= 2).then_some((columns, by_columns))
    };
    let (terminal, characters) = (fits(true), fits(false));
    match (terminal, characters) {
        // Fewer gaps that only some rows have: cells fill their columns better.
        (Some(terminal), Some(characters)) if terminal.0.len() > characters.0.len() => {
            Some(characters)
        }
        (Some(terminal), _) => Some(terminal),
        (None, characters) => characters,
    }
}

/// The table of a group of lines of several cells each.
fn table(run: &[Line<'_>], group: &[usize], offset: usize) -> Option<TableMarkup> {
    let rows: Vec<&Line<'_>> = group.iter().filter_map(|at| run.get(*at)).collect();
    let figures: usize = rows.iter().map(|row| row.figures()).sum();
    if rows.len() < FEWEST_ROWS || figures == 0 {
        return None;
    }
    let (columns, by_columns) = fit(&rows)?;
    let mut made = Vec::with_capacity(rows.len());
    let mut leading = false;
    for (row, at) in rows.iter().zip(group) {
        let places = places(row, &columns, by_columns)?;
        leading |= places.first().is_some_and(|first| *first > 0);
        let line = offset + at;
        // Blanks up to the end of a column are an empty cell.
        let reaches = columns
            .iter()
            .rposition(|column| !by_columns && column.end <= row.width)
            .map_or(0, |last| last + 1);
        let length = places.last().map_or(0, |last| last + 1).max(reaches);
        let mut cells = vec![String::new(); length];
        for (index, place) in places.into_iter().enumerate() {
            if let Some(cell) = cells.get_mut(place) {
                row.text_of(index).clone_into(cell);
            }
        }
        made.push((cells, super::place(line..line + 1)));
    }
    // Rows that begin in the first column, all of them, have lost the cells that spans covered.
    let shape = if leading {
        Shape::Aligned
    } else {
        Shape::Flattened
    };
    let rows = made.into_iter().map(|(cells, place)| RowMarkup {
        cells: cells
            .into_iter()
            .map(|text| CellMarkup {
                text: Text::read(text),
                row_span: 1,
                col_span: 1,
                header: false,
                place: Some(place.clone()),
            })
            .collect(),
        group: 0,
        header: false,
    });
    Some(TableMarkup {
        rows: rows.collect(),
        caption: None,
        shape,
    })
}
