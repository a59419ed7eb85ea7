//! `--profile DIR`: what is known of another family of reports, from a folder of files.

use std::path::Path;

use codebook::Codebook;
use walkdir::{DirEntry, WalkDir};

use crate::exit::Failure;

/// Relative names (with `/`) and texts.
pub(crate) type Files = Vec<(String, String)>;

/// Reads the folder's files. A profile is made of `.toml` and `.tsv` files; others (a `README.md`) and the
/// folders of its documents (`corpus`, `corpus-sources`) are left out.
pub(crate) fn load(folder: &Path) -> Result<Files, Failure> {
    let wrong = |what: String| wrong(folder, &what);
    let mut files = Vec::new();
    // A profile's own documents lie beside its files.
    let own = |entry: &DirEntry| {
        let name = entry.file_name();
        !(entry.file_type().is_dir() && (name == "corpus" || name == "corpus-sources"))
    };
    let all = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in all.filter_entry(own) {
        let entry = entry.map_err(|error| wrong(error.to_string()))?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        if !entry.file_type().is_file() || !matches!(ending, Some("toml" | "tsv")) {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let name = parts.collect::<Vec<_>>().join("/");
        let text = std::fs::read_to_string(entry.path())
            .map_err(|error| wrong(format!("{name}: {error}")))?;
        files.push((name, text));
    }
    if files.is_empty() {
        return Err(wrong("there is no .toml or .tsv file".into()));
    }
    Ok(files)
}

/// What the files of a folder say; `None` where no folder is named.
pub(crate) fn read(folder: Option<&Path>) -> Result<Option<Codebook>, Failure> {
    let read = folder.map(|folder| codebook(folder, &load(folder)?));
    read.transpose()
}

/// What the files of a folder say.
pub(crate) fn codebook(folder: &Path, files: &Files) -> Result<Codebook, Failure> {
    Codebook::from_files(files.iter().cloned()).map_err(|error| wrong(folder, &error.to_string()))
}

fn wrong(folder: &Path, what: &str) -> Failure {
    Failure::usage(format!("--profile {}: {what}", folder.display()))
}
