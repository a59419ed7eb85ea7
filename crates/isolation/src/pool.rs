//! Workers that are kept for many documents.

use std::process::Command;
use std::sync::{Mutex, PoisonError};

use nianbao::{Input, Observer};

use crate::Limits;
use crate::death::{Cause, Failure, TIMEOUT};
use crate::process::{Process, Reply};

/// Worker processes, as many as threads ask at the same time, started when they are needed.
pub struct Pool {
    limits: Limits,
    greeting: Vec<u8>,
    command: Box<dyn Fn() -> Command + Send + Sync>,
    idle: Mutex<Vec<Process>>,
}

impl Pool {
    /// `command` starts a program that serves a [`crate::Session`] with the same limits; `greeting` is what
    /// that is told first, where it is not empty.
    pub fn new(
        limits: Limits,
        greeting: Vec<u8>,
        command: impl Fn() -> Command + Send + Sync + 'static,
    ) -> Self {
        Self {
            limits,
            greeting,
            command: Box::new(command),
            idle: Mutex::default(),
        }
    }

    /// Extracts a document in a worker and waits for it; `observer` hears of the stages.
    ///
    /// A worker that was used before and dies is not believed: the document gets a new one, so that
    /// the result depends on nothing but the document. (Time is its own: it is not given twice.)
    ///
    /// # Errors
    /// The worker's own error, or how the worker was lost.
    pub fn extract(
        &self,
        bytes: &[u8],
        input: &Input,
        observer: &dyn Observer,
    ) -> Result<Vec<u8>, Failure> {
        // Taken out first: the lock is free while the document is at work.
        let used = self.idle().pop();
        if let Some(mut used) = used {
            match used.extract(bytes, input, &self.limits, observer) {
                Reply::Lost(failure) if failure.error.code != TIMEOUT => {}
                reply => return self.settle(used, reply),
            }
        }
        let mut new = Process::start((self.command)(), &self.greeting, &self.limits)?;
        let reply = new.extract(bytes, input, &self.limits, observer);
        self.settle(new, reply)
    }

    /// Keeps the worker where it is sound, and passes the answer on.
    fn settle(&self, process: Process, reply: Reply) -> Result<Vec<u8>, Failure> {
        let sound = match &reply {
            Reply::Done(_) => true,
            // What a panic leaves behind is not known.
            Reply::Failed(error) => error.code != "panic",
            Reply::Lost(..) => false,
        };
        if sound && process.served < self.limits.documents {
            self.idle().push(process);
        }
        match reply {
            Reply::Done(payload) => Ok(payload),
            Reply::Failed(error) => Err(Failure {
                error,
                cause: Cause::Document,
            }),
            Reply::Lost(failure) => Err(failure),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Process>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_serves_nothing_is_an_error_of_the_document() {
        let pool = Pool::new(Limits::default(), Vec::new(), || Command::new("false"));
        for _ in 0..2 {
            let Failure { error, cause } =
                pool.extract(b"x", &Input::named("a.pdf"), &()).unwrap_err();
            assert_eq!((&*error.code, cause), ("no_worker", Cause::Circumstances));
            assert!(
                error.message.contains("died at its start"),
                "{}",
                error.message
            );
        }
    }
}
