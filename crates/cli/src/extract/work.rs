//! One document: bytes to the lines that it adds to the output.

use std::cell::Cell;
use std::io;
use std::sync::Once;
use std::time::Instant;

use isolation::Cause;
use nianbao::{ExtractError, Input, Observer, Record, Stage};
use record::{CheckStatus, ErrorRecord};
use sha2::{Digest, Sha256};

use super::journal::{Appender, Entry, Key, Known};
use super::summary::Clock;
use crate::config::Config;
use crate::input::Item;
use crate::worker::Workers;

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// In records.
    Ok,
    /// In records, and a warning says that something of it is lost.
    Partial,
    /// In the errors.
    Failed,
    /// In the errors: a format that is not read.
    Unsupported,
}

/// What is counted of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Tally {
    pub(super) outcome: Outcome,
    pub(super) records: u64,
    pub(super) checks_failed: u64,
}

/// A document that is done.
pub(super) struct Done {
    /// Lines for the records.
    pub(super) records: Vec<u8>,
    /// Lines for the errors.
    pub(super) errors: Vec<u8>,
    /// The error, where it was made in this run.
    pub(super) error: Option<ErrorRecord>,
    pub(super) tally: Tally,
    /// Taken over from an earlier run.
    pub(super) unchanged: bool,
    /// What it is remembered by; none for what had no bytes.
    key: Option<Key>,
}

impl Done {
    /// Writes it to the journal, unless it is from there or must be tried again.
    pub(super) fn remember(&self, appender: &mut Appender) -> io::Result<()> {
        match self.key {
            Some(key) if !self.unchanged => {
                let entry = Entry {
                    key,
                    tally: self.tally,
                };
                appender.append(&entry, &self.records, &self.errors)
            }
            _ => Ok(()),
        }
    }
}

/// What every thread works with.
pub(super) struct Worker<'a> {
    config: &'a Config,
    /// What earlier runs have done; none where nothing is remembered.
    known: Option<Known>,
    /// What all keys of this run share.
    base: Sha256,
    clock: &'a Clock,
    workers: Workers<'a>,
    /// Done before the first document that is not known.
    loading: Once,
}

impl<'a> Worker<'a> {
    pub(super) fn new(config: &'a Config, known: Option<Known>, clock: &'a Clock) -> Self {
        let mut base = Sha256::new();
        field(&mut base, env!("CARGO_PKG_VERSION").as_bytes());
        field(&mut base, &build());
        field(&mut base, config.extraction.codebook().version.as_bytes());
        for (name, value) in config.shaping() {
            field(&mut base, name.as_bytes());
            field(&mut base, value.as_bytes());
        }
        Self {
            config,
            known,
            base,
            clock,
            workers: Workers::new(config),
            loading: Once::new(),
        }
    }

    /// Does one document.
    pub(super) fn extract(&self, item: Item) -> Done {
        let input = item.input;
        let bytes = match item.bytes.load(self.config.extraction.limits.bytes) {
            Ok(bytes) => bytes,
            Err(error) => {
                return failed(ErrorRecord {
                    path: input.path,
                    sha256: None,
                    bytes: None,
                    stage: "input".into(),
                    code: error.code.into(),
                    message: error.message,
                });
            }
        };
        let keys = self.known.as_ref().map(|_| self.keys(&bytes, &input));
        let remembered = self.known.as_ref().zip(keys.as_ref());
        let remembered = remembered.and_then(|(known, keys)| {
            let found = |key: &Key| known.get(key).map(|entry| (*key, entry));
            found(&keys.document).or_else(|| found(keys.limits.as_ref()?))
        });
        if let Some((key, (tally, records, errors))) = remembered {
            return Done {
                records,
                errors,
                error: None,
                tally,
                unchanged: true,
                key: Some(key),
            };
        }
        let watch = Watch {
            clock: self.clock,
            begun: Cell::new(None),
        };
        self.loading
            .call_once(|| self.config.extraction.load_ahead());
        let (done, cause) = match self.workers.extract(&bytes, &input, &watch) {
            Ok(answer) => {
                let done = Done {
                    records: answer.lines,
                    errors: Vec::new(),
                    error: None,
                    tally: answer.tally,
                    unchanged: false,
                    key: None,
                };
                (done, Cause::Document)
            }
            Err(failure) => (
                failed(error_record(input, &bytes, &failure.error)),
                failure.cause,
            ),
        };
        let key = keys.and_then(|keys| match cause {
            Cause::Document => Some(keys.document),
            Cause::Limits => keys.limits,
            Cause::Circumstances => None,
        });
        Done { key, ..done }
    }

