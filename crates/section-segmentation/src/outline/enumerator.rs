//! Enumerators: the numbers that headings and items begin with.

use notation::ordinal;

/// The ways reports number. The order is the usual nesting, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `第一部分`, `第一章`
    Part,
    /// `第一节`
    Clause,
    /// `一 概述`: a Chinese numeral and a space.
    HanBare,
    /// `一、` `一.`
    Han,
    /// `(一)`
    HanBracket,
    /// `㈠`
    HanRound,
    /// `1.`
    Arabic,
    /// `1、`
    ArabicComma,
    /// `1.1`
    Decimal,
    /// `(1)` `1)`
    ArabicBracket,
    /// `⑴`
    ArabicRound,
    /// `①`
    Circle,
    /// `一是` `首先` `第一,`: items only.
    Word,
}

impl Style {
    /// Whether reports number their first level so, as a rule.
    pub(crate) fn is_outer(self) -> bool {
        self <= Self::Han
    }

    /// Whether reports number their first or second level so.
    pub(crate) fn is_upper(self) -> bool {
        self <= Self::HanRound
    }

    /// Place in the usual nesting; one glyph or another is the same place.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Part => 0,
            Self::Clause => 1,
            Self::HanBare | Self::Han => 2,
            Self::HanBracket | Self::HanRound => 3,
            Self::Arabic | Self::ArabicComma => 4,
            Self::Decimal => 5,
            Self::ArabicBracket | Self::ArabicRound => 6,
            Self::Circle => 7,
            Self::Word => 8,
        }
    }
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

/// What stands behind an amount.
const UNITS: &str = "年月日号时分秒个条件次人户宗项篇期份批家万亿千百元余多名位类种届级层岁天周倍度所处间台辆张本册";
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

/// The enumerator that a text begins with.
pub(crate) fn enumerator(text: &str) -> Option<Enumerator<'_>> {
    let first = text.chars().next()?;
    let sign = |one: char, style| {
        let ordinal = u32::from(first) - u32::from(one) + 1;
        found(text, style, ordinal, first.len_utf8(), first.len_utf8())
    };
    match first {
        '①'..='⑳' => sign('①', Style::Circle),
        '㈠'..='㈩' => sign('㈠', Style::HanRound),
        '⑴'..='⒇' => sign('⑴', Style::ArabicRound),
        '⒈'..='⒛' => sign('⒈', Style::Arabic),
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
    let (kind, style) = [
        ("部分", Style::Part),
        ("章", Style::Part),
        ("篇", Style::Part),
        ("节", Style::Clause),
    ]
    .iter()
    .find(|(kind, _)| rest.starts_with(kind))?;
    let number = '第'.len_utf8() + digits + kind.len();
    let mark = text.get(number..)?;
    let marks = mark.len() - mark.trim_start_matches([':', '、', '.', ' ']).len();
    found(text, *style, value, number, number + marks)
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
        '.' => Style::Arabic,
        '、' => Style::ArabicComma,
        ')' => Style::ArabicBracket,
        _ => return None,
    };
    let after = rest.get(mark.len_utf8()..)?;
    // 1.2万 and 1、2、3 are no enumerators.
    if mark == '.' && after.starts_with(|c: char| c.is_ascii_digit()) {
        return decimal(text);
    }
    if value == 0
        || after
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() && mark != '、')
    {
        return None;
    }
    let number = if style != Style::ArabicBracket {
        digits
    } else {
        digits + 1
    };
    found(text, style, value, number, digits + mark.len_utf8())
}

/// `1.2 ` and `1.2.3、`: the space or mark tells them from an amount (`1.2万`).
fn decimal(text: &str) -> Option<Enumerator<'_>> {
    let length = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .len();
    let number = text.get(..length)?.trim_end_matches('.');
    let mut parts = number.split('.');
    let short = |part: &str| (1..=2).contains(&part.len()) && !part.starts_with('0');
    if number.split('.').count() > 4 || !parts.all(short) {
        return None;
    }
    let rest = text.get(number.len()..)?;
    let mark = rest
        .chars()
        .next()
        .filter(|c| matches!(c, ' ' | '、' | '.'))?;
    let heading = rest.trim_start_matches([' ', '、', '.']).chars().next()?;
    let value = number.rsplit('.').next()?.parse().ok()?;
    (!heading.is_ascii_digit() && !"万亿%元个条件".contains(heading))
        .then(|| {
            let mark = if mark == ' ' { 0 } else { mark.len_utf8() };
            found(
                text,
                Style::Decimal,
                value,
                number.len(),
                number.len() + mark,
            )
        })
        .flatten()
}

/// A number whose mark was lost (`二主动公开情况`): its ordinal and length. Only what follows can
/// tell it from a word.
pub(crate) fn without_mark(text: &str) -> Option<Enumerator<'_>> {
    let digits = numeral(text);
    if (1..=9).contains(&digits) {
        let value = ordinal(text.get(..digits)?).filter(|value| (1..=20).contains(value))?;
        return found(text, Style::Han, value, digits, digits);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let value = text.get(..digits)?.parse().ok()?;
    let counts = text
        .get(digits..)
        .and_then(|rest| rest.chars().next())
        .is_none_or(|next| !('\u{4e00}'..='\u{9fff}').contains(&next) || UNITS.contains(next));
    ((1..=2).contains(&digits) && (1..=20).contains(&value) && !counts)
        .then(|| found(text, Style::Arabic, value, digits, digits))
        .flatten()
}

/// Whether a text goes on with the next numeral: `四、五月间`, `一、二级` count, they number nothing.
fn counts_on(after: &str, value: u32) -> bool {
    let digits = numeral(after);
    after.get(..digits).and_then(ordinal) == Some(value + 1)
}

fn han(text: &str) -> Option<Enumerator<'_>> {
    let digits = numeral(text);
    let value = ordinal(text.get(..digits)?).filter(|value| (1..=60).contains(value))?;
    let rest = text.get(digits..)?;
    let mark = rest.chars().next()?;
    match mark {
        '、' if rest
            .get(mark.len_utf8()..)
            .is_some_and(|after| counts_on(after, value)) =>
        {
            None
        }
        '、' | '.' => found(text, Style::Han, value, digits, digits + mark.len_utf8()),
        ')' => found(text, Style::HanBracket, value, digits + 1, digits + 1),
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
            ("㈢改进", Style::HanRound, 3, "㈢", "㈢"),
            ("第三节 查阅", Style::Clause, 3, "第三节", "第三节 "),
            ("1.2 主动公开", Style::Decimal, 2, "1.2", "1.2 "),
            ("三)改进", Style::HanBracket, 3, "三)", "三)"),
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
            "四、五月间",
            "一、二级网格员",
            "3.5%的来信",
            "2012.3,启用",
        ] {
            assert_eq!(enumerator(text), None, "{text}");
        }
    }
}
