//! One row a record, tables nested in it, and one row for each document that could not be read: what goes through an
//! engine that hands on batches of one schema.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use codebook::Codebook;
use nianbao::Record;

use crate::rows::Rows;
use crate::source::Failed;

/// Rows that are being made.
pub(crate) struct Nested {
    paths: StringBuilder,
    parts: Int64Builder,
    records: Option<StringBuilder>,
    tables: Vec<List>,
    errors: [StringBuilder; 3],
    /// Of each row whether it is a record; else it is an error.
    is_record: Vec<bool>,
    bytes: usize,
}

/// A table's rows, and how many of them each record has.
struct List {
    rows: Rows,
    lengths: Vec<usize>,
}

impl Nested {
    /// No row yet; `with_record` for records as JSON, too.
    pub(crate) fn new(tables: Vec<Rows>, with_record: bool) -> Self {
        let tables = tables.into_iter().map(|rows| List {
            rows,
            lengths: Vec::new(),
        });
        Self {
            paths: StringBuilder::new(),
            parts: Int64Builder::new(),
            records: with_record.then(StringBuilder::new),
            tables: tables.collect(),
            errors: Default::default(),
            is_record: Vec::new(),
            bytes: 0,
        }
    }

    /// Bytes so far, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
            + self
                .tables
                .iter()
                .map(|list| list.rows.bytes)
                .sum::<usize>()
    }

    /// Rows so far.
    pub(crate) fn count(&self) -> usize {
        self.is_record.len()
    }

    pub(crate) fn add(
        &mut self,
        path: &str,
        record: &Record,
        codebook: &Codebook,
    ) -> Result<(), ArrowError> {
        self.begin(path, true);
        let part = i64::try_from(record.source.part).unwrap_or(i64::MAX);
        self.parts.append_value(part);
        if let Some(records) = &mut self.records {
            let json = serde_json::to_string(record)
                .map_err(|error| ArrowError::ExternalError(error.into()))?;
            self.bytes += json.len();
            records.append_value(json);
        }
        self.errors.iter_mut().for_each(StringBuilder::append_null);
        let tables = &mut self.tables;
        let before: Vec<usize> = tables.iter().map(|list| list.rows.count).collect();
        export::each_row(record, None, codebook, &mut |name, values| {
            let list = tables.iter_mut().find(|list| list.rows.name == name);
            list.map_or(Ok(()), |list| list.rows.add(values))
        })?;
        for (list, before) in tables.iter_mut().zip(before) {
            list.lengths.push(list.rows.count - before);
        }
        Ok(())
    }

    pub(crate) fn fail(&mut self, path: &str, failed: &Failed) {
        self.begin(path, false);
        self.parts.append_null();
        if let Some(records) = &mut self.records {
            records.append_null();
        }
        let said = [&failed.stage, &failed.code, &failed.message];
        for (column, text) in self.errors.iter_mut().zip(said) {
            column.append_value(text);
            self.bytes += text.len();
        }
        for list in &mut self.tables {
            list.lengths.push(0);
        }
    }

    fn begin(&mut self, path: &str, is_record: bool) {
        self.paths.append_value(path);
        self.is_record.push(is_record);
        self.bytes += path.len() + 32;
    }

    /// The rows so far; none is left here.
    pub(crate) fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.bytes = 0;
        let is_record = std::mem::take(&mut self.is_record);
        let is_error = NullBuffer::from_iter(is_record.iter().map(|record| !record));
        let is_record = NullBuffer::from(is_record);
        let mut fields = vec![Field::new("path", DataType::Utf8, false)];
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.paths.finish())];
        let mut put = |name: &str, column: ArrayRef| {
            fields.push(Field::new(name, column.data_type().clone(), true));
            columns.push(column);
        };
        put("part", Arc::new(self.parts.finish()));
        if let Some(records) = &mut self.records {
            put("record", Arc::new(records.finish()));
        }
        for list in &mut self.tables {
            let fields = list.rows.fields.clone();
            let item = Field::new("item", DataType::Struct(fields.clone()), false);
            let lengths = std::mem::take(&mut list.lengths);
            let offsets = OffsetBuffer::from_lengths(lengths);
            let rows = StructArray::try_new(fields, list.rows.take(), None)?;
            let nulls = Some(is_record.clone());
            let column = ListArray::try_new(Arc::new(item), offsets, Arc::new(rows), nulls)?;
            put(&list.rows.name, Arc::new(column));
        }
        let said = ["stage", "code", "message"];
        let said: Fields = said
            .map(|name| Field::new(name, DataType::Utf8, true))
            .into_iter()
            .collect();
        let texts = self
            .errors
            .iter_mut()
            .map(|column| -> ArrayRef { Arc::new(column.finish()) });
        let errors = StructArray::try_new(said, texts.collect(), Some(is_error))?;
        put("error", Arc::new(errors));
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}
