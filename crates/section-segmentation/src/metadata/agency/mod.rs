//! Who reports.

mod home;
mod level;
mod name;
mod region;
mod witness;

use codebook::Codebook;
use model::{Agency, Basis, Division};

use super::{Sources, confidence::confidence};
use crate::formulas::FORMULAS;
use witness::{Witness, agree};

/// The agency: named by the title, the opening, the signature or the page, by what most of them agree
/// on, in the fullest form on which the source agrees. Never composed of what the source does not say.
pub(crate) fn agency(sources: &Sources<'_>) -> Agency {
    let witnesses = witness::all(sources);
    let Some((leader, group)) = leader(&witnesses, sources) else {
        return of_self_reference(sources).unwrap_or_else(|| hidden(sources));
    };
    let fuller = group
        .iter()
        .max_by_key(|other| {
            (
                other.name.chars().count(),
                other.weight.total_cmp(&leader.weight),
            )
        })
        .unwrap_or(&leader);
    let mut name = fuller.name.clone();
    let mut basis = fuller.basis;
    if !name::has_place(&name, sources.codebook)
        && let Some((longer, longer_basis)) = home::with_place(sources, &name)
    {
        name = longer;
        basis = longer_basis;
    }
    if is_place(&name, sources.codebook) {
        name.push_str("人民政府");
    }
    let region = region::of_name(&name, sources)
        .or_else(|| home::region(sources, Some(&name)))
        .unwrap_or_default();
    Agency {
        level: level::level(&name, &region, sources.codebook),
        body: level::body(&name, sources.codebook),
        confidence: confidence(
            group.iter().map(|witness| (witness.basis, witness.weight)),
            witnesses
                .iter()
                .filter(|witness| !group.iter().any(|of| of.name == witness.name))
                .map(|witness| (witness.basis, witness.weight)),
        ),
        region,
        as_written: Some(leader.name.clone()),
        name: Some(name),
        basis: Some(basis),
    }
}

/// Whether a name is that of a place alone: `晋安区`, `福州市晋安区`.
fn is_place(name: &str, codebook: &Codebook) -> bool {
    let mut rest = name;
    let mut full = false;
    while let Some(named) = codebook.divisions.at_start_of(rest) {
        full = named.is_full();
        rest = rest.get(named.text().len()..).unwrap_or_default();
    }
    full && rest.is_empty()
}

/// The witness on whom most agree, of equals the weightiest, and all who agree with it.
fn leader(witnesses: &[Witness], sources: &Sources<'_>) -> Option<(Witness, Vec<Witness>)> {
    let mut best: Option<(f64, &Witness, Vec<Witness>)> = None;
    for witness in witnesses {
        let group: Vec<Witness> = witnesses
            .iter()
            .filter(|other| {
                other.name == witness.name || agree(&witness.name, &other.name, sources.codebook)
            })
            .cloned()
            .collect();
        let mut places: Vec<(Basis, f64)> = Vec::new();
        for other in &group {
            match places.iter_mut().find(|(basis, _)| *basis == other.basis) {
                Some((_, weight)) => *weight = weight.max(other.weight),
                None => places.push((other.basis, other.weight)),
            }
        }
        let score: f64 = places.iter().map(|(_, weight)| weight).sum();
        // A hair more for those who come later does not count: what comes first is stronger.
        if best.as_ref().is_none_or(|(most, ..)| score > most + 1e-9) {
            best = Some((score, witness, group));
        }
    }
    best.map(|(_, witness, group)| (witness.clone(), group))
}

/// A report that says only `我市`: the one city whose government its text speaks of.
fn of_self_reference(sources: &Sources<'_>) -> Option<Agency> {
    let divisions = &sources.codebook.divisions;
    let own = sources.own_level()?;
    let mut counts: Vec<(&str, usize, bool)> = Vec::new();
    for text in sources.texts() {
        for (start, named) in divisions.mentions(text) {
            if !named.text().ends_with(own) {
                continue;
            }
            let after = text.get(start + named.text().len()..).unwrap_or_default();
            let governs = ["委、", "委,", "政府", "人民政府"]
                .iter()
                .any(|word| after.starts_with(word));
            match counts.iter_mut().find(|(known, ..)| *known == named.text()) {
                Some((_, count, known)) => {
                    *count += 1;
                    *known |= governs;
                }
                None => counts.push((named.text(), 1, governs)),
            }
        }
    }
    let all: usize = counts.iter().map(|(_, count, _)| count).sum();
    let (name, count, governs) = counts
        .into_iter()
        .max_by_key(|(_, count, governs)| (*governs, *count))?;
    let sure = governs && count >= 2 && count * 5 >= all * 3;
    let full = format!("{name}人民政府");
    let region = region::of_name(&full, sources).unwrap_or_default();
    sure.then(|| Agency {
        level: level::level(&full, &region, sources.codebook),
        body: level::body(&full, sources.codebook),
        region,
        name: Some(full),
        as_written: Some(format!("我{own}")),
        basis: Some(Basis::Text),
        confidence: confidence([(Basis::Text, 0.5)], []),
    })
}

/// No name: what stands in its place. Where it was not hidden on purpose the page can still say where
/// it lies.
fn hidden(sources: &Sources<'_>) -> Agency {
    let texts = || sources.title.into_iter().chain(sources.texts());
    let masked = texts().find_map(|text| {
        let hidden = text.find('某').and_then(|at| text.get(at..))?;
        Some(hidden.chars().take(2).collect::<String>())
    });
    let spoken =
        || texts().find_map(|text| Some(FORMULAS.self_reference.find(text)?.as_str().to_owned()));
    let is_hidden = masked.is_some()
        || sources
            .title
            .is_some_and(|title| sources.codebook.agencies.is_hidden(title));
    let region = (!is_hidden).then(|| home::region(sources, None)).flatten();
    Agency {
        as_written: masked.or_else(spoken),
        region: region.unwrap_or_else(Division::default),
        ..Agency::default()
    }
}
