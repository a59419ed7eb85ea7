//! Names in, lines out: a part of a pipe, for engines that divide the work themselves.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;

use super::summary::{Clock, Counts};
use super::work::{Done, Worker};
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::input::{self, Item};
use crate::interrupt::Interrupt;
use crate::log::Log;

/// Answers each name on stdin with its lines on stdout, in the order of the names, while more come. Every
/// document is read alone. Errors are answers like others.
pub(super) fn run(config: &Config, null: bool, interrupt: &Interrupt) -> Result<Exit, Failure> {
    let log = Log::new(config, 0);
    let clock = Clock::start();
    let worker = Worker::new(config, None, &clock);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut counts = Counts::default();
    let mut unwritten = None;
    let mut unread = None;
    let sink = |done: Done| {
        let written = out.write_all(&done.records);
        let written = written.and_then(|()| out.write_all(&done.errors));
        // Who reads waits for whole answers.
        let written = written.and_then(|()| out.flush());
        counts.add(&done);
        log.advance(done.listed.iter().map(|listed| listed.pages).sum());
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                unwritten = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let produce = |submit: &mut dyn FnMut(Item) -> ControlFlow<()>| {
        for name in input::names(io::stdin().lock(), null) {
            let name = match name {
                Ok(name) => name,
                Err(error) => {
                    unread = Some(error);
                    return;
                }
            };
            let places = input::collect([name]);
            let bytes = config.extraction.limits.bytes;
            let flow = input::visit(&places, &config.archives, bytes, &mut |item| {
                if interrupt.signal().is_some() {
                    return ControlFlow::Break(());
                }
                submit(item)
            });
            if flow.is_break() {
                return;
            }
        }
    };
    nianbao::in_order(config.jobs, produce, |item| worker.extract(item), sink)
        .map_err(|error| Failure::fatal(format!("cannot start threads: {error}")))?;
    log.finish();
    if let Some(error) = unwritten {
        return Err(Failure::writing("stdout", &error));
    }
    if let Some(error) = unread {
        return Err(Failure::fatal(format!("cannot read stdin: {error}")));
    }
    if let Some(signal) = interrupt.signal() {
        return Ok(Exit::Signal(signal));
    }
    log.note(&counts.to_string());
    Ok(Exit::Done)
}
