//! Which panics count. The fuzzing engine ends at every panic, caught or not. Those of libraries that
//! our code catches by design (PDF readers) are no finding; one of our own code is, even a caught one.

/// Ends the process at panics of our own code alone. A library's panic that nothing of ours catches
/// still ends it: it reaches the engine.
pub fn only_our_own() {
    std::panic::set_hook(Box::new(|panic| {
        let theirs = panic
            .location()
            .is_some_and(|place| place.file().contains("/registry/src/"));
        if !theirs {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}
