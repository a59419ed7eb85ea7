//! Records as tables, for the tools that users have: CSV, Parquet, SQLite, XLSX, Frictionless Data Package.
//!
//! What it does: turns records one by one into the rows of the same tables in any of the formats, writes them beside
//! their place and puts the whole into it. What goes in: records and the codebook they were read by. What comes out:
//! a file or a folder, the same bytes for the same records in the same order. What stays in memory does not grow
//! with the records, but for some 50 bytes each, by which copies are known.
//! What it may not know: how a report is read, where records come from, a clock.
//!
//! No row is without its place: source file and page, node, lines or cell. What the record keeps apart (blank and
//! zero, exact and about, printed and derived) the tables keep apart. The wide panel alone chooses, by a rule: see
//! its description.

mod copies;
mod draft;
mod error;
mod rows;
mod schema;
mod sink;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use codebook::Codebook;
use record::Record;

use draft::Draft;
use rows::Entry;
use rows::wide::Wide;
use sink::{Csv, Package, Parquet, Sink, Sqlite, Xlsx};

pub use copies::Copies;
pub use error::ExportError;
pub use rows::Emit;
pub use schema::{Column, Kind, Reference, Table};
pub use value::Value;

/// Version of the tables: their names, columns and meanings. Within a version columns may be added at the end.
pub const SCHEMA_VERSION: &str = "1";

/// The wide panel's name.
const WIDE: &str = "wide";
/// Tables that are always written: by the last one an export is known.
const ALWAYS: [&str; 2] = ["columns", "about"];

/// In what an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A folder of CSV files.
    Csv,
    /// A folder of Parquet files.
    Parquet,
    /// An SQLite database.
    Sqlite,
    /// An Excel workbook.
    Xlsx,
    /// A folder of CSV files with a `datapackage.json`.
    DataPackage,
}

/// What is written and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The format.
    pub format: Format,
    /// CSV: begin each file with a byte order mark.
    pub bom: bool,
    /// CSV: put `'` before texts that a spreadsheet would take for a formula.
    pub escape_formulas: bool,
    /// CSV: each table of each report also as a file of its own, in `grids`.
    pub grids: bool,
    /// Only these tables; empty for all.
    pub only: Vec<String>,
    /// Data Package: the licence of the reports, an SPDX id or an address.
    pub licence: Option<String>,
}

impl Settings {
    /// All tables in a format.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            bom: false,
            escape_formulas: false,
            grids: false,
            only: Vec::new(),
            licence: None,
        }
    }
}

/// The tables that records fill one by one: all but the wide panel and what the codebook says.
pub fn record_tables(codebook: &Codebook) -> Vec<Table> {
    rows::record_tables(codebook)
}

/// Calls `take` with each row of a record in [`record_tables`]: the table's name, and a value for each of its columns.
/// `own` is the id that [`Copies`] gives to a record whose id an earlier one has.
///
/// # Errors
/// Those of `take`.
pub fn each_row<E>(
    record: &Record,
    own: Option<&str>,
    codebook: &Codebook,
    take: &mut Emit<'_, E>,
) -> Result<(), E> {
    rows::each(&Entry::new(record, own), codebook, take)
}

/// All tables in their order. The wide panel stands with the columns that it has whatever the records.
pub fn tables(codebook: &Codebook) -> Vec<Table> {
    let mut tables = rows::record_tables(codebook);
    tables.insert(2, rows::wide::table_of(&[], 1, codebook));
    tables.extend(rows::knowledge_tables());
    tables
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Records taken in.
    pub records: u64,
    /// Records whose id an earlier one has.
    pub copies: u64,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Indicators that the codebook does not know.
    pub unknown: BTreeSet<String>,
}

/// An export that is being written. Where it is not finished, what stood in its place stays.
pub struct Export<'c> {
    codebook: &'c Codebook,
    settings: Settings,
    draft: Draft,
    sink: Box<dyn Sink>,
    tables: Vec<Table>,
    wide: Option<Wide>,
    copies: Copies,
    summary: Summary,
}

impl<'c> Export<'c> {
    /// Begins an export to `place`, a file or a folder as the format wants it.
    ///
    /// # Errors
    /// [`ExportError::Occupied`] where something else stands there, [`ExportError::Locked`] where another export
    /// writes there, [`ExportError::Write`] where nothing can be written.
    pub fn new(
        place: &Path,
        settings: Settings,
        codebook: &'c Codebook,
    ) -> Result<Self, ExportError> {
        let folder = matches!(
            settings.format,
            Format::Csv | Format::Parquet | Format::DataPackage
        );
        check_vacant(place, folder)?;
        let draft = Draft::new(place)?;
        let content = draft.content();
        let sink: Box<dyn Sink> = match settings.format {
            Format::Csv => {
                let dialect = sink::Dialect {
                    bom: settings.bom,
                    escape_formulas: settings.escape_formulas,
                };
                Box::new(Csv::new(content, dialect)?)
            }
            Format::Parquet => Box::new(Parquet::new(content)?),
            Format::Sqlite => Box::new(Sqlite::new(&content)?),
            Format::Xlsx => Box::new(Xlsx::new(&content, draft.scratch_folder())?),
            Format::DataPackage => Box::new(Package::new(content, settings.licence.clone())?),
        };
        Self::begin(draft, sink, settings, codebook)
    }

