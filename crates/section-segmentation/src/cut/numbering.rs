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
/// A numbering of another kind behind a section that reports end with.
const NEW_SERIES_LATE: f32 = 3.0;
/// A number that is not the first of its kind, and none stood before.
const FROM_NOWHERE: f32 = 2.2;
/// The first number stands before a section that reports begin with.
const OPENING_SECTION: f32 = 1.5;
/// What reports begin with.
const FIRST_SECTIONS: [&str; 2] = ["overview", "overall"];

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
        let mut last = Series::default();
        // Sections named since the last sure beginning, each with the rank of its number.
        let mut named: BTreeSet<(u8, String)> = BTreeSet::new();
        let (mut in_annex, mut late) = (false, false);
        // Sections numbered since then.
        let mut tops = 0;
        for (index, (line, following)) in lines.iter().zip(&following).enumerate() {
            if title::is_title(line) {
                last = Series::default();
                named.clear();
                (in_annex, late) = (false, false);
                tops = 0;
            }
            let here = top_number(line);
            let section = section(line, lexicon);
            let mut sum = 0.0;
            if let Some((rank, ordinal)) = following {
                let before = last.of(*rank).map(|run| run.ordinal);
                let nested = here.is_some() && last.is_nested(*rank);
                match before {
                    Some(_) if nested => {}
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
                    None if here.is_some() && !nested => {
                        if late && tops > 1 {
                            sum += NEW_SERIES_LATE;
                        }
                        if *ordinal > 1 && !last.runs.is_empty() {
                            sum += FROM_NOWHERE;
                        }
                    }
                    _ => {}
                }
                if in_annex && here.is_some() && before.is_some_and(|before| *ordinal <= before) {
                    sum += AFTER_ANNEX;
                }
            }
            let opens = section
                .as_ref()
                .is_some_and(|(_, id)| FIRST_SECTIONS.contains(&id.as_str()));
            let first = enumerator(line.text).is_some_and(|number| number.ordinal == 1);
            if opens && first && tops > 1 && sum >= 0.0 {
                if here.is_none() && late {
                    sum += NEW_SERIES_LATE;
                }
                if sum >= NEW_SERIES_LATE {
                    sum += OPENING_SECTION;
                }
            }
            let nested = here.is_some_and(|(style, _, _)| last.is_nested(style.rank()));
            let again = !nested && section.as_ref().is_some_and(|known| named.contains(known));
            if again && sum >= 0.0 {
                sum += SECTION_AGAIN + if late { LATE } else { 0.0 };
            }
            evidence.push(sum);
            annex.push(in_annex);
            if sum > RESTART || (again && sum > 0.0) {
                named.clear();
                tops = 0;
            }
            let plain = !line.is_table && line.text.len() < 150 && lexicon.knows(line.text);
            tops += usize::from(here.is_some() || section.is_some() || plain);
            if let Some(number) = enumerator(line.text).filter(|_| !line.is_row && !line.is_table) {
                last.take(number.style.rank(), number.ordinal, index);
            }
            if let Some((_, _, length)) = here {
                let heading = line.text.get(length..).unwrap_or_default();
                in_annex = closes(heading, lexicon);
                late = false;
            } else if !line.is_table && closes(line.text, lexicon) {
                in_annex = true;
            }
            if let Some(section) = section {
                late |= lexicon.is_last(&section.1);
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

/// The numberings that run at a line, by rank.
#[derive(Debug, Default)]
struct Series {
    runs: Vec<(u8, Run)>,
}

/// One numbering: its last number, and the lines where it began, where that number stands, and the
/// one before it.
#[derive(Debug, Clone, Copy)]
struct Run {
    ordinal: u32,
    began: usize,
    at: usize,
    before: Option<usize>,
}

impl Series {
    fn of(&self, rank: u8) -> Option<&Run> {
        let known = self.runs.iter().find(|(known, _)| *known == rank);
        known.map(|(_, run)| run)
    }

    fn take(&mut self, rank: u8, ordinal: u32, at: usize) {
        let mut run = Run {
            ordinal,
            began: at,
            at,
            before: None,
        };
        match self.runs.iter_mut().find(|(known, _)| *known == rank) {
            Some((_, known)) => {
                if ordinal > known.ordinal {
                    run.began = known.began;
                    run.before = (ordinal == known.ordinal + 1).then_some(known.at);
                }
                *known = run;
            }
            None => self.runs.push((rank, run)),
        }
    }

    /// Whether a numbering of this rank may begin again because it stands inside another: that one has
    /// gone on since, from a number that stood before this one began.
    fn is_nested(&self, rank: u8) -> bool {
        let Some(this) = self.of(rank) else {
            return false;
        };
        self.runs.iter().any(|(other, run)| {
            *other != rank
                && run.at > this.at
                && run.before.is_some_and(|before| before < this.began)
        })
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
pub(super) fn section(line: &Line<'_>, lexicon: &SectionLexicon) -> Option<(u8, String)> {
    let number = enumerator(line.text).filter(|_| !line.is_row)?;
    let heading = line.text.get(number.length..)?;
    // A heading may run into its text.
    let end = if heading.chars().count() < 45 && lexicon.knows(heading) {
        heading.len()
    } else {
        lexicon.wording_at_start_of(heading)?
    };
    let known = lexicon.meanings(heading.get(..end)?);
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
