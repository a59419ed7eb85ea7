//! An address and what is known of it.

use std::sync::LazyLock;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use url::Url;
use warc::Position;

use super::Index;
use crate::address;
use crate::error::CrawlError;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Says where pages are.
    Sitemap,
    /// A page that links to documents, and to further pages of itself.
    List,
    /// A page that is wanted.
    Document,
    /// A file that such a page links to.
    Attachment,
}

impl Role {
    /// The word that stands in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sitemap => "sitemap",
            Self::List => "list",
            Self::Document => "document",
            Self::Attachment => "attachment",
        }
    }

    pub(super) fn of(word: &str) -> Self {
        match word {
            "sitemap" => Self::Sitemap,
            "list" => Self::List,
            "attachment" => Self::Attachment,
            _ => Self::Document,
        }
    }
}

/// How an address was found at the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    New,
    Alive,
    Gone,
    Moved,
    Broken,
    Deferred,
    Excluded,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Alive => "alive",
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Broken => "broken",
            Self::Deferred => "deferred",
            Self::Excluded => "excluded",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "alive" => Self::Alive,
            "gone" => Self::Gone,
            "moved" => Self::Moved,
            "broken" => Self::Broken,
            "deferred" => Self::Deferred,
            "excluded" => Self::Excluded,
            _ => Self::New,
        }
    }
}

/// Everything about an address.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) role: Role,
    /// Which source it belongs to.
    pub(crate) source: usize,
    /// How many pages of a list, or sitemaps, lie before it.
    pub(crate) depth: u32,
    /// How many redirects lead to it.
    pub(crate) hops: u32,
    pub(crate) parent: Option<String>,
    /// The run that found it.
    pub(crate) found: i64,
    /// The last run that asked for it to an end.
    pub(crate) checked: Option<i64>,
    pub(crate) state: State,
    pub(crate) status: Option<u16>,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) content_type: Option<String>,
    /// Of the body without its codings.
    pub(crate) sha256: Option<String>,
    pub(crate) bytes: Option<u64>,
    /// Where the response with that body stands.
    pub(crate) record: Option<Position>,
    /// When it was fetched.
    pub(crate) fetched: Option<Timestamp>,
    /// The run that saw it change.
    pub(crate) changed: Option<i64>,
    /// How many answers in a row said "not modified".
    pub(crate) unmodified: u32,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) moved_to: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

impl Page {
    /// An address of which nothing is known yet.
    pub(crate) fn new(url: &Url, role: Role, source: usize, run: i64) -> Self {
        Self {
            url: url.as_str().to_owned(),
            host: address::host(url),
            role,
            source,
            depth: 0,
            hops: 0,
            parent: None,
            found: run,
            checked: None,
            state: State::New,
            status: None,
            etag: None,
            modified: None,
            content_type: None,
            sha256: None,
            bytes: None,
            record: None,
            fetched: None,
            changed: None,
            unmodified: 0,
            not_before: None,
            moved_to: None,
            code: None,
            message: None,
        }
    }
}

/// A document of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its address, in its one spelling.
    pub url: String,
    /// What it is for: a document or an attachment.
    pub role: Role,
    /// Where its last version stands.
    pub record: Position,
    /// Of the body without its codings, in hex.
    pub sha256: String,
    /// What the server said that it is.
    pub content_type: Option<String>,
    /// Whether it was there when it was last asked for.
    pub is_there: bool,
}

const COLUMNS: &str = "url, host, role, source, depth, hops, parent, found, checked, state, status, etag, modified, \
    content_type, sha256, bytes, file, offset, fetched, changed, unmodified, not_before, moved_to, code, message";

/// Writes a page, known or not.
static PUT: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<&str> = COLUMNS.split(',').map(str::trim).collect();
    let places: Vec<String> = (1..=names.len()).map(|place| format!("?{place}")).collect();
    let updates: Vec<String> = names
        .iter()
        .skip(1)
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        "INSERT INTO page ({COLUMNS}) VALUES ({}) ON CONFLICT (url) DO UPDATE SET {}",
        places.join(", "),
        updates.join(", ")
    )
});

