//! HTTP responses as they went over the wire: head, transfer coding, content codings.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::HttpError;

/// Content codings that are unpacked one after another.
const MOST_CODINGS: usize = 2;
/// Bytes that the Brotli decoder reads at a time.
const BROTLI_BUFFER: usize = 16 << 10;

/// The head of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Status code.
    pub status: u16,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Head and body of a response. The head of an interim response (1xx) is passed over.
    ///
    /// # Errors
    /// Where the head does not end, or its status cannot be read.
    pub fn parse(message: &[u8]) -> Result<(Self, &[u8]), HttpError> {
        let mut rest = message;
        loop {
            let (head, body) =
                split(rest).ok_or(HttpError::Malformed("the HTTP header does not end"))?;
            let head = Self::of(head)?;
            if !(100..200).contains(&head.status) {
                return Ok((head, body));
            }
            rest = body;
        }
    }

    fn of(head: &[u8]) -> Result<Self, HttpError> {
        let head = String::from_utf8_lossy(head);
        let status = head
            .lines()
            .next()
            .and_then(|line| line.split_whitespace().nth(1));
        let status = status.and_then(|status| status.parse().ok());
        let status = status.ok_or(HttpError::Malformed("the HTTP status cannot be read"))?;
        let fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let fields = fields.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        Ok(Self {
            status,
            fields: fields.collect(),
        })
    }

    /// The value of a field; of several, the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let field = fields.find(|(field, _)| field.eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.as_str())
    }

    /// The values of all fields of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.fields.iter();
        let named = fields.filter(move |(field, _)| field.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    fn named(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_ascii_lowercase()
    }
}

/// How far the codings of a message are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// A message as it came: chunks are chunks, and a packed body is packed.
    AsSaid,
    /// A message that a crawler kept: some keep the header and unpack the body, or take the chunks away.
    Lenient,
}

/// The body without its codings, at most `largest` bytes.
///
/// # Errors
/// Where a coding is not read, the body is not what its coding says, or it is too long.
pub fn decoded(
    head: &Head,
    body: &[u8],
    largest: usize,
    coding: Coding,
) -> Result<Vec<u8>, HttpError> {
    let mut body = body.to_vec();
    if head.named("transfer-encoding").contains("chunked") {
        body = match unchunked(&body) {
            Some(plain) => plain,
            None if coding == Coding::Lenient => body,
            None => {
                return Err(HttpError::Malformed(
                    "the chunks of the body cannot be read",
                ));
            }
        };
    }
    let named = head.named("content-encoding");
    let codings: Vec<&str> = named
        .split(',')
        .map(str::trim)
        .filter(|name| !matches!(*name, "" | "identity"))
        .collect();
    if codings.len() > MOST_CODINGS {
        return Err(HttpError::Unsupported(named));
    }
    for name in codings.into_iter().rev() {
        body = unpacked(body, name, largest, coding)?;
    }
    if body.len() > largest {
        return Err(HttpError::TooLarge(largest));
    }
    Ok(body)
}

