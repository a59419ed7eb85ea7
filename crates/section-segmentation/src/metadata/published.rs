//! When a report was published.

use model::{Basis, HintKind, PartialDate, Published};
use notation::{dates, periods};

use super::confidence::confidence;
use super::{Sources, uri};
use crate::formulas::{FORMULAS, head};

/// What the places weigh that say the day, in this order.
const PAGE: f64 = 0.9;
const SIGNATURE: f64 = 0.8;
const HEAD: f64 = 0.7;
const COVER: f64 = 0.7;
const ADDRESS: f64 = 0.5;

/// The day of publication: what the page says, a line of its head, the signature, the cover, the
/// address. Never a day before the end of the year covered, never the end of the stated period.
pub(crate) fn published(sources: &Sources<'_>) -> Option<Published> {
    let fits = |date: &PartialDate| {
        sources
            .year
            .is_none_or(|year| date.year() >= year && date.month().is_some())
    };
    let first = |text: &str| dates(text).into_iter().map(|date| date.date).find(fits);
    let hinted = || {
        let mut hints = sources.hints(HintKind::Published).filter(|_| sources.alone);
        hints.find_map(first)
    };
    let of_line = || {
        sources.lines.iter().find_map(|line| {
            let text = head(line.text, 120);
            let captures = FORMULAS.published_line.captures(text)?;
            let (whole, stated) = (captures.get(0)?, captures.get(1)?);
            let date = dates(stated.as_str())
                .into_iter()
                .find(|date| fits(&date.date))?;
            // A report on one line has its title in front of the label.
            let label = text.get(whole.start()..stated.start() + date.range.end)?;
            Some(date.date).filter(|_| !states_period(label))
        })
    };
    let signed = || {
        sources.signature().find_map(|text| {
            let date = dates(text)
                .pop()
                .filter(|date| date.range.end == text.len())?;
            Some(date.date)
                .filter(fits)
                .filter(|_| !states_period(text))
        })
    };
    let address = || {
        let mut hints = sources.hints(HintKind::Uri).filter(|_| sources.alone);
        hints.find_map(uri::day)
    };
    let witnesses: Vec<(PartialDate, Basis, f64)> = [
        hinted().map(|date| (date, Basis::Metadata, PAGE)),
        of_line().map(|date| (date, Basis::Metadata, PAGE)),
        signed().map(|date| (date, Basis::Signature, SIGNATURE)),
        bare_day(sources).map(|date| (date, Basis::Metadata, HEAD)),
        cover(sources).map(|date| (date, Basis::Introduction, COVER)),
        address().map(|date| (date, Basis::Uri, ADDRESS)),
    ]
    .into_iter()
    .flatten()
    .filter(|(date, ..)| fits(date))
    .collect();
    let (date, basis, _) = *witnesses.first()?;
    // The day of writing and that of publishing are days apart: only another month speaks against it.
    let month = |date: PartialDate| (date.year(), date.month());
    let weigh = |same: bool| {
        let some = witnesses
            .iter()
            .filter(move |(other, ..)| (month(*other) == month(date)) == same);
        some.map(|(_, basis, weight)| (*basis, *weight))
    };
    Some(Published {
        date,
        basis,
        confidence: confidence(weigh(true), weigh(false)),
    })
}

/// Whether a line speaks of the time that figures are of.
fn states_period(text: &str) -> bool {
    let words = ["截至", "截止", "统计", "期限", "期间"];
    words.iter().any(|word| text.contains(word)) || !periods(text).is_empty()
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
