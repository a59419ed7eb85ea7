//! Names of the pages of one text: `t20120101_123.html`, `t20120101_123_1.html`; `content_8_2.htm`;
//! `report-1.txt`, `report(2).txt`; `show?id=8&page=2`.

use crate::Input;

/// A report is not split over more pages.
pub(crate) const MOST_PAGES: u32 = 30;
/// Bytes of a page's name that are looked at where another page names it.
const LONGEST_NAME: usize = 200;

/// A shorter stem stands in every text.
const SHORTEST_STEM: usize = 2;

/// What a name says of a page's place among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageName {
    /// Folder or host with all in front of the name.
    folder: String,
    /// The name without its number.
    stem: String,
    /// What stands behind the number.
    ending: String,
    /// The number; 0 where it has none, as a first page often has.
    pub(crate) number: u32,
}

/// What an input's name (its address where known, else its path) may say: that it is a first page without
/// number, and that it is a page with one. `content_8.htm` may be either.
pub(crate) fn page_names(input: &Input) -> Vec<PageName> {
    let name = input.uri.as_deref().unwrap_or(&input.path);
    let name = name.split('#').next().unwrap_or(name);
    let address = name.split('?').next().unwrap_or(name);
    let cut = address.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, file) = name.split_at_checked(cut).unwrap_or(("", name));
    let readings = match file.split_once('?') {
        Some((file, query)) => vec![queried(file, query)],
        None => {
            let (stem, ending) = parted(file);
            let whole = (!stem.is_empty()).then(|| (stem.to_owned(), ending.to_owned(), 0));
            vec![whole, numbered(file)]
        }
    };
    let readings = readings.into_iter().flatten();
    readings
        .map(|(stem, ending, number)| PageName {
            folder: folder.to_owned(),
            stem,
            ending,
            number,
        })
        .collect()
}

/// A page whose number is a parameter of its address.
fn queried(file: &str, query: &str) -> Option<(String, String, u32)> {
    let mut number = 0;
    let mut rest = Vec::new();
    for parameter in query.split('&') {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let key = key.to_ascii_lowercase();
        if key == "p" || key.contains("page") {
            number = value.parse().ok().filter(|number| *number <= MOST_PAGES)?;
        } else {
            rest.push(parameter);
        }
    }
    Some((format!("{file}?"), rest.join("&"), number))
}

/// Stem and ending.
fn parted(file: &str) -> (&str, &str) {
    match file.rfind('.') {
        Some(dot) if dot > 0 => file.split_at(dot),
        _ => (file, ""),
    }
}

/// A page whose number ends its name.
fn numbered(file: &str) -> Option<(String, String, u32)> {
    let (stem, ending) = parted(file);
    let (base, number) = suffix(stem)?;
    (!base.is_empty()).then(|| (base.to_owned(), ending.to_owned(), number))
}

/// The number at the end of a name, and what stands before it.
fn suffix(stem: &str) -> Option<(&str, u32)> {
    if let Some(inside) = stem.strip_suffix([')', '）']) {
        let (base, digits) = inside.rsplit_once(['(', '（'])?;
        let digits = digits.trim_start_matches('第').trim_end_matches('页');
        return Some((base.trim_end_matches(['_', '-', ' ']), number(digits)?));
    }
    let worded = stem.strip_suffix("页");
    let counted = worded.unwrap_or(stem);
    let before = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let value = number(counted.get(before.len()..)?)?;
    if let Some(base) = worded.and_then(|_| before.strip_suffix('第')) {
        return Some((base.trim_end_matches(['_', '-', ' ']), value));
    }
    let lower = before.to_ascii_lowercase();
    let words = ["part", "page", "p"];
    let word = words.iter().find(|word| lower.ends_with(**word));
    let bare = before.get(..before.len() - word.map_or(0, |word| word.len()))?;
    let base = bare.trim_end_matches(['_', '-', '.', ' ']);
    (base.len() < bare.len()).then_some((base, value))
}

/// Longer numbers are identifiers or years.
fn number(digits: &str) -> Option<u32> {
    let short = (1..=2).contains(&digits.len());
    let value = digits.parse().ok().filter(|_| short)?;
    (value <= MOST_PAGES).then_some(value)
}

impl PageName {
    /// Hash of all but the number: pages of one text share it.
    pub(crate) fn series(&self) -> u64 {
        let parts = [&self.folder, &self.stem, &self.ending];
        hash(parts.iter().flat_map(|part| [part.as_bytes(), b"\0"]))
    }

