//! The head that some converters write before the text: keys and values between lines of dashes.

use model::{Hint, HintKind};

use crate::text::place;

/// Lines of a head at most.
const LONGEST: usize = 40;

/// What keys say.
const KEYS: &[(&str, HintKind)] = &[
    ("title", HintKind::Title),
    ("author", HintKind::Publisher),
    ("url", HintKind::Uri),
    ("sitename", HintKind::Site),
    ("date", HintKind::Published),
    ("categories", HintKind::Column),
    ("tags", HintKind::Keywords),
];

/// The hints of the head, and the index of the first line behind it.
pub(super) fn read(lines: &[&str]) -> (Vec<Hint>, usize) {
    let Some(end) = end(lines) else {
        return (Vec::new(), 0);
    };
    let mut hints = Vec::new();
    for (at, line) in lines.iter().enumerate().take(end).skip(1) {
        let Some((key, value)) = pair(line) else {
            continue;
        };
        let known = KEYS.iter().find(|(known, _)| *known == key);
        let text = value.trim().trim_matches('"');
        if text.is_empty() {
            continue;
        }
        hints.push(Hint {
            kind: known.map_or(HintKind::Other, |(_, kind)| *kind),
            text: text.to_owned(),
            place: Some(place(at..at + 1)),
        });
    }
    (hints, end + 1)
}

/// The index of the line that ends a head; `None` where there is none.
pub(super) fn end(lines: &[&str]) -> Option<usize> {
    let dashes = |line: &str| line.trim_end() == "---";
    let (first, rest) = lines.split_first()?;
    if !dashes(first.trim_start_matches('\u{FEFF}')) {
        return None;
    }
    for (pairs, line) in rest.iter().take(LONGEST).enumerate() {
        if dashes(line) {
            return (pairs > 0).then_some(pairs + 1);
        }
        pair(line)?;
    }
    None
}

/// `key: value`, the key a word of ASCII letters.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
    is_key.then_some((key, value))
}