    /// The same into any sink.
    fn begin(
        draft: Draft,
        sink: Box<dyn Sink>,
        settings: Settings,
        codebook: &'c Codebook,
    ) -> Result<Self, ExportError> {
        let mut export = Self {
            codebook,
            wide: None,
            settings,
            draft,
            sink,
            tables: Vec::new(),
            copies: Copies::default(),
            summary: Summary {
                records: 0,
                copies: 0,
                rows: BTreeMap::new(),
                unknown: BTreeSet::new(),
            },
        };
        if export.wanted(WIDE) {
            export.wide = Some(Wide::new(export.draft.scratch("wide")?));
        }
        for table in rows::record_tables(codebook) {
            export.create(table)?;
        }
        Ok(export)
    }

    fn wanted(&self, table: &str) -> bool {
        let only = &self.settings.only;
        only.is_empty() || ALWAYS.contains(&table) || only.iter().any(|name| name == table)
    }

    /// Begins a table that is wanted, without references to tables that are not.
    fn create(&mut self, mut table: Table) -> Result<(), ExportError> {
        // A wide panel of too many columns goes on in `wide_2`.
        let name = if table.name.starts_with(WIDE) {
            WIDE
        } else {
            &table.name
        };
        if !self.wanted(name) {
            return Ok(());
        }
        table
            .references
            .retain(|reference| self.wanted(reference.table));
        self.sink.create(&table)?;
        self.summary.rows.insert(table.name.clone(), 0);
        self.tables.push(table);
        Ok(())
    }

    /// Takes in a record.
    ///
    /// # Errors
    /// What could not be written.
    pub fn add(&mut self, record: &Record) -> Result<(), ExportError> {
        self.summary.records += 1;
        let own = self.copies.own_id(&record.id);
        self.summary.copies += u64::from(own.is_some());
        let entry = Entry::new(record, own.as_deref());
        let (sink, counts) = (&mut self.sink, &mut self.summary.rows);
        rows::each(&entry, self.codebook, &mut |table, values| {
            put(sink.as_mut(), counts, table, values)
        })?;
        for id in record
            .indicators
            .iter()
            .map(|it| &it.id)
            .chain(record.derived.iter().map(|it| &it.id))
        {
            if self.codebook.indicator(id).is_none() && !self.summary.unknown.contains(id) {
                self.summary.unknown.insert(id.clone());
            }
        }
        if let Some(wide) = &mut self.wide {
            let added = wide.add(&entry, self.codebook);
            added.map_err(ExportError::writing(self.draft.scratch_folder()))?;
        }
        if self.settings.grids {
            for table in &record.tables {
                let name = format!("{}-{}", entry.id, table.id);
                self.sink.grid(&name, &table.rows)?;
            }
        }
        Ok(())
    }

    /// Writes what concerns all records, and puts the whole in its place. `properties` say where the records come
    /// from; they stand in the table `about` with what the export knows itself.
    ///
    /// # Errors
    /// What could not be written.
    pub fn finish(mut self, properties: &[(String, String)]) -> Result<Summary, ExportError> {
        self.write_wide()?;
        for table in rows::knowledge_tables() {
            self.create(table)?;
        }
        let mut all = vec![
            ("export_schema".to_owned(), SCHEMA_VERSION.to_owned()),
            (
                "record_schema".to_owned(),
                record::SCHEMA_VERSION.to_owned(),
            ),
            ("codebook".to_owned(), self.codebook.version.clone()),
            ("records".to_owned(), self.summary.records.to_string()),
        ];
        all.extend_from_slice(properties);
        let (sink, counts) = (&mut self.sink, &mut self.summary.rows);
        let mut emit =
            |table: &'static str, values: &[Value<'_>]| put(sink.as_mut(), counts, table, values);
        rows::codebook_rows(self.codebook, &self.summary.unknown, &mut emit)?;
        rows::column_rows(&self.tables, &mut emit)?;
        rows::about(&all, &mut emit)?;
        self.sink.finish(&all)?;
        self.draft.place()?;
        Ok(self.summary)
    }

    fn write_wide(&mut self) -> Result<(), ExportError> {
        let Some(wide) = self.wide.take() else {
            return Ok(());
        };
        let scratch: PathBuf = self.draft.scratch_folder().to_owned();
        let failed = ExportError::writing(&scratch);
        let finished = wide.finish(self.codebook, self.sink.most_columns());
        let (tables, mut rows) = finished.map_err(&failed)?;
        for table in &tables {
            self.create(table.clone())?;
        }
        while let Some((own, numbers)) = rows.next().map_err(&failed)? {
            let mut numbers = numbers.into_iter();
            for table in &tables {
                let mut values = own.clone();
                values.extend(numbers.by_ref().take(table.columns.len() - own.len()));
                put(
                    self.sink.as_mut(),
                    &mut self.summary.rows,
                    &table.name,
                    &values,
                )?;
            }
        }
        Ok(())
    }
}

/// Writes a row of a table that is wanted, and counts it.
fn put(
    sink: &mut dyn Sink,
    counts: &mut BTreeMap<String, u64>,
    table: &str,
    values: &[Value<'_>],
) -> Result<(), ExportError> {
    if let Some(count) = counts.get_mut(table) {
        *count += 1;
        sink.row(table, values)?;
    }
    Ok(())
}

/// What stands at the place may be an earlier export, and nothing else.
fn check_vacant(place: &Path, folder: bool) -> Result<(), ExportError> {
    let occupied = if folder && place.is_dir() {
        let mut entries = place.read_dir().map_err(ExportError::writing(place))?;
        let export = ["about.csv", "about.parquet"];
        entries.next().is_some() && !export.iter().any(|name| place.join(name).exists())
    } else if folder {
        place.exists()
    } else {
        place.is_dir()
    };
    if occupied {
        return Err(ExportError::Occupied(place.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
