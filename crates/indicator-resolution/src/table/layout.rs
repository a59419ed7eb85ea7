//! Grids cut into bands: a header and the rows under it.

use codebook::Codebook;
use model::Grid;
use notation::{CellValue, read_cell};

use super::index::{Hit, LabelIndex, Reference};
use crate::label::{NormalLabel, is_unit, year_alone};

/// What a cell looks like before anything is known of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Blank,
    /// One number or several.
    Number,
    /// `/`, `—`, `不适用`.
    Absent,
    /// Anything else.
    Text,
}

/// What is known of a cell by itself.
#[derive(Debug)]
pub(super) struct CellFacts {
    pub(super) kind: Kind,
    pub(super) value: CellValue,
    pub(super) label: NormalLabel,
    /// Wordings of the codebook, best first; looked up for texts alone.
    pub(super) hits: Vec<Hit>,
}

impl CellFacts {
    fn new(text: &str, index: &LabelIndex) -> Self {
        let value = read_cell(text);
        let kind = match &value {
            CellValue::Blank => Kind::Blank,
            CellValue::NotApplicable => Kind::Absent,
            CellValue::Number(_) | CellValue::Several(_) => Kind::Number,
            CellValue::Unreadable => Kind::Text,
        };
        let label = match kind {
            Kind::Text => NormalLabel::new(text),
            _ => NormalLabel::default(),
        };
        let hits = match kind {
            Kind::Text => index.look_up(&label),
            _ => Vec::new(),
        };
        Self {
            kind,
            value,
            label,
            hits,
        }
    }
}

/// A grid with what is known of its cells.
pub(super) struct Sheet<'a> {
    /// Index among the report's tables.
    pub(super) table: usize,
    pub(super) grid: &'a Grid,
    /// The unit that a cell states for the whole table: `金额单位:万元`.
    pub(super) unit: Option<String>,
    /// The heading that the table stands under.
    pub(super) heading: Option<&'a str>,
    pub(super) facts: Vec<CellFacts>,
    pub(super) rows: usize,
    pub(super) columns: usize,
    turned: bool,
    covering: Vec<Option<usize>>,
    /// It shows where a cell was left empty.
    pub(super) keeps_blanks: bool,
}

impl<'a> Sheet<'a> {
    /// A grid as it stands.
    pub(super) fn new(
        table: usize,
        grid: &'a Grid,
        heading: Option<&'a str>,
        index: &LabelIndex,
    ) -> Self {
        let facts = grid
            .cells
            .iter()
            .map(|cell| CellFacts::new(cell.text.value(), index))
            .collect();
        let mut sheet = Self {
            table,
            grid,
            unit: stated_unit(grid),
            heading,
            facts,
            rows: grid.rows,
            columns: grid.columns,
            turned: false,
            covering: Vec::new(),
            keeps_blanks: grid.keeps_blanks,
        };
        sheet.cover();
        sheet.keeps_blanks = sheet.keeps_blanks || sheet.shows_inner_blanks();
        sheet
    }

    /// Whether a row has an empty cell between two numbers.
    fn shows_inner_blanks(&self) -> bool {
        let cells = self.grid.cells.iter().zip(&self.facts);
        let (mut row, mut open) = (None, None);
        for (cell, facts) in cells {
            if row != Some(cell.row) {
                (row, open) = (Some(cell.row), None);
            }
            match open {
                Some(true) if facts.kind == Kind::Number => return true,
                Some(_) if cell.text.value().trim().is_empty() => open = Some(true),
                _ => open = (facts.kind == Kind::Number).then_some(false),
            }
        }
        false
    }

    /// The same grid with rows and columns exchanged.
    pub(super) fn turned(self) -> Self {
        let mut sheet = Self {
            rows: self.columns,
            columns: self.rows,
            turned: !self.turned,
            ..self
        };
        sheet.cover();
        sheet
    }

    fn cover(&mut self) {
        self.covering = vec![None; self.rows * self.columns];
        for cell in 0..self.grid.cells.len() {
            let (rows, columns) = (self.rows_of(cell), self.columns_of(cell));
            for row in rows {
                for column in columns.clone() {
                    if column < self.columns
                        && let Some(slot) = self.covering.get_mut(row * self.columns + column)
                    {
                        *slot = Some(cell);
                    }
                }
            }
        }
    }

    fn extent(&self, cell: usize, along_rows: bool) -> std::ops::Range<usize> {
        match self.grid.cells.get(cell) {
            Some(cell) if along_rows != self.turned => cell.row..cell.row + cell.row_span,
            Some(cell) => cell.column..cell.column + cell.column_span,
            None => 0..0,
        }
    }

    /// Rows that a cell covers.
    pub(super) fn rows_of(&self, cell: usize) -> std::ops::Range<usize> {
        self.extent(cell, true)
    }

