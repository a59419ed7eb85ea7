//! The header of a record.

use std::io::{BufRead, Read as _};

use crate::WarcError;

/// Bytes of a record's header, and of the HTTP header in its block.
pub const LARGEST_HEADER: u64 = 64 << 10;

/// The header of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Bytes of the block.
    pub length: u64,
    fields: Vec<(String, String)>,
}

impl Header {
    /// The value of a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let mut fields = self.fields.iter();
        let field = fields.find(|(field, _)| field.eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The type of the record, in small letters: `response`.
    pub fn kind(&self) -> String {
        self.get("WARC-Type").to_ascii_lowercase()
    }

    /// The address that the record is about.
    pub fn uri(&self) -> Option<&str> {
        let uri = self.get("WARC-Target-URI");
        let uri = uri.trim_start_matches('<').trim_end_matches('>');
        (!uri.is_empty()).then_some(uri)
    }

    /// Whether the block is an HTTP message.
    pub fn is_http(&self) -> bool {
        let content_type = self.get("Content-Type").to_ascii_lowercase();
        content_type.starts_with("application/http")
    }
}

/// The next record's header; `None` at the end of the file. The reader then stands before the block.
///
/// # Errors
/// Where no record stands there or its header does not end within [`LARGEST_HEADER`].
pub fn read_header(reader: &mut impl BufRead) -> Result<Option<Header>, WarcError> {
    let mut reader = reader.by_ref().take(LARGEST_HEADER);
    let version = loop {
        match line(&mut reader)? {
            None if reader.limit() > 0 => return Ok(None),
            None => return Err(none_due()),
            Some(line) if line.is_empty() => {}
            Some(line) => break line,
        }
    };
    if !version.starts_with("WARC/") {
        return Err(none_due());
    }
    let mut header = Header::default();
    loop {
        let Some(line) = line(&mut reader)? else {
            let message = "the header of a record does not end";
            return Err(WarcError::Malformed(message));
        };
        if line.is_empty() {
            break;
        }
        if let Some((field, value)) = line.split_once(':') {
            let field = (field.trim().to_owned(), value.trim().to_owned());
            header.fields.push(field);
        }
    }
    let length = header.get("Content-Length").parse();
    header.length = length.map_err(|_| WarcError::Malformed("a record has no Content-Length"))?;
    Ok(Some(header))
}

fn none_due() -> WarcError {
    WarcError::Malformed("there is no record where one is due")
}

/// A line without its end; `None` at the end of the file.
fn line(reader: &mut impl BufRead) -> Result<Option<String>, WarcError> {
    let mut line = Vec::new();
    let count = reader.read_until(b'\n', &mut line)?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
}