fn read(row: &Row<'_>) -> rusqlite::Result<Page> {
    let time = |at: &str| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row
            .get::<_, Option<String>>(at)?
            .and_then(|time| time.parse().ok()))
    };
    Ok(Page {
        url: row.get("url")?,
        host: row.get("host")?,
        role: Role::of(&row.get::<_, String>("role")?),
        source: usize::try_from(row.get::<_, i64>("source")?).unwrap_or_default(),
        depth: row.get("depth")?,
        hops: row.get("hops")?,
        parent: row.get("parent")?,
        found: row.get("found")?,
        checked: row.get("checked")?,
        state: State::of(&row.get::<_, String>("state")?),
        status: row.get("status")?,
        etag: row.get("etag")?,
        modified: row.get("modified")?,
        content_type: row.get("content_type")?,
        sha256: row.get("sha256")?,
        bytes: row.get::<_, Option<i64>>("bytes")?.map(i64::cast_unsigned),
        record: position(row)?,
        fetched: time("fetched")?,
        changed: row.get("changed")?,
        unmodified: row.get("unmodified")?,
        not_before: time("not_before")?,
        moved_to: row.get("moved_to")?,
        code: row.get("code")?,
        message: row.get("message")?,
    })
}

pub(super) fn position(row: &Row<'_>) -> rusqlite::Result<Option<Position>> {
    let file: Option<u32> = row.get("file")?;
    let offset: Option<i64> = row.get("offset")?;
    Ok(file.zip(offset).map(|(file, offset)| Position {
        file,
        offset: offset.cast_unsigned(),
    }))
}

impl Index {
    /// What is known of an address.
    pub(crate) fn page(&self, url: &str) -> Result<Option<Page>, CrawlError> {
        Ok(self
            .0
            .prepare_cached("SELECT * FROM page WHERE url = ?1")?
            .query_row([url], read)
            .optional()?)
    }

    /// The addresses that a run has still to ask for, in the order in which they were found.
    pub(crate) fn due(&self, run: i64) -> Result<Vec<(String, String)>, CrawlError> {
        let query = "SELECT host, url FROM page WHERE coalesce(checked, 0) < ?1 ORDER BY id";
        let mut statement = self.0.prepare_cached(query)?;
        let rows = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes what is known of an address.
    pub(crate) fn put(&self, page: &Page) -> Result<(), CrawlError> {
        let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
        self.0.prepare_cached(&PUT)?.execute(params![
            page.url,
            page.host,
            page.role.word(),
            i64::try_from(page.source).unwrap_or_default(),
            page.depth,
            page.hops,
            page.parent,
            page.found,
            page.checked,
            page.state.word(),
            page.status,
            page.etag,
            page.modified,
            page.content_type,
            page.sha256,
            page.bytes.map(u64::cast_signed),
            page.record.map(|record| record.file),
            page.record.map(|record| record.offset.cast_signed()),
            time(page.fetched),
            page.changed,
            page.unmodified,
            time(page.not_before),
            page.moved_to,
            page.code,
            page.message,
        ])?;
        Ok(())
    }

    /// The documents of which the archive has a version, by address.
    pub(crate) fn documents(&self) -> Result<Vec<Document>, CrawlError> {
        let query = "SELECT url, role, file, offset, sha256, content_type, state FROM page
            WHERE role IN ('document', 'attachment') AND file IS NOT NULL AND sha256 IS NOT NULL
              AND state NOT IN ('excluded', 'moved') ORDER BY url";
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([], |row| {
            Ok(Document {
                url: row.get("url")?,
                role: Role::of(&row.get::<_, String>("role")?),
                record: position(row)?.unwrap_or_default(),
                sha256: row.get("sha256")?,
                content_type: row.get("content_type")?,
                is_there: row.get::<_, String>("state")? != "gone",
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_was_put() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open(folder.path()).unwrap();
        let url = Url::parse("http://a.example:81/x").unwrap();
        let mut page = Page::new(&url, Role::List, 3, 7);
        index.put(&page).unwrap();
        assert_eq!(index.page(url.as_str()).unwrap().unwrap(), page);
        assert_eq!(
            index.due(1).unwrap(),
            [("a.example:81".to_owned(), url.to_string())]
        );
        page = Page {
            state: State::Alive,
            checked: Some(8),
            status: Some(200),
            sha256: Some("ab".into()),
            record: Some(Position {
                file: 2,
                offset: 1 << 40,
            }),
            fetched: "2026-11-24T12:00:00.5Z".parse().ok(),
            role: Role::Document,
            ..page
        };
        index.put(&page).unwrap();
        assert_eq!(index.page(url.as_str()).unwrap().unwrap(), page);
        assert_eq!(index.due(8).unwrap(), []);
        assert_eq!(index.documents().unwrap().len(), 1);
        index.forget_from(Position { file: 2, offset: 5 }).unwrap();
        assert_eq!(index.documents().unwrap().len(), 0);
        assert_eq!(index.due(8).unwrap().len(), 1);
    }
}