    /// Columns that a cell covers.
    pub(super) fn columns_of(&self, cell: usize) -> std::ops::Range<usize> {
        self.extent(cell, false)
    }

    /// The cell at a position.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        if column >= self.columns {
            return None;
        }
        self.covering
            .get(row * self.columns + column)
            .copied()
            .flatten()
    }

    /// The cells of a row over some columns, each once, in order.
    pub(super) fn cells(&self, row: usize, columns: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut cells: Vec<usize> = Vec::new();
        for cell in columns
            .into_iter()
            .filter_map(|column| self.at(row, column))
        {
            if cells.last() != Some(&cell) {
                cells.push(cell);
            }
        }
        cells
    }

    /// The kind of a cell.
    pub(super) fn kind(&self, cell: usize) -> Kind {
        self.facts.get(cell).map_or(Kind::Blank, |facts| facts.kind)
    }

    /// The canonical text of a cell.
    pub(super) fn text(&self, cell: usize) -> &str {
        self.grid
            .cells
            .get(cell)
            .map(|cell| cell.text.value())
            .unwrap_or_default()
    }

    /// The wordings that a cell may be.
    pub(super) fn hits(&self, cell: usize) -> &[Hit] {
        self.facts
            .get(cell)
            .map(|facts| facts.hits.as_slice())
            .unwrap_or_default()
    }

    /// The year that a cell names where it names nothing else.
    pub(super) fn year_alone(&self, cell: usize) -> Option<i16> {
        match self.facts.get(cell)? {
            facts if facts.kind == Kind::Text => year_alone(&facts.label.full),
            _ => year_alone(&NormalLabel::new(self.text(cell)).full),
        }
    }

    /// The unit that a cell's label states in a bracket.
    pub(super) fn stated_unit(&self, cell: usize) -> Option<String> {
        self.facts
            .get(cell)
            .and_then(|facts| facts.label.unit.clone())
    }
}

/// A row of one of the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowAt {
    pub(super) sheet: usize,
    pub(super) row: usize,
}

/// A header and the rows under it. A band that runs over a page break takes its rows from two sheets.
#[derive(Debug, Clone, Default)]
pub(super) struct Band {
    pub(super) title: Option<usize>,
    pub(super) header: Vec<RowAt>,
    pub(super) body: Vec<RowAt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Title(usize),
    Header,
    Data,
}

/// Cuts sheets into bands, in reading order.
pub(super) fn bands(sheets: &[Sheet<'_>], index: &LabelIndex, codebook: &Codebook) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for (sheet_at, sheet) in sheets.iter().enumerate() {
        let mut current = Band::default();
        let mut inherited = false;
        let mut header_until = 0;
        for row in 0..sheet.rows {
            let mut class = class(sheet, row, index, codebook);
            let numbers = (0..sheet.columns)
                .filter_map(|column| sheet.at(row, column))
                .any(|cell| matches!(sheet.kind(cell), Kind::Number | Kind::Absent));
            if class == Class::Data && row < header_until && !numbers {
                class = Class::Header;
            }
            let at = RowAt {
                sheet: sheet_at,
                row,
            };
            match class {
                Class::Title(cell) => {
                    if !current.body.is_empty() {
                        let header = current.header.clone();
                        bands.push(std::mem::take(&mut current));
                        current.header = header;
                        inherited = true;
                    }
                    current.title = Some(cell);
                }
                Class::Header => {
                    if !current.body.is_empty() {
                        bands.push(std::mem::take(&mut current));
                    } else if inherited {
                        current.header.clear();
                    }
                    inherited = false;
                    header_until = sheet
                        .cells(row, 0..sheet.columns)
                        .into_iter()
                        .map(|cell| sheet.rows_of(cell).end)
                        .fold(header_until, usize::max);
                    current.header.push(at);
                }
                Class::Data => {
                    let first = current.body.is_empty()
                        && current.header.is_empty()
                        && current.title.is_none();
                    let above = bands.last().and_then(|band| band.body.last().copied());
                    if first
                        && let Some(above) = above
                        && continues(sheets, above, at)
                        && let Some(band) = bands.pop()
                    {
                        current = band;
                    }
                    current.body.push(at);
                }
            }
        }
        if !current.body.is_empty() {
            bands.push(current);
        }
    }
    bands
}

