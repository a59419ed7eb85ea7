//! Extraction in worker processes: a document that overflows the stack, loops for ever, takes all
//! memory or crashes a library costs one error and no other result.
//!
//! What it does: a [`Pool`] keeps processes that extract one document after the other, each under a
//! limit of memory, processor time and wall-clock time; one that dies or must be killed is replaced. Such
//! a process confines itself with a [`Session`]. They talk in frames over pipes.
//! What goes in: the bytes of a file. What comes out: what the worker made of it (bytes that mean
//! something to the program alone, records as a rule), or a [`Failure`].
//! What it may not know: how a document is read, the command line, files.
//!
//! The program starts itself again. Its `main` asks first whether it is a worker:
//!
//! ```no_run
//! use std::process::Command;
//!
//! use nianbao::{Input, Settings};
//! use nianbao_isolation::{Limits, Pool, Session};
//!
//! fn main() -> std::io::Result<()> {
//!     let limits = Limits::default();
//!     let settings = Settings::default();
//!     if std::env::args().nth(1).as_deref() == Some("worker") {
//!         return Session::open(limits)?.serve(|bytes, input, observer| {
//!             let records = nianbao::extract_observed(bytes, input, &settings, observer)?;
//!             Ok(serde_json::to_vec(&records).unwrap_or_default())
//!         });
//!     }
//!     let program = std::env::current_exe()?;
//!     let command = move || {
//!         let mut command = Command::new(&program);
//!         command.arg("worker");
//!         command
//!     };
//!     let pool = Pool::new(limits, Vec::new(), command);
//!     let bytes = std::fs::read("report.pdf")?;
//!     match pool.extract(&bytes, &Input::named("report.pdf"), &()) {
//!         Ok(json) => println!("{}", String::from_utf8_lossy(&json)),
//!         Err(failure) => println!("{}", failure.error),
//!     }
//!     Ok(())
//! }
//! ```

mod confinement;
mod death;
mod frame;
mod limits;
mod pool;
mod process;
mod session;

pub use death::{Cause, Failure};
pub use limits::{LEAST_MEMORY, Limits};
pub use pool::Pool;
pub use session::Session;
