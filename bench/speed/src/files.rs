//! The files that are measured, in memory.

use std::error::Error;
use std::path::Path;

use nianbao::Input;

/// A file in memory.
pub(crate) struct File {
    pub(crate) input: Input,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// Whether the floors of HTML are floors of it.
    pub(crate) fn is_html(&self) -> bool {
        self.input.path.ends_with(".html")
    }

    /// Its text, decoded as what the generator writes: UTF-8 or a form of GBK.
    pub(crate) fn decoded(&self) -> String {
        let encoding = if std::str::from_utf8(&self.bytes).is_ok() {
            encoding_rs::UTF_8
        } else {
            encoding_rs::GB18030
        };
        encoding.decode(&self.bytes).0.into_owned()
    }
}

/// All files under a folder, or the one file.
pub(crate) fn under(folder: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(File {
                input: Input::named(entry.path().to_string_lossy()),
                bytes: std::fs::read(entry.path())?,
            });
        }
    }
    Ok(files)
}
