//! Panics of a library, caught and counted as failures, say nothing on the terminal; panics of
//! all other threads go where they always went.

use std::cell::Cell;
use std::sync::Once;

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

fn install() {
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !SILENT.with(Cell::get) {
                before(info);
            }
        }));
    });
}

/// Silences panic messages of this thread from here on.
pub(super) fn silence_this_thread() {
    install();
    SILENT.with(|silent| silent.set(true));
}

/// Runs `work` with panic messages of this thread silenced; `None` where it panics.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
    install();
    let before = SILENT.with(|silent| silent.replace(true));
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok();
    SILENT.with(|silent| silent.set(before));
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_missing_result() {
        assert_eq!(catch(|| 3), Some(3));
        assert_eq!(catch(|| -> i32 { panic!("of a library") }), None);
        assert!(!SILENT.with(Cell::get));
    }
}
