//! What becomes of one character: its width, its form, whether it is seen at all.

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::char::decompose_compatible;

/// Radicals that a PDF writes for the ideograph of the same shape.
static RADICALS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    include_str!("../data/radicals.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
        .collect()
});

/// What the canonical text has for a character of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The character itself.
    Same,
    /// Another one, one for one.
    Other(char),
    /// A space of some width.
    Space,
    /// A tab.
    Tab,
    /// The end of a line.
    LineBreak,
    /// Nothing: it is not seen.
    Nothing,
}

/// The form of a character.
pub(crate) fn form(c: char) -> Form {
    match c {
        '\u{20}'..='\u{7e}' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' => Form::Same,
        '\t' => Form::Tab,
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Form::LineBreak,
        '\u{b}' | '\u{c}' | '\u{85}' => Form::Space,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Form::Space
        }
        c if is_unseen(c) => Form::Nothing,
        // Full-width ASCII lies at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(Form::Same, Form::Other)
        }
        // Half-width forms of ideographic punctuation, and the signs of money.
        '｡' => Form::Other('。'),
        '｢' => Form::Other('「'),
        '｣' => Form::Other('」'),
        '､' => Form::Other('、'),
        '･' => Form::Other('・'),
        '￠' => Form::Other('¢'),
        '￡' => Form::Other('£'),
        '￢' => Form::Other('¬'),
        '￤' => Form::Other('¦'),
        '￥' => Form::Other('¥'),
        '￦' => Form::Other('₩'),
        // Radicals that are characters, vertical and small forms of punctuation.
        '\u{2e80}'..='\u{2fd5}' => RADICALS
            .get(&c)
            .map_or_else(|| single(c), |to| Form::Other(*to)),
        '\u{fe10}'..='\u{fe18}' | '\u{fe31}'..='\u{fe6b}' => single(c),
        _ => Form::Same,
    }
}

/// The one character that a compatibility character stands for, where it is one.
fn single(c: char) -> Form {
    let (mut first, mut count) = (c, 0);
    decompose_compatible(c, |part| {
        first = part;
        count += 1;
    });
    if count == 1 && first != c && first > ' ' {
        Form::Other(first)
    } else {
        Form::Same
    }
}

/// Characters without width and without meaning for the text: controls, marks of direction,
/// joiners, soft hyphens, variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '々' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// A character of Chinese typesetting: Chinese characters and ideographic punctuation.
pub(crate) fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '\u{3001}'..='\u{303f}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·'
        )
}

/// A Chinese numeral as headings count with it.
pub(crate) fn is_han_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零'
    )
}

/// The end of a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | '！' | '？' | '…')
}

/// Width in half-width columns: 2 for what is set on a whole square, 0 for what is not seen.
pub(crate) fn columns(c: char) -> u32 {
    match c {
        '\u{20}'..='\u{7e}' => 1,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}' => 2,
        // Ambiguous by the standard, whole squares in Chinese text.
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⓿' | '℃' | '‰' => 2,
        c if is_unseen(c) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_ascii_is_folded_and_ideographic_punctuation_stays() {
        assert_eq!(form('％'), Form::Other('%'));
        assert_eq!(form('（'), Form::Other('('));
        assert_eq!(form('，'), Form::Other(','));
        for c in "。、《》〈〉“”‘’【】〔〕—…①㎡Ⅲ㈠○\u{fffd}".chars() {
            assert_eq!(form(c), Form::Same, "{c}");
        }
    }

    #[test]
    fn look_alikes_become_the_ideograph() {
        assert_eq!(form('⽤'), Form::Other('用'));
        assert_eq!(form('⼾'), Form::Other('户'));
        assert_eq!(form('⻚'), Form::Other('页'));
        assert_eq!(form('︵'), Form::Other('('));
        assert_eq!(form('﹐'), Form::Other(','));
    }

    #[test]
    fn the_table_of_radicals_is_sound() {
        assert_eq!(RADICALS.len(), 44);
        for line in include_str!("../data/radicals.tsv").lines() {
            if let Some((from, to)) = line.split_once('\t') {
                assert!(matches!(from.chars().next(), Some('\u{2e80}'..='\u{2fd5}')));
                assert!(to.chars().all(is_han) && to.chars().count() == 1);
            }
        }
    }

    #[test]
    fn a_form_has_no_further_form() {
        for c in '\0'..=char::MAX {
            if let Form::Other(to) = form(c) {
                assert_eq!(form(to), Form::Same, "{c:?} {to:?}");
            }
        }
    }
}
