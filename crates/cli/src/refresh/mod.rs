//! `nianbao refresh`: a corpus brought up to date, and a report of the night.
//!
//! 1. Fetch what is due into the archive ([`fetch::Archive`]).
//! 2. Extract what changed: nothing at all where neither a document nor the program did.
//! 3. Write the exports that are not up to date.
//! 4. Compare with what was reported last; write the night's changes, the versions that were replaced, the report.
//! 5. Say that this is reported now. Until then a run that dies is taken up by the next one where it stopped.

mod exports;
mod metrics;
mod night;
mod report;
mod state;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fetch::{Archive, Clock, Outcome, SystemClock, Visit};
use sha2::Digest;

use crate::args::SettingsArgs;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::diff::{Difference, compare, load};
use crate::exit::{Exit, Failure};
use crate::extract::{self, Job};
use crate::fetching::{crawl, failure, open};
use crate::input::{Fetched, Place};
use crate::interrupt::Interrupt;
use crate::log::Log;
use exports::Exported;
use night::Night;
use state::State;

/// Shown behind the options.
pub(crate) const EXAMPLES: &str = "Examples:
  nianbao refresh corpus.toml
  nianbao refresh corpus.toml --versions 某县林业局

corpus.toml says where the corpus comes from; the least of one:
  contact = \"mailto:somebody@example.org\"
  [[source]]
  lists = [\"https://www.example.gov.cn/xxgk/nb/\"]
  include = [\"/xxgk/nb/**\"]

In its output folder: records.jsonl, errors.jsonl and run.json as of `extract`; report.html,
report.md and changes.jsonl of the last night, those of all nights in nights/, with the
versions of records that were replaced; nianbao.prom for Prometheus. Each [[export]] of
corpus.toml (to = \"csv\", output = \"tables\", …, as of `export`) is written again when records
change.

Ends with 0, or with 3 where addresses could not be had, documents not be read or exports not
be written. Safe to call twice (the second ends with 5), to kill and to call again.";

/// What `refresh` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct RefreshArgs {
    /// The corpus.
    corpus: PathBuf,
    /// Fetch nothing: extract and report what the archive holds.
    #[arg(long)]
    offline: bool,
    /// List the versions of the records whose document, id, title or agency holds TEXT, the oldest first, as JSON Lines.
    #[arg(long, value_name = "TEXT", conflicts_with = "offline")]
    versions: Option<String>,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// Runs the command.
pub(crate) fn run(args: &RefreshArgs) -> Result<Exit, Failure> {
    let corpus = Corpus::load(&args.corpus)?;
    if let Some(text) = &args.versions {
        return night::list_versions(&corpus.output, text);
    }
    let config = config(args, &corpus)?;
    let (sources, settings) = (corpus.sources()?, corpus.settings()?);
    let wanted = exports::wanted((&args.corpus, &corpus), &config)?;
    let interrupt = Interrupt::listen()?;
    let log = Log::new(&config, 0);
    let mut archive = open(&corpus.archive, &settings)?;
    let state = State::load(&corpus.output)?;
    if state.run() > 0 && state.run() == archive.last_run().map_err(failure)? {
        // A run that died right behind its report.
        archive.end_run(SystemClock.now()).map_err(failure)?;
    }
    let begun = SystemClock.now();
    if !args.offline {
        let mut observe = |_: &Visit| log.advance(1);
        crawl(&mut archive, &sources, &settings, &interrupt, &mut observe)?;
        log.finish();
    }
    if let Some(signal) = interrupt.signal() {
        log.note("stopped: run the same command again to go on");
        return Ok(Exit::Signal(signal));
    }
    let extracted = bring_up_to_date(&corpus, &config, &archive, &state, &interrupt)?;
    if let Some(Exit::Signal(signal)) = extracted {
        return Ok(Exit::Signal(signal));
    }
    let run = archive.last_run().map_err(failure)?;
    let place = corpus.output.join("records.jsonl");
    let sources = (&config, &state, run);
    let exports = exports::bring_up_to_date(wanted, &place, sources, &interrupt)?;
    let is_new = extracted.is_some() || !state.is_reported();
    let difference = if is_new {
        difference(&corpus.output, &state)?
    } else {
        Difference::default()
    };
    let night = Night {
        run,
        begun: archive.run_begun(run).map_err(failure)?.unwrap_or(begun),
        ended: SystemClock.now(),
        visits: archive.visits(state.run()).map_err(failure)?,
        difference,
        exports,
        extracted: is_new,
        is_first: state.records().is_none(),
    };
    night.write(&corpus.output, &state)?;
    state.report(run, is_new)?;
    archive.end_run(SystemClock.now()).map_err(failure)?;
    archive
        .forget_visits(run - corpus.retention.unchanged)
        .map_err(failure)?;
    night::forget(&corpus.output, corpus.retention.versions)?;
    log.note(&night.summary());
    let broken = night.count(Outcome::Broken) > 0 || night.exports.iter().any(Exported::has_failed);
    Ok(match extracted {
        _ if broken => Exit::Errors,
        Some(exit) => exit,
        None => state.last_exit(),
    })
}

/// The settings of the extraction: those of the corpus, then those of the call.
fn config(args: &RefreshArgs, corpus: &Corpus) -> Result<Config, Failure> {
    let mut settings = SettingsArgs {
        config: args.settings.config.clone(),
        profile: args.settings.profile.clone(),
        set: Vec::new(),
        cross_check: args.settings.cross_check,
        quiet: args.settings.quiet,
        progress: args.settings.progress.clone(),
        log_format: args.settings.log_format.clone(),
    };
    let folder = args.corpus.parent().unwrap_or(Path::new(""));
    for (name, value) in &corpus.extract {
        let value = match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if name == "profile" {
            settings.profile = settings.profile.or_else(|| Some(folder.join(value)));
        } else {
            settings.set.push(format!("{name}={value}"));
        }
    }
    settings.set.extend(args.settings.set.iter().cloned());
    Config::resolve(&settings)
}

/// Extracts the documents of the archive. Where neither they nor the program have changed since records were
/// written from them, nothing is done: `None`.
fn bring_up_to_date(
    corpus: &Corpus,
    config: &Config,
    archive: &Archive,
    state: &State,
    interrupt: &Interrupt,
) -> Result<Option<Exit>, Failure> {
    let documents = archive.documents().map_err(failure)?;
    let mut hash = extract::fingerprint(config);
    for document in &documents {
        let content_type = document.content_type.as_deref().unwrap_or_default();
        for field in [&document.url, &document.sha256, content_type] {
            hash.update((field.len() as u64).to_le_bytes());
            hash.update(field.as_bytes());
        }
    }
    let fingerprint = format!("{:x}", hash.finalize());
    if state.is_extracted(&fingerprint) {
        return Ok(None);
    }
    let folder: Arc<Path> = corpus.archive.as_path().into();
    let places = documents.into_iter().map(|document| {
        Place::fetched(Fetched {
            folder: Arc::clone(&folder),
            document,
        })
    });
    let places: Vec<Place> = places.collect();
    let job = Job {
        config,
        places: &places,
        output: Some(&corpus.output),
        fresh: false,
        shard: None,
    };
    let exit = extract::extract(&job, interrupt)?;
    if !matches!(exit, Exit::Signal(_)) {
        state.extracted(&fingerprint, exit)?;
    }
    Ok(Some(exit))
}

/// What changed since the records that were reported last.
fn difference(output: &Path, state: &State) -> Result<Difference, Failure> {
    let old = match state.records() {
        Some(records) => load(&records)?,
        None => Vec::new(),
    };
    Ok(compare(old, load(output)?))
}
