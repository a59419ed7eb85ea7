//! Rows of other forms in a list.

use codebook::{Codebook, Target};
use model::LabelMatch;

use super::index::{LabelIndex, Reference};
use super::matching::{RowMatch, SAME};
use super::rows::Item;

/// Rows of a list that its form does not know and other forms do: agencies add rows of other forms to their
/// own. Only a label of the same wording that means the same in every form.
pub(super) fn borrowed(
    items: &[Item],
    taken: &[RowMatch],
    index: &LabelIndex,
    codebook: &Codebook,
) -> Vec<RowMatch> {
    let mut borrowed = Vec::new();
    for (item_at, item) in items.iter().enumerate() {
        let known = taken.iter().any(|row| row.item == item_at);
        if known || item.at.is_none() || item.label.full.chars().count() < 4 {
            continue;
        }
        let mut found: Option<(RowMatch, &Target)> = None;
        let mut agree = true;
        for hit in item.hits.iter().filter(|hit| hit.score >= SAME) {
            for reference in index.references(*hit) {
                let Reference::Row { form, table, row } = *reference else {
                    continue;
                };
                let Some(of_table) = codebook
                    .forms
                    .get(form)
                    .and_then(|form| form.tables.get(table))
                else {
                    continue;
                };
                let Some(of_row) = of_table
                    .rows
                    .get(row)
                    .filter(|_| of_table.columns.is_empty())
                else {
                    continue;
                };
                match found {
                    Some((_, target)) => agree &= *target == of_row.target,
                    None => {
                        let row = RowMatch {
                            item: item_at,
                            form,
                            table,
                            row,
                            score: hit.score,
                            label: LabelMatch::Borrowed,
                        };
                        found = Some((row, &of_row.target));
                    }
                }
            }
        }
        let said_already = |target: &Target| {
            taken.iter().any(|row| {
                codebook
                    .forms
                    .get(row.form)
                    .and_then(|form| form.tables.get(row.table))
                    .and_then(|table| table.rows.get(row.row))
                    .is_some_and(|row| row.target == *target)
            })
        };
        if let Some((row, target)) = found
            && agree
            && !said_already(target)
        {
            borrowed.push(row);
        }
    }
    borrowed
}
