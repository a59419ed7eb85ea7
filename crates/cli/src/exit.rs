//! How the command ends.

use std::io;
use std::process::ExitCode;

/// Exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything done.
    Done,
    /// Nothing, or not everything, could be written.
    Fatal,
    /// The call itself was wrong.
    Usage,
    /// Done, but some documents ended in the errors.
    Errors,
    /// Done, but more checks fail than `fail-on` allows.
    Checks,
    /// Another run is at work in the output folder.
    Locked,
    /// Interrupted by this signal.
    Signal(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Fatal => 1,
            Exit::Usage => 2,
            Exit::Errors => 3,
            Exit::Checks => 4,
            Exit::Locked => 5,
            Exit::Signal(signal) => 128u8.saturating_add(signal),
        })
    }
}

/// Why the command could not do its job.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How to end.
    pub(crate) exit: Exit,
    /// What to say; empty to end quietly.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn fatal(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Fatal,
            message: message.into(),
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// A place could not be written. A reader that went away (`| head`) is no news.
    pub(crate) fn writing(place: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::fatal(""),
            _ => Self::fatal(format!("cannot write {place}: {error}")),
        }
    }
}
