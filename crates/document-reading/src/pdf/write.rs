//! Pieces to the blocks of a [`Document`].

use std::collections::BTreeMap;

use model::{
    Alignment, Block, BlockContent, Document, FurnitureReason, Layer, MediaType, PageBox, Place,
    Style, Text,
};

use crate::Limits;

use super::furniture::{self, Furniture, whole};
use super::operators::Bound;
use super::order::{self, Item, Margins};
use super::page::{Page, Turn};
use super::paragraphs::{self, Paragraph, Piece};
use super::table::Table;
use super::{Read, across_pages, continuation, scans, second_reader, title_hint, warning};

/// The document that the first reader's pages make.
pub(super) fn document(mut read: Read, limits: &Limits) -> Document {
    let mut document = Document::new(MediaType::Pdf);
    document.hints.extend(title_hint(read.title.as_deref()));
    warn(&mut document, &read, limits);
    document.warnings.extend(read.contained.warning());
    document.attachments.append(&mut read.contained.files);

    let furniture = furniture::take(&mut read.pages);
    let turns: Vec<Turn> = read.pages.iter().map(|page| page.turn).collect();
    let mut beside: Vec<Beside> = read
        .pages
        .iter_mut()
        .zip(furniture)
        .map(|(page, furniture)| Beside::of(page, furniture))
        .collect();
    let joined = continuation::join(paragraphs::join(body(&mut read.pages)));
    for cell in joined.repeated {
        let place = cell.boxes.first().copied();
        if let (Some(place), false) = (place, cell.text.is_empty())
            && let Some(beside) = beside.get_mut(place.page.saturating_sub(1) as usize)
        {
            let layer = Layer::Furniture(FurnitureReason::Repeated);
            beside.above.push(block(cell.text, cell.boxes, layer));
        }
    }

    let mut done = 0;
    for piece in joined.pieces {
        let page = match &piece {
            Piece::Paragraph(paragraph) => paragraph.boxes.first().map_or(1, |first| first.page),
            Piece::Table(table) => table.page(),
        };
        flush(&mut document.blocks, &mut beside, &mut done, page);
        document.blocks.push(match piece {
            Piece::Paragraph(paragraph) => paragraph_block(paragraph),
            Piece::Table(table) => table_block(table),
        });
    }
    flush(&mut document.blocks, &mut beside, &mut done, u32::MAX);
    for block in &mut document.blocks {
        turn_back(block, &turns);
    }
    document
}

/// What stands on a page beside the body.
struct Beside {
    above: Vec<Block>,
    below: Vec<Block>,
}

impl Beside {
    fn of(page: &mut Page, furniture: Vec<Furniture>) -> Self {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for note in std::mem::take(&mut page.notes) {
            let mut block = block(note.text, note.boxes, Layer::Body);
            block.style.font_size = Some(note.size);
            below.push(block);
        }
        for item in furniture {
            let boxes = vec![item.line.page_box(page.number)];
            let block = block(item.line.text, boxes, Layer::Furniture(item.reason));
            if item.above {
                above.push(block);
            } else {
                below.push(block);
            }
        }
        for mark in std::mem::take(&mut page.marks) {
            let layer = if mark.watermark {
                Layer::Furniture(FurnitureReason::Watermark)
            } else {
                Layer::Body
            };
            let mut block = block(mark.text, vec![mark.place], layer);
            block.style.font_size = Some(mark.size);
            below.push(block);
        }
        for line in std::mem::take(&mut page.hidden)
            .into_iter()
            .filter_map(whole)
        {
            let place = line.page_box(page.number);
            below.push(block(line.text, vec![place], Layer::Hidden));
        }
        Self { above, below }
    }
}

/// Writes what stands beside the body of all pages before `page`, and above that of `page`.
fn flush(blocks: &mut Vec<Block>, beside: &mut [Beside], done: &mut usize, page: u32) {
    let until = (page as usize).saturating_sub(1).min(beside.len());
    for earlier in beside.get_mut(*done..until).into_iter().flatten() {
        blocks.append(&mut earlier.above);
        blocks.append(&mut earlier.below);
    }
    *done = until.max(*done);
    if let Some(this) = beside.get_mut(*done) {
        blocks.append(&mut this.above);
    }
}

/// Documents of fewer lines do not show their right margin.
const FEW_LINES: usize = 8;
/// Pages of another format than most show their own margins with this many lines.
const ENOUGH_LINES: usize = 24;

/// The body of all pages in reading order.
pub(super) fn body(pages: &mut [Page]) -> Vec<Item> {
    let usual = usual_margins(pages);
    across_pages::take(pages);
    let mut items = Vec::new();
    for page in pages {
        let usual = usual.get(&format(page)).copied().unwrap_or(Margins {
            left: page.width * 0.12,
            right: page.width * 0.88,
        });
        let rows = std::mem::take(&mut page.rows);
        let tables = std::mem::take(&mut page.tables);
        items.extend(order::arrange(rows, tables, page.number, page.width, usual));
    }
    items
}

/// Pages this near to one another in width are of one format, points.
const SAME_FORMAT: f32 = 10.0;

fn format(page: &Page) -> i32 {
    (page.width / SAME_FORMAT).round() as i32
}

