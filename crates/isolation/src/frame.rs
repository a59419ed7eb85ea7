//! Messages over a pipe: a kind, a length, so many bytes.

use std::io::{self, Read, Write};
use std::sync::Arc;

use nianbao::{ExtractError, Input, Page, SiteEvidence, Stage};
use serde::{Deserialize, Serialize};

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To the worker, once: what it needs to know before the first document.
    Greeting,
    /// To the worker: where a document is from.
    Input,
    /// To the worker: the document's bytes.
    Bytes,
    /// From the worker: it waits for a document.
    Ready,
    /// From the worker: the name of the stage that begins.
    Stage,
    /// From the worker: what it made of the document.
    Done,
    /// From the worker: the error that the document ends in.
    Failed,
}

const KINDS: [(Kind, u8); 7] = [
    (Kind::Greeting, b'G'),
    (Kind::Input, b'I'),
    (Kind::Bytes, b'B'),
    (Kind::Ready, b'R'),
    (Kind::Stage, b'S'),
    (Kind::Done, b'D'),
    (Kind::Failed, b'F'),
];

impl Kind {
    /// Whether the worker says nothing after it until it is asked again.
    pub(crate) fn is_last(self) -> bool {
        matches!(self, Self::Ready | Self::Done | Self::Failed)
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) kind: Kind,
    pub(crate) payload: Vec<u8>,
}

/// Writes a frame.
pub(crate) fn write(out: &mut impl Write, kind: Kind, payload: &[u8]) -> io::Result<()> {
    let letter = KINDS.iter().find(|(known, _)| *known == kind);
    let letter = letter.map_or(0, |(_, letter)| *letter);
    let [a, b, c, d, e, f, g, h] = (payload.len() as u64).to_le_bytes();
    out.write_all(&[letter, a, b, c, d, e, f, g, h])?;
    out.write_all(payload)?;
    out.flush()
}

/// Reads a frame of at most `largest` bytes; `None` where the other side has gone between frames.
///
/// Memory grows with the bytes that come, not with the length that is claimed.
pub(crate) fn read(input: &mut impl Read, largest: u64) -> io::Result<Option<Frame>> {
    let mut letter = [0];
    if input.read(&mut letter)? == 0 {
        return Ok(None);
    }
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let kind = KINDS.iter().find(|(_, known)| [*known] == letter);
    let Some((kind, _)) = kind.filter(|_| length <= largest) else {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    };
    let mut payload = Vec::new();
    input.take(length).read_to_end(&mut payload)?;
    if payload.len() as u64 != length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    Ok(Some(Frame {
        kind: *kind,
        payload,
    }))
}

/// An [`Input`] between processes.
#[derive(Serialize, Deserialize)]
struct InputMessage {
    path: String,
    uri: Option<String>,
    content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<Vec<u8>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    continued: Vec<(Self, Vec<u8>)>,
}

impl InputMessage {
    fn of(input: &Input) -> Self {
        let continued = input.continued.iter();
        Self {
            path: input.path.clone(),
            uri: input.uri.clone(),
            content_type: input.content_type.clone(),
            site: input.site.as_ref().map(|site| site.to_bytes()),
            continued: continued
                .map(|page| (Self::of(&page.input), page.bytes.clone()))
                .collect(),
        }
    }

    fn into_input(self) -> Input {
        let site = self.site.map(|bytes| SiteEvidence::from_bytes(&bytes));
        let continued = self.continued.into_iter();
        Input {
            path: self.path,
            uri: self.uri,
            content_type: self.content_type,
            site: site.map(Arc::new),
            continued: continued
                .map(|(input, bytes)| Page {
                    input: input.into_input(),
                    bytes,
                })
                .collect(),
        }
    }
}

/// An [`ExtractError`] between processes.
#[derive(Serialize, Deserialize)]
struct ErrorMessage {
    stage: String,
    code: String,
    message: String,
}

pub(crate) fn input_to_bytes(input: &Input) -> Vec<u8> {
    to_bytes(&InputMessage::of(input))
}

pub(crate) fn input_from_bytes(bytes: &[u8]) -> Option<Input> {
    let message: InputMessage = serde_json::from_slice(bytes).ok()?;
    Some(message.into_input())
}

pub(crate) fn error_to_bytes(error: &ExtractError) -> Vec<u8> {
    to_bytes(&ErrorMessage {
        stage: error.stage.name().to_owned(),
        code: error.code.to_string(),
        message: error.message.clone(),
    })
}

pub(crate) fn error_from_bytes(bytes: &[u8]) -> Option<ExtractError> {
    let message: ErrorMessage = serde_json::from_slice(bytes).ok()?;
    Some(ExtractError {
        stage: Stage::named(&message.stage)?,
        code: message.code.into(),
        message: message.message,
    })
}

fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Texts can always be written.
    serde_json::to_vec(message).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_as_they_went_in() {
        let mut pipe = Vec::new();
        for (kind, _) in KINDS {
            write(&mut pipe, kind, format!("{kind:?}").as_bytes()).unwrap();
        }
        let mut pipe = &pipe[..];
        for (kind, _) in KINDS {
            let frame = read(&mut pipe, 100).unwrap().unwrap();
            assert_eq!(frame.kind, kind);
            assert_eq!(frame.payload, format!("{kind:?}").as_bytes());
        }
        assert_eq!(read(&mut pipe, 100).unwrap(), None);
    }

    #[test]
    fn a_frame_that_is_cut_unknown_or_too_long_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, Kind::Done, b"twelve bytes").unwrap();
        for cut in 1..pipe.len() {
            assert!(read(&mut &pipe[..cut], 100).is_err(), "cut at {cut}");
        }
        assert!(read(&mut &pipe[..], 11).is_err());
        pipe[0] = b'?';
        assert!(read(&mut &pipe[..], 100).is_err());
    }

    #[test]
    fn inputs_and_errors_keep_all_they_say() {
        let input = Input {
            path: "年报\u{0}.pdf".into(),
            uri: Some("http://a.example/?b=\"c\"".into()),
            content_type: None,
            site: Some(Arc::new(SiteEvidence::from_bytes(&[7; 18]))),
            continued: vec![Page {
                input: Input::named("年报_1.html"),
                bytes: b"<p>\xFF".to_vec(),
            }],
        };
        assert_eq!(input_from_bytes(&input_to_bytes(&input)), Some(input));
        let error = ExtractError {
            stage: Stage::Checks,
            code: "panic".into(),
            message: "第3行\n".into(),
        };
        assert_eq!(error_from_bytes(&error_to_bytes(&error)), Some(error));
        assert_eq!(error_from_bytes(b"{}"), None);
    }
}
