//! WARC files as they are.

use super::archives;

pub(super) fn run(data: &[u8]) {
    archives::visit("a.warc", data);
}
