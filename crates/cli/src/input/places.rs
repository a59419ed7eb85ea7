//! Files, folders, globs and lists of names to a sorted list of files.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::{Fetched, InputError, printed};

/// A file that was named or found, or why there is none.
#[derive(Debug)]
pub(crate) struct Place {
    /// As given, or as found in the folder given.
    pub(crate) path: PathBuf,
    /// What is wrong with it.
    pub(crate) error: Option<InputError>,
    /// The document of an archive that stands in its place.
    pub(crate) fetched: Option<Fetched>,
}

impl Place {
    /// A document of the archive of a corpus.
    pub(crate) fn fetched(fetched: Fetched) -> Self {
        Self {
            path: PathBuf::from(&fetched.document.url),
            error: None,
            fetched: Some(fetched),
        }
    }
}

/// All files that the names lead to, each once, in byte-wise order of their paths as they are printed: the order in
/// which they were named, and that of the file system, do not matter.
pub(crate) fn collect(names: impl IntoIterator<Item = OsString>) -> Vec<Place> {
    let mut found = Found::default();
    for name in names {
        let path = PathBuf::from(&name);
        match name.to_str() {
            _ if fs::symlink_metadata(&path).is_ok() => found.add(&path),
            Some(pattern) if pattern.contains(['*', '?', '[']) => found.glob(pattern),
            _ => found.put(
                &path,
                Some(InputError::new("not_found", "there is no such file")),
            ),
        }
    }
    let places = found.0.into_values();
    places.collect()
}

#[derive(Default)]
struct Found(BTreeMap<String, Place>);

impl Found {
    fn put(&mut self, path: &Path, error: Option<InputError>) {
        let path = tidy(path);
        self.0.entry(printed(&path)).or_insert(Place {
            path,
            error,
            fetched: None,
        });
    }

    /// A path that was named: links are followed.
    fn add(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.walk(path),
            Ok(metadata) if metadata.is_file() => self.put(path, None),
            Ok(_) => self.put(path, Some(not_a_file())),
            Err(error) => self.put(path, Some(InputError::io(&error))),
        }
    }

    fn glob(&mut self, pattern: &str) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => {
                let error = InputError::new("not_found", format!("not a pattern: {error}"));
                return self.put(Path::new(pattern), Some(error));
            }
        };
        let mut matched = false;
        for path in paths {
            matched = true;
            match path {
                Ok(path) => self.add(&path),
                Err(error) => {
                    let path = error.path().to_owned();
                    self.put(&path, Some(InputError::io(error.error())));
                }
            }
        }
        if !matched {
            let error = InputError::new("not_found", "no file matches the pattern");
            self.put(Path::new(pattern), Some(error));
        }
    }

    /// Every file under a folder. A link inside is followed to a file under the folder, nowhere else.
    fn walk(&mut self, root: &Path) {
        let real_root = fs::canonicalize(root).ok();
        let mut empty = true;
        for entry in WalkDir::new(root)
            .follow_links(false)
            .follow_root_links(true)
        {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() > 0 && is_empty_document(entry.path()) {
                        self.put(entry.path(), Some(empty_folder()));
                    }
                    continue;
                }
                Ok(entry) if entry.file_type().is_file() => self.put(entry.path(), None),
                Ok(entry) if entry.file_type().is_symlink() => {
                    let error = link_error(entry.path(), real_root.as_deref());
                    self.put(entry.path(), error);
                }
                Ok(entry) => self.put(entry.path(), Some(not_a_file())),
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let error = error
                        .into_io_error()
                        .unwrap_or_else(|| io::Error::other("a loop"));
                    self.put(&path, Some(InputError::io(&error)));
                }
            }
            empty = false;
        }
        if empty {
            self.put(root, Some(empty_folder()));
        }
    }
}

/// Whether a folder bears the name of a document and holds nothing: a download gone wrong, which is
/// to be seen.
fn is_empty_document(path: &Path) -> bool {
    const ENDINGS: [&str; 12] = [
        "pdf", "html", "htm", "shtml", "jsp", "txt", "doc", "docx", "xls", "xlsx", "wps", "ofd",
    ];
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
        && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

fn empty_folder() -> InputError {
    InputError::new("empty_folder", "the folder holds no file")
}

fn not_a_file() -> InputError {
    InputError::new("not_a_file", "it is no regular file and was not opened")
}

/// What is wrong with a link found in a folder, if anything.
fn link_error(path: &Path, root: Option<&Path>) -> Option<InputError> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) => return Some(InputError::io(&error)),
    };
    if !root.is_some_and(|root| target.starts_with(root)) {
        let message = "the link leads out of the folder; name its target to read it";
        return Some(InputError::new("link_outside_root", message));
    }
    let message = "a link to a folder is not followed: what it leads to is read in its own place";
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_file() => None,
        Ok(metadata) if metadata.is_dir() => Some(InputError::new("link_to_folder", message)),
        Ok(_) => Some(not_a_file()),
        Err(error) => Some(InputError::io(&error)),
    }
}

