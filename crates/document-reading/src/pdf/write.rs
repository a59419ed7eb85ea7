//! Pieces to the blocks of a [`Document`].

use model::{
    Alignment, Block, BlockContent, Document, FurnitureReason, Layer, MediaType, PageBox, Place,
    Style, Text,
};

use crate::Limits;

use super::furniture::{self, Furniture, whole};
use super::order::{self, Item, Margins};
use super::page::{Page, Turn};
use super::paragraphs::{self, Paragraph, Piece};
use super::table::Table;
use super::{Read, continuation, second_reader, title_hint, warning};

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

/// The body of all pages in reading order.
fn body(pages: &mut [Page]) -> Vec<Item> {
    let lines = pages.iter().map(|page| page.rows.len()).sum::<usize>();
    let usual = order::margins(pages.iter().flat_map(|page| page.rows.iter().flatten()), 2);
    let mut items = Vec::new();
    for page in pages {
        let mut usual = usual.unwrap_or(Margins {
            left: page.width * 0.12,
            right: page.width * 0.88,
        });
        if lines < FEW_LINES {
            // Too few lines to show where they end: as far from the edge as they begin.
            usual.right = usual
                .right
                .max(page.width - usual.left.min(page.width * 0.2));
        }
        let rows = std::mem::take(&mut page.rows);
        let tables = std::mem::take(&mut page.tables);
        items.extend(order::arrange(rows, tables, page.number, page.width, usual));
    }
    items
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
    let unmapped: usize = read.pages.iter().map(|page| page.unmapped).sum();
    if unmapped > 0 {
        document.warnings.push(warning(
            "glyphs_unmapped",
            format!("{unmapped} glyphs have no known character and stand as U+FFFD"),
        ));
    }
    let pictures: Vec<&Page> = read
        .pages
        .iter()
        .filter(|page| !page.has_text() && page.picture_share > 0.0)
        .collect();
    if !pictures.is_empty() {
        let share = pictures.iter().map(|page| page.picture_share).sum::<f32>()
            / (read.pages.len().max(1) as f32);
        document.warnings.push(warning(
            "image_only",
            format!(
                "{} of {} pages have no visible text; their pictures cover {:.0} % of the \
                 document's page area: recognise them first",
                pictures.len(),
                read.pages.len(),
                share * 100.0
            ),
        ));
    } else if !read.pages.iter().any(Page::has_text) {
        document
            .warnings
            .push(warning("no_text", "the pages hold no text".to_owned()));
    }
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
