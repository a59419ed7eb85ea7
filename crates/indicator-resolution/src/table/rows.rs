//! The rows of a band as one sequence of labels.
//!
//! Nested row labels (`三、本年度办理结果 | (三)不予公开 | 1.属于国家秘密`) are unrolled: a label that stands
//! before others is an item of its own without values, as a form lists it. A label broken over two rows
//! becomes one item, a row that holds two indicators becomes two.

use std::collections::BTreeMap;

use notation::CellValue;

use super::columns::Panel;
use super::index::{Hit, LabelIndex, Reference};
use super::layout::{Band, Kind, RowAt, Sheet};
use super::matching::SAME;
use crate::label::NormalLabel;

/// A part of a label that 其中 parts from another may be misspelt.
const LIKE: f32 = 0.75;

/// A label of the band with its values.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Index of the panel.
    pub(super) panel: usize,
    /// Where its values stand; `None` for a label that has none of its own.
    pub(super) at: Option<RowAt>,
    /// The label as the cell has it; empty for a row without labels.
    pub(super) text: String,
    /// Normal form of the label.
    pub(super) label: NormalLabel,
    /// Wordings of the codebook, best first.
    pub(super) hits: Vec<Hit>,
    /// The item that it stands under, where the grid says so.
    pub(super) parent: Option<usize>,
    /// Which of how many labels of its value cells it is.
    pub(super) part: (usize, usize),
}

impl Item {
    /// The label of a cell, which is looked up already.
    fn of_cell(panel: usize, at: Option<RowAt>, sheet: &Sheet<'_>, cell: usize) -> Self {
        let facts = sheet.facts.get(cell);
        Self {
            panel,
            at,
            text: sheet.text(cell).to_owned(),
            label: facts.map(|facts| facts.label.clone()).unwrap_or_default(),
            hits: facts.map(|facts| facts.hits.clone()).unwrap_or_default(),
            parent: None,
            part: (0, 1),
        }
    }

    fn new(panel: usize, at: Option<RowAt>, text: &str, index: &LabelIndex) -> Self {
        let label = NormalLabel::new(text);
        let hits = if label.full.is_empty() {
            Vec::new()
        } else {
            index.look_up(&label)
        };
        Self {
            panel,
            at,
            text: text.to_owned(),
            label,
            hits,
            parent: None,
            part: (0, 1),
        }
    }

    /// Whether a row of any form is named so.
    fn score(&self, index: &LabelIndex) -> f32 {
        row_score(&self.hits, index)
    }
}

