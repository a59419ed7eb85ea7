//! Labels and numbers in turn, one a line: rows end where a label follows a value.
//!
//! Without bars blank cells are lost, and with bars cells that span columns count once, so that rows are
//! short rather than regular. It needs strong evidence: a head that names rows (`指标`, `信息内容`) before, or
//! the same count of several values again and again.

use std::ops::Range;

use crate::cell_type::CellType;
use crate::lexicon::LEXICON;

use super::draft::{Draft, Table};
use super::heads;
use super::lines::{Kind, Line};

/// Fewest rows of equal length that make a table without a head that names rows.
const ROWS_WITHOUT_HEAD: usize = 3;

/// Fewest numbers in each of those rows.
const NUMBERS_WITHOUT_HEAD: usize = 3;

/// Most values of a row.
const MOST_VALUES: usize = 64;

/// Labels, then values.
struct Group {
    labels: Range<usize>,
    values: Range<usize>,
}

/// A header row, the title above it, and labels without values below it.
struct Band {
    titles: Range<usize>,
    heads: Range<usize>,
    rows: Range<usize>,
}

/// The tables in a stretch of lines of one cell each.
pub(super) fn find(
    lines: &[Line],
    range: Range<usize>,
    text: &impl Fn(usize) -> String,
) -> Vec<Table> {
    find_by(lines, range, |groups, first| {
        headed(lines, groups, first, text)
            .or_else(|| regular(lines, groups, first, text))
            .or_else(|| repeated_heads(lines, groups, first, text))
    })
}

/// The tables whose heads repeat.
pub(super) fn find_repeated_heads(
    lines: &[Line],
    range: Range<usize>,
    text: &impl Fn(usize) -> String,
) -> Vec<Table> {
    find_by(lines, range, |groups, first| {
        repeated_heads(lines, groups, first, text)
    })
}

/// Every table ends where a group ends, so that the groups behind it stay as they are.
fn find_by(
    lines: &[Line],
    range: Range<usize>,
    table_at: impl Fn(&[Group], usize) -> Option<Table>,
) -> Vec<Table> {
    let groups = groups(lines, range);
    let mut tables: Vec<Table> = Vec::new();
    for (first, group) in groups.iter().enumerate() {
        let taken = tables
            .last()
            .is_some_and(|table| group.labels.start < table.lines.end);
        if !taken {
            tables.extend(table_at(&groups, first));
        }
    }
    tables
}

fn groups(lines: &[Line], range: Range<usize>) -> Vec<Group> {
    let value = |at: usize| {
        lines
            .get(at)
            .is_some_and(|line| line.is_single() && line.first_type().is_value())
    };
    let mut groups = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let labels = at..(at..range.end).find(|at| value(*at)).unwrap_or(range.end);
        let values = labels.end
            ..(labels.end..range.end)
                .find(|at| !value(*at))
                .unwrap_or(range.end);
        at = values.end;
        groups.push(Group { labels, values });
    }
    groups
}

/// Groups under a head that names rows, with further bands of the same kind.
fn headed(
    lines: &[Line],
    groups: &[Group],
    first: usize,
    text: &impl Fn(usize) -> String,
) -> Option<Table> {
    let opening = groups
        .get(first)
        .filter(|group| (1..=MOST_VALUES).contains(&group.values.len()))?;
    let band = band(lines, opening, text)?;
    let start = band.titles.start;
    let mut rows = Vec::new();
    // A first row that has lost cells says less of the width than heads that are all known.
    let named = band
        .heads
        .clone()
        .all(|at| LEXICON.is_head(&text(at)))
        .then(|| band.heads.len() - 1);
    let mut width = opening.values.len().max(named.unwrap_or_default());
    let mut data = 0;
    let mut end = start;
    // Rows of the table are numbered.
    let mut numbered = false;
    // Heads seen whole: in a later band they are no parts of longer ones.
    let mut known = Vec::new();
    push_band(lines, &mut rows, &band, width, &mut known, text)?;
    for (index, group) in groups.iter().enumerate().skip(first) {
        let count = group.labels.len();
        if group.values.is_empty() || count == 0 {
            break;
        }
        let mut broken = None;
        if index > first {
            let next = band_within(lines, group, text);
            match next {
                Some(next) => {
                    // A band goes on only straight after the last row.
                    if next.titles.start != group.labels.start
                        || push_band(
                            lines,
                            &mut rows,
                            &next,
                            group.values.len(),
                            &mut known,
                            text,
                        )
                        .is_none()
                    {
                        break;
                    }
                    width = group.values.len();
                }
                None if count == 1 => {}
                // A label broken inside a bracket.
                None if count == 2 && opens_bracket(&text(group.labels.start)) => {
                    broken = Some(group.labels.start);
                }
                // A numbered label without values stands among numbered labels; else it heads what follows.
                None if count == 2
                    && (!is_heading(lines, group.labels.start)
                        || (numbered && is_heading(lines, group.labels.start + 1))) =>
                {
                    rows.push(vec![Draft::of(lines, group.labels.start, 0)]);
                }
                None => break,
            }
        }
        if group.values.len() > width {
            break;
        }
        numbered |= is_heading(lines, group.labels.end - 1);
        let mut row = row(lines, group.labels.end - 1, group.values.clone());
        if let (Some(start), Some(label)) = (broken, row.first_mut()) {
            let mut whole = Draft::of(lines, start, 0);
            whole.append(label.clone());
            *label = whole;
        }
        rows.push(row);
        data += 1;
        end = group.values.end;
    }
    (data >= 2).then_some(Table {
        lines: start..end,
        rows,
        drawn: false,
        keeps_blanks: false,
    })
}

