//! Archives: every entry is an input `archive.zip!/name`. An entry's name never becomes a path.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use nianbao::Input;
use zip::result::ZipError;

use super::bounded::Bounded;
use super::name::printed_entry;
use super::{ArchiveLimits, Bytes, InputError, Item, open, too_large, warc};

/// Unpacked bytes that no ratio is asked of: small files pack well.
const RATIO_FLOOR: u64 = 16 << 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
    TarGz,
    Warc,
    WarcGz,
}

const ENDINGS: [(&str, Kind); 6] = [
    (".zip", Kind::Zip),
    (".tar", Kind::Tar),
    (".tar.gz", Kind::TarGz),
    (".tgz", Kind::TarGz),
    (".warc", Kind::Warc),
    (".warc.gz", Kind::WarcGz),
];

fn kind(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    let mut endings = ENDINGS.iter();
    endings
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, kind)| *kind)
}

/// Whether a file is read as an archive, by its name.
pub(crate) fn is_archive(name: &str) -> bool {
    kind(name).is_some()
}

type Submit<'a> = &'a mut dyn FnMut(Item) -> ControlFlow<()>;

/// Gives every document of an archive to `submit`.
pub(super) fn visit(
    path: &Path,
    name: &str,
    limits: &ArchiveLimits,
    document_bytes: usize,
    submit: Submit<'_>,
) -> ControlFlow<()> {
    let mut visitor = Visitor {
        limits,
        document_bytes,
        bytes_left: limits.bytes,
        entries_left: limits.entries,
        submit,
    };
    let opened = open(path).and_then(|file| {
        let size = file
            .metadata()
            .map_err(|error| InputError::io(&error))?
            .len();
        Ok((file, size))
    });
    match opened {
        Ok((file, size)) => visitor.archive(BufReader::<File>::new(file), size, name, 1),
        Err(error) => visitor.fail(name, error),
    }
}

struct Visitor<'a> {
    limits: &'a ArchiveLimits,
    document_bytes: usize,
    bytes_left: u64,
    entries_left: u64,
    submit: Submit<'a>,
}

