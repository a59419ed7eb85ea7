//! The `nianbao` command.
//!
//! What it does: finds inputs, calls the façade, writes records, errors and a summary of the run, and
//! shows a document to people. Results go to stdout or to files, everything else to stderr.
//! What it may not know: how a report is read.

mod args;
mod check;
mod config;
mod corpus;
mod diff;
mod exit;
mod export;
mod extract;
mod fetching;
mod input;
mod interrupt;
mod log;
mod merge;
mod profile;
mod records;
mod refresh;
mod report;
mod schema;
mod show;
mod worker;

use std::io::Write;

use clap::Parser;

use args::{Args, Command, ConfigCommand};
use exit::{Exit, Failure};

fn main() -> std::process::ExitCode {
    // A panic of a stage ends in the errors with its message; elsewhere it ends in `run` below.
    std::panic::set_hook(Box::new(|_| {}));
    let result = std::panic::catch_unwind(run).unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<&str>().map(ToString::to_string);
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        Err(Failure::fatal(format!(
            "internal error: {}; please report it",
            text.unwrap_or_default()
        )))
    });
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if !failure.message.is_empty() {
                // Where stderr is closed there is nobody to tell.
                let _ = writeln!(std::io::stderr(), "nianbao: {}", failure.message);
            }
            failure.exit.into()
        }
    }
}

fn run() -> Result<Exit, Failure> {
    match Args::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Fetch(args) => fetching::run(&args),
        Command::Refresh(args) => refresh::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Schema(command) => schema::run(&command),
        Command::Worker(args) => worker::serve(&args),
        Command::Config(ConfigCommand::Show(args)) => {
            print(&config::Config::resolve(&args.settings)?.shown())
        }
    }
}

/// Writes a whole text to stdout.
fn print(text: &str) -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::writing("stdout", &error))?;
    Ok(Exit::Done)
}
