//! Provinces, prefectures and counties, with the years in which they existed.

mod naming;

use std::collections::{HashMap, HashSet};

use crate::source::Source;

/// All administrative divisions down to the county.
#[derive(Debug, Clone, Default)]
pub struct Divisions {
    entries: Vec<DivisionEntry>,
    /// Full and short names by their first character, longest first.
    names: HashMap<char, Vec<Name>>,
    by_code: HashMap<u32, Vec<usize>>,
    by_pinyin: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Name {
    text: String,
    full: bool,
    entries: Vec<usize>,
}

/// A division under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionEntry {
    /// Six digits (GB/T 2260): two for the province, two for the prefecture, two for the county.
    pub code: u32,
    /// Full name: 广州市.
    pub name: String,
    /// First year at whose end the name stood; `None` for 2002 or before.
    pub first_year: Option<i16>,
    /// Last year at whose end the name stood; `None` where it still stands.
    pub last_year: Option<i16>,
    /// How the name without the word for its kind is read: `guangzhou`. Empty for functional areas.
    pub pinyin: String,
}

impl DivisionEntry {
    /// Level, by the code.
    pub fn level(&self) -> DivisionLevel {
        if self.code.is_multiple_of(10_000) {
            DivisionLevel::Province
        } else if self.code.is_multiple_of(100) {
            DivisionLevel::City
        } else if (71..80).contains(&(self.code % 100)) {
            DivisionLevel::Functional
        } else {
            DivisionLevel::County
        }
    }

    /// How many years lie between a year and the time in which the name stood; 0 where it did. Without
    /// a year what still stands is nearest.
    pub fn distance(&self, year: Option<i16>) -> u16 {
        let year = year.unwrap_or(i16::MAX);
        let early = self
            .first_year
            .map_or(0, |first| first.saturating_sub(year).max(0));
        let late = self
            .last_year
            .map_or(0, |last| year.saturating_sub(last).max(0));
        early.unsigned_abs().max(late.unsigned_abs())
    }
}

/// Level of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DivisionLevel {
    /// Province, autonomous region, municipality.
    Province,
    /// Prefecture.
    City,
    /// County, district, county-level city.
    County,
    /// Development zone or the like, under a prefecture: its code is one of statistics, not of GB/T 2260.
    Functional,
}

/// A division with those above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region<'a> {
    /// Province.
    pub province: Option<&'a str>,
    /// Prefecture; `None` for those that lie directly under a province.
    pub city: Option<&'a str>,
    /// County.
    pub county: Option<&'a str>,
    /// Code of the smallest of them.
    pub code: u32,
}

/// A name of divisions found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    divisions: &'a Divisions,
    name: &'a Name,
}

impl<'a> Named<'a> {
    /// The name as found.
    pub fn text(&self) -> &'a str {
        &self.name.text
    }

    /// Whether it is a full name (`广州市`), not a short one (`广州`).
    pub fn is_full(&self) -> bool {
        self.name.full
    }

    /// The divisions that bear it. Several counties share a name (`鼓楼区`).
    pub fn entries(&self) -> impl Iterator<Item = &'a DivisionEntry> + use<'a> {
        let divisions = self.divisions;
        self.name
            .entries
            .iter()
            .filter_map(move |entry| divisions.entries.get(*entry))
    }
}

