//! Who reports.

use codebook::Codebook;
use model::{Agency, Basis, Division, HintKind};

use super::Sources;
use crate::formulas::FORMULAS;

/// A name and what it rests on.
struct Candidate {
    name: String,
    basis: Basis,
}

/// The agency: named by the title, the opening, the signature or the page; in the fullest form on
/// which the source agrees. Never composed of what the source does not say.
pub(crate) fn agency(sources: &Sources<'_>) -> Agency {
    let candidates = candidates(sources);
    let divisions = &sources.codebook.divisions;
    let Some(first) = candidates.first() else {
        return of_self_reference(sources).unwrap_or_else(|| hidden(sources));
    };
    let fuller = candidates
        .iter()
        .find(|other| other.name.len() > first.name.len() && agrees(&other.name, &first.name))
        .unwrap_or(first);
    let mut name = fuller.name.clone();
    let mut basis = fuller.basis;
    if divisions.at_start_of(&name).is_none()
        && let Some((longer, longer_basis)) = with_division(sources, &name)
    {
        name = longer;
        basis = longer_basis;
    }
    let bare = divisions
        .at_start_of(&name)
        .is_some_and(|named| named.text() == name && named.is_full());
    let name = if bare {
        format!("{name}人民政府")
    } else {
        name
    };
    Agency {
        region: region(&name, sources),
        as_written: Some(first.name.clone()),
        name: Some(name),
        basis: Some(basis),
    }
}

/// Names in the order of what they weigh.
fn candidates(sources: &Sources<'_>) -> Vec<Candidate> {
    let lexicon = &sources.codebook.agencies;
    let mut found = Vec::new();
    let mut add = |name: Option<String>, basis: Basis| {
        if let Some(name) = name {
            found.push(Candidate { name, basis });
        }
    };
    if let Some(title) = sources.title {
        add(of_title(title, sources.codebook), Basis::Title);
    }
    let opening: Vec<&str> = sources.opening().collect();
    for pattern in &FORMULAS.author {
        for text in &opening {
            for found in pattern.captures_iter(text) {
                let name = found
                    .get(1)
                    .and_then(|text| name_at_end(text.as_str(), sources.codebook));
                add(name, Basis::Introduction);
            }
        }
    }
    for text in sources.signature() {
        let name = without_date(text);
        add(lexicon.is_name(&name).then_some(name), Basis::Signature);
    }
    if sources.alone {
        let hints = sources
            .document
            .hints
            .iter()
            .filter(|hint| hint.kind == HintKind::Publisher);
        for hint in hints {
            let name = hint.text.trim().to_owned();
            add(lexicon.is_name(&name).then_some(name), Basis::Metadata);
        }
        for line in sources.lines {
            let name = FORMULAS
                .publisher_line
                .captures(line.text)
                .and_then(|found| found.get(1));
            let name = name
                .map(|name| name.as_str().to_owned())
                .filter(|name| lexicon.is_name(name));
            add(name, Basis::Metadata);
        }
    }
    found
}

/// The name in a title: what is left without year, subject and kind of report.
pub(super) fn of_title(title: &str, codebook: &Codebook) -> Option<String> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut rest = without_year(&title);
    let ends = [
        "政府信息公开",
        "政务公开",
        "信息公开",
        "政府信息和政务公开",
        "部门信息公开",
        "年度",
        "关于",
        "依法",
        "门户网站",
    ];
    let end = ends.iter().filter_map(|end| rest.find(end)).min();
    rest = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    let year = rest.find(|c: char| c.is_ascii_digit() || c == '〇' || c == '○');
    rest = year
        .filter(|at| *at > 0)
        .and_then(|at| rest.get(..at))
        .unwrap_or(rest);
    let rest = rest
        .trim_end_matches(['的', '(', '、', '和', '及'])
        .trim_start_matches('的');
    let rest = rest
        .strip_suffix("二")
        .filter(|rest| rest.ends_with('局'))
        .unwrap_or(rest);
    codebook.agencies.is_name(rest).then(|| rest.to_owned())
}

/// A text without the year that it begins with.
fn without_year(text: &str) -> &str {
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && !"〇○零一二三四五六七八九".contains(c))
        .unwrap_or(0);
    let is_year = text
        .get(..digits)
        .is_some_and(|year| year.chars().count() == 4);
    let rest = text.get(digits..).and_then(|rest| rest.strip_prefix('年'));
    match rest.filter(|_| is_year) {
        Some(rest) => rest.strip_prefix('度').unwrap_or(rest),
        None => text,
    }
}

fn without_date(text: &str) -> String {
    let end = text
        .find(|c: char| c.is_ascii_digit() || matches!(c, '二' | '〇' | ' '))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim().to_owned()
}

/// The longest name that a text ends in, beginning at a division where there is one.
fn name_at_end(text: &str, codebook: &Codebook) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = without_year(&text);
    let whole = codebook.agencies.is_name(text).then_some(text);
    whole
        .or_else(|| {
            text.char_indices()
                .filter_map(|(start, _)| text.get(start..))
                .find(|rest| {
                    codebook.divisions.at_start_of(rest).is_some()
                        && codebook.agencies.is_name(rest)
                })
        })
        .map(str::to_owned)
}

