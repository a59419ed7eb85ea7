//! JSON Lines that the command writes.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// The values of a file, one a line.
pub(crate) fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
