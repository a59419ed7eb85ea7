//! Provinces, prefectures and counties, with the years in which they existed.

use std::collections::HashMap;

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
    pub(crate) fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut entries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("code\t") || line.trim().is_empty() {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let wrong = |what: &str| (number + 1, format!("{what}: `{line}`"));
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

/// The name without the word for its kind: 广州市 -> 广州, 广西壮族自治区 -> 广西.
fn short_name(name: &str) -> &str {
    const PEOPLES: [&str; 43] = [
        "维吾尔",
        "柯尔克孜",
        "哈萨克",
        "乌孜别克",
        "塔吉克",
        "达斡尔",
        "鄂温克",
        "俄罗斯",
        "蒙古族",
        "朝鲜",
        "哈尼",
        "土家",
        "布依",
        "拉祜",
        "傈僳",
        "仡佬",
        "撒拉",
        "普米",
        "毛南",
        "仫佬",
        "景颇",
        "布朗",
        "保安",
        "裕固",
        "锡伯",
        "独龙",
        "各族",
        "纳西",
        "壮族",
        "回族",
        "苗族",
        "藏族",
        "彝族",
        "侗族",
        "傣族",
        "白族",
        "羌族",
        "瑶族",
        "满族",
        "土族",
        "畲族",
        "黎族",
        "佤族",
    ];
    const KINDS: [&str; 15] = [
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "特区",
        "林区",
        "新区",
        "省",
        "市",
        "县",
        "区",
        "盟",
        "旗",
    ];
    let kind = KINDS.iter().find_map(|kind| {
        let short = name.strip_suffix(kind)?;
        // 西林区 and 万柏林区 are districts of places called so, 神农架林区 is a 林区.
        (*kind != "林区" || short.chars().count() > 2).then_some((*kind, short))
    });
    let Some((kind, short)) = kind else {
        return name;
    };
    if !kind.starts_with("自治") {
        return short;
    }
    let peoples = PEOPLES.iter().chain(&["水族", "怒族", "东乡族", "蒙古"]);
    let cut = peoples
        .filter_map(|people| short.find(people))
        .filter(|at| *at > '中'.len_utf8())
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
            .map(|entry| divisions.region(entry, None))
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
        assert_eq!(short_name("博尔塔拉蒙古自治州"), "博尔塔拉");
        assert_eq!(short_name("内蒙古自治区"), "内蒙古");
        assert_eq!(short_name("恭城瑶族自治县"), "恭城");
        assert_eq!(short_name("浦东新区"), "浦东");
        assert_eq!(short_name("万柏林区"), "万柏林");
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

    /// The one division of a name that is nearest to a year, with its city.
    fn at(name: &str, year: i16) -> (u32, Option<String>) {
        let divisions = builtin();
        let named = divisions.at_start_of(name).unwrap();
        let entry = named
            .entries()
            .min_by_key(|entry| entry.distance(Some(year)))
            .unwrap();
        let region = divisions.region(entry, Some(year));
        (region.code, region.city.map(str::to_owned))
    }

    #[test]
    fn names_and_codes_are_those_of_the_year() {
        let city = |name: &str| Some(name.to_owned());
        for (name, year, code, above) in [
            ("樊城区", 2009, 420_606, city("襄樊市")),
            ("樊城区", 2010, 420_606, city("襄阳市")),
            ("庐江县", 2010, 341_421, city("巢湖市")),
            ("庐江县", 2011, 340_124, city("合肥市")),
            ("居巢区", 2010, 341_402, city("巢湖市")),
            ("思南县", 2010, 522_225, city("铜仁地区")),
            ("思南县", 2011, 520_624, city("铜仁市")),
            ("乐都县", 2012, 632_123, city("海东地区")),
            ("乐都区", 2013, 630_202, city("海东市")),
            ("莱芜市", 2018, 371_200, city("莱芜市")),
            ("莱芜区", 2019, 370_116, city("济南市")),
            ("崇文区", 2009, 110_103, None),
            ("南汇区", 2008, 310_119, None),
            ("闸北区", 2014, 310_108, None),
            ("密云县", 2014, 110_228, None),
            ("密云区", 2015, 110_118, None),
            ("香格里拉县", 2013, 533_421, city("迪庆藏族自治州")),
            ("三沙市", 2012, 460_300, city("三沙市")),
            ("萧山区", 2012, 330_109, city("杭州市")),
            ("苏州工业园区", 2016, 320_500, city("苏州市")),
        ] {
            assert_eq!(at(name, year), (code, above), "{name} {year}");
        }
    }

    #[test]
    fn a_year_is_near_to_the_time_of_a_name() {
        let entry = DivisionEntry {
            code: 420_607,
            name: "襄阳区".into(),
            first_year: Some(2002),
            last_year: Some(2009),
            pinyin: "xiangyang".into(),
        };
        let distances = [Some(2005), Some(2010), Some(2000)].map(|year| entry.distance(year));
        assert_eq!(distances, [0, 1, 2]);
        assert!(entry.distance(None) > 100);
    }

    #[test]
    fn addresses_spell_names() {
        let divisions = builtin();
        let found: Vec<u32> = divisions
            .of_pinyin("panyu")
            .map(|entry| entry.code)
            .collect();
        assert_eq!(found, [440_113]);
        assert_eq!(divisions.of_pinyin("nowhere").count(), 0);
    }

    #[test]
    fn a_line_with_too_few_fields_is_named() {
        assert_eq!(Divisions::parse("#\n440100\t广州市\n").unwrap_err().0, 2);
    }
}
