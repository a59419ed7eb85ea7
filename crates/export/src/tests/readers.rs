//! Each format read back by other code than wrote it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use regex::Regex;
use rusqlite::types::ValueRef;

use super::Rows;
use crate::{Format, Kind, Table, Value};

/// A row as a format can hold it: SQLite keeps truth as 0 and 1 and a whole number as such, Excel has no empty
/// texts.
pub(super) fn as_in(format: Format, row: &[Value<'static>]) -> Vec<Value<'static>> {
    let row = row.iter().cloned();
    row.map(|value| match (format, value) {
        (Format::Sqlite, Value::Boolean(value)) => Value::Integer(value.into()),
        (Format::Xlsx, Value::Text(text)) if text.is_empty() => Value::Null,
        (_, value) => value,
    })
    .collect()
}

/// Every file of a place with its bytes.
pub(super) fn bytes(place: &Path) -> BTreeMap<String, Vec<u8>> {
    if !place.is_dir() {
        return [(String::new(), fs::read(place).unwrap())].into();
    }
    let entries = place.read_dir().unwrap();
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// A text that stands for a value of its column's kind.
fn typed(kind: Kind, text: &str) -> Value<'static> {
    match kind {
        Kind::Text | Kind::Category | Kind::Json => Value::from(text.to_owned()),
        Kind::Integer => Value::Integer(text.parse().unwrap()),
        Kind::Number => Value::Number(text.parse().unwrap()),
        Kind::Boolean => Value::Boolean(text == "true" || text == "1"),
    }
}

/// The fields of a text by RFC 4180; `None` for a field of nothing, not even quotes.
fn fields(text: &str) -> Vec<Vec<Option<String>>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let field = if let Some(mut quoted) = rest.strip_prefix('"') {
            let mut field = String::new();
            loop {
                let (before, after) = quoted.split_once('"').unwrap();
                field.push_str(before);
                match after.strip_prefix('"') {
                    Some(after) => {
                        field.push('"');
                        quoted = after;
                    }
                    None => {
                        rest = after;
                        break;
                    }
                }
            }
            Some(field)
        } else {
            let end = rest.find([',', '\r']).unwrap();
            let (field, after) = rest.split_at(end);
            rest = after;
            (!field.is_empty()).then(|| field.to_owned())
        };
        line.push(field);
        if let Some(after) = rest.strip_prefix("\r\n") {
            lines.push(std::mem::take(&mut line));
            rest = after;
        } else {
            rest = rest.strip_prefix(',').unwrap();
        }
    }
    lines
}

pub(super) fn csv(folder: &Path, tables: &[Table]) -> Rows {
    let read = |table: &Table| {
        let text = fs::read_to_string(folder.join(format!("{}.csv", table.name))).unwrap();
        let mut lines = fields(&text).into_iter();
        let header = lines.next().unwrap();
        let names = table.columns.iter().map(|column| Some(column.name.clone()));
        assert_eq!(header, names.collect::<Vec<_>>());
        let rows = lines.map(|line| {
            let fields = line.into_iter().zip(&table.columns);
            let value = |(field, column): (Option<String>, &crate::Column)| {
                field.map_or(Value::Null, |field| typed(column.kind, &field))
            };
            fields.map(value).collect()
        });
        rows.collect()
    };
    tables
        .iter()
        .map(|table| (table.name.clone(), read(table)))
        .collect()
}

pub(super) fn parquet(folder: &Path, tables: &[Table]) -> Rows {
    let read = |table: &Table| {
        let file = File::open(folder.join(format!("{}.parquet", table.name))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let value = |field: &Field| match field {
            Field::Null => Value::Null,
            Field::Str(text) => Value::from(text.clone()),
            Field::Long(value) => Value::Integer(*value),
            Field::Double(value) => Value::Number(*value),
            Field::Bool(value) => Value::Boolean(*value),
            other => panic!("{other:?}"),
        };
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| {
            row.unwrap()
                .get_column_iter()
                .map(|(_, field)| value(field))
                .collect()
        })
        .collect()
    };
    tables
        .iter()
        .map(|table| (table.name.clone(), read(table)))
        .collect()
}

