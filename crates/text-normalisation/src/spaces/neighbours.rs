//! What the characters beside a space say of it, without a dictionary.

use super::{
    Fate, Layout,
    numbers::is_split_number,
    paragraph::{BreakKind, Paragraph},
};
use crate::{
    character::{ends_sentence, is_chinese, is_han, is_han_numeral},
    enumerator::starts_with_enumerator,
};

/// The fate of a break as far as its surroundings decide it.
pub(super) fn fate(paragraph: &Paragraph<'_>, index: usize, layout: Layout) -> Fate {
    let Some(item) = paragraph.breaks.get(index) else {
        return Fate::Keep;
    };
    let (left, right) = (item.left, item.right);
    if item.kind == BreakKind::Tab || left == '|' || right == '|' {
        return Fate::Keep;
    }
    if layout.wrapped && item.kind == BreakKind::Line {
        let latin = |c: char| !is_chinese(c) && c.is_alphanumeric();
        // A word or a number never runs on over a wrap without a sign; Chinese does.
        let parts = latin(left) && latin(right)
            || matches!(left, ',' | ';' | ':' | '.') && right.is_ascii_alphabetic();
        return if parts { Fate::Keep } else { Fate::Join };
    }
    if left.is_ascii_digit() && right.is_ascii_digit() || is_group_comma(paragraph, index) {
        return if is_split_number(paragraph, index) {
            Fate::Join
        } else {
            Fate::Keep
        };
    }
    if !paragraph.chinese {
        return Fate::Keep;
    }
    if is_enumerator(paragraph, index)
        || index + 1 < paragraph.breaks.len() && is_enumerator(paragraph, index + 1)
        || left != '第' && starts_with_enumerator(paragraph.rest(index))
    {
        return Fate::Keep;
    }
    if closes(right) || opens(left) {
        return Fate::Join;
    }
    if ends_sentence(left) {
        return Fate::Open;
    }
    let square = |c: char| is_chinese(c) || c.is_ascii_digit();
    if opens(right) && (square(left) || closes(left)) {
        return Fate::Join;
    }
    // A bracket of ASCII signs (`<条例>`) in running text.
    if paragraph.prose
        && (right == '<' && is_chinese(left)
            || right == '>' && is_chinese(left)
            || left == '<' && is_chinese(right)
            || left == '>' && is_chinese(right))
    {
        return Fate::Join;
    }
    if matches!(left, '、' | ',' | ';' | ':') && (square(right) || right.is_alphanumeric()) {
        return Fate::Join;
    }
    if square(left) && square(right) || closes(left) && is_chinese(right) {
        return Fate::Open;
    }
    // `18 %`, `25 ℃`
    if left.is_ascii_digit() && !right.is_alphanumeric() {
        return Fate::Open;
    }
    Fate::Keep
}

/// Signs that stand right behind what they close or pause.
fn closes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '》'
            | '〉'
            | '”'
            | '’'
            | '】'
            | '〕'
            | '」'
            | '』'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
    )
}

/// Signs that stand right before what they open.
fn opens(c: char) -> bool {
    matches!(
        c,
        '《' | '〈' | '“' | '‘' | '【' | '〔' | '「' | '『' | '(' | '['
    )
}

/// The stretch before the break is the bare number of a heading: `一 概述`.
fn is_enumerator(paragraph: &Paragraph<'_>, index: usize) -> bool {
    let number = paragraph.before(index);
    if number.chars().count() > 3 || !number.chars().all(is_han_numeral) {
        return false;
    }
    let begins = match index
        .checked_sub(1)
        .and_then(|last| paragraph.breaks.get(last))
    {
        None => true,
        Some(last) => !is_han(last.left) || !paragraph.prose,
    };
    // `二 〇 一 二 年` is a number, letter-spaced.
    let after = paragraph.after(index);
    let goes_on = after.chars().count() == 1
        && after
            .chars()
            .all(|c| is_han_numeral(c) || matches!(c, '年' | '月' | '日' | '、'));
    begins && !goes_on && !number.is_empty() && after.starts_with(is_han)
}

/// A comma that stands between digits with a space on either side: `12 , 175`.
fn is_group_comma(paragraph: &Paragraph<'_>, index: usize) -> bool {
    let first = if paragraph.after(index) == "," {
        Some(index)
    } else if paragraph.before(index) == "," {
        index.checked_sub(1)
    } else {
        None
    };
    let digit = |c: char| c.is_ascii_digit();
    first.is_some_and(|first| {
        paragraph.before(first).ends_with(digit) && paragraph.after(first + 1).starts_with(digit)
    })
}
