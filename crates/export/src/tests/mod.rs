//! Nothing of a record is lost in the tables, and nothing of the tables in any format.

mod generated;
mod readers;
mod rebuilt;
mod settled;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use generated::records;

/// Tables as they are read back: rows by name, in order.
type Rows = BTreeMap<String, Vec<Vec<Value<'static>>>>;

/// Keeps all rows.
#[derive(Default, Clone)]
struct Memory {
    tables: Rc<RefCell<Vec<Table>>>,
    rows: Rc<RefCell<Rows>>,
}

fn owned(value: &Value<'_>) -> Value<'static> {
    match value {
        Value::Null => Value::Null,
        Value::Text(text) => Value::from(text.clone().into_owned()),
        Value::Integer(value) => Value::Integer(*value),
        Value::Number(value) => Value::Number(*value),
        Value::Boolean(value) => Value::Boolean(*value),
    }
}

impl Sink for Memory {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        self.tables.borrow_mut().push(table.clone());
        self.rows
            .borrow_mut()
            .insert(table.name.clone(), Vec::new());
        Ok(())
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        let mut rows = self.rows.borrow_mut();
        rows.get_mut(table)
            .unwrap()
            .push(values.iter().map(owned).collect());
        Ok(())
    }

    fn finish(self: Box<Self>, _: &[(String, String)]) -> Result<(), ExportError> {
        Ok(())
    }
}

fn fill(mut export: Export<'_>, records: &[Record]) -> Summary {
    for record in records {
        export.add(record).unwrap();
    }
    export
        .finish(&[("program".into(), "a test".into())])
        .unwrap()
}

/// What the tables hold before any format.
fn expected(records: &[Record]) -> (Vec<Table>, Rows) {
    let folder = tempfile::tempdir().unwrap();
    let draft = Draft::new(&folder.path().join("x")).unwrap();
    // Something must take the place.
    std::fs::create_dir(draft.content()).unwrap();
    let memory = Memory::default();
    let settings = Settings::new(Format::Csv);
    let sink = Box::new(memory.clone());
    fill(
        Export::begin(draft, sink, settings, Codebook::builtin()).unwrap(),
        records,
    );
    let tables = memory.tables.borrow().clone();
    let rows = memory.rows.borrow().clone();
    (tables, rows)
}

fn written(place: &Path, format: Format, records: &[Record]) -> Summary {
    let settings = Settings::new(format);
    fill(
        Export::new(place, settings, Codebook::builtin()).unwrap(),
        records,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_record_can_be_made_again_from_its_rows(records in records()) {
        let (tables, rows) = expected(&records);
        for table in &tables {
            for row in &rows[&table.name] {
                prop_assert_eq!(row.len(), table.columns.len(), "{}", &table.name);
                for (column, value) in table.columns.iter().zip(row) {
                    let missing = column.required && *value == Value::Null;
                    prop_assert!(!missing, "{}.{} is null", &table.name, &column.name);
                }
            }
        }
        let again = rebuilt::records(&tables, &rows);
        prop_assert_eq!(again.len(), records.len());
        for (again, record) in again.iter().zip(&records) {
            prop_assert_eq!(again, record);
        }
    }

    #[test]
    fn every_format_reads_back_as_it_was(records in records()) {
        let (tables, rows) = expected(&records);
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::Csv, Format::DataPackage, Format::Parquet, Format::Sqlite, Format::Xlsx] {
            let place = folder.path().join(format!("{format:?}"));
            written(&place, format, &records);
            let read = match format {
                Format::Csv | Format::DataPackage => readers::csv(&place, &tables),
                Format::Parquet => readers::parquet(&place, &tables),
                Format::Sqlite => readers::sqlite(&place, &tables),
                Format::Xlsx => readers::xlsx(&place, &tables),
            };
            for (table, rows) in &rows {
                let rows = rows.iter().map(|row| readers::as_in(format, row)).collect::<Vec<_>>();
                prop_assert_eq!(&read[table], &rows, "{:?}: {}", format, table);
            }
        }
    }

    #[test]
    fn the_same_records_give_the_same_bytes(records in records()) {
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::DataPackage, Format::Parquet, Format::Sqlite, Format::Xlsx] {
            let places = ["a", "b"].map(|name| folder.path().join(format!("{name}{format:?}")));
            let bytes = places.map(|place| {
                written(&place, format, &records);
                readers::bytes(&place)
            });
            prop_assert!(bytes[0] == bytes[1], "{:?}", format);
        }
    }
}

#[test]
fn what_stood_there_stays_until_the_export_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("tables");
    written(&place, Format::Csv, &[]);
    let before = readers::bytes(&place);
    let settings = Settings::new(Format::Csv);
    let codebook = Codebook::builtin();
    let export = Export::new(&place, settings.clone(), codebook).unwrap();
    let second = Export::new(&place, settings.clone(), codebook).err();
    assert!(matches!(second, Some(ExportError::Locked(_))), "{second:?}");
    drop(export);
    assert!(before == readers::bytes(&place));
    let names: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(
        names,
        ["tables"],
        "a draft that was given up leaves nothing"
    );
    // And what is no export is never replaced.
    std::fs::remove_file(place.join("about.csv")).unwrap();
    let other = Export::new(&place, settings, codebook).err();
    assert!(matches!(other, Some(ExportError::Occupied(_))), "{other:?}");
}

#[test]
fn only_the_tables_asked_for_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("db");
    let mut settings = Settings::new(Format::Sqlite);
    settings.only = vec!["indicators".into()];
    let summary = fill(
        Export::new(&place, settings, Codebook::builtin()).unwrap(),
        &[],
    );
    let tables: Vec<&str> = summary.rows.keys().map(String::as_str).collect();
    assert_eq!(tables, ["about", "columns", "indicators"]);
}
