//! Document to canonical text with a map back to the source.
//!
//! What goes in: a [`Document`] as read. What comes out: the same document, each text canonical,
//! each character mapped back. What it may not know: headings, indicators, file formats.
//!
//! # The canonical form
//! - **Composition**: NFC. Nothing of NFKC's losses: ①, ㎡, Ⅲ, ㈠ stay. Compatibility ideographs and
//!   radicals that look like an ideograph become that ideograph. Traditional characters stay.
//! - **Width and punctuation**: the block U+FF01 to U+FF5E becomes ASCII, all of it: digits, letters and
//!   `％ ＋ － ／ ＝`, but also `（ ）`, `，`, `：`, `；`, `？`, `！`. Ideographic punctuation that has no ASCII form
//!   stays as written: `。 、 《 》 〈 〉 “ ” ‘ ’ 【 】 〔 〕 — …`. Half-width, small and vertical forms of
//!   punctuation become the usual ones.
//! - **Not seen, not kept**: controls, zero-width characters, soft hyphens, marks of direction, byte order
//!   marks, variation selectors. U+FFFD stays: something stood there.
//! - **Reading aids** of mirror sites (`報(bào)告`) go where a document has many.
//! - **White space**: every kind of space is U+0020, none at either end, runs are one. A tab stays where it
//!   parts the cells of a text document's row. In a cell or a preformatted paragraph a line end stays `\n`
//!   unless it is found to be a wrap. Inside Chinese text a space stays unless there is evidence that the
//!   layout put it there.
//! - **Lines**: wrapped lines of a text document, or of one element of a page, are one paragraph; its written text has them parted by `\n`.
//!
//! Grids are left as they are: normalising comes before table parsing.

mod canonical;
mod cells;
mod character;
mod composition;
mod dictionary;
mod draft;
mod enumerator;
mod folding;
mod keywords;
mod lines;
mod pinyin;
mod script;
mod spaces;
mod words;

pub use keywords::{Keyword, keywords};
pub use script::{Written, simplify};

use canonical::{canonical, same_prefix};
use model::{Block, BlockContent, Document, MediaType, Text};
use spaces::Layout;

/// Brings every text of a document into canonical form. Doing it twice changes nothing.
///
/// The number of blocks never grows; it shrinks where wrapped lines are joined, whose place then
/// covers their lines. Lengths in a block's style are brought over to the canonical text.
pub fn normalise(mut document: Document) -> Document {
    let layouts = if matches!(document.media_type, MediaType::Text | MediaType::Markdown) {
        document.blocks = lines::join_wrapped(document.blocks);
        cells::layouts(&document.blocks)
    } else if document.media_type == MediaType::Html {
        document.blocks = lines::join_wrapped(document.blocks);
        lines::layouts(&document.blocks)
    } else {
        Vec::new()
    };
    let has_reading_aids = has_reading_aids(&document);
    for (index, block) in document.blocks.iter_mut().enumerate() {
        let layout = layouts.get(index).copied().unwrap_or_default();
        normalise_block(block, layout, has_reading_aids);
    }
    document
}

fn normalise_block(block: &mut Block, layout: Layout, has_reading_aids: bool) {
    let in_place = |text: &mut Text| {
        *text = canonical(std::mem::take(text), Layout::default(), has_reading_aids);
    };
    match &mut block.content {
        BlockContent::Paragraph(text) if block.style.bold_bytes > 0 => {
            let new = canonical(text.clone(), layout, has_reading_aids);
            block.style.bold_bytes = same_prefix(text, block.style.bold_bytes, &new);
            *text = new;
        }
        BlockContent::Paragraph(text) => {
            *text = canonical(std::mem::take(text), layout, has_reading_aids);
        }
        BlockContent::Table(table) => {
            let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
            cells.for_each(|cell| in_place(&mut cell.text));
            table.caption.iter_mut().for_each(in_place);
        }
        BlockContent::Picture { text, .. } => in_place(text),
        BlockContent::Grid(_) => {}
    }
}

/// Whether the document has so many bracketed syllables that they must be reading aids.
fn has_reading_aids(document: &Document) -> bool {
    let mut found = 0;
    let mut count = |text: &Text| found += pinyin::reading_aids(text.written()).len();
    for block in &document.blocks {
        match &block.content {
            BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => count(text),
            BlockContent::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells
                    .map(|cell| &cell.text)
                    .chain(&table.caption)
                    .for_each(&mut count);
            }
            BlockContent::Grid(_) => {}
        }
    }
    found >= pinyin::ENOUGH
}
