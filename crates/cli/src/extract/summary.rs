//! What a run did, in numbers that add up.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use nianbao::Stage;
use record::{ListedDocument, Outcome};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::shard::PartOf;
use super::work::Done;
use crate::config::Config;
use crate::exit::Exit;

/// Time spent by stage, over all threads.
pub(super) struct Clock {
    begun: Instant,
    /// Time until the first document was extracted.
    looking: OnceLock<Duration>,
    nanoseconds: [AtomicU64; Stage::ALL.len()],
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            begun: Instant::now(),
            looking: OnceLock::new(),
            nanoseconds: Default::default(),
        }
    }

    /// The documents have been looked at together: from here on they are extracted.
    pub(super) fn looked(&self) {
        // Said once.
        let _ = self.looking.set(self.begun.elapsed());
    }

    pub(super) fn add(&self, stage: Stage, time: Duration) {
        let stages = Stage::ALL.iter().zip(&self.nanoseconds);
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        for (_, sum) in stages.filter(|(known, _)| **known == stage) {
            sum.fetch_add(nanoseconds, Ordering::Relaxed);
        }
    }

    fn seconds(&self) -> Value {
        let milliseconds = |time: Duration| (time.as_secs_f64() * 1e3).round() / 1e3;
        let stages = Stage::ALL.iter().zip(&self.nanoseconds);
        let stages: Map<String, Value> = stages
            .map(|(stage, sum)| {
                let time = Duration::from_nanos(sum.load(Ordering::Relaxed));
                (stage.name().to_owned(), json!(milliseconds(time)))
            })
            .collect();
        let looking = self.looking.get().copied().unwrap_or_default();
        json!({
            "total": milliseconds(self.begun.elapsed()),
            "looking": milliseconds(looking),
            "stages": stages,
        })
    }
}

/// Counts of a run: `seen` is the sum of `ok`, `partial`, `failed`, `unsupported` and `unchanged`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    seen: u64,
    ok: u64,
    partial: u64,
    failed: u64,
    unchanged: u64,
    unsupported: u64,
    /// Of all these, pages whose text stands in the record of another: they continue its report.
    joined: u64,
    /// Lines of `records.jsonl`.
    records: u64,
    /// Lines of `errors.jsonl`, those of unchanged documents too.
    errors: u64,
    /// Checks that fail, those of unchanged documents too.
    checks_failed: u64,
}

impl Counts {
    /// Adds a document that was done.
    pub(super) fn add(&mut self, done: &Done) {
        for listed in &done.listed {
            let ended = match done.unchanged {
                true => &mut self.unchanged,
                false => self.ended(listed.outcome),
            };
            *ended += listed.pages;
            self.sum(listed);
        }
    }

    /// Adds a document as it is listed, done now or before.
    pub(crate) fn list(&mut self, listed: &ListedDocument) {
        *self.ended(listed.outcome) += listed.pages;
        self.sum(listed);
    }

    fn sum(&mut self, listed: &ListedDocument) {
        self.seen += listed.pages;
        self.joined += listed.pages.saturating_sub(1);
        self.records += listed.records;
        self.checks_failed += listed.checks_failed;
        self.errors += listed.errors;
    }

    /// Whether they count the same documents, done now or before.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let all = |counts: &Self| {
            let Self {
                seen,
                joined,
                records,
                errors,
                checks_failed,
                ..
            } = *counts;
            [seen, joined, records, errors, checks_failed]
        };
        all(self) == all(other)
    }

    fn ended(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Ok => &mut self.ok,
            Outcome::Partial => &mut self.partial,
            Outcome::Failed => &mut self.failed,
            Outcome::Unsupported => &mut self.unsupported,
        }
    }

    /// How the command ends.
    pub(crate) fn exit(&self, fail_on: Option<u64>) -> Exit {
        if self.errors > 0 {
            Exit::Errors
        } else if fail_on.is_some_and(|most| self.checks_failed > most) {
            Exit::Checks
        } else {
            Exit::Done
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} documents: {} ok, {} partial, {} failed, {} unsupported, {} unchanged, {} of them joined \
             to others; {} records, {} errors, {} checks failed",
            self.seen,
            self.ok,
            self.partial,
            self.failed,
            self.unsupported,
            self.unchanged,
            self.joined,
            self.records,
            self.errors,
            self.checks_failed
        )
    }
}

/// What `run.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Of the program.
    pub(crate) version: String,
    /// Of the record's schema.
    pub(crate) schema: String,
    pub(crate) codebook: String,
    pub(crate) profile: Value,
    /// Settings that records depend on.
    pub(crate) settings: Map<String, Value>,
    /// Threads.
    pub(crate) jobs: usize,
    pub(crate) counts: Counts,
    /// Which part of the inputs it did; none where it did all.
    pub(crate) shard: Option<PartOf>,
    pub(crate) seconds: Value,
}

impl Run {
    pub(super) fn new(
        config: &Config,
        counts: Counts,
        shard: Option<PartOf>,
        clock: &Clock,
    ) -> Self {
        let settings = config.shaping().map(|(name, value)| {
            let number = value.parse::<u64>();
            let value = number.map_or_else(|_| json!(value), |number| json!(number));
            (name.to_owned(), value)
        });
        let codebook = config.extraction.codebook();
        let profile = codebook.profile.as_ref();
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            schema: record::SCHEMA_VERSION.into(),
            codebook: codebook.version.clone(),
            profile: json!(
                profile.map(|known| json!({ "id": known.id, "version": known.version }))
            ),
            settings: settings.collect(),
            jobs: config.jobs,
            counts,
            shard,
            seconds: clock.seconds(),
        }
    }

    /// The text of the file.
    pub(super) fn text(&self) -> serde_json::Result<String> {
        Ok(format!("{:#}\n", serde_json::to_value(self)?))
    }
}