/// Groups of as many values each, without a head that names rows.
fn regular(
    lines: &[Line],
    groups: &[Group],
    first: usize,
    text: &impl Fn(usize) -> String,
) -> Option<Table> {
    let opening = groups.get(first)?;
    let width = opening.values.len();
    if !(NUMBERS_WITHOUT_HEAD..=MOST_VALUES).contains(&width) {
        return None;
    }
    let fits =
        |group: &&Group| group.values.len() == width && (1..=2).contains(&group.labels.len());
    let last = first + groups.iter().skip(first + 1).take_while(fits).count();
    if last + 1 - first < ROWS_WITHOUT_HEAD || opening.labels.is_empty() {
        return None;
    }
    let label = opening.labels.end - 1;
    let start = behind_headings(lines, opening.labels.start..label);
    let drafts: Vec<Draft> = (start..label).map(|at| Draft::of(lines, at, 0)).collect();
    let texts: Vec<String> = (start..label).map(text).collect();
    // Heads of an unknown order are kept as they come.
    let mut rows = heads::over_labels(&drafts, &texts, width)
        .unwrap_or_else(|| drafts.chunks(width + 1).map(<[Draft]>::to_vec).collect());
    for group in groups.get(first..=last)? {
        if group.labels.len() == 2 && group.labels.end - 1 != label {
            rows.push(vec![Draft::of(lines, group.labels.start, 0)]);
        }
        rows.push(row(lines, group.labels.end - 1, group.values.clone()));
    }
    let end = groups.get(last)?.values.end;
    Some(Table {
        lines: start..end,
        rows,
        drawn: false,
        keeps_blanks: false,
    })
}

/// One row of values without a label under heads that repeat.
fn repeated_heads(
    lines: &[Line],
    groups: &[Group],
    first: usize,
    text: &impl Fn(usize) -> String,
) -> Option<Table> {
    let group = groups
        .get(first)
        .filter(|group| group.values.len() <= MOST_VALUES)?;
    let start = behind_headings(lines, group.labels.clone());
    let texts: Vec<String> = (start..group.labels.end).map(text).collect();
    let found = heads::repeated(&texts, group.values.len())?;
    let start = start + found.start;
    let drafts = (start..group.labels.end).map(|at| Draft::of(lines, at, 0));
    let mut rows = found.rows(drafts);
    let values = group.values.clone();
    rows.push(values.map(|at| Draft::of(lines, at, 0)).collect());
    Some(Table {
        lines: start..group.values.end,
        rows,
        drawn: false,
        keeps_blanks: false,
    })
}

/// The first line behind the last heading of a section or table.
fn behind_headings(lines: &[Line], range: Range<usize>) -> usize {
    let last = range.clone().rev().find(|at| is_heading(lines, *at));
    last.map_or(range.start, |at| at + 1)
}

/// A line that heads a section or a table and is no cell.
fn is_heading(lines: &[Line], at: usize) -> bool {
    lines
        .get(at)
        .is_some_and(|line| line.kind == Kind::Plain && (line.outline || line.caption))
}

/// A bracket is opened and not closed.
fn opens_bracket(text: &str) -> bool {
    let count = |of: [char; 2]| text.matches(of).count();
    count(['(', '（']) > count([')', '）'])
}

fn row(lines: &[Line], label: usize, values: Range<usize>) -> Vec<Draft> {
    std::iter::once(label)
        .chain(values)
        .map(|at| Draft::of(lines, at, 0))
        .collect()
}

