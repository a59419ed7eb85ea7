//! Dates, periods and months of a line.

use std::ops::Range;

use model::PartialDate;

use super::line::Line;

/// Dates and periods of a line, in characters.
pub(super) struct Times {
    dates: Vec<(Range<usize>, PartialDate)>,
    periods: Vec<(Range<usize>, PartialDate, PartialDate)>,
}

impl Times {
    pub(super) fn new(line: &Line, text: &str) -> Self {
        let range = |bytes: Range<usize>| line.index(bytes.start)..line.index(bytes.end);
        Self {
            dates: notation::dates(text)
                .into_iter()
                .map(|found| (range(found.range), found.date))
                .collect(),
            periods: notation::periods(text)
                .into_iter()
                .map(|found| (range(found.range), found.start, found.end))
                .collect(),
        }
    }

    /// Years named one after the other in a range, with nothing but conjunctions between them
    /// (`2013年、2014年和2015年`), up to its end.
    pub(super) fn years(&self, line: &Line, range: &Range<usize>) -> Vec<i16> {
        let first = self
            .dates
            .partition_point(|(date, _)| date.start < range.start);
        let mut years = Vec::new();
        let mut end = None;
        for (place, date) in self.dates.iter().skip(first) {
            if place.end > range.end || date.month().is_some() {
                break;
            }
            let joined = end.is_none_or(|end| line.joins(end..place.start));
            if !joined {
                years.clear();
            }
            years.push(date.year());
            end = Some(place.end + usize::from(line.at(place.end) == '度'));
        }
        if end == Some(range.end) {
            years
        } else {
            Vec::new()
        }
    }

    pub(super) fn date(&self, at: usize) -> Option<&(Range<usize>, PartialDate)> {
        let index = self.dates.partition_point(|(range, _)| range.start < at);
        self.dates.get(index).filter(|(range, _)| range.start == at)
    }

    pub(super) fn period(&self, at: usize) -> Option<&(Range<usize>, PartialDate, PartialDate)> {
        let index = self.periods.partition_point(|(range, ..)| range.start < at);
        self.periods
            .get(index)
            .filter(|(range, ..)| range.start == at)
    }
}

/// Months at the start of a clause: `1至6月`, `1-12月份`, `1月至6月`.
pub(super) struct Months {
    pub(super) end: usize,
    /// All twelve.
    pub(super) whole: bool,
}

/// Months that begin at an index.
pub(super) fn months(line: &Line, at: usize) -> Option<Months> {
    let number = |at: usize| {
        let digits: String = (at..at + 2)
            .map(|index| line.at(index))
            .take_while(char::is_ascii_digit)
            .collect();
        let month: usize = digits.parse().ok()?;
        (1..=12)
            .contains(&month)
            .then_some((month, at + digits.len()))
    };
    let (first, mut end) = number(at)?;
    end += usize::from(line.at(end) == '月');
    if !matches!(line.at(end), '至' | '到' | '-' | '—' | '–' | '~') {
        return None;
    }
    let (last, mut end) = number(end + 1)?;
    if line.at(end) != '月' {
        return None;
    }
    end += 1;
    end += usize::from(line.at(end) == '份');
    let day = line.at(end).is_ascii_digit();
    (!day).then_some(Months {
        end,
        whole: (first, last) == (1, 12),
    })
}

/// `4月份`, `8月12日` at the start of a clause: its end.
pub(super) fn month(line: &Line, at: usize) -> Option<usize> {
    let digits = (at..at + 3)
        .take_while(|index| {
            line.at(*index).is_ascii_digit() || "一二三四五六七八九十".contains(line.at(*index))
        })
        .count();
    let mark = at + digits;
    (digits > 0 && line.at(mark) == '月').then_some(mark + 1)
}
