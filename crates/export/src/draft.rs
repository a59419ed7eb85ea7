//! What is written takes its place when it is whole: before that it stands beside it, in a folder of its own.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::ExportError;

/// The name of the lock in a draft's folder.
const LOCK: &str = "lock";
/// The name of the folder that was out of the way when its run died.
const OLD: &str = "old";

/// A place that is being written.
pub(crate) struct Draft {
    place: PathBuf,
    folder: PathBuf,
    /// Held as long as the draft stands.
    _lock: File,
}

impl Draft {
    /// Begins to write `place`: `PLACE.draft` is made, or emptied of what a dead run left.
    pub(crate) fn new(place: &Path) -> Result<Self, ExportError> {
        let mut name = place.file_name().map(OsString::from).unwrap_or_default();
        name.push(".draft");
        let folder = place.with_file_name(name);
        let written = ExportError::writing(&folder);
        fs::create_dir_all(&folder).map_err(&written)?;
        let lock = File::create(folder.join(LOCK)).map_err(&written)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ExportError::Locked(place.to_owned())),
            Err(TryLockError::Error(error)) => return Err(written(error)),
        }
        let draft = Self {
            place: place.to_owned(),
            folder: folder.clone(),
            _lock: lock,
        };
        draft.empty().map_err(&written)?;
        Ok(draft)
    }

    /// Where the file or folder is written that will take the place.
    pub(crate) fn content(&self) -> PathBuf {
        self.folder.join("content")
    }

    /// A file for what is only needed meanwhile.
    pub(crate) fn scratch(&self, name: &str) -> Result<File, ExportError> {
        let path = self.folder.join(name);
        let mut options = File::options();
        let options = options.read(true).write(true).create(true).truncate(true);
        options.open(&path).map_err(ExportError::writing(&path))
    }

    /// A folder for what is only needed meanwhile.
    pub(crate) fn scratch_folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the content in its place. A file takes the place of a file in one step; of a folder the old one
    /// is out of the way for a moment.
    pub(crate) fn place(self) -> Result<(), ExportError> {
        let written = ExportError::writing(&self.place);
        self.exchange().map_err(&written)?;
        let parent = match self.place.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // A rename is on the disk when its folder is.
        if cfg!(unix) {
            File::open(parent)
                .and_then(|folder| folder.sync_all())
                .map_err(&written)?;
        }
        Ok(())
    }

    fn exchange(&self) -> io::Result<()> {
        sync(&self.content())?;
        if !self.place.is_dir() {
            return fs::rename(self.content(), &self.place);
        }
        let old = self.folder.join(OLD);
        fs::rename(&self.place, &old)?;
        fs::rename(self.content(), &self.place).or_else(|error| {
            fs::rename(&old, &self.place)?;
            Err(error)
        })
    }

    fn empty(&self) -> io::Result<()> {
        // A run that died between the two renames of a folder: the old one goes back.
        let old = self.folder.join(OLD);
        if old.is_dir() && !self.place.exists() {
            fs::rename(&old, &self.place)?;
        }
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name() == LOCK {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What is left where this fails is emptied by the next draft of the same place.
        if self.place.exists() || !self.folder.join(OLD).exists() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Files and folders are on the disk.
fn sync(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            sync(&entry?.path())?;
        }
        if !cfg!(unix) {
            return Ok(());
        }
    }
    File::open(path)?.sync_all()
}
