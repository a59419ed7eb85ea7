//! A document to its records, in this process or in a worker: what the command does with one document.

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use isolation::{Limits, Pool};
use nianbao::{ExtractError, Input, Record, Settings, Stage};

use crate::source::{Failed, Source};
use crate::worker::{self, Greeting};

/// Which documents are extracted in worker processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isolation {
    /// Those of formats that can bring the process down.
    Auto,
    Always,
    Never,
}

/// How documents are read, with the codebook ready and workers at hand.
pub(crate) struct Engine {
    pub(crate) settings: Settings,
    /// Bytes of the records of one document.
    output_bytes: usize,
    isolation: Isolation,
    limits: Limits,
    greeting: Vec<u8>,
    /// The program of a worker and its first arguments.
    worker: Vec<OsString>,
    /// The workers of this process, and its number: after a fork those of the parent are not ours.
    pool: Mutex<(u32, Arc<Pool>)>,
}

/// What became of a document: its name, and its records or why there are none.
pub(crate) struct Done {
    pub(crate) name: String,
    pub(crate) result: Result<Vec<Record>, Failed>,
}

impl Engine {
    /// Starts no process yet.
    pub(crate) fn new(
        settings: Settings,
        greeting: &Greeting,
        isolation: Isolation,
        limits: Limits,
        worker: Vec<OsString>,
    ) -> Self {
        let output_bytes = greeting.shaping.output_bytes;
        // Texts can always be written.
        let greeting = serde_json::to_vec(greeting).unwrap_or_default();
        let pool = pool(&worker, &greeting, limits);
        Self {
            settings,
            output_bytes,
            isolation,
            limits,
            greeting,
            worker,
            pool: Mutex::new((std::process::id(), Arc::new(pool))),
        }
    }

    /// Reads a document where it stands and extracts it.
    pub(crate) fn read(&self, source: &Source, name: Option<String>) -> Done {
        let name = name.unwrap_or_else(|| source.name());
        // Unwind safe: what the call has touched is dropped with the document.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let bytes = source.load(self.settings.limits.bytes)?;
            self.extract(&bytes, &name)
        }));
        let result = result.unwrap_or_else(|_| {
            Err(Failed::from(ExtractError {
                stage: Stage::Record,
                code: "panic".into(),
                message: "nianbao panicked: please report it with this document".into(),
            }))
        });
        Done { name, result }
    }

    fn extract(&self, bytes: &[u8], name: &str) -> Result<Vec<Record>, Failed> {
        let input = Input::named(name);
        let isolated = match self.isolation {
            Isolation::Auto => nianbao::needs_isolation(bytes, &self.settings),
            Isolation::Always => true,
            Isolation::Never => false,
        };
        if !isolated {
            let records = nianbao::extract(bytes, &input, &self.settings)?;
            worker::check_size(&records, self.output_bytes)?;
            return Ok(records);
        }
        let answer = self.workers().extract(bytes, &input, &());
        let answer = answer.map_err(|failure| failure.error)?;
        serde_json::from_slice(&answer).map_err(|error| {
            Failed::from(ExtractError {
                stage: Stage::Record,
                code: "crash".into(),
                message: format!(
                    "its worker's answer is not understood ({error}); please report it"
                ),
            })
        })
    }

    fn workers(&self) -> Arc<Pool> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let own = std::process::id();
        if pool.0 != own {
            let new = Arc::new(self::pool(&self.worker, &self.greeting, self.limits));
            let (_, inherited) = std::mem::replace(&mut *pool, (own, new));
            // To drop them would end the parent's workers.
            std::mem::forget(inherited);
        }
        Arc::clone(&pool.1)
    }
}

fn pool(worker: &[OsString], greeting: &[u8], limits: Limits) -> Pool {
    let worker = worker.to_vec();
    Pool::new(limits, greeting.to_vec(), move || {
        let mut words = worker.iter();
        // Where there is no program, no worker starts, and each error says so.
        let mut command = Command::new(words.next().cloned().unwrap_or_default());
        command.args(words);
        command.arg(limits.memory.to_string());
        command.arg(limits.cpu_time.as_secs().to_string());
        command
    })
}