/// Whether two names are one body: one is the end of the other, without the word for its level.
fn agrees(longer: &str, shorter: &str) -> bool {
    longer.ends_with(shorter)
        || longer.ends_with(shorter.trim_start_matches(['省', '市', '县', '区']))
}

/// The name with the division that the text puts before it.
fn with_division(sources: &Sources<'_>, name: &str) -> Option<(String, Basis)> {
    let divisions = &sources.codebook.divisions;
    let core = name.trim_start_matches(['省', '市', '县', '区']);
    if core.chars().count() < 2 {
        return None;
    }
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
                // A chain of divisions up to the name: 广州市番禺区.
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

/// A report that says only `我市`: the one city whose government its text speaks of.
fn of_self_reference(sources: &Sources<'_>) -> Option<Agency> {
    let divisions = &sources.codebook.divisions;
    let selves = sources
        .texts()
        .filter_map(|text| FORMULAS.self_reference.captures(text)?.get(1));
    let own = selves.map(|found| found.as_str()).next()?;
    if !matches!(own, "省" | "市" | "区" | "县" | "州" | "旗") {
        return None;
    }
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
    sure.then(|| Agency {
        region: region(&full, sources),
        name: Some(full),
        as_written: Some(format!("我{own}")),
        basis: Some(Basis::Text),
    })
}

/// No name: what stands in its place.
fn hidden(sources: &Sources<'_>) -> Agency {
    let mut texts = sources.title.into_iter().chain(sources.texts());
    let as_written = texts.find_map(|text| {
        let hidden = text.find('某').and_then(|at| text.get(at..));
        let hidden = hidden.map(|rest| rest.chars().take(2).collect::<String>());
        hidden.or_else(|| Some(FORMULAS.self_reference.find(text)?.as_str().to_owned()))
    });
    Agency {
        name: None,
        as_written,
        region: Division::default(),
        basis: None,
    }
}

/// The region that a name stands for, with those above it; of divisions that share a name the
/// one whose province or city the source names too.
fn region(name: &str, sources: &Sources<'_>) -> Division {
    let divisions = &sources.codebook.divisions;
    let mut chain: Vec<codebook::Named<'_>> = Vec::new();
    let mut rest = name;
    while let Some(named) = divisions.at_start_of(rest).filter(|_| chain.len() < 3) {
        // A short name counts only before the full name of a division: 广东广州市, but no 桂林 in 桂林路.
        let after = name_after(rest, named);
        let leads = divisions
            .at_start_of(after)
            .is_some_and(|next| next.is_full());
        if !named.is_full() && !leads {
            break;
        }
        chain.push(named);
        rest = after;
    }
    let Some(last) = chain.last() else {
        return Division::default();
    };
    let others: Vec<&str> = chain
        .iter()
        .take(chain.len() - 1)
        .map(codebook::Named::text)
        .collect();
    // Divisions that were gone before the year covered are out, where others remain.
    let stood = |entry: &&codebook::DivisionEntry| {
        let ended = entry
            .last_year
            .zip(sources.year)
            .is_some_and(|(last, year)| last < year);
        !ended
    };
    let standing = last.entries().filter(stood).count() > 0;
    let mut regions: Vec<_> = last
        .entries()
        .filter(|entry| !standing || stood(entry))
        .map(|entry| divisions.region(entry))
        .collect();
    let speaks_of = |region: &codebook::Region<'_>, text: &str| {
        [region.province, region.city]
            .into_iter()
            .flatten()
            .any(|above| text.contains(above))
    };
    if !others.is_empty() {
        let fitting: Vec<_> = regions
            .iter()
            .filter(|region| {
                let above = [region.province, region.city];
                others
                    .iter()
                    .all(|other| above.iter().flatten().any(|above| above.starts_with(other)))
            })
            .cloned()
            .collect();
        if !fitting.is_empty() {
            regions = fitting;
        }
    }
    let distinct = |regions: &[codebook::Region<'_>]| {
        let same = |a: &codebook::Region<'_>, b: &codebook::Region<'_>| {
            (a.province, a.city, a.county) == (b.province, b.city, b.county)
        };
        regions
            .first()
            .is_some_and(|first| regions.iter().any(|region| !same(region, first)))
    };
    if distinct(&regions) {
        let spoken: Vec<_> = regions
            .iter()
            .filter(|region| {
                sources.texts().any(|text| speaks_of(region, text))
                    || sources
                        .document
                        .hints
                        .iter()
                        .any(|hint| speaks_of(region, &hint.text))
            })
            .cloned()
            .collect();
        if spoken.is_empty() || distinct(&spoken) {
            return Division::default();
        }
        regions = spoken;
    }
    // Of several codes of one place (a county that became a district keeps its name) the latest.
    regions
        .last()
        .map_or_else(Division::default, |region| Division {
            province: region.province.map(str::to_owned),
            city: region.city.map(str::to_owned),
            county: region.county.map(str::to_owned),
            code: Some(format!("{:06}", region.code)),
        })
}

/// What stands behind the name of a division.
fn name_after<'a>(text: &'a str, named: codebook::Named<'_>) -> &'a str {
    text.get(named.text().len()..).unwrap_or_default()
}
