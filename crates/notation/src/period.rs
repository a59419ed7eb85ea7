//! Periods.

use std::ops::Range;

use model::PartialDate;

use crate::characters::Characters;
use crate::date::{date, is_year, month_and_day, part, scan, year};
use crate::numeral;

/// A period as written: `2012年1月1日至12月31日`, `2012年1—4月`, `2012年度`, `2012年上半年`.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenPeriod {
    /// Bytes.
    pub range: Range<usize>,
    /// First day.
    pub start: PartialDate,
    /// Last day.
    pub end: PartialDate,
}

/// Every period of a text, in order, none overlapping. Days are whole: `2012年度` begins on 1 January.
/// Where marks were lost on the way (`201711日至20171231日`) a period is read if only one reading
/// gives two dates.
pub fn periods(text: &str) -> Vec<WrittenPeriod> {
    let text = &Characters::new(text);
    scan(text, period).map_or_else(Vec::new, |found| {
        found
            .into_iter()
            .map(|(range, (start, end))| WrittenPeriod {
                range: text.byte(range.start)..text.byte(range.end),
                start,
                end,
            })
            .collect()
    })
}

/// The words that join the two ends of a period: their end.
fn until(text: &Characters, at: usize) -> Option<usize> {
    let mut at = text.skip_space(at);
    for word in ["起", "开始", ","] {
        let word: Vec<char> = word.chars().collect();
        if text.starts(at, &word) {
            at = text.skip_space(at + word.len());
        }
    }
    let end = match text.at(at) {
        '至' | '到' | '-' | '—' | '–' | '~' | '─' => at + 1,
        _ => return None,
    };
    let end = if text.at(end) == text.at(at) {
        end + 1
    } else {
        end
    };
    Some(text.skip_space(end))
}

/// The period that begins at an index.
fn period(text: &Characters, at: usize) -> Option<(usize, (PartialDate, PartialDate))> {
    between(text, at)
        .or_else(|| months(text, at))
        .or_else(|| named(text, at))
        .or_else(|| damaged(text, at))
}

/// Two dates: `2012年1月1日至12月31日`, `2012-01-01至2012-12-31`.
fn between(text: &Characters, at: usize) -> Option<(usize, (PartialDate, PartialDate))> {
    let (first_end, first) = date(text, at)?;
    first.day()?;
    let next = until(text, first_end)?;
    let (end, last) = date(text, next).or_else(|| month_and_day(text, next, first.year()))?;
    (last.day().is_some() && last >= first).then_some((end, (first, last)))
}

/// Months of one year: `2012年1—4月`, `2012年1月至11月`.
fn months(text: &Characters, at: usize) -> Option<(usize, (PartialDate, PartialDate))> {
    let (end, year) = year(text, at)?;
    let mark = text.skip_space(end);
    if text.at(mark) != '年' {
        return None;
    }
    let first_at = text.skip_space(mark + 1);
    let first = numeral::numeral(text, first_at)
        .filter(|numeral| (1.0..=12.0).contains(&numeral.value) && numeral.value.fract() == 0.0)?;
    let mut next = text.skip_space(first.end);
    if text.at(next) == '月' {
        next += 1;
        if text.at(next) == '份' {
            next += 1;
        }
    }
    let next = until(text, next)?;
    let (mut end, last) = part(text, next, &['月'])?;
    if text.at(end) == '份' {
        end += 1;
    }
    // 1月至12月31日 is two dates, not months.
    if part(text, end, &['日', '号']).is_some() {
        return None;
    }
    whole_months(year, first.value as u8, last).map(|period| (end, period))
}

/// First day of a month to last day of another.
fn whole_months(year: i16, first: u8, last: u8) -> Option<(PartialDate, PartialDate)> {
    let start = PartialDate::new(year, Some(first), Some(1))?;
    let end = (28..=31)
        .rev()
        .find_map(|day| PartialDate::new(year, Some(last), Some(day)))?;
    (end >= start).then_some((start, end))
}

/// Words for a part of a year and its months.
const NAMED: [(&str, u8, u8); 15] = [
    ("年度", 1, 12),
    ("年全年", 1, 12),
    ("全年", 1, 12),
    ("年上半年", 1, 6),
    ("年下半年", 7, 12),
    ("年前三季度", 1, 9),
    ("年第一季度", 1, 3),
    ("年第二季度", 4, 6),
    ("年第三季度", 7, 9),
    ("年第四季度", 10, 12),
    ("年一季度", 1, 3),
    ("年二季度", 4, 6),
    ("年三季度", 7, 9),
    ("年四季度", 10, 12),
    ("年年度", 1, 12),
];

/// A named period: `2012年度`, `2012年上半年`, `2012年第一季度`.
fn named(text: &Characters, at: usize) -> Option<(usize, (PartialDate, PartialDate))> {
    let (end, year) = year(text, at)?;
    let next = text.skip_space(end);
    NAMED.iter().find_map(|(word, first, last)| {
        let word: Vec<char> = word.chars().collect();
        if !text.starts(next, &word) {
            return None;
        }
        Some((next + word.len(), whole_months(year, *first, *last)?))
    })
}

