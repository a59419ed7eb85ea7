//! Runs against servers that behave and servers that do not. Nothing leaves this machine, and nobody waits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod discovery;
mod encrypted;
mod manners;
mod misbehaviour;
mod nights;
mod run;
mod server;
