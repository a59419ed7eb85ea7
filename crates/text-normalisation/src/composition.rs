//! Composition of characters and their marks (NFC), with the map kept.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization,
    char::{canonical_combining_class, decompose_canonical},
    is_nfc, is_nfc_quick,
};

use crate::draft::{Cursor, Draft};

/// Brings a draft to NFC. Compatibility ideographs become the unified ones; ① and ㎡ stay.
pub(crate) fn compose(draft: Draft) -> Draft {
    if is_nfc(&draft.value) {
        return draft;
    }
    let mut composed = Draft::with_capacity(draft.value.len());
    let mut cursor = Cursor::new(&draft);
    let mut start = 0;
    let bounds = draft
        .value
        .char_indices()
        .filter(|(_, c)| is_bound(*c))
        .map(|(byte, _)| byte)
        .chain([draft.value.len()]);
    for end in bounds {
        if end == start {
            continue;
        }
        let segment = draft.value.get(start..end).unwrap_or_default();
        if is_nfc(segment) {
            cursor.copy(start, end, &mut composed);
        } else {
            compose_segment(segment, start, &mut cursor, &mut composed);
        }
        start = end;
    }
    composed
}

/// Nothing before such a character composes with it, nor with the one that it stands for.
fn is_bound(c: char) -> bool {
    let c = unified(c);
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The one character that this one always becomes: the unified ideograph of a compatibility one.
pub(crate) fn unified(c: char) -> char {
    let (mut only, mut count) = (c, 0);
    decompose_canonical(c, |part| {
        only = part;
        count += 1;
    });
    if count == 1 { only } else { c }
}

/// How far a mark may move past others and still be traced: bounds the work on a heap of marks.
const LOOK_AHEAD: usize = 32;

/// The first character of the result stands for the first of the source; a later one is mapped
/// where it is found unchanged.
fn compose_segment(segment: &str, start: usize, cursor: &mut Cursor<'_>, to: &mut Draft) {
    let mut source = segment.char_indices();
    for (nth, c) in segment.nfc().enumerate() {
        let found = if nth == 0 {
            source.next()
        } else {
            let mut ahead = source.clone();
            let found = ahead
                .by_ref()
                .take(LOOK_AHEAD)
                .find(|(_, known)| *known == c);
            if let Some((byte, _)) = found {
                let from = source.clone().next().map_or(byte, |(from, _)| from);
                cursor.skip(start + from, start + byte);
                source = ahead;
            }
            found
        };
        match found {
            Some((byte, known)) => {
                match cursor.written() {
                    Some(written) => to.push(c, written),
                    None => to.insert(c),
                }
                cursor.skip(start + byte, start + byte + known.len_utf8());
            }
            None => to.insert(c),
        }
    }
    if let Some((byte, _)) = source.next() {
        cursor.skip(start + byte, start + segment.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(text: &str) -> Draft {
        let mut draft = Draft::default();
        draft.push_str(text, crate::draft::count(text), 0);
        compose(draft)
    }

    #[test]
    fn marks_join_their_letter() {
        let draft = composed("gu\u{00f3}gōng e\u{301}, 完");
        assert_eq!(draft.value, "guógōng é, 完");
        let last = draft.runs.last().expect("a run");
        assert_eq!(last.written_start + last.length, 13);
    }

    #[test]
    fn compatibility_ideographs_become_unified_and_signs_stay() {
        let draft = composed("\u{f9e1}①㎡\u{f980}\u{f980}");
        assert_eq!(draft.value, "李①㎡呂呂");
        // Each of them knows where it stood.
        assert_eq!(draft.runs.last().expect("a run").length, 5);
    }

    #[test]
    fn a_hostile_heap_of_marks_is_linear() {
        for heap in ["\u{301}\u{323}", "\u{958}"] {
            let heap = format!("a{}", heap.repeat(20_000));
            assert!(!composed(&heap).value.is_empty());
        }
    }
}