/// The header row before a group's last label, with a title straight above it.
fn band(lines: &[Line], group: &Group, text: &impl Fn(usize) -> String) -> Option<Band> {
    let label = group.labels.end.checked_sub(1)?;
    let head = (group.labels.start..label)
        .rev()
        .find(|at| LEXICON.is_row_head(&text(*at)))?;
    let title = head
        .checked_sub(1)
        .filter(|at| *at >= group.labels.start && !is_heading(lines, *at))
        .filter(|at| names_band(&text(*at)));
    // Behind heads that are all known, numbered labels are rows that have lost their values.
    let end = (head..label)
        .find(|at| is_heading(lines, *at))
        .unwrap_or(label);
    let heads = head..end;
    let known = heads.clone().all(|at| LEXICON.is_head(&text(at)));
    let numbered = (end..=label).all(|at| is_heading(lines, at));
    (end == label || (known && numbered && heads.len() >= 2)).then_some(Band {
        titles: title.unwrap_or(head)..head,
        heads,
        rows: end..label,
    })
}

/// As [`band`]; between rows whatever stands straight above the header row is its title.
fn band_within(lines: &[Line], group: &Group, text: &impl Fn(usize) -> String) -> Option<Band> {
    let mut band = band(lines, group, text)?;
    let start = group.labels.start;
    if band.titles.start == start + 1 && !is_heading(lines, start) {
        band.titles.start = start;
    }
    Some(band)
}

/// A clause of a law as it names a band: `第二十条第(一)项`.
fn names_band(text: &str) -> bool {
    text.starts_with('第') && text.ends_with(['项', '項', '条', '條', '款'])
}

/// Adds the title and the header row; heads broken over lines are put together.
fn push_band(
    lines: &[Line],
    rows: &mut Vec<Vec<Draft>>,
    band: &Band,
    values: usize,
    known: &mut Vec<String>,
    text: &impl Fn(usize) -> String,
) -> Option<()> {
    let heads: Vec<Draft> = band
        .heads
        .clone()
        .map(|at| Draft::of(lines, at, 0))
        .collect();
    let length = |at: usize| {
        lines
            .get(at)
            .and_then(|line| line.segments.first())
            .map_or(0, ExactSizeIterator::len)
    };
    if heads.len() < 2 || heads.len() > 4 * (values + 1) {
        return None;
    }
    rows.extend(band.titles.clone().map(|at| vec![Draft::of(lines, at, 0)]));
    let lengths: Vec<usize> = band.heads.clone().skip(1).map(length).collect();
    // More heads than values: heads broken over lines, or values lost.
    let texts: Vec<String> = band.heads.clone().skip(1).map(text).collect();
    let whole = texts.len() <= values || texts.iter().any(|text| known.contains(text));
    let sizes = if whole {
        vec![1; texts.len()]
    } else {
        balanced(&lengths, values)
    };
    if whole {
        known.extend(texts);
    }
    let mut heads = heads.into_iter();
    let mut header: Vec<Draft> = heads.by_ref().take(1).collect();
    for size in sizes {
        let mut whole = Draft::empty();
        for part in heads.by_ref().take(size) {
            whole.append(part);
        }
        whole.kind = CellType::Label;
        header.push(whole);
    }
    rows.push(header);
    rows.extend(band.rows.clone().map(|at| vec![Draft::of(lines, at, 0)]));
    Some(())
}

/// How many of these pieces, in order, make up each of `parts` heads of lengths as like as can be.
fn balanced(lengths: &[usize], parts: usize) -> Vec<usize> {
    let pieces = lengths.len();
    if parts == 0 || pieces <= parts {
        return vec![1; pieces];
    }
    // best[k][n]: least sum of squares with n pieces in k parts, and the size of the last part.
    let mut best = vec![vec![(usize::MAX, 0_usize); pieces + 1]; parts + 1];
    if let Some(none) = best.first_mut().and_then(|row| row.first_mut()) {
        *none = (0, 0);
    }
    for part in 1..=parts {
        for end in part..=pieces {
            let mut sum = 0_usize;
            let mut choice = (usize::MAX, 0);
            for size in 1..=end {
                sum += lengths.get(end - size).copied().unwrap_or(0);
                let before = best.get(part - 1).and_then(|row| row.get(end - size));
                let cost = before.map_or(usize::MAX, |(cost, _)| cost.saturating_add(sum * sum));
                choice = choice.min((cost, size));
            }
            if let Some(slot) = best.get_mut(part).and_then(|row| row.get_mut(end)) {
                *slot = choice;
            }
        }
    }
    let mut sizes = Vec::new();
    let mut end = pieces;
    for part in (1..=parts).rev() {
        let size = best
            .get(part)
            .and_then(|row| row.get(end))
            .map_or(1, |(_, size)| *size);
        sizes.push(size);
        end -= size.min(end);
    }
    sizes.reverse();
    sizes
}

#[cfg(test)]
mod tests {
    use super::balanced;

    #[test]
    fn heads_broken_over_lines_are_put_together_by_length() {
        assert_eq!(balanced(&[3, 4, 3, 4, 7], 3), [2, 2, 1]);
        assert_eq!(balanced(&[7, 3, 4, 4, 3], 3), [1, 2, 2]);
        assert_eq!(balanced(&[5, 5], 2), [1, 1]);
    }
}
