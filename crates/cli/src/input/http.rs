//! HTTP messages as archives keep them.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::bounded::Bounded;
use super::{InputError, too_large};

/// A response without its transport: body decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) content_type: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Parses a response as it went over the wire; `largest` bounds its decoded body.
pub(super) fn parse(message: &[u8], largest: usize) -> Result<Response, InputError> {
    let (head, body) = split_head(message)
        .ok_or_else(|| InputError::new("malformed", "the HTTP header does not end"))?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1));
    match status.and_then(|status| status.parse::<u16>().ok()) {
        Some(200..=299) => {}
        Some(status) => {
            let message = format!("the server answered {status}: there is no document");
            return Err(InputError::new("http_status", message));
        }
        None => {
            return Err(InputError::new(
                "malformed",
                "the HTTP status cannot be read",
            ));
        }
    }
    let header = |name: &str| {
        let mut fields = head.lines().filter_map(|line| line.split_once(':'));
        let field = fields.find(|(field, _)| field.trim().eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.trim().to_owned())
    };
    let named = |name: &str| header(name).unwrap_or_default().to_ascii_lowercase();
    let mut body = body.to_vec();
    if named("transfer-encoding").contains("chunked") {
        // Some crawlers keep the header and take the chunks away.
        body = unchunked(&body).unwrap_or(body);
    }
    for encoding in named("content-encoding").rsplit(',') {
        body = decoded(body, encoding.trim(), largest)?;
    }
    Ok(Response {
        content_type: header("content-type"),
        body,
    })
}

/// Header and body, parted by the first empty line.
fn split_head(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let ends = message
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map(|end| (end, end + 4));
    let bare = message
        .windows(2)
        .position(|two| two == b"\n\n")
        .map(|end| (end, end + 2));
    let (head, body) = ends.into_iter().chain(bare).min()?;
    Some((message.get(..head)?, message.get(body..)?))
}

/// The body without its chunk sizes; `None` where it is not in chunks. What a cut-off body holds of
/// its last chunk is kept.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut rest = body;
    let mut plain = Vec::with_capacity(body.len());
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let (line, after) = rest.split_at_checked(end + 1)?;
        let size = std::str::from_utf8(line).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(plain);
        }
        match after.split_at_checked(size) {
            Some((chunk, after)) => {
                plain.extend_from_slice(chunk);
                let after = after.strip_prefix(b"\r").unwrap_or(after);
                rest = after.strip_prefix(b"\n").unwrap_or(after);
                if rest.is_empty() {
                    return Some(plain);
                }
            }
            None => {
                plain.extend_from_slice(after);
                return Some(plain);
            }
        }
    }
}

fn decoded(body: Vec<u8>, encoding: &str, largest: usize) -> Result<Vec<u8>, InputError> {
    let bytes = body.as_slice();
    let result = match encoding {
        "" | "identity" => return Ok(body),
        // Some crawlers keep the header and unpack the body.
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1F, 0x8B]) => return Ok(body),
        "gzip" | "x-gzip" => unpack(MultiGzDecoder::new(bytes), largest),
        "deflate" => unpack(ZlibDecoder::new(bytes), largest)
            .or_else(|_| unpack(DeflateDecoder::new(bytes), largest)),
        other => {
            let message = format!("the content encoding {other:?} is not read");
            return Err(InputError::new("unsupported", message));
        }
    };
    result.map_err(|error| match super::bounded::reached(&error) {
        Some(_) => too_large(largest),
        None => InputError::new("malformed", format!("the body cannot be unpacked: {error}")),
    })
}

fn unpack(reader: impl Read, largest: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bound = largest as u64;
    Bounded::new(reader, bound, "document_bytes", bound).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn body(message: &[u8]) -> Result<String, &'static str> {
        let response = parse(message, 1_000).map_err(|error| error.code)?;
        Ok(String::from_utf8(response.body).unwrap())
    }

    #[test]
    fn chunks_are_joined_and_their_absence_is_no_error() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let with = |body: &str| [head, body].concat().into_bytes();
        assert_eq!(
            body(&with("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")).unwrap(),
            "abcde"
        );
        assert_eq!(body(&with("<html>")).unwrap(), "<html>");
        assert_eq!(body(&with("5\r\nab")).unwrap(), "ab");
        assert_eq!(body(&with("ffffffffffffffff\r\nab")).unwrap(), "ab");
    }

    #[test]
    fn what_is_no_document_has_a_code() {
        assert_eq!(body(b"HTTP/1.1 404 Not Found\n\nx"), Err("http_status"));
        assert_eq!(body(b"HTTP/1.1 200 OK"), Err("malformed"));
        assert_eq!(body(b"nonsense\r\n\r\n"), Err("malformed"));
        assert_eq!(
            body(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx"),
            Err("unsupported")
        );
    }

    #[test]
    fn a_packed_body_is_unpacked_up_to_the_bound() {
        let pack = |size: usize| {
            let mut message = b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
            let mut encoder = GzEncoder::new(&mut message, Compression::fast());
            encoder.write_all(&vec![b'a'; size]).unwrap();
            encoder.finish().unwrap();
            message
        };
        assert_eq!(body(&pack(1_000)).unwrap().len(), 1_000);
        assert_eq!(body(&pack(1_001)), Err("too_large"));
    }
}
