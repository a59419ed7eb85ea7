//! Lines to paragraphs: by indent, width of the line, distance, size, weight and punctuation.

use model::{Alignment, PageBox};

use super::order::{Item, Placed};
use super::script::{is_terminal, join_line};
use super::seam::opens_item;
use super::structure;
use super::table::Table;

/// A paragraph as set.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) boxes: Vec<PageBox>,
    pub(super) size: f32,
    pub(super) bold_bytes: usize,
    pub(super) alignment: Alignment,
    pub(super) indent: f32,
    /// The level of the heading that a tagged file says it is.
    pub(super) heading_level: Option<u8>,
    /// It begins a page.
    pub(super) starts_page: bool,
}

/// A piece of the document's body.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Paragraph(Paragraph),
    Table(Table),
}

/// Wider gaps on a line part entries, not words, em.
const WIDEST_GAP: f32 = 3.5;

/// A line that fills this share of the column is long.
const LONG: f32 = 0.8;

/// How the document sets its paragraphs.
#[derive(Debug, Clone, Copy)]
struct Habits {
    /// First lines are indented.
    indents: bool,
    /// Usual distance of base lines in em.
    pitch: f32,
    /// Usual size of the text, points.
    size: f32,
}

/// Joins the lines of all pages into paragraphs; tables stay where they are.
pub(super) fn join(items: Vec<Item>) -> Vec<Piece> {
    let habits = habits(&items);
    let mut pieces = Vec::new();
    let mut open: Option<Open> = None;
    let mut page = 0;
    for item in items {
        match item {
            Item::Line(placed) => {
                let starts_page = placed.page != page;
                page = placed.page;
                match &mut open {
                    Some(known) if known.takes(&placed, habits) => known.push(placed),
                    _ => {
                        pieces.extend(open.take().map(Open::close));
                        open = Some(Open::new(placed, starts_page));
                    }
                }
            }
            Item::Table(table) => {
                pieces.extend(open.take().map(Open::close));
                page = table.page();
                pieces.push(Piece::Table(table));
            }
        }
    }
    pieces.extend(open.map(Open::close));
    pieces
}

fn habits(items: &[Item]) -> Habits {
    let mut indented = 0;
    let mut flush = 0;
    let mut pitches: Vec<f32> = Vec::new();
    let mut sizes: Vec<f32> = items
        .iter()
        .filter_map(|item| match item {
            Item::Line(placed) => Some(placed.line.size),
            Item::Table(_) => None,
        })
        .collect();
    sizes.sort_by(f32::total_cmp);
    for pair in items.windows(2) {
        let [Item::Line(a), Item::Line(b)] = pair else {
            continue;
        };
        if a.page == b.page && b.line.base > a.line.base {
            pitches.push((b.line.base - a.line.base) / a.line.size.max(1.0));
        }
        let indent = (b.line.x0 - b.left) / b.line.size.max(1.0);
        if (1.2..=3.2).contains(&indent) && alignment(b) != Alignment::Centre {
            indented += 1;
        } else if indent < 0.8 {
            flush += 1;
        }
    }
    pitches.sort_by(f32::total_cmp);
    Habits {
        indents: indented >= 2 && indented * 12 >= flush,
        pitch: pitches.get(pitches.len() / 2).copied().unwrap_or(1.6),
        size: sizes.get(sizes.len() / 2).copied().unwrap_or_default(),
    }
}

/// A paragraph that more lines may join.
struct Open {
    paragraph: Paragraph,
    first: Placed,
    last: Placed,
    lines: usize,
    /// All of it so far is bold.
    bold: bool,
}

impl Open {
    fn new(placed: Placed, starts_page: bool) -> Self {
        let line = &placed.line;
        Self {
            paragraph: Paragraph {
                text: line.text.clone(),
                boxes: vec![line.page_box(placed.page)],
                size: line.size,
                bold_bytes: line.bold_bytes,
                alignment: alignment(&placed),
                indent: line.x0 - placed.left,
                heading_level: None,
                starts_page,
            },
            bold: line.is_bold(),
            first: placed.clone(),
            last: placed,
            lines: 1,
        }
    }

