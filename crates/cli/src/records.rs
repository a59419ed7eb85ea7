//! The records that another run wrote, read one by one.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use nianbao::Record;
use sha2::{Digest, Sha256};

use crate::exit::Failure;

/// Bytes of lines that are parsed while the records of the lines before are worked on.
const BATCH: usize = 2 << 20;
/// Batches that wait.
const WAITING: usize = 2;

/// The file of records that a name means: itself, or the one in the folder that `extract -o` wrote.
pub(crate) fn file(name: &Path) -> PathBuf {
    if name.is_dir() {
        name.join("records.jsonl")
    } else {
        name.to_owned()
    }
}

/// A `records.jsonl`.
pub(crate) struct Records {
    name: PathBuf,
    lines: Box<dyn BufRead + Send>,
    hash: Sha256,
}

impl Records {
    /// The records of a file, of the folder that `extract -o` wrote, or of stdin.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let (name, lines): (PathBuf, Box<dyn BufRead + Send>) = if path == Path::new("-") {
            ("stdin".into(), Box::new(BufReader::new(io::stdin())))
        } else {
            let path = file(path);
            match File::open(&path) {
                Ok(file) => (path, Box::new(BufReader::new(file))),
                Err(error) => {
                    return Err(Failure::fatal(format!(
                        "{}: {error}; give a records.jsonl or the folder that `nianbao extract -o` wrote",
                        path.display()
                    )));
                }
            }
        };
        Ok(Self {
            name,
            lines,
            hash: Sha256::new(),
        })
    }

    /// Calls `take` with each record, in order. Lines are parsed by a thread of their own, a few ahead.
    pub(crate) fn each(
        &mut self,
        mut take: impl FnMut(&Record) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        thread::scope(|scope| {
            let (sender, batches) = mpsc::sync_channel(WAITING);
            scope.spawn(move || {
                let mut number = 0;
                loop {
                    let batch = self.batch(&mut number);
                    let last = batch.as_ref().map_or(true, Vec::is_empty);
                    // Where nobody takes them any more, there is nothing to read.
                    if sender.send(batch).is_err() || last {
                        break;
                    }
                }
            });
            for batch in batches {
                batch?.iter().try_for_each(&mut take)?;
            }
            Ok(())
        })
    }

    /// SHA-256 of the bytes that were read, in hex.
    pub(crate) fn sha256(self) -> String {
        format!("{:x}", self.hash.finalize())
    }

    /// The next records; none at the end.
    fn batch(&mut self, number: &mut u64) -> Result<Vec<Record>, Failure> {
        let mut records = Vec::new();
        let mut bytes = 0;
        let mut line = Vec::new();
        while bytes < BATCH || records.is_empty() {
            line.clear();
            *number += 1;
            let place = |error: &dyn std::fmt::Display| {
                Failure::fatal(format!("{}:{number}: {error}", self.name.display()))
            };
            let read = self.lines.read_until(b'\n', &mut line);
            let read = read.map_err(|error| place(&error))?;
            if read == 0 {
                break;
            }
            self.hash.update(&line);
            bytes += read;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let record = serde_json::from_slice(&line).map_err(|error| {
                place(&format!(
                    "no record of this version ({error}); extract it again"
                ))
            })?;
            records.push(record);
        }
        Ok(records)
    }
}
