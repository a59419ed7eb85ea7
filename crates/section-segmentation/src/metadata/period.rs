//! What time a report covers, and when it was published.

use model::{Basis, HintKind, PartialDate, Period, Published};
use notation::{dates, periods};

use super::Sources;
use crate::formulas::{FORMULAS, head};

/// The period: the year of the title, the period that the opening states, the page's own title,
/// or the year that the running text speaks of first and most.
pub(crate) fn period(sources: &Sources<'_>) -> Option<Period> {
    let stated = stated(sources);
    let of_title = sources.title.and_then(year_of);
    let hinted = || {
        let mut titles = sources
            .document
            .hints
            .iter()
            .filter(|hint| hint.kind == HintKind::Title);
        titles
            .find_map(|hint| year_of(&hint.text))
            .filter(|_| sources.alone)
    };
    let (year, basis) = of_title
        .map(|year| (year, Basis::Title))
        .or_else(|| stated.map(|(start, _)| (start.year(), Basis::Introduction)))
        .or_else(|| of_opening(sources).map(|year| (year, Basis::Introduction)))
        .or_else(|| hinted().map(|year| (year, Basis::Metadata)))
        .or_else(|| of_text(sources).map(|year| (year, Basis::Text)))?;
    let bounds = stated.filter(|(start, _)| start.year() == year);
    Some(Period {
        year,
        start: bounds.map(|(start, _)| start),
        end: bounds.map(|(_, end)| end),
        basis,
    })
}

/// A period with its first and last day, stated in the opening.
fn stated(sources: &Sources<'_>) -> Option<(PartialDate, PartialDate)> {
    sources.opening().find_map(|text| {
        periods(head(text, 600))
            .into_iter()
            .filter(|period| period.start.month().is_some() && period.end.month().is_some())
            .filter(|period| {
                let written = text.get(period.range.clone()).unwrap_or_default();
                written.contains(['至', '到', '—', '–', '-', '~'])
            })
            .map(|period| (period.start, period.end))
            .find(|(start, end)| start.year() == end.year())
    })
}

/// The year that a title names.
fn year_of(title: &str) -> Option<i16> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut found = dates(&plain).into_iter().map(|date| date.date.year());
    found
        .find(|year| (1999..=2100).contains(year))
        .or_else(|| bare_year(&plain))
}

/// A year without 年: `(2012)`, `2012政府信息公开年报`.
fn bare_year(text: &str) -> Option<i16> {
    let mut digits = String::new();
    for character in text.chars().chain(std::iter::once(' ')) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        let year = digits
            .parse()
            .ok()
            .filter(|year| digits.len() == 4 && (1999..=2100).contains(year));
        if year.is_some() {
            return year;
        }
        digits.clear();
    }
    None
}

/// `编制的2010年度政府信息公开年度报告`: a year right before the report's own name.
fn of_opening(sources: &Sources<'_>) -> Option<i16> {
    sources.opening().find_map(|text| {
        let text = head(text, 600);
        dates(text)
            .into_iter()
            .filter(|date| date.date.month().is_none())
            .find_map(|date| {
                let after = text.get(date.range.end..)?;
                let near = head(after.trim_start_matches('度'), 24);
                let names = near.contains("信息公开") || near.contains("政务公开");
                (names && (near.contains("报告") || near.contains("年报")))
                    .then(|| date.date.year())
            })
    })
}

/// The year that the first sentences begin with, else the one named most.
fn of_text(sources: &Sources<'_>) -> Option<i16> {
    let mut counts: Vec<(i16, usize)> = Vec::new();
    for text in sources.texts() {
        for date in dates(text)
            .into_iter()
            .filter(|date| (1999..=2100).contains(&date.date.year()))
        {
            if date.range.start == 0 {
                return Some(date.date.year());
            }
            match counts
                .iter_mut()
                .find(|(year, _)| *year == date.date.year())
            {
                Some((_, count)) => *count += 1,
                None => counts.push((date.date.year(), 1)),
            }
        }
    }
    // Of years named as often the latest: reports compare with the year before.
    counts
        .into_iter()
        .max_by_key(|(year, count)| (*count, *year))
        .map(|(year, _)| year)
}

/// The day of publication: what the page says, a line of its head, the signature, the cover.
pub(crate) fn published(sources: &Sources<'_>) -> Option<Published> {
    let fits = |date: &PartialDate| {
        sources
            .year
            .is_none_or(|year| date.year() >= year && date.month().is_some())
    };
    let first = |text: &str| dates(text).into_iter().map(|date| date.date).find(fits);
    if sources.alone {
        let hints = sources
            .document
            .hints
            .iter()
            .filter(|hint| hint.kind == HintKind::Published);
        if let Some(date) = hints.filter_map(|hint| first(&hint.text)).next() {
            return Some(Published {
                date,
                basis: Basis::Metadata,
            });
        }
    }
    let of_line = sources.lines.iter().find_map(|line| {
        let stated = FORMULAS
            .published_line
            .captures(head(line.text, 120))?
            .get(1)?;
        first(stated.as_str())
    });
    if let Some(date) = of_line {
        return Some(Published {
            date,
            basis: Basis::Metadata,
        });
    }
    let signed = sources.signature().find_map(|text| {
        let date = dates(text)
            .pop()
            .filter(|date| date.range.end == text.len())?;
        Some(date.date).filter(fits)
    });
    if let Some(date) = signed {
        return Some(Published {
            date,
            basis: Basis::Signature,
        });
    }
    if let Some(date) = bare_day(sources).filter(fits) {
        return Some(Published {
            date,
            basis: Basis::Metadata,
        });
    }
    cover(sources).filter(fits).map(|date| Published {
        date,
        basis: Basis::Introduction,
    })
}

/// A short line of the head that ends in a day and holds no other number: `某市发布 2024-01-26`.
fn bare_day(sources: &Sources<'_>) -> Option<PartialDate> {
    sources.opening().take(3).find_map(|text| {
        let text = text.trim();
        let short = text.chars().count() <= 30 && !text.contains(['。', ',', ';']);
        let found = dates(text);
        let [date] = found.as_slice() else {
            return None;
        };
        let written = text.get(date.range.clone())?;
        let numeric = written.contains(['-', '/', '.']);
        let before = text.get(..date.range.start)?;
        let last = date.range.end == text.len() && !before.contains(|c: char| c.is_ascii_digit());
        (short && numeric && last && date.date.day().is_some()).then_some(date.date)
    })
}

/// The date of a cover: a month or day that stands right behind an agency's name, before the text begins.
fn cover(sources: &Sources<'_>) -> Option<PartialDate> {
    sources.opening().take(4).find_map(|text| {
        let text = head(text, 160);
        dates(text)
            .into_iter()
            .filter(|date| date.date.month().is_some())
            .find_map(|date| {
                let before = text.get(..date.range.start)?.trim_end();
                let after = text.get(date.range.end..)?;
                let last = before.rsplit([' ', ',', '。']).next().unwrap_or_default();
                let stands_alone = before.is_empty() && after.trim().is_empty();
                let behind_name = sources.codebook.agencies.is_name(last);
                let parted = after.is_empty() || after.starts_with(' ');
                (stands_alone || (behind_name && parted)).then_some(date.date)
            })
    })
}
