//! The worker process of the module: an interpreter that loads this library and nothing else.

use std::io;
use std::time::Duration;

use codebook::Codebook;
use isolation::{Limits, Session};
use nianbao::{ExtractError, Input, Record, Stage};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use crate::settings::Shaping;

/// What a worker needs to know of its supervisor's settings.
#[derive(Serialize, Deserialize)]
pub(crate) struct Greeting {
    pub(crate) shaping: Shaping,
    /// The files of the profile: not its folder, which can change meanwhile.
    pub(crate) profile: Option<Vec<(String, String)>>,
}

/// What every document is like for what a first one costs alone: dictionaries that are loaded when they are
/// needed. A worker reads it before its first document, whose time is its own then.
const FIRST: &str = "年度报告\n\n一、概述\n本年度主动公开信息3条。";

/// Serves documents over stdin and stdout until the supervisor goes: `memory` in bytes of address space, `cpu_time` in
/// seconds a document.
#[pyfunction]
pub(crate) fn serve(py: Python<'_>, memory: u64, cpu_time: u64) -> PyResult<()> {
    let wrong = |error: io::Error| PyOSError::new_err(error.to_string());
    py.detach(|| {
        let mut session = Session::open(Limits {
            memory,
            cpu_time: Duration::from_secs(cpu_time),
            ..Limits::default()
        })
        .map_err(wrong)?;
        let greeting = session.greeting().map_err(wrong)?;
        let greeting: Greeting = serde_json::from_slice(&greeting)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        let output_bytes = greeting.shaping.output_bytes;
        let mut settings = greeting.shaping.settings();
        if let Some(files) = greeting.profile {
            let codebook = Codebook::from_files(files.into_iter())
                .map_err(|error| PyValueError::new_err(error.to_string()))?;
            settings.set_codebook(codebook);
        }
        // Whatever it gives: it is thrown away.
        let _ = nianbao::extract(FIRST.as_bytes(), &Input::named("first.txt"), &settings);
        session
            .serve(|bytes, input, observer| {
                let records = nianbao::extract_observed(bytes, input, &settings, observer)?;
                check_size(&records, output_bytes)?;
                serde_json::to_vec(&records).map_err(unwritable)
            })
            .map_err(wrong)
    })
}

/// Refuses records that have more than `most` bytes as lines of JSON: as the command does.
pub(crate) fn check_size(records: &[Record], most: usize) -> Result<(), ExtractError> {
    let mut size = Size(0);
    for record in records {
        serde_json::to_writer(&mut size, record).map_err(unwritable)?;
        size.0 += 1;
    }
    if size.0 <= most {
        return Ok(());
    }
    Err(ExtractError {
        stage: Stage::Record,
        code: "too_large".into(),
        message: format!(
            "limit: output_bytes, {most}: its records have {} bytes; set output_bytes to keep them",
            size.0
        ),
    })
}

/// Counts what is written.
struct Size(usize);

impl io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn unwritable(error: serde_json::Error) -> ExtractError {
    ExtractError {
        stage: Stage::Record,
        code: "unwritable".into(),
        message: error.to_string(),
    }
}
