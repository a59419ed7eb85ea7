//! The whole way from bytes to records: all text stands in them, what they refer to is there, the same
//! twice, no panic.

use crate::laws;
use nianbao::{Input, Settings, extract, needs_isolation};

pub(super) fn run(data: &[u8]) {
    let Some((first, data)) = data.split_first() else {
        return;
    };
    let settings = Settings::default();
    if needs_isolation(data, &settings) {
        return;
    }
    let input = Input::named(["a/report.txt", "a/page.html"][usize::from(first % 2)]);
    match extract(data, &input, &settings) {
        Ok(records) => {
            assert!(!records.is_empty(), "neither a record nor an error");
            laws::records_hold(&records);
            assert_eq!(extract(data, &input, &settings).as_ref(), Ok(&records));
        }
        Err(error) => assert_ne!(error.code, "panic", "{}", error.message),
    }
}
