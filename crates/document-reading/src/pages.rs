//! Pages that continue one another: what each says once more is not said twice.

use std::collections::HashSet;

use model::{Block, BlockContent, Document, FurnitureReason, Layer, Wording};

use crate::site::Reads;

/// Lines at an end of a page that are compared.
const MOST_LINES: usize = 64;

/// Marks what repeats around the text of pages that continue one another: before the text of the
/// second and later pages what the first page says too (title, publication), behind the text of all but the
/// last what the last page says too.
pub fn set_repetitions_apart(pages: &mut [Document], reads: Reads<'_>) {
    let said = |page: Option<&Document>| -> HashSet<String> {
        let blocks = page.into_iter().flat_map(|page| &page.blocks);
        blocks.filter_map(text).collect()
    };
    let (first, last) = (said(pages.first()), said(pages.last()));
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        if number > 0 {
            set_apart(page.blocks.iter_mut(), &first, reads);
        }
        if number + 1 < count {
            set_apart(page.blocks.iter_mut().rev(), &last, reads);
        }
    }
}

fn text(block: &Block) -> Option<String> {
    let characters = block.text()?.value().chars();
    Some(characters.filter(|c| !c.is_whitespace()).collect())
}

/// From an end of a page up to the report's text.
fn set_apart<'a>(
    blocks: impl Iterator<Item = &'a mut Block>,
    said: &HashSet<String>,
    reads: Reads<'_>,
) {
    let body = blocks.filter(|block| block.layer == Layer::Body);
    for block in body.take(MOST_LINES) {
        let BlockContent::Paragraph(line) = &block.content else {
            return;
        };
        if matches!(reads(line.value()), Wording::Report | Wording::Label) {
            return;
        }
        if text(block).is_some_and(|text| said.contains(&text)) {
            block.layer = Layer::Furniture(FurnitureReason::Repeated);
        }
    }
}
