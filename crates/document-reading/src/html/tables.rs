//! Tables: which hold data, which only lay out the page, and the markup of those with data.
//!
//! | evidence | points |
//! |---|--:|
//! | `th`, `thead` or `caption` | 3 |
//! | two cells or more with one number each | 2 |
//! | drawn borders; a word processor's or a data table's class | 1 each |
//! | two rows or more with two filled cells or more | 1 |
//! | another table of several cells inside a cell | -3 each, at most -6 |
//! | one cell of over 200 characters with 60 % of the text | -4 |
//! | a cell with several paragraphs of prose | -3 |
//! | links make up 60 % of the text | -3 |
//! | form controls | -3 |
//! | a heading inside a cell | -2 |
//! | a single row | -2 |
//!
//! More than none makes data. A table of one filled column, or marked as presentation, lays out.

use model::{CellMarkup, RowMarkup, Shape, TableMarkup, Text};

use super::attributes::Attribute;
use super::dom::Dom;
use super::measure::Measure;

/// What an HTML table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Data,
    Layout,
}

/// What a table's own cells hold, nested tables left aside.
#[derive(Default)]
struct Contents {
    rows: u32,
    full_rows: u32,
    widest: u32,
    cells: u32,
    figures: u32,
    nested: i32,
    headers: bool,
    controls: bool,
    long_cell: bool,
    prose_cell: bool,
    headings: bool,
    /// A `template` may hold rows that are none of the table's.
    template: bool,
}

/// Decides what a table is for.
pub(super) fn purpose(dom: &Dom, measures: &[Measure], table: usize) -> Use {
    if matches!(
        dom.attribute(table, Attribute::Role),
        Some("presentation" | "none")
    ) {
        return Use::Layout;
    }
    let whole = measures.get(table).copied().unwrap_or_default();
    let contents = contents(dom, measures, table, whole);
    if contents.widest < 2 || contents.template {
        return Use::Layout;
    }
    let link_heavy = whole.characters > 0 && whole.linked * 100 / whole.characters >= 60;
    let points = 3 * i32::from(contents.headers)
        + 2 * i32::from(contents.figures >= 2)
        + i32::from(has_border(dom, table))
        + i32::from(has_data_class(dom, table))
        + i32::from(contents.full_rows >= 2)
        - (3 * contents.nested).min(6)
        - 4 * i32::from(contents.long_cell)
        - 3 * i32::from(contents.prose_cell)
        - 3 * i32::from(link_heavy)
        - 3 * i32::from(contents.controls)
        - 2 * i32::from(contents.headings)
        - 2 * i32::from(contents.rows <= 1);
    if points > 0 { Use::Data } else { Use::Layout }
}

fn contents(dom: &Dom, measures: &[Measure], table: usize, whole: Measure) -> Contents {
    let mut contents = Contents::default();
    let mut filled = 0;
    let mut index = table + 1;
    let close_row = |contents: &mut Contents, filled: &mut u32| {
        contents.widest = contents.widest.max(*filled);
        contents.full_rows += u32::from(*filled >= 2);
        *filled = 0;
    };
    while index < dom.end(table) {
        let measure = measures.get(index).copied().unwrap_or_default();
        match dom.name(index) {
            "table" => {
                contents.nested += i32::from(measure.cells > 1);
                index = dom.end(index);
                continue;
            }
            "thead" | "caption" if measure.characters > 0 => contents.headers = true,
            "input" | "select" | "textarea" | "button" | "iframe" => contents.controls = true,
            "template" => contents.template = true,
            "h1" | "h2" | "h3" | "h4" if measure.characters > 0 => contents.headings = true,
            "tr" => {
                close_row(&mut contents, &mut filled);
                contents.rows += u32::from(measure.characters > 0);
            }
            name @ ("td" | "th") if measure.characters > 0 => {
                contents.headers |= name == "th";
                contents.cells += 1;
                filled += 1;
                contents.figures += u32::from(measure.is_figure);
                contents.long_cell |=
                    measure.characters > 200 && measure.characters * 10 >= whole.characters * 6;
                contents.prose_cell |= measure.paragraphs > 1;
            }
            _ => {}
        }
        index += 1;
    }
    close_row(&mut contents, &mut filled);
    contents
}

fn has_border(dom: &Dom, table: usize) -> bool {
    dom.attribute(table, Attribute::Border)
        .is_some_and(|border| border.trim().parse::<u32>().is_ok_and(|width| width > 0))
        || dom.attribute(table, Attribute::BorderColor).is_some()
        || dom
            .attribute(table, Attribute::Style)
            .is_some_and(|style| style.contains("border-collapse") || style.contains("solid"))
}

fn has_data_class(dom: &Dom, table: usize) -> bool {
    let class = dom.attribute(table, Attribute::Class).unwrap_or_default();
    ["MsoTableGrid", "MsoNormalTable", "table-bordered", "xl"]
        .iter()
        .any(|known| class.contains(known))
}

/// A cell of a data table whose text is still to be read.
pub(super) struct CellNode {
    pub(super) node: usize,
    row_span: u32,
    col_span: u32,
    header: bool,
}

/// A row of a data table whose cells are still to be read.
pub(super) struct RowNode {
    pub(super) cells: Vec<CellNode>,
    group: u32,
    header: bool,
}

