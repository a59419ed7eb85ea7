//! Matched rows and columns to readings.

use std::collections::BTreeMap;

use codebook::{Codebook, FormRow, FormTable, Target, ValueType};
use model::{Bound, ColumnMatch, Manner, Origin, Reading, ReadingStatus};
use notation::{CellNumber, CellValue};

use super::coded;
use super::columns::{Leaf, Panel};
use super::index::Hit;
use super::layout::{Kind, RowAt, Sheet};
use super::matching::{RowMatch, SAME};
use super::places::{Place, by_leaf, ends_in_blanks, list_places, proven_total};
use super::recognition::{Recognised, TableColumns, WHOLE_HEADER};
use super::rows::{Item, value_cells};
use crate::label::NormalLabel;

/// What the readings of a band are made from.
pub(super) struct Values<'a> {
    pub(super) sheets: &'a [Sheet<'a>],
    pub(super) band: &'a Recognised,
    pub(super) columns: &'a [TableColumns],
    pub(super) codebook: &'a Codebook,
}

impl Values<'_> {
    /// The readings of one row.
    pub(super) fn of_row(&self, found: &RowMatch, readings: &mut Vec<Reading>) {
        let Some(item) = self.band.items.get(found.item) else {
            return;
        };
        let (Some(panel), Some(at)) = (self.band.panels.get(item.panel), item.at) else {
            return;
        };
        let Some(sheet) = self.sheets.get(at.sheet) else {
            return;
        };
        let Some(form) = self.codebook.forms.get(found.form) else {
            return;
        };
        let Some((table, row)) = form
            .tables
            .get(found.table)
            .and_then(|table| Some((table, table.rows.get(found.row)?)))
        else {
            return;
        };
        let places = if table.columns.is_empty() {
            list_places(sheet, at.row, panel)
        } else {
            self.matrix_places(sheet, at.row, panel, item.panel, found.table, table)
        };
        if is_heading(sheet, row, found.row, table, &places) {
            return;
        }
        let column_match = self.column_match(item.panel, found.table);
        for place in places {
            let column = place.column.and_then(|column| table.columns.get(column));
            let mut target = match column {
                Some(column) => row.target.joined(&column.target),
                None => row.target.clone(),
            };
            if let (Some(leaf), None) = (place.leaf, column) {
                target.dimensions.extend(leaf.dimensions.clone());
            }
            if let Some(dimension) = &row.code
                && let Some(code) = coded::code(sheet, at.row, panel, item)
            {
                target.dimensions.insert(dimension.clone(), code);
            }
            let Some(indicator) = target.indicator.clone() else {
                continue;
            };
            let (Some(cell), Some(facts)) = (
                sheet.grid.cells.get(place.cell),
                sheet.facts.get(place.cell),
            ) else {
                continue;
            };
            let part = self.part(item, at, sheet, place.cell);
            let (status, number) = part_of(&facts.value, part);
            if status == ReadingStatus::Unreadable && is_wording(&facts.hits) {
                continue;
            }
            let unit = number
                .and_then(|number| number.unit.clone())
                .or_else(|| unit_beside(sheet, at.row, panel, item))
                .or_else(|| place.leaf.and_then(|leaf| leaf.unit.clone()))
                .or_else(|| column.and_then(|column| column.unit.clone()))
                .or_else(|| {
                    sheet
                        .grid
                        .caption
                        .as_ref()
                        .and_then(|caption| caption.unit.clone())
                })
                .or_else(|| sheet.unit.clone())
                .or_else(|| canonical_unit(row, table, &indicator, self.codebook));
            readings.push(Reading {
                dimensions: self.dimensions(target),
                label: label(item, place.leaf),
                value: number.map(|number| number.value),
                status,
                bound: number.map_or(Bound::Exact, |number| number.bound),
                unit,
                raw: cell.text.written().trim().to_owned(),
                form: Some(form.id.clone()),
                note: note(number, sheet, at.row, panel),
                origin: Origin::Cell {
                    table: sheet.table,
                    row: cell.row,
                    column: cell.column,
                },
                paired: Vec::new(),
                manner: Manner::Cell {
                    label: found.label,
                    column: column_match,
                },
                indicator,
            });
        }
    }

    /// How the columns of a panel were known.
    fn column_match(&self, panel: usize, table: usize) -> ColumnMatch {
        let of_table = self
            .columns
            .iter()
            .find(|columns| columns.panel == panel && columns.table == table);
        match of_table.map(|columns| columns.columns.share) {
            None => ColumnMatch::List,
            Some(share) if share >= WHOLE_HEADER => ColumnMatch::Header,
            Some(share) if share > 0.0 => ColumnMatch::PartOfHeader,
            Some(_) => ColumnMatch::Counted,
        }
    }

    /// Dimensions without those that say what is meant anyway.
    fn dimensions(&self, target: Target) -> BTreeMap<String, String> {
        let mut dimensions = target.dimensions;
        dimensions.retain(|dimension, value| !self.codebook.is_default(dimension, value));
        dimensions
    }

    /// Which of how many labels of its value cell an item is: parts of one label, or labels of rows that one
    /// value cell spans.
    fn part(&self, item: &Item, at: RowAt, sheet: &Sheet<'_>, cell: usize) -> (usize, usize) {
        if item.part.1 > 1 || sheet.rows_of(cell).len() < 2 {
            return item.part;
        }
        let rows: Vec<usize> = self
            .band
            .items
            .iter()
            .filter(|other| other.panel == item.panel && !other.text.trim().is_empty())
            .filter_map(|other| other.at)
            .filter(|other| other.sheet == at.sheet && sheet.rows_of(cell).contains(&other.row))
            .map(|other| other.row)
            .collect();
        match rows.iter().position(|row| *row == at.row) {
            Some(order) if rows.len() > 1 => (order, rows.len()),
            _ => item.part,
        }
    }

    fn matrix_places<'p>(
        &self,
        sheet: &Sheet<'_>,
        row: usize,
        panel: &'p Panel,
        panel_at: usize,
        table_at: usize,
        table: &FormTable,
    ) -> Vec<Place<'p>> {
        let Some(of_table) = self
            .columns
            .iter()
            .find(|columns| columns.panel == panel_at && columns.table == table_at)
        else {
            return Vec::new();
        };
        let labels = sheet.cells(row, panel.labels.iter().copied());
        let cells = value_cells(sheet, row, panel, &labels);
        // Where nothing shows that blanks were kept, a row that ends in some may have lost its own.
        if !sheet.keeps_blanks && ends_in_blanks(sheet, &cells) {
            return proven_total(sheet, &cells, table);
        }
        let of_leaf = &of_table.columns.of_leaf;
        if cells.len() == table.columns.len() && cells.len() != panel.leaves.len() {
            // Header cells of the grid run together; the values are as many as the form's columns.
            return cells
                .into_iter()
                .enumerate()
                .map(|(column, cell)| {
                    let start = sheet.columns_of(cell).start;
                    Place {
                        cell,
                        leaf: panel.leaves.iter().find(|leaf| leaf.range.contains(&start)),
                        column: Some(column),
                    }
                })
                .collect();
        }
        by_leaf(sheet, row, panel, &cells)
            .into_iter()
            .zip(&panel.leaves)
            .zip(of_leaf)
            .filter_map(|((cell, leaf), column)| {
                Some(Place {
                    cell: cell?,
                    leaf: Some(leaf),
                    column: Some((*column)?),
                })
            })
            .collect()
    }
}

