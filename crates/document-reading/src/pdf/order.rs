//! Reading order: one column, or two columns where a gutter runs down the page.

use super::aligned;
use super::columns::{self, Band};
use super::furniture::whole;
use super::lines::{Line, Row};
use super::table::Table;

/// A line with the margins of the column it stands in.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) line: Line,
    pub(super) page: u32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Middle of the page or of the column.
    pub(super) middle: f32,
}

/// A piece of the page in reading order.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Line(Placed),
    Table(Table),
}

/// Margins of a page's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Margins {
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Item {
    /// The page it begins on.
    pub(super) fn page(&self) -> u32 {
        match self {
            Self::Line(placed) => placed.page,
            Self::Table(table) => table.page(),
        }
    }
}

/// The margins that lines agree on: the leftmost start and the rightmost end that several of
/// them share. `None` for too few lines.
pub(super) fn margins<'l>(lines: impl Iterator<Item = &'l Line>, enough: usize) -> Option<Margins> {
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    for line in lines {
        starts.push(line.x0);
        ends.push(-line.x1);
    }
    if starts.len() < enough {
        return None;
    }
    Some(Margins {
        left: shared(&mut starts, SAME_START),
        right: -shared(&mut ends, 9.0),
    })
}

/// The margins of one page: a page of headings and short lines alone does not show how far its lines
/// could run, which the others do.
fn own_margins<'l>(lines: impl Iterator<Item = &'l Line>, usual: Margins, width: f32) -> Margins {
    let lines: Vec<&Line> = lines.collect();
    let Some(mut own) = margins(lines.iter().copied(), 8) else {
        return usual;
    };
    // One line at the usual margin shows that the others are first lines.
    let at_margin = |line: &&Line| (line.x0 - usual.left).abs() < SAME_START;
    if own.left > usual.left && lines.iter().any(at_margin) {
        own.left = usual.left;
    }
    let as_wide = own.left + (usual.right - usual.left);
    Margins {
        left: own.left,
        right: own.right.max(as_wide.min(width - 0.5 * own.left)),
    }
}

/// Lines this near to one another begin at one margin, points.
const SAME_START: f32 = 4.0;

/// The smallest value that a tenth of the values (at least two) share within `reach`.
fn shared(values: &mut [f32], reach: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let support = (values.len() / 10).max(2).min(values.len());
    values
        .iter()
        .zip(values.iter().skip(support - 1))
        .find(|(first, last)| **last - **first <= reach)
        .map(|(first, _)| *first)
        .or_else(|| values.first().copied())
        .unwrap_or_default()
}

/// Lines and tables of a page in reading order.
pub(super) fn arrange(
    rows: Vec<Row>,
    mut tables: Vec<Table>,
    page: u32,
    width: f32,
    usual: Margins,
) -> Vec<Item> {
    // Tables without rules across both columns part them.
    let (rows, across) = match columns::gutter(&rows, width) {
        Some(gutter) => aligned::take_across(rows, page, gutter),
        None => (rows, Vec::new()),
    };
    tables.extend(across);
    let (rows, mut tables) = match columns::bands(rows, tables, width) {
        Ok(bands) => return in_bands(bands, page, width, usual),
        Err(whole) => whole,
    };
    let (rows, found) = aligned::take(rows, page);
    tables.extend(found);
    let lines: Vec<Line> = rows.into_iter().filter_map(whole).collect();
    let own = own_margins(lines.iter(), usual, width);
    merge(lines, tables, page, own, width / 2.0)
}

/// Lines of one column and the tables between them, top to bottom.
fn merge(
    lines: Vec<Line>,
    tables: Vec<Table>,
    page: u32,
    margins: Margins,
    middle: f32,
) -> Vec<Item> {
    let mut items: Vec<(f32, Item)> = lines
        .into_iter()
        .map(|line| {
            let item = Placed {
                page,
                left: margins.left,
                right: margins.right,
                middle,
                line,
            };
            (item.line.base, Item::Line(item))
        })
        .collect();
    items.extend(
        side_by_side(tables)
            .into_iter()
            .map(|(top, table)| (top, Item::Table(table))),
    );
    items.sort_by(|a, b| a.0.total_cmp(&b.0));
    items.into_iter().map(|(_, item)| item).collect()
}