impl RowNode {
    /// A row of cells without spans: each cell's node, and whether it heads a row or column.
    pub(super) fn plain(cells: impl Iterator<Item = (usize, bool)>) -> Self {
        let cells = cells.map(|(node, header)| CellNode {
            node,
            row_span: 1,
            col_span: 1,
            header,
        });
        Self {
            cells: cells.collect(),
            group: 0,
            header: false,
        }
    }
}

/// Rows and cells of a table, spans as stated; and its captions: badly closed ones are several.
pub(super) fn rows(dom: &Dom, table: usize) -> (Vec<RowNode>, Vec<usize>) {
    let mut rows = Vec::new();
    let mut captions = Vec::new();
    let mut group = 0;
    for child in dom.children(table) {
        match dom.name(child) {
            "caption" => captions.push(child),
            name @ ("thead" | "tbody" | "tfoot") => {
                for row in dom.children(child).filter(|row| dom.name(*row) == "tr") {
                    rows.push(RowNode {
                        cells: cells(dom, row),
                        group,
                        header: name == "thead",
                    });
                }
                group += 1;
            }
            _ => {}
        }
    }
    (rows, captions)
}

fn cells(dom: &Dom, row: usize) -> Vec<CellNode> {
    dom.children(row)
        .filter(|cell| matches!(dom.name(*cell), "td" | "th"))
        .map(|node| CellNode {
            node,
            row_span: span(dom.attribute(node, Attribute::RowSpan), 65_534),
            col_span: span(dom.attribute(node, Attribute::ColSpan), 1_000).max(1),
            header: dom.name(node) == "th",
        })
        .collect()
}

/// A span by the HTML standard's rules for non-negative integers: leading white space and `+`
/// are passed over, what follows the digits is ignored, anything else is 1.
fn span(value: Option<&str>, most: u32) -> u32 {
    let Some(value) = value else { return 1 };
    let value = value.trim_start();
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = value
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(value.len());
    match value.get(..digits) {
        None | Some("") => 1,
        // Digits that overflow are many columns.
        Some(digits) => digits.parse::<u32>().unwrap_or(most).min(most),
    }
}

/// Cells that the rectangle of a table has beyond those in the source: positions that spans cover and
/// that short rows leave empty. An upper bound, in one pass over the cells.
pub(super) fn filled(rows: &[RowNode]) -> usize {
    let height = rows.len();
    let stated: usize = rows.iter().map(|row| row.cells.len()).sum();
    let mut widest = 0_usize;
    let mut from_above = 0_usize;
    // Columns that are free again from a row on.
    let mut ends = vec![0_usize; height + 1];
    for (index, row) in rows.iter().enumerate() {
        from_above -= ends.get(index).copied().unwrap_or_default();
        let mut width = from_above;
        for cell in &row.cells {
            let columns = cell.col_span as usize;
            width += columns;
            let last = match cell.row_span {
                0 => height,
                span => height.min(index + span as usize),
            };
            if last > index + 1
                && let Some(end) = ends.get_mut(last)
            {
                *end += columns;
                from_above += columns;
            }
        }
        widest = widest.max(width);
    }
    // A column in which no cell begins is not made.
    (height * widest.min(stated)).saturating_sub(stated)
}

/// How much the spans of a table may make of it.
pub(super) struct Bounds {
    /// Most cells of the table.
    pub(super) cells: usize,
    /// What is left of the page's bytes of merged texts.
    pub(super) bytes: usize,
}

/// Puts a table together. Spans that would make more than its bounds allow are taken back to one,
/// and the second value says so.
pub(super) fn markup(
    rows: Vec<RowNode>,
    caption: Option<Text>,
    bounds: &mut Bounds,
    mut cell_text: impl FnMut(usize) -> (Text, model::Place),
) -> (TableMarkup, bool) {
    let mut positions = 0_usize;
    let mut over = false;
    let mut in_group = Vec::new();
    for row in &rows {
        let group = row.group as usize;
        if in_group.len() <= group {
            in_group.resize(group + 1, 0_usize);
        }
        if let Some(count) = in_group.get_mut(group) {
            *count += 1;
        }
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let height = in_group.get(row.group as usize).copied().unwrap_or(1);
            let cells = row.cells.into_iter().map(|cell| {
                let covered = match cell.row_span {
                    0 => height,
                    span => (span as usize).min(height),
                };
                let covered = covered * cell.col_span as usize;
                let (text, place) = cell_text(cell.node);
                let repeated = covered.saturating_sub(1) * text.value().len();
                let fits = positions + covered <= bounds.cells && repeated <= bounds.bytes;
                positions += if fits { covered } else { 1 };
                bounds.bytes -= if fits { repeated } else { 0 };
                over |= !fits;
                CellMarkup {
                    text,
                    row_span: if fits { cell.row_span } else { 1 },
                    col_span: if fits { cell.col_span } else { 1 },
                    header: cell.header,
                    place: Some(place),
                }
            });
            RowMarkup {
                cells: cells.collect(),
                group: row.group,
                header: row.header,
            }
        })
        .collect();
    let table = TableMarkup {
        rows,
        caption,
        shape: Shape::Grid,
    };
    (table, over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_leniently() {
        for (value, most, expected) in [
            (Some("2;"), 1_000, 2),
            (Some(" +3 "), 1_000, 3),
            (Some("0"), 65_534, 0),
            (Some("-2"), 1_000, 1),
            (Some("x"), 1_000, 1),
            (Some("99999999999"), 1_000, 1_000),
            (None, 1_000, 1),
        ] {
            assert_eq!(span(value, most), expected, "{value:?}");
        }
    }
}
