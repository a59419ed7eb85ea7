//! The output of one shard, read from its beginning to its end.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use record::ListedDocument;

use crate::exit::Failure;
use crate::extract::{Counts, Folder, Run};

/// Bytes that all shards together hold of their files.
const HELD: usize = 64 << 20;
/// Bytes of a line of `documents.jsonl`; a longer one is damaged.
const LONGEST_LINE: u64 = 1 << 20;

/// Where a document stands among all: the file that was named or found, and its position in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    file: String,
    position: u64,
}

impl Key {
    fn of(listed: &ListedDocument) -> Self {
        let file = listed.file.as_ref().unwrap_or(&listed.path);
        Self {
            file: file.clone(),
            position: listed.position,
        }
    }

    /// As a message names it.
    pub(super) fn shown(&self) -> String {
        match self.position {
            0 => self.file.clone(),
            position => format!("{}, document {position}", self.file),
        }
    }
}

/// The output of one shard.
pub(super) struct Shard {
    path: PathBuf,
    pub(super) run: Run,
    documents: BufReader<Reopened>,
    records: BufReader<Reopened>,
    errors: BufReader<Reopened>,
    next: Option<ListedDocument>,
    counts: Counts,
}

impl Shard {
    /// Opens one of `count` shards that are read at once.
    pub(super) fn open(path: &Path, count: usize) -> Result<Self, Failure> {
        Folder::is_at_rest(path)?;
        let shown = path.display();
        let run = fs::read(path.join("run.json")).map_err(|error| {
            Failure::fatal(format!(
                "{shown}: no run has ended here (run.json: {error}); run its shard again, it goes on where it stopped"
            ))
        })?;
        let run = serde_json::from_slice(&run).map_err(|error| {
            Failure::fatal(format!(
                "{shown}: run.json is not of this version ({error}); extract this part again"
            ))
        })?;
        let held = (HELD / (3 * count.max(1))).clamp(4 << 10, 256 << 10);
        let file = |name| BufReader::with_capacity(held, Reopened::new(path.join(name)));
        let mut shard = Self {
            path: path.to_owned(),
            run,
            documents: file("documents.jsonl"),
            records: file("records.jsonl"),
            errors: file("errors.jsonl"),
            next: None,
            counts: Counts::default(),
        };
        shard.next = shard.read()?;
        Ok(shard)
    }

    /// As a message names it.
    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Where its next document stands.
    pub(super) fn key(&self) -> Option<Key> {
        self.next.as_ref().map(Key::of)
    }

    /// Moves its next document to a folder.
    pub(super) fn take(&mut self, folder: &mut Folder) -> Result<Option<ListedDocument>, Failure> {
        let Some(listed) = self.next.take() else {
            return Ok(None);
        };
        copy(listed.records, &mut self.records, folder.records())
            .map_err(|wrong| wrong.failure(&self.path, "records.jsonl"))?;
        copy(listed.errors, &mut self.errors, folder.errors())
            .map_err(|wrong| wrong.failure(&self.path, "errors.jsonl"))?;
        folder
            .list(&listed)
            .map_err(|error| Wrong::Written(error).failure(&self.path, "documents.jsonl"))?;
        self.counts.list(&listed);
        self.next = self.read()?;
        if let Some(next) = &self.next
            && Key::of(next) < Key::of(&listed)
        {
            return Err(Failure::fatal(format!(
                "{}: {} stands behind {}: an archive changed while it was read; extract this part again",
                self.file("documents.jsonl"),
                next.path,
                listed.path
            )));
        }
        Ok(Some(listed))
    }

    /// Makes sure that its files held what its run says, and no more.
    pub(super) fn ends(&mut self) -> Result<(), Failure> {
        for (name, file) in [
            ("records.jsonl", &mut self.records),
            ("errors.jsonl", &mut self.errors),
        ] {
            let rest = file
                .fill_buf()
                .map_err(|error| Wrong::Read(error).failure(&self.path, name))?;
            if !rest.is_empty() {
                return Err(Wrong::Damaged.failure(&self.path, name));
            }
        }
        if self.counts.agrees(&self.run.counts) {
            Ok(())
        } else {
            Err(Wrong::Damaged.failure(&self.path, "documents.jsonl"))
        }
    }

    fn file(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }

    fn read(&mut self) -> Result<Option<ListedDocument>, Failure> {
        let name = "documents.jsonl";
        let mut line = Vec::new();
        (&mut self.documents)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(|error| Wrong::Read(error).failure(&self.path, name))?;
        if line.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&line)
            .map(Some)
            .map_err(|_| Wrong::Damaged.failure(&self.path, name))
    }
}

/// What can go wrong with a file of a shard.
enum Wrong {
    Read(io::Error),
    Written(io::Error),
    Damaged,
}

impl Wrong {
    fn failure(&self, folder: &Path, name: &str) -> Failure {
        let shown = folder.join(name);
        let shown = shown.display();
        match self {
            Self::Read(error) => Failure::fatal(format!("{shown}: {error}")),
            Self::Written(error) => Failure::writing("the merged output", error),
            Self::Damaged => Failure::fatal(format!(
                "{shown}: it does not hold what its run wrote; extract this part again"
            )),
        }
    }
}

/// Copies whole lines.
fn copy(mut lines: u64, from: &mut impl BufRead, to: &mut impl Write) -> Result<(), Wrong> {
    while lines > 0 {
        let held = from.fill_buf().map_err(Wrong::Read)?;
        if held.is_empty() {
            return Err(Wrong::Damaged);
        }
        let end = held.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(held.len(), |end| end + 1);
        let (line, _) = held.split_at(length);
        to.write_all(line).map_err(Wrong::Written)?;
        lines -= u64::from(end.is_some());
        from.consume(length);
    }
    Ok(())
}

/// A file that is open only while it is read from: there may be more shards than files that a process can
/// have open.
struct Reopened {
    path: PathBuf,
    offset: u64,
}

impl Reopened {
    fn new(path: PathBuf) -> Self {
        Self { path, offset: 0 }
    }
}

impl Read for Reopened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.offset))?;
        let length = file.read(buffer)?;
        self.offset += length as u64;
        Ok(length)
    }
}
