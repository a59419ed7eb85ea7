//! The exports of a corpus: written again where the records, the program or what is wanted of them is not what it was when
//! they were written, or where they are not there.
//!
//! An export that cannot be written (its disk is full, a program holds its place) does not stop the night: what stood there
//! stays, the report says so, and the next night tries again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use export::Settings;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::state::State;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::exit::{Exit, Failure};
use crate::export::{Wanted, write};
use crate::extract;
use crate::interrupt::Interrupt;

/// What is remembered of the exports, by their places.
pub(super) type Written = BTreeMap<String, Export>;

/// What is remembered of an export that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Export {
    /// Stands for what it was made from.
    fingerprint: String,
    /// The run in which it was written.
    run: i64,
    records: u64,
}

/// What a night made of an export.
#[derive(Debug)]
pub(super) struct Exported {
    pub(super) place: PathBuf,
    pub(super) outcome: Outcome,
}

impl Exported {
    pub(super) fn has_failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }
}

/// How it ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was written, of so many records.
    Written(u64),
    /// It is as it was.
    Unchanged,
    /// It could not be written.
    Failed(String),
}

impl Outcome {
    /// All words.
    pub(super) const WORDS: [&str; 3] = ["written", "unchanged", "failed"];

    /// The word that stands in outputs.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Written(_) => "written",
            Self::Unchanged => "unchanged",
            Self::Failed(_) => "failed",
        }
    }
}

/// The exports of a corpus with their settings, which are looked at before anything is fetched.
pub(super) fn wanted<'c>(
    (file, corpus): (&Path, &'c Corpus),
    config: &Config,
) -> Result<Vec<(&'c Wanted, Settings)>, Failure> {
    let mut wanted: Vec<(&Wanted, Settings)> = Vec::new();
    for export in &corpus.exports {
        let place = &export.output;
        let wrong = |what: &str| Failure::usage(format!("[[export]] {}: {what}", place.display()));
        let settings = export.settings(config.extraction.codebook());
        let settings = settings.map_err(|failure| wrong(&failure.message))?;
        let is_part_of = |other: &Path| other.starts_with(place) || place.starts_with(other);
        if wanted.iter().any(|(other, _)| is_part_of(&other.output)) {
            return Err(wrong("another export has this place"));
        }
        // Whatever stands at its place is replaced as a whole.
        if is_part_of(&corpus.output) || is_part_of(&corpus.archive) || is_part_of(file) {
            return Err(wrong("the corpus, its archive or its records stand there"));
        }
        wanted.push((export, settings));
    }
    Ok(wanted)
}

/// Writes what is not up to date.
pub(super) fn bring_up_to_date(
    wanted: Vec<(&Wanted, Settings)>,
    records: &Path,
    (config, state, run): (&Config, &State, i64),
    interrupt: &Interrupt,
) -> Result<Vec<Exported>, Failure> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let content = state.content()?;
    let mut written = state.exports();
    let mut exported = Vec::new();
    for (export, settings) in wanted {
        let place = export.output.clone();
        let name = place.display().to_string();
        let mut hash = extract::fingerprint(config);
        hash.update(&content);
        hash.update(serde_json::to_vec(export).unwrap_or_default());
        let fingerprint = format!("{:x}", hash.finalize());
        let known = written
            .get(&name)
            .filter(|known| known.fingerprint == fingerprint && place.exists());
        let outcome = match known {
            // By this night, before it died.
            Some(known) if known.run > state.run() => Outcome::Written(known.records),
            Some(_) => Outcome::Unchanged,
            None => {
                let codebook = config.extraction.codebook();
                match write(records, &place, settings, codebook, interrupt) {
                    Ok(summary) => {
                        let records = summary.records;
                        let export = Export {
                            fingerprint,
                            run,
                            records,
                        };
                        written.insert(name, export);
                        state.exported(&written)?;
                        Outcome::Written(records)
                    }
                    Err(failure) if matches!(failure.exit, Exit::Signal(_)) => return Err(failure),
                    Err(failure) => Outcome::Failed(failure.message),
                }
            }
        };
        exported.push(Exported { place, outcome });
    }
    Ok(exported)
}
