//! The header of a band aligned with the header of a form's table.

use codebook::FormTable;

use super::alignment::{Costs, align};
use super::columns::Leaf;
use super::index::{LabelIndex, Reference};

/// Value columns of a band matched with the columns of a form's table.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnMatch {
    /// The form's column for each leaf.
    pub(super) of_leaf: Vec<Option<usize>>,
    /// How much of the form's header was found, 0 to 1.
    pub(super) share: f32,
}

/// Aligns the header of a band with that of a form's table. `values` is the number of value cells in its rows.
pub(super) fn match_columns(
    leaves: &[Leaf],
    values: usize,
    form: usize,
    table: usize,
    of_table: &FormTable,
    index: &LabelIndex,
) -> ColumnMatch {
    let width = of_table.columns.len();
    let scores: Vec<Vec<f32>> = leaves
        .iter()
        .map(|leaf| column_scores(leaf, form, table, of_table, index))
        .collect();
    let costs = Costs {
        extra: 0.05,
        missing: 0.02,
        adjacent: 0.05,
    };
    let rows: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
    let pairs = align(&rows, width, costs);
    let mut of_leaf: Vec<Option<usize>> = vec![None; leaves.len()];
    let mut found = 0.0_f32;
    for pair in &pairs {
        // A label that several groups share (总计) needs its group, or the whole row of columns.
        let shared = scores.get(pair.left).is_some_and(|row| {
            row.iter()
                .filter(|score| **score >= pair.score - 0.05)
                .count()
                > 1
        });
        if shared && leaves.len() != width && values != width {
            continue;
        }
        found += pair.score;
        if let Some(slot) = of_leaf.get_mut(pair.left) {
            *slot = Some(pair.right);
        }
    }
    // Columns in another order than the form's.
    for (leaf, row) in scores.iter().enumerate() {
        let best: Vec<usize> = (0..width)
            .filter(|column| row.get(*column).is_some_and(|score| *score >= 0.8))
            .collect();
        if let [column] = best.as_slice()
            && of_leaf.get(leaf) == Some(&None)
            && !of_leaf.contains(&Some(*column))
            && let Some(slot) = of_leaf.get_mut(leaf)
        {
            *slot = Some(*column);
            found += row.get(*column).copied().unwrap_or_default();
        }
    }
    if leaves.len() == width {
        by_order(&mut of_leaf);
    }
    ColumnMatch {
        share: found / as_f32(width.max(1)),
        of_leaf,
    }
}

/// As many columns as the form has: one whose header is lost lies between its neighbours, and a header that
/// fits in part and out of step (groups and their columns run together) says less than the count.
fn by_order(of_leaf: &mut [Option<usize>]) {
    let found = of_leaf.iter().flatten().count();
    if found < of_leaf.len() && found * 2 >= of_leaf.len() {
        for (leaf, column) in of_leaf.iter_mut().enumerate() {
            *column = Some(leaf);
        }
    }
}

/// How well a leaf fits each column of a form's table: the lowest label decides, groups confirm.
fn column_scores(
    leaf: &Leaf,
    form: usize,
    table: usize,
    of_table: &FormTable,
    index: &LabelIndex,
) -> Vec<f32> {
    let depth: Vec<usize> = of_table
        .columns
        .iter()
        .map(|column| column.path.len())
        .collect();
    let mut by_level: Vec<Vec<f32>> = depth.iter().map(|depth| vec![0.0; *depth]).collect();
    for hit in leaf.hits.iter().flatten() {
        for reference in index.references(*hit) {
            if let Reference::Column {
                form: of_form,
                table: in_table,
                column,
                level,
            } = reference
                && (*of_form, *in_table) == (form, table)
                && let Some(slot) = by_level
                    .get_mut(*column)
                    .and_then(|levels| levels.get_mut(*level))
            {
                *slot = slot.max(hit.score);
            }
        }
    }
    let groups_said = leaf.path.len() > 1;
    by_level
        .iter()
        .map(|levels| {
            let Some((lowest, groups)) = levels.split_last() else {
                return 0.0;
            };
            if *lowest == 0.0 {
                return 0.0;
            }
            let confirmed = if groups.is_empty() {
                1.0
            } else if groups_said {
                groups.iter().sum::<f32>() / as_f32(groups.len())
            } else {
                0.5
            };
            0.7 * lowest + 0.3 * confirmed
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "numbers of columns are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}
