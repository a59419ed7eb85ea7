//! The top-level numbering along a document: where it begins again, where it goes on.

use codebook::SectionLexicon;

use super::evidence::AFTER_ANNEX;
use crate::line::Line;
use crate::outline::enumerator::{Style, enumerator};

const RESTART: f32 = 3.5;
const SHALLOW_RESTART: f32 = 1.5;
const NUMBERING_GOES_ON: f32 = -6.0;
const BACKWARDS: f32 = 1.5;

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
        let mut following: Vec<Option<(Style, u32)>> = vec![None; lines.len()];
        let mut next = None;
        for (line, slot) in lines.iter().zip(following.iter_mut()).rev() {
            if let Some((style, ordinal, _)) = top_number(line) {
                next = Some((style, ordinal));
            }
            *slot = next;
        }
        // The last number of each outer style.
        let mut last: Vec<(Style, u32)> = Vec::new();
        let mut in_annex = false;
        for (line, following) in lines.iter().zip(&following) {
            let here = top_number(line);
            let mut sum = 0.0;
            if let Some((style, ordinal)) = following {
                let before = last
                    .iter()
                    .find(|(known, _)| known == style)
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
                    Some(before) if *ordinal <= before && here.is_some() => sum = BACKWARDS,
                    _ => {}
                }
                if in_annex && here.is_some() && before.is_some_and(|before| *ordinal <= before) {
                    sum += AFTER_ANNEX;
                }
            }
            evidence.push(sum);
            annex.push(in_annex);
            if let Some((style, ordinal, length)) = here {
                match last.iter_mut().find(|(known, _)| *known == style) {
                    Some((_, last)) => *last = ordinal,
                    None => last.push((style, ordinal)),
                }
                let heading = line.text.get(length..).unwrap_or_default();
                in_annex = closes(heading, lexicon);
            } else if !line.is_table && closes(line.text, lexicon) {
                in_annex = true;
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
    let number = enumerator(line.text)?;
    number
        .style
        .is_outer()
        .then_some((number.style, number.ordinal, number.length))
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
