//! What is made of a document, in this process or in a worker: one function for both, so that the
//! same bytes come out.

use nianbao::{ExtractError, Input, Observer, Settings, Stage};

use crate::extract::{Tally, lines, tally};

/// What a document adds to the output.
pub(crate) struct Answer {
    /// What is counted of it.
    pub(crate) tally: Tally,
    /// Its records, one a line.
    pub(crate) lines: Vec<u8>,
}

impl Answer {
    /// Extracts a document here; its records have `most` bytes at most.
    pub(super) fn extract(
        bytes: &[u8],
        input: &Input,
        settings: &Settings,
        most: usize,
        observer: &dyn Observer,
    ) -> Result<Self, ExtractError> {
        let records = nianbao::extract_observed(bytes, input, settings, observer)?;
        let lines = lines(&records).map_err(unwritable)?;
        if lines.len() > most {
            return Err(ExtractError {
                stage: Stage::Record,
                code: "too_large".into(),
                message: format!(
                    "limit: output_bytes, {most}: its records have {} bytes; set output_bytes to keep them",
                    lines.len()
                ),
            });
        }
        Ok(Self {
            tally: tally(&records),
            lines,
        })
    }

    /// The count on a line of its own, then the lines.
    pub(super) fn into_bytes(self) -> Result<Vec<u8>, ExtractError> {
        let mut bytes = serde_json::to_vec(&self.tally).map_err(unwritable)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&self.lines);
        Ok(bytes)
    }

    /// From [`Self::into_bytes`].
    pub(super) fn from_bytes(mut bytes: Vec<u8>) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let tally = serde_json::from_slice(bytes.get(..end)?).ok()?;
        bytes.drain(..=end);
        Some(Self {
            tally,
            lines: bytes,
        })
    }
}

fn unwritable(error: impl std::fmt::Display) -> ExtractError {
    ExtractError {
        stage: Stage::Record,
        code: "unwritable".into(),
        message: error.to_string(),
    }
}