impl Visitor<'_> {
    fn fail(&mut self, name: &str, error: InputError) -> ControlFlow<()> {
        (self.submit)(Item::new(Input::named(name), Bytes::None(error)))
    }

    fn archive<R: Read + Seek>(
        &mut self,
        reader: BufReader<R>,
        size: u64,
        name: &str,
        depth: u32,
    ) -> ControlFlow<()> {
        let ratio = self.limits.ratio;
        let most = size.saturating_mul(ratio).max(RATIO_FLOOR);
        match kind(name) {
            Some(Kind::Zip) => self.zip(reader, name, depth),
            Some(Kind::TarGz) => {
                let unpacked = MultiGzDecoder::new(reader);
                self.tar(
                    Bounded::new(unpacked, most, "archive_ratio", ratio),
                    name,
                    depth,
                )
            }
            Some(Kind::WarcGz) => {
                let unpacked = MultiGzDecoder::new(reader);
                let bounded = Bounded::new(unpacked, most, "archive_ratio", ratio);
                warc::visit(
                    BufReader::new(bounded),
                    name,
                    self.document_bytes,
                    self.submit,
                )
            }
            Some(Kind::Warc) => warc::visit(reader, name, self.document_bytes, self.submit),
            Some(Kind::Tar) | None => self.tar(reader, name, depth),
        }
    }

    fn zip<R: Read + Seek>(&mut self, reader: R, name: &str, depth: u32) -> ControlFlow<()> {
        let mut archive = match zip::ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return self.fail(name, zip_error(&error)),
        };
        for index in 0..archive.len() {
            let entry_name = match archive.by_index_raw(index) {
                Ok(entry) if entry.is_dir() => continue,
                Ok(entry) => format!("{name}!/{}", printed_entry(entry.name_raw())),
                Err(error) => {
                    self.fail(&format!("{name}!/{index}"), zip_error(&error))?;
                    continue;
                }
            };
            if self.entries_left == 0 {
                return self.too_many(name);
            }
            self.entries_left -= 1;
            match archive.by_index(index) {
                Ok(entry) if entry.is_symlink() => self.fail(&entry_name, link())?,
                Ok(entry) => {
                    let packed = entry.compressed_size();
                    let most = packed.saturating_mul(self.limits.ratio).max(RATIO_FLOOR);
                    let bounded = Bounded::new(entry, most, "archive_ratio", self.limits.ratio);
                    self.entry(bounded, &entry_name, depth)?;
                }
                Err(error) => self.fail(&entry_name, zip_error(&error))?,
            }
        }
        ControlFlow::Continue(())
    }

    fn tar(&mut self, reader: impl Read, name: &str, depth: u32) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(reader);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.fail(name, damaged(&error)),
        };
        for entry in entries {
            // Past a damaged header nothing can be found.
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.fail(name, damaged(&error)),
            };
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            if self.entries_left == 0 {
                return self.too_many(name);
            }
            self.entries_left -= 1;
            let entry_name = format!("{name}!/{}", printed_entry(&entry.path_bytes()));
            if kind.is_file() || kind.is_gnu_sparse() || kind.is_contiguous() {
                self.entry(entry, &entry_name, depth)?;
            } else {
                self.fail(&entry_name, link())?;
            }
        }
        ControlFlow::Continue(())
    }

    fn too_many(&mut self, name: &str) -> ControlFlow<()> {
        let what = "the entries after them were not read";
        self.fail(
            name,
            InputError::limit("archive_entries", self.limits.entries, what),
        )
    }

    /// One entry: a document, or an archive in the archive.
    fn entry(&mut self, reader: impl Read, name: &str, depth: u32) -> ControlFlow<()> {
        let nested = is_archive(name);
        if nested && depth >= self.limits.depth {
            let what = "the archives in it were not opened";
            let bound = u64::from(self.limits.depth);
            return self.fail(name, InputError::limit("archive_depth", bound, what));
        }
        let largest = if nested {
            self.bytes_left
        } else {
            self.document_bytes as u64
        };
        let mut bytes = Vec::new();
        let bounded = Bounded::new(reader, self.bytes_left, "archive_bytes", self.limits.bytes);
        let read = bounded
            .take(largest.saturating_add(1))
            .read_to_end(&mut bytes);
        self.bytes_left = self.bytes_left.saturating_sub(bytes.len() as u64);
        match read {
            Err(error) => self.fail(name, damaged(&error)),
            Ok(_) if nested => {
                let size = bytes.len() as u64;
                // The reader's type is erased here: nesting would else nest types without end.
                self.archive(BufReader::new(Cursor::new(bytes)), size, name, depth + 1)
            }
            Ok(_) if bytes.len() as u64 > largest => {
                self.fail(name, too_large(self.document_bytes))
            }
            Ok(_) => (self.submit)(Item::new(Input::named(name), Bytes::Loaded(bytes))),
        }
    }
}

fn link() -> InputError {
    InputError::new(
        "not_a_file",
        "the entry is a link or device and was not followed",
    )
}

fn damaged(error: &std::io::Error) -> InputError {
    if super::bounded::reached(error).is_some() {
        return InputError::io(error);
    }
    InputError::new("malformed", format!("the archive is damaged here: {error}"))
}

fn zip_error(error: &ZipError) -> InputError {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            InputError::new("encrypted", "the entry needs a password")
        }
        ZipError::UnsupportedArchive(reason) => InputError::new(
            "unsupported",
            format!("the archive cannot be read: {reason}"),
        ),
        ZipError::Io(error) => damaged(error),
        other => InputError::new("malformed", format!("the archive is damaged here: {other}")),
    }
}

#[cfg(test)]
mod tests;
