//! Rows of a table as columns of Arrow: the tables and the values are those of `nianbao-export`.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use codebook::Codebook;
use export::{Kind, Table, Value};

/// Rows of a table that is being made.
pub(crate) struct Rows {
    pub(crate) name: String,
    pub(crate) fields: Fields,
    columns: Vec<Column>,
    /// Rows so far.
    pub(crate) count: usize,
    /// Bytes that they take, about.
    pub(crate) bytes: usize,
}

/// A column that is being made.
enum Column {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
}

/// There is no table of this name.
pub(crate) struct NoTable {
    pub(crate) known: String,
}

impl Rows {
    /// None of a table yet.
    pub(crate) fn of(name: &str, codebook: &Codebook) -> Result<Self, NoTable> {
        let tables = export::record_tables(codebook);
        let Some(table) = tables.iter().find(|table| table.name == name) else {
            let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
            return Err(NoTable {
                known: names.join(", "),
            });
        };
        Ok(Self::new(table))
    }

    fn new(table: &Table) -> Self {
        let columns = &table.columns;
        let fields = columns
            .iter()
            .map(|column| Field::new(&column.name, data_type(column.kind), !column.required));
        Self {
            name: table.name.clone(),
            fields: fields.collect(),
            columns: columns
                .iter()
                .map(|column| Column::new(column.kind))
                .collect(),
            count: 0,
            bytes: 0,
        }
    }

    pub(crate) fn add(&mut self, values: &[Value<'_>]) -> Result<(), ArrowError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            self.bytes += column.add(value)?;
        }
        self.count += 1;
        Ok(())
    }

    /// The columns; none of the rows is left here.
    pub(crate) fn take(&mut self) -> Vec<ArrayRef> {
        self.count = 0;
        self.bytes = 0;
        self.columns.iter_mut().map(Column::take).collect()
    }
}

/// As a Parquet file of the export is read.
fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Category | Kind::Json => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
    }
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Category | Kind::Json => Self::Text(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
        }
    }

    /// Adds a value and says how many bytes it takes.
    fn add(&mut self, value: &Value<'_>) -> Result<usize, ArrowError> {
        match (self, value) {
            (Self::Text(column), Value::Text(text)) => {
                column.append_value(text);
                return Ok(text.len() + 4);
            }
            (Self::Text(column), Value::Null) => column.append_null(),
            (Self::Integer(column), Value::Integer(value)) => column.append_value(*value),
            (Self::Integer(column), Value::Null) => column.append_null(),
            (Self::Number(column), Value::Number(value)) => column.append_value(*value),
            (Self::Number(column), Value::Null) => column.append_null(),
            (Self::Boolean(column), Value::Boolean(value)) => column.append_value(*value),
            (Self::Boolean(column), Value::Null) => column.append_null(),
            (_, value) => {
                let message = format!("{value:?} does not belong into its column");
                return Err(ArrowError::SchemaError(message));
            }
        }
        Ok(8)
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Integer(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Boolean(column) => Arc::new(column.finish()),
        }
    }
}
