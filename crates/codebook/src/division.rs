//! Provinces, prefectures and counties, with the years in which they existed.

use std::collections::HashMap;

/// All administrative divisions down to the county.
#[derive(Debug, Clone, Default)]
pub struct Divisions {
    entries: Vec<DivisionEntry>,
    /// Full and short names by their first character, longest first.
    names: HashMap<char, Vec<Name>>,
    by_code: HashMap<u32, Vec<usize>>,
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
    /// First year of the name; `None` for 2002 or before.
    pub first_year: Option<i16>,
    /// Last year of the name; `None` where it still stands.
    pub last_year: Option<i16>,
}

impl DivisionEntry {
    /// Level, by the code.
    pub fn level(&self) -> DivisionLevel {
        if self.code.is_multiple_of(10_000) {
            DivisionLevel::Province
        } else if self.code.is_multiple_of(100) {
            DivisionLevel::City
        } else {
            DivisionLevel::County
        }
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
    /// Code of the division itself.
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
    /// Reads the table `code, name, first, last`, tab-separated; `#` starts a comment.
    ///
    /// # Errors
    /// The number of the line that is wrong, and what it should be.
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut entries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("code\t") || line.trim().is_empty() {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let wrong = |what: &str| (number + 1, format!("{what}: `{line}`"));
            let [code, name, first, last] = fields.as_slice() else {
                return Err(wrong("expected four fields: code, name, first, last"));
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
            });
        }
        Ok(Self::from_entries(entries))
    }

    fn from_entries(entries: Vec<DivisionEntry>) -> Self {
        let mut names: HashMap<char, Vec<Name>> = HashMap::new();
        let mut by_code: HashMap<u32, Vec<usize>> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            by_code.entry(entry.code).or_default().push(index);
            let short = short_name(&entry.name);
            for (text, full) in [(entry.name.as_str(), true), (short, false)] {
                // A short name of one character (城区, 郊区) says nothing.
                if !full && (text == entry.name || text.chars().count() < 2) {
                    continue;
                }
                let Some(first) = text.chars().next() else {
                    continue;
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
        }
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

    /// The division with those above it, under the names of its own time.
    pub fn region<'a>(&'a self, entry: &'a DivisionEntry) -> Region<'a> {
        let above = |code: u32| {
            let candidates = self.by_code.get(&code)?;
            let entries = candidates
                .iter()
                .filter_map(|index| self.entries.get(*index));
            // Of several names of one code the one whose years meet the entry's.
            entries
                .max_by_key(|above| {
                    (
                        above.last_year.is_none() == entry.last_year.is_none(),
                        above.last_year,
                    )
                })
                .map(|above| above.name.as_str())
        };
        let province = above(entry.code / 10_000 * 10_000);
        let own = Some(entry.name.as_str());
        match entry.level() {
            DivisionLevel::Province => Region {
                province: own,
                city: None,
                county: None,
                code: entry.code,
            },
            DivisionLevel::City => Region {
                province,
                city: own,
                county: None,
                code: entry.code,
            },
            DivisionLevel::County => Region {
                province,
                city: above(entry.code / 100 * 100),
                county: own,
                code: entry.code,
            },
        }
    }
}

/// The name without the word for its kind: 广州市 -> 广州, 广西壮族自治区 -> 广西.
fn short_name(name: &str) -> &str {
    const PEOPLES: [&str; 16] = [
        "壮族",
        "回族",
        "维吾尔",
        "苗族",
        "藏族",
        "土家族",
        "彝族",
        "侗族",
        "布依族",
        "蒙古族",
        "傣族",
        "朝鲜族",
        "哈尼族",
        "白族",
        "羌族",
        "哈萨克",
    ];
    let kinds = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "盟",
        "旗",
    ];
    let Some(short) = kinds.iter().find_map(|kind| name.strip_suffix(kind)) else {
        return name;
    };
    let cut = PEOPLES
        .iter()
        .filter_map(|people| short.find(people))
        .filter(|at| *at > 3)
        .min();
    cut.and_then(|at| short.get(..at)).unwrap_or(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> Divisions {
        Divisions::parse(include_str!("../data/divisions.tsv")).unwrap()
    }

    #[test]
    fn a_county_knows_its_city_and_province() {
        let divisions = builtin();
        let named = divisions.at_start_of("番禺区建设局").unwrap();
        let regions: Vec<Region> = named
            .entries()
            .map(|entry| divisions.region(entry))
            .collect();
        assert_eq!(
            regions,
            [Region {
                province: Some("广东省"),
                city: Some("广州市"),
                county: Some("番禺区"),
                code: 440_113
            }]
        );
    }

    #[test]
    fn a_name_shared_by_counties_gives_them_all() {
        let divisions = builtin();
        assert!(divisions.at_start_of("鼓楼区").unwrap().entries().count() >= 4);
    }

    #[test]
    fn short_names_lose_the_people_but_not_the_place() {
        assert_eq!(short_name("广西壮族自治区"), "广西");
        assert_eq!(short_name("黔东南苗族侗族自治州"), "黔东南");
        assert_eq!(short_name("广州市"), "广州");
    }

    #[test]
    fn mentions_are_the_longest_and_do_not_overlap() {
        let divisions = builtin();
        let found: Vec<&str> = divisions
            .mentions("广东省广州市番禺区,杭州市委")
            .into_iter()
            .map(|(_, named)| named.text())
            .collect();
        assert_eq!(found, ["广东省", "广州市", "番禺区", "杭州市"]);
    }

    #[test]
    fn a_line_with_too_few_fields_is_named() {
        assert_eq!(Divisions::parse("#\n440100\t广州市\n").unwrap_err().0, 2);
    }
}
