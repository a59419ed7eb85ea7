//! One document: bytes to the lines that it adds to the output.

use std::cell::Cell;
use std::io;
use std::time::Instant;

use isolation::Cause;
use nianbao::{ExtractError, Input, Observer, Page, Record, Stage};
use record::{CheckStatus, ErrorRecord, ListedDocument, Outcome};
use sha2::{Digest, Sha256};

use super::journal::{Appender, Entry, Key, Known};
use super::summary::Clock;
use crate::config::Config;
use crate::input::{InputError, Item};
use crate::worker::Workers;

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
    /// The errors that were made in this run.
    pub(super) made: Vec<ErrorRecord>,
    /// What is said of it: more than one entry where pages were to be one report and could not be read so.
    pub(super) listed: Vec<ListedDocument>,
    /// Taken over from an earlier run.
    pub(super) unchanged: bool,
    /// What it is remembered by; none for what had no bytes.
    key: Option<Key>,
}

impl Done {
    fn new(path: &str, records: Vec<u8>, tally: Tally, pages: usize) -> Self {
        let failed = matches!(tally.outcome, Outcome::Failed | Outcome::Unsupported);
        let listed = ListedDocument {
            path: path.to_owned(),
            file: None,
            position: 0,
            pages: pages as u64,
            outcome: tally.outcome,
            records: tally.records,
            errors: u64::from(failed),
            checks_failed: tally.checks_failed,
        };
        Self {
            records,
            errors: Vec::new(),
            made: Vec::new(),
            listed: vec![listed],
            unchanged: false,
            key: None,
        }
    }

    /// Adds a document that is not remembered.
    fn add(&mut self, other: Self) {
        self.records.extend(other.records);
        self.errors.extend(other.errors);
        self.made.extend(other.made);
        self.listed.extend(other.listed);
        self.key = None;
    }

