//! What one document may take.

use std::time::Duration;

/// Bytes of address space with which a worker can start and read a report: its stacks, the program, dictionaries.
pub const LEAST_MEMORY: u64 = 256 << 20;

/// What one document may take in a worker. The defaults fit real reports with room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time of a document. Far more than `cpu_time`: it is for a worker that waits for what never
    /// comes, and must not fall on a document because the machine has much to do.
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
            timeout: Duration::from_secs(600),
            cpu_time: Duration::from_secs(20),
            memory: 1 << 30,
            documents: 200,
        }
    }
}
