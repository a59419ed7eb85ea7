//! What one document may take.

use std::time::Duration;

/// What one document may take in a worker. The defaults fit real reports with room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time of a document.
    pub timeout: Duration,
    /// Processor time of a document, in whole seconds.
    pub cpu_time: Duration,
    /// Address space of the worker, in bytes.
    pub memory: u64,
    /// Documents after which a worker is replaced: what a library leaks does not add up.
    pub documents: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            cpu_time: Duration::from_secs(20),
            memory: 1 << 30,
            documents: 200,
        }
    }
}
