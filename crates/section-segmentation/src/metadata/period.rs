//! What time a report covers.

use model::{Basis, HintKind, PartialDate, Period, Warning};
use notation::{dates, periods};

use super::confidence::confidence;
use super::{Sources, uri};
use crate::formulas::head;

/// What the places weigh that name the year, in this order.
const TITLE: f64 = 0.95;
const STATED: f64 = 0.9;
const OPENING: f64 = 0.85;
const PAGE: f64 = 0.7;
const TEXT: f64 = 0.6;
const PUBLICATION: f64 = 0.5;

/// The period: the year of the title, the period that the opening states, the page's own title, the
/// year that the running text speaks of first and most; at last the year before that of publication:
/// reports of a year appear at the beginning of the next.
pub(crate) fn period(sources: &Sources<'_>) -> Option<Period> {
    let stated = stated(sources);
    let of_title = sources.title.and_then(years_of);
    let hinted = sources
        .hints(HintKind::Title)
        .find_map(years_of)
        .filter(|_| sources.alone);
    let witnesses: Vec<(i16, Basis, f64)> = [
        of_title.map(|(_, year)| (year, Basis::Title, TITLE)),
        stated.map(|(_, end)| (end.year(), Basis::Introduction, STATED)),
        of_opening(sources).map(|year| (year, Basis::Introduction, OPENING)),
        hinted.map(|(_, year)| (year, Basis::Metadata, PAGE)),
        of_text(sources).map(|year| (year, Basis::Text, TEXT)),
        of_publication(sources),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (year, basis, _) = *witnesses.first()?;
    let weigh = |same: bool| {
        let some = witnesses
            .iter()
            .filter(move |(other, ..)| (*other == year) == same);
        some.map(|(_, basis, weight)| (*basis, *weight))
    };
    // A title of two years covers both; else what the text says with days.
    let span = of_title
        .filter(|(first, last)| first < last)
        .and_then(|(first, last)| {
            let start = PartialDate::new(first, Some(1), Some(1))?;
            Some((start, PartialDate::new(last, Some(12), Some(31))?))
        });
    let bounds = stated.filter(|(_, end)| end.year() == year).or(span);
    Some(Period {
        year,
        start: bounds.map(|(start, _)| start),
        end: bounds.map(|(_, end)| end),
        basis,
        confidence: confidence(weigh(true), weigh(false)),
    })
}

/// What a user is told where the text states another year than the title.
pub(crate) fn contradiction(sources: &Sources<'_>) -> Option<Warning> {
    let (_, year) = sources.title.and_then(years_of)?;
    let (start, end) = stated(sources)?;
    (end.year() != year).then(|| Warning {
        code: "period_contradicts_title",
        message: format!(
            "The title says {year}, the text states the period {start} to {end}: see which year the figures are of."
        ),
        place: None,
    })
}

/// A period with its first and last day, stated in the opening. One that begins in an earlier year
/// is the time since figures are counted: it ends with the year covered.
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
            .find(|(start, end)| {
                let since = end.month() == Some(12) && end.day() == Some(31);
                start.year() == end.year() || since
            })
    })
}

/// The year before that of publication, where the report appeared in the first half of a year.
fn of_publication(sources: &Sources<'_>) -> Option<(i16, Basis, f64)> {
    if !sources.alone {
        return None;
    }
    let hints = sources.hints(HintKind::Published);
    let said = hints
        .flat_map(dates)
        .map(|date| (date.date, Basis::Metadata))
        .next();
    let address = || {
        let mut hints = sources.hints(HintKind::Uri);
        hints.find_map(uri::day).map(|day| (day, Basis::Uri))
    };
    let (date, basis) = said.or_else(address)?;
    let early = date.month().is_some_and(|month| month <= 6);
    early.then_some((date.year() - 1, basis, PUBLICATION))
}

/// The first and last year that a title names: one but for `2008—2009年`.
fn years_of(title: &str) -> Option<(i16, i16)> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    two_years(&plain).or_else(|| year_of(&plain).map(|year| (year, year)))
}

/// `2008—2009年`, `2008年至2009年`.
fn two_years(text: &str) -> Option<(i16, i16)> {
    let known = |year: &i16| (1999..=2100).contains(year);
    text.match_indices(['-', '—', '–', '至', '到', '~'])
        .find_map(|(at, mark)| {
            let before = text.get(..at)?;
            let before = before.strip_suffix('年').unwrap_or(before);
            let first = before.char_indices().rev().nth(3)?.0;
            let first: i16 = before.get(first..)?.parse().ok()?;
            let after = text.get(at + mark.len()..)?;
            let last: i16 = after.get(..4)?.parse().ok()?;
            let ends = after.get(4..)?.starts_with('年');
            (ends && known(&first) && known(&last) && first < last).then_some((first, last))
        })
}

/// The year that a title names.
fn year_of(plain: &str) -> Option<i16> {
    let mut found = dates(plain).into_iter().map(|date| date.date.year());
    found
        .find(|year| (1999..=2100).contains(year))
        .or_else(|| bare_year(plain))
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
                let named = sources.codebook.reports.title.self_named.is_match(near);
                named.then(|| date.date.year())
            })
    })
}

/// A year that lost its 年 at the beginning of a sentence: `2022区文旅局主动公开`.
fn lost_mark(text: &str) -> Option<i16> {
    let year: i16 = text.get(..4)?.parse().ok()?;
    let next = text.get(4..)?.chars().next()?;
    let subject = matches!(next, '我' | '本' | '全' | '省' | '市' | '县' | '区' | '州');
    (subject && (1999..=2100).contains(&year)).then_some(year)
}

/// The year that the first sentences begin with, else the one named most.
fn of_text(sources: &Sources<'_>) -> Option<i16> {
    let mut counts: Vec<(i16, usize)> = Vec::new();
    // 结转2023年度办理: what goes on in the next year says nothing of this one.
    let carried = |before: &str| {
        let words = ["转", "转入", "转到", "转至", "转为", "延至", "留待"];
        words.iter().any(|word| before.ends_with(word))
    };
    for text in sources.texts() {
        if let Some(year) = lost_mark(text) {
            return Some(year);
        }
        for date in dates(text)
            .into_iter()
            .filter(|date| !text.get(..date.range.start).is_some_and(carried))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_titles() {
        for (title, years) in [
            ("甲市2012年政府信息公开年度报告", Some((2012, 2012))),
            ("甲市 2008—2009年 政府信息公开年度报告", Some((2008, 2009))),
            ("甲市2008年至2009年政府信息公开年度报告", Some((2008, 2009))),
            ("2015甲市公安局政府信息公开年报", Some((2015, 2015))),
            ("甲市政府信息公开年报(2012)", Some((2012, 2012))),
            ("政府信息公开年报", None),
        ] {
            assert_eq!(years_of(title), years, "{title}");
        }
    }
}
