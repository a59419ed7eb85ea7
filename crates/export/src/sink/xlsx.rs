//! XLSX: one workbook, a sheet for each table, header rows frozen, numbers as numbers.
//!
//! A table of more rows than a sheet holds goes on in `NAME 2`, …; a text longer than a cell holds goes on in the
//! sheet `continued`, and its cell is marked. Excel has no empty texts: they are blank like nulls.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use super::{Sink, no_table};
use crate::error::ExportError;
use crate::schema::{Kind, Table};
use crate::value::Value;

/// Rows of a sheet, the header among them.
const MOST_ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell's text.
const MOST_UNITS: usize = 32_767;
/// Where texts go on.
const CONTINUED: &str = "continued";
/// Widths of columns in characters: texts, and all others.
const WIDTHS: (f64, f64) = (28.0, 13.0);

/// A workbook.
pub(crate) struct Xlsx {
    path: PathBuf,
    workbook: Workbook,
    tables: BTreeMap<String, Sheets>,
    header: Format,
    marked: Format,
}

/// The sheets of a table.
struct Sheets {
    columns: Vec<(String, Kind)>,
    /// How many there are.
    count: usize,
    /// The last one's position in the workbook, and its next row.
    last: usize,
    next: u32,
}

/// A text that goes on: its column and the pieces after the first.
type Rest = (u16, Vec<String>);

impl Xlsx {
    pub(crate) fn new(path: &Path, scratch: &Path) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        let failed = ExportError::format(path);
        workbook.set_tempdir(scratch).map_err(&failed)?;
        // The same records give the same bytes: no clock.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(&failed)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        Ok(Self {
            path: path.to_owned(),
            workbook,
            tables: BTreeMap::new(),
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x00E7_EDF3)),
            marked: Format::new().set_background_color(Color::RGB(0x00FF_F2CC)),
        })
    }

    /// Begins a table with its first sheet.
    fn begin(&mut self, table: &str, columns: Vec<(String, Kind)>) -> Result<(), XlsxError> {
        let last = add_sheet(&mut self.workbook, table, &columns, &self.header)?;
        let sheets = Sheets {
            columns,
            count: 1,
            last,
            next: 1,
        };
        self.tables.insert(table.to_owned(), sheets);
        Ok(())
    }

    fn write(&mut self, table: &str, values: &[Value<'_>]) -> Result<bool, XlsxError> {
        let Some(sheets) = self.tables.get_mut(table) else {
            return Ok(false);
        };
        if sheets.next == MOST_ROWS {
            sheets.close(&mut self.workbook)?;
            sheets.count += 1;
            let name = sheets.name(table);
            sheets.last = add_sheet(&mut self.workbook, &name, &sheets.columns, &self.header)?;
            sheets.next = 1;
        }
        let row = sheets.next;
        let sheet = self.workbook.worksheet_from_index(sheets.last)?;
        let rests = write_row(sheet, row, values, &self.marked)?;
        sheets.next += 1;
        if rests.is_empty() {
            return Ok(true);
        }
        let name = sheets.name(table);
        let columns = sheets.columns.clone();
        for (column, pieces) in rests {
            let column = columns
                .get(usize::from(column))
                .map_or("", |(name, _)| name);
            for (piece, number) in pieces.iter().zip(2_usize..) {
                let values = [
                    Value::from(&name),
                    // As Excel counts.
                    Value::from(row + 1),
                    column.into(),
                    number.into(),
                    piece.into(),
                ];
                self.continued(&values)?;
            }
        }
        Ok(true)
    }

    /// A row of the sheet in which texts go on.
    fn continued(&mut self, values: &[Value<'_>]) -> Result<(), XlsxError> {
        if !self.tables.contains_key(CONTINUED) {
            let columns = [
                ("sheet", Kind::Text),
                ("row", Kind::Integer),
                ("column", Kind::Text),
                ("piece", Kind::Integer),
                ("text", Kind::Text),
            ];
            let columns = columns.map(|(name, kind)| (name.to_owned(), kind));
            self.begin(CONTINUED, columns.into())?;
        }
        self.write(CONTINUED, values)?;
        Ok(())
    }
}

impl Sheets {
    fn name(&self, table: &str) -> String {
        match self.count {
            1 => table.to_owned(),
            count => format!("{table} {count}"),
        }
    }

    /// The last sheet gets its filter.
    fn close(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let last = self.columns.len().saturating_sub(1);
        let last = u16::try_from(last).unwrap_or(u16::MAX);
        let sheet = workbook.worksheet_from_index(self.last)?;
        sheet.autofilter(0, 0, self.next.saturating_sub(1), last)?;
        Ok(())
    }
}

impl Sink for Xlsx {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        let columns = table.columns.iter();
        let columns = columns.map(|column| (column.name.clone(), column.kind));
        let begun = self.begin(&table.name, columns.collect());
        begun.map_err(ExportError::format(&self.path))
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        match self.write(table, values) {
            Ok(true) => Ok(()),
            Ok(false) => Err(no_table(&self.path, table)),
            Err(error) => Err(ExportError::format(&self.path)(error)),
        }
    }

    fn most_columns(&self) -> usize {
        16_384
    }

    fn finish(mut self: Box<Self>, _: &[(String, String)]) -> Result<(), ExportError> {
        let failed = ExportError::format(&self.path);
        for sheets in self.tables.values() {
            sheets.close(&mut self.workbook).map_err(&failed)?;
        }
        self.workbook.save(&self.path).map_err(failed)
    }
}

