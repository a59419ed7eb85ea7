//! Reading order: one column, or two columns where a gutter runs down the page.

use super::aligned;
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
        left: shared(&mut starts, 4.0),
        right: -shared(&mut ends, 9.0),
    })
}

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

/// A vertical strip without text that parts two columns.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gutter {
    from: f32,
    to: f32,
}

/// Lines and tables of a page in reading order.
pub(super) fn arrange(
    rows: Vec<Row>,
    mut tables: Vec<Table>,
    page: u32,
    width: f32,
    usual: Margins,
) -> Vec<Item> {
    if let Some(gutter) = gutter(&rows, width) {
        return two_columns(rows, tables, page, gutter);
    }
    let (rows, found) = aligned::take(rows, page);
    tables.extend(found);
    let lines: Vec<Line> = rows.into_iter().filter_map(whole).collect();
    let own = margins(lines.iter(), 8).unwrap_or(usual);
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
    items.extend(tables.into_iter().map(|table| {
        let top = table.boxes.first().map_or(0.0, |first| first.y0);
        (top, Item::Table(table))
    }));
    items.sort_by(|a, b| a.0.total_cmp(&b.0));
    items.into_iter().map(|(_, item)| item).collect()
}

/// Looks for a gutter: a strip near the middle that hardly a row crosses, with running text
/// on both sides of it on many rows.
fn gutter(rows: &[Row], width: f32) -> Option<Gutter> {
    const MIDDLE: (f32, f32) = (0.3, 0.7);
    let split = rows.iter().filter(|row| row.len() >= 2).count();
    if split < 8 || split * 10 < rows.len() * 4 {
        return None;
    }
    // How many rows ink each point of the width.
    let mut ink = vec![0_i32; width.max(1.0) as usize + 2];
    for line in rows.iter().flatten() {
        let (from, to) = (line.x0.max(0.0) as usize, line.x1.max(0.0).ceil() as usize);
        let last = ink.len() - 1;
        if let Some(slot) = ink.get_mut(from.min(last)) {
            *slot += 1;
        }
        if let Some(slot) = ink.get_mut(to.min(last)) {
            *slot -= 1;
        }
    }
    let most = (rows.len() / 8) as i32;
    let mut depth = 0;
    let mut best: Option<Gutter> = None;
    let mut start: Option<f32> = None;
    for (x, change) in ink.iter().enumerate() {
        depth += change;
        let x = x as f32;
        let inside = depth <= most && x > width * MIDDLE.0 && x < width * MIDDLE.1;
        match (inside, start) {
            (true, None) => start = Some(x),
            (false, Some(from)) => {
                if best.is_none_or(|best| x - from > best.to - best.from) {
                    best = Some(Gutter { from, to: x });
                }
                start = None;
            }
            _ => {}
        }
    }
    let gutter = best.filter(|best| best.to - best.from >= 8.0)?;
    let middle = (gutter.from + gutter.to) / 2.0;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in rows.iter().flatten() {
        if line.x1 <= middle {
            left.push(line);
        } else if line.x0 >= middle {
            right.push(line);
        }
    }
    (is_running_text(&left) && is_running_text(&right)).then_some(gutter)
}

/// Whether the lines of a column run through it: most fill its width and say something.
fn is_running_text(lines: &[&Line]) -> bool {
    let from = lines
        .iter()
        .map(|line| line.x0)
        .fold(f32::INFINITY, f32::min);
    let to = lines
        .iter()
        .map(|line| line.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let full = lines
        .iter()
        .filter(|line| line.x1 - line.x0 > 0.75 * (to - from) && line.text.chars().count() >= 8)
        .count();
    lines.len() >= 6 && full * 2 >= lines.len()
}

/// Bands between the rows that cross the gutter: left column, right column, crossing row.
fn two_columns(rows: Vec<Row>, tables: Vec<Table>, page: u32, gutter: Gutter) -> Vec<Item> {
    let middle = (gutter.from + gutter.to) / 2.0;
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if row
            .iter()
            .any(|line| line.x0 < gutter.from && line.x1 > gutter.to)
        {
            across.extend(whole(row));
            continue;
        }
        let (before, after): (Row, Row) = row.into_iter().partition(|line| line.middle() < middle);
        left.extend(whole(before));
        right.extend(whole(after));
    }
    let side = |table: &Table| -> usize {
        match table.boxes.first() {
            Some(first) if first.x1 <= gutter.to => 0,
            Some(first) if first.x0 >= gutter.from => 1,
            _ => 2,
        }
    };
    let mut by_side: [Vec<Table>; 3] = Default::default();
    for table in tables {
        if let Some(list) = by_side.get_mut(side(&table)) {
            list.push(table);
        }
    }
    let [left_tables, right_tables, across_tables] = by_side;
    let page_margins = Margins {
        left: left
            .iter()
            .chain(&across)
            .map(|line| line.x0)
            .fold(f32::INFINITY, f32::min),
        right: right
            .iter()
            .chain(&across)
            .map(|line| line.x1)
            .fold(0.0, f32::max),
    };
    let column = |lines: Vec<Line>, tables| {
        let margins = margins(lines.iter(), 1).unwrap_or(page_margins);
        merge(
            lines,
            tables,
            page,
            margins,
            (margins.left + margins.right) / 2.0,
        )
    };
    let mut left = column(left, left_tables).into_iter().peekable();
    let mut right = column(right, right_tables).into_iter().peekable();
    let mut items = Vec::new();
    for item in merge(across, across_tables, page, page_margins, middle) {
        let edge = top(&item);
        while let Some(next) = left.next_if(|next| top(next) < edge) {
            items.push(next);
        }
        while let Some(next) = right.next_if(|next| top(next) < edge) {
            items.push(next);
        }
        items.push(item);
    }
    items.extend(left);
    items.extend(right);
    items
}

fn top(item: &Item) -> f32 {
    match item {
        Item::Line(placed) => placed.line.base,
        Item::Table(table) => table.boxes.first().map_or(0.0, |first| first.y0),
    }
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