/// Head and body, parted by the first empty line.
fn split(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    loop {
        let rest = message.get(start..)?;
        let end = start + rest.iter().position(|byte| *byte == b'\n')?;
        let after = message.get(end + 1..)?;
        for empty in [b"\r\n".as_slice(), b"\n"] {
            if let Some(body) = after.strip_prefix(empty) {
                return Some((message.get(..end)?, body));
            }
        }
        start = end + 1;
    }
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

fn unpacked(
    body: Vec<u8>,
    name: &str,
    largest: usize,
    coding: Coding,
) -> Result<Vec<u8>, HttpError> {
    let bytes = body.as_slice();
    let lenient = coding == Coding::Lenient;
    let result = match name {
        "gzip" | "x-gzip" if lenient && !bytes.starts_with(&[0x1F, 0x8B]) => return Ok(body),
        "gzip" | "x-gzip" => unpack(MultiGzDecoder::new(bytes), largest),
        "deflate" => unpack(ZlibDecoder::new(bytes), largest)
            .or_else(|_| unpack(DeflateDecoder::new(bytes), largest)),
        "br" => match unpack(
            brotli_decompressor::Decompressor::new(bytes, BROTLI_BUFFER),
            largest,
        ) {
            // Brotli has no mark by which a body that was unpacked could be told.
            Err(_) if lenient => return Ok(body),
            result => result,
        },
        other => return Err(HttpError::Unsupported(other.to_owned())),
    };
    match result {
        Ok(bytes) if bytes.len() > largest => Err(HttpError::TooLarge(largest)),
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(HttpError::Unpack(error)),
    }
}

/// At most one byte more than `largest`.
fn unpack(reader: impl Read, largest: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take((largest as u64).saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn body(message: &[u8], coding: Coding) -> Result<String, String> {
        let (head, body) = Head::parse(message).map_err(|error| error.to_string())?;
        let body = decoded(&head, body, 1_000, coding).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(body).unwrap())
    }

    #[test]
    fn chunks_are_joined_and_their_absence_is_pardoned_to_crawlers_alone() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let with = |body: &str| [head, body].concat().into_bytes();
        for coding in [Coding::Lenient, Coding::AsSaid] {
            let whole = with("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
            assert_eq!(body(&whole, coding).unwrap(), "abcde");
            assert_eq!(body(&with("5\r\nab"), coding).unwrap(), "ab");
            assert_eq!(body(&with("ffffffffffffffff\r\nab"), coding).unwrap(), "ab");
        }
        assert_eq!(body(&with("<html>"), Coding::Lenient).unwrap(), "<html>");
        assert!(body(&with("<html>"), Coding::AsSaid).is_err());
    }

    #[test]
    fn heads_end_with_either_line_end_and_interim_ones_are_passed_over() {
        assert_eq!(body(b"HTTP/1.0 200 OK\n\nx", Coding::AsSaid).unwrap(), "x");
        let interim = b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nx";
        assert_eq!(body(interim, Coding::AsSaid).unwrap(), "x");
        for wrong in [b"HTTP/1.1 200 OK".as_slice(), b"nonsense\r\n\r\n", b""] {
            assert!(body(wrong, Coding::AsSaid).is_err());
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn packed(coding: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.0 200 OK\r\nContent-Encoding: {coding}\r\n\r\n");
        [head.as_bytes(), body].concat()
    }

    #[test]
    fn a_packed_body_is_unpacked_up_to_the_bound() {
        let message = |size: usize| packed("gzip", &gzip(&vec![b'a'; size]));
        assert_eq!(body(&message(1_000), Coding::AsSaid).unwrap().len(), 1_000);
        assert!(
            body(&message(1_001), Coding::AsSaid)
                .unwrap_err()
                .contains("1000")
        );
    }

    #[test]
    fn two_layers_are_unpacked_and_no_third() {
        let (once, twice) = (gzip(b"x"), gzip(&gzip(b"x")));
        assert_eq!(body(&packed("gzip", &once), Coding::AsSaid).unwrap(), "x");
        assert_eq!(
            body(&packed("gzip, gzip", &twice), Coding::AsSaid).unwrap(),
            "x"
        );
        assert!(body(&packed("gzip, gzip, gzip", &gzip(&twice)), Coding::AsSaid).is_err());
        assert!(body(&packed("zstd", b"x"), Coding::AsSaid).is_err());
    }

    #[test]
    fn brotli_is_read() {
        // A stream of one uncompressed piece: `x`, as RFC 7932 writes it.
        let stream = [0x0B, 0x00, 0x80, b'x', 0x03];
        assert_eq!(body(&packed("br", &stream), Coding::AsSaid).unwrap(), "x");
        assert!(body(&packed("br", b"plain"), Coding::AsSaid).is_err());
        assert_eq!(
            body(&packed("br", b"plain"), Coding::Lenient).unwrap(),
            "plain"
        );
    }
}
