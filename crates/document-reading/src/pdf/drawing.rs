//! A page as the reader sees it, drawn as SVG: lines, words, rules and the grids found. For people
//! who ask why a table came out wrong. Numbers in the margin are the order of reading; headings and
//! artifacts of a tagged file are underlaid. The same page gives the same bytes.

use std::fmt::{self, Write};

use model::PageBox;

use super::furniture;
use super::lines::Line;
use super::order::Item;
use super::page::Page;
use super::structure::Role;
use super::table::Table;
use super::write;

/// One page, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDrawing {
    /// From 1.
    pub page: u32,
    /// The drawing, a whole SVG document.
    pub svg: String,
}

const STYLE: &str = "text{font-family:sans-serif;fill:#222}rect{fill:none;stroke-width:.6}\
.rule{stroke:#d22;stroke-width:1.2}.line{stroke:#9ab}.cell{stroke:#06c;fill:#06c;fill-opacity:.06}\
.table{stroke:#06c;stroke-width:2}.furniture{stroke:#c70;stroke-dasharray:3 2}\
.heading{fill:#fd8;fill-opacity:.4}.artifact{fill:#ddd;fill-opacity:.5}.order{fill:#d22}\
.note{stroke:#808}.hidden{stroke:#090;stroke-dasharray:1 2}.mark{stroke:#aaa}";

/// Draws the pages, in the frame in which they are read.
pub(super) fn draw(mut pages: Vec<Page>) -> Vec<PageDrawing> {
    let furniture = furniture::take(&mut pages);
    let mut items = write::body(&mut pages).into_iter().peekable();
    pages
        .iter()
        .zip(furniture)
        .map(|(page, furniture)| {
            let mut here = Vec::new();
            while let Some(item) = items.next_if(|item| item.page() == page.number) {
                here.push(item);
            }
            let mut svg = String::new();
            // Writing to a string cannot fail.
            let _ = write_page(&mut svg, page, &here, &furniture);
            PageDrawing {
                page: page.number,
                svg,
            }
        })
        .collect()
}

fn write_page(
    out: &mut String,
    page: &Page,
    body: &[Item],
    furniture: &[furniture::Furniture],
) -> fmt::Result {
    let (width, height) = (page.width, page.height);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}\" height=\"{height:.1}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\">\n<style>{STYLE}</style>\n\
         <rect x=\"0\" y=\"0\" width=\"{width:.1}\" height=\"{height:.1}\" style=\"fill:#fff\"/>"
    )?;
    for rule in &page.rules.horizontal {
        stroke(out, Point(rule.from, rule.at), Point(rule.to, rule.at))?;
    }
    for rule in &page.rules.vertical {
        stroke(out, Point(rule.at, rule.from), Point(rule.at, rule.to))?;
    }
    for (item, number) in body.iter().zip(1..) {
        match item {
            Item::Line(placed) => {
                write_line(out, role_class(placed.line.role), &placed.line, page.number)?;
                order(out, Point(placed.line.x0, placed.line.base), number)?;
            }
            Item::Table(table) => {
                write_table(out, table)?;
                if let Some(place) = table.boxes.first() {
                    order(out, Point(place.x0, place.y0 + ORDER_SIZE), number)?;
                }
            }
        }
    }
    for item in furniture {
        write_line(out, "furniture", &item.line, page.number)?;
    }
    for line in page.hidden.iter().flatten() {
        write_line(out, "hidden", line, page.number)?;
    }
    for note in &page.notes {
        for place in &note.boxes {
            frame(out, "note", *place)?;
        }
        if let Some(place) = note.boxes.first() {
            text(out, Point(place.x0, place.y1), note.size, &note.text)?;
        }
    }
    for mark in &page.marks {
        frame(out, "mark", mark.place)?;
        text(out, Point(mark.place.x0, mark.place.y1), 8.0, &mark.text)?;
    }
    out.push_str("</svg>\n");
    Ok(())
}

#[derive(Clone, Copy)]
struct Point(f32, f32);

fn write_table(out: &mut String, table: &Table) -> fmt::Result {
    for place in &table.boxes {
        frame(out, "table", *place)?;
    }
    for cell in &table.cells {
        let Some(place) = cell.boxes.first() else {
            continue;
        };
        frame(out, "cell", *place)?;
        let size = ((place.y1 - place.y0) * 0.8).clamp(2.0, 8.0);
        let at = Point(place.x0 + 1.0, place.y0 + size);
        text(out, at, size, &cell.text)?;
    }
    Ok(())
}

fn role_class(role: Role) -> &'static str {
    match role {
        Role::Unknown => "line",
        Role::Heading(_) => "line heading",
        Role::Artifact => "line artifact",
    }
}

/// Size of the numbers that tell the order of reading, points.
const ORDER_SIZE: f32 = 5.0;

/// The place in the order of reading, to the left of what stands there.
fn order(out: &mut String, at: Point, number: usize) -> fmt::Result {
    writeln!(
        out,
        "<text class=\"order\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"{ORDER_SIZE:.1}\" \
         text-anchor=\"end\">{number}</text>",
        at.0 - 1.5,
        at.1
    )
}

fn write_line(out: &mut String, class: &str, line: &Line, page: u32) -> fmt::Result {
    frame(out, class, line.page_box(page))?;
    text(out, Point(line.x0, line.base), line.size, &line.text)
}

fn frame(out: &mut String, class: &str, place: PageBox) -> fmt::Result {
    writeln!(
        out,
        "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
        place.x0,
        place.y0,
        (place.x1 - place.x0).max(0.0),
        (place.y1 - place.y0).max(0.0)
    )
}

fn stroke(out: &mut String, from: Point, to: Point) -> fmt::Result {
    writeln!(
        out,
        "<line class=\"rule\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        from.0, from.1, to.0, to.1
    )
}

fn text(out: &mut String, at: Point, size: f32, words: &str) -> fmt::Result {
    if words.is_empty() {
        return Ok(());
    }
    write!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size:.1}\">",
        at.0, at.1
    )?;
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // No control character may stand in XML.
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out.push_str("</text>\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_stays_text() {
        let mut out = String::new();
        text(&mut out, Point(1.0, 2.0), 9.0, "a<b>&\u{1}").unwrap();
        assert_eq!(
            out,
            "<text x=\"1.0\" y=\"2.0\" font-size=\"9.0\">a&lt;b&gt;&amp; </text>\n"
        );
    }
}
