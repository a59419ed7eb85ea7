//! Where an agency lies, by its name.

use codebook::{DivisionEntry, DivisionLevel, Named, Region};
use model::{Basis, Division};

use super::name::split_place;
use crate::metadata::Sources;

/// The region that a name stands for, with those above it, under the names and codes of the year
/// covered; of divisions that share a name the one whose province or city the source names too.
pub(super) fn of_name(name: &str, sources: &Sources<'_>) -> Option<Division> {
    let divisions = &sources.codebook.divisions;
    let (place, rest) = split_place(name, sources.codebook);
    let chain = chain(place, sources);
    let Some(last) = chain.last() else {
        return of_short_name(rest, sources);
    };
    let above: Vec<&str> = chain.iter().rev().skip(1).map(Named::text).collect();
    let found = choose(last.entries().collect(), &above, sources)?;
    // 上海市公安局黄浦分局 lies in 黄浦区.
    let branch = branch(rest, &found, sources);
    let region = divisions.region(branch.unwrap_or(found.entry), sources.year);
    Some(division(&region, found.basis))
}

/// The divisions that a place is made of.
fn chain<'a>(place: &str, sources: &Sources<'a>) -> Vec<Named<'a>> {
    let divisions = &sources.codebook.divisions;
    let mut chain = Vec::new();
    let mut rest = place;
    while let Some(named) = divisions.at_start_of(rest) {
        chain.push(named);
        rest = rest.get(named.text().len()..).unwrap_or_default();
    }
    chain
}

/// A body that names its place shortly, as those of the state's own line and development zones do:
/// 厦门海关, 苏州高新区管理委员会.
fn of_short_name(name: &str, sources: &Sources<'_>) -> Option<Division> {
    use codebook::BodyKind::{FunctionalArea, Vertical};
    let body = sources.codebook.agencies.body(name);
    if !matches!(body, Some(FunctionalArea | Vertical)) {
        return None;
    }
    let divisions = &sources.codebook.divisions;
    let named = divisions.at_start_of(name)?;
    let found = choose(named.entries().collect(), &[], sources)?;
    Some(division(
        &divisions.region(found.entry, sources.year),
        found.basis,
    ))
}

/// The district of a branch office inside the division that its name begins with.
fn branch<'a>(rest: &str, within: &Found<'a>, sources: &Sources<'a>) -> Option<&'a DivisionEntry> {
    const BRANCHES: [&str; 4] = ["分局", "分院", "分中心", "税务局"];
    let divisions = &sources.codebook.divisions;
    let stem = BRANCHES.iter().find_map(|end| rest.strip_suffix(end))?;
    let starts = stem.char_indices().map(|(at, _)| at);
    let named = starts
        .filter_map(|at| stem.get(at..))
        .filter(|short| short.chars().count() >= 2)
        .find_map(|short| {
            divisions
                .at_start_of(short)
                .filter(|named| named.text() == short)
        })?;
    let inside = |entry: &&DivisionEntry| match within.entry.level() {
        DivisionLevel::Province => entry.code / 10_000 == within.entry.code / 10_000,
        _ => entry.code / 100 == within.entry.code / 100,
    };
    named
        .entries()
        .filter(|entry| entry.level() == DivisionLevel::County)
        .filter(inside)
        .min_by_key(|entry| entry.distance(sources.year))
}

/// A division and what told it from others of its name.
pub(super) struct Found<'a> {
    pub(super) entry: &'a DivisionEntry,
    /// `None` where the name alone did.
    pub(super) basis: Option<Basis>,
}

/// The one division that is meant: below those named before it, nearest to the year covered, and of
/// several places of one name that which the source speaks of.
pub(super) fn choose<'a>(
    mut entries: Vec<&'a DivisionEntry>,
    above: &[&str],
    sources: &Sources<'a>,
) -> Option<Found<'a>> {
    let divisions = &sources.codebook.divisions;
    let region = |entry: &'a DivisionEntry| divisions.region(entry, sources.year);
    let fits = |entry: &&DivisionEntry| {
        let region = divisions.region(entry, sources.year);
        let names = [region.province, region.city];
        above
            .iter()
            .all(|other| names.iter().flatten().any(|name| name.starts_with(other)))
    };
    if entries.iter().any(fits) {
        entries.retain(fits);
    }
    let nearest = entries
        .iter()
        .map(|entry| entry.distance(sources.year))
        .min();
    entries.retain(|entry| Some(entry.distance(sources.year)) == nearest);
    // A county that bears its city's short name lies in it: the city is meant.
    let cities: Vec<u32> = entries
        .iter()
        .filter(|entry| entry.level() == DivisionLevel::City)
        .map(|entry| entry.code / 100)
        .collect();
    entries.retain(|entry| {
        entry.level() != DivisionLevel::County || !cities.contains(&(entry.code / 100))
    });
    let first = *entries.first()?;
    if entries.len() == 1 {
        return Some(Found {
            entry: first,
            basis: None,
        });
    }
    let one = |basis: Basis, speaks: &dyn Fn(&Region<'_>) -> bool| {
        let mut spoken = entries.iter().filter(|entry| speaks(&region(entry)));
        let entry = spoken.next()?;
        spoken.next().is_none().then_some(Found {
            entry,
            basis: Some(basis),
        })
    };
    let named_in = |region: &Region<'_>, text: &str| {
        let above = [region.province, region.city];
        above
            .into_iter()
            .flatten()
            .any(|name| Some(name) != region.county && text.contains(name))
    };
    let in_text = |region: &Region<'_>| sources.texts().any(|text| named_in(region, text));
    let in_hints = |region: &Region<'_>| {
        let mut hints = sources.document.hints.iter();
        hints.any(|hint| named_in(region, &hint.text))
    };
    let in_title = |region: &Region<'_>| sources.title.is_some_and(|title| named_in(region, title));
    one(Basis::Title, &in_title)
        .or_else(|| one(Basis::Text, &in_text))
        .or_else(|| one(Basis::Metadata, &in_hints))
        .or_else(|| {
            let codes: Vec<u32> = super::home::codes_of_uri(sources);
            let mut spoken = entries.iter().filter(|entry| {
                codes.iter().any(|code| {
                    entry.code == *code
                        || (code.is_multiple_of(100) && entry.code / 100 == code / 100)
                })
            });
            let entry = spoken.next()?;
            spoken.next().is_none().then_some(Found {
                entry,
                basis: Some(Basis::Uri),
            })
        })
}

/// A region of the codebook as one of the model.
pub(super) fn division(region: &Region<'_>, basis: Option<Basis>) -> Division {
    Division {
        province: region.province.map(str::to_owned),
        city: region.city.map(str::to_owned),
        county: region.county.map(str::to_owned),
        code: Some(format!("{:06}", region.code)),
        basis,
    }
}
