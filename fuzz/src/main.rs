//! The laws of nianbao as functions that panic where one is broken, and a target for each reader, stage, loader and
//! message format, which makes something of its input and holds it against them. One program holds all
//! targets: each is linked once, and so is the engine.
#![no_main]

mod laws;
mod notation;
mod panics;
mod targets;

use std::sync::LazyLock;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(targets::chosen);

libfuzzer_sys::fuzz_target!(
    init: LazyLock::force(&TARGET),
    |data: &[u8]| {
        TARGET(data);
    }
);
