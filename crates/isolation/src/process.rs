//! One worker process and the talk with it, under a deadline.

use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nianbao::{ExtractError, Input, Observer, Stage};

use crate::Limits;
use crate::death::{self, Failure, Loss};
use crate::frame::{self, Frame, Kind};

/// Time for a worker to get ready for its first document. Not the document's: a busy machine is not
/// its fault.
const START: Duration = Duration::from_secs(60);

/// Bytes of a worker's last words that are kept.
const LAST_WORDS: usize = 4_096;

/// A process that waits for a document.
pub(crate) struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    /// Drains stderr, or the worker would stand still when the pipe is full.
    stderr: Option<JoinHandle<Vec<u8>>>,
    /// Documents that it has had.
    pub(crate) served: u32,
}

/// What became of a document.
pub(crate) enum Reply {
    /// The worker's answer.
    Done(Vec<u8>),
    /// The worker's error.
    Failed(ExtractError),
    /// The worker is lost.
    Lost(Failure),
}

impl Process {
    /// Starts a worker and waits until it is ready.
    pub(crate) fn start(
        mut command: Command,
        greeting: &[u8],
        limits: &Limits,
    ) -> Result<Self, Failure> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C on the terminal is for the supervisor, which lets workers finish.
            command.process_group(0);
        }
        let no_worker = |why: &str| death::no_worker(why, limits.memory);
        let unready = |error: io::Error| no_worker(&error.to_string());
        let mut child = command
            // Its last words are those of its death, in every environment.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(unready)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(no_worker("it has no pipes"));
        };
        let stderr = thread::Builder::new()
            .name("worker-stderr".into())
            .spawn(|| last_words(stderr));
        let mut process = Self {
            child,
            stdin,
            stdout: BufReader::new(stdout),
            stderr: None,
            served: 0,
        };
        process.stderr = Some(stderr.map_err(unready)?);
        let greet = |stdin: &mut ChildStdin| match greeting {
            [] => Ok(()),
            greeting => frame::write(stdin, Kind::Greeting, greeting),
        };
        let deadline = Instant::now() + START;
        let ready = process.talk(greet, deadline, limits.memory, |_| {});
        if matches!(&ready, Ok(frame) if frame.kind == Kind::Ready) {
            return Ok(process);
        }
        let (status, words) = process.bury();
        let status = status.map_or("no status".to_owned(), |status| status.to_string());
        let words = death::quoted(&String::from_utf8_lossy(&words));
        Err(no_worker(&format!(
            "it died at its start ({status}){words}"
        )))
    }

    /// Gives it a document and waits for the answer.
    pub(crate) fn extract(
        &mut self,
        bytes: &[u8],
        input: &Input,
        limits: &Limits,
        observer: &dyn Observer,
    ) -> Reply {
        self.served += 1;
        let mut stage = None;
        let deadline = Instant::now() + limits.timeout;
        let ask = |stdin: &mut ChildStdin| {
            frame::write(stdin, Kind::Input, &frame::input_to_bytes(input))?;
            frame::write(stdin, Kind::Bytes, bytes)
        };
        let answer = self.talk(ask, deadline, limits.memory, |frame| {
            let name = String::from_utf8_lossy(&frame.payload);
            if let (Kind::Stage, Some(next)) = (frame.kind, Stage::named(&name)) {
                if let Some(last) = stage.replace(next) {
                    observer.ended(last);
                }
                observer.begins(next);
            }
        });
        if let Some(last) = stage {
            observer.ended(last);
        }
        let loss = match answer {
            Ok(frame) if frame.kind == Kind::Done => return Reply::Done(frame.payload),
            Ok(frame) => match frame::error_from_bytes(&frame.payload) {
                Some(error) => return Reply::Failed(error),
                None => Loss::Gone,
            },
            Err(loss) => loss,
        };
        let (status, words) = self.bury();
        let stage = stage.unwrap_or(Stage::Reading);
        Reply::Lost(death::failure(loss, status, &words, stage, limits))
    }

    /// Sends something and hears frames until the last one. The pipes are served by a thread of their
    /// own: whatever the worker does or leaves, this one wakes at the deadline and kills it.
    fn talk(
        &mut self,
        send: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send,
        deadline: Instant,
        largest: u64,
        mut heard: impl FnMut(&Frame),
    ) -> Result<Frame, Loss> {
        let (sender, receiver) = channel();
        let Self {
            child,
            stdin,
            stdout,
            ..
        } = self;
        thread::scope(|scope| {
            let pipes = thread::Builder::new()
                .name("worker-pipes".into())
                .spawn_scoped(scope, move || {
                    // Where it fails the worker is gone, and its silence says so.
                    if send(stdin).is_ok() {
                        hear(stdout, largest, &sender);
                    }
                });
            let mut result = Err(Loss::Gone);
            while pipes.is_ok() {
                let left = deadline.saturating_duration_since(Instant::now());
                match receiver.recv_timeout(left) {
                    Ok(frame) if frame.kind.is_last() => {
                        result = Ok(frame);
                        break;
                    }
                    Ok(frame) => heard(&frame),
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        result = Err(Loss::Late);
                        break;
                    }
                }
            }
            if result.is_err() {
                // Its own end, where it has met that, remains its status.
                let _ = child.kill();
            }
            result
        })
    }

    /// Ends it; its status and its last words.
    fn bury(&mut self) -> (Option<ExitStatus>, Vec<u8>) {
        let _ = self.child.kill();
        let status = self.child.wait().ok();
        let words = self.stderr.take().and_then(|thread| thread.join().ok());
        (status, words.unwrap_or_default())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.bury();
    }
}

/// Passes frames on up to the last one of an answer; stops early where there is none to come.
fn hear(stdout: &mut BufReader<ChildStdout>, largest: u64, sender: &Sender<Frame>) {
    while let Ok(Some(frame)) = frame::read(stdout, largest) {
        let last = frame.kind.is_last();
        if sender.send(frame).is_err() || last {
            return;
        }
    }
}

/// Reads to the end and keeps the last bytes.
fn last_words(mut stderr: ChildStderr) -> Vec<u8> {
    let (mut words, mut buffer) = (Vec::new(), [0; LAST_WORDS]);
    while let Ok(count @ 1..) = stderr.read(&mut buffer) {
        words.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let over = words.len().saturating_sub(LAST_WORDS);
        words.drain(..over);
    }
    words
}