/// Tables with the height at which they come: those that stand side by side come at the height of the
/// first of them, left to right.
fn side_by_side(tables: Vec<Table>) -> Vec<(f32, Table)> {
    let place = |table: &Table| {
        table
            .boxes
            .first()
            .map_or((0.0, 0.0, 0.0), |b| (b.y0, b.y1, b.x0))
    };
    let mut tables = tables;
    tables.sort_by(|a, b| place(a).0.total_cmp(&place(b).0));
    let mut placed: Vec<(f32, Table)> = Vec::with_capacity(tables.len());
    let mut group = (f32::INFINITY, f32::NEG_INFINITY);
    for table in tables {
        let (top, bottom, _) = place(&table);
        // More than half of it beside the group.
        if group.1.min(bottom) - top <= 0.5 * (bottom - top) {
            group = (top, bottom);
        }
        group.1 = group.1.max(bottom);
        placed.push((group.0, table));
    }
    placed.sort_by(|(a, left), (b, right)| {
        a.total_cmp(b)
            .then(place(left).2.total_cmp(&place(right).2))
    });
    placed
}

/// Bands one after the other, in each the left column before the right one.
fn in_bands(bands: Vec<Band>, page: u32, width: f32, usual: Margins) -> Vec<Item> {
    let whole_lines = bands.iter().flat_map(|band| match band {
        Band::Whole(rows, _) => rows.as_slice(),
        Band::Columns(_) => &[],
    });
    let own = own_margins(whole_lines.flatten(), usual, width);
    let mut items = Vec::new();
    for band in bands {
        match band {
            Band::Whole(rows, mut tables) => {
                let (rows, found) = aligned::take(rows, page);
                tables.extend(found);
                let lines: Vec<Line> = rows.into_iter().filter_map(whole).collect();
                items.extend(merge(lines, tables, page, own, width / 2.0));
            }
            Band::Columns(sides) => {
                for (lines, tables) in sides {
                    let own = margins(lines.iter(), 1).unwrap_or(usual);
                    let middle = (own.left + own.right) / 2.0;
                    items.extend(merge(lines, tables, page, own, middle));
                }
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::super::lines::rows;
    use super::*;

    fn texts(items: Vec<Item>) -> Vec<String> {
        items
            .into_iter()
            .map(|item| match item {
                Item::Line(placed) => placed.line.text,
                Item::Table(_) => "[table]".to_owned(),
            })
            .collect()
    }

    #[test]
    fn the_left_column_comes_before_the_right() {
        let mut glyphs = set(
            "年度报告全文刊登于本期公报请读者自左栏读起",
            90.0,
            60.0,
            18.0,
        );
        for line in 0..10 {
            let base = 100.0 + 20.0 * line as f32;
            glyphs.extend(set(
                &format!("左栏第{line}行文字写满整个栏宽为止"),
                90.0,
                base,
                10.0,
            ));
            glyphs.extend(set(
                &format!("右栏第{line}行文字写满整个栏宽为止"),
                320.0,
                base,
                10.0,
            ));
        }
        let usual = Margins {
            left: 90.0,
            right: 500.0,
        };
        let read = texts(arrange(rows(glyphs), Vec::new(), 1, 595.0, usual));
        assert!(read[0].starts_with("年度"));
        assert!(read[1..11].iter().all(|text| text.starts_with("左栏")));
        assert!(read[11..].iter().all(|text| text.starts_with("右栏")));
    }

    #[test]
    fn names_and_figures_are_no_columns() {
        let mut glyphs = Vec::new();
        for line in 0..12 {
            let base = 100.0 + 20.0 * line as f32;
            glyphs.extend(set("规章", 90.0, base, 10.0));
            glyphs.extend(set("12", 320.0, base, 10.0));
        }
        let usual = Margins {
            left: 90.0,
            right: 500.0,
        };
        let read = texts(arrange(rows(glyphs), Vec::new(), 1, 595.0, usual));
        assert_eq!(read, ["[table]"]);
    }
}
