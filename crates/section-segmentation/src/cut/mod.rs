//! Cutting a document into publications.
//!
//! Every line gets the evidence that a report begins there (a title, an opening formula, a top-level
//! numbering that starts again, a change of self-reference), that one has ended before it (a
//! date alone, closing words, a headline), and how far it reads like no report at all (news,
//! talk, articles of a regulation). The best way through the document, line by line, from report to report or
//! to other material and back, is where the cuts are. Lines of one head (title, subtitle,
//! opening) begin one report.

mod evidence;
mod numbering;

use codebook::SectionLexicon;

use crate::explanation::{CutExplanation, CutReason};
use crate::formulas::{FORMULAS, head};
use crate::line::Line;
use crate::outline::enumerator::enumerator;
use crate::title;
use evidence::{Evidence, Witness, self_of};
use numbering::{Numbering, top_number};

/// What a cut between two reports costs, and what it costs to leave a report or to enter one.
const CUT: f32 = 4.0;
const LEAVE: f32 = 4.0;
const ENTER: f32 = 3.0;
/// Documents hold reports: to begin with other material costs.
const BEGIN_OTHER: f32 = 2.5;

/// What an opening loses where a title above still waits for it: a note or a preface may stand
/// between them.
const STILL_TO_OPEN: f32 = -3.0;

/// Lines of the page's metadata before a report without a title, at most.
const MOST_HEAD_LINES: usize = 20;

/// What it costs to pass a title without a cut.
const PASSED: f32 = -2.0;
/// What the title of another document weighs.
const NAMED: f32 = 3.0;

/// A publication: its lines, and whether they read like no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where its text begins: before that stands the menu of its page.
    pub(crate) text: usize,
    pub(crate) foreign: bool,
}

/// Where the way through a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    part: Part,
    /// The report has begun to number, or never said that it begins: a first number is no sign of
    /// another report.
    numbered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Other,
    /// Other material that says what it is: a regulation, a guide, a notice on reports.
    Named,
}

impl Place {
    fn is_foreign(self) -> bool {
        matches!(self.part, Part::Other | Part::Named)
    }
}

const PLACES: [Place; 6] = [
    place(Part::Head, false),
    place(Part::Head, true),
    place(Part::Body, false),
    place(Part::Body, true),
    place(Part::Other, true),
    place(Part::Named, true),
];

const fn place(part: Part, numbered: bool) -> Place {
    Place { part, numbered }
}

/// A step of the way: from which place it comes, and whether a publication begins with it.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    from: usize,
    cut: bool,
}

/// The publications of a document, in order, and, where `explained`, why they are cut so.
pub(crate) fn pieces(
    lines: &[Line<'_>],
    lexicon: &SectionLexicon,
    explained: bool,
) -> (Vec<Piece>, Vec<CutExplanation>) {
    let numbering = Numbering::of(lines, lexicon);
    let selves: Vec<Option<&str>> = lines.iter().map(|line| self_of(line.text)).collect();
    let witness = Witness {
        lines,
        numbering: &numbering,
        selves: &selves,
        lexicon,
        settings: evidence::settings(lines, lexicon),
        breaks_are_rare: evidence::breaks_are_rare(lines),
        explained,
    };
    let mut scores = [f32::NEG_INFINITY; PLACES.len()];
    let mut steps: Vec<(usize, [Step; PLACES.len()])> = Vec::new();
    let mut evidences: Vec<Evidence> = Vec::new();
    let told = |line: &Line<'_>| line.in_body && (line.is_table || !line.text.trim().is_empty());
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| told(line)) {
        let evidence = witness.of(index);
        let first = steps.is_empty();
        let mut next = [f32::NEG_INFINITY; PLACES.len()];
        let mut step = [Step::default(); PLACES.len()];
        let mut offer = |to: Place, score: f32, from: usize, cut: bool| {
            let at = PLACES.iter().position(|place| *place == to).unwrap_or(0);
            if let (Some(best), Some(step)) = (next.get_mut(at), step.get_mut(at))
                && score > *best
            {
                *best = score;
                *step = Step { from, cut };
            }
        };
        if first {
            offer(after(place(Part::Head, true), line), 0.0, 0, true);
            let other = evidence.foreign.sum - BEGIN_OTHER;
            offer(place(Part::Other, true), other, 0, true);
            if evidence.names_another {
                offer(place(Part::Named, true), NAMED - BEGIN_OTHER, 0, true);
            }
        } else {
            for (from, place) in PLACES.into_iter().enumerate() {
                let score = scores.get(from).copied().unwrap_or(f32::NEG_INFINITY);
                if score == f32::NEG_INFINITY {
                    continue;
                }
                ways(place, line, &evidence, |to, gain, cut| {
                    offer(to, score + gain, from, cut);
                });
            }
        }
        scores = next;
        steps.push((index, step));
        if explained {
            evidences.push(evidence);
        }
    }
    let way = way_back(&scores, &steps);
    let mut pieces: Vec<Piece> = way
        .iter()
        .zip(&steps)
        .filter(|((_, cut), _)| *cut)
        .map(|((place, _), (index, _))| Piece {
            start: *index,
            end: lines.len(),
            text: *index,
            foreign: place.is_foreign(),
        })
        .collect();
    // What stands before the first told line belongs to the first piece.
    match pieces.first_mut() {
        Some(first) => (first.start, first.text) = (0, 0),
        None => pieces.push(Piece {
            start: 0,
            end: lines.len(),
            text: 0,
            foreign: false,
        }),
    }
    let starts: Vec<usize> = pieces.iter().skip(1).map(|piece| piece.start).collect();
    for (piece, next) in pieces.iter_mut().zip(starts) {
        piece.end = next;
    }
    let pieces = menus_joined(pieces, lines);
    let explanations = steps
        .iter()
        .zip(&way)
        .zip(&evidences)
        .map(|(((index, _), (place, cut)), evidence)| {
            explanation(lines, *index, *place, *cut, evidence)
        })
        .collect();
    (pieces, explanations)
}

