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
pub(super) fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix(['（', '(', '第']).unwrap_or(text);
    let mut rest = text.chars().skip_while(|c| {
        c.is_ascii_digit() || "一二三四五六七八九十百".contains(*c) || ('①'..='⑳').contains(c)
    });
    let counted = rest.clone().count() < text.chars().count();
    counted
        && rest
            .next()
            .is_none_or(|c| "、.．)）:：项条章部节 ".contains(c))
}

/// Lines that leave less free than this are full, em: room for one character more, with the
/// cell's padding on both sides.
const FULL: f32 = 2.4;

/// Where a page break goes through a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// Between two rows; merged cells of the label columns may go on.
    BetweenRows,
    /// Between two rows of the header, the lower one dividing what the upper one says.
    InHeader,
    /// Through a row.
    InRow,
}

impl Seam {
    /// Looks at the cells on both sides (`bottom`: the upper table's last cells).
    pub(super) fn of(upper: &Table, bottom: &[usize], lower: &Table, labels: usize) -> Self {
        let above: Vec<&Cell> = bottom
            .iter()
            .filter_map(|index| upper.cells.get(*index))
            .collect();
        let below: Vec<&Cell> = lower
            .cells
            .iter()
            .take_while(|cell| cell.span.row == 0)
            .collect();
        let words = !above.iter().chain(&below).any(|cell| is_figure(&cell.text));
        if is_cut_row(&above, &below, labels) || words && is_cut_row_of_words(&above, &below) {
            Self::InRow
        } else if words && divides(&above, &below) {
            Self::InHeader
        } else {
            Self::BetweenRows
        }
    }

    /// Whether a cell of the lower table goes on with the one of the same columns above it.
    pub(super) fn cuts(self, above: &Cell, below: &Cell, labels: usize) -> bool {
        match self {
            Self::InRow => true,
            // Empty on both sides is no sign: a form that nobody filled in looks so.
            Self::InHeader => match (above.text.is_empty(), below.text.is_empty()) {
                (true, true) => false,
                (false, false) => runs_on(above, below),
                _ => true,
            },
            Self::BetweenRows => is_cut_cell(above, below, labels),
        }
    }
}

/// Whether a merged cell of the label columns goes on below the break.
fn is_cut_cell(above: &Cell, below: &Cell, labels: usize) -> bool {
    if above.span.column + above.span.columns > labels {
        return false;
    }
    if above.span.rows == 1 && below.span.rows == 1 && !below.text.is_empty() {
        return false;
    }
    above.text.is_empty() || below.text.is_empty() || !opens_item(&below.text)
}

/// Whether the text above had to break where it does and the one below begins nothing new.
fn runs_on(above: &Cell, below: &Cell) -> bool {
    above.room < FULL && !opens_item(&below.text)
}

/// Whether two cells stand in the same columns.
fn same_columns(a: &Cell, b: &Cell) -> bool {
    (a.span.column, a.span.columns) == (b.span.column, b.span.columns)
}

/// Whether the page break cuts a row of labels and figures in two: one side has the label's end
/// or the figures only.
fn is_cut_row(above: &[&Cell], below: &[&Cell], labels: usize) -> bool {
    let data = |cells: &[&Cell]| {
        cells
            .iter()
            .any(|c| c.span.column >= labels && !c.text.is_empty())
    };
    let has_data_columns = |cells: &[&Cell]| cells.iter().any(|c| c.span.column >= labels);
    if !has_data_columns(above) || !has_data_columns(below) || data(above) == data(below) {
        return false;
    }
    // The label nearest to the figures says whether it goes on.
    let label = |cells: &[&Cell]| {
        cells
            .iter()
            .filter(|c| c.span.column < labels)
            .max_by_key(|c| c.span.column)
            .is_some_and(|c| !c.text.is_empty())
    };
    let opens = below
        .iter()
        .any(|c| c.span.column < labels && opens_item(&c.text));
    label(above) && label(below) && !opens
}

/// Whether the page break cuts a row without figures, a header mostly: the same cells on both
/// sides, and each text below goes on with a full line above.
fn is_cut_row_of_words(above: &[&Cell], below: &[&Cell]) -> bool {
    let mut runs = 0;
    for cell in below {
        let Some(over) = above.iter().find(|over| same_columns(over, cell)) else {
            return false;
        };
        if over.text.is_empty() || cell.text.is_empty() {
            continue;
        }
        if !runs_on(over, cell) {
            return false;
        }
        runs += 1;
    }
    runs > 0
}

/// Whether a text above the break heads several cells below it: the break is in the header.
fn divides(above: &[&Cell], below: &[&Cell]) -> bool {
    above.iter().any(|over| {
        let (from, to) = (over.span.column, over.span.column + over.span.columns);
        let under = below
            .iter()
            .filter(|cell| cell.span.column >= from && cell.span.column + cell.span.columns <= to)
            .filter(|cell| !cell.text.is_empty())
            .count();
        !over.text.is_empty() && under >= 2
    })
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