/// The margins that pages of one format share: upright pages and turned ones have their own.
fn usual_margins(pages: &[Page]) -> BTreeMap<i32, Margins> {
    let mut formats: BTreeMap<i32, Vec<&Page>> = BTreeMap::new();
    for page in pages {
        formats.entry(format(page)).or_default().push(page);
    }
    let lines = |pages: &[&Page]| pages.iter().map(|page| page.rows.len()).sum::<usize>();
    let most = formats.values().max_by_key(|pages| lines(pages));
    let known = most.and_then(|pages| {
        let width = pages.first()?.width;
        let all = pages.iter().flat_map(|page| page.rows.iter().flatten());
        let mut margins = order::margins(all, 2)?;
        if lines(pages) < FEW_LINES {
            // Too few lines to show where they end: as far from the edge as they begin.
            let right = width - margins.left.min(width * 0.2);
            margins.right = margins.right.max(right);
        }
        Some((width, margins))
    });
    let Some((known_width, known)) = known else {
        return BTreeMap::new();
    };
    let of_format = |(format, pages): (&i32, &Vec<&Page>)| {
        let width = pages.first()?.width;
        let all = pages.iter().flat_map(|page| page.rows.iter().flatten());
        let own = order::margins(all, ENOUGH_LINES);
        let like_most = Margins {
            left: known.left,
            right: width - (known_width - known.right),
        };
        let margins = if (width - known_width).abs() < SAME_FORMAT {
            known
        } else {
            own.unwrap_or(like_most)
        };
        Some((*format, margins))
    };
    formats.iter().filter_map(of_format).collect()
}

fn block(text: String, boxes: Vec<PageBox>, layer: Layer) -> Block {
    let mut block = Block::paragraph(Text::read(text), Place::Boxes(boxes));
    block.layer = layer;
    block
}

fn paragraph_block(paragraph: Paragraph) -> Block {
    let bold_bytes = paragraph.bold_bytes.min(paragraph.text.len());
    let centred = paragraph.alignment == Alignment::Centre;
    Block {
        style: Style {
            font_size: Some(paragraph.size),
            bold_bytes,
            alignment: paragraph.alignment,
            indent: (!centred).then_some(paragraph.indent),
            break_before: paragraph.starts_page,
            heading_level: paragraph.heading_level,
            ..Style::default()
        },
        ..block(paragraph.text, paragraph.boxes, Layer::Body)
    }
}

fn table_block(table: Table) -> Block {
    Block {
        place: Place::Boxes(table.boxes.clone()),
        content: BlockContent::Table(table.markup()),
        layer: Layer::Body,
        style: Style::default(),
    }
}

/// Turns the boxes of pages that were read sideways back to the page.
fn turn_back(block: &mut Block, turns: &[Turn]) {
    let turn = |place: &mut Place| {
        let Place::Boxes(boxes) = place else { return };
        for known in boxes {
            if let Some(turn) = turns.get(known.page.saturating_sub(1) as usize) {
                *known = turn.page_box(*known);
            }
        }
    };
    turn(&mut block.place);
    if let BlockContent::Table(table) = &mut block.content {
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.place.iter_mut().for_each(turn);
        }
    }
}

/// Pages that a warning names.
const NAMED: usize = 10;

fn warn(document: &mut Document, read: &Read, limits: &Limits) {
    if read.count > read.pages.len() {
        document.warnings.push(warning(
            "limit_reached",
            format!(
                "limit: pdf_pages, {}: the PDF has {} pages, the rest was not read",
                limits.pages, read.count
            ),
        ));
    }
    let over: usize = read.pages.iter().map(|page| page.over_limit).sum();
    if over > 0 {
        document.warnings.push(warning(
            "limit_reached",
            format!(
                "limit: pdf_glyphs, {}: {over} glyphs of crowded pages were not read",
                limits.glyphs
            ),
        ));
    }
    for (bound, limit, value, what) in [
        (
            Bound::Operators,
            "pdf_operators",
            limits.operators,
            "operators",
        ),
        (
            Bound::FormDepth,
            "pdf_form_depth",
            limits.form_depth,
            "forms in forms",
        ),
    ] {
        let cut = read.pages.iter().filter(|page| page.cut == Some(bound));
        let numbers: Vec<String> = cut.map(|page| page.number.to_string()).collect();
        if !numbers.is_empty() {
            let shown = numbers.get(..NAMED).unwrap_or(&numbers).join(", ");
            document.warnings.push(warning(
                "limit_reached",
                format!(
                    "limit: {limit}, {value}: {} pages have more {what} and were read in part: {shown}",
                    numbers.len()
                ),
            ));
        }
    }
    document.warnings.extend(read.warnings.iter().cloned());
    let unmapped: usize = read.pages.iter().map(|page| page.unmapped).sum();
    if unmapped > 0 {
        document.warnings.push(warning(
            "glyphs_unmapped",
            format!("{unmapped} glyphs have no known character and stand as U+FFFD"),
        ));
    }
    document.warnings.extend(scans::warnings(&read.pages));
}

/// The document that the second reader's texts make; places are whole pages.
pub(super) fn second(pages: &[String], first: Option<&Read>, limits: &Limits) -> Document {
    let mut document = Document::new(MediaType::Pdf);
    if let Some(read) = first {
        document.hints.extend(title_hint(read.title.as_deref()));
    }
    document.warnings.push(warning(
        "second_reader",
        "the first PDF reader found no text: text without places on the page, without tables"
            .to_owned(),
    ));
    if pages.len() > limits.pages {
        document.warnings.push(warning(
            "limit_reached",
            format!(
                "limit: pdf_pages, {}: the PDF has {} pages",
                limits.pages,
                pages.len()
            ),
        ));
    }
    for (index, (text, number)) in pages.iter().zip(1..).take(limits.pages).enumerate() {
        let (width, height) = first
            .and_then(|read| read.pages.get(index))
            .map_or((0.0, 0.0), |page| (page.width, page.height));
        let whole_page = PageBox {
            page: number,
            x0: 0.0,
            y0: 0.0,
            x1: width,
            y1: height,
        };
        for paragraph in second_reader::paragraphs(text) {
            document
                .blocks
                .push(block(paragraph, vec![whole_page], Layer::Body));
        }
    }
    document
}
