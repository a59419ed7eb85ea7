//! Why a document was cut and outlined as it was: under each line its evidence and candidates.

use std::fmt::{self, Write};

use nianbao::{CandidateExplanation, CutReason, Explanation, OutlineExplanation};

use super::shortened;

/// Characters of a heading that are shown.
const HEADING: usize = 40;

/// What was weighed for the line of a block: cuts first, then the candidates that begin in it.
pub(super) fn write_line(
    out: &mut String,
    block: usize,
    explanation: &Explanation,
) -> fmt::Result {
    let first = explanation.cuts.partition_point(|cut| cut.block < block);
    let cuts = explanation.cuts.get(first..).unwrap_or_default();
    for cut in cuts.iter().take_while(|cut| cut.block == block) {
        if cut.cut {
            let what = if cut.in_report {
                "a report"
            } else {
                "other material"
            };
            writeln!(out, "  ✂ {what} begins")?;
        }
        for (name, reasons) in [
            ("begins", &cut.begins),
            ("ends before", &cut.ends),
            ("foreign", &cut.foreign),
        ] {
            if !reasons.is_empty() {
                writeln!(out, "  {name} {}", weighed(reasons))?;
            }
        }
    }
    let candidates = explanation.outlines.iter().flat_map(|outline| {
        let first = outline.candidates.partition_point(|one| one.block < block);
        let rest = outline.candidates.get(first..).unwrap_or_default();
        rest.iter().take_while(|one| one.block == block)
    });
    for candidate in candidates {
        writeln!(out, "  {}", told(candidate))?;
    }
    Ok(())
}

/// What the search for an outline ended with.
pub(super) fn write_outline(out: &mut String, outline: &OutlineExplanation) -> fmt::Result {
    let accepted = outline.candidates.iter().filter(|one| one.level.is_some());
    write!(
        out,
        "  outline: {} of {} candidates taken, cost {:.2}",
        accepted.count(),
        outline.candidates.len(),
        outline.cost
    )?;
    match outline.runner_up {
        Some(cost) => writeln!(out, ", runner-up {cost:.2}"),
        None => writeln!(out),
    }
}

/// The sum of reasons, and each.
fn weighed(reasons: &[CutReason]) -> String {
    let sum: f32 = reasons.iter().map(|reason| reason.weight).sum();
    let each: Vec<String> = reasons
        .iter()
        .map(|reason| format!("{} {:+.1}", reason.what, reason.weight))
        .collect();
    format!("{sum:+.1}: {}", each.join(", "))
}

fn told(candidate: &CandidateExplanation) -> String {
    let outcome = match (candidate.level, candidate.item) {
        (Some(level), false) => format!("heading of level {level}"),
        (Some(_), true) => "item".to_owned(),
        (None, _) => "text".to_owned(),
    };
    format!(
        "◇ {} {} “{}” {} → {outcome}, cost {:.2} (as text {:.2})",
        candidate.style,
        candidate.ordinal,
        shortened(&candidate.text, HEADING),
        candidate.form,
        candidate.cost,
        candidate.rejection
    )
}
