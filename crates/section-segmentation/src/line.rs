//! Lines: the paragraphs of a document's body as the segmenter sees them.

use model::{BlockContent, Document, Layer, Style};

/// A paragraph of the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Index of its block.
    pub(crate) block: usize,
    /// Canonical text; empty for a table or picture.
    pub(crate) text: &'a str,
    pub(crate) style: &'a Style,
    /// A table or a picture.
    pub(crate) is_table: bool,
    /// It stands in the body, not in furniture or hidden.
    pub(crate) in_body: bool,
}

/// All blocks of a document, in order.
pub(crate) fn lines(document: &Document) -> Vec<Line<'_>> {
    document
        .blocks
        .iter()
        .enumerate()
        .map(|(block, content)| Line {
            block,
            text: content.text().map_or("", model::Text::value),
            style: &content.style,
            is_table: !matches!(content.content, BlockContent::Paragraph(_)),
            in_body: content.layer == Layer::Body,
        })
        .collect()
}
