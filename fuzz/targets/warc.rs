//! WARC files as they are.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod archives;

fuzz_target!(|data: &[u8]| {
    archives::visit("a.warc", data);
});