/// Two dates that lost their marks: `201711日至20171231日`, `2018年11日至1231日`. Both must be
/// readable in one way only.
fn damaged(text: &Characters, at: usize) -> Option<(usize, (PartialDate, PartialDate))> {
    let (first_end, first) = damaged_date(text, at, None)?;
    let next = until(text, first_end)?;
    let (end, last) = damaged_date(text, next, Some(first.year()))
        .or_else(|| date(text, next))
        .or_else(|| month_and_day(text, next, first.year()))?;
    (last.day().is_some() && last > first).then_some((end, (first, last)))
}

/// A date without 年 or 月; the year may be missing where one is known.
fn damaged_date(text: &Characters, at: usize, known: Option<i16>) -> Option<(usize, PartialDate)> {
    let run = numeral::digit_run(text, at);
    let digits: Vec<u32> = (at..run.min(at + 9))
        .filter_map(|index| text.at(index).to_digit(10))
        .collect();
    let value = |digits: &[u32]| digits.iter().fold(0, |value, digit| value * 10 + digit);
    let (year, rest, end) = if let (Some(year), Some(rest)) = (digits.get(..4), digits.get(4..))
        && is_year(f64::from(value(year)))
    {
        let year = i16::try_from(value(year)).ok()?;
        if rest.is_empty() && text.at(run) == '年' {
            let run_after = numeral::digit_run(text, run + 1);
            let rest: Vec<u32> = (run + 1..run_after.min(run + 6))
                .filter_map(|index| text.at(index).to_digit(10))
                .collect();
            (year, rest, run_after)
        } else {
            (year, rest.to_vec(), run)
        }
    } else {
        (known?, digits, run)
    };
    if text.at(end) != '日' || !(2..=4).contains(&rest.len()) {
        return None;
    }
    let mut readings = (1..rest.len()).filter_map(|split| {
        let (month, day) = rest.split_at(split);
        if month.first() == Some(&0) && month.len() == 1
            || day.first() == Some(&0) && day.len() == 1
        {
            return None;
        }
        let month = u8::try_from(value(month)).ok()?;
        let day = u8::try_from(value(day)).ok()?;
        PartialDate::new(year, Some(month), Some(day))
    });
    let reading = readings.next()?;
    readings.next().is_none().then_some((end + 1, reading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods_of_every_form() {
        for (text, written, start, end) in [
            (
                "自2012年1月1日至12月31日止",
                "2012年1月1日至12月31日",
                "2012-01-01",
                "2012-12-31",
            ),
            (
                "2012年1月1日起至2012年12月31日",
                "2012年1月1日起至2012年12月31日",
                "2012-01-01",
                "2012-12-31",
            ),
            (
                "2020年1月1日—2020年12月31日",
                "2020年1月1日—2020年12月31日",
                "2020-01-01",
                "2020-12-31",
            ),
            (
                "2012年 1—4月某市",
                "2012年 1—4月",
                "2012-01-01",
                "2012-04-30",
            ),
            (
                "2013年1月至11月",
                "2013年1月至11月",
                "2013-01-01",
                "2013-11-30",
            ),
            ("2012年度报告", "2012年度", "2012-01-01", "2012-12-31"),
            ("2012年上半年", "2012年上半年", "2012-01-01", "2012-06-30"),
            (
                "2024年第一季度",
                "2024年第一季度",
                "2024-01-01",
                "2024-03-31",
            ),
            (
                "自201711日至20171231日",
                "201711日至20171231日",
                "2017-01-01",
                "2017-12-31",
            ),
            (
                "201511日起,至1231日止",
                "201511日起,至1231日",
                "2015-01-01",
                "2015-12-31",
            ),
            (
                "2018年11日至2018年1231日",
                "2018年11日至2018年1231日",
                "2018-01-01",
                "2018-12-31",
            ),
        ] {
            let found: Vec<_> = periods(text)
                .into_iter()
                .map(|period| {
                    (
                        text.get(period.range).unwrap().to_owned(),
                        period.start.to_string(),
                        period.end.to_string(),
                    )
                })
                .collect();
            assert_eq!(
                found,
                [(written.to_owned(), start.to_owned(), end.to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn a_period_that_runs_backwards_is_none() {
        assert_eq!(periods("2012年12月31日至1月1日"), []);
        assert_eq!(periods("2012年共11次"), []);
    }

    proptest! {
        #[test]
        fn ranges_are_whole_ascending_and_apart(
            text in "[0-9一二〇O年月日号度至到起上半下.,/— -]{0,40}"
        ) {
            let mut last = 0;
            for period in periods(&text) {
                prop_assert!(period.range.start >= last && text.get(period.range.clone()).is_some());
                prop_assert!(period.start <= period.end);
                last = period.range.end;
            }
        }
    }
}
