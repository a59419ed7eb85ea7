//! Bytes read as a PDF: boxes on pages, the same twice, no panic of our own.

use crate::laws;
use document_reading::{Limits, Provenance, cross_check, read};

pub(super) fn run(data: &[u8]) {
    let limits = Limits {
        pages: 50,
        glyphs: 100_000,
        ..Limits::default()
    };
    let provenance = Provenance::default();
    if !data.starts_with(b"%PDF") {
        return;
    }
    let first = read(data, &provenance, &limits).ok();
    assert_eq!(read(data, &provenance, &limits).ok(), first);
    if let Some(mut document) = first {
        laws::places_are_valid(&document, 0);
        cross_check(data, &mut document);
    }
}