    /// What a document is remembered by: all that its lines depend on.
    fn keys(&self, bytes: &[u8], input: &Input) -> Keys {
        let mut hash = self.base.clone();
        field(&mut hash, &Sha256::digest(bytes));
        field(&mut hash, input.path.as_bytes());
        for text in [&input.uri, &input.content_type] {
            field(&mut hash, text.as_deref().unwrap_or_default().as_bytes());
        }
        let limits = self.workers.limits(bytes).map(|limits| {
            let mut hash = hash.clone();
            field(&mut hash, limits.as_bytes());
            Key::of(&hash.finalize())
        });
        Keys {
            document: Key::of(&hash.finalize()),
            limits,
        }
    }
}

/// What one document can be remembered by.
struct Keys {
    /// What does not depend on the limits of workers: records, and most errors.
    document: Key,
    /// An error of a limit: under others the document is tried again. None for what no worker gets.
    limits: Option<Key>,
}

/// Length and bytes: fields cannot run into each other.
fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

/// Tells one build of the program from another of the same version, by its file's length and age.
fn build() -> Vec<u8> {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let Ok(file) = file else {
        return Vec::new();
    };
    format!("{} {:?}", file.len(), file.modified().ok()).into_bytes()
}

/// The records as they are written.
pub(crate) fn lines(records: &[Record]) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for record in records {
        serde_json::to_writer(&mut lines, record)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// What is counted of them.
pub(crate) fn tally(records: &[Record]) -> Tally {
    let mut warnings = records.iter().flat_map(|record| &record.warnings);
    let lossy = warnings.any(|warning| {
        ["limit", "truncated", "malformed", "partial"]
            .iter()
            .any(|word| warning.code.contains(word))
    });
    let whole = records.iter().all(|record| record.coverage.is_whole());
    let checks = records.iter().flat_map(|record| &record.checks);
    let failed = checks
        .filter(|check| check.status == CheckStatus::Fail)
        .count();
    Tally {
        outcome: if whole && !lossy {
            Outcome::Ok
        } else {
            Outcome::Partial
        },
        records: records.len() as u64,
        checks_failed: failed as u64,
    }
}

fn error_record(input: Input, bytes: &[u8], error: &ExtractError) -> ErrorRecord {
    let hash = Sha256::digest(bytes);
    ErrorRecord {
        path: input.path,
        sha256: Some(hash.iter().map(|byte| format!("{byte:02x}")).collect()),
        bytes: Some(bytes.len() as u64),
        stage: error.stage.name().into(),
        code: error.code.to_string(),
        message: error.message.clone(),
    }
}

fn failed(error: ErrorRecord) -> Done {
    let outcome = match error.code.as_str() {
        "unsupported" => Outcome::Unsupported,
        _ => Outcome::Failed,
    };
    // Texts and numbers can always be written.
    let mut errors = serde_json::to_vec(&error).unwrap_or_default();
    errors.push(b'\n');
    Done {
        records: Vec::new(),
        errors,
        error: Some(error),
        tally: Tally {
            outcome,
            records: 0,
            checks_failed: 0,
        },
        unchanged: false,
        key: None,
    }
}

/// Measures the stages of one document.
struct Watch<'a> {
    clock: &'a Clock,
    begun: Cell<Option<Instant>>,
}

impl Observer for Watch<'_> {
    fn begins(&self, _: Stage) {
        self.begun.set(Some(Instant::now()));
    }

    fn ended(&self, stage: Stage) {
        if let Some(begun) = self.begun.take() {
            self.clock.add(stage, begun.elapsed());
        }
    }
}
