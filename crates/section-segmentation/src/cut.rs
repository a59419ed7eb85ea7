//! Cutting a document into reports.
//!
//! Every line gets the evidence that a publication begins there: a title, an opening formula, a
//! top-level numbering that starts again, a change of self-reference, a break, text after the
//! closing annex; and the evidence against it: a numbering that goes on. A cut is made where the
//! sum outweighs the cost of a cut. Lines of one head (title, subtitle, opening) begin one report.

use codebook::SectionLexicon;

use crate::formulas::{FORMULAS, head};
use crate::line::Line;
use crate::outline::enumerator::{Style, enumerator};
use crate::title;

/// What a cut costs. The weights below were set so that any two strong signs outweigh it, or one
/// strong sign that stands where a report may begin.
const CUT: f32 = 4.0;
const TITLE: f32 = 5.0;
const STRONG_OPENING: f32 = 5.0;
const WEAK_OPENING: f32 = 2.2;
const RESTART: f32 = 3.5;
const SHALLOW_RESTART: f32 = 1.5;
const NUMBERING_GOES_ON: f32 = -6.0;
const OTHER_SELF: f32 = 1.5;
const AFTER_CLOSING: f32 = 1.2;
const AFTER_BROKEN_OFF: f32 = 2.0;
const BROKEN_OFF: f32 = 2.0;
const AFTER_ANNEX: f32 = 2.6;
const EXCHANGE: f32 = 2.5;
const BACKWARDS: f32 = 1.5;

/// Where publications begin: indices of lines, the first is 0.
pub(crate) fn cuts(lines: &[Line<'_>], lexicon: &SectionLexicon) -> Vec<usize> {
    let mut cuts = vec![0];
    let numbering = Numbering::of(lines, lexicon);
    let selves: Vec<Option<&str>> = lines.iter().map(|line| self_of(line.text)).collect();
    let mut in_head = true;
    // A report's first top-level number is its own, no sign of another report.
    let mut numbered = true;
    for (index, line) in lines.iter().enumerate() {
        if line.is_table || !line.in_body {
            continue;
        }
        if !in_head {
            let evidence = evidence(lines, index, &numbering, &selves, numbered);
            if evidence > CUT {
                cuts.push(index);
                in_head = true;
                numbered = !begins_report(line);
            }
        }
        numbered = (numbered && !(in_head && title::is_title(line))) || top_number(line).is_some();
        // The head ends with the first heading or the first whole sentence.
        if in_head
            && (ends_head(line.text)
                || enumerator(line.text).is_some_and(|n| n.style.is_upper()))
        {
            in_head = false;
        }
    }
    cuts
}

/// Whether a line says that a report begins: its first top-level number is still to come.
fn begins_report(line: &Line<'_>) -> bool {
    title::is_title(line)
        || FORMULAS.strong_opening.is_match(head(line.text, 200))
        || FORMULAS.weak_opening.is_match(head(line.text, 300))
}

fn ends_head(text: &str) -> bool {
    text.contains('。') || text.chars().count() > 50 || FORMULAS.broken_off.is_match(text)
}

fn evidence(
    lines: &[Line<'_>],
    index: usize,
    numbering: &Numbering,
    selves: &[Option<&str>],
    numbered: bool,
) -> f32 {
    let Some(line) = lines.get(index) else {
        return 0.0;
    };
    let text = line.text;
    let opening = head(text, 300);
    let before = lines.get(..index).unwrap_or_default().iter().rev();
    let previous = before
        .clone()
        .find(|line| line.in_body && (line.is_table || !line.text.is_empty()));
    let mut sum = 0.0;
    if title::is_title(line) {
        sum += TITLE;
    }
    if FORMULAS.strong_opening.is_match(head(text, 200))
        && text.chars().count() > 20
        && enumerator(text).is_none()
    {
        sum += STRONG_OPENING;
    } else if FORMULAS.weak_opening.is_match(opening) && !FORMULAS.future.is_match(head(text, 60)) {
        sum += WEAK_OPENING;
    }
    let of_numbering = numbering.evidence(index);
    if numbered || of_numbering < 0.0 {
        sum += of_numbering;
    }
    let after_self = selves
        .get(index..)
        .unwrap_or_default()
        .iter()
        .take(4)
        .flatten()
        .next();
    let before_self = selves
        .get(..index)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(6)
        .flatten()
        .next();
    if let (Some(before), Some(after)) = (before_self, after_self) {
        sum += if before == after { -0.5 } else { OTHER_SELF };
    }
    if let Some(previous) = previous.filter(|previous| !previous.is_table) {
        if FORMULAS.closing.is_match(previous.text) {
            sum += AFTER_CLOSING;
        }
        if FORMULAS.broken_off.is_match(previous.text) || stops_short(previous.text) {
            sum += AFTER_BROKEN_OFF;
        }
    }
    if FORMULAS.broken_off.is_match(text) {
        sum += BROKEN_OFF;
    }
    if FORMULAS.exchange.is_match(text) {
        sum += EXCHANGE;
    }
    let after_table = previous.is_some_and(|previous| previous.is_table);
    if numbered
        && after_table
        && numbering.in_annex(index)
        && text.chars().count() > 25
        && !is_note(text)
    {
        sum += AFTER_ANNEX;
    }
    sum
}

/// A long text that ends in mid-sentence.
fn stops_short(text: &str) -> bool {
    let ends = text
        .trim_end()
        .ends_with(['。', '!', '?', ';', ':', ')', '”', '》', '.', ',', '、']);
    !ends && text.chars().count() > 40
}

/// Notes stand behind tables: `注:`, `填报人:`, `联系电话:`, `备注`.
fn is_note(text: &str) -> bool {
    [
        "注",
        "备注",
        "说明",
        "填报",
        "单位负责人",
        "联系",
        "审核",
        "*",
        "(注",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// The body that a line speaks of as its own: `局` of `我局`, the first that it names.
fn self_of(text: &str) -> Option<&str> {
    let found = FORMULAS
        .self_reference
        .captures(head(text, 400))?
        .get(1)?
        .as_str();
    Some(found)
}

/// The top-level numbering along the document.
struct Numbering {
    /// Per line: evidence that a new numbering begins, or that the old one goes on.
    evidence: Vec<f32>,
    /// Per line: the last top-level heading closes reports (附表).
    annex: Vec<bool>,
}

impl Numbering {
    fn of(lines: &[Line<'_>], lexicon: &SectionLexicon) -> Self {
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

    fn evidence(&self, line: usize) -> f32 {
        self.evidence.get(line).copied().unwrap_or_default()
    }

    fn in_annex(&self, line: usize) -> bool {
        self.annex.get(line).copied().unwrap_or_default()
    }
}

/// The top-level number that a line begins with: its style, ordinal and length.
fn top_number(line: &Line<'_>) -> Option<(Style, u32, usize)> {
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
