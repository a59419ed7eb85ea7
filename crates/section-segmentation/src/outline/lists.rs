//! Closed lists: numbered statements that follow each other and belong to one sentence, as in quotations
//! of a regulation. They are items, whatever their numbers are like, and open no series.

use super::candidate::Candidate;
use super::shape::Form;
use crate::line::Line;

/// For each candidate whether it is an item of a closed list.
pub(super) fn closed(candidates: &[Candidate], lines: &[Line<'_>]) -> Vec<bool> {
    let mut listed = vec![false; candidates.len()];
    let mut start = 0;
    while start < candidates.len() {
        let end = run(candidates, start);
        if end - start >= 2 && is_closed(candidates.get(start..end).unwrap_or_default(), lines) {
            for slot in listed.get_mut(start..end).into_iter().flatten() {
                *slot = true;
            }
        }
        start = end.max(start + 1);
    }
    listed
}

/// Where the run ends that begins with a first number: sentences in the next lines, counting on.
fn run(candidates: &[Candidate], start: usize) -> usize {
    let Some(first) = candidates.get(start).filter(|one| one.ordinal == 1) else {
        return start;
    };
    let mut end = start;
    for (step, one) in candidates.iter().skip(start).enumerate() {
        let next = usize::try_from(one.ordinal).is_ok_and(|ordinal| ordinal == step + 1);
        let sentence = one.at_line_start && matches!(one.form, Form::Sentence | Form::Long);
        if !(next && sentence && one.key == first.key && one.line == first.line + step) {
            break;
        }
        end = start + step + 1;
    }
    end
}

/// Whether the statements of a run are parts of one sentence: all but the last end in a semicolon, or
/// a colon leads them.
fn is_closed(run: &[Candidate], lines: &[Line<'_>]) -> bool {
    let ends = |candidate: &Candidate, mark: char| {
        let line = lines.get(candidate.line);
        line.is_some_and(|line| line.text.trim_end().ends_with(mark))
    };
    let Some((_, before)) = run.split_last() else {
        return false;
    };
    let parted = before.iter().all(|one| ends(one, ';'));
    let first = run.first().map_or(0, |first| first.line);
    let led = first
        .checked_sub(1)
        .and_then(|above| lines.get(above))
        .is_some_and(|above| above.text.trim_end().ends_with(':'));
    parted || led
}
