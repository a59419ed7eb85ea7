//! Addresses to bytes and receipts: fetches politely and keeps everything in an archive.
//!
//! In: where to begin and what belongs to it ([`Source`]), what may be asked of others ([`Settings`]).
//! Out: an [`Archive`], which is a folder of WARC files and an index: of each address its last version, and of each
//! run what was new, changed, gone, moved or broken.
//! What it may not know: what a report is, what is made of the documents.
//!
//! It is the only crate with a network. Nothing that a server says becomes a path, only public addresses are asked
//! unless a host is allowed by name, and every request has limits of size and time.

mod address;
mod archive;
mod certificates;
mod clock;
mod cookies;
mod crawl;
mod error;
mod index;
mod links;
mod retry;
mod robots;
mod scope;
mod settings;
mod sitemap;
mod wire;

pub use address::{canonical, host};
pub use archive::{Archive, read};
pub use certificates::Certificates;
pub use clock::{Clock, SystemClock};
pub use crawl::{Crawled, Source};
pub use error::{Code, CrawlError, FetchError};
pub use index::{Document, Outcome, Role, Visit};
pub use robots::Rules;
pub use scope::Scope;
pub use settings::{HostSettings, Limits, Settings, Window};
