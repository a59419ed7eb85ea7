//! Numerals: Arabic, Chinese, mixed.

use crate::characters::Characters;

/// Characters of the longest numeral of Chinese characters; longer ones are no number that anyone wrote.
const MOST: usize = 16;

/// Digits of the longest Arabic numeral: more are a code.
pub(crate) const MOST_DIGITS: usize = 15;

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// `12,175`, `1.2万`
    Arabic,
    /// `一百零三`
    Chinese,
    /// Digit by digit: `二〇一二`, `二00八`. A year, never a count.
    Digits,
}

/// A numeral of a text; indices are characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    pub(crate) end: usize,
    pub(crate) value: f64,
    pub(crate) script: Script,
    /// Where one scale word ends the numeral (`31.2万`): the numeral without it.
    pub(crate) unscaled: Option<(usize, f64)>,
}

/// The value of a text that is one whole numeral: `12175`, `12,175`, `３６`, `十二`, `二百零五`,
/// `1.2万`, `3亿`, `两`, `二〇一二`, `-35`, `−35`, `+14`. `None` for anything else.
pub fn number(text: &str) -> Option<f64> {
    let text = Characters::new(text.trim());
    let (start, sign) = match text.at(0) {
        '-' => (1, -1.0),
        '+' => (1, 1.0),
        _ => (0, 1.0),
    };
    if text.len() == start + 1 && text.at(start) == '半' {
        return Some(sign * 0.5);
    }
    let numeral = numeral(&text, start)?;
    (numeral.end == text.len()).then_some(sign * numeral.value)
}

/// The value of an ordinal as headings use them: `一`, `十二`, `12`, `廿三`. `None` for anything else.
pub fn ordinal(text: &str) -> Option<u32> {
    let text = text.trim();
    if let (Some(character @ '①'..='⑳'), 3) = (text.chars().next(), text.len()) {
        return Some(u32::from(character) - u32::from('①') + 1);
    }
    if text.chars().any(|character| {
        matches!(
            character,
            '两' | '兩' | '万' | '萬' | '亿' | '億' | '.' | '．' | ',' | '，'
        )
    }) {
        return None;
    }
    let text = Characters::new(text);
    let numeral = numeral(&text, 0)?;
    let whole = numeral.end == text.len() && numeral.script != Script::Digits;
    // Four digits are a year, no ordinal of a heading; so is anything larger.
    (whole && numeral.unscaled.is_none() && (1.0..1000.0).contains(&numeral.value))
        .then_some(numeral.value as u32)
}

