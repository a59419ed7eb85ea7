//! Dates.

use std::ops::Range;

use model::PartialDate;

use crate::characters::Characters;
use crate::numeral::{self, Script};

/// A date as written.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenDate {
    /// Bytes.
    pub range: Range<usize>,
    /// The date, as exactly as it is said.
    pub date: PartialDate,
}

/// Every date of a text: `2009年2月18日`, `2009年 2 月`, `二〇〇九年二月`, `2009-02-18`, `2009/2/18`,
/// `2009.2.18`, `二○一三年三月十八日`, `2012年`. In order, none overlapping.
pub fn dates(text: &str) -> Vec<WrittenDate> {
    let text = &Characters::new(text);
    scan(text, date).map_or_else(Vec::new, |found| {
        found
            .into_iter()
            .map(|(range, date)| WrittenDate {
                range: text.byte(range.start)..text.byte(range.end),
                date,
            })
            .collect()
    })
}

/// What `read` finds from left to right, with its characters. `None` where no numeral begins.
pub(crate) fn scan<T>(
    text: &Characters,
    read: impl Fn(&Characters, usize) -> Option<(usize, T)>,
) -> Option<Vec<(Range<usize>, T)>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let starts = numeral::begins(text.at(at))
            && !text.before(at).is_ascii_alphanumeric()
            && !matches!(text.before(at), '.' | '-' | '/');
        if !starts {
            at += 1;
            continue;
        }
        match read(text, at) {
            Some((end, value)) => {
                found.push((at..end, value));
                at = end;
            }
            None => {
                at = numeral::digits(text, at)
                    .map_or(at, |numeral| numeral.end)
                    .max(numeral::digit_run(text, at))
                    .max(at + 1);
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

pub(crate) fn is_year(value: f64) -> bool {
    (1900.0..2100.0).contains(&value)
}

/// A year at an index: four digits of either script.
pub(crate) fn year(text: &Characters, at: usize) -> Option<(usize, i16)> {
    let run = numeral::digit_run(text, at);
    let (end, value) = if run == at + 4 && numeral::digits(text, at).is_none() {
        let value = (at..run).fold(0.0, |value, index| {
            value * 10.0 + f64::from(text.at(index).to_digit(10).unwrap_or_default())
        });
        (run, value)
    } else {
        let numeral = numeral::digits(text, at).filter(|numeral| numeral.end == at + 4)?;
        (numeral.end, numeral.value)
    };
    is_year(value).then_some((end, value as i16))
}

/// A month's or day's number and its mark after it.
pub(crate) fn part(text: &Characters, at: usize, marks: &[char]) -> Option<(usize, u8)> {
    let at = text.skip_space(at);
    let numeral = numeral::numeral(text, at).filter(|numeral| {
        numeral.script != Script::Digits
            && numeral.end - at <= 3
            && numeral.value.fract() == 0.0
            && (1.0..=31.0).contains(&numeral.value)
    })?;
    let mark = text.skip_space(numeral.end);
    marks
        .contains(&text.at(mark))
        .then_some((mark + 1, numeral.value as u8))
}

/// Month and day after a year: as much as is said and is a date.
pub(crate) fn month_and_day(
    text: &Characters,
    at: usize,
    year: i16,
) -> Option<(usize, PartialDate)> {
    let (month_end, month) = part(text, at, &['月'])?;
    if let Some((day_end, day)) = part(text, month_end, &['日', '号'])
        && let Some(date) = PartialDate::new(year, Some(month), Some(day))
    {
        return Some((day_end, date));
    }
    Some((month_end, PartialDate::new(year, Some(month), None)?))
}

/// The date that begins at an index.
pub(crate) fn date(text: &Characters, at: usize) -> Option<(usize, PartialDate)> {
    let (end, year) = year(text, at)?;
    let mark = text.skip_space(end);
    if text.at(mark) == '年' {
        return month_and_day(text, mark + 1, year)
            .or(PartialDate::new(year, None, None).map(|date| (mark + 1, date)));
    }
    let separator = text.at(end);
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let (month_end, month) = small(text, end + 1)?;
    if text.at(month_end) == separator
        && let Some((day_end, day)) = small(text, month_end + 1)
        && !text.at(day_end).is_ascii_alphanumeric()
    {
        return Some((day_end, PartialDate::new(year, Some(month), Some(day))?));
    }
    // 2009-02, but not 2009.2 (a number) and not 2009-16.
    (separator != '.' && month_end == end + 3 && !matches!(text.at(month_end), '-' | '/' | '.'))
        .then(|| PartialDate::new(year, Some(month), None))
        .flatten()
        .map(|date| (month_end, date))
}

/// One or two Arabic digits, and no more.
fn small(text: &Characters, at: usize) -> Option<(usize, u8)> {
    let end = numeral::digit_run(text, at);
    if !(1..=2).contains(&(end - at)) {
        return None;
    }
    let value = (at..end).fold(0, |value, index| {
        value * 10 + text.at(index).to_digit(10).unwrap_or_default()
    });
    Some((end, u8::try_from(value).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dates_of(text: &str) -> Vec<(String, String)> {
        dates(text)
            .into_iter()
            .map(|found| {
                (
                    text.get(found.range).unwrap().to_owned(),
                    found.date.to_string(),
                )
            })
            .collect()
    }

    #[test]
    fn dates_of_every_form() {
        for (text, written, date) in [
            ("2009年2月18日", "2009年2月18日", "2009-02-18"),
            ("广州 2009年 2 月 引言", "2009年 2 月", "2009-02"),
            ("二〇〇九年二月", "二〇〇九年二月", "2009-02"),
            ("二○一三年三月十八日", "二○一三年三月十八日", "2013-03-18"),
            ("二OO八年", "二OO八年", "2008"),
            ("发布:2009-02-18 10:00", "2009-02-18", "2009-02-18"),
            ("2009/2/18", "2009/2/18", "2009-02-18"),
            ("2009.2.18", "2009.2.18", "2009-02-18"),
            ("2012年,我局", "2012年", "2012"),
            ("2012年度", "2012年", "2012"),
            ("2012年2月30日", "2012年2月", "2012-02"),
            ("２０１２年", "２０１２年", "2012"),
            ("2012-05", "2012-05", "2012-05"),
        ] {
            assert_eq!(
                dates_of(text),
                [(written.to_owned(), date.to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "0714-8766001",
            "〔2012〕16号",
            "12012年",
            "2012.5",
            "5月1日",
            "1800年",
            "2012号",
        ] {
            assert_eq!(dates_of(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_whole_ascending_and_apart(
            text in "[0-9一二〇○O年月日号度至到起上半下.,/— -]{0,40}"
        ) {
            let mut last = 0;
            for date in dates(&text) {
                prop_assert!(date.range.start >= last && text.get(date.range.clone()).is_some());
                last = date.range.end;
            }
        }
    }
}
