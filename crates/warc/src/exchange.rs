//! One request and its answer, as the records of an archive.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::net::IpAddr;
use std::path::Path;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::append::file_path;
use crate::{Header, Position, WarcError, read_header};

const UNMODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// One request and its answer.
#[derive(Debug, Clone)]
pub struct Exchange<'a> {
    /// The address asked for.
    pub uri: &'a str,
    /// When it was asked for.
    pub date: Timestamp,
    /// Who answered.
    pub address: Option<IpAddr>,
    /// The request as sent.
    pub request: &'a [u8],
    /// The response as received, head and body.
    pub response: &'a [u8],
    /// Where the body is the same as that of an earlier exchange: when that was. The response is then written
    /// without its body, as a `revisit`.
    pub same_as: Option<Timestamp>,
    /// What else is known: names and values.
    pub metadata: &'a [(&'a str, String)],
}

/// Where the answer of an exchange stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The record `response` or `revisit`.
    pub record: Position,
    /// Where the exchange ends in its file.
    pub end: u64,
}

impl Stored {
    /// The place behind the exchange.
    pub fn behind(&self) -> Position {
        Position {
            file: self.record.file,
            offset: self.end,
        }
    }
}

impl Exchange<'_> {
    /// The records as they are written at a place: request, metadata, then the answer, so that an exchange is whole
    /// if its answer is. Also how far into them the answer begins.
    pub(crate) fn records(&self, at: Position) -> Result<(Vec<u8>, u64), WarcError> {
        let (head, payload, unmodified) = match crate::Head::parse(self.response) {
            Ok((head, body)) => (self.response.len() - body.len(), body, head.status == 304),
            Err(_) => (self.response.len(), [].as_slice(), false),
        };
        let id = |kind: &str| record_id(at, kind);
        let common = |kind: &str, record: &mut Fields| {
            record.add("WARC-Target-URI", self.uri);
            record.add("WARC-Date", &date(self.date));
            if kind != "response" {
                record.add("WARC-Concurrent-To", &id("response"));
            }
        };
        let mut bytes = Vec::new();
        let mut request = Fields::new("request", &id("request"));
        common("request", &mut request);
        request.add("Content-Type", "application/http; msgtype=request");
        request.write(self.request, &mut bytes)?;

        let fields = self.metadata.iter();
        let text: String = fields.map(|(name, value)| field(name, value)).collect();
        let mut metadata = Fields::new("metadata", &id("metadata"));
        common("metadata", &mut metadata);
        metadata.add("Content-Type", "application/warc-fields");
        metadata.write(text.as_bytes(), &mut bytes)?;

        let start = bytes.len() as u64;
        let kind = if self.same_as.is_some() {
            "revisit"
        } else {
            "response"
        };
        let mut answer = Fields::new(kind, &id("response"));
        common("response", &mut answer);
        answer.add("Content-Type", "application/http; msgtype=response");
        if let Some(address) = self.address {
            answer.add("WARC-IP-Address", &address.to_string());
        }
        let block = match self.same_as {
            Some(earlier) => {
                answer.add(
                    "WARC-Profile",
                    if unmodified { UNMODIFIED } else { IDENTICAL },
                );
                answer.add("WARC-Refers-To-Target-URI", self.uri);
                answer.add("WARC-Refers-To-Date", &date(earlier));
                self.response.get(..head).unwrap_or_default()
            }
            None => self.response,
        };
        if self.same_as.is_none() || !unmodified {
            answer.add("WARC-Payload-Digest", &digest(payload));
        }
        answer.write(block, &mut bytes)?;
        Ok((bytes, start))
    }
}

/// Header fields of a record that is being written.
pub(crate) struct Fields(String);

impl Fields {
    pub(crate) fn new(kind: &str, id: &str) -> Self {
        Self(format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\n"
        ))
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.0.push_str(&field(name, value));
    }

    /// Adds the record, packed by itself.
    pub(crate) fn write(mut self, block: &[u8], to: &mut Vec<u8>) -> Result<(), WarcError> {
        self.add("WARC-Block-Digest", &digest(block));
        self.add("Content-Length", &block.len().to_string());
        let mut packed = GzEncoder::new(to, Compression::default());
        packed.write_all(self.0.as_bytes())?;
        packed.write_all(b"\r\n")?;
        packed.write_all(block)?;
        packed.write_all(b"\r\n\r\n")?;
        packed.finish()?;
        Ok(())
    }
}

/// A name with its value, on a line that no value can end.
fn field(name: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    format!("{name}: {value}\r\n")
}

pub(crate) fn date(date: Timestamp) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{:x}", Sha256::digest(bytes))
}

/// A name that no other record has: made of the place where it stands, which is written once (RFC 9562, version 8).
pub(crate) fn record_id(at: Position, kind: &str) -> String {
    let hash = Sha256::digest(format!("{} {} {kind}", at.file, at.offset));
    let mut hex = String::new();
    for (index, byte) in hash.iter().take(16).enumerate() {
        let byte = match index {
            6 => byte & 0x0F | 0x80,
            8 => byte & 0x3F | 0x80,
            _ => *byte,
        };
        if matches!(index, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        hex.push_str(&format!("{byte:02x}"));
    }
    format!("<urn:uuid:{hex}>")
}

/// The record at a place of an archive, with at most `largest` bytes of its block.
///
/// # Errors
/// Where no record stands there, or it has more bytes.
pub fn read_at(folder: &Path, at: Position, largest: u64) -> Result<(Header, Vec<u8>), WarcError> {
    let mut file = BufReader::new(File::open(file_path(folder, at.file))?);
    file.seek(SeekFrom::Start(at.offset))?;
    let mut record = BufReader::new(GzDecoder::new(file));
    let header = read_header(&mut record)?;
    let header = header.ok_or(WarcError::Malformed("there is no record where one is due"))?;
    if header.length > largest {
        return Err(WarcError::Malformed("the record is longer than is allowed"));
    }
    let mut block = Vec::new();
    record.take(header.length).read_to_end(&mut block)?;
    if block.len() as u64 != header.length {
        return Err(WarcError::Malformed("the file ends within a record"));
    }
    Ok((header, block))
}
