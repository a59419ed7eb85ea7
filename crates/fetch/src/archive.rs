//! The archive: WARC files, to which is only ever added, and the index of what they hold.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use warc::{Appender, Coding, Head, Recovered};

use crate::Clock;
use crate::crawl::{self, Crawled, Source};
use crate::error::CrawlError;
use crate::index::{Document, Index, Visit};
use crate::settings::Settings;

/// An archive that is open for one run.
#[derive(Debug)]
pub struct Archive {
    pub(crate) folder: PathBuf,
    pub(crate) appender: Appender,
    pub(crate) index: Index,
    /// What the WARC files have that the index does not know yet.
    pub(crate) recovered: Recovered,
}

impl Archive {
    /// Opens the archive of a folder, making it where it is not there. What a run that died left torn is mended.
    ///
    /// # Errors
    /// Where another process holds it, or it cannot be read or written.
    pub fn open(folder: &Path, settings: &Settings, now: Timestamp) -> Result<Self, CrawlError> {
        let info = [
            ("software", settings.product.clone()),
            ("operator", settings.contact.clone()),
            ("http-header-user-agent", settings.user_agent()),
            ("format", "WARC File Format 1.1".to_owned()),
            ("robots", "obey".to_owned()),
        ];
        let info: Vec<(String, String)> = info
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        // The lock comes first: whoever holds it has both to itself.
        let lock = Appender::lock(folder)?;
        let mut index = Index::open(folder)?;
        let remembered = index.remembered()?;
        let (appender, recovered) = Appender::open(
            folder,
            lock,
            remembered,
            (now, info),
            settings.archive_file_bytes,
        )?;
        if let Some(lost) = recovered.lost_from {
            index.together(|index| index.forget_from(lost))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            appender,
            index,
            recovered,
        })
    }

    /// Asks for everything that the sources lead to and that this run has not asked for. A run that died or was
    /// stopped goes on; a new one begins after [`Archive::end_run`].
    ///
    /// # Errors
    /// Where the archive cannot be written; a fault of an address is no error but a [`Visit`].
    pub fn crawl(
        &mut self,
        sources: &[Source],
        settings: &Settings,
        clock: &dyn Clock,
        stop: &dyn Fn() -> bool,
        observe: &mut dyn FnMut(&Visit),
    ) -> Result<Crawled, CrawlError> {
        crawl::run(self, sources, settings, clock, stop, observe)
    }

    /// The run is over: the next one asks for everything again.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn end_run(&self, now: Timestamp) -> Result<(), CrawlError> {
        self.index.end(now)
    }

    /// The number of the last run, 0 where there was none.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn last_run(&self) -> Result<i64, CrawlError> {
        self.index.last_run()
    }

    /// When a run began.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn run_begun(&self, run: i64) -> Result<Option<Timestamp>, CrawlError> {
        self.index.begun(run)
    }

    /// The documents of which it has a version, by address.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn documents(&self) -> Result<Vec<Document>, CrawlError> {
        self.index.documents()
    }

    /// What the runs after `after` found, by address; of each address the last one.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn visits(&self, after: i64) -> Result<Vec<Visit>, CrawlError> {
        self.index.visits(after)
    }

    /// Forgets that runs before `run` found things unchanged. Everything else of the history stays.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn forget_visits(&self, before: i64) -> Result<(), CrawlError> {
        self.index.forget_visits(before)
    }
}

/// The bytes of a document of the archive in a folder; at most `largest`.
///
/// # Errors
/// Where the archive does not hold it, or it is longer.
pub fn read(folder: &Path, document: &Document, largest: usize) -> Result<Vec<u8>, CrawlError> {
    let (_, block) = warc::read_at(folder, document.record, largest_block(largest))?;
    let wrong = |error: warc::HttpError| CrawlError::Plan(format!("{}: {error}", document.url));
    let (head, body) = Head::parse(&block).map_err(wrong)?;
    warc::decoded(&head, body, largest, Coding::AsSaid).map_err(wrong)
}

/// Bytes of a response whose body has at most `largest`, decoded and as it comes.
pub(crate) fn largest_block(largest: usize) -> u64 {
    (largest as u64)
        .saturating_mul(2)
        .saturating_add(warc::LARGEST_HEADER)
}
