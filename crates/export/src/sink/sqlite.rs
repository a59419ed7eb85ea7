//! SQLite: one file, with foreign keys, views, indexes and a full-text index of the sections.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};

use super::words::words;
use super::{Sink, no_table};
use crate::error::ExportError;
use crate::schema::{Column, Kind, Table};
use crate::value::Value;

/// SQLite's own limit.
const MOST_COLUMNS: usize = 2000;

/// Views, each with the tables that it needs.
const VIEWS: [(&str, &[&str], &str); 3] = [
    (
        "readings",
        &["indicators", "codebook"],
        "SELECT i.report_id, i.agency, i.agency_code, i.region, i.year, i.indicator, c.label AS indicator_label, i.dims, \
         i.value, i.unit, i.bound, i.form, i.confidence, i.origin, i.source, i.place FROM indicators i \
         JOIN codebook c ON c.indicator = i.indicator WHERE i.status = 'reported' AND i.copy_of IS NULL",
    ),
    (
        "failing_findings",
        &["findings", "rules"],
        "SELECT f.*, r.meaning_zh AS rule_meaning_zh FROM findings f LEFT JOIN rules r ON r.rule = f.rule \
         WHERE f.status = 'fail'",
    ),
    (
        "reports_by_year",
        &["reports"],
        "SELECT year, province, agency_level, count(*) AS reports, count(DISTINCT agency) AS agencies FROM reports \
         WHERE kind = 'annual_report' AND copy_of IS NULL GROUP BY year, province, agency_level",
    ),
];

/// Columns that are asked for: table and columns.
const INDEXES: [(&str, &str); 5] = [
    ("indicators", "indicator, year"),
    ("indicators", "agency, year"),
    ("reports", "agency, year"),
    ("sections", "canonical, year"),
    ("findings", "rule, status"),
];

/// Indexes the words of a section.
const INSERT_WORDS: &str =
    "INSERT INTO sections_fts(rowid, agency, heading, text) VALUES (?, ?, ?, ?)";

/// A database.
pub(crate) struct Sqlite {
    path: PathBuf,
    connection: Connection,
    tables: BTreeMap<String, Created>,
}

struct Created {
    insert: String,
    /// Where agency, heading and text stand in a row, of the table that is searched.
    searched: Option<[usize; 3]>,
}

impl Sqlite {
    pub(crate) fn new(path: &Path) -> Result<Self, ExportError> {
        let failed = ExportError::format(path);
        let connection = Connection::open(path).map_err(&failed)?;
        // The file takes its place when it is whole: until then no journal guards it.
        let settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; \
            PRAGMA cache_size = -65536; PRAGMA temp_store = FILE; PRAGMA page_size = 8192; BEGIN;";
        connection.execute_batch(settings).map_err(&failed)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self {
            path: path.to_owned(),
            connection,
            tables: BTreeMap::new(),
        })
    }

    fn insert(&self, created: &Created, values: &[Value<'_>]) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(&created.insert)?;
        statement.execute(rusqlite::params_from_iter(values.iter().map(Sql)))?;
        let Some(columns) = created.searched else {
            return Ok(());
        };
        let row = self.connection.last_insert_rowid();
        let [agency, heading, text] = columns.map(|column| match values.get(column) {
            Some(Value::Text(text)) => words(text),
            _ => String::new(),
        });
        let mut statement = self.connection.prepare_cached(INSERT_WORDS)?;
        statement.execute((row, agency, heading, text))?;
        Ok(())
    }

    fn complete(&self) -> rusqlite::Result<Option<String>> {
        let has = |table: &str| self.tables.contains_key(table);
        for (number, (table, columns)) in INDEXES.iter().enumerate() {
            if has(table) {
                let sql = format!("CREATE INDEX {table}_{number} ON {table}({columns});");
                self.connection.execute_batch(&sql)?;
            }
        }
        for (name, needs, query) in VIEWS {
            if needs.iter().all(|table| has(table)) {
                let sql = format!("CREATE VIEW {name} AS {query};");
                self.connection.execute_batch(&sql)?;
            }
        }
        if has("sections") {
            let merge = "INSERT INTO sections_fts(sections_fts) VALUES ('optimize');";
            self.connection.execute_batch(merge)?;
        }
        self.connection.execute_batch("ANALYZE; COMMIT;")?;
        let mut check = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut broken = check.query([])?;
        let Some(row) = broken.next()? else {
            return Ok(None);
        };
        let table: String = row.get(0)?;
        let parent: String = row.get(2)?;
        Ok(Some(format!("a row of {table} names none of {parent}")))
    }
}

