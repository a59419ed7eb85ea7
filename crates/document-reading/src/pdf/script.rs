//! What the script wants: where a space may stand, and how two lines join.

/// Characters set on a full em: Han, kana, Hangul, CJK punctuation, full-width forms.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}'
        // Punctuation that Chinese fonts set on a full em.
        | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{2014}' | '\u{2026}' | '\u{00B7}'
        | '\u{2460}'..='\u{24FF}' | '\u{25A0}'..='\u{25FF}')
}

/// Punctuation beside which Chinese text has no space.
fn is_wide_punctuation(character: char) -> bool {
    matches!(character,
        '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF60}'
        | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{2014}' | '\u{2026}')
}

/// Punctuation that ends what stands before it and may hang over the end of its line.
pub(super) fn hangs(character: char) -> bool {
    "，、。；：！？）》〉」』】〕”’".contains(character)
}

/// Whether no line breaks between two characters: inside words and figures, before punctuation that
/// hangs, behind opening brackets; many programs part nothing from quotation marks either.
pub(super) fn keeps_together(before: char, after: char) -> bool {
    let quote = |c: char| matches!(c, '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}');
    hangs(after)
        || "（《〈「『【〔“‘([".contains(before)
        || quote(before)
        || quote(after)
        || (!is_wide(before) && !is_wide(after))
}

/// Whether a sentence or clause may end with it.
pub(super) fn is_terminal(character: char) -> bool {
    matches!(
        character,
        '。' | '！' | '？' | '；' | '：' | '.' | '!' | '?' | ';' | ':' | '．'
    )
}

/// What the layout says of the place between two neighbours on a line; lengths in em.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Distance between the two advance boxes.
    pub(super) width: f32,
    /// The usual distance on this line between characters of this kind.
    pub(super) tracking: f32,
    /// A space character stands between them.
    pub(super) spaced: bool,
}

/// Whether a space stands between two characters of one line.
pub(super) fn wants_space(before: char, after: char, gap: Gap) -> bool {
    let tracking = gap.tracking.max(0.0);
    match (is_wide(before), is_wide(after)) {
        (false, false) if gap.spaced => gap.width > 0.05,
        (false, false) => {
            // Figures are set apart for alignment without being two.
            let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
            let least = if figure(before) && figure(after) {
                0.4
            } else {
                0.18
            };
            gap.width > (tracking * 1.6).max(tracking + 0.15).max(least)
        }
        (left, right) => {
            if (left && is_wide_punctuation(before)) || (right && is_wide_punctuation(after)) {
                return false;
            }
            // A space that was typed stays: what it means is decided with the text around it.
            if left && right && gap.spaced && gap.width > tracking + 0.2 {
                return true;
            }
            // Chinese beside figures is set with a narrow gap that is no space.
            gap.width > (tracking * 2.0).max(tracking + 0.6)
        }
    }
}

/// Joins the next line of a paragraph or a cell to what is there. `spaced` says that a space
/// character ended the line before.
pub(super) fn join_line(text: &mut String, next: &str, spaced: bool) {
    let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else {
        text.push_str(next);
        return;
    };
    if !is_wide(last) && !is_wide(first) {
        let mut back = text.chars().rev().skip(1);
        let before = back.next().unwrap_or(' ');
        if matches!(last, '-' | '\u{2010}' | '\u{00AD}')
            && before.is_alphabetic()
            && first.is_lowercase()
        {
            if last == '\u{00AD}' || !is_compound(text) {
                text.pop();
            }
        } else if spaced || wants_word_break(text, next, last, first) {
            text.push(' ');
        }
    }
    text.push_str(next);
}

/// Words that a hyphen joins to the next one wherever they stand.
const COMPOUNDS: [&str; 6] = ["self", "e", "ex", "well", "half", "cross"];

/// Whether the word that a hyphen ends keeps it.
fn is_compound(text: &str) -> bool {
    let text = text.trim_end_matches(['-', '\u{2010}']);
    let word = text.rsplit(|c: char| !c.is_ascii_alphabetic()).next();
    word.is_some_and(|word| {
        COMPOUNDS
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    })
}

/// Whether two half-width ends that meet at a line end are two words. In Chinese text lines
/// break inside numbers, addresses and document numbers; between letters they break at words.
fn wants_word_break(text: &str, next: &str, last: char, first: char) -> bool {
    let tail = text
        .rsplit(|c: char| c.is_whitespace() || is_wide(c))
        .next();
    let head = next.split(|c: char| c.is_whitespace() || is_wide(c)).next();
    let address = |part: Option<&str>| {
        part.is_some_and(|part| part.contains(['@', '/', '_', '&', '=']) || part.contains("www."))
    };
    if address(tail) || address(head) || matches!(last, '-' | '/' | '(' | '[') {
        return false;
    }
    if last.is_ascii_digit() && first.is_ascii_digit() {
        return !(text.chars().any(is_wide) || next.chars().any(is_wide));
    }
    if !last.is_alphanumeric() && !last.is_ascii_punctuation() {
        return true;
    }
    !matches!(first, ')' | ']' | ',' | '.' | ';' | ':' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(first: &str, next: &str) -> String {
        let mut text = first.to_owned();
        join_line(&mut text, next, false);
        text
    }

    #[test]
    fn lines_join_as_the_script_wants() {
        assert_eq!(joined("全年共收到", "申请三件"), "全年共收到申请三件");
        assert_eq!(joined("截至20", "23年底"), "截至2023年底");
        assert_eq!(joined("open govern-", "ment data"), "open government data");
        assert_eq!(
            joined("bodies, self-", "governing"),
            "bodies, self-governing"
        );
        assert_eq!(joined("open", "data"), "open data");
        assert_eq!(joined("邮箱abc@exam", "ple.org"), "邮箱abc@example.org");
        assert_eq!(joined("共", "15 件"), "共15 件");
    }

    #[test]
    fn a_space_needs_a_reason() {
        let gap = |width, tracking, spaced| Gap {
            width,
            tracking,
            spaced,
        };
        assert!(!wants_space('年', '度', gap(0.6, 0.6, true)));
        assert!(wants_space('概', '述', gap(1.0, 0.0, false)));
        assert!(!wants_space('2', '年', gap(0.25, 0.0, false)));
        assert!(wants_space('a', 'b', gap(0.25, 0.0, true)));
        assert!(!wants_space('1', '2', gap(0.3, 0.0, false)));
        assert!(wants_space('1', '2', gap(0.3, 0.0, true)));
        assert!(!wants_space('。', '第', gap(0.9, 0.0, true)));
    }
}
