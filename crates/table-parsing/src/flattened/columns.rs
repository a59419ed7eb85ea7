//! How well a way of laying cells out in columns fits: the choice of the column count rests on it.
//!
//! A table's rows start with a label and go on with values; a column keeps to one type. A wrong column count
//! breaks both at once, whatever the table is about.

use crate::cell_type::CellType;

/// Weight of a missing end in the last row.
const RAGGED_END: f32 = 0.05;

/// What each further column costs, so that of two counts that fit (two and four) the smaller is taken.
const COLUMN_COST: f32 = 0.004;

/// Least fit of a table.
pub(super) const GOOD: f32 = 0.8;

/// How well cells fit into rows of `columns` cells, 0 to 1; `None` where that makes no table with numbers.
pub(super) fn fit(types: &[CellType], columns: usize) -> Option<f32> {
    if columns < 2 {
        return None;
    }
    let rows = types.len().div_ceil(columns);
    if rows < 2 {
        return None;
    }
    let lines = || types.chunks(columns);
    let first_used = first_used(types, columns)?;
    let serial = is_serial(types, columns, first_used);
    let mut violations = 0.0_f32;
    let mut headed = false;
    let mut data = 0_usize;
    for line in lines() {
        let line = line.get(first_used..).unwrap_or_default();
        let numbers = count(line, CellType::Number);
        let labels = count(line, CellType::Label);
        let start = match line {
            [CellType::Number, rest @ ..] if serial && labels > 0 => rest.first(),
            _ => line.first(),
        };
        let has_value = numbers > usize::from(serial && labels > 0);
        violations += match start {
            // Values alone under heads that name them all.
            Some(CellType::Number) if labels == 0 && headed && data == 0 && !serial => 0.0,
            Some(CellType::Number) => 1.0,
            Some(CellType::Blank) if labels + numbers > 0 => 0.6,
            Some(CellType::Blank) | None => 0.5,
            Some(CellType::Unit) => 0.8,
            Some(CellType::Label) => {
                if has_value && label_after_number(line, serial) {
                    1.0
                } else {
                    0.0
                }
            }
        };
        if has_value {
            data += 1;
        } else if labels >= 2 {
            headed = true;
        }
    }
    if data == 0 && !headed {
        return None;
    }
    let regular = 1.0 - violations / share(rows);
    let ragged = if types.len().is_multiple_of(columns) {
        0.0
    } else {
        RAGGED_END
    };
    let cost = ragged + COLUMN_COST * share(columns);
    Some(f32::midpoint(regular, agreement(types, columns)) - cost)
}

/// The first column that is not blank throughout (dumps with a bar at each row's start have one).
fn first_used(types: &[CellType], columns: usize) -> Option<usize> {
    types
        .iter()
        .enumerate()
        .filter(|(_, kind)| **kind != CellType::Blank)
        .map(|(at, _)| at % columns)
        .min()
}

/// Rows that start with a number of their own: in most rows a number first and a label next.
fn is_serial(types: &[CellType], columns: usize, first: usize) -> bool {
    let rows = types.len() / columns;
    let counted = types
        .chunks(columns)
        .filter(|line| {
            line.get(first) == Some(&CellType::Number)
                && line.get(first + 1) == Some(&CellType::Label)
        })
        .count();
    columns > first + 2 && counted >= 2 && counted * 3 >= rows * 2
}

fn label_after_number(line: &[CellType], serial: bool) -> bool {
    line.iter()
        .skip(usize::from(serial))
        .skip_while(|kind| **kind != CellType::Number)
        .any(|kind| *kind == CellType::Label)
}

/// Share of cells that are of their column's type, in rows that hold values.
fn agreement(types: &[CellType], columns: usize) -> f32 {
    let mut counts = vec![[0_usize; 3]; columns];
    for line in types.chunks(columns) {
        if !line
            .iter()
            .any(|kind| matches!(kind, CellType::Number | CellType::Unit))
        {
            continue;
        }
        for (kind, [labels, numbers, units]) in line.iter().zip(counts.iter_mut()) {
            match kind {
                CellType::Label => *labels += 1,
                CellType::Number => *numbers += 1,
                CellType::Unit => *units += 1,
                CellType::Blank => {}
            }
        }
    }
    let best: usize = counts.iter().filter_map(|counts| counts.iter().max()).sum();
    let all: usize = counts.iter().flatten().sum();
    if all == 0 {
        1.0
    } else {
        share(best) / share(all)
    }
}

fn count(line: &[CellType], wanted: CellType) -> usize {
    line.iter().filter(|kind| **kind == wanted).count()
}

fn share(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(text: &str) -> Vec<CellType> {
        text.chars()
            .map(|c| match c {
                'L' => CellType::Label,
                'N' => CellType::Number,
                'U' => CellType::Unit,
                _ => CellType::Blank,
            })
            .collect()
    }

    fn best(text: &str) -> Option<usize> {
        let types = types(text);
        (2..8)
            .filter_map(|columns| Some((columns, fit(&types, columns)?)))
            .filter(|(_, fit)| *fit >= GOOD)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(columns, _)| columns)
    }

    #[test]
    fn the_column_count_is_the_one_that_keeps_types_apart() {
        assert_eq!(best("LLLNLNLN"), Some(2));
        assert_eq!(best("LLLNL.LN"), Some(2));
        assert_eq!(best("LLLLU.LUNLUNLU.LUN"), Some(3));
        assert_eq!(best("L...LLLLLNNNLNNNL...LL..LN.."), Some(4));
        assert_eq!(best("LLLLNLUNNLUNNLUN"), Some(4));
        assert_eq!(best("LLNLLNNNLLN"), None);
    }
}