impl Divisions {
    /// Reads the table `code, name, first, last, pinyin`, tab-separated; `#` starts a comment.
    ///
    /// # Errors
    /// The number of the line that is wrong, and what it should be.
    pub(crate) fn parse(source: &Source<'_>) -> Result<Self, (usize, String)> {
        let mut entries = Vec::new();
        for (number, line) in source.lines() {
            if line.starts_with('#') || line.starts_with("code\t") || line.trim().is_empty() {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let wrong = |what: &str| (number, format!("{what}: `{line}`"));
            let [code, name, first, last, pinyin] = fields.as_slice() else {
                return Err(wrong(
                    "expected five fields: code, name, first, last, pinyin",
                ));
            };
            let code = code
                .parse()
                .map_err(|_| wrong("the code must be six digits"))?;
            let year = |text: &str| match text {
                "" => Ok(None),
                _ => text
                    .parse()
                    .map(Some)
                    .map_err(|_| wrong("a year must be four digits or empty")),
            };
            entries.push(DivisionEntry {
                code,
                name: (*name).to_owned(),
                first_year: year(first)?,
                last_year: year(last)?,
                pinyin: (*pinyin).to_owned(),
            });
        }
        Ok(Self::from_entries(entries))
    }

    fn from_entries(entries: Vec<DivisionEntry>) -> Self {
        let mut names: HashMap<char, Vec<Name>> = HashMap::new();
        let mut by_code: HashMap<u32, Vec<usize>> = HashMap::new();
        let mut by_pinyin: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            by_code.entry(entry.code).or_default().push(index);
            if !entry.pinyin.is_empty() {
                let same = by_pinyin.entry(entry.pinyin.clone()).or_default();
                same.push(index);
            }
            let short = naming::short_name(&entry.name);
            for (text, full) in [(entry.name.as_str(), true), (short, false)] {
                // A short name of one character (城区, 郊区) says nothing.
                if !full && (text == entry.name || text.chars().count() < 2) {
                    continue;
                }
                add(&mut names, text, full, index);
            }
        }
        // What another division is called in full stays that one's alone.
        let own: HashSet<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        for (index, entry) in entries.iter().enumerate() {
            let customary = naming::customary_name(&entry.name);
            if let Some(text) = customary.filter(|text| !own.contains(text.as_str())) {
                add(&mut names, &text, true, index);
            }
        }
        // The map's values are sorted one by one: their order does not depend on the map's.
        names.values_mut().for_each(|list| {
            list.sort_by(|a, b| {
                b.text
                    .len()
                    .cmp(&a.text.len())
                    .then_with(|| a.text.cmp(&b.text))
            });
        });
        Self {
            entries,
            names,
            by_code,
            by_pinyin,
        }
    }

    /// The divisions whose name is read so, as addresses of sites spell it (`fanyu` is none: 番禺 is
    /// read `panyu`).
    pub fn of_pinyin<'a>(&'a self, pinyin: &str) -> impl Iterator<Item = &'a DivisionEntry> {
        let found = self.by_pinyin.get(pinyin).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|index| self.entries.get(*index))
    }

    /// The longest name of a division that `text` starts with.
    pub fn at_start_of(&self, text: &str) -> Option<Named<'_>> {
        let list = self.names.get(&text.chars().next()?)?;
        let name = list.iter().find(|name| text.starts_with(&name.text))?;
        Some(Named {
            divisions: self,
            name,
        })
    }

    /// Every full name in a text, in order, none overlapping, with the byte it starts at.
    pub fn mentions<'a>(&'a self, text: &'a str) -> Vec<(usize, Named<'a>)> {
        let mut found = Vec::new();
        let mut after = 0;
        for (start, _) in text.char_indices() {
            let named = text.get(start..).and_then(|rest| self.at_start_of(rest));
            if let Some(named) = named.filter(|named| start >= after && named.is_full()) {
                after = start + named.text().len();
                found.push((start, named));
            }
        }
        found
    }

    /// The division with those above it, under the names of a year (without one, of the last year in
    /// which the division stood). A functional area has the code of its city.
    pub fn region<'a>(&'a self, entry: &'a DivisionEntry, year: Option<i16>) -> Region<'a> {
        // A year outside the division's own time says nothing of what stood above it.
        let year = year
            .filter(|year| entry.distance(Some(*year)) == 0)
            .or(entry.last_year);
        let above = |code: u32| {
            let candidates = self.by_code.get(&code)?.iter();
            candidates
                .filter_map(|index| self.entries.get(*index))
                .min_by_key(|above| above.distance(year))
                .map(|above| above.name.as_str())
        };
        let province = above(entry.code / 10_000 * 10_000);
        let city = || above(entry.code / 100 * 100);
        let own = Some(entry.name.as_str());
        let (province, city, county) = match entry.level() {
            DivisionLevel::Province => (own, None, None),
            DivisionLevel::City => (province, own, None),
            DivisionLevel::County => (province, city(), own),
            DivisionLevel::Functional => (province, city(), None),
        };
        let code = match entry.level() {
            DivisionLevel::Functional => entry.code / 100 * 100,
            _ => entry.code,
        };
        Region {
            province,
            city,
            county,
            code,
        }
    }
}

/// Notes that a division bears a name.
fn add(names: &mut HashMap<char, Vec<Name>>, text: &str, full: bool, index: usize) {
    let Some(first) = text.chars().next() else {
        return;
    };
    let list = names.entry(first).or_default();
    match list.iter_mut().find(|name| name.text == text) {
        Some(name) => name.entries.push(index),
        None => list.push(Name {
            text: text.to_owned(),
            full,
            entries: vec![index],
        }),
    }
}

#[cfg(test)]
mod tests;
