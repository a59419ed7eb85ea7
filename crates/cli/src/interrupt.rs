//! Ctrl-C and SIGTERM: the first finishes the documents at work, the second stops at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::exit::Failure;

/// Whether the run was asked to stop.
pub(crate) struct Interrupt {
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Listens from now on.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let failure =
            |error: std::io::Error| Failure::fatal(format!("cannot listen to signals: {error}"));
        let signal = Arc::new(AtomicUsize::new(0));
        let asked = Arc::new(AtomicBool::new(false));
        for number in [SIGINT, SIGTERM] {
            // In this order: the first signal finds `asked` unset and sets it.
            flag::register_conditional_shutdown(number, 128 + number, Arc::clone(&asked))
                .map_err(failure)?;
            flag::register(number, Arc::clone(&asked)).map_err(failure)?;
            let value = usize::try_from(number).unwrap_or_default();
            flag::register_usize(number, Arc::clone(&signal), value).map_err(failure)?;
        }
        Ok(Self { signal })
    }

    /// The signal, where one came.
    pub(crate) fn signal(&self) -> Option<u8> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            number => u8::try_from(number).ok(),
        }
    }
}
