//! Bytes read as a text: every character kept, every line numbered, whatever the charset.

use crate::laws;
use document_reading::{Limits, Provenance, read};
use model::MediaType;

const DECLARED: [Option<&str>; 8] = [
    None,
    Some("text/plain; charset=utf-8"),
    Some("text/plain; charset=gb2312"),
    Some("text/plain; charset=GB18030"),
    Some("text/plain; charset=big5"),
    Some("text/plain; charset=utf-16le"),
    Some("text/plain; charset=iso-2022-jp"),
    Some("text/plain; charset=nonsense"),
];

pub(super) fn run(data: &[u8]) {
    let Some((first, data)) = data.split_first() else {
        return;
    };
    let provenance = Provenance {
        name: Some("report.txt"),
        content_type: DECLARED[usize::from(first % 8)],
        ..Provenance::default()
    };
    let limits = Limits::default();
    let Ok(document) = read(data, &provenance, &limits) else {
        return;
    };
    assert_eq!(
        read(data, &provenance, &limits).ok().as_ref(),
        Some(&document)
    );
    laws::places_are_valid(&document, data.len() + 1);
    let charset = document.charset.as_ref();
    if document.media_type == MediaType::Text
        && charset.is_some_and(|charset| charset.name == "utf-8")
        && let Ok(source) = str::from_utf8(data)
    {
        let visible = |c: &char| !c.is_whitespace();
        let expected: String = source
            .trim_start_matches('\u{FEFF}')
            .chars()
            .filter(visible)
            .collect();
        let found: String = laws::written(&document).chars().filter(visible).collect();
        assert_eq!(found.trim_start_matches('\u{FEFF}'), expected);
    }
}
