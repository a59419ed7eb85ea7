//! Headings that stand on two lines.

use codebook::SectionLexicon;

use super::candidate::Candidate;
use super::enumerator::enumerator;
use super::shape::HEADING;
use crate::line::Line;

/// Longest second line of a heading, in characters.
const TAIL: usize = 18;
/// A first line is broken because it is full: it is not this short.
const LEAST_HEAD: usize = 3;

/// Whether the heading of a candidate goes on in the next line: the index of that line, and the
/// bytes where the heading ends in it, without and with its mark.
pub(super) fn goes_on(
    lines: &[Line<'_>],
    index: usize,
    candidate: &Candidate,
    lexicon: &SectionLexicon,
) -> Option<(usize, (usize, usize))> {
    let line = lines.get(index)?;
    let next = lines.get(index + 1)?;
    let first = line.text.get(candidate.text_start..)?.trim();
    let second = next.text.trim();
    if next.is_table || second.is_empty() || enumerator(second).is_some() {
        return None;
    }
    let ends = next.text.trim_end().trim_end_matches([':', '。', '、']);
    let bare = ends.trim();
    let joined = format!("{first}{bare}");
    let found = Some((index + 1, (ends.len(), next.text.len())));
    if lexicon.knows(&joined) {
        return found;
    }
    let (head, tail) = (first.chars().count(), bare.chars().count());
    let ended = first.ends_with(['。', ';', ':', '!', '?', ')']) || lexicon.knows(first);
    // What begins so hangs on what stands before.
    let binds = second.starts_with(['和', '与', '及', '的', '、', ',']);
    let marked = second.ends_with(['。', ';', '!', '?'])
        || !binds && second.ends_with(':')
        || bare.contains(['。', ';', ':', '|', '@'])
        || second.starts_with(|c: char| c.is_ascii_digit() || "附表注图《(".contains(c));
    if ended || marked || lexicon.knows(second) || head < LEAST_HEAD || head + tail > HEADING {
        return None;
    }
    let alike = line.style.heading_level == next.style.heading_level
        && line.style.font_size == next.style.font_size
        && (line.style.bold_bytes > 0) == (next.style.bold_bytes > 0)
        && line.style.alignment == next.style.alignment;
    let open = first.ends_with([',', '、', '的', '和', '与', '及']);
    let leads = lines.get(index + 2).is_some_and(|after| {
        after.is_table
            || enumerator(after.text).is_some()
            || after.text.chars().count() > tail && after.text.contains(['。', ';', ':'])
    });
    (alike && leads && (open || tail <= TAIL)).then_some(found)?
}