    /// Whether the next line goes on with this paragraph.
    fn takes(&self, next: &Placed, habits: Habits) -> bool {
        let last = &self.last;
        let em = last.line.size.max(next.line.size).max(1.0);
        let same_flow = last.page == next.page && next.line.base > last.line.base;
        if (last.line.size - next.line.size).abs() > 0.12 * em {
            return false;
        }
        if same_flow && (next.line.base - last.line.base) / em > habits.pitch.max(1.0) * 1.35 {
            return false;
        }
        // A heading and a text, or headings of two levels.
        if structure::parts(last.line.role, next.line.role) {
            return false;
        }
        // Entries set side by side, no running text.
        if last.line.widest_gap.max(next.line.widest_gap) > WIDEST_GAP {
            return false;
        }
        if self.paragraph.alignment == Alignment::Centre || alignment(next) == Alignment::Centre {
            return same_flow && self.title_goes_on(next, habits);
        }
        // A heading in bold ends where the weight ends, and the other way round.
        if self.bold != next.line.is_bold() && (self.bold || self.lines == 1) {
            return false;
        }
        let step = (next.line.x0 - last.line.x0) / em;
        let indent = (next.line.x0 - next.left) / em;
        let ended = last.line.text.chars().next_back().is_some_and(is_terminal);
        // Where first lines are indented, one at the margin goes on with a long one that has not ended.
        let long = last.line.x1 - last.left > LONG * (last.right - last.left);
        let at_margin = habits.indents && same_flow && indent < 0.4 && long && !ended;
        if !self.had_to_break(next) && (!at_margin || opens_item(&next.line.text)) {
            return false;
        }
        if indent > 0.8 && same_flow {
            // Indented as the line before it: a hanging or quoted block goes on, a new first
            // line does not.
            let hangs = step.abs() < 0.4 && (self.lines > 1 || !habits.indents);
            return hangs && !ended;
        }
        if indent > 0.8 {
            return false;
        }
        // At the left margin: where first lines are indented this is no first line; elsewhere
        // distance parts paragraphs, and numbers do.
        let close = (next.line.base - last.line.base) / em <= habits.pitch * 1.12;
        habits.indents || !ended || same_flow && close && !opens_item(&next.line.text)
    }

    /// Whether a large line that fills the width on both sides goes on in a centred one below.
    fn title_goes_on(&self, next: &Placed, habits: Habits) -> bool {
        let line = &self.last.line;
        let ended = line.text.chars().next_back().is_some_and(is_terminal);
        line.size > 1.08 * habits.size
            && line.x0 - self.last.left < 1.9 * line.size
            && self.had_to_break(next)
            && alignment(next) == Alignment::Centre
            && self.bold == next.line.is_bold()
            && !ended
    }

    /// Whether the last line left no room for what the next one begins with: one character of
    /// Chinese (and the punctuation that may not begin a line), a whole word or figure else.
    fn had_to_break(&self, next: &Placed) -> bool {
        let line = &self.last.line;
        let em = line.size.max(1.0);
        let column = self.last.right - self.last.left;
        let needed = (1.9 * em).max(next.line.first_word + 0.6 * em);
        self.last.right - line.x1 <= needed.min(column * 0.6)
    }

    fn push(&mut self, placed: Placed) {
        let line = &placed.line;
        let paragraph = &mut self.paragraph;
        let before = paragraph.text.len();
        join_line(&mut paragraph.text, &line.text, self.last.line.spaced_end);
        if self.bold {
            let joint = paragraph
                .text
                .len()
                .saturating_sub(before + line.text.len());
            paragraph.bold_bytes = before + joint + line.bold_bytes;
            if !line.is_bold() && line.bold_bytes == 0 {
                paragraph.bold_bytes = before.min(paragraph.text.len());
            }
        }
        self.bold &= line.is_bold();
        let next = line.page_box(placed.page);
        match paragraph.boxes.last_mut() {
            // A new page or a new column begins a new box.
            Some(known) if known.page == next.page && next.y0 > known.y0 - 1.0 => {
                known.x0 = known.x0.min(next.x0);
                known.x1 = known.x1.max(next.x1);
                known.y1 = known.y1.max(next.y1);
            }
            _ => paragraph.boxes.push(next),
        }
        if alignment(&placed) == Alignment::Centre {
            paragraph.alignment = Alignment::Centre;
        }
        self.lines += 1;
        self.last = placed;
    }

    fn close(self) -> Piece {
        let mut paragraph = self.paragraph;
        if self.lines > 1 && paragraph.alignment != Alignment::Centre {
            paragraph.alignment = Alignment::Left;
        }
        paragraph.indent = self.first.line.x0 - self.first.left;
        paragraph.heading_level = structure::heading_level(&self.first.line, &paragraph.text);
        Piece::Paragraph(paragraph)
    }
}

