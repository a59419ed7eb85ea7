//! What is known of every address, in one SQLite file beside the archive. Everything that a run finds out about an
//! address is written in one transaction, behind the exchange in the archive: what the archive has more is taken in
//! when it is opened.

mod page;
mod visit;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use warc::Position;

pub use page::{Document, Role};
pub(crate) use page::{Page, State};
pub use visit::{Outcome, Visit};

use crate::error::CrawlError;

/// Version of the file's tables.
const VERSION: i64 = 1;
/// Time that another process's transaction is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

const TABLES: &str = "
CREATE TABLE run (id INTEGER PRIMARY KEY, begun TEXT NOT NULL, ended TEXT) STRICT;
CREATE TABLE archive (one INTEGER PRIMARY KEY CHECK (one = 1), file INTEGER NOT NULL, offset INTEGER NOT NULL,
    plan TEXT NOT NULL) STRICT;
INSERT INTO archive VALUES (1, 0, 0, '');
CREATE TABLE page (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, role TEXT NOT NULL, source INTEGER NOT NULL,
    depth INTEGER NOT NULL, hops INTEGER NOT NULL, parent TEXT, found INTEGER NOT NULL, checked INTEGER,
    state TEXT NOT NULL, status INTEGER, etag TEXT, modified TEXT, content_type TEXT, sha256 TEXT, bytes INTEGER,
    file INTEGER, offset INTEGER, fetched TEXT, changed INTEGER, unmodified INTEGER NOT NULL, not_before TEXT,
    moved_to TEXT, code TEXT, message TEXT) STRICT;
CREATE INDEX page_host ON page (host, id);
CREATE TABLE visit (
    run INTEGER NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL, status INTEGER,
    sha256 TEXT, date TEXT NOT NULL, file INTEGER, offset INTEGER, code TEXT, message TEXT, moved_to TEXT,
    requests INTEGER NOT NULL, milliseconds INTEGER NOT NULL, PRIMARY KEY (run, url)) STRICT, WITHOUT ROWID;
";

/// The index of an archive.
#[derive(Debug)]
pub(crate) struct Index(Connection);

impl Index {
    /// Opens the index, making it where there is none.
    pub(crate) fn open(folder: &Path) -> Result<Self, CrawlError> {
        let connection = Connection::open(folder.join("index.sqlite"))?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "normal")?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version == 0 {
            let tables = format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;");
            connection.execute_batch(&tables)?;
        } else if version != VERSION {
            let message = format!("the index has version {version}, this program knows {VERSION}");
            return Err(CrawlError::Plan(message));
        }
        Ok(Self(connection))
    }

    /// Everything in one transaction.
    pub(crate) fn together<T>(
        &mut self,
        work: impl FnOnce(&Self) -> Result<T, CrawlError>,
    ) -> Result<T, CrawlError> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        let result = work(self);
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        self.0.execute_batch(end)?;
        result
    }

    /// The run that has not ended, or a new one.
    pub(crate) fn run(&self, now: Timestamp) -> Result<i64, CrawlError> {
        let open = "SELECT id FROM run WHERE ended IS NULL ORDER BY id DESC LIMIT 1";
        if let Some(id) = self.0.query_row(open, [], |row| row.get(0)).optional()? {
            return Ok(id);
        }
        self.0
            .execute("INSERT INTO run (begun) VALUES (?1)", [now.to_string()])?;
        Ok(self.0.last_insert_rowid())
    }

    /// The last run, ended or not; 0 where there was none.
    pub(crate) fn last_run(&self) -> Result<i64, CrawlError> {
        Ok(self
            .0
            .query_row("SELECT coalesce(max(id), 0) FROM run", [], |row| row.get(0))?)
    }

    /// When a run began.
    pub(crate) fn begun(&self, run: i64) -> Result<Option<Timestamp>, CrawlError> {
        let begun = self
            .0
            .query_row("SELECT begun FROM run WHERE id = ?1", [run], |row| {
                row.get::<_, String>(0)
            });
        Ok(begun.optional()?.and_then(|begun| begun.parse().ok()))
    }

    /// A run is over: the next one asks for everything again.
    pub(crate) fn end(&self, now: Timestamp) -> Result<(), CrawlError> {
        self.0.execute(
            "UPDATE run SET ended = ?1 WHERE ended IS NULL",
            [now.to_string()],
        )?;
        Ok(())
    }

    /// The place up to which the archive is known.
    pub(crate) fn remembered(&self) -> Result<Position, CrawlError> {
        let position = self
            .0
            .query_row("SELECT file, offset FROM archive", [], |row| {
                Ok(Position {
                    file: row.get(0)?,
                    offset: row.get::<_, i64>(1)?.cast_unsigned(),
                })
            });
        Ok(position?)
    }

    /// The archive is known up to here.
    pub(crate) fn remember(&self, position: Position) -> Result<(), CrawlError> {
        let offset = position.offset.cast_signed();
        self.0
            .prepare_cached("UPDATE archive SET file = ?1, offset = ?2")?
            .execute(params![position.file, offset])?;
        Ok(())
    }

    /// What stood in the archive from here on is lost: those addresses have to be asked for again.
    pub(crate) fn forget_from(&self, lost: Position) -> Result<(), CrawlError> {
        self.0.execute(
            "UPDATE page SET checked = NULL, state = 'new', etag = NULL, modified = NULL, sha256 = NULL, file = NULL, offset = NULL
             WHERE file > ?1 OR (file = ?1 AND offset >= ?2)",
            params![lost.file, lost.offset.cast_signed()],
        )?;
        self.0.execute(
            "DELETE FROM visit WHERE file > ?1 OR (file = ?1 AND offset >= ?2)",
            params![lost.file, lost.offset.cast_signed()],
        )?;
        self.remember(lost)
    }

    /// Whether the plan of this run is another than the one before; from now on it is the one before.
    pub(crate) fn plan_changes(&self, plan: &str) -> Result<bool, CrawlError> {
        let changed = self
            .0
            .execute("UPDATE archive SET plan = ?1 WHERE plan <> ?1", [plan])?;
        Ok(changed > 0)
    }
}
