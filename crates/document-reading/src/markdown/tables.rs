//! Tables of Markdown: rows of cells parted by bars, with or without the row of dashes under the first.

use std::ops::Range;

use model::{CellMarkup, RowMarkup, Shape, TableMarkup, Text};

use super::inline::{self, References};
use crate::text::place;

/// A cell this long, in bytes, with sentences in it is prose: the table lays out the page.
const PROSE: usize = 600;

/// A cell this long, in bytes, ends a table whose rows have no bars at their ends.
const LONGEST_BARE: usize = 180;

/// A row of dashes: `---|:--:|`, or `---` alone.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--")
        && line
            .chars()
            .all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t' | '+'))
        && line
            .trim_matches('|')
            .split(['|', '+'])
            .all(|cell| cell.trim().trim_matches(':').contains('-'))
}

/// Whether the row of dashes at an index has a row of as many cells above and cells below, as tables have that
/// html2text writes: no bars at the ends.
pub(super) fn under_rule(lines: &[&str], index: usize) -> bool {
    let line = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .map_or("", |line| line.trim())
    };
    let (rule, above) = (line(Some(index)), line(index.checked_sub(1)));
    let below = line(index.checked_add(1));
    !rule.starts_with('|')
        && !above.is_empty()
        && cells(above).len() == rule.split('|').count()
        && (cells(below).len() >= 2 || (rule.contains('|') && !below.is_empty()))
}

/// The cells of a row, bars at its ends left out; an escaped bar is part of a cell.
pub(super) fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if c == '|' && !escaped {
            if at > 0 {
                cells.extend(line.get(start..at));
            }
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    cells.extend(
        line.get(start..)
            .filter(|last| !last.trim().is_empty() || start == 0),
    );
    cells
}

fn is_barred(line: &str) -> bool {
    line.contains('|') && !is_rule(line)
}

/// A row with bars at both ends.
fn is_closed(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 2 && line.starts_with('|') && line.ends_with('|')
}

/// Lines that open with a bar, one below the other, and the last of them that speaks against a table: what
/// begins behind it may be one.
#[derive(Debug, Default)]
pub(super) struct Run {
    end: usize,
    /// The last row but one.
    before_last: Option<usize>,
    /// The last row without a bar at its end.
    open: Option<usize>,
    /// The last row without a cell.
    empty: Option<usize>,
    /// The last line with a cell of prose.
    prose: Option<usize>,
}

impl Run {
    fn of(lines: &[&str], start: usize) -> Self {
        let mut run = Self {
            end: start,
            ..Self::default()
        };
        let mut last = None;
        let barred = lines.iter().enumerate().skip(start);
        let barred = barred.map_while(|(at, line)| {
            let line = line.trim();
            line.starts_with('|').then_some((at, line))
        });
        for (at, line) in barred {
            run.end = at + 1;
            let cells = cells(line);
            if cells.iter().copied().any(is_prose) {
                run.prose = Some(at);
            }
            if is_rule(line) {
                continue;
            }
            run.before_last = last.replace(at);
            if !is_closed(line) {
                run.open = Some(at);
            }
            if cells.is_empty() {
                run.empty = Some(at);
            }
        }
        run
    }

    /// Whether the lines from `start` on are a table. `ruled`: the second is a row of dashes.
    fn is_table_from(&self, start: usize, ruled: bool) -> bool {
        let none_since = |at: Option<usize>| at.is_none_or(|at| at < start);
        self.before_last.is_some_and(|at| at >= start)
            && (ruled || none_since(self.open))
            && none_since(self.empty)
            && none_since(self.prose)
    }
}

/// The end of the table that begins with the line at `start`; `None` where none does. `run`: that of the line
/// asked for before, so that a run is looked through once.
pub(super) fn end(lines: &[&str], start: usize, run: &mut Run) -> Option<usize> {
    let line = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let first = line(start);
    if first.is_empty() || is_rule(first) || first.starts_with(['#', '>']) {
        return None;
    }
    let ruled = is_rule(line(start + 1));
    if first.starts_with('|') {
        if start >= run.end {
            *run = Run::of(lines, start);
        }
        return run.is_table_from(start, ruled).then_some(run.end);
    }
    if !ruled || first.contains("||") || cells(first).len() != cells(line(start + 1)).len().max(1) {
        return None;
    }
    let mut end = start + 2;
    while end < lines.len() && bare_goes_on(lines, end) {
        end += 1;
    }
    let barred = (start + 2..end).filter(|at| is_barred(line(*at))).count();
    let own = (start + 2..end).any(|at| matches!(line(at), "|" | "| |"));
    (barred >= 1 && !own && !is_layout(lines, start..end)).then_some(end)
}

/// Whether a table whose rows have no bars at their ends goes on with a line: no blank line need end it.
fn bare_goes_on(lines: &[&str], at: usize) -> bool {
    let line = |at: usize| lines.get(at).map_or("", |line| line.trim());
    let own = line(at);
    if own.is_empty() || (is_rule(line(at + 1)) && !is_rule(own)) {
        return false;
    }
    if own.contains('|') {
        return true;
    }
    // A row of one cell stands between rows; a heading before the next table does not.
    let between = is_barred(line(at + 1)) && !is_rule(line(at + 2));
    let marked = own.starts_with(['#', '>']) || own.starts_with("**") || own.starts_with("__");
    between && !marked && own.len() <= LONGEST_BARE && !own.contains('。')
}

/// Whether a cell holds prose: the table only lays out the page.
fn is_layout(lines: &[&str], range: Range<usize>) -> bool {
    let rows = lines.get(range).unwrap_or_default();
    rows.iter().flat_map(|row| cells(row)).any(is_prose)
}

fn is_prose(cell: &str) -> bool {
    cell.len() > PROSE && cell.contains('。')
}

/// A table, and the pictures in its cells.
pub(super) fn read(
    lines: &[&str],
    range: Range<usize>,
    references: &References<'_>,
) -> (TableMarkup, Vec<inline::Picture>) {
    let mut pictures = Vec::new();
    let mut rows = Vec::new();
    for at in range {
        let Some(line) = lines.get(at).filter(|line| !is_rule(line)) else {
            continue;
        };
        let place = place(at..at + 1);
        let cells = cells(line).into_iter().map(|cell| {
            let shown = inline::shown(cell.trim(), references);
            let mut text = String::new();
            for part in shown {
                if !text.is_empty() && !part.text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&part.text);
                pictures.extend(part.pictures);
            }
            CellMarkup {
                text: Text::read(text),
                row_span: 1,
                col_span: 1,
                header: false,
                place: Some(place.clone()),
            }
        });
        rows.push(RowMarkup {
            cells: cells.collect(),
            group: 0,
            header: false,
        });
    }
    let table = TableMarkup {
        rows,
        caption: None,
        shape: Shape::Flattened,
    };
    (table, pictures)
}