/// The menu of a site before a titled report is no material of its own, nor is the page's metadata before the
/// first one that opens without a title: lines without a sentence belong to the page that the report stands on.
fn menus_joined(pieces: Vec<Piece>, lines: &[Line<'_>]) -> Vec<Piece> {
    let told = |piece: &Piece| {
        let own = lines.get(piece.start..piece.end).unwrap_or_default();
        own.iter()
            .filter(|line| line.in_body && !line.text.trim().is_empty())
    };
    // Behind the first report of a document what has no sentence may be a list of links.
    let is_head = |before: &Piece| before.start == 0 && before.end <= MOST_HEAD_LINES;
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        let first = told(&piece).next().filter(|_| !piece.foreign);
        let titled = first.is_some_and(title::is_title);
        let opens = first.is_some_and(evidence::opens);
        if titled || opens {
            while let Some(menu) = joined.pop_if(|before| {
                ((titled && before.foreign) || (opens && is_head(before)))
                    && told(before).all(|line| is_of_menu(line))
            }) {
                piece.start = menu.start;
            }
        }
        joined.push(piece);
    }
    joined
}

fn is_of_menu(line: &Line<'_>) -> bool {
    !line.is_table && !line.text.contains('。') && !title::is_title(line)
}

/// The best way, from its last line back to its first: place and cut of each line.
fn way_back(
    scores: &[f32; PLACES.len()],
    steps: &[(usize, [Step; PLACES.len()])],
) -> Vec<(Place, bool)> {
    let mut at = scores
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(0, |(at, _)| at);
    let mut way = Vec::with_capacity(steps.len());
    for (_, step) in steps.iter().rev() {
        let step = step.get(at).copied().unwrap_or_default();
        let here = PLACES.get(at).copied().unwrap_or(place(Part::Body, true));
        way.push((here, step.cut));
        at = step.from;
    }
    way.reverse();
    way
}

/// Where a line can lead to from a place: the new place, what it gains, whether a publication
/// begins with it.
fn ways(
    from: Place,
    line: &Line<'_>,
    evidence: &Evidence,
    mut offer: impl FnMut(Place, f32, bool),
) {
    let foreign = evidence.foreign.sum;
    let fresh = place(Part::Head, !begins_report(line));
    match from.part {
        Part::Head => offer(after(from, line), 0.0, false),
        Part::Body => {
            // A title in the middle of a report is odd.
            let passed = if title::is_title(line) { PASSED } else { 0.0 };
            offer(after(from, line), passed, false);
            if line.is_table || line.is_row {
                return;
            }
            let mut begins = evidence.begins.sum;
            if from.numbered || evidence.numbering < 0.0 {
                begins += evidence.numbering;
            }
            if from.numbered {
                begins += evidence.behind_annex;
            }
            if evidence.opens_title_above {
                begins += STILL_TO_OPEN;
            }
            offer(after(fresh, line), begins - CUT, true);
            let ends = evidence.ends.sum + evidence.behind_annex;
            offer(place(Part::Other, true), ends + foreign - LEAVE, true);
            if evidence.names_another {
                offer(place(Part::Named, true), ends + NAMED - LEAVE, true);
            }
        }
        Part::Other | Part::Named => {
            // What speaks of disclosure may well be a regulation on it.
            let named = from.part == Part::Named;
            offer(from, if named { evidence.manner } else { foreign }, false);
            if !named && evidence.names_another {
                offer(place(Part::Named, true), NAMED, true);
            }
            if !line.is_table {
                let begins = evidence.begins.sum + evidence.numbering.max(0.0);
                offer(after(fresh, line), begins - ENTER, true);
            }
        }
    }
}

/// The place behind a line of a report.
fn after(from: Place, line: &Line<'_>) -> Place {
    if line.is_table {
        return from;
    }
    let in_head = from.part == Part::Head;
    let numbered =
        (from.numbered && !(in_head && title::is_title(line))) || top_number(line).is_some();
    // The head ends with the first heading or the first whole sentence.
    let ended = ends_head(line.text) || enumerator(line.text).is_some_and(|n| n.style.is_upper());
    let part = if in_head && !ended {
        Part::Head
    } else {
        Part::Body
    };
    place(part, numbered)
}

/// Whether a line says that a report begins: its first top-level number is still to come.
fn begins_report(line: &Line<'_>) -> bool {
    title::is_title(line)
        || evidence::opens(line)
        || line.family.opening.weak.is_match(head(line.text, 300))
}

fn ends_head(text: &str) -> bool {
    text.contains('。') || text.chars().count() > 50 || FORMULAS.broken_off.is_match(text)
}

fn explanation(
    lines: &[Line<'_>],
    index: usize,
    place: Place,
    cut: bool,
    evidence: &Evidence,
) -> CutExplanation {
    let reasons = |tally: &evidence::Tally| -> Vec<CutReason> {
        let known = tally.reasons.iter().flatten();
        known
            .map(|(what, weight)| CutReason {
                what,
                weight: *weight,
            })
            .collect()
    };
    let mut begins = reasons(&evidence.begins);
    for (what, weight) in [
        ("numbering", evidence.numbering),
        ("behind the annex", evidence.behind_annex),
    ] {
        if weight != 0.0 {
            begins.push(CutReason { what, weight });
        }
    }
    CutExplanation {
        block: lines.get(index).map_or(0, |line| line.block),
        cut,
        in_report: !place.is_foreign(),
        begins,
        ends: reasons(&evidence.ends),
        foreign: reasons(&evidence.foreign),
    }
}
