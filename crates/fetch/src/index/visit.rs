//! What a run found at an address: the history.

use jiff::Timestamp;
use rusqlite::params;
use warc::Position;

use super::page::position;
use super::{Index, Role};
use crate::error::CrawlError;

/// What came of asking for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is there for the first time.
    New,
    /// It is there and says something else than before.
    Changed,
    /// It is as it was.
    Unchanged,
    /// The server says that it is not there.
    Gone,
    /// It is somewhere else.
    Moved,
    /// It could not be had.
    Broken,
    /// It will be asked for in a later run.
    Deferred,
    /// It may not be asked for.
    Excluded,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Changed,
        Self::Unchanged,
        Self::Gone,
        Self::Moved,
        Self::Broken,
        Self::Deferred,
        Self::Excluded,
    ];

    /// The word that stands in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Broken => "broken",
            Self::Deferred => "deferred",
            Self::Excluded => "excluded",
        }
    }

    fn of(word: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|outcome| outcome.word() == word)
            .unwrap_or(Self::Broken)
    }
}

/// What a run found at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The run.
    pub run: i64,
    /// The address.
    pub url: String,
    /// Its host.
    pub host: String,
    /// What it is for.
    pub role: Role,
    /// What came of it.
    pub outcome: Outcome,
    /// Status of the last answer.
    pub status: Option<u16>,
    /// Hash of the body, in hex.
    pub sha256: Option<String>,
    /// When.
    pub date: Timestamp,
    /// Where the answer stands in the archive.
    pub record: Option<Position>,
    /// A stable word for what is wrong.
    pub code: Option<String>,
    /// The same for people.
    pub message: Option<String>,
    /// Where it is now.
    pub moved_to: Option<String>,
    /// Requests that it took.
    pub requests: u32,
    /// How long they took.
    pub milliseconds: u64,
}

impl Index {
    /// Writes a visit.
    pub(crate) fn put_visit(&self, visit: &Visit) -> Result<(), CrawlError> {
        let query = "INSERT OR REPLACE INTO visit (run, url, host, role, outcome, status, sha256, date, file, offset, code,
            message, moved_to, requests, milliseconds) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        self.0.prepare_cached(query)?.execute(params![
            visit.run,
            visit.url,
            visit.host,
            visit.role.word(),
            visit.outcome.word(),
            visit.status,
            visit.sha256,
            visit.date.to_string(),
            visit.record.map(|record| record.file),
            visit.record.map(|record| record.offset.cast_signed()),
            visit.code,
            visit.message,
            visit.moved_to,
            visit.requests,
            visit.milliseconds.cast_signed(),
        ])?;
        Ok(())
    }

    /// What runs after `after` found, by address; of an address the last one.
    pub(crate) fn visits(&self, after: i64) -> Result<Vec<Visit>, CrawlError> {
        let query = "SELECT *, max(run) FROM visit WHERE run > ?1 GROUP BY url ORDER BY url";
        let mut statement = self.0.prepare(query)?;
        let rows = statement.query_map([after], |row| {
            Ok(Visit {
                run: row.get("run")?,
                url: row.get("url")?,
                host: row.get("host")?,
                role: Role::of(&row.get::<_, String>("role")?),
                outcome: Outcome::of(&row.get::<_, String>("outcome")?),
                status: row.get("status")?,
                sha256: row.get("sha256")?,
                date: row.get::<_, String>("date")?.parse().unwrap_or_default(),
                record: position(row)?,
                code: row.get("code")?,
                message: row.get("message")?,
                moved_to: row.get("moved_to")?,
                requests: row.get("requests")?,
                milliseconds: row.get::<_, i64>("milliseconds")?.cast_unsigned(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Forgets what runs before `run` found where nothing had changed.
    pub(crate) fn forget_visits(&self, before: i64) -> Result<(), CrawlError> {
        self.0.execute(
            "DELETE FROM visit WHERE run < ?1 AND outcome = 'unchanged'",
            [before],
        )?;
        Ok(())
    }
}
