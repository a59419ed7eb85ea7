//! Why a worker died, in the words of errors.

use std::process::ExitStatus;
use std::sync::LazyLock;

use nianbao::{ExtractError, Stage};
use regex::Regex;

use crate::{LEAST_MEMORY, Limits};

/// A document that gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is said of it. Codes of this crate: `timeout`, `memory_limit`, `crash`, `no_worker`.
    pub error: ExtractError,
    /// What it depends on.
    pub cause: Cause,
}

/// What a failure depends on: when it is worth to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The document: it fails again.
    Document,
    /// The document and the limits: it may pass under others.
    Limits,
    /// Neither: a worker was killed from outside, or could not be started.
    Circumstances,
}

/// How a worker was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// It was killed when the time was over.
    Late,
    /// It went by itself or said what is not understood.
    Gone,
}

/// The code of what took longer than it may.
pub(crate) const TIMEOUT: &str = "timeout";

/// What the runtime says where an allocation fails.
const NO_MEMORY: &str = "memory allocation of ";

/// Lines of a worker's last words that are kept.
const LAST_LINES: usize = 3;

/// The runtime names the process in brackets: another one in each run.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r" \([0-9]+\)").ok());

/// What a lost worker means for the document that it had.
pub(crate) fn failure(
    loss: Loss,
    status: Option<ExitStatus>,
    last_words: &[u8],
    stage: Stage,
    limits: &Limits,
) -> Failure {
    let last_words = String::from_utf8_lossy(last_words);
    let (code, message, cause) = if loss == Loss::Late {
        let timeout = limits.timeout.as_secs_f64();
        let message = format!(
            "limit: timeout, {timeout}: not done after {timeout} seconds; set timeout to give it longer"
        );
        (TIMEOUT, message, Cause::Limits)
    } else if signal(status, Signals::ProcessorTime) {
        let time = limits.cpu_time.as_secs();
        let message = format!(
            "limit: cpu_time, {time}: not done after {time} seconds of processor time; set cpu_time to give it longer"
        );
        (TIMEOUT, message, Cause::Limits)
    } else if last_words.contains(NO_MEMORY) {
        let memory = limits.memory >> 20;
        let message = format!(
            "limit: memory, {memory}: it needs more than {memory} MiB; set memory to give it more"
        );
        ("memory_limit", message, Cause::Limits)
    } else if signal(status, Signals::Outside) {
        let message = "its worker was killed from outside; run the same command again".to_owned();
        ("crash", message, Cause::Circumstances)
    } else {
        let status = status.map_or("unknown".to_owned(), |status| status.to_string());
        let message = format!(
            "its worker died ({status}){}; please report it with this document",
            quoted(&last_words)
        );
        ("crash", message, Cause::Limits)
    };
    Failure {
        error: ExtractError {
            stage,
            code: code.into(),
            message,
        },
        cause,
    }
}

/// No process for the document, where `memory` is what it may take.
pub(crate) fn no_worker(why: &str, memory: u64) -> Failure {
    let remedy = if why.contains(NO_MEMORY) {
        let (memory, least) = (memory >> 20, LEAST_MEMORY >> 20);
        format!("limit: memory, {memory}: set memory to more, at least {least} MiB")
    } else {
        "run the same command again".to_owned()
    };
    Failure {
        error: ExtractError {
            stage: Stage::Reading,
            code: "no_worker".into(),
            message: format!("no worker process could be started: {why}; {remedy}"),
        },
        cause: Cause::Circumstances,
    }
}

/// The last lines, on one, without what differs from run to run.
pub(crate) fn quoted(last_words: &str) -> String {
    let lines = last_words.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let from = lines.len().saturating_sub(LAST_LINES);
    let text = lines.get(from..).unwrap_or_default().join(" / ");
    let text = match NUMBER.as_ref() {
        Some(number) => number.replace_all(&text, "").into_owned(),
        None => text,
    };
    if text.is_empty() {
        text
    } else {
        format!(": {text}")
    }
}

#[derive(Clone, Copy)]
enum Signals {
    /// The system's limit of processor time.
    ProcessorTime,
    /// What people and the system send to processes that have done nothing wrong.
    Outside,
}

#[cfg(unix)]
fn signal(status: Option<ExitStatus>, wanted: Signals) -> bool {
    use std::os::unix::process::ExitStatusExt;

    use rustix::process::Signal;

    let wanted: &[Signal] = match wanted {
        Signals::ProcessorTime => &[Signal::XCPU],
        Signals::Outside => &[
            Signal::KILL,
            Signal::TERM,
            Signal::INT,
            Signal::HUP,
            Signal::QUIT,
        ],
    };
    let signal = status.and_then(|status| status.signal());
    wanted.iter().any(|wanted| signal == Some(wanted.as_raw()))
}

#[cfg(not(unix))]
fn signal(_: Option<ExitStatus>, _: Signals) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn of(loss: Loss, raw: i32, words: &str) -> (String, String, Cause) {
        let status = Some(ExitStatus::from_raw(raw));
        let limits = Limits::default();
        let failure = failure(loss, status, words.as_bytes(), Stage::Reading, &limits);
        let ExtractError { code, message, .. } = failure.error;
        (code.into_owned(), message, failure.cause)
    }

    #[test]
    fn every_death_has_its_code_and_names_the_limit() {
        let (code, message, cause) = of(Loss::Late, 9, "");
        assert_eq!((code.as_str(), cause), ("timeout", Cause::Limits));
        assert!(message.starts_with("limit: timeout, 600"), "{message}");
        let (code, message, _) = of(Loss::Gone, 24, "");
        assert_eq!(code, "timeout");
        assert!(message.starts_with("limit: cpu_time, 20"), "{message}");
        let (code, message, cause) = of(Loss::Gone, 6, "memory allocation of 99 bytes failed\n");
        assert_eq!((code.as_str(), cause), ("memory_limit", Cause::Limits));
        assert!(message.starts_with("limit: memory, 1024"), "{message}");
        assert_eq!(of(Loss::Gone, 9, "").2, Cause::Circumstances);
    }

    #[test]
    fn a_worker_that_has_too_little_memory_to_start_names_the_least() {
        let Failure { error, cause } = no_worker("memory allocation of 9 bytes failed", 64 << 20);
        assert_eq!((&*error.code, cause), ("no_worker", Cause::Circumstances));
        assert!(
            error
                .message
                .ends_with("limit: memory, 64: set memory to more, at least 256 MiB")
        );
        let message = no_worker("it has no pipes", 64 << 20).error.message;
        assert!(message.ends_with("run the same command again"), "{message}");
    }

    #[test]
    fn a_crash_quotes_the_last_words_the_same_in_every_run() {
        let words =
            "one\ntwo\n\nthread 'document' (4711) has overflowed its stack\nfatal runtime error\n";
        let (code, message, cause) = of(Loss::Gone, 6, words);
        assert_eq!((code.as_str(), cause), ("crash", Cause::Limits));
        let quoted = "two / thread 'document' has overflowed its stack / fatal runtime error";
        assert!(message.contains(quoted), "{message}");
    }
}
