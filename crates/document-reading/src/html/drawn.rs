//! Tables drawn with other elements than those of tables: boxes set as table, row and cell, boxes
//! with the roles or the classes of rows and cells, lists of terms with figures.
//!
//! What is set so may as well lay out the page. It is a table of data where at least two cells hold
//! a number, none holds a paragraph, and all rows have as many cells.

use super::attributes::Attribute;
use super::dom::Dom;
use super::measure::{Measure, visible};
use super::metadata;
use super::tables::RowNode;

/// Characters of a cell from which on it is a paragraph.
const LONG: u32 = 120;

/// Rows from which on classes or terms alone make a table.
const ROWS: usize = 3;

/// How the parts of a drawn table are told.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// By `display: table-row` and `table-cell`, or by roles.
    Surely,
    /// By the words of a class.
    ByClass,
}

/// The rows of an element that is a drawn table.
pub(super) fn rows(dom: &Dom, measures: &[Measure], index: usize) -> Option<Vec<RowNode>> {
    let measure = |node: usize| measures.get(node).copied().unwrap_or_default();
    let own = measure(index);
    if own.characters == 0 || own.linked * 2 > own.characters {
        return None;
    }
    let (told, rows) = match dom.name(index) {
        "dl" => (Told::ByClass, terms(dom, index)?),
        "div" | "section" | "ul" | "ol" => boxes(dom, &measure, index)?,
        _ => return None,
    };
    let least = if told == Told::Surely { 2 } else { ROWS };
    let width = rows.first()?.len();
    if rows.len() < least || width < 2 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let is_metadata =
        |name: &usize| metadata::label(&dom.text_of(*name)).is_some_and(|label| label.strong);
    if rows.iter().filter_map(|row| row.first()).any(is_metadata) {
        return None;
    }
    let mut figures = 0;
    for cell in rows.iter().flatten() {
        let own = measure(*cell);
        if own.characters > LONG || own.paragraphs > 1 || own.cells > 0 {
            return None;
        }
        figures += usize::from(is_figure(dom, *cell, own));
    }
    // Beside the rows' names most cells are figures, or blank.
    if figures < 2 || (told == Told::ByClass && figures * 3 < rows.len()) {
        return None;
    }
    let header = |cell: usize| {
        matches!(
            dom.attribute(cell, Attribute::Role),
            Some("columnheader" | "rowheader")
        )
    };
    Some(
        rows.into_iter()
            .map(|row| RowNode::plain(row.into_iter().map(|cell| (cell, header(cell)))))
            .collect(),
    )
}

/// Rows of boxes, straight inside or in groups.
fn boxes(
    dom: &Dom,
    measure: &dyn Fn(usize) -> Measure,
    index: usize,
) -> Option<(Told, Vec<Vec<usize>>)> {
    let mut told = Told::Surely;
    let mut rows = Vec::new();
    for child in dom.children(index) {
        if dom.is_text(child) {
            if visible(dom.text(child)) > 0 {
                return None;
            }
            continue;
        }
        if let Some(how) = is_part(dom, child, &ROW) {
            rows.push((child, how));
        } else if dom.attribute(child, Attribute::Role) == Some("rowgroup")
            || is_set_as(dom, child, &["table-row-group", "table-header-group"])
        {
            for row in dom.children(child) {
                rows.extend(is_part(dom, row, &ROW).map(|how| (row, how)));
            }
        } else if measure(child).characters > 0 {
            return None;
        }
    }
    let mut cells = Vec::with_capacity(rows.len());
    for (row, how) in rows {
        let mut line = Vec::new();
        for child in dom.children(row) {
            if dom.is_text(child) {
                if visible(dom.text(child)) > 0 {
                    return None;
                }
                continue;
            }
            let cell = is_part(dom, child, &CELL)?;
            if how == Told::ByClass || cell == Told::ByClass {
                told = Told::ByClass;
            }
            line.push(child);
        }
        cells.push(line);
    }
    Some((told, cells))
}

/// Terms with what stands behind each.
fn terms(dom: &Dom, index: usize) -> Option<Vec<Vec<usize>>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for child in dom.children(index) {
        match dom.name(child) {
            "dt" => rows.push(vec![child]),
            "dd" => rows.last_mut()?.push(child),
            "" if visible(dom.text(child)) == 0 => {}
            _ => return None,
        }
    }
    Some(rows)
}

/// What tells a part of a drawn table.
struct Part {
    roles: &'static [&'static str],
    settings: &'static [&'static str],
    words: &'static [&'static str],
}

const ROW: Part = Part {
    roles: &["row"],
    settings: &["table-row"],
    words: &["tr", "row", "trow"],
};

const CELL: Part = Part {
    roles: &["cell", "gridcell", "columnheader", "rowheader"],
    settings: &["table-cell"],
    words: &["td", "th", "cell", "col", "tcell"],
};

fn is_part(dom: &Dom, index: usize, part: &Part) -> Option<Told> {
    let role = dom.attribute(index, Attribute::Role);
    if role.is_some_and(|role| part.roles.contains(&role)) || is_set_as(dom, index, part.settings) {
        return Some(Told::Surely);
    }
    let class = dom.attribute(index, Attribute::Class)?;
    class
        .split(|character: char| !character.is_ascii_alphabetic())
        .any(|word| part.words.contains(&word))
        .then_some(Told::ByClass)
}

fn is_set_as(dom: &Dom, index: usize, values: &[&str]) -> bool {
    let style = dom.attribute(index, Attribute::Style).unwrap_or_default();
    style.split(';').any(|declaration| {
        declaration
            .split_once(':')
            .is_some_and(|(property, value)| {
                property.trim().eq_ignore_ascii_case("display") && values.contains(&value.trim())
            })
    })
}

/// A cell that holds one number.
fn is_figure(dom: &Dom, cell: usize, measure: Measure) -> bool {
    (1..=12).contains(&measure.characters) && {
        let text = dom.text_of(cell);
        let text = text.trim().trim_start_matches(['+', '-']);
        text.starts_with(|character: char| character.is_ascii_digit())
            && text
                .chars()
                .all(|character| character.is_ascii_digit() || matches!(character, '.' | ',' | '%'))
    }
}
