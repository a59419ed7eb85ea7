//! What a refresh remembers in its output folder: which run was reported last and from which records, and what the records
//! were extracted from. One file, replaced as a whole, says so: it is the moment at which a night is over.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::exports::Written;
use crate::exit::{Exit, Failure};

/// The state of an output folder.
#[derive(Debug)]
pub(super) struct State {
    folder: PathBuf,
    output: PathBuf,
    reported: Reported,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Reported {
    run: i64,
    /// The records as they were then: a second name of the file.
    records: Option<String>,
    /// What they stand for.
    #[serde(default)]
    fingerprint: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Extracted {
    fingerprint: String,
    with_errors: bool,
    /// SHA-256 of the records, in hex.
    #[serde(default)]
    records: Option<String>,
}

impl State {
    /// The state as it was left.
    pub(super) fn load(output: &Path) -> Result<Self, Failure> {
        let folder = output.join("state");
        fs::create_dir_all(&folder).map_err(|error| writing(&folder, &error))?;
        Ok(Self {
            reported: read(&folder.join("reported.json"))?,
            folder,
            output: output.to_owned(),
        })
    }

    /// The run that was reported last; 0 where none was.
    pub(super) fn run(&self) -> i64 {
        self.reported.run
    }

    /// The records that were reported last.
    pub(super) fn records(&self) -> Option<PathBuf> {
        self.reported
            .records
            .as_ref()
            .map(|name| self.folder.join(name))
    }

    /// Whether the records are extracted from what this stands for.
    pub(super) fn is_extracted(&self, fingerprint: &str) -> bool {
        let there = self.output.join("records.jsonl").exists()
            && self.records().is_some_and(|records| records.exists());
        there
            && self
                .last_extraction()
                .is_some_and(|known| known.fingerprint == fingerprint)
    }

    /// Whether the records are those that were reported last: a night that died between its extraction and its report left
    /// others.
    pub(super) fn is_reported(&self) -> bool {
        let known = self.last_extraction().map(|known| known.fingerprint);
        known.is_some() && known == self.reported.fingerprint
    }

    /// How the last extraction ended.
    pub(super) fn last_exit(&self) -> Exit {
        match self.last_extraction() {
            Some(known) if known.with_errors => Exit::Errors,
            _ => Exit::Done,
        }
    }

    fn last_extraction(&self) -> Option<Extracted> {
        read(&self.folder.join("extracted.json")).ok()
    }

    /// The records are extracted from what this stands for.
    pub(super) fn extracted(&self, fingerprint: &str, exit: Exit) -> Result<(), Failure> {
        let extracted = Extracted {
            fingerprint: fingerprint.to_owned(),
            with_errors: exit == Exit::Errors,
            records: Some(self.hash_of_records()?),
        };
        write(&self.folder.join("extracted.json"), &extracted)
    }

    /// What tells the records from others: their hash, which is known since they were extracted.
    pub(super) fn content(&self) -> Result<String, Failure> {
        let known = self.last_extraction().and_then(|known| known.records);
        known.map_or_else(|| self.hash_of_records(), Ok)
    }

    fn hash_of_records(&self) -> Result<String, Failure> {
        let path = self.output.join("records.jsonl");
        let mut hash = Sha256::new();
        fs::File::open(&path)
            .and_then(|mut file| io::copy(&mut file, &mut hash))
            .map_err(|error| Failure::fatal(format!("cannot read {}: {error}", path.display())))?;
        Ok(format!("{:x}", hash.finalize()))
    }

    /// The exports that were written; none where that is not known.
    pub(super) fn exports(&self) -> Written {
        read(&self.folder.join("exports.json")).unwrap_or_default()
    }

    /// These exports were written.
    pub(super) fn exported(&self, written: &Written) -> Result<(), Failure> {
        write(&self.folder.join("exports.json"), written)
    }

    /// This run is reported, and the records are as they are now.
    pub(super) fn report(&self, run: i64, with_records: bool) -> Result<(), Failure> {
        let name = match &self.reported.records {
            Some(name) if !with_records => name.clone(),
            _ => format!("reported-{run:06}.jsonl"),
        };
        let path = self.folder.join(&name);
        let records = self.output.join("records.jsonl");
        if with_records || !path.exists() {
            let again = fs::remove_file(&path).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            });
            // Where the file system knows no second names, a copy does.
            let linked = again.and_then(|()| fs::hard_link(&records, &path));
            let kept = linked.or_else(|_| fs::copy(&records, &path).map(drop));
            kept.map_err(|error| writing(&path, &error))?;
        }
        let reported = Reported {
            run,
            records: Some(name.clone()),
            fingerprint: self.last_extraction().map(|known| known.fingerprint),
        };
        write(&self.folder.join("reported.json"), &reported)?;
        if let Some(old) = self.reported.records.as_ref().filter(|old| **old != name) {
            // A name too many does no harm.
            let _ = fs::remove_file(self.folder.join(old));
        }
        Ok(())
    }
}

fn read<T: Default + serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
            Failure::fatal(format!(
                "{}: {error}; remove it to report everything anew",
                path.display()
            ))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(Failure::fatal(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

fn write(path: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).unwrap_or_default();
    replace(path, text.as_bytes())
}

/// Writes a file beside its place and renames it: a reader never sees half of it, and a full disk leaves what was there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let put = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut draft = tempfile::NamedTempFile::new_in(folder)?;
        draft.write_all(bytes)?;
        draft.as_file().sync_all()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            draft
                .as_file()
                .set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        draft.persist(path)?;
        if cfg!(unix) {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    };
    put().map_err(|error| writing(path, &error))
}

fn writing(path: &Path, error: &io::Error) -> Failure {
    Failure::writing(&path.display().to_string(), error)
}
