//! The rows that a record becomes.
//!
//! Each module holds a table: its columns and, beside them, the rows that fill them.

mod content;
mod finding;
mod indicator;
mod knowledge;
mod place;
mod report;
mod table;
pub(crate) mod wide;

use codebook::Codebook;
use record::Record;

use crate::schema::{Column, Kind, Table, may};
use crate::value::Value;

use place::Places;

pub(crate) use knowledge::{about, codebook_rows, column_rows, knowledge_tables};

/// Takes a row: the table's name, and a value for each of its columns.
pub type Emit<'e, E> = dyn FnMut(&'static str, &[Value<'_>]) -> Result<(), E> + 'e;

/// The tables that records fill, but for the wide panel, whose columns the records make.
pub(crate) fn record_tables(codebook: &Codebook) -> Vec<Table> {
    vec![
        report::table(),
        indicator::table(codebook),
        finding::findings(),
        content::sections(),
        content::content(),
        table::tables(),
        table::cells(),
        content::quantities(),
        finding::review(),
        finding::warnings(),
    ]
}

/// A record with the id that its rows bear.
pub(crate) struct Entry<'r> {
    pub(crate) record: &'r Record,
    /// The record's id, made unlike that of an earlier record.
    pub(crate) id: &'r str,
    /// The id that an earlier record has too.
    pub(crate) copy_of: Option<&'r str>,
}

impl<'r> Entry<'r> {
    /// `own` is the id of its rows where an earlier record has the record's.
    pub(crate) fn new(record: &'r Record, own: Option<&'r str>) -> Self {
        Self {
            record,
            id: own.unwrap_or(&record.id),
            copy_of: own.is_some().then_some(record.id.as_str()),
        }
    }
}

/// Calls `emit` with each row of a record, table by table.
pub(crate) fn each<E>(
    entry: &Entry<'_>,
    codebook: &Codebook,
    emit: &mut Emit<'_, E>,
) -> Result<(), E> {
    let places = Places::of(entry.record);
    report::row(entry, emit)?;
    indicator::rows(entry, &places, codebook, emit)?;
    finding::rows(entry, emit)?;
    content::rows(entry, &places, emit)?;
    table::rows(entry, emit)
}

/// Who reports and for when: the columns that stand in each table of the panel.
fn who_and_when() -> Vec<Column> {
    vec![
        may(
            "agency",
            Kind::Category,
            "Who reports; null where the source names none.",
        ),
        may(
            "agency_code",
            Kind::Category,
            "Six-digit code (GB/T 2260) of the smallest division known that the agency lies in, as it was in the year \
             covered. With `agency` it tells agencies apart.",
        ),
        may(
            "region",
            Kind::Category,
            "Province, city and county of the agency, one after the other, as far as the source supports them.",
        ),
        may("year", Kind::Integer, "The year covered."),
    ]
}

fn who_and_when_of(record: &Record) -> [Value<'_>; 4] {
    let region = &record.agency.region;
    let parts = [&region.province, &region.city, &region.county];
    let name: String = parts.into_iter().flatten().map(String::as_str).collect();
    [
        record.agency.name.as_ref().into(),
        region.code.as_ref().into(),
        Value::from(Some(name).filter(|name| !name.is_empty())),
        record.period.as_ref().map(|period| period.year).into(),
    ]
}

fn copy_of() -> Column {
    may(
        "copy_of",
        Kind::Text,
        "Null but for a record whose id an earlier one has too, since the same bytes stand at several paths: that id. \
         Its own `report_id` ends in -2, -3, …",
    )
}

fn source() -> Column {
    crate::schema::must(
        "source",
        Kind::Category,
        "Path of the file that it stands in, as given; of a report split over pages that of the page.",
    )
}
