//! Many documents at once: in parallel, in order, in bounded memory.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};

use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

use crate::together::{Names, Role, Together, look};
use crate::{ExtractError, Input, Page, Record, Settings, extract};

/// Documents under way for each thread: enough that no thread waits behind a slow document, few
/// enough that memory does not grow with the number of documents.
const WINDOW_PER_JOB: usize = 8;

/// Extracts many documents with `jobs` threads. `sink` receives each document's result in the order
/// of the inputs, whatever the number of threads, and can stop the run.
///
/// # Errors
/// Where the threads cannot be started.
pub fn extract_all<Bytes: AsRef<[u8]> + Send>(
    inputs: impl IntoIterator<Item = (Input, Bytes)>,
    settings: &Settings,
    jobs: usize,
    mut sink: impl FnMut(Input, Result<Vec<Record>, ExtractError>) -> ControlFlow<()>,
) -> Result<(), ThreadPoolBuildError> {
    in_order(
        jobs,
        |submit| {
            for input in inputs {
                if submit(input).is_break() {
                    break;
                }
            }
        },
        |(input, bytes): (Input, Bytes)| {
            let result = extract(bytes.as_ref(), &input, settings);
            (input, result)
        },
        |(input, result)| sink(input, result),
    )
}

/// [`extract_all`] for documents that belong together: what many pages of a site repeat is furniture,
/// and a report that is split over several pages is one record, of its first page. The later pages give no
/// records. The order of the inputs does not matter for what is made of each.
///
/// # Errors
/// Where the threads cannot be started.
pub fn extract_together<Bytes: AsRef<[u8]> + Sync>(
    inputs: &[(Input, Bytes)],
    settings: &Settings,
    jobs: usize,
    mut sink: impl FnMut(&Input, Result<Vec<Record>, ExtractError>) -> ControlFlow<()>,
) -> Result<(), ThreadPoolBuildError> {
    let mut names = Names::default();
    for (input, _) in inputs {
        names.add(input, settings);
    }
    names.settle();
    let mut looks = Vec::new();
    in_order(
        jobs,
        |submit| {
            for (input, bytes) in inputs {
                let wanted = names.wanted(input);
                if wanted.any() && submit((input, bytes, wanted)).is_break() {
                    break;
                }
            }
        },
        |(input, bytes, wanted)| look(bytes.as_ref(), input, wanted, settings),
        |look| {
            looks.push(look);
            ControlFlow::Continue(())
        },
    )?;
    let together = Together::gather(looks);
    let by_path: BTreeMap<&str, &(Input, Bytes)> = inputs
        .iter()
        .map(|item| (item.0.path.as_str(), item))
        .collect();
    let page = |path: &String| {
        let (input, bytes) = by_path.get(path.as_str())?;
        let mut input = input.clone();
        together.prepare(&mut input);
        Some(Page {
            input,
            bytes: bytes.as_ref().to_vec(),
        })
    };
    in_order(
        jobs,
        |submit| {
            for item in inputs {
                if submit(item).is_break() {
                    break;
                }
            }
        },
        |(input, bytes)| {
            let mut prepared = input.clone();
            together.prepare(&mut prepared);
            match together.role(&input.path) {
                Role::Alone => {}
                Role::First(pages) => {
                    prepared.continued = pages.iter().skip(1).filter_map(page).collect();
                }
                Role::Later(_) => return (input, Ok(Vec::new())),
            }
            (input, joined_or_alone(bytes.as_ref(), prepared, settings))
        },
        |(input, result)| sink(input, result),
    )
}

/// Extracts a document. Where its pages cannot be read as one, each is read alone: none is lost for another.
fn joined_or_alone(
    bytes: &[u8],
    mut input: Input,
    settings: &Settings,
) -> Result<Vec<Record>, ExtractError> {
    let result = extract(bytes, &input, settings);
    let pages = std::mem::take(&mut input.continued);
    if result.is_ok() || pages.is_empty() {
        return result;
    }
    let mut records = extract(bytes, &input, settings)?;
    for page in pages {
        records.extend(extract(&page.bytes, &page.input, settings)?);
    }
    Ok(records)
}

