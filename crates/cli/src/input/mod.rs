//! Inputs: what the command line names, down to single documents.

mod archive;
mod bounded;
mod name;
mod places;
mod warc;

use std::fs::{self, File};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nianbao::Input;

pub(crate) use archive::is_archive;
pub(crate) use name::printed;
pub(crate) use places::{Place, collect, names, names_from};

/// One document, or why there is none.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where it is from.
    pub(crate) input: Input,
    /// Its bytes.
    pub(crate) bytes: Bytes,
    /// The pages that go on with its report.
    pub(crate) continued: Vec<(Input, Bytes)>,
    /// The archive it is from, as it is printed; none where it is a file itself.
    pub(crate) file: Option<String>,
    /// Its position among the documents of the archive.
    pub(crate) position: u64,
}

impl Item {
    /// A document of its own.
    pub(crate) fn new(input: Input, bytes: Bytes) -> Self {
        Self {
            input,
            bytes,
            continued: Vec::new(),
            file: None,
            position: 0,
        }
    }
}

/// The bytes of a document.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// In a file, still to be read.
    File(PathBuf),
    /// From an archive.
    Loaded(Vec<u8>),
    /// In the archive of a corpus, still to be read.
    Fetched(Fetched),
    /// Nowhere.
    None(InputError),
}

/// A document in the archive of a corpus.
#[derive(Debug, Clone)]
pub(crate) struct Fetched {
    /// The archive.
    pub(crate) folder: Arc<Path>,
    pub(crate) document: fetch::Document,
}

impl Fetched {
    /// The document as an input: its address is its name, so that it is the same wherever it stands in the archive.
    fn item(&self) -> Item {
        let input = Input {
            path: self.document.url.clone(),
            uri: Some(self.document.url.clone()),
            content_type: self.document.content_type.clone(),
            ..Input::default()
        };
        Item::new(input, Bytes::Fetched(self.clone()))
    }

    fn read(&self, largest: usize) -> Result<Vec<u8>, InputError> {
        let read = fetch::read(&self.folder, &self.document, largest);
        read.map_err(|error| InputError::new("unreadable", error.to_string()))
    }
}

/// Why an input gives no bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InputError {
    /// Stable code in snake case.
    pub(crate) code: &'static str,
    /// What is wrong and what to do about it.
    pub(crate) message: String,
}

impl InputError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// A limit was reached: named with its value.
    fn limit(name: &str, bound: u64, what: &str) -> Self {
        Self::new("limit", format!("limit: {name}, {bound}: {what}"))
    }

    fn io(error: &std::io::Error) -> Self {
        if let Some(reached) = bounded::reached(error) {
            return Self::limit(reached.name, reached.bound, "the rest was not read");
        }
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::new("not_found", "there is no such file"),
            std::io::ErrorKind::PermissionDenied => {
                Self::new("unreadable", "no permission to read it")
            }
            _ => Self::new("unreadable", format!("it cannot be read: {error}")),
        }
    }
}

/// Bounds of archives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArchiveLimits {
    /// Bytes in all, unpacked. Not for WARC, which is read record by record.
    pub(crate) bytes: u64,
    /// Unpacked bytes for each packed one.
    pub(crate) ratio: u64,
    /// Entries. Not for WARC.
    pub(crate) entries: u64,
    /// Archives in archives.
    pub(crate) depth: u32,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            ratio: 200,
            entries: 10_000,
            depth: 2,
        }
    }
}

/// Gives every document of the places, in their order, to `submit`.
pub(crate) fn visit<'a>(
    places: impl IntoIterator<Item = &'a Place>,
    limits: &ArchiveLimits,
    document_bytes: usize,
    submit: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for place in places {
        if let Some(fetched) = &place.fetched {
            submit(fetched.item())?;
            continue;
        }
        let name = printed(&place.path);
        match &place.error {
            Some(error) => submit(Item::new(Input::named(name), Bytes::None(error.clone()))),
            None if is_archive(&name) => {
                let mut position = 0;
                let mut number = |mut item: Item| {
                    item.file = (item.input.path != name).then(|| name.clone());
                    item.position = position;
                    position += 1;
                    submit(item)
                };
                archive::visit(&place.path, &name, limits, document_bytes, &mut number)
            }
            None => submit(Item::new(
                Input::named(name),
                Bytes::File(place.path.clone()),
            )),
        }?;
    }
    ControlFlow::Continue(())
}

impl Bytes {
    /// The bytes; of a file not more than `largest`.
    pub(crate) fn load(self, largest: usize) -> Result<Vec<u8>, InputError> {
        match self {
            Self::Loaded(bytes) => Ok(bytes),
            Self::None(error) => Err(error),
            Self::File(path) => read(&path, largest),
            Self::Fetched(fetched) => fetched.read(largest),
        }
    }
}

fn read(path: &Path, largest: usize) -> Result<Vec<u8>, InputError> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    file.take((largest as u64).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| InputError::io(&error))?;
    if bytes.len() > largest {
        return Err(too_large(largest));
    }
    Ok(bytes)
}

fn too_large(largest: usize) -> InputError {
    InputError::new(
        "too_large",
        format!(
            "limit: document_bytes, {largest}: the document is larger; set document_bytes to read it"
        ),
    )
}

/// Opens a regular file. Anything else could block or never end, so it is not even opened.
fn open(path: &Path) -> Result<File, InputError> {
    let metadata = fs::metadata(path).map_err(|error| InputError::io(&error))?;
    if !metadata.is_file() {
        return Err(InputError::new(
            "not_a_file",
            "it is no regular file and was not opened",
        ));
    }
    File::open(path).map_err(|error| InputError::io(&error))
}
