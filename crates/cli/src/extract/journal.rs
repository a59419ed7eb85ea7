//! What earlier runs have done: an append-only file that survives a death at any moment.
//!
//! An entry is one line of JSON and, behind it, the lines that the document added to the records and
//! to the errors. A torn last entry is cut off when the file is opened; a damaged one is not believed.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::work::Tally;

/// Bytes of an entry's first line; a longer one is damaged.
const LONGEST_LINE: u64 = 1024;

/// What a document is remembered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Key(u64, u64);

impl Key {
    /// The first 16 bytes of a hash.
    pub(super) fn of(hash: &[u8]) -> Self {
        let number = |bytes: &[u8]| bytes.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b));
        Self(number(hash), number(hash.get(8..).unwrap_or_default()))
    }
}

/// What an entry says of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) tally: Tally,
}

/// An entry's first line.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    entry: Entry,
    records: u64,
    errors: u64,
    /// First bytes of the SHA-256 of what follows.
    sum: Key,
}

/// Where an entry's lines stand.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tally: Tally,
    start: u64,
    records: u64,
    errors: u64,
    sum: Key,
}

/// The journal of an output folder.
pub(super) struct Journal {
    appender: Appender,
    known: Known,
}

/// Adds entries.
pub(super) struct Appender {
    file: File,
}

/// Finds entries; for many threads.
pub(super) struct Known {
    slots: HashMap<Key, Slot>,
    file: Mutex<File>,
}

impl Journal {
    /// Opens the journal in a folder; `fresh` forgets what is in it.
    pub(super) fn open(folder: &Path, fresh: bool) -> io::Result<Self> {
        let path: PathBuf = folder.join("journal");
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(&path)?;
        if fresh {
            file.set_len(0)?;
        }
        let (slots, end) = scan(&file)?;
        file.set_len(end)?;
        let known = Known {
            slots,
            file: Mutex::new(File::open(&path)?),
        };
        Ok(Self {
            appender: Appender { file },
            known,
        })
    }

    /// The half that writes and the half that reads.
    pub(super) fn split(self) -> (Appender, Known) {
        (self.appender, self.known)
    }
}

/// All whole entries, the last one of a key winning, and where the last one ends.
fn scan(file: &File) -> io::Result<(HashMap<Key, Slot>, u64)> {
    let size = file.metadata()?.len();
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(0))?;
    let (mut slots, mut end) = (HashMap::new(), 0u64);
    let mut text = Vec::new();
    loop {
        text.clear();
        let length = (&mut reader)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut text)? as u64;
        let Ok(line) = serde_json::from_slice::<Line>(&text) else {
            return Ok((slots, end));
        };
        let start = end + length;
        let payload = line.records.saturating_add(line.errors);
        let (Some(next), Ok(skip)) = (start.checked_add(payload), i64::try_from(payload)) else {
            return Ok((slots, end));
        };
        if next > size || !text.ends_with(b"\n") {
            return Ok((slots, end));
        }
        let slot = Slot {
            tally: line.entry.tally,
            start,
            records: line.records,
            errors: line.errors,
            sum: line.sum,
        };
        slots.insert(line.entry.key, slot);
        reader.seek_relative(skip)?;
        end = next;
    }
}

fn sum(records: &[u8], errors: &[u8]) -> Key {
    let hash = Sha256::new().chain_update(records).chain_update(errors);
    Key::of(&hash.finalize())
}

impl Appender {
    /// Adds an entry, in one write.
    pub(super) fn append(
        &mut self,
        entry: &Entry,
        records: &[u8],
        errors: &[u8],
    ) -> io::Result<()> {
        let line = Line {
            entry: *entry,
            records: records.len() as u64,
            errors: errors.len() as u64,
            sum: sum(records, errors),
        };
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(records);
        bytes.extend_from_slice(errors);
        self.file.write_all(&bytes)
    }

    /// Makes sure that all of it is on the disk.
    pub(super) fn finish(self) -> io::Result<()> {
        self.file.sync_all()
    }
}

impl Known {
    /// What a document added to records and errors, where that is known and sound.
    pub(super) fn get(&self, key: &Key) -> Option<(Tally, Vec<u8>, Vec<u8>)> {
        let slot = self.slots.get(key)?;
        let mut records = Vec::new();
        let mut errors = Vec::new();
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(slot.start)).ok()?;
            (&mut *file)
                .take(slot.records)
                .read_to_end(&mut records)
                .ok()?;
            (&mut *file)
                .take(slot.errors)
                .read_to_end(&mut errors)
                .ok()?;
        }
        (sum(&records, &errors) == slot.sum).then_some((slot.tally, records, errors))
    }
}

#[cfg(test)]
mod tests {
    use record::Outcome;

    use super::*;

    fn entry(number: u64) -> Entry {
        Entry {
            key: Key(number, 0),
            tally: Tally {
                outcome: Outcome::Ok,
                records: number,
                checks_failed: 0,
            },
        }
    }

    fn append(folder: &Path, number: u64, records: &[u8], errors: &[u8]) {
        let (mut appender, _) = Journal::open(folder, false).unwrap().split();
        appender.append(&entry(number), records, errors).unwrap();
        appender.finish().unwrap();
    }

    fn get(folder: &Path, number: u64) -> Option<(Vec<u8>, Vec<u8>)> {
        let (_, known) = Journal::open(folder, false).unwrap().split();
        let (tally, records, errors) = known.get(&Key(number, 0))?;
        assert_eq!(tally, entry(number).tally);
        Some((records, errors))
    }

    #[test]
    fn a_journal_cut_anywhere_keeps_its_whole_entries_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        append(folder.path(), 1, b"one\n", b"");
        let first = std::fs::read(&path).unwrap().len();
        append(folder.path(), 2, b"two\n", b"error\n");
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            append(folder.path(), 3, b"three\n", b"");
            let one = (cut >= first).then(|| (b"one\n".to_vec(), Vec::new()));
            assert_eq!(get(folder.path(), 1), one, "cut at {cut}");
            assert_eq!(get(folder.path(), 2), None, "cut at {cut}");
            assert!(get(folder.path(), 3).is_some(), "cut at {cut}");
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(
            get(folder.path(), 2),
            Some((b"two\n".to_vec(), b"error\n".to_vec()))
        );
    }

    #[test]
    fn a_damaged_entry_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        append(folder.path(), 1, b"one\n", b"");
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 2;
        bytes[last] = b'X';
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(get(folder.path(), 1), None);
    }

    #[test]
    fn fresh_forgets() {
        let folder = tempfile::tempdir().unwrap();
        append(folder.path(), 1, b"one\n", b"");
        drop(Journal::open(folder.path(), true).unwrap());
        assert_eq!(get(folder.path(), 1), None);
    }
}
