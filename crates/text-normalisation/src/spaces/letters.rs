//! Letter-spacing: `概 述`, `政 府 信 息 公 开`.

use super::{Fate, paragraph::Paragraph};
use crate::{
    character::{is_han, is_han_numeral},
    words::{covered_by_words, is_word, starts_with_measure},
};

/// Single characters from which on a whole text of them is letter-spaced, words or not.
const WHOLE: usize = 4;

/// Joins runs of single Chinese characters that read as words. The first may stand behind a sign
/// (`一、概 述`), the last before one (`引 言:`).
pub(super) fn join_spaced(paragraph: &Paragraph<'_>, fates: &mut [Fate]) {
    let mut run = String::new();
    let mut first = 0;
    for index in 0..paragraph.stretches() {
        let stretch = paragraph.before(index);
        // A break that is decided parts the run.
        let linked = index > 0 && fates.get(index - 1) != Some(&Fate::Keep);
        if !linked {
            join_run(paragraph, &run, first, fates);
            run.clear();
        }
        let (head, tail) = (lone(stretch.chars()), lone(stretch.chars().rev()));
        let goes_through = stretch.chars().nth(1).is_none();
        if let Some(c) = head
            && !run.is_empty()
        {
            run.push(c);
        }
        if head.is_some() && goes_through && run.chars().count() > 1 {
            continue;
        }
        join_run(paragraph, &run, first, fates);
        run.clear();
        // `2 月 引 言`: the unit belongs to its number.
        let counts = index
            .checked_sub(1)
            .and_then(|before| paragraph.breaks.get(before))
            .is_some_and(|item| item.left.is_ascii_digit() && starts_with_measure(stretch));
        // `字体:大 中 小`: what follows a label is a list.
        let labelled = stretch.chars().rev().nth(1) == Some(':');
        if let Some(c) = tail
            && !counts
            && !labelled
        {
            first = index;
            run.push(c);
        }
    }
    join_run(paragraph, &run, first, fates);
}

/// The first character, where it is Chinese and the second is no part of a word or a number.
fn lone(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let c = chars.next().filter(|c| is_han(*c))?;
    let parted = chars
        .next()
        .is_none_or(|next| !is_han(next) && !next.is_ascii_digit());
    parted.then_some(c)
}

fn join_run(paragraph: &Paragraph<'_>, run: &str, first: usize, fates: &mut [Fate]) {
    let length = run.chars().count();
    let reads = match length {
        0 | 1 => false,
        2 => is_word(run),
        _ => {
            let (covered, all) = covered_by_words(run);
            covered * 2 >= all || length >= WHOLE && length == paragraph.stretches()
        }
    };
    // In a row of short pieces (`中央 省 市 县 乡镇`) single characters are items like the others.
    let free = |edge: Option<usize>| {
        edge.and_then(|edge| fates.get(edge))
            .is_none_or(|fate| *fate == Fate::Keep)
    };
    let stands_alone = free(first.checked_sub(1)) && free(Some(first + length.saturating_sub(1)));
    let numbered = paragraph.before(first).chars().nth(1).is_some()
        || first
            .checked_sub(1)
            .is_some_and(|number| paragraph.before(number).chars().all(is_han_numeral));
    if !reads || !paragraph.prose && !stands_alone && !numbered {
        return;
    }
    // The break before stretch `n` is break `n - 1`.
    for fate in fates.iter_mut().skip(first).take(length - 1) {
        *fate = Fate::Join;
    }
    // What is letter-spaced is a heading: the breaks around it part it from the text.
    let whole = |stretch: usize| paragraph.before(stretch).chars().nth(1).is_none();
    let last = first + length - 1;
    let around = [
        first.checked_sub(1).filter(|_| whole(first)),
        Some(last).filter(|_| whole(last)),
    ];
    for edge in around.into_iter().flatten() {
        if let Some(fate) = fates.get_mut(edge)
            && *fate == Fate::Open
        {
            *fate = Fate::Keep;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> usize {
        let paragraph = Paragraph::new(text, 0, text.len());
        let mut fates = vec![Fate::Open; paragraph.breaks.len()];
        join_spaced(&paragraph, &mut fates);
        fates.iter().filter(|fate| **fate == Fate::Join).count()
    }

    #[test]
    fn single_characters_that_read_as_words_join() {
        assert_eq!(joined("概 述"), 1);
        assert_eq!(joined("中央 省 市 县 乡镇"), 0);
        assert_eq!(joined("字体:大 中 小"), 0);
        assert_eq!(
            joined("2 引 言 本报告由市局编制,数据来自各科室,供查阅。"),
            1
        );
        assert_eq!(joined("年 度 报 告"), 3);
        assert_eq!(joined("(一)概 述:全年"), 1);
        assert_eq!(joined("2月 份"), 0);
        assert_eq!(
            joined("2 月 引 言 本报告由市局编制,数据来自各科室,供查阅。"),
            1
        );
        assert_eq!(joined("李 明"), 0);
        assert_eq!(joined("件 条 次"), 0);
    }
}
