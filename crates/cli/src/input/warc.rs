//! WARC 1.0 and 1.1 (ISO 28500): documents of response, resource and conversion records.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use nianbao::Input;

use super::{Bytes, InputError, Item, http, too_large};

/// Bytes of a record's header.
const LARGEST_HEADER: u64 = 64 << 10;

/// Gives every document of a WARC file to `submit`, named `archive.warc!/N` after the position of its
/// record, from 1. Requests, metadata and revisits are no documents. The file is read as a stream:
/// its size does not matter, and nothing is allocated for a length that it only claims.
pub(super) fn visit(
    mut reader: impl BufRead,
    name: &str,
    document_bytes: usize,
    submit: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for position in 1u64.. {
        let item_name = format!("{name}!/{position}");
        let result = match header(&mut reader) {
            Ok(None) => return ControlFlow::Continue(()),
            Ok(Some(header)) => record(&mut reader, &header, &item_name, document_bytes),
            Err(error) => Err(error),
        };
        match result {
            Ok(Some(item)) => submit(item)?,
            Ok(None) => {}
            // Where one record ends is not known any more, so neither is where the next begins.
            Err(error) => {
                return submit(Item::new(Input::named(item_name), Bytes::None(error)));
            }
        }
    }
    ControlFlow::Continue(())
}

/// The header fields of a record.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    length: u64,
    content_type: String,
    uri: Option<String>,
}

/// The next record's header; `None` at the end of the file.
fn header(reader: &mut impl BufRead) -> Result<Option<Header>, InputError> {
    let mut reader = reader.take(LARGEST_HEADER);
    let version = loop {
        match line(&mut reader)? {
            None if reader.limit() > 0 => return Ok(None),
            None => return Err(malformed("there is no record where one is due")),
            Some(line) if line.is_empty() => {}
            Some(line) => break line,
        }
    };
    if !version.starts_with("WARC/") {
        return Err(malformed("there is no record where one is due"));
    }
    let mut header = Header::default();
    let mut length = None;
    loop {
        let Some(line) = line(&mut reader)? else {
            return Err(malformed("the header of a record does not end"));
        };
        if line.is_empty() {
            break;
        }
        let Some((field, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match field.trim().to_ascii_lowercase().as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            "content-type" => header.content_type = value.to_owned(),
            "warc-target-uri" => {
                let uri = value.trim_start_matches('<').trim_end_matches('>');
                header.uri = Some(uri.to_owned());
            }
            _ => {}
        }
    }
    header.length = length.ok_or_else(|| malformed("a record has no Content-Length"))?;
    Ok(Some(header))
}

/// A line without its end; `None` at the end of the file.
fn line(reader: &mut impl BufRead) -> Result<Option<String>, InputError> {
    let mut line = Vec::new();
    let count = reader
        .read_until(b'\n', &mut line)
        .map_err(|error| InputError::io(&error))?;
    Ok((count > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
}

/// The document of a record; `None` where it holds none. The reader stands behind it afterwards.
fn record(
    reader: &mut impl BufRead,
    header: &Header,
    name: &str,
    document_bytes: usize,
) -> Result<Option<Item>, InputError> {
    let is_http = header
        .content_type
        .to_ascii_lowercase()
        .starts_with("application/http");
    let wanted = match header.kind.as_str() {
        "response" => is_http,
        "resource" | "conversion" => true,
        _ => false,
    };
    // An HTTP header comes on top of the document.
    let head = if is_http { LARGEST_HEADER } else { 0 };
    let largest = (document_bytes as u64).saturating_add(head);
    let mut content = reader.take(header.length);
    let mut bytes = Vec::new();
    if wanted {
        let mut start = (&mut content).take(largest.saturating_add(1));
        start
            .read_to_end(&mut bytes)
            .map_err(|error| InputError::io(&error))?;
    }
    io::copy(&mut content, &mut io::sink()).map_err(|error| InputError::io(&error))?;
    if content.limit() > 0 {
        return Err(malformed("the file ends within a record"));
    }
    if !wanted {
        return Ok(None);
    }
    let mut input = Input {
        path: name.to_owned(),
        uri: header.uri.clone(),
        ..Input::default()
    };
    let bytes = if bytes.len() as u64 > largest {
        Bytes::None(too_large(document_bytes))
    } else if is_http {
        match http::parse(&bytes, document_bytes) {
            Ok(response) => {
                input.content_type = response.content_type;
                Bytes::Loaded(response.body)
            }
            Err(error) => Bytes::None(error),
        }
    } else {
        input.content_type = Some(header.content_type.clone()).filter(|kind| !kind.is_empty());
        Bytes::Loaded(bytes)
    };
    Ok(Some(Item::new(input, bytes)))
}

fn malformed(message: &str) -> InputError {
    InputError::new("malformed", format!("{message}; what follows was not read"))
}
