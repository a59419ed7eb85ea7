//! The top-level numbering along a document: where it begins again, where it goes on.

use std::collections::BTreeSet;

use codebook::SectionLexicon;

use super::evidence::AFTER_ANNEX;
use crate::line::Line;
use crate::outline::enumerator::{Style, enumerator};
use crate::title;

const RESTART: f32 = 3.5;
const SHALLOW_RESTART: f32 = 1.5;
const NUMBERING_GOES_ON: f32 = -6.0;
const BACKWARDS: f32 = 1.5;
/// The same behind a section that reports end with.
const LATE_BACKWARDS: f32 = 3.0;
/// A section comes a second time, under the same kind of number.
const SECTION_AGAIN: f32 = 2.0;
const LATE: f32 = 1.0;
/// What reports end with.
const LAST_SECTIONS: [&str; 4] = ["problems", "other_matters", "notes_annex", "other_work"];

/// The top-level numbering along the document.
pub(super) struct Numbering {
    /// Per line: evidence that a new numbering begins, or that the old one goes on.
    evidence: Vec<f32>,
    /// Per line: the last top-level heading closes reports (附表).
    annex: Vec<bool>,
}

impl Numbering {
    pub(super) fn of(lines: &[Line<'_>], lexicon: &SectionLexicon) -> Self {
        let mut evidence = Vec::with_capacity(lines.len());
        let mut annex = Vec::with_capacity(lines.len());
        // For each line the next top-level number at or after it.
        let mut following: Vec<Option<(u8, u32)>> = vec![None; lines.len()];
        let mut next = None;
        for (line, slot) in lines.iter().zip(following.iter_mut()).rev() {
            if let Some((style, ordinal, _)) = top_number(line) {
                next = Some((style.rank(), ordinal));
            }
            *slot = next;
        }
        // The last number of each outer rank.
        let mut last: Vec<(u8, u32)> = Vec::new();
        // Sections named since the last sure beginning, each with the rank of its number.
        let mut named: BTreeSet<(u8, String)> = BTreeSet::new();
        let (mut in_annex, mut late) = (false, false);
        for (line, following) in lines.iter().zip(&following) {
            if title::is_title(line) {
                last.clear();
                named.clear();
                (in_annex, late) = (false, false);
            }
            let here = top_number(line);
            let section = section(line, lexicon);
            let mut sum = 0.0;
            if let Some((rank, ordinal)) = following {
                let before = last
                    .iter()
                    .find(|(known, _)| known == rank)
                    .map(|(_, last)| *last);
                match before {
                    Some(before) if *ordinal == before + 1 => sum = NUMBERING_GOES_ON,
                    Some(before) if *ordinal == 1 && here.is_some() => {
                        sum = if before >= 3 || in_annex {
                            RESTART
                        } else {
                            SHALLOW_RESTART
                        };
                    }
                    Some(before) if *ordinal <= before && here.is_some() => {
                        sum = if late { LATE_BACKWARDS } else { BACKWARDS };
                    }
                    _ => {}
                }
                if in_annex && here.is_some() && before.is_some_and(|before| *ordinal <= before) {
                    sum += AFTER_ANNEX;
                }
            }
            let again = section.as_ref().is_some_and(|known| named.contains(known));
            if again && sum >= 0.0 {
                sum += SECTION_AGAIN + if late { LATE } else { 0.0 };
            }
            evidence.push(sum);
            annex.push(in_annex);
            if sum > RESTART || (again && sum > 0.0) {
                named.clear();
            }
            if let Some((style, ordinal, length)) = here {
                let rank = style.rank();
                match last.iter_mut().find(|(known, _)| *known == rank) {
                    Some((_, last)) => *last = ordinal,
                    None => last.push((rank, ordinal)),
                }
                let heading = line.text.get(length..).unwrap_or_default();
                in_annex = closes(heading, lexicon);
                late = false;
            } else if !line.is_table && closes(line.text, lexicon) {
                in_annex = true;
            }
            if let Some(section) = section {
                late |= LAST_SECTIONS.contains(&section.1.as_str());
                named.insert(section);
            }
        }
        Self { evidence, annex }
    }

    pub(super) fn evidence(&self, line: usize) -> f32 {
        self.evidence.get(line).copied().unwrap_or_default()
    }

    pub(super) fn in_annex(&self, line: usize) -> bool {
        self.annex.get(line).copied().unwrap_or_default()
    }
}

/// The top-level number that a line begins with: its style, ordinal and length.
pub(super) fn top_number(line: &Line<'_>) -> Option<(Style, u32, usize)> {
    let number = enumerator(line.text).filter(|_| !line.is_row)?;
    number
        .style
        .is_outer()
        .then_some((number.style, number.ordinal, number.length))
}

/// The canonical section that a numbered line names, and the rank of its number.
fn section(line: &Line<'_>, lexicon: &SectionLexicon) -> Option<(u8, String)> {
    let number = enumerator(line.text).filter(|_| !line.is_row)?;
    let heading = line.text.get(number.length..)?;
    let short = heading.chars().count() < 45 && lexicon.knows(heading);
    let known = if short {
        lexicon.meanings(heading)
    } else {
        return None;
    };
    let of_rank = number.style.rank() <= Style::Arabic.rank();
    known
        .first()
        .filter(|_| of_rank)
        .map(|section| (number.style.rank(), section.id.clone()))
}

/// Whether a heading is one of those that reports end with.
fn closes(heading: &str, lexicon: &SectionLexicon) -> bool {
    heading.chars().count() < 30
        && lexicon.knows(heading)
        && lexicon
            .meanings(heading)
            .iter()
            .any(|section| section.closes_report)
}
