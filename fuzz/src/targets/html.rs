//! Bytes read as a page: nothing lost, places valid, the same twice.

use crate::laws;
use document_reading::{Limits, Provenance, read};
use model::MediaType;

pub(super) fn run(data: &[u8]) {
    let provenance = Provenance {
        name: Some("page.html"),
        uri: Some("http://www.example.gov.cn/a/page.html"),
        content_type: Some("text/html"),
    };
    let limits = Limits::default();
    let Ok(document) = read(data, &provenance, &limits) else {
        return;
    };
    assert_eq!(
        read(data, &provenance, &limits).ok().as_ref(),
        Some(&document)
    );
    let lines = data.split(|byte| matches!(byte, b'\n' | b'\r')).count();
    laws::places_are_valid(&document, lines);
    let cut = document
        .warnings
        .iter()
        .any(|warning| warning.code.ends_with("_cut"));
    let Ok(source) = str::from_utf8(data) else {
        return;
    };
    let utf8 = document
        .charset
        .as_ref()
        .is_some_and(|charset| charset.name == "utf-8");
    if document.media_type == MediaType::Html && utf8 && !cut && !source.starts_with('\u{FEFF}') {
        laws::nothing_of_the_page_is_lost(&document, source);
        laws::nodes_resolve(&document, source);
    }
}
