//! Time, so that tests need not wait.

use std::time::Duration;

use jiff::Timestamp;

/// Where a run gets its time from.
pub trait Clock: Sync {
    /// The time.
    fn now(&self) -> Timestamp;
    /// Waits, or some part of it.
    fn sleep(&self, time: Duration);
}

/// The clock of the system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) {
        // In parts, so that a signal is heard.
        std::thread::sleep(time.min(Duration::from_millis(200)));
    }
}
