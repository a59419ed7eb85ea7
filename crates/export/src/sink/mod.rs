//! What writes tables in a format.

mod csv;
mod package;
mod parquet;
mod sqlite;
mod words;
mod xlsx;

use crate::error::ExportError;
use crate::schema::Table;
use crate::value::Value;

pub(crate) use csv::{Csv, Dialect};
pub(crate) use package::Package;
pub(crate) use parquet::Parquet;
pub(crate) use sqlite::Sqlite;
pub(crate) use xlsx::Xlsx;

/// Writes tables in a format. Rows of several tables may come in turn.
pub(crate) trait Sink {
    /// Begins a table.
    fn create(&mut self, table: &Table) -> Result<(), ExportError>;

    /// Writes a row of a table that was begun: a value for each of its columns.
    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError>;

    /// Writes a table of a report as it stands there, by itself.
    fn grid(&mut self, _name: &str, _rows: &[Vec<String>]) -> Result<(), ExportError> {
        Ok(())
    }

    /// How many columns a table may have.
    fn most_columns(&self) -> usize {
        usize::MAX
    }

    /// Ends all tables. `properties` say what the export was made of.
    fn finish(self: Box<Self>, properties: &[(String, String)]) -> Result<(), ExportError>;
}

/// That a row names a table that was not begun: a fault of this crate.
fn no_table(place: &std::path::Path, table: &str) -> ExportError {
    ExportError::Format {
        path: place.to_owned(),
        message: format!("a row for the table {table}, which was not begun"),
    }
}