    /// Writes it to the journal, unless it is from there or must be tried again.
    pub(super) fn remember(&self, appender: &mut Appender) -> io::Result<()> {
        match (self.key, self.listed.as_slice()) {
            (Some(key), [listed]) if !self.unchanged => {
                let tally = Tally {
                    outcome: listed.outcome,
                    records: listed.records,
                    checks_failed: listed.checks_failed,
                };
                let entry = Entry { key, tally };
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
}

impl<'a> Worker<'a> {
    pub(super) fn new(config: &'a Config, known: Option<Known>, clock: &'a Clock) -> Self {
        Self {
            config,
            known,
            base: fingerprint(config),
            clock,
            workers: Workers::new(config),
        }
    }

    /// Does one document, with the pages that continue it.
    pub(super) fn extract(&self, mut item: Item) -> Done {
        let (file, position) = (item.file.take(), item.position);
        let mut done = self.whole(item);
        for listed in &mut done.listed {
            listed.file.clone_from(&file);
            listed.position = position;
        }
        done
    }

    fn whole(&self, item: Item) -> Done {
        let largest = self.config.extraction.limits.bytes;
        let mut input = item.input;
        let bytes = item.bytes.load(largest);
        let continued = item.continued.into_iter();
        let continued: Vec<(Input, Result<Vec<u8>, InputError>)> = continued
            .map(|(input, bytes)| (input, bytes.load(largest)))
            .collect();
        if continued.is_empty() {
            return self.one(input, bytes);
        }
        let whole = bytes.is_ok() && continued.iter().all(|(_, bytes)| bytes.is_ok());
        if !whole {
            let each = continued.into_iter();
            return self.each(std::iter::once((input, bytes)).chain(each));
        }
        let pages = continued.into_iter();
        input.continued = pages
            .filter_map(|(input, bytes)| {
                Some(Page {
                    input,
                    bytes: bytes.ok()?,
                })
            })
            .collect();
        let bytes = bytes.unwrap_or_default();
        let done = self.read(&input, &bytes);
        if done.made.is_empty() && done.errors.is_empty() {
            return done;
        }
        let pages = std::mem::take(&mut input.continued).into_iter();
        let pages = pages.map(|page| (page.input, Ok(page.bytes)));
        self.each(std::iter::once((input, Ok(bytes))).chain(pages))
    }

    /// Pages that cannot be read as one, each alone: none is lost for another.
    fn each(&self, pages: impl Iterator<Item = (Input, Result<Vec<u8>, InputError>)>) -> Done {
        let each = pages.map(|(input, bytes)| self.one(input, bytes));
        let mut each = each.map(|done| Done {
            unchanged: false,
            key: None,
            ..done
        });
        let Some(mut done) = each.next() else {
            return Done::new("", Vec::new(), tally(&[]), 0);
        };
        each.for_each(|other| done.add(other));
        done
    }

    /// Does one document, or says why it has no bytes.
    fn one(&self, input: Input, bytes: Result<Vec<u8>, InputError>) -> Done {
        match bytes {
            Ok(bytes) => self.read(&input, &bytes),
            Err(error) => failed(ErrorRecord {
                path: input.path,
                sha256: None,
                bytes: None,
                stage: "input".into(),
                code: error.code.into(),
                message: error.message,
            }),
        }
    }

    /// Does one document, or takes over what is known of it.
    fn read(&self, input: &Input, bytes: &[u8]) -> Done {
        let pages = 1 + input.continued.len();
        let keys = self.known.as_ref().map(|_| self.keys(bytes, input));
        let remembered = self.known.as_ref().zip(keys.as_ref());
        let remembered = remembered.and_then(|(known, keys)| {
            let found = |key: &Key| known.get(key).map(|entry| (*key, entry));
            found(&keys.document).or_else(|| found(keys.limits.as_ref()?))
        });
        if let Some((key, (tally, records, errors))) = remembered {
            return Done {
                errors,
                unchanged: true,
                key: Some(key),
                ..Done::new(&input.path, records, tally, pages)
            };
        }
        let watch = Watch {
            clock: self.clock,
            begun: Cell::new(None),
        };
        let (done, cause) = match self.workers.extract(bytes, input, &watch) {
            Ok(answer) => {
                let done = Done::new(&input.path, answer.lines, answer.tally, pages);
                (done, Cause::Document)
            }
            Err(failure) => (
                failed(error_record(input, bytes, &failure.error)),
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
        page(&mut hash, bytes, input);
        for next in &input.continued {
            page(&mut hash, &next.bytes, &next.input);
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

/// A page: its bytes, what is known of it, and what its site says of it.
fn page(hash: &mut Sha256, bytes: &[u8], input: &Input) {
    field(hash, &Sha256::digest(bytes));
    field(hash, input.path.as_bytes());
    for text in [&input.uri, &input.content_type] {
        field(hash, text.as_deref().unwrap_or_default().as_bytes());
    }
    let site = input.site.as_ref().map(|site| site.to_bytes());
    field(hash, &site.unwrap_or_default());
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

/// What all keys of a run share: the program and its build, the codebook, the settings that records depend on.
pub(crate) fn fingerprint(config: &Config) -> Sha256 {
    let mut base = Sha256::new();
    field(&mut base, env!("CARGO_PKG_VERSION").as_bytes());
    field(&mut base, &build());
    field(&mut base, config.extraction.codebook().version.as_bytes());
    for (name, value) in config.shaping() {
        field(&mut base, name.as_bytes());
        field(&mut base, value.as_bytes());
    }
    base
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

fn error_record(input: &Input, bytes: &[u8], error: &ExtractError) -> ErrorRecord {
    let hash = Sha256::digest(bytes);
    ErrorRecord {
        path: input.path.clone(),
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
    let tally = Tally {
        outcome,
        records: 0,
        checks_failed: 0,
    };
    let done = Done::new(&error.path, Vec::new(), tally, 1);
    Done {
        errors,
        made: vec![error],
        ..done
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
