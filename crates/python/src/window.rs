//! Many documents at once: in parallel, in order, as they are asked for.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Documents under way for each thread: enough that no thread waits behind a slow document, few enough that memory
/// does not grow with their number.
const WINDOW_PER_JOB: usize = 4;
/// Stack of a thread, as a worker process gives it to a document.
const STACK: usize = 16 << 20;
/// How long Python waits between two looks whether Ctrl-C was pressed.
const HEARTBEAT: Duration = Duration::from_millis(50);

/// Work under way, oldest first. What is still queued when it is dropped is not begun.
pub(crate) struct Window<T> {
    pool: ThreadPool,
    waiting: VecDeque<Mutex<Receiver<T>>>,
    size: usize,
    stopped: Arc<AtomicBool>,
}

impl<T: Send + 'static> Window<T> {
    pub(crate) fn new(jobs: usize) -> PyResult<Self> {
        let jobs = jobs.max(1);
        let pool = ThreadPoolBuilder::new()
            .num_threads(jobs)
            .stack_size(STACK)
            .thread_name(|index| format!("nianbao-{index}"))
            // Who waits for the result hears that there is none; the process lives.
            .panic_handler(|_| ())
            .build()
            .map_err(|error| PyRuntimeError::new_err(format!("cannot start threads: {error}")))?;
        Ok(Self {
            pool,
            waiting: VecDeque::new(),
            size: jobs * WINDOW_PER_JOB,
            stopped: Arc::default(),
        })
    }

    /// Whether more can be put under way.
    pub(crate) fn has_room(&self) -> bool {
        self.waiting.len() < self.size
    }

    pub(crate) fn submit(&mut self, work: impl FnOnce() -> T + Send + 'static) {
        let (sender, receiver) = channel();
        let stopped = Arc::clone(&self.stopped);
        self.pool.spawn_fifo(move || {
            if !stopped.load(Ordering::Relaxed) {
                // Fails only where nobody waits any more.
                let _ = sender.send(work());
            }
        });
        self.waiting.push_back(Mutex::new(receiver));
    }

    /// Waits for the oldest. `None` where nothing is under way.
    pub(crate) fn next(&mut self, py: Python<'_>) -> PyResult<Option<T>> {
        let oldest = self.waiting.pop_front();
        oldest.map(|receiver| wait(py, &receiver)).transpose()
    }
}

impl<T> Drop for Window<T> {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Does work on a thread of its own and waits for it. After Ctrl-C the work is ended by nobody but itself.
pub(crate) fn apart<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, receiver) = channel();
    std::thread::Builder::new()
        .name("nianbao".into())
        .stack_size(STACK)
        .spawn(move || sender.send(work()))
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start a thread: {error}")))?;
    wait(py, &Mutex::new(receiver))
}

/// Waits without the interpreter's lock; Ctrl-C ends the waiting.
fn wait<T: Send>(py: Python<'_>, receiver: &Mutex<Receiver<T>>) -> PyResult<T> {
    loop {
        let heard = py.detach(|| {
            let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
            receiver.recv_timeout(HEARTBEAT)
        });
        match heard {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                let message = "a thread of nianbao has ended; please report it";
                return Err(PyRuntimeError::new_err(message));
            }
        }
    }
}