impl Sink for Sqlite {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        let searched = (table.name == "sections").then(|| {
            ["agency", "heading", "text"].map(|name| {
                let mut columns = table.columns.iter();
                columns
                    .position(|column| column.name == name)
                    .unwrap_or(usize::MAX)
            })
        });
        let mut sql = create_table(table, searched.is_some());
        if searched.is_some() {
            // `content` tells Datasette which table is searched. What is indexed are words: see `words`.
            sql += "CREATE VIRTUAL TABLE sections_fts USING FTS5(agency, heading, text, content=\"sections\", \
                    content_rowid=\"id\", tokenize=\"unicode61\");";
        }
        let created = self.connection.execute_batch(&sql);
        created.map_err(ExportError::format(&self.path))?;
        let names: Vec<String> = table.columns.iter().map(|it| quoted(&it.name)).collect();
        let marks = vec!["?"; names.len()].join(", ");
        let columns = names.join(", ");
        let insert = format!(
            "INSERT INTO {}({columns}) VALUES ({marks})",
            quoted(&table.name)
        );
        self.tables
            .insert(table.name.clone(), Created { insert, searched });
        Ok(())
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        let Some(created) = self.tables.get(table) else {
            return Err(no_table(&self.path, table));
        };
        let inserted = self.insert(created, values);
        inserted.map_err(ExportError::format(&self.path))
    }

    fn most_columns(&self) -> usize {
        MOST_COLUMNS
    }

    fn finish(self: Box<Self>, _: &[(String, String)]) -> Result<(), ExportError> {
        let failed = ExportError::format(&self.path);
        match self.complete().map_err(&failed)? {
            Some(broken) => Err(failed(rusqlite::Error::InvalidParameterName(broken))),
            None => Ok(()),
        }
    }
}

/// A value as SQLite takes it.
struct Sql<'s, 'v>(&'s Value<'v>);

impl ToSql for Sql<'_, '_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Integer(value) => ValueRef::Integer(*value),
            Value::Number(value) => ValueRef::Real(*value),
            Value::Boolean(value) => ValueRef::Integer((*value).into()),
        }))
    }
}

fn create_table(table: &Table, own_id: bool) -> String {
    let mut lines: Vec<String> = table.columns.iter().map(create_column).collect();
    let key: Vec<String> = table.key.iter().map(|name| quoted(name)).collect();
    let key = key.join(", ");
    if own_id {
        // Ids of rows that the full-text index names must stand in a column, or VACUUM may change them.
        lines.insert(0, "\"id\" INTEGER PRIMARY KEY".into());
        lines.push(format!("UNIQUE ({key})"));
    } else {
        lines.push(format!("PRIMARY KEY ({key})"));
    }
    for reference in &table.references {
        let columns: Vec<String> = reference.columns.iter().map(|it| quoted(it)).collect();
        let foreign: Vec<String> = reference.foreign.iter().map(|it| quoted(it)).collect();
        lines.push(format!(
            "FOREIGN KEY ({}) REFERENCES {}({})",
            columns.join(", "),
            quoted(reference.table),
            foreign.join(", ")
        ));
    }
    format!(
        "CREATE TABLE {} (\n  {}\n);",
        quoted(&table.name),
        lines.join(",\n  ")
    )
}

fn create_column(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text | Kind::Category | Kind::Json => "TEXT",
        Kind::Integer | Kind::Boolean => "INTEGER",
        // 170 is stored and shown as 170, 0.6 as 0.6.
        Kind::Number => "NUMERIC",
    };
    let required = if column.required { " NOT NULL" } else { "" };
    format!("{} {kind}{required}", quoted(&column.name))
}

/// A name in SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
