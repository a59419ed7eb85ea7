//! `nianbao extract`: many documents to records.

mod journal;
mod output;
mod summary;
mod together;
mod work;

pub(crate) use work::{Tally, fingerprint, lines, tally};

use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::args::{ExtractArgs, Shard};
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::input::{self, Item, Place};
use crate::interrupt::Interrupt;
use crate::log::Log;
use journal::Journal;
use output::Output;
use summary::{Clock, Counts};
use together::Submitter;
use work::{Done, Worker};

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs) -> Result<Exit, Failure> {
    let config = Config::resolve_extract(args)?;
    let places = input::collect(names(args)?);
    let interrupt = Interrupt::listen()
        .map_err(|error| Failure::fatal(format!("cannot listen to signals: {error}")))?;
    let job = Job {
        config: &config,
        places: &places,
        output: args.output.as_deref(),
        fresh: args.fresh,
        shard: args.shard,
    };
    extract(&job, &interrupt)
}

/// What is to be extracted, and where to.
pub(crate) struct Job<'a> {
    pub(crate) config: &'a Config,
    pub(crate) places: &'a [Place],
    /// A folder; without one, stdout.
    pub(crate) output: Option<&'a Path>,
    /// Whether what an earlier run has done is done again.
    pub(crate) fresh: bool,
    pub(crate) shard: Option<Shard>,
}

/// Extracts documents to an output.
pub(crate) fn extract(job: &Job<'_>, interrupt: &Interrupt) -> Result<Exit, Failure> {
    let Job {
        config,
        places,
        output: folder,
        fresh,
        shard,
    } = *job;
    let log = Log::new(config, places.len());
    let clock = Clock::start();
    let (mut output, journal) = match folder {
        Some(folder) => {
            let output = Output::open(folder)?;
            let journal = Journal::open(&output.state(), fresh)
                .map_err(|error| Failure::writing("the state of the run", &error))?;
            (output, Some(journal))
        }
        None => (Output::stdout(), None),
    };
    let (mut appender, known) = journal.map(Journal::split).unzip();
    let worker = Worker::new(config, known, &clock);
    let together = together::look(places, config, interrupt)?;
    clock.looked();
    let mut counts = Counts::default();
    let mut problem = None;
    let sink = |done: Done| {
        let appended = appender
            .as_mut()
            .map_or(Ok(()), |appender| done.remember(appender));
        let written = appended.and_then(|()| output.write(&done));
        if folder.is_none() {
            done.made.iter().for_each(|error| log.error(error));
        }
        counts.add(&done);
        log.advance(done.tallies.iter().map(|(_, documents)| documents).sum());
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                problem = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let produce = |submit: &mut dyn FnMut(Item) -> ControlFlow<()>| {
        let mut submitter = Submitter::new(places, &together, shard, submit);
        let bytes = config.extraction.limits.bytes;
        let flow = input::visit(places, &config.archives, bytes, &mut |item| {
            if interrupt.signal().is_some() {
                return ControlFlow::Break(());
            }
            submitter.submit(item)
        });
        if flow.is_continue() {
            submitter.finish();
        }
    };
    nianbao::in_order(config.jobs, produce, |item| worker.extract(item), sink)
        .map_err(|error| Failure::fatal(format!("cannot start threads: {error}")))?;
    log.finish();
    let place = if folder.is_some() {
        "the output"
    } else {
        "stdout"
    };
    if let Some(error) = problem {
        return Err(Failure::writing(place, &error));
    }
    if let Some(appender) = appender {
        let appended = appender.finish();
        appended.map_err(|error| Failure::writing("the state of the run", &error))?;
    }
    if let Some(signal) = interrupt.signal() {
        log.note("stopped: run the same command again to go on");
        return Ok(Exit::Signal(signal));
    }
    let report = summary::report(config, &counts, &clock);
    output
        .finish(&report)
        .map_err(|error| Failure::writing(place, &error))?;
    log.note(&counts.to_string());
    Ok(counts.exit(config.fail_on))
}

fn names(args: &ExtractArgs) -> Result<Vec<OsString>, Failure> {
    let mut names = args.inputs.clone();
    if let Some(list) = &args.files_from {
        let more = input::names_from(list, args.null)
            .map_err(|error| Failure::usage(format!("--files-from {}: {error}", list.display())))?;
        names.extend(more);
    } else if names.is_empty() {
        return Err(Failure::usage(
            "no input: name files, folders or archives, or --files-from",
        ));
    }
    Ok(names)
}

/// Whether a path is in a shard.
fn takes(shard: Shard, path: &str) -> bool {
    let hash = Sha256::digest(path.as_bytes());
    let start = hash
        .iter()
        .take(8)
        .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    start % shard.count == shard.index - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_in_exactly_one_shard() {
        let mut sizes = [0; 3];
        for number in 0..300 {
            let path = format!("a/{number}.html");
            let of: Vec<u64> = (1..=3)
                .filter(|index| {
                    takes(
                        Shard {
                            index: *index,
                            count: 3,
                        },
                        &path,
                    )
                })
                .collect();
            assert_eq!(of.len(), 1);
            sizes[usize::try_from(of[0]).unwrap() - 1] += 1;
        }
        assert!(sizes.iter().all(|size| *size > 60), "{sizes:?}");
    }
}
