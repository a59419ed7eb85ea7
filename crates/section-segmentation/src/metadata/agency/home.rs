//! Where a report comes from, where the agency's own name does not say: the name with its place from
//! elsewhere in the text, the site's name, the address to ask at, the host of the page.

use codebook::{DivisionEntry, DivisionLevel};
use model::{Basis, Division, HintKind};

use super::name::LEVELS;
use super::region::{choose, division};
use crate::metadata::Sources;
use crate::metadata::contact;

/// The name with the division that the source puts before it; or with the place of the site or of the
/// contact address, where its level is the one that the name asks for. The host alone names nobody.
pub(super) fn with_place(sources: &Sources<'_>, name: &str) -> Option<(String, Basis)> {
    let core = name.trim_start_matches(LEVELS);
    if core.chars().count() < 2 {
        return None;
    }
    written_out(sources, name, core).or_else(|| {
        let (place, basis, _) = place(sources, Some(name))?;
        Some((format!("{place}{core}"), basis))
    })
}

/// A longer form of the name that stands elsewhere: a chain of divisions up to it, 广州市番禺区.
fn written_out(sources: &Sources<'_>, name: &str, core: &str) -> Option<(String, Basis)> {
    let divisions = &sources.codebook.divisions;
    let level = name.chars().next().filter(|_| core.len() < name.len());
    let fits = |named: &str| level.is_none_or(|level| named.ends_with(level));
    let hints = sources.document.hints.iter().filter(|_| sources.alone);
    let hinted = hints
        .filter(|hint| {
            matches!(
                hint.kind,
                HintKind::Title | HintKind::Site | HintKind::Publisher
            )
        })
        .map(|hint| (hint.text.as_str(), Basis::Metadata));
    let texts = sources.texts().map(|text| (text, Basis::Text));
    for (text, basis) in hinted.chain(texts) {
        for (start, _) in text.match_indices(core) {
            let before = text.get(..start).unwrap_or_default();
            let near: Vec<usize> = before
                .char_indices()
                .rev()
                .take(14)
                .map(|(at, _)| at)
                .collect();
            let longest = near.iter().rev().find_map(|at| {
                let rest = before.get(*at..)?;
                let mut end = 0;
                while let Some(named) = rest.get(end..).and_then(|rest| divisions.at_start_of(rest))
                {
                    end += named.text().len();
                }
                (end == rest.len() && end > 0 && fits(rest)).then(|| rest.to_owned())
            });
            if let Some(division) = longest {
                return Some((format!("{division}{core}"), basis));
            }
        }
    }
    None
}

/// What a name without a place asks of one.
struct Wanted {
    /// The place ends so: `市财政局` is one of a 市.
    ending: Option<char>,
    /// It is a county or a district: the home of a town.
    county: bool,
}

impl Wanted {
    /// `None` where nothing is asked: then no place can be told to be right.
    fn by(name: Option<&str>, sources: &Sources<'_>) -> Option<Self> {
        let lexicon = &sources.codebook.agencies;
        let first = name.and_then(|name| name.chars().next());
        let ending = first.filter(|first| LEVELS.contains(first));
        let county = name.is_some_and(|name| lexicon.town_end(name).is_some());
        if ending.is_some() || county {
            return Some(Self { ending, county });
        }
        let ending = sources.own_level();
        ending.is_some().then_some(Self {
            ending,
            county: false,
        })
    }

    fn takes(&self, entry: &DivisionEntry) -> bool {
        let county = !self.county || entry.level() == DivisionLevel::County;
        county
            && self
                .ending
                .is_none_or(|ending| entry.name.ends_with(ending))
    }
}

