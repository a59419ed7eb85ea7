//! Lines of the page: page numbers and tables of contents.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::formulas::FORMULAS;
use crate::line::Line;
use crate::outline::enumerator::enumerator;

/// Longest line of a table of contents, in bytes.
const LONGEST: usize = 200;
/// A table of contents has as many lines at least.
const LEAST_ENTRIES: usize = 3;
/// Page numbers stand as far apart at least, in lines.
const PAGE: usize = 3;

/// For each line whether it belongs to the page and not to the text.
pub(crate) fn page_matter(lines: &[Line<'_>]) -> Vec<bool> {
    let mut found: Vec<bool> = lines
        .iter()
        .map(|line| {
            !line.is_table
                && line.text.len() < LONGEST
                && (FORMULAS.page_number.is_match(line.text)
                    || FORMULAS.contents_line.is_match(line.text))
        })
        .collect();
    bare_page_numbers(lines, &mut found);
    contents(lines, &mut found);
    found
}

/// Numbers alone on their lines that count on from page to page.
fn bare_page_numbers(lines: &[Line<'_>], found: &mut [bool]) {
    let numbers: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_table && line.text.len() < 30)
        .filter_map(|(index, line)| {
            let digits = line.text.trim_matches(|c: char| !c.is_ascii_digit());
            let rest = line.text.replace(digits, "");
            let alone = rest
                .chars()
                .all(|c| c.is_whitespace() || "-—–－第页".contains(c));
            alone
                .then(|| digits.parse().ok())
                .flatten()
                .map(|number| (index, number))
        })
        .collect();
    for pair in numbers.windows(2) {
        if let [(before, one), (after, two)] = pair
            && *two == *one + 1
            && before + PAGE <= *after
        {
            for index in [before, after] {
                if let Some(slot) = found.get_mut(*index) {
                    *slot = true;
                }
            }
        }
    }
}

/// Runs of headings without text, most of which come again further down.
fn contents(lines: &[Line<'_>], found: &mut [bool]) {
    let keys: Vec<Option<String>> = lines.iter().map(entry).collect();
    let runs = runs(lines, &keys);
    // What stands before the first run never comes again below one.
    let Some(first) = runs.first().map(|run| run.lines.start) else {
        return;
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut again: Vec<bool> = vec![false; lines.len()];
    let all = lines.iter().zip(&keys).zip(again.iter_mut());
    for ((line, key), again) in all.skip(first).rev() {
        if let Some(key) = key {
            *again = known.contains(key);
        }
        if !line.is_table {
            // A heading may stand alone, or before its text.
            let ends = line
                .text
                .char_indices()
                .filter(|(_, c)| "。: ".contains(*c));
            let ends = ends.map(|(at, _)| at).take(3).chain([line.text.len()]);
            for end in ends.filter(|end| *end < LONGEST) {
                known.insert(visible(line.text.get(..end).unwrap_or_default()));
            }
        }
    }
    for run in runs {
        let again = again.get(run.lines.clone()).unwrap_or_default();
        let come_again = again.iter().filter(|again| **again).count();
        if come_again * 5 >= run.entries * 3 {
            for slot in found.get_mut(run.lines).into_iter().flatten() {
                *slot = true;
            }
        }
    }
}

/// Lines that could be a table of contents.
struct Run {
    lines: Range<usize>,
    entries: usize,
}

/// The longest runs of entries that all differ.
fn runs(lines: &[Line<'_>], keys: &[Option<String>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let mut end = start;
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut entries = 0;
        while let (Some(line), Some(key)) = (lines.get(end), keys.get(end)) {
            let empty = !line.is_table && line.text.trim().is_empty();
            match key {
                Some(key) if !seen.insert(key) => break,
                Some(_) => entries += 1,
                None if empty => {}
                None => break,
            }
            end += 1;
        }
        if entries >= LEAST_ENTRIES {
            runs.push(Run {
                lines: start..end,
                entries,
            });
        }
        start = end.max(start + 1);
    }
    runs
}

/// What a line of a table of contents says: a number or a page at least, no sentence.
fn entry(line: &Line<'_>) -> Option<String> {
    let text = line.text.trim();
    let short = !line.is_table && text.len() < LONGEST && !text.contains(['。', ';']);
    if !short || text.is_empty() {
        return None;
    }
    let without_page = text
        .trim_end_matches(|c: char| c.is_ascii_digit() || "() ".contains(c))
        .trim_end_matches(['.', '…', '·', '-', '—', '_', ' ', '\t']);
    let numbered = enumerator(text).is_some();
    (numbered || without_page.len() < text.len())
        .then(|| visible(without_page))
        .filter(|key| !key.is_empty())
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
