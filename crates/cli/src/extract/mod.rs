//! `nianbao extract`: many documents to records.

mod filter;
mod journal;
mod output;
mod shard;
mod summary;
mod together;
mod work;

pub(crate) use output::Folder;
pub(crate) use shard::PartOf;
pub(crate) use summary::{Counts, Run};
pub(crate) use work::{Tally, fingerprint, lines, tally};

use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::Path;

use crate::args::{ExtractArgs, Shard, ShardBy};
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::input::{self, Item, Place};
use crate::interrupt::Interrupt;
use crate::log::Log;
use journal::Journal;
use output::Output;
use shard::Part;
use summary::Clock;
use together::Submitter;
use work::{Done, Worker};

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs) -> Result<Exit, Failure> {
    let config = Config::resolve_extract(args)?;
    if args.filter {
        return filter::run(&config, args.null, &Interrupt::listen()?);
    }
    let places = input::collect(names(args)?);
    let interrupt = Interrupt::listen()?;
    let job = Job {
        config: &config,
        places: &places,
        output: args.output.as_deref(),
        fresh: args.fresh,
        shard: args.shard.map(|shard| (shard, args.shard_by)),
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
    pub(crate) shard: Option<(Shard, ShardBy)>,
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
    let mut part = shard.map(|(shard, by)| Part::new(shard, by, places, &together));
    let opened = places.iter().filter(|place| {
        let part = part.as_mut();
        part.is_none_or(|part| part.opens(place))
    });
    let opened: Vec<&Place> = opened.collect();
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
        log.advance(done.listed.iter().map(|listed| listed.pages).sum());
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                problem = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let produce = |submit: &mut dyn FnMut(Item) -> ControlFlow<()>| {
        let mut submitter = Submitter::new(places, &together, part.as_mut(), submit);
        let bytes = config.extraction.limits.bytes;
        let flow = input::visit(opened, &config.archives, bytes, &mut |item| {
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
    let run = Run::new(config, counts, part.map(Part::of), &clock);
    output
        .finish(&run)
        .map_err(|error| Failure::writing(place, &error))?;
    log.note(&run.counts.to_string());
    Ok(run.counts.exit(config.fail_on))
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