/// Whether a row without header and caption goes on with the table before: the next grid, as many columns.
fn continues(sheets: &[Sheet<'_>], above: RowAt, here: RowAt) -> bool {
    let (Some(before), Some(sheet)) = (sheets.get(above.sheet), sheets.get(here.sheet)) else {
        return false;
    };
    above.sheet + 1 == here.sheet
        && before.columns == sheet.columns
        && sheet.grid.caption.is_none()
        && above.row + 1 == before.rows
}

fn class(sheet: &Sheet<'_>, row: usize, index: &LabelIndex, codebook: &Codebook) -> Class {
    let cells = sheet.cells(row, 0..sheet.columns);
    let filled: Vec<usize> = cells
        .iter()
        .copied()
        .filter(|cell| sheet.kind(*cell) != Kind::Blank)
        .collect();
    let best = |cell: usize, wanted: fn(&Reference) -> bool| {
        sheet
            .hits(cell)
            .iter()
            .find(|hit| index.references(**hit).iter().any(wanted))
            .map_or(0.0, |hit| hit.score)
    };
    let is_row: fn(&Reference) -> bool = |reference| matches!(reference, Reference::Row { .. });
    let is_title: fn(&Reference) -> bool = |reference| matches!(reference, Reference::Title { .. });
    let is_head: fn(&Reference) -> bool =
        |reference| matches!(reference, Reference::Column { .. } | Reference::Role(_));
    if let [cell] = filled.as_slice() {
        let cell = *cell;
        if sheet.kind(cell) != Kind::Text || sheet.columns < 2 {
            return Class::Data;
        }
        let (as_row, as_title) = (best(cell, is_row), best(cell, is_title));
        let starts_here = sheet.rows_of(cell).start == row;
        let wide = starts_here
            && (sheet.columns_of(cell).len() == sheet.columns
                || (sheet.columns_of(cell).len() >= 2 && as_row == 0.0 && cells.len() <= 2));
        if (as_title >= 0.95 && as_title > as_row) || (wide && as_row < 0.9) {
            return if best(cell, is_head) >= 0.95 && !wide {
                Class::Header
            } else {
                Class::Title(cell)
            };
        }
        return Class::Data;
    }
    let texts: Vec<usize> = filled
        .iter()
        .copied()
        .filter(|cell| sheet.kind(*cell) == Kind::Text)
        .collect();
    let Some(first) = texts.first().copied() else {
        return if numbers_columns(sheet, &cells) {
            Class::Header
        } else {
            Class::Data
        };
    };
    let named = |cell: usize| best(cell, |reference| matches!(reference, Reference::Role(_)));
    // 项 is a unit, but over codes (类, 款, 项) a header.
    let unit = |cell: &usize| is_unit(sheet.text(*cell).trim()) && named(*cell) < 0.95;
    if texts.iter().any(unit) {
        return Class::Data;
    }
    if texts.len() < filled.len() {
        // `甲 | 乙 | 1`: the columns are numbered; else numbers are data.
        let labels = sheet.hits(first).iter().any(|hit| {
            hit.score >= 0.95
                && index.references(*hit).iter().any(|reference| {
                    let Reference::Role(role) = reference else {
                        return false;
                    };
                    codebook.columns.roles.get(*role).is_some_and(|(_, role)| {
                        use codebook::ColumnRole::{Label, Numbering};
                        matches!(role, Label | Numbering)
                    })
                })
        });
        return if labels && texts.iter().all(|cell| named(*cell) >= 0.95) {
            Class::Header
        } else {
            Class::Data
        };
    }
    if !sheet.is_turned() && row < sheet.grid.header_rows {
        return Class::Header;
    }
    let heads = texts
        .iter()
        .filter(|cell| best(**cell, is_head) >= 0.75)
        .count();
    let labelled = best(first, is_row) >= 0.9 && best(first, is_head) < 0.9;
    if heads > 0 && heads * 2 >= texts.len() && !labelled {
        Class::Header
    } else {
        Class::Data
    }
}

/// The unit that a cell of its own states for the whole table: `金额单位:万元`.
fn stated_unit(grid: &Grid) -> Option<String> {
    let units = grid.cells.iter().filter_map(|cell| {
        let text = cell.text.value().trim();
        let (label, unit) = text.split_once([':', '：'])?;
        let unit = unit.trim();
        (matches!(label.trim(), "单位" | "金额单位" | "计量单位") && is_unit(unit)).then_some(unit)
    });
    let mut units: Vec<&str> = units.collect();
    units.dedup();
    match units.as_slice() {
        [unit] => Some((*unit).to_owned()),
        _ => None,
    }
}

/// Whether a row without labels only numbers the columns: 1, 2, 3 to the last.
fn numbers_columns(sheet: &Sheet<'_>, cells: &[usize]) -> bool {
    const LEAST: usize = 4;
    let numbered = (1_u32..).zip(cells);
    cells.len() >= LEAST
        && cells.len() == sheet.columns
        && numbered.into_iter().all(|(number, cell)| {
            notation::number(sheet.text(*cell).trim()) == Some(f64::from(number))
        })
}

impl Sheet<'_> {
    /// Whether rows and columns are exchanged.
    pub(super) fn is_turned(&self) -> bool {
        self.turned
    }
}
