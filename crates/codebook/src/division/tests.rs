//! Names and years of divisions, on the table that is built in.

use super::*;

fn builtin() -> Divisions {
    let text = include_str!("../../data/divisions.tsv");
    Divisions::parse(&Source::new("divisions.tsv", text)).unwrap()
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
    let source = Source::new("mine.tsv", "#\n440100\t广州市\n");
    assert_eq!(Divisions::parse(&source).unwrap_err().0, 2);
}

#[test]
fn autonomous_divisions_are_known_by_their_customary_names() {
    let divisions = builtin();
    let named = divisions.at_start_of("凉山州审计局").unwrap();
    assert!(named.is_full());
    assert_eq!(named.text(), "凉山州");
    let codes: Vec<u32> = named.entries().map(|entry| entry.code).collect();
    assert_eq!(codes, [513_400]);
}
