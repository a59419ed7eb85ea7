//! What can go wrong: with one address, and with the whole run.

use std::fmt;

/// Why an address gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FetchError {
    /// What kind of fault it is.
    pub code: Code,
    /// What is wrong, with the limit where one was reached, and what to do about it where something can be done.
    pub message: String,
}

impl FetchError {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// A limit was reached: named with its value.
    pub(crate) fn limit(code: Code, name: &str, value: impl fmt::Display, what: &str) -> Self {
        Self::new(code, format!("limit: {name}, {value}: {what}"))
    }
}

/// Kinds of faults; their words are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The name has no address.
    HostNotFound,
    /// Nobody answers there.
    Unreachable,
    /// The certificate or the handshake is wrong.
    Tls,
    /// Private, loopback, link-local: not a place of the public network.
    ForbiddenAddress,
    /// Neither http nor https, or no address at all.
    ForbiddenScheme,
    /// It did not come in time.
    Timeout,
    /// It came too slowly.
    TooSlow,
    /// It is too long.
    TooLarge,
    /// It is no HTTP.
    Protocol,
    /// It broke off.
    Truncated,
    /// Its encoding is not read, or is not what it says.
    Encoding,
    /// One redirect after another.
    TooManyRedirects,
    /// A redirect back to where it came from.
    RedirectLoop,
    /// A redirect to where nothing is to be fetched.
    RedirectOutOfScope,
    /// A redirect without a target.
    RedirectNowhere,
    /// The server says that it is not there.
    Gone,
    /// The server says no.
    HttpStatus,
    /// The server asks to come back later.
    RetryLater,
    /// robots.txt says no.
    Robots,
    /// robots.txt cannot be had, so nothing may be.
    RobotsUnreachable,
    /// The host or the run has had its share.
    Budget,
    /// It is not the time for this host.
    Window,
    /// Too much of it failed: nothing more is asked of this host in this run.
    HostGivenUp,
}

impl Code {
    /// The word that stands in outputs: `forbidden_address`.
    pub fn word(self) -> &'static str {
        match self {
            Self::HostNotFound => "host_not_found",
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::ForbiddenAddress => "forbidden_address",
            Self::ForbiddenScheme => "forbidden_scheme",
            Self::Timeout => "timeout",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
            Self::Protocol => "protocol",
            Self::Truncated => "truncated",
            Self::Encoding => "encoding",
            Self::TooManyRedirects => "too_many_redirects",
            Self::RedirectLoop => "redirect_loop",
            Self::RedirectOutOfScope => "redirect_out_of_scope",
            Self::RedirectNowhere => "redirect_nowhere",
            Self::Gone => "gone",
            Self::HttpStatus => "http_status",
            Self::RetryLater => "retry_later",
            Self::Robots => "robots",
            Self::RobotsUnreachable => "robots_unreachable",
            Self::Budget => "budget",
            Self::Window => "window",
            Self::HostGivenUp => "host_given_up",
        }
    }

    /// Whether it may be otherwise in a moment.
    pub(crate) fn passes(self) -> bool {
        matches!(
            self,
            Self::HostNotFound
                | Self::Unreachable
                | Self::Timeout
                | Self::TooSlow
                | Self::Protocol
                | Self::Truncated
                | Self::RetryLater
        )
    }

    /// Whether it says nothing of the address itself: it will be asked for another time.
    pub(crate) fn defers(self) -> bool {
        matches!(
            self,
            Self::RetryLater
                | Self::RobotsUnreachable
                | Self::Budget
                | Self::Window
                | Self::HostGivenUp
        )
    }
}

/// Why a run cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The archive cannot be read or written.
    #[error("archive: {0}")]
    Archive(#[from] warc::WarcError),
    /// Its index cannot be read or written.
    #[error("index.sqlite: {}{}", .0, remedy(.0))]
    Index(#[from] rusqlite::Error),
    /// What is asked for cannot be done.
    #[error("{0}")]
    Plan(String),
}

/// What a person can do. A full disk is not always told as one: SQLite may only see that a write failed.
fn remedy(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => "; make room on its disk and start again",
        Some(rusqlite::ErrorCode::SystemIoFailure) => {
            "; its disk is full or fails: make room or replace it, and start again"
        }
        _ => "",
    }
}