    /// Which other pages of the series this page's bytes name, as bits; all of them where a script
    /// puts their names together from the stem.
    pub(crate) fn named_in(&self, bytes: &[u8]) -> u64 {
        let stem = self.stem.as_bytes();
        if stem.len() < SHORTEST_STEM {
            return 0;
        }
        let mut named = 0;
        let mut from = 0;
        while let Some(found) = bytes.get(from..).and_then(|rest| find(rest, stem)) {
            let at = from + found;
            from = at + stem.len();
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            if !before.is_some_and(|byte| b"/\"'=( \t\r\n".contains(byte)) {
                continue;
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let rest = rest.get(..LONGEST_NAME).unwrap_or(rest);
            named |= self.named_at(rest);
        }
        named
    }

    /// What a name that begins with the stem names.
    fn named_at(&self, rest: &[u8]) -> u64 {
        let end = rest
            .iter()
            .position(|byte| b"\"'<>#\r\n\t ".contains(byte))
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or_default();
        let name = String::from_utf8_lossy(name).replace("&amp;", "&");
        if name == self.stem {
            let ending = self.ending.trim_start_matches('.').as_bytes();
            let near = behind.get(..12).unwrap_or(behind);
            let composed = !ending.is_empty() && find(near, ending).is_some();
            return if composed { u64::MAX } else { 0 };
        }
        if name.strip_prefix(self.stem.as_str()) == Some(self.ending.as_str()) {
            return 1;
        }
        let parsed = match name.split_once('?') {
            Some((file, query)) => queried(file, query),
            None => numbered(&name),
        };
        match parsed {
            Some((stem, ending, number)) if stem == self.stem && ending == self.ending => {
                1 << number
            }
            _ => 0,
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    while let Some(found) = bytes.get(from..)?.iter().position(|byte| byte == first) {
        let at = from + found;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// FNV-1a.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u64 {
    let bytes = parts.into_iter().flatten();
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The pages of a series that may follow one another from the first, by the numbers that are there (as
/// bits): `base, 1, 2`; `base, 2, 3`; `1, 2, 3`. Empty where there are not two.
pub(crate) fn chain(numbers: u64) -> Vec<u32> {
    let there = |number: u32| numbers >> number & 1 == 1;
    let Some(first) = (0..2).find(|number| there(*number)) else {
        return Vec::new();
    };
    let mut next = first + 1;
    if first == 0 && !there(1) {
        next = 2;
    }
    let mut chain = vec![first];
    chain.extend((next..=MOST_PAGES).take_while(|number| there(*number)));
    if chain.len() < 2 {
        chain.clear();
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered_name(path: &str) -> Option<(String, u32)> {
        let name = page_names(&Input::named(path)).into_iter().nth(1)?;
        Some((name.stem, name.number))
    }

    #[test]
    fn pages_of_one_text_are_told_by_their_names() {
        for (path, name) in [
            ("a/t20120101_123456.html", None),
            ("a/t20120101_123456_1.html", Some(("t20120101_123456", 1))),
            ("a/content_8_2.htm", Some(("content_8", 2))),
            ("a/content_8.htm", Some(("content", 8))),
            ("a/nb-2.txt", Some(("nb", 2))),
            ("a/nb(3).html", Some(("nb", 3))),
            ("a/nb（第3页）.html", Some(("nb", 3))),
            ("a/nb_part2.txt", Some(("nb", 2))),
            ("a/nb第2页.txt", Some(("nb", 2))),
            ("a/map1.html", None),
            ("a/report_2012.html", None),
            ("a/art_99.html", None),
        ] {
            let name = name.map(|(stem, number)| (stem.to_owned(), number));
            assert_eq!(numbered_name(path), name, "{path}");
        }
        let uri = |uri: &str| {
            let input = Input {
                uri: Some(uri.into()),
                ..Input::named("a.warc!/7")
            };
            page_names(&input).remove(0)
        };
        let (first, second) = (
            uri("http://a.cn/show?id=3"),
            uri("http://a.cn/show?page=2&id=3#top"),
        );
        assert_eq!(first.series(), second.series());
        assert_eq!((first.number, second.number), (0, 2));
    }

    #[test]
    fn a_page_names_the_others() {
        let name = page_names(&Input::named("a/t1_77.html")).remove(0);
        let page = br#"<a href="./t1_77_1.html">2</a><a href='t1_77_2.html'>3</a> xt1_77_3.html"#;
        assert_eq!(name.named_in(page), 0b110);
        let script = br#"createPageHTML(3, 0, "t1_77", "html");"#;
        assert_eq!(name.named_in(script), u64::MAX);
        let name = page_names(&Input::named("a/t1_77_1.html")).remove(1);
        assert_eq!(name.named_in(br#"<a href="t1_77.html">1</a>"#), 1);
    }

    #[test]
    fn a_chain_begins_with_the_first_page_and_has_no_gap() {
        assert_eq!(chain(0b111), [0, 1, 2]);
        assert_eq!(chain(0b1101), [0, 2, 3]);
        assert_eq!(chain(0b110), [1, 2]);
        assert_eq!(chain(0b11011), [0, 1]);
        assert!(chain(0b1100).is_empty());
        assert!(chain(0b1).is_empty());
    }
}
