//! What the text on both sides of a page break says: whether it cuts a cell or a row in two.

use super::table::{Cell, Table};

/// Rows before the seam that show which columns hold figures.
const NEAR: usize = 40;

/// Whether a text is a figure and nothing else.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '%' | '+' | ' ' | '，')
        })
}

/// The first column with figures on either side of the seam: columns before it hold labels.
pub(super) fn label_columns(upper: &Table, lower: &Table) -> usize {
    let first = |table: &Table, from: usize| {
        table
            .cells
            .iter()
            .rev()
            .take_while(|cell| cell.span.row >= from)
            .filter(|cell| is_figure(&cell.text))
            .map(|cell| cell.span.column)
            .min()
    };
    match (
        first(upper, upper.rows.saturating_sub(NEAR)),
        first(lower, 0),
    ) {
        (Some(a), Some(b)) => a.min(b),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => 1,
    }
}

/// Whether a text opens an item of a list: `一、`, `（三）`, `1.`, `①`.
fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix(['（', '(', '第']).unwrap_or(text);
    let mut rest = text.chars().skip_while(|c| {
        c.is_ascii_digit() || "一二三四五六七八九十百".contains(*c) || ('①'..='⑳').contains(c)
    });
    let counted = rest.clone().count() < text.chars().count();
    counted && rest.next().is_none_or(|c| "、.．)）:：项条章 ".contains(c))
}

/// Whether a merged cell of the label columns goes on below the break.
pub(super) fn is_cut_cell(above: &Cell, below: &Cell, labels: usize) -> bool {
    if above.span.column + above.span.columns > labels {
        return false;
    }
    if above.span.rows == 1 && below.span.rows == 1 && !below.text.is_empty() {
        return false;
    }
    above.text.is_empty() || below.text.is_empty() || !opens_item(&below.text)
}

/// Whether the page break cuts a row in two (`bottom`: the upper table's last cells): one side has the label's end or the figures only.
pub(super) fn is_cut_row(upper: &Table, bottom: &[usize], lower: &Table, labels: usize) -> bool {
    let above: Vec<&Cell> = bottom
        .iter()
        .filter_map(|index| upper.cells.get(*index))
        .collect();
    let below: Vec<&Cell> = lower
        .cells
        .iter()
        .take_while(|cell| cell.span.row == 0)
        .collect();
    let data = |cells: &[&Cell]| {
        cells
            .iter()
            .any(|c| c.span.column >= labels && !c.text.is_empty())
    };
    let has_data_columns = |cells: &[&Cell]| cells.iter().any(|c| c.span.column >= labels);
    if !has_data_columns(&above) || !has_data_columns(&below) || data(&above) == data(&below) {
        return false;
    }
    // The label nearest to the figures says whether it goes on.
    let label = |cells: &[&Cell]| {
        cells
            .iter()
            .filter(|c| c.span.column < labels)
            .max_by_key(|c| c.span.column)
            .map(|c| c.text.clone())
            .unwrap_or_default()
    };
    let (label_above, label_below) = (label(&above), label(&below));
    !label_below.is_empty() && !label_above.is_empty() && !opens_item(&label_below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_open_with_their_number() {
        for text in [
            "一、本年",
            "（三）不予公开",
            "1.属于",
            "2、其他",
            "第二十条",
        ] {
            assert!(opens_item(text), "{text}");
        }
        for text in ["法提供", "禁止公开", "一般", "1件"] {
            assert!(!opens_item(text), "{text}");
        }
    }
}
