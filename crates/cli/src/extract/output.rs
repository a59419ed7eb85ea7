//! Where records and errors go. In a folder a file is written beside its place and renamed when it
//! is whole: a reader never sees half of one.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::work::Done;
use crate::exit::{Exit, Failure};

/// Where a run writes to.
pub(super) enum Output {
    /// Records to stdout; errors go to the log.
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// Both to a folder.
    Folder(Box<Folder>),
}

/// The output folder.
pub(super) struct Folder {
    path: PathBuf,
    records: Draft,
    errors: Draft,
    /// Locked while the run lasts, by the system: it is free again however the process ends.
    _lock: File,
}

impl Output {
    pub(super) fn stdout() -> Self {
        Self::Stdout(BufWriter::new(io::stdout().lock()))
    }

    /// Opens an output folder, making it where it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let failure = |error: io::Error| Failure::writing(&shown, &error);
        let state = state(path);
        fs::create_dir_all(&state).map_err(failure)?;
        let lock = File::create(state.join("lock")).map_err(failure)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure {
                    exit: Exit::Locked,
                    message: format!("another run is at work in {shown}"),
                });
            }
            Err(TryLockError::Error(error)) => return Err(failure(error)),
        }
        Ok(Self::Folder(Box::new(Folder {
            path: path.to_owned(),
            records: Draft::new(&state, "records.jsonl").map_err(failure)?,
            errors: Draft::new(&state, "errors.jsonl").map_err(failure)?,
            _lock: lock,
        })))
    }

    /// The folder of the run's state; empty for stdout.
    pub(super) fn state(&self) -> PathBuf {
        match self {
            Self::Stdout(_) => PathBuf::new(),
            Self::Folder(folder) => state(&folder.path),
        }
    }

    /// Adds a document.
    pub(super) fn write(&mut self, done: &Done) -> io::Result<()> {
        match self {
            Self::Stdout(out) => {
                out.write_all(&done.records)?;
                out.flush()
            }
            Self::Folder(folder) => {
                folder.records.file.write_all(&done.records)?;
                folder.errors.file.write_all(&done.errors)
            }
        }
    }

    /// Puts everything in its place, the summary last.
    pub(super) fn finish(self, summary: &str) -> io::Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush(),
            Self::Folder(folder) => {
                let Folder {
                    path,
                    records,
                    errors,
                    _lock,
                } = *folder;
                let mut run = Draft::new(&state(&path), "run.json")?;
                run.file.write_all(summary.as_bytes())?;
                for draft in [records, errors, run] {
                    draft.place(&path)?;
                }
                sync_folder(&path)
            }
        }
    }
}

fn state(folder: &Path) -> PathBuf {
    folder.join("state")
}

/// A file that is being written.
struct Draft {
    name: &'static str,
    path: PathBuf,
    file: BufWriter<File>,
}

impl Draft {
    fn new(state: &Path, name: &'static str) -> io::Result<Self> {
        let path = state.join(format!("{name}.draft"));
        let file = BufWriter::new(File::create(&path)?);
        Ok(Self { name, path, file })
    }

    fn place(self, folder: &Path) -> io::Result<()> {
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&self.path, folder.join(self.name))
    }
}

/// A rename is on the disk when its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(path)?.sync_all()?;
    }
    Ok(())
}
