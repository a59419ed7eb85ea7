//! Parquet: a folder of files, one a table, compressed with zstd. Columns are dictionary-encoded as long as that
//! is shorter; texts are UTF-8 strings, whole numbers int64, numbers double.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Sink, no_table};
use crate::error::ExportError;
use crate::schema::{Column, Kind, Table};
use crate::value::Value;

/// Rows of a row group at most.
const GROUP_ROWS: usize = 1 << 17;
/// Bytes of a row group at most, before encoding: what a table takes of memory.
const GROUP_BYTES: usize = 16 << 20;

/// A folder of Parquet files.
pub(crate) struct Parquet {
    folder: PathBuf,
    files: BTreeMap<String, Output>,
}

impl Parquet {
    pub(crate) fn new(folder: PathBuf) -> Result<Self, ExportError> {
        fs::create_dir_all(&folder).map_err(ExportError::writing(&folder))?;
        Ok(Self {
            folder,
            files: BTreeMap::new(),
        })
    }
}

impl Sink for Parquet {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        let path = self.folder.join(format!("{}.parquet", table.name));
        let file = File::create(&path).map_err(ExportError::writing(&path))?;
        let output = Output::new(path.clone(), BufWriter::new(file), table);
        let output = output.map_err(ExportError::format(&path))?;
        self.files.insert(table.name.clone(), output);
        Ok(())
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        let Some(output) = self.files.get_mut(table) else {
            return Err(no_table(&self.folder, table));
        };
        let added = output.add(values);
        added.map_err(ExportError::format(&output.path))
    }

    fn finish(self: Box<Self>, properties: &[(String, String)]) -> Result<(), ExportError> {
        for output in self.files.into_values() {
            let path = output.path.clone();
            let closed = output.close(properties);
            closed.map_err(ExportError::format(&path))?;
        }
        Ok(())
    }
}

/// A file that is being written.
struct Output {
    path: PathBuf,
    writer: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

impl Output {
    fn new(path: PathBuf, file: BufWriter<File>, table: &Table) -> Result<Self, ParquetError> {
        let fields: Result<Vec<TypePtr>, ParquetError> = table.columns.iter().map(field).collect();
        let schema = Type::group_type_builder("schema")
            .with_fields(fields?)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("nianbao ", env!("CARGO_PKG_VERSION")).to_owned())
            // Statistics of pages would stay in memory until the end.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        Ok(Self {
            path,
            writer,
            columns: table.columns.iter().map(Buffer::new).collect(),
            rows: 0,
            bytes: 0,
        })
    }

    fn add(&mut self, values: &[Value<'_>]) -> Result<(), ParquetError> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            self.bytes += column.add(value)?;
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(writer) = group.next_column()? else {
                break;
            };
            column.write(writer)?;
        }
        group.close()?;
        self.rows = 0;
        self.bytes = 0;
        Ok(())
    }

    fn close(mut self, properties: &[(String, String)]) -> Result<(), ParquetError> {
        self.flush()?;
        for (property, value) in properties {
            let entry = KeyValue::new(format!("nianbao.{property}"), value.clone());
            self.writer.append_key_value_metadata(entry);
        }
        self.writer.close()?;
        Ok(())
    }
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        // Not the logical type JSON: some readers take that for bytes.
        Kind::Text | Kind::Category | Kind::Json => {
            (PhysicalType::BYTE_ARRAY, Some(LogicalType::String))
        }
        Kind::Integer => (PhysicalType::INT64, None),
        Kind::Number => (PhysicalType::DOUBLE, None),
        Kind::Boolean => (PhysicalType::BOOLEAN, None),
    };
    let repetition = if column.required {
        Repetition::REQUIRED
    } else {
        Repetition::OPTIONAL
    };
    let field = Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()?;
    Ok(Arc::new(field))
}

/// Values of a column until their row group is written.
struct Buffer {
    values: Values,
    /// Of each row whether there is a value (1 or 0); `None` for a column that is never null.
    levels: Option<Vec<i16>>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
}

impl Buffer {
    fn new(column: &Column) -> Self {
        Self {
            values: match column.kind {
                Kind::Text | Kind::Category | Kind::Json => Values::Text(Vec::new()),
                Kind::Integer => Values::Integer(Vec::new()),
                Kind::Number => Values::Number(Vec::new()),
                Kind::Boolean => Values::Boolean(Vec::new()),
            },
            levels: (!column.required).then(Vec::new),
        }
    }

    /// Adds a value and says how many bytes it takes.
    fn add(&mut self, value: &Value<'_>) -> Result<usize, ParquetError> {
        if let Some(levels) = &mut self.levels {
            levels.push(i16::from(*value != Value::Null));
        }
        match (&mut self.values, value) {
            (_, Value::Null) if self.levels.is_some() => return Ok(2),
            (Values::Text(values), Value::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                return Ok(text.len() + size_of::<ByteArray>());
            }
            (Values::Integer(values), Value::Integer(value)) => values.push(*value),
            (Values::Number(values), Value::Number(value)) => values.push(*value),
            (Values::Boolean(values), Value::Boolean(value)) => values.push(*value),
            (_, value) => {
                let message = format!("{value:?} does not belong into its column");
                return Err(ParquetError::General(message));
            }
        }
        Ok(8)
    }

    fn write(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = self.levels.as_deref();
        match &mut self.values {
            Values::Text(values) => drain::<ByteArrayType>(&mut writer, values, levels)?,
            Values::Integer(values) => drain::<Int64Type>(&mut writer, values, levels)?,
            Values::Number(values) => drain::<DoubleType>(&mut writer, values, levels)?,
            Values::Boolean(values) => drain::<BoolType>(&mut writer, values, levels)?,
        }
        if let Some(levels) = &mut self.levels {
            levels.clear();
        }
        writer.close()
    }
}

/// Writes values, and keeps none.
fn drain<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    writer.typed::<T>().write_batch(values, levels, None)?;
    values.clear();
    Ok(())
}