/// A cell that holds a label or the head of a column is no value, however the rows came to lie.
fn is_wording(hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.score >= SAME)
}

/// The status of one part of a cell's value, and its number.
fn part_of(
    value: &CellValue,
    (order, count): (usize, usize),
) -> (ReadingStatus, Option<&CellNumber>) {
    match value {
        CellValue::Blank => (ReadingStatus::Blank, None),
        CellValue::NotApplicable => (ReadingStatus::NotApplicable, None),
        CellValue::Number(number) if count == 1 => (ReadingStatus::Reported, Some(number)),
        CellValue::Several(numbers) if count > 1 && numbers.len() == count => {
            match numbers.get(order) {
                Some(number) => (ReadingStatus::Reported, Some(number)),
                None => (ReadingStatus::Unreadable, None),
            }
        }
        _ => (ReadingStatus::Unreadable, None),
    }
}

/// Whether a row only heads those below it: some editions print a subtotal there, this one left it empty.
fn is_heading(
    sheet: &Sheet<'_>,
    row: &FormRow,
    row_at: usize,
    table: &FormTable,
    places: &[Place<'_>],
) -> bool {
    row.optional
        && table.rows.iter().any(|row| row.parent == Some(row_at))
        && places
            .iter()
            .all(|place| sheet.kind(place.cell) == Kind::Blank)
}

/// The unit that the row states: in its unit column, or in a bracket of its label.
fn unit_beside(sheet: &Sheet<'_>, row: usize, panel: &Panel, item: &Item) -> Option<String> {
    let (order, count) = item.part;
    let stated = panel
        .units
        .iter()
        .filter_map(|column| sheet.at(row, *column))
        .map(|cell| sheet.text(cell).trim())
        .find(|text| !text.is_empty())
        .map(|text| {
            let units: Vec<&str> = text.split_whitespace().collect();
            match units.get(order) {
                Some(unit) if count > 1 && units.len() == count => (*unit).to_owned(),
                _ => text.to_owned(),
            }
        });
    stated.or_else(|| item.label.unit.clone())
}

/// The form's unit; sums of money have none but what is printed, for 元 and 万元 are easily confused.
fn canonical_unit(
    row: &FormRow,
    table: &FormTable,
    indicator: &str,
    codebook: &Codebook,
) -> Option<String> {
    row.unit
        .clone()
        .or_else(|| table.unit.clone())
        .or_else(|| {
            codebook
                .indicator(indicator)
                .filter(|indicator| indicator.value_type != ValueType::Money)
                .map(|indicator| indicator.unit.clone())
        })
        .filter(|unit| !unit.is_empty())
}

/// The row's label; for a row without one that of its column, from the top group down.
fn label(item: &Item, leaf: Option<&Leaf>) -> String {
    let text = item.text.trim();
    match leaf {
        Some(leaf) if text.is_empty() => leaf
            .path
            .iter()
            .filter(|text| !NormalLabel::new(text).full.is_empty())
            .map(|text| text.trim())
            .collect::<Vec<_>>()
            .join(" "),
        _ => text.to_owned(),
    }
}

/// What a bracket in the cell and the note column say.
fn note(
    number: Option<&CellNumber>,
    sheet: &Sheet<'_>,
    row: usize,
    panel: &Panel,
) -> Option<String> {
    let mut notes: Vec<&str> = number
        .and_then(|number| number.note.as_deref())
        .into_iter()
        .collect();
    let beside = panel
        .notes
        .iter()
        .filter_map(|column| sheet.at(row, *column))
        .map(|cell| sheet.text(cell).trim())
        .filter(|text| !text.is_empty());
    notes.extend(beside);
    (!notes.is_empty()).then(|| notes.join(";"))
}
