//! Enumerators: the numbers that headings and items begin with.

use notation::ordinal;

/// The ways reports number. The order is the usual nesting, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `第一部分`, `第一章`
    Part,
    /// `一 概述`: a Chinese numeral and a space.
    HanBare,
    /// `一、` `一.`
    Han,
    /// `(一)` `㈠`
    HanBracket,
    /// `1.` `1、`
    Arabic,
    /// `(1)` `1)` `⑴`
    ArabicBracket,
    /// `①`
    Circle,
    /// `一是` `首先` `第一,`: items only.
    Word,
}

/// An enumerator at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enumerator<'a> {
    pub(crate) style: Style,
    pub(crate) ordinal: u32,
    /// As records print it: `一`, `(一)`, `1`, `一是`.
    pub(crate) number: &'a str,
    /// Bytes of number, mark and the spaces after it.
    pub(crate) length: usize,
}

const HAN_NUMERALS: &str = "一二三四五六七八九十";
const WORDS: [(&str, u32); 8] = [
    ("首先,", 1),
    ("其次,", 2),
    ("再次,", 3),
    ("最后,", 4),
    ("第一,", 1),
    ("第二,", 2),
    ("第三,", 3),
    ("第四,", 4),
];
const CIRCLES: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const BRACKETED_HAN: &str = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩";
const BRACKETED_ARABIC: &str = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇";
const ARABIC_WITH_STOP: &str = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛";

/// The enumerator that a text begins with.
pub(crate) fn enumerator(text: &str) -> Option<Enumerator<'_>> {
    let first = text.chars().next()?;
    for (set, style) in [
        (CIRCLES, Style::Circle),
        (BRACKETED_HAN, Style::HanBracket),
        (BRACKETED_ARABIC, Style::ArabicBracket),
        (ARABIC_WITH_STOP, Style::Arabic),
    ] {
        if let Some(place) = set.chars().position(|c| c == first) {
            return found(
                text,
                style,
                u32::try_from(place).ok()? + 1,
                first.len_utf8(),
                first.len_utf8(),
            );
        }
    }
    match first {
        '第' => part(text).or_else(|| word(text)),
        '首' | '其' | '再' | '最' => word(text),
        '(' | '〔' => bracketed(text),
        '0'..='9' => arabic(text),
        _ if HAN_NUMERALS.contains(first) => han(text),
        _ => None,
    }
}

/// `mark` bytes of number and mark; the spaces after them belong to the enumerator too.
fn found(
    text: &str,
    style: Style,
    ordinal: u32,
    number: usize,
    mark: usize,
) -> Option<Enumerator<'_>> {
    let after = text.get(mark..)?;
    let spaces = after.len() - after.trim_start().len();
    Some(Enumerator {
        style,
        ordinal,
        number: text.get(..number)?,
        length: mark + spaces,
    })
}

fn word(text: &str) -> Option<Enumerator<'_>> {
    let (word, value) = WORDS.iter().find(|(word, _)| text.starts_with(word))?;
    found(text, Style::Word, *value, word.len() - 1, word.len())
}

/// Bytes of the numeral at the start of a text.
fn numeral(text: &str) -> usize {
    text.char_indices()
        .find(|(_, c)| !HAN_NUMERALS.contains(*c))
        .map_or(text.len(), |(at, _)| at)
}

fn part(text: &str) -> Option<Enumerator<'_>> {
    let rest = text.strip_prefix('第')?;
    let digits =
        numeral(rest).max(rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    let value = ordinal(rest.get(..digits)?)?;
    let rest = rest.get(digits..)?;
    let kind = ["部分", "章", "篇"]
        .iter()
        .find(|kind| rest.starts_with(**kind))?;
    let number = '第'.len_utf8() + digits + kind.len();
    let mark = text.get(number..)?;
    let marks = mark.len() - mark.trim_start_matches([':', '、', '.', ' ']).len();
    found(text, Style::Part, value, number, number + marks)
}

fn bracketed(text: &str) -> Option<Enumerator<'_>> {
    let open = text.chars().next()?.len_utf8();
    let inside = text.get(open..)?;
    let close = inside.find([')', '〕']).filter(|close| *close <= 9)?;
    let digits = inside.get(..close)?.trim();
    let style = if digits.bytes().all(|b| b.is_ascii_digit()) {
        Style::ArabicBracket
    } else {
        Style::HanBracket
    };
    if style == Style::HanBracket && numeral(digits) < digits.len() {
        return None;
    }
    let value = ordinal(digits).filter(|value| (1..=60).contains(value))?;
    let after = open + close + inside.get(close..)?.chars().next()?.len_utf8();
    let mark = text.get(after..)?;
    let marks = mark.len() - mark.trim_start_matches(['、', '.', ':']).len();
    found(text, style, value, after, after + marks)
}

fn arabic(text: &str) -> Option<Enumerator<'_>> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let value = text
        .get(..digits)
        .filter(|digits| digits.len() <= 2)?
        .parse()
        .ok()?;
    let rest = text.get(digits..)?;
    let mark = rest.chars().next()?;
    let style = match mark {
        '.' | '、' => Style::Arabic,
        ')' => Style::ArabicBracket,
        _ => return None,
    };
    let after = rest.get(mark.len_utf8()..)?;
    // 1.2万 and 1、2、3 are no enumerators.
    if value == 0
        || after
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() && mark != '、')
    {
        return None;
    }
    let number = if style == Style::Arabic {
        digits
    } else {
        digits + 1
    };
    found(text, style, value, number, digits + mark.len_utf8())
}

fn han(text: &str) -> Option<Enumerator<'_>> {
    let digits = numeral(text);
    let value = ordinal(text.get(..digits)?).filter(|value| (1..=60).contains(value))?;
    let rest = text.get(digits..)?;
    let mark = rest.chars().next()?;
    match mark {
        '、' | '.' => found(text, Style::Han, value, digits, digits + mark.len_utf8()),
        ' ' => found(text, Style::HanBare, value, digits, digits),
        '是' => found(
            text,
            Style::Word,
            value,
            digits + mark.len_utf8(),
            digits + mark.len_utf8(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerators_are_told_apart() {
        for (text, style, value, number, length) in [
            ("一、概述", Style::Han, 1, "一", "一、"),
            ("十二 附则", Style::HanBare, 12, "十二", "十二 "),
            ("(三)改进措施", Style::HanBracket, 3, "(三)", "(三)"),
            ("㈢改进", Style::HanBracket, 3, "㈢", "㈢"),
            ("(三)、改进措施", Style::HanBracket, 3, "(三)", "(三)、"),
            ("3. 加强学习", Style::Arabic, 3, "3", "3. "),
            ("(2)传真", Style::ArabicBracket, 2, "(2)", "(2)"),
            ("2)传真", Style::ArabicBracket, 2, "2)", "2)"),
            ("②传真", Style::Circle, 2, "②", "②"),
            ("第二部分 主动公开", Style::Part, 2, "第二部分", "第二部分 "),
            ("三是加强督查。", Style::Word, 3, "三是", "三是"),
            ("其次,公开不够", Style::Word, 2, "其次", "其次,"),
        ] {
            let found = enumerator(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (found.style, found.ordinal, found.number, found.length),
                (style, value, number, length.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_are_no_enumerators() {
        for text in [
            "2012年",
            "1.2万条",
            "12345热线",
            "一般公共",
            "三公经费",
            "第二十条第(一)项",
            "(2012)3号",
            "0.6%",
            "1-4月",
        ] {
            assert_eq!(enumerator(text), None, "{text}");
        }
    }
}