/// The sequence of a band's labels, panel after panel.
pub(super) fn items(
    sheets: &[Sheet<'_>],
    band: &Band,
    panels: &[Panel],
    index: &LabelIndex,
) -> Vec<Item> {
    let mut items = Vec::new();
    for (panel_at, panel) in panels.iter().enumerate() {
        panel_items(sheets, band, panel_at, panel, index, &mut items);
    }
    items
}

fn panel_items(
    sheets: &[Sheet<'_>],
    band: &Band,
    panel_at: usize,
    panel: &Panel,
    index: &LabelIndex,
    items: &mut Vec<Item>,
) {
    let start = items.len();
    // Items by the cell that holds their label, for labels that cover several rows.
    let mut by_cell: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    // The labels that the row before stands under.
    let mut over: Vec<usize> = Vec::new();
    for at in &band.body {
        let Some(sheet) = sheets.get(at.sheet) else {
            continue;
        };
        let mut cells: Vec<usize> = sheet
            .cells(at.row, panel.labels.iter().copied())
            .into_iter()
            .filter(|cell| sheet.kind(*cell) != Kind::Blank)
            .collect();
        let values = value_cells(sheet, at.row, panel, &cells);
        // A label that was written into each cell of its span is one label.
        cells.dedup_by(|one, before| sheet.text(*one) == sheet.text(*before));
        let filled = values.iter().any(|cell| sheet.kind(*cell) != Kind::Blank);
        let Some((last, above)) = cells.split_last() else {
            if panel.labels.is_empty() {
                items.push(Item::new(panel_at, Some(*at), "", index));
            } else if filled {
                lend_values(items, start, sheets, panel, *at);
            }
            continue;
        };
        let mut parent = None;
        let mut same_so_far = true;
        for (depth, cell) in above.iter().enumerate() {
            let of_cell = by_cell.get(&(at.sheet, *cell)).copied();
            // Written again in the row below, it is the same label still.
            let again = over.get(depth).copied().filter(|item| {
                let label = items.get(*item).map(|item| item.text.as_str());
                same_so_far && label == Some(sheet.text(*cell))
            });
            let known = of_cell.or(again);
            same_so_far &= known.is_some() && known == over.get(depth).copied();
            let item = known.unwrap_or_else(|| {
                let mut item = Item::of_cell(panel_at, None, sheet, *cell);
                item.parent = parent;
                items.push(item);
                items.len() - 1
            });
            by_cell.insert((at.sheet, *cell), item);
            parent = Some(item);
            over.truncate(depth);
            over.push(item);
        }
        over.truncate(above.len());
        if by_cell.contains_key(&(at.sheet, *last)) {
            // A label that covers several rows, of which this one may hold the values.
            if filled {
                lend_values(items, start, sheets, panel, *at);
            }
            continue;
        }
        let own = (!values.is_empty()).then_some(*at);
        let mut item = Item::of_cell(panel_at, own, sheet, *last);
        item.parent = parent;
        by_cell.insert((at.sheet, *last), items.len());
        if join_broken(items, start, &item, sheets, panel, index) {
            by_cell.insert((at.sheet, *last), items.len() - 1);
            continue;
        }
        let several = values.iter().any(|cell| {
            sheet
                .facts
                .get(*cell)
                .is_some_and(|facts| matches!(facts.value, CellValue::Several(_)))
        });
        match parts(&item, several, index) {
            Some(parts) => {
                let count = parts.len();
                for (at, text) in parts.iter().enumerate() {
                    let mut part = Item::new(panel_at, own, text, index);
                    part.parent = parent;
                    part.part = (at, count);
                    items.push(part);
                }
            }
            None => items.push(item),
        }
    }
}

/// The cells of a row that may hold values, each once: none that is a label.
pub(super) fn value_cells(
    sheet: &Sheet<'_>,
    row: usize,
    panel: &Panel,
    labels: &[usize],
) -> Vec<usize> {
    let columns = panel.leaves.iter().flat_map(|leaf| leaf.range.clone());
    let mut cells = sheet.cells(row, columns);
    cells.retain(|cell| !labels.contains(cell));
    cells
}

fn is_filled(sheets: &[Sheet<'_>], at: Option<RowAt>, panel: &Panel) -> bool {
    let Some(at) = at else {
        return false;
    };
    sheets.get(at.sheet).is_some_and(|sheet| {
        let labels = sheet.cells(at.row, panel.labels.iter().copied());
        value_cells(sheet, at.row, panel, &labels)
            .iter()
            .any(|cell| sheet.kind(*cell) != Kind::Blank)
    })
}

/// A row of values without a label belongs to the label above where that has none.
fn lend_values(items: &mut [Item], start: usize, sheets: &[Sheet<'_>], panel: &Panel, at: RowAt) {
    let Some(item) = items.get_mut(start..).and_then(<[Item]>::last_mut) else {
        return;
    };
    if !is_filled(sheets, item.at, panel) && item.part.1 == 1 {
        item.at = Some(at);
    }
}

/// Joins a label with the one above where only both together name a row (`2.没有现成信息需要` / `另行制作`)
/// and at most one of them has values.
fn join_broken(
    items: &mut [Item],
    start: usize,
    below: &Item,
    sheets: &[Sheet<'_>],
    panel: &Panel,
    index: &LabelIndex,
) -> bool {
    let Some(above) = items.get_mut(start..).and_then(<[Item]>::last_mut) else {
        return false;
    };
    if below.text.is_empty() || above.part.1 > 1 {
        return false;
    }
    let filled = (
        is_filled(sheets, above.at, panel),
        is_filled(sheets, below.at, panel),
    );
    let weak = above.score(index) < SAME && below.score(index) < SAME;
    if filled == (true, true) || !weak {
        return false;
    }
    let at = match filled {
        (false, true) => below.at,
        _ => above.at.or(below.at),
    };
    let mut joined = Item::new(
        above.panel,
        at,
        &format!("{}{}", above.text, below.text),
        index,
    );
    if joined.score(index) < SAME {
        return false;
    }
    joined.parent = above.parent;
    *above = joined;
    true
}

fn row_score(hits: &[Hit], index: &LabelIndex) -> f32 {
    hits.iter()
        .find(|hit| {
            index
                .references(**hit)
                .iter()
                .any(|reference| matches!(reference, Reference::Row { .. }))
        })
        .map_or(0.0, |hit| hit.score)
}

/// The labels of a row that holds several indicators: parted at 其中, at spaces, or, where the value cell has
/// several numbers, anywhere that leaves two labels of forms.
fn parts(item: &Item, several: bool, index: &LabelIndex) -> Option<Vec<String>> {
    let whole = item.score(index);
    if whole >= SAME && !several {
        return None;
    }
    let text = item.text.trim();
    let named = |part: &String| {
        let same = index.look_up_same(&NormalLabel::new(part));
        row_score(&same, index) >= SAME
    };
    let like = |part: &String| {
        named(part) || row_score(&index.look_up(&NormalLabel::new(part)), index) >= LIKE
    };
    let at_children = parted(text, |at, rest| at > 0 && rest.starts_with("其中"));
    if at_children.len() > 1 && at_children.iter().all(like) {
        return Some(at_children);
    }
    let at_spaces: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if at_spaces.len() > 1 && at_spaces.iter().all(named) {
        return Some(at_spaces);
    }
    if !several {
        return None;
    }
    text.char_indices()
        .skip(1)
        .take(80)
        .filter_map(|(at, _)| text.split_at_checked(at))
        .map(|(first, second)| vec![first.trim().to_owned(), second.trim().to_owned()])
        .find(|parts| parts.iter().all(named))
}

/// A text cut before every place that `starts` names, each piece trimmed.
fn parted(text: &str, starts: impl Fn(usize, &str) -> bool) -> Vec<String> {
    let mut cuts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| text.get(*at..).is_some_and(|rest| starts(*at, rest)))
        .collect();
    cuts.push(text.len());
    let mut from = 0;
    let mut pieces = Vec::new();
    for cut in cuts {
        let piece = text.get(from..cut).unwrap_or_default();
        let piece = piece
            .trim()
            .trim_end_matches(['(', '（', ',', '，', ';', '；'])
            .trim_end();
        if !piece.is_empty() {
            pieces.push(piece.to_owned());
        }
        from = cut;
    }
    pieces
}