pub(super) fn sqlite(file: &Path, tables: &[Table]) -> Rows {
    let connection = rusqlite::Connection::open(file).unwrap();
    let read = |table: &Table| {
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|it| format!("\"{}\"", it.name))
            .collect();
        let query = format!(
            "SELECT {} FROM \"{}\" ORDER BY rowid",
            names.join(", "),
            table.name
        );
        let mut statement = connection.prepare(&query).unwrap();
        let rows = statement.query_map([], |row| {
            let value = |(index, column): (usize, &crate::Column)| {
                Ok(match row.get_ref(index)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Text(text) => Value::from(String::from_utf8(text.to_vec()).unwrap()),
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "what was a double is one again"
                    )]
                    ValueRef::Integer(value) if column.kind == Kind::Number => {
                        Value::Number(value as f64)
                    }
                    ValueRef::Integer(value) => Value::Integer(value),
                    ValueRef::Real(value) => Value::Number(value),
                    ValueRef::Blob(_) => panic!("bytes"),
                })
            };
            table
                .columns
                .iter()
                .enumerate()
                .map(|(index, column)| value((index, column)))
                .collect()
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    tables
        .iter()
        .map(|table| (table.name.clone(), read(table)))
        .collect()
}

pub(super) fn xlsx(file: &Path, tables: &[Table]) -> Rows {
    let mut archive = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let sheet = Regex::new(r#"<sheet name="([^"]*)""#).unwrap();
    let workbook = part("xl/workbook.xml");
    let names: Vec<&str> = sheet
        .captures_iter(&workbook)
        .map(|it| it.extract::<1>().1[0])
        .collect();
    let read = |table: &Table| {
        let number = names.iter().position(|name| *name == table.name).unwrap() + 1;
        let text = part(&format!("xl/worksheets/sheet{number}.xml"));
        assert!(
            text.contains(r#"state="frozen""#),
            "{}: its header is not frozen",
            table.name
        );
        let mut rows = cells(&text, table);
        rows.remove(0);
        rows
    };
    let mut read = read;
    tables
        .iter()
        .map(|table| (table.name.clone(), read(table)))
        .collect()
}

/// The rows of a sheet, the header among them.
fn cells(sheet: &str, table: &Table) -> Vec<Vec<Value<'static>>> {
    let row = Regex::new(r"(?s)<row [^>]*?(?:/>|>(.*?)</row>)").unwrap();
    let cell = Regex::new(r#"(?s)<c r="([A-Z]+)[0-9]+"([^>]*?)(?:/>|>(.*?)</c>)"#).unwrap();
    let content = Regex::new(r"(?s)<(?:v|t)(?: [^>]*)?>(.*?)</(?:v|t)>").unwrap();
    let mut rows = Vec::new();
    for (index, row) in row.captures_iter(sheet).enumerate() {
        let mut values = vec![Value::Null; table.columns.len()];
        for cell in cell.captures_iter(row.get(1).map_or("", |it| it.as_str())) {
            let letters = cell[1].bytes();
            let column =
                letters.fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1;
            let inner = cell.get(3).map_or("", |it| it.as_str());
            let text = content
                .captures(inner)
                .map_or(String::new(), |it| unescaped(&it[1]));
            let inline = cell[2].contains("inlineStr");
            let kind = if index == 0 {
                Kind::Text
            } else {
                table.columns[column].kind
            };
            let texts = matches!(kind, Kind::Text | Kind::Category | Kind::Json);
            assert_eq!(inline, texts, "{}: {}", table.name, &cell[0]);
            values[column] = typed(kind, &text);
        }
        rows.push(values);
    }
    rows
}

/// Text as XML and, within it, as Excel (`_x000D_`) escapes it.
fn unescaped(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let escape = Regex::new("_x([0-9A-F]{4})_").unwrap();
    let character = |found: &regex::Captures<'_>| {
        char::from_u32(u32::from_str_radix(&found[1], 16).unwrap())
            .unwrap()
            .to_string()
    };
    escape.replace_all(&text, character).into_owned()
}
