//! What can be wrong with a WARC file and with a message in it.

use std::io;

/// Why a WARC file cannot be read on, or written.
#[derive(Debug, thiserror::Error)]
pub enum WarcError {
    /// The file system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What stands there is no record.
    #[error("{0}")]
    Malformed(&'static str),
    /// Another process adds to the archive.
    #[error("another run is at work in {0}")]
    Locked(String),
}

/// Why a message gives no body.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// It is no HTTP message.
    #[error("{0}")]
    Malformed(&'static str),
    /// An encoding that is not read, or more of them than are unpacked.
    #[error("the content encoding {0:?} is not read")]
    Unsupported(String),
    /// The body is longer than was asked for.
    #[error("the body has more than {0} bytes")]
    TooLarge(usize),
    /// The body is not what its encoding says.
    #[error("the body cannot be unpacked: {0}")]
    Unpack(io::Error),
}
