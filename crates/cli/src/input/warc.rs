//! WARC 1.0 and 1.1 (ISO 28500): documents of response, resource and conversion records.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use nianbao::Input;
use warc::{Coding, Head, Header, HttpError, LARGEST_HEADER, WarcError, read_header};

use super::{Bytes, InputError, Item, too_large};

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
        let result = match read_header(&mut reader).map_err(wrong) {
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

/// The document of a record; `None` where it holds none. The reader stands behind it afterwards.
fn record(
    reader: &mut impl BufRead,
    header: &Header,
    name: &str,
    document_bytes: usize,
) -> Result<Option<Item>, InputError> {
    let is_http = header.is_http();
    let wanted = match header.kind().as_str() {
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
        uri: header.uri().map(str::to_owned),
        ..Input::default()
    };
    let bytes = if bytes.len() as u64 > largest {
        Bytes::None(too_large(document_bytes))
    } else if is_http {
        match document(&bytes, document_bytes) {
            Ok((content_type, body)) => {
                input.content_type = content_type;
                Bytes::Loaded(body)
            }
            Err(error) => Bytes::None(error),
        }
    } else {
        let content_type = header.get("Content-Type");
        input.content_type = (!content_type.is_empty()).then(|| content_type.to_owned());
        Bytes::Loaded(bytes)
    };
    Ok(Some(Item::new(input, bytes)))
}

/// Content type and body of a response; an answer that is no success has no document.
fn document(message: &[u8], largest: usize) -> Result<(Option<String>, Vec<u8>), InputError> {
    let wrong = |error: HttpError| match error {
        HttpError::TooLarge(_) => too_large(largest),
        HttpError::Unsupported(_) => InputError::new("unsupported", error.to_string()),
        HttpError::Malformed(_) | HttpError::Unpack(_) => {
            InputError::new("malformed", error.to_string())
        }
    };
    let (head, body) = Head::parse(message).map_err(wrong)?;
    if !(200..300).contains(&head.status) {
        let message = format!("the server answered {}: there is no document", head.status);
        return Err(InputError::new("http_status", message));
    }
    let body = warc::decoded(&head, body, largest, Coding::Lenient).map_err(wrong)?;
    Ok((head.get("Content-Type").map(str::to_owned), body))
}

fn wrong(error: WarcError) -> InputError {
    match error {
        WarcError::Io(error) => InputError::io(&error),
        other => malformed(&other.to_string()),
    }
}

fn malformed(message: &str) -> InputError {
    InputError::new("malformed", format!("{message}; what follows was not read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_has_a_code() {
        let code = |message: &[u8]| document(message, 1_000).unwrap_err().code;
        assert_eq!(code(b"HTTP/1.1 404 Not Found\n\nx"), "http_status");
        assert_eq!(code(b"HTTP/1.1 200 OK"), "malformed");
        assert_eq!(code(b"nonsense\r\n\r\n"), "malformed");
        let unknown = b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\nx";
        assert_eq!(code(unknown), "unsupported");
        let long = [b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &[b'a'; 1_001]].concat();
        assert_eq!(code(&long), "too_large");
        let kind = document(b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nx", 1_000);
        assert_eq!(kind.unwrap(), (Some("a/b".to_owned()), b"x".to_vec()));
    }
}
