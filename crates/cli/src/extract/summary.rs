//! What a run did, in numbers that add up.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use nianbao::Stage;
use serde_json::{Map, Value, json};

use super::work::{Done, Outcome};
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
#[derive(Debug, Default, serde::Serialize)]
pub(super) struct Counts {
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
    pub(super) fn add(&mut self, done: &Done) {
        for (tally, documents) in &done.tallies {
            self.seen += documents;
            *match tally.outcome {
                _ if done.unchanged => &mut self.unchanged,
                Outcome::Ok => &mut self.ok,
                Outcome::Partial => &mut self.partial,
                Outcome::Failed => &mut self.failed,
                Outcome::Unsupported => &mut self.unsupported,
            } += documents;
            self.joined += documents - 1;
            self.records += tally.records;
            self.checks_failed += tally.checks_failed;
            let failed = matches!(tally.outcome, Outcome::Failed | Outcome::Unsupported);
            self.errors += u64::from(failed);
        }
    }

    /// How the command ends.
    pub(super) fn exit(&self, fail_on: Option<u64>) -> Exit {
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

/// The text of `run.json`.
pub(super) fn report(config: &Config, counts: &Counts, clock: &Clock) -> String {
    let settings: Map<String, Value> = config
        .shaping()
        .map(|(name, value)| {
            let value = value
                .parse::<u64>()
                .map_or_else(|_| json!(value), |number| json!(number));
            (name.to_owned(), value)
        })
        .collect();
    let profile = config.extraction.codebook().profile.as_ref();
    let profile = profile.map(|profile| json!({ "id": profile.id, "version": profile.version }));
    let report = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "schema": record::SCHEMA_VERSION,
        "codebook": config.extraction.codebook().version,
        "profile": profile,
        "jobs": config.jobs,
        "settings": settings,
        "counts": counts,
        "seconds": clock.seconds(),
    });
    format!("{report:#}\n")
}