/// How a line stands between its margins.
fn alignment(placed: &Placed) -> Alignment {
    let em = placed.line.size.max(1.0);
    let before = placed.line.x0 - placed.left;
    let after = placed.right - placed.line.x1;
    // An indent of two characters is a paragraph's, whatever stands at its end.
    let indented = (1.7..=2.3).contains(&(before / em));
    let off = (placed.line.middle() - placed.middle).abs() / em;
    let balanced = (before - after).abs() < 1.6 * em && before > 2.6 * em
        || off < if indented { 0.15 } else { 0.6 };
    // Too near to the end of the line for one character more: the first line of a paragraph.
    let first = indented && after < 2.0 * em;
    // A line that nearly fills the width is a line of a block set in.
    let short = placed.line.x1 - placed.line.x0 < 0.86 * (placed.right - placed.left);
    if before > 1.2 * em && after > 1.2 * em && balanced && short && !first {
        Alignment::Centre
    } else if after < em && before > 6.0 * em {
        Alignment::Right
    } else {
        Alignment::Left
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::super::lines::rows;
    use super::*;

    fn line(text: &str, x: f32, base: f32, page: u32) -> Item {
        let mut row = rows(set(text, x, base, 16.0)).remove(0);
        Item::Line(Placed {
            line: row.remove(0),
            page,
            left: 90.0,
            right: 410.0,
            middle: 250.0,
        })
    }

    fn texts(items: Vec<Item>) -> Vec<(String, usize)> {
        join(items)
            .into_iter()
            .map(|piece| match piece {
                Piece::Paragraph(paragraph) => (paragraph.text, paragraph.boxes.len()),
                Piece::Table(_) => ("[table]".to_owned(), 1),
            })
            .collect()
    }

    const FULL: &str = "一二三四五六七八九十一二三四五六七八九十";
    const FIRST: &str = "一二三四五六七八九十一二三四五六七八";

    #[test]
    fn indents_and_short_lines_part_paragraphs() {
        let items = vec![
            line("一、总体情况", 122.0, 60.0, 1),
            line(FIRST, 122.0, 88.0, 1),
            line(FULL, 90.0, 116.0, 1),
            line("末行。", 90.0, 144.0, 1),
            line(FIRST, 122.0, 172.0, 1),
            line("末行。", 90.0, 200.0, 1),
        ];
        assert_eq!(
            texts(items),
            [
                ("一、总体情况".to_owned(), 1),
                (format!("{FIRST}{FULL}末行。"), 1),
                (format!("{FIRST}末行。"), 1),
            ]
        );
    }

    #[test]
    fn a_paragraph_over_a_page_break_is_one() {
        let items = vec![
            line(FIRST, 122.0, 60.0, 1),
            line(FULL, 90.0, 700.0, 1),
            line(FIRST, 122.0, 60.0, 1),
            line(FULL, 90.0, 88.0, 1),
            line("末行。", 90.0, 60.0, 2),
            line(FIRST, 122.0, 88.0, 2),
        ];
        let read = texts(items);
        assert_eq!(read.last().unwrap().0, FIRST);
        assert!(
            read.iter()
                .any(|(text, boxes)| text.ends_with("末行。") && *boxes == 2)
        );
    }

    #[test]
    fn a_title_wider_than_the_page_is_one() {
        let large = |text: &str, x: f32, base: f32| {
            let mut row = rows(set(text, x, base, 20.0)).remove(0);
            Item::Line(Placed {
                line: row.remove(0),
                page: 1,
                left: 90.0,
                right: 410.0,
                middle: 250.0,
            })
        };
        let items = vec![
            large("某某市某某局信息公开工作年度报", 100.0, 60.0),
            large("告全文", 220.0, 90.0),
            line(FIRST, 122.0, 130.0, 1),
            line(FULL, 90.0, 158.0, 1),
            line("末行。", 90.0, 186.0, 1),
        ];
        assert_eq!(texts(items)[0].0, "某某市某某局信息公开工作年度报告全文");
    }

    #[test]
    fn centred_lines_stand_alone() {
        let items = vec![
            line("某某市某某局", 202.0, 60.0, 1),
            line("年度报告", 218.0, 88.0, 1),
            line(FIRST, 122.0, 130.0, 1),
        ];
        assert_eq!(texts(items).len(), 3);
    }
}