/// The place of the site, or of the address to ask at, as it is written there.
fn place<'a>(
    sources: &Sources<'a>,
    name: Option<&str>,
) -> Option<(String, Basis, &'a DivisionEntry)> {
    let wanted = Wanted::by(name, sources)?;
    let divisions = &sources.codebook.divisions;
    let of_text = |text: &str| -> Option<(String, &'a DivisionEntry)> {
        let mut end = 0;
        let mut chain = Vec::new();
        while let Some(named) = text.get(end..).and_then(|rest| divisions.at_start_of(rest)) {
            if !named.is_full() {
                break;
            }
            end += named.text().len();
            chain.push(named);
        }
        let last = chain.last()?;
        let above: Vec<&str> = chain
            .iter()
            .rev()
            .skip(1)
            .map(codebook::Named::text)
            .collect();
        let entries = last.entries().filter(|entry| wanted.takes(entry)).collect();
        let found = choose(entries, &above, sources)?;
        Some((text.get(..end)?.to_owned(), found.entry))
    };
    if sources.alone {
        let sites = [
            HintKind::Site,
            HintKind::Publisher,
            HintKind::Title,
            HintKind::Column,
        ];
        let hints = sites.iter().flat_map(|kind| sources.hints(*kind));
        let parts = hints.flat_map(|text| text.split(['_', '|', '-', '–', '—', '>', '·', ' ']));
        let governs =
            |text: &&str| text.contains("政府") || text.contains("政务") || text.contains('网');
        if let Some((place, entry)) = parts.filter(governs).find_map(of_text) {
            return Some((place, Basis::Metadata, entry));
        }
    }
    let address = contact::address(sources);
    let found = address.and_then(|address| of_text(&address));
    let (place, entry) = found.or_else(|| governed(&wanted, sources))?;
    Some((place, Basis::Text, entry))
}

/// The one place of the level wanted whose government the opening speaks of: reports are made as the
/// government above asks (`根据甲县人民政府办公室的通知`).
fn governed<'a>(wanted: &Wanted, sources: &Sources<'a>) -> Option<(String, &'a DivisionEntry)> {
    let divisions = &sources.codebook.divisions;
    let mut found: Option<(&str, &DivisionEntry)> = None;
    for text in sources.opening() {
        for (start, named) in divisions.mentions(text) {
            let after = text.get(start + named.text().len()..).unwrap_or_default();
            if !after.starts_with("人民政府") {
                continue;
            }
            let mut entries = named.entries().filter(|entry| wanted.takes(entry));
            let Some(entry) = entries.next() else {
                continue;
            };
            // Two places, or a name that several bear, tell nothing.
            if entries.next().is_some() || found.is_some_and(|(name, _)| name != named.text()) {
                return None;
            }
            found = Some((named.text(), entry));
        }
    }
    found.map(|(name, entry)| (name.to_owned(), entry))
}

/// Where the report comes from: the place of the site or address, else the place whose name the host
/// spells, if it is the only one.
pub(super) fn region(sources: &Sources<'_>, name: Option<&str>) -> Option<Division> {
    let divisions = &sources.codebook.divisions;
    if name.is_some_and(|name| sources.codebook.agencies.is_national(name)) {
        return None;
    }
    if let Some((_, basis, entry)) = place(sources, name) {
        return Some(division(
            &divisions.region(entry, sources.year),
            Some(basis),
        ));
    }
    let wanted = Wanted::by(name, sources);
    let fitting: Vec<&DivisionEntry> = entries_of_uri(sources)
        .into_iter()
        .filter(|entry| {
            // A town's page can stand with its county or with the prefecture.
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.county || wanted.takes(entry))
        })
        .collect();
    let spelt = only_place(&fitting, sources)?;
    Some(division(
        &divisions.region(spelt, sources.year),
        Some(Basis::Uri),
    ))
}

/// The one place among divisions that stood when the report was written; of a city and a county of its
/// own that bears its name the city.
fn only_place<'a>(
    entries: &[&'a DivisionEntry],
    sources: &Sources<'_>,
) -> Option<&'a DivisionEntry> {
    let distance = |entry: &DivisionEntry| entry.distance(sources.year);
    let nearest = entries.iter().map(|entry| distance(entry)).min()?;
    let near = || {
        entries
            .iter()
            .copied()
            .filter(|entry| distance(entry) == nearest)
    };
    let first = near().min_by_key(|entry| entry.code)?;
    let one = near().count() == 1;
    let one_city = first.level() == DivisionLevel::City
        && near().all(|entry| entry.code / 100 == first.code / 100);
    (one || one_city).then_some(first)
}

/// Codes of the places whose name the host spells.
pub(super) fn codes_of_uri(sources: &Sources<'_>) -> Vec<u32> {
    entries_of_uri(sources)
        .into_iter()
        .map(|entry| entry.code)
        .collect()
}

/// The places whose name the host of a government's site spells: `www.huichang.gov.cn`. Other hosts
/// say nothing: mirrors take over any.
fn entries_of_uri<'a>(sources: &Sources<'a>) -> Vec<&'a DivisionEntry> {
    let divisions = &sources.codebook.divisions;
    let hint = sources
        .hints(HintKind::Uri)
        .find_map(crate::metadata::uri::place_label);
    let Some(label) = hint else {
        return Vec::new();
    };
    divisions.of_pinyin(&label).collect()
}
