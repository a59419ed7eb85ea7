//! Where records and errors go. In a folder a file is written beside its place and renamed when it
//! is whole: a reader never sees half of one.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use record::ListedDocument;

use super::summary::Run;
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
pub(crate) struct Folder {
    path: PathBuf,
    records: Draft,
    errors: Draft,
    documents: Draft,
    /// Locked while the run lasts, by the system: it is free again however the process ends.
    _lock: File,
}

impl Folder {
    /// Opens an output folder, making it where it is not there.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let failure = |error: io::Error| Failure::writing(&shown, &error);
        let state = state(path);
        fs::create_dir_all(&state).map_err(failure)?;
        let lock = File::create(lock_file(path)).map_err(failure)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(at_work(path)),
            Err(TryLockError::Error(error)) => return Err(failure(error)),
        }
        let draft = |name| Draft::new(&state, name).map_err(failure);
        Ok(Self {
            path: path.to_owned(),
            records: draft("records.jsonl")?,
            errors: draft("errors.jsonl")?,
            documents: draft("documents.jsonl")?,
            _lock: lock,
        })
    }

    /// Refuses a folder that a run is at work in.
    pub(crate) fn is_at_rest(path: &Path) -> Result<(), Failure> {
        let Ok(lock) = File::open(lock_file(path)) else {
            // A copy without the state of its run.
            return Ok(());
        };
        match lock.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Err(at_work(path)),
            Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
        }
    }

    /// Where lines of records go.
    pub(crate) fn records(&mut self) -> &mut impl Write {
        &mut self.records.file
    }

    /// Where lines of errors go.
    pub(crate) fn errors(&mut self) -> &mut impl Write {
        &mut self.errors.file
    }

    /// Adds a document to the list.
    pub(crate) fn list(&mut self, listed: &ListedDocument) -> io::Result<()> {
        serde_json::to_writer(&mut self.documents.file, listed)?;
        self.documents.file.write_all(b"\n")
    }

    /// Leaves what stood there before, and nothing else.
    pub(crate) fn abandon(self) {
        for draft in [self.records, self.errors, self.documents] {
            // What cannot be removed is overwritten by the next run.
            let _ = fs::remove_file(draft.path);
        }
    }

    /// Puts everything in its place, the summary last.
    pub(crate) fn finish(self, run: &Run) -> io::Result<()> {
        let Self {
            path,
            records,
            errors,
            documents,
            _lock,
        } = self;
        let mut summary = Draft::new(&state(&path), "run.json")?;
        summary.file.write_all(run.text()?.as_bytes())?;
        for draft in [records, errors, documents, summary] {
            draft.place(&path)?;
        }
        sync_folder(&path)
    }
}

impl Output {
    pub(super) fn stdout() -> Self {
        Self::Stdout(BufWriter::new(io::stdout().lock()))
    }

    /// Opens an output folder.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self::Folder(Box::new(Folder::open(path)?)))
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
                folder.records().write_all(&done.records)?;
                folder.errors().write_all(&done.errors)?;
                done.listed
                    .iter()
                    .try_for_each(|listed| folder.list(listed))
            }
        }
    }

    /// Puts everything in its place.
    pub(super) fn finish(self, run: &Run) -> io::Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush(),
            Self::Folder(folder) => folder.finish(run),
        }
    }
}

fn at_work(path: &Path) -> Failure {
    Failure {
        exit: Exit::Locked,
        message: format!("another run is at work in {}", path.display()),
    }
}

fn lock_file(folder: &Path) -> PathBuf {
    state(folder).join("lock")
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