/// Works on items in parallel and hands the results on in the order of the items.
///
/// `produce` runs on the calling thread and gives items to its argument, which blocks while too
/// many are under way and answers `Break` once `sink` has. `work` runs on `jobs` threads (at least
/// one). `sink` runs on the calling thread. Items under way when `produce` returns are finished. A
/// panic of `work` goes on in the caller.
///
/// # Errors
/// Where the threads cannot be started.
pub fn in_order<T: Send, R: Send>(
    jobs: usize,
    produce: impl FnOnce(&mut dyn FnMut(T) -> ControlFlow<()>),
    work: impl Fn(T) -> R + Sync,
    sink: impl FnMut(R) -> ControlFlow<()>,
) -> Result<(), ThreadPoolBuildError> {
    let jobs = jobs.max(1);
    let pool = ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|index| format!("extract-{index}"))
        .build()?;
    let (sender, receiver) = channel();
    let mut queue = Queue {
        receiver,
        early: BTreeMap::new(),
        next: 0,
        submitted: 0,
        sink,
        flow: ControlFlow::Continue(()),
    };
    let work = &work;
    pool.in_place_scope_fifo(|scope| {
        produce(&mut |item| {
            queue.drain_to(jobs * WINDOW_PER_JOB - 1);
            if queue.flow.is_continue() {
                let (sender, position) = (sender.clone(), queue.submitted);
                queue.submitted += 1;
                scope.spawn_fifo(move |_| {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    // Fails only when the caller is gone, and then nobody waits.
                    let _ = sender.send((position, result));
                });
            }
            queue.flow
        });
        queue.drain_to(0);
    });
    Ok(())
}

type Worked<R> = Result<R, Box<dyn Any + Send>>;

/// Results that came before their turn, and what is still under way.
struct Queue<R, S> {
    receiver: Receiver<(usize, Worked<R>)>,
    early: BTreeMap<usize, Worked<R>>,
    next: usize,
    submitted: usize,
    sink: S,
    flow: ControlFlow<()>,
}

impl<R, S: FnMut(R) -> ControlFlow<()>> Queue<R, S> {
    /// Waits until at most `left` items are under way or wait for their turn.
    fn drain_to(&mut self, left: usize) {
        while let Ok((position, result)) = self.receiver.try_recv() {
            self.take(position, result);
        }
        while self.submitted - self.next > left {
            let Ok((position, result)) = self.receiver.recv() else {
                return;
            };
            self.take(position, result);
        }
    }

    fn take(&mut self, position: usize, result: Worked<R>) {
        self.early.insert(position, result);
        while let Some(result) = self.early.remove(&self.next) {
            self.next += 1;
            match result {
                Ok(result) if self.flow.is_continue() => self.flow = (self.sink)(result),
                Ok(_) => {}
                Err(payload) => resume_unwind(payload),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn numbers(count: usize, jobs: usize, stop_at: usize) -> Vec<usize> {
        let mut seen = Vec::new();
        in_order(
            jobs,
            |submit| {
                for number in 0..count {
                    if submit(number).is_break() {
                        break;
                    }
                }
            },
            |number| {
                if number % 7 == 0 {
                    std::thread::sleep(Duration::from_millis(2));
                }
                number * 2
            },
            |doubled| {
                seen.push(doubled);
                if seen.len() == stop_at {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
        )
        .unwrap();
        seen
    }

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        let expected: Vec<usize> = (0..300).map(|number| number * 2).collect();
        for jobs in [0, 1, 2, 5] {
            assert_eq!(numbers(300, jobs, usize::MAX), expected);
        }
        assert_eq!(numbers(300, 3, 10), expected[..10]);
        assert!(numbers(0, 2, 1).is_empty());
    }

    #[test]
    fn no_more_than_the_window_is_under_way() {
        let (begun, done, most) = (
            AtomicUsize::new(0),
            AtomicUsize::new(0),
            AtomicUsize::new(0),
        );
        in_order(
            2,
            |submit| {
                for number in 0..200 {
                    begun.fetch_add(1, Ordering::SeqCst);
                    let _ = submit(number);
                    let waiting = begun.load(Ordering::SeqCst) - done.load(Ordering::SeqCst);
                    most.fetch_max(waiting, Ordering::SeqCst);
                }
            },
            |number: usize| number,
            |_| {
                done.fetch_add(1, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        )
        .unwrap();
        assert!(most.load(Ordering::SeqCst) <= 2 * WINDOW_PER_JOB);
    }

    #[test]
    #[should_panic(expected = "number 5")]
    fn a_panic_of_the_work_reaches_the_caller() {
        let _ = in_order(
            2,
            |submit| {
                for number in 0..20 {
                    let _ = submit(number);
                }
            },
            |number| assert!(number != 5, "number 5"),
            |()| ControlFlow::Continue(()),
        );
    }

    #[test]
    fn documents_come_back_with_their_inputs() {
        let inputs = (0..20).map(|n| (Input::named(format!("{n}.txt")), format!("第{n}页")));
        let mut paths = Vec::new();
        let settings = Settings::default();
        extract_all(inputs, &settings, 2, |input, _| {
            paths.push(input.path);
            ControlFlow::Continue(())
        })
        .unwrap();
        let expected: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
        assert_eq!(paths, expected);
    }
}
