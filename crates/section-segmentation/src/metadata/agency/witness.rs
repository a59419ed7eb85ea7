//! Where a report's agency is named, and whether two names are one body.

use codebook::Codebook;
use model::{Basis, HintKind};

use super::name;
use crate::formulas::FORMULAS;
use crate::metadata::Sources;
use crate::metadata::confidence::weight;
use crate::metadata::contact;
use crate::metadata::patterns::PATTERNS;

/// What it weighs that a body is the one to ask at.
const ASKED: f64 = 0.3;

/// A name, where it stands, and what that weighs.
#[derive(Debug, Clone)]
pub(super) struct Witness {
    pub(super) name: String,
    pub(super) basis: Basis,
    pub(super) weight: f64,
}

/// All names, in the order of what they weigh.
pub(super) fn all(sources: &Sources<'_>) -> Vec<Witness> {
    let lexicon = &sources.codebook.agencies;
    let mut found: Vec<Witness> = Vec::new();
    let mut add = |name: Option<String>, basis: Basis| {
        let Some(name) = name else { return };
        if !found
            .iter()
            .any(|known| known.name == name && known.basis == basis)
        {
            found.push(Witness {
                name,
                basis,
                weight: weight(basis),
            });
        }
    };
    if let Some(title) = sources.title {
        add(name::of_title(title, sources.codebook), Basis::Title);
    }
    let opening: Vec<&str> = sources.opening().collect();
    for pattern in &sources.codebook.reports.opening.author {
        for text in &opening {
            for found in pattern.captures_iter(text) {
                let name = found
                    .get(1)
                    .and_then(|text| name::at_end(text.as_str(), sources.codebook));
                add(name, Basis::Introduction);
            }
        }
    }
    for text in sources.signature() {
        let name = without_date(text);
        add(lexicon.is_name(&name).then_some(name), Basis::Signature);
    }
    if sources.alone {
        for hint in sources.hints(HintKind::Publisher) {
            add(publisher(hint, sources.codebook), Basis::Metadata);
        }
        if sources.title.is_none() {
            for hint in sources.hints(HintKind::Title) {
                add(name::of_title(hint, sources.codebook), Basis::Metadata);
            }
        }
        for line in sources.lines {
            let stated = FORMULAS.publisher_line.captures(line.text);
            let stated = stated.and_then(|found| found.get(1));
            let name = stated.and_then(|name| publisher(name.as_str(), sources.codebook));
            add(name, Basis::Metadata);
        }
    }
    if found.is_empty() {
        found.extend(subject(sources).or_else(|| asked(sources)));
    }
    found
}

/// The agency that the first sentences speak of, where nothing else names it: one with its place, a
/// town, or a department of the place. A government can be spoken of in anybody's report.
fn subject(sources: &Sources<'_>) -> Option<Witness> {
    let lexicon = &sources.codebook.agencies;
    let told = |name: &String| {
        lexicon.is_name(name)
            && (name::has_place(name, sources.codebook)
                || lexicon.town_end(name).is_some()
                || (name.starts_with(name::LEVELS)
                    && lexicon.body(name) == Some(codebook::BodyKind::Department)))
    };
    let found = sources.opening().find_map(|text| {
        let mut found = PATTERNS
            .agency
            .subject
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text));
        found.find_map(|found| Some(found.get(1)?.as_str().to_owned()).filter(told))
    })?;
    Some(Witness {
        name: found,
        basis: Basis::Text,
        weight: weight(Basis::Text),
    })
}

/// The body to ask at, where nothing else names the agency and the report calls itself by the same word
/// (`我局`, `请与甲县审计局联系`). A town sends its readers to the county: then the words differ.
fn asked(sources: &Sources<'_>) -> Option<Witness> {
    let office = contact(sources)?.office?;
    let body = office.strip_suffix("办公室").unwrap_or(&office);
    let own = sources.own_word()?;
    let same = body.ends_with(own) && own != "市" && own != "县" && own != "区" && own != "省";
    (same && sources.codebook.agencies.is_name(body)).then(|| Witness {
        name: body.to_owned(),
        basis: Basis::Text,
        weight: ASKED,
    })
}

/// The name that a page gives as its publisher. `县财政局(县国资委、县金融监管局)` is the first of them.
fn publisher(text: &str, codebook: &Codebook) -> Option<String> {
    let text = text.trim();
    let first = text.split(['(', '（', '、', ' ']).next().unwrap_or(text);
    codebook.agencies.is_name(first).then(|| first.to_owned())
}

fn without_date(text: &str) -> String {
    let end = text
        .find(|c: char| c.is_ascii_digit() || matches!(c, '二' | '〇' | ' '))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim().to_owned()
}

/// Whether two names are one body: one is the end of the other, without the word for its level, or its
/// abbreviation (`区文旅局`, `鼓楼区文化和旅游局`).
pub(super) fn agree(a: &str, b: &str, codebook: &Codebook) -> bool {
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let (long_place, long_rest) = name::split_place(longer, codebook);
    let (short_place, short_rest) = name::split_place(shorter, codebook);
    let places = long_place.ends_with(short_place)
        || short_place.ends_with(long_place)
        || long_place.starts_with(short_place);
    let long_core = long_rest.trim_start_matches(name::LEVELS);
    let short_core = short_rest.trim_start_matches(name::LEVELS);
    if !places || short_core.chars().count() < 2 {
        return longer == shorter;
    }
    let level = short_rest
        .chars()
        .next()
        .filter(|_| short_core.len() < short_rest.len());
    let fits = long_place.is_empty()
        || level.is_none_or(|level| long_place.ends_with(level) || long_rest.contains(level));
    fits && (long_core == short_core
        || long_core.ends_with(short_core)
        || abbreviates(long_core, short_core))
}

/// Whether a name is another's abbreviation: it begins and ends alike, and its characters stand in the
/// longer one in the same order.
fn abbreviates(long: &str, short: &str) -> bool {
    const LEAST: usize = 3;
    let count = short.chars().count();
    let short_end = short.strip_suffix('办').map(|rest| (rest, "办公"));
    let ends = match short_end {
        Some((_, office)) => long.contains(office) || long.ends_with('办'),
        None => long.chars().next_back() == short.chars().next_back(),
    };
    if count < LEAST || !ends {
        return false;
    }
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}
