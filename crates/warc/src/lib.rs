//! WARC files (ISO 28500): read, written, and mended after a death.
//!
//! In: bytes of WARC 1.0 and 1.1 of any origin, plain or packed; HTTP messages as they went over the wire.
//! Out: headers and blocks of records, bodies without their encodings; files of WARC 1.1, each record packed by
//! itself, to which exchanges are only ever added.
//! What it may not know: networks, what is fetched and why, what a document says.

mod append;
mod error;
mod exchange;
mod header;
mod http;

pub use append::{Appender, Lock, Position, Recovered};
pub use error::{HttpError, WarcError};
pub use exchange::{Exchange, Stored, read_at};
pub use header::{Header, LARGEST_HEADER, read_header};
pub use http::{Coding, Head, decoded};