/// The path without `.` and repeated separators: one file has one name.
fn tidy(path: &Path) -> PathBuf {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let tidy: PathBuf = parts.collect();
    if tidy.as_os_str().is_empty() {
        path.to_owned()
    } else {
        tidy
    }
}

/// Names from a list: one a line, or with `null` each ended by NUL. `-` is stdin.
pub(crate) fn names_from(path: &Path, null: bool) -> io::Result<Vec<OsString>> {
    if path == Path::new("-") {
        names(io::stdin().lock(), null).collect()
    } else {
        names(BufReader::new(File::open(path)?), null).collect()
    }
}

/// The names of such a list, as they come.
pub(crate) fn names(list: impl BufRead, null: bool) -> impl Iterator<Item = io::Result<OsString>> {
    let end = if null { 0 } else { b'\n' };
    let names = list.split(end).map(move |name| {
        let mut name = name?;
        if !null && name.ends_with(b"\r") {
            name.pop();
        }
        Ok(name)
    });
    let is_name = |name: &io::Result<Vec<u8>>| !name.as_ref().is_ok_and(Vec::is_empty);
    names.filter(is_name).map(|name| os_string(name?))
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> io::Result<OsString> {
    use std::os::unix::ffi::OsStringExt as _;
    Ok(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> io::Result<OsString> {
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(places: &[Place], root: &Path) -> Vec<(String, Option<&'static str>)> {
        let listed = places.iter().map(|place| {
            let path = place.path.strip_prefix(root).unwrap_or(&place.path);
            let code = place.error.as_ref().map(|error| error.code);
            (path.display().to_string(), code)
        });
        listed.collect()
    }

    #[test]
    fn files_come_once_and_sorted_however_they_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/x.pdf")).unwrap();
        for name in ["a/b", "a-c", "a/.hidden", "z*"] {
            fs::write(root.join(name), name).unwrap();
        }
        let names = |names: &[&str]| -> Vec<OsString> {
            names
                .iter()
                .map(|name| root.join(name).into_os_string())
                .collect()
        };
        let places = collect(names(&[
            "z*", "a/b", "a", "./a-c", "a//b", "a/x.pdf", "gone", "n*",
        ]));
        let expected = [
            ("a-c", None),
            ("a/.hidden", None),
            ("a/b", None),
            ("a/x.pdf", Some("empty_folder")),
            ("gone", Some("not_found")),
            ("n*", Some("not_found")),
            ("z*", None),
        ];
        assert_eq!(
            listed(&places, root),
            expected.map(|(path, code)| (path.to_owned(), code))
        );
        let again = collect(names(&["a/x.pdf", "n*", "gone", "a", "a-c", "[z]*"]));
        assert_eq!(listed(&again, root), listed(&places, root));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_what_is_no_file_are_not_opened() {
        use std::os::unix::fs::symlink;
        let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = inside.path();
        fs::write(outside.path().join("secret"), "s").unwrap();
        fs::write(root.join("file"), "f").unwrap();
        symlink(outside.path().join("secret"), root.join("out")).unwrap();
        symlink(root.join("file"), root.join("in")).unwrap();
        symlink(root, root.join("loop")).unwrap();
        symlink(root.join("nowhere"), root.join("dangling")).unwrap();
        std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        let places = collect([root.as_os_str().to_owned()]);
        let expected = [
            ("dangling", Some("not_found")),
            ("file", None),
            ("in", None),
            ("loop", Some("link_to_folder")),
            ("out", Some("link_outside_root")),
            ("socket", Some("not_a_file")),
        ];
        assert_eq!(
            listed(&places, root),
            expected.map(|(path, code)| (path.to_owned(), code))
        );
    }

    #[test]
    fn lists_end_their_names_with_line_end_or_nul() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "a b\r\n\nc\n").unwrap();
        assert_eq!(names_from(file.path(), false).unwrap(), ["a b", "c"]);
        fs::write(file.path(), "a\nb\0c\0").unwrap();
        assert_eq!(names_from(file.path(), true).unwrap(), ["a\nb", "c"]);
    }
}