/// The value of a Chinese digit.
fn digit(character: char) -> Option<u32> {
    Some(match character {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese unit of counting.
fn unit(character: char) -> Option<f64> {
    Some(match character {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1000.0,
        '万' | '萬' => 10_000.0,
        '亿' | '億' => 100_000_000.0,
        _ => return None,
    })
}

/// Whether a numeral may begin with this character. 百, 千, 万, 亿 begin none (百姓, 万一).
pub(crate) fn begins(character: char) -> bool {
    character.is_ascii_digit()
        || digit(character).is_some()
        || matches!(character, '十' | '廿' | '卅')
}

/// The end of the characters at an index that numerals are made of.
pub(crate) fn run(text: &Characters, at: usize) -> usize {
    let mut end = at;
    while begins(text.at(end)) || unit(text.at(end)).is_some() {
        end += 1;
    }
    end
}

/// The longest numeral that begins at an index.
pub(crate) fn numeral(text: &Characters, at: usize) -> Option<Numeral> {
    digits(text, at)
        .or_else(|| arabic(text, at))
        .or_else(|| chinese(text, at))
}

/// A numeral written digit by digit in Chinese, Arabic digits and the letter O among them.
pub(crate) fn digits(text: &Characters, at: usize) -> Option<Numeral> {
    let mut value = 0.0;
    let mut end = at;
    let mut chinese = false;
    loop {
        let character = text.at(end);
        let next = match character {
            '0'..='9' => u32::from(character) - u32::from('0'),
            'O' | 'o' if end > at => 0,
            '两' | '兩' => break,
            _ => match digit(character) {
                Some(digit) => {
                    chinese = true;
                    digit
                }
                None => break,
            },
        };
        value = value * 10.0 + f64::from(next);
        end += 1;
        if end - at > MOST {
            return None;
        }
    }
    let whole = chinese && (3..=MOST).contains(&(end - at)) && unit(text.at(end)).is_none();
    whole.then_some(Numeral {
        end,
        value,
        script: Script::Digits,
        unscaled: None,
    })
}

/// The end of the Arabic digits that begin at an index.
pub(crate) fn digit_run(text: &Characters, at: usize) -> usize {
    let mut end = at;
    while text.at(end).is_ascii_digit() {
        end += 1;
    }
    end
}

/// Digits with separators of thousands and decimals: value and end.
fn plain_arabic(text: &Characters, at: usize) -> Option<(f64, usize)> {
    let mut end = digit_run(text, at);
    if end == at || end - at > MOST_DIGITS {
        return None;
    }
    // 12,175 but not 3,4: every group after the first has exactly three digits.
    if end - at <= 3 && text.at(at) != '0' {
        while text.at(end) == ',' && digit_run(text, end + 1) == end + 4 && end - at < 19 {
            end += 4;
        }
    }
    if text.at(end) == '.' {
        let decimals = digit_run(text, end + 1);
        if decimals > end + 1 && decimals - end < 12 {
            end = decimals;
        }
    }
    let written: String = (at..end)
        .map(|index| text.at(index))
        .filter(|character| *character != ',')
        .collect();
    Some((written.parse().ok()?, end))
}

/// Arabic digits with scale words: `1.2万`, `3千`, `1亿3000万`.
fn arabic(text: &Characters, at: usize) -> Option<Numeral> {
    let (value, end) = plain_arabic(text, at)?;
    let mut whole = Numeral {
        end,
        value,
        script: Script::Arabic,
        unscaled: None,
    };
    let Some((scale, scaled_end)) = scale(text, end) else {
        return Some(whole);
    };
    let one_word = scaled_end == text.skip_space(end) + 1;
    whole.end = scaled_end;
    whole.value = value * scale;
    whole.unscaled = one_word.then_some((end, value));
    // 1亿3000万, 3万5千: smaller and smaller parts, each with its scale word.
    let mut last = scale;
    while let Some((part, part_end)) = plain_arabic(text, whole.end) {
        let Some((scale, scaled_end)) = self::scale(text, part_end) else {
            break;
        };
        if scale >= last {
            break;
        }
        whole.value += part * scale;
        whole.end = scaled_end;
        whole.unscaled = None;
        last = scale;
    }
    Some(whole)
}

/// The scale words that begin at an index, one space allowed before: their product and their end.
pub(crate) fn scale(text: &Characters, at: usize) -> Option<(f64, usize)> {
    let start = if text.at(at) == ' ' { at + 1 } else { at };
    let mut end = start;
    let mut product = 1.0;
    while let (Some(factor), true) = (unit(text.at(end)), end < start + 3) {
        product *= factor;
        end += 1;
    }
    (end > start).then_some((product, end))
}

/// A Chinese numeral with units of counting: `一百零三`, `十二`, `廿三`, `三万五千`.
fn chinese(text: &Characters, at: usize) -> Option<Numeral> {
    let mut total = 0.0;
    let mut section = 0.0;
    let mut pending: Option<u32> = None;
    let mut last_unit = 0.0;
    let mut after_zero = false;
    let mut end = at;
    let mut unscaled = None;
    loop {
        let character = text.at(end);
        if let Some(digit) = digit(character) {
            if pending.is_some_and(|pending| pending != 0) {
                // 三四件: three or four, no number.
                return None;
            }
            after_zero = after_zero || digit == 0;
            pending = Some(digit);
        } else if matches!(character, '廿' | '卅') && end == at {
            section = if character == '廿' { 20.0 } else { 30.0 };
            last_unit = 10.0;
        } else if let Some(factor) = unit(character) {
            let open = pending.take().filter(|digit| *digit != 0).map(f64::from);
            unscaled = None;
            if factor < 10_000.0 {
                if open.is_none() && !(factor == 10.0 && (end == at || after_zero)) {
                    break;
                }
                section += open.unwrap_or(1.0) * factor;
            } else {
                section += open.unwrap_or(0.0);
                if section + total == 0.0 {
                    break;
                }
                if total == 0.0 {
                    unscaled = Some((end, section));
                }
                total = if factor > 10_000.0 {
                    (total + section) * factor
                } else {
                    total + section * factor
                };
                section = 0.0;
            }
            last_unit = factor;
            after_zero = false;
        } else {
            break;
        }
        end += 1;
        if end - at > MOST {
            return None;
        }
    }
    if end == at {
        return None;
    }
    if let Some(digit) = pending {
        // 一百二 is 120, 一百零二 is 102.
        let place = if last_unit >= 100.0 && !after_zero {
            last_unit / 10.0
        } else {
            1.0
        };
        section += f64::from(digit) * place;
        unscaled = None;
    }
    Some(Numeral {
        end,
        value: total + section,
        script: Script::Chinese,
        unscaled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_every_script_are_read() {
        for (text, value) in [
            ("12175", 12175.0),
            ("12,175", 12175.0),
            ("12，175", 12175.0),
            ("1,234,567.5", 1_234_567.5),
            ("３６", 36.0),
            ("十二", 12.0),
            ("二十", 20.0),
            ("一百零三", 103.0),
            ("二百零五", 205.0),
            ("一百二", 120.0),
            ("一百一十", 110.0),
            ("一千零一十", 1010.0),
            ("三万五千", 35000.0),
            ("一亿二千万", 120_000_000.0),
            ("廿三", 23.0),
            ("两", 2.0),
            ("半", 0.5),
            ("1.2万", 12000.0),
            ("3亿", 300_000_000.0),
            ("3万5千", 35000.0),
            ("1亿3000万", 130_000_000.0),
            ("二〇一二", 2012.0),
            ("二○○八", 2008.0),
            ("二OO八", 2008.0),
            ("二00八", 2008.0),
            ("-35", -35.0),
            ("−35", -35.0),
            ("+14", 14.0),
            ("1472.0", 1472.0),
            ("0", 0.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_numeral_is_none() {
        for text in [
            "", "-", "+", "3,4", "12,17", "百", "万", "三四", "3件", "一是", "1.2.3", "12 175",
            "数十", "O", "千万", "1..2",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn ordinals_are_small_and_whole() {
        for (text, value) in [
            ("一", Some(1)),
            ("十二", Some(12)),
            ("12", Some(12)),
            ("廿三", Some(23)),
            ("①", Some(1)),
            ("二十一", Some(21)),
            ("2012", None),
            ("两", None),
            ("0", None),
            ("1.2", None),
            ("一二", None),
            ("a", None),
        ] {
            assert_eq!(ordinal(text), value, "{text}");
        }
    }
}
