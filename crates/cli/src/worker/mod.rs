//! Documents that can bring a process down are extracted in another one: this program started anew
//! with the hidden subcommand `worker`.

mod answer;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use isolation::{Cause, Failure as Lost, Limits, Pool, Session};
use nianbao::{ExtractError, Input, Observer, Stage};
use serde::{Deserialize, Serialize};

use crate::args::WorkerArgs;
use crate::config::{Config, Isolation};
use crate::exit::{Exit, Failure};
use crate::profile;

use answer::Answer;

/// What every document is like for what a first one costs alone: dictionaries that are loaded when
/// they are needed. A worker reads it before its first document, whose time is its own then.
const FIRST: &str = "年度报告\n\n一、概述\n本年度主动公开信息3条。";

/// What a worker needs to know of the run.
#[derive(Serialize, Deserialize)]
struct Greeting {
    settings: Vec<(String, String)>,
    /// The files of the profile: not its folder, which can change while the run lasts.
    profile: Option<profile::Files>,
}

/// Extracts documents, in workers where they need it.
pub(crate) struct Workers<'a> {
    config: &'a Config,
    pool: Pool,
}

impl<'a> Workers<'a> {
    /// Starts no process yet.
    pub(crate) fn new(config: &'a Config) -> Self {
        let settings = config.shaping();
        let greeting = Greeting {
            settings: settings
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            profile: config.profile.clone(),
        };
        let Limits {
            memory, cpu_time, ..
        } = config.worker;
        let program = program();
        let command = move || {
            let mut command = Command::new(&program);
            #[cfg(unix)]
            std::os::unix::process::CommandExt::arg0(&mut command, "nianbao");
            command.arg("worker");
            command.args(["--memory", &memory.to_string()]);
            command.args(["--cpu-time", &cpu_time.as_secs().to_string()]);
            command
        };
        // Texts can always be written.
        let greeting = serde_json::to_vec(&greeting).unwrap_or_default();
        Self {
            config,
            pool: Pool::new(config.worker, greeting, command),
        }
    }

    /// The limits that this document would be extracted under, as text; none where it is extracted
    /// in this process.
    pub(crate) fn limits(&self, bytes: &[u8]) -> Option<String> {
        let isolated = match self.config.isolation {
            Isolation::Always => true,
            Isolation::Auto => nianbao::needs_isolation(bytes, &self.config.extraction),
            Isolation::Never => false,
        };
        let Limits {
            timeout,
            cpu_time,
            memory,
            ..
        } = self.config.worker;
        isolated.then(|| format!("{timeout:?} {cpu_time:?} {memory}"))
    }

    /// Extracts a document.
    pub(crate) fn extract(
        &self,
        bytes: &[u8],
        input: &Input,
        observer: &dyn Observer,
    ) -> Result<Answer, Lost> {
        let of_document = |error| Lost {
            error,
            cause: Cause::Document,
        };
        if self.limits(bytes).is_none() {
            let settings = &self.config.extraction;
            let most = self.config.output_bytes;
            return Answer::extract(bytes, input, settings, most, observer).map_err(of_document);
        }
        let answer = self.pool.extract(bytes, input, observer)?;
        Answer::from_bytes(answer).ok_or_else(|| {
            of_document(ExtractError {
                stage: Stage::Record,
                code: "crash".into(),
                message: "its worker's answer is not understood; please report it".into(),
            })
        })
    }
}

/// This program's file. On Linux the one that runs, even where another version has taken its place.
fn program() -> PathBuf {
    let running = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return running.to_owned();
    }
    // Where it is not known, no worker starts, and each error says so.
    std::env::current_exe().unwrap_or_default()
}

/// Runs the subcommand.
pub(crate) fn serve(args: &WorkerArgs) -> Result<Exit, Failure> {
    let failure = |error: std::io::Error| Failure::fatal(error.to_string());
    let mut session = Session::open(Limits {
        memory: args.memory,
        cpu_time: Duration::from_secs(args.cpu_time),
        ..Limits::default()
    })
    .map_err(failure)?;
    let greeting = session.greeting().map_err(failure)?;
    let greeting: Greeting =
        serde_json::from_slice(&greeting).map_err(|error| Failure::fatal(error.to_string()))?;
    let config = Config::of_values(greeting.settings.into_iter())?;
    let most = config.output_bytes;
    let mut settings = config.extraction;
    if let Some(files) = &greeting.profile {
        settings.set_codebook(profile::codebook(Path::new(""), files)?);
    }
    // Whatever it gives: it is thrown away.
    let _ = nianbao::extract(FIRST.as_bytes(), &Input::named("first.txt"), &settings);
    session
        .serve(|bytes, input, observer| {
            Answer::extract(bytes, input, &settings, most, observer).and_then(Answer::into_bytes)
        })
        .map_err(failure)?;
    Ok(Exit::Done)
}
