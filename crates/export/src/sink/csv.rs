//! CSV by RFC 4180: UTF-8, lines end with CR LF. A null is nothing between two commas, an empty text is `""`.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Sink, no_table};
use crate::error::ExportError;
use crate::schema::Table;
use crate::value::Value;

/// How CSV is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Dialect {
    /// Begin each file with a byte order mark, by which Excel knows UTF-8.
    pub(crate) bom: bool,
    /// Put `'` before texts that a spreadsheet would take for a formula.
    pub(crate) escape_formulas: bool,
}

/// A folder of CSV files, one a table.
pub(crate) struct Csv {
    folder: PathBuf,
    dialect: Dialect,
    files: BTreeMap<String, Output>,
}

/// A file that was written.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Csv {
    pub(crate) fn new(folder: PathBuf, dialect: Dialect) -> Result<Self, ExportError> {
        fs::create_dir_all(&folder).map_err(ExportError::writing(&folder))?;
        Ok(Self {
            folder,
            dialect,
            files: BTreeMap::new(),
        })
    }

    /// Ends all files, and says what was written, by name.
    pub(crate) fn close(&mut self) -> Result<Vec<Written>, ExportError> {
        let files = std::mem::take(&mut self.files).into_values();
        files.map(Output::close).collect()
    }
}

impl Sink for Csv {
    fn create(&mut self, table: &Table) -> Result<(), ExportError> {
        let name = format!("{}.csv", table.name);
        let mut output = Output::new(&self.folder, name, self.dialect)?;
        output.line(table.columns.iter().map(|column| Value::from(&column.name)))?;
        self.files.insert(table.name.clone(), output);
        Ok(())
    }

    fn row(&mut self, table: &str, values: &[Value<'_>]) -> Result<(), ExportError> {
        let Some(output) = self.files.get_mut(table) else {
            return Err(no_table(&self.folder, table));
        };
        output.line(values)
    }

    fn grid(&mut self, name: &str, rows: &[Vec<String>]) -> Result<(), ExportError> {
        let folder = self.folder.join("grids");
        fs::create_dir_all(&folder).map_err(ExportError::writing(&folder))?;
        let mut output = Output::new(&folder, format!("{name}.csv"), self.dialect)?;
        for row in rows {
            output.line(row.iter().map(Value::from))?;
        }
        output.close()?;
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &[(String, String)]) -> Result<(), ExportError> {
        self.close()?;
        Ok(())
    }
}

/// A file that is being written.
struct Output {
    name: String,
    path: PathBuf,
    dialect: Dialect,
    file: File,
    hash: Sha256,
    bytes: u64,
    buffer: Vec<u8>,
}

/// Bytes after which a buffer is written.
const BUFFER: usize = 1 << 16;

impl Output {
    fn new(folder: &Path, name: String, dialect: Dialect) -> Result<Self, ExportError> {
        let path = folder.join(&name);
        let file = File::create(&path).map_err(ExportError::writing(&path))?;
        let mut buffer = Vec::with_capacity(BUFFER);
        if dialect.bom {
            buffer.extend_from_slice("\u{feff}".as_bytes());
        }
        Ok(Self {
            name,
            path,
            dialect,
            file,
            hash: Sha256::new(),
            bytes: 0,
            buffer,
        })
    }

    fn line<'v, V: Borrow<Value<'v>>>(
        &mut self,
        values: impl IntoIterator<Item = V>,
    ) -> Result<(), ExportError> {
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.buffer.push(b',');
            }
            field(&mut self.buffer, value.borrow(), self.dialect);
        }
        self.buffer.extend_from_slice(b"\r\n");
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        self.hash.update(&self.buffer);
        self.bytes += self.buffer.len() as u64;
        let written = self.file.write_all(&self.buffer);
        self.buffer.clear();
        written.map_err(ExportError::writing(&self.path))
    }

    fn close(mut self) -> Result<Written, ExportError> {
        self.flush()?;
        Ok(Written {
            name: self.name,
            bytes: self.bytes,
            sha256: format!("{:x}", self.hash.finalize()),
        })
    }
}

/// Adds a value to a line.
fn field(line: &mut Vec<u8>, value: &Value<'_>, dialect: Dialect) {
    match value {
        Value::Null => {}
        Value::Text(text) => text_field(line, text, dialect),
        Value::Integer(value) => line.extend_from_slice(value.to_string().as_bytes()),
        // As short as a decimal can be that reads back as the same number; 170 has no fraction.
        Value::Number(value) => line.extend_from_slice(value.to_string().as_bytes()),
        Value::Boolean(value) => line.extend_from_slice(if *value { b"true" } else { b"false" }),
    }
}

fn text_field(line: &mut Vec<u8>, text: &str, dialect: Dialect) {
    let formula = dialect.escape_formulas && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.is_empty()
        || text.contains([',', '"', '\r', '\n'])
        || text.starts_with([' ', '\t', '\u{feff}'])
        || text.ends_with([' ', '\t']);
    if quoted {
        line.push(b'"');
    }
    if formula {
        line.push(b'\'');
    }
    if quoted {
        for byte in text.bytes() {
            if byte == b'"' {
                line.push(b'"');
            }
            line.push(byte);
        }
        line.push(b'"');
    } else {
        line.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[Value<'_>], dialect: Dialect) -> String {
        let mut line = Vec::new();
        for value in values {
            field(&mut line, value, dialect);
            line.push(b';');
        }
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn null_blank_zero_and_text_are_written_apart() {
        let values = [
            Value::Null,
            "".into(),
            Value::Number(0.0),
            Value::Number(976.81),
            Value::Number(170.0),
            true.into(),
            "甲,\"乙\"\n".into(),
        ];
        let expected = ";\"\";0;976.81;170;true;\"甲,\"\"乙\"\"\n\";";
        assert_eq!(line(&values, Dialect::default()), expected);
    }

    #[test]
    fn formulas_are_escaped_on_request_and_numbers_never() {
        let safe = Dialect {
            escape_formulas: true,
            ..Dialect::default()
        };
        let values = [
            "=1+1".into(),
            "@a".into(),
            "-,".into(),
            Value::Number(-35.0),
        ];
        assert_eq!(line(&values, safe), "'=1+1;'@a;\"'-,\";-35;");
        assert_eq!(line(&values, Dialect::default()), "=1+1;@a;\"-,\";-35;");
    }
}