/// Adds a sheet with its header, and gives its position.
fn add_sheet(
    workbook: &mut Workbook,
    name: &str,
    columns: &[(String, Kind)],
    header: &Format,
) -> Result<usize, XlsxError> {
    let position = workbook.worksheets().len();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for ((column, kind), index) in columns.iter().zip(0_u16..) {
        let width = match kind {
            Kind::Text | Kind::Json => WIDTHS.0,
            _ => WIDTHS.1,
        };
        sheet.set_column_width(index, width)?;
        sheet.write_string_with_format(0, index, column, header)?;
    }
    Ok(position)
}

/// Writes a row, and gives what of its texts found no room.
fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    values: &[Value<'_>],
    marked: &Format,
) -> Result<Vec<Rest>, XlsxError> {
    let mut rests = Vec::new();
    for (value, column) in values.iter().zip(0_u16..) {
        match value {
            Value::Null => {}
            Value::Text(text) => {
                let mut pieces = pieces(text).into_iter();
                let first = pieces.next().unwrap_or_default();
                let rest: Vec<String> = pieces.map(str::to_owned).collect();
                if rest.is_empty() {
                    sheet.write_string(row, column, first)?;
                } else {
                    sheet.write_string_with_format(row, column, first, marked)?;
                    rests.push((column, rest));
                }
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "Excel has no other numbers; counts and lengths are below 2^53"
            )]
            Value::Integer(value) => {
                sheet.write_number(row, column, *value as f64)?;
            }
            Value::Number(value) => {
                sheet.write_number(row, column, *value)?;
            }
            Value::Boolean(value) => {
                sheet.write_boolean(row, column, *value)?;
            }
        }
    }
    Ok(rests)
}

/// A text in pieces that a cell holds each.
fn pieces(text: &str) -> Vec<&str> {
    // No character takes more UTF-16 units than bytes.
    if text.len() <= MOST_UNITS {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut units = 0;
        let end = rest.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > MOST_UNITS
        });
        let (piece, after) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_to_the_text_and_fit() {
        for text in ["", "短", &"长".repeat(70_000), &"𠮷a".repeat(30_000)] {
            let pieces = pieces(text);
            assert_eq!(pieces.concat(), *text);
            let fits = |piece: &&str| piece.encode_utf16().count() <= MOST_UNITS;
            assert!(pieces.iter().all(fits));
        }
    }
}
