//! A Frictionless Data Package: the CSV files with a description that programs read.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value as Json, json};

use super::Sink;
use super::csv::{Csv, Dialect, Written};
use crate::error::ExportError;
use crate::schema::{Column, Kind, Table};
use crate::value::Value;

/// Tables that are nianbao's own work, under its licences.
const OWN: [&str; 4] = ["codebook", "dimensions", "rules", "columns"];

/// A folder of CSV files and `datapackage.json`.
pub(crate) struct Package {
    folder: PathBuf,
    csv: Csv,
    tables: Vec<Table>,
    licence: Option<String>,
}

impl Package {
    /// `licence` is that of the reports, where the user knows one: an SPDX id or an address.
    pub(crate) fn new(folder: PathBuf, licence: Option<String>) -> Result<Self, ExportError> {
        Ok(Self {
            csv: Csv::new(folder.clone(), Dialect::default())?,
            folder,
            tables: Vec::new(),
            licence,
        })
    }

    fn describe(&self, files: &[Written], properties: &[(String, String)]) -> Json {
        let properties = properties.iter();
        let made: Map<String, Json> = properties
            .map(|(property, value)| (property.clone(), json!(value)))
            .collect();
        let mut package = json!({
            "profile": "tabular-data-package",
            "name": "nianbao-export",
            "title": "Annual reports as tables",
            "description": "Extracted by nianbao. Every value says where in which source file it stands; the sources \
                stand in `reports`, what indicators mean in `codebook`, what columns mean in `columns`.",
            "version": made.get("export_schema"),
            "sources": [{ "title": "Source files, each with path, address and SHA-256", "path": "reports.csv" }],
            "nianbao": made,
        });
        if let (Some(licence), Some(package)) = (&self.licence, package.as_object_mut()) {
            package.insert("licenses".into(), json!([named(licence)]));
        }
        let resources = self.tables.iter().filter_map(|table| {
            let name = format!("{}.csv", table.name);
            let file = files.iter().find(|file| file.name == name)?;
            Some(resource(table, file))
        });
        let resources: Vec<Json> = resources.collect();
        if let Some(package) = package.as_object_mut() {
            package.insert("resources".into(), json!(resources));
        }
        package
    }
}

fn resource(table: &Table, file: &Written) -> Json {
    let references = table.references.iter();
    let foreign = references.map(|reference| {
        json!({
            "fields": reference.columns,
            "reference": { "resource": reference.table, "fields": reference.foreign },
        })
    });
    let mut resource = json!({
        "name": table.name,
        "path": file.name,
        "profile": "tabular-data-resource",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "schema": {
            "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": table.key,
            "foreignKeys": foreign.collect::<Vec<_>>(),
            "missingValues": [""],
        },
    });
    if let (true, Some(resource)) = (OWN.contains(&table.name.as_str()), resource.as_object_mut()) {
        resource.insert(
            "licenses".into(),
            json!([named("Apache-2.0"), named("MIT")]),
        );
    }
    resource
}

/// A licence by its address or its SPDX id.
fn named(licence: &str) -> Json {
    if licence.contains("://") {
        json!({ "path": licence })
    } else {
        json!({ "name": licence })
    }
}

fn field(column: &Column) -> Json {
    let kind = match column.kind {
        Kind::Text | Kind::Category | Kind::Json => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.about });
    // Readers take an empty text for a missing one.
    if let (true, Some(field)) = (
        column.required && column.kind != Kind::Text,
        field.as_object_mut(),
    ) {
        field.insert("constraints".into(), json!({ "required": true }));
    }
    field
}

impl Sink for Package {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        self.tables.push(table.clone());
        self.csv.create(table)
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        self.csv.row(table, values)
    }

    fn finish(mut self: Box<Self>, properties: &[(String, String)]) -> Result<(), ExportError> {
        let files = self.csv.close()?;
        let description = self.describe(&files, properties);
        let path = self.folder.join("datapackage.json");
        let text =
            serde_json::to_string_pretty(&description).map_err(ExportError::format(&path))?;
        fs::write(&path, text + "\n").map_err(ExportError::writing(&path))
    }
}
