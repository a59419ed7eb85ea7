//! Lines: the paragraphs of a document's body as the segmenter sees them.

use codebook::{ReportLexicon, RowLabels};
use model::{BlockContent, Document, Layer, Span, Style};

use crate::outline::form_rows;
use crate::{page_matter, title};

/// A paragraph of the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Index of its block.
    pub(crate) block: usize,
    /// First byte of the text in its block.
    pub(crate) start: usize,
    /// Canonical text; empty for a table or picture.
    pub(crate) text: &'a str,
    pub(crate) style: &'a Style,
    /// A table or a picture.
    pub(crate) is_table: bool,
    /// A row of a form that no table could be made of.
    pub(crate) is_row: bool,
    /// It stands in the body, not in furniture or hidden.
    pub(crate) in_body: bool,
    /// How reports of the family read: what the line is held against.
    pub(crate) family: &'a ReportLexicon,
}

impl Line<'_> {
    /// The span of a part of the text.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            block: self.block,
            start: self.start + start,
            end: self.start + end,
        }
    }

    /// The span of the whole text.
    pub(crate) fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }
}

/// All blocks of a document, in order; one that begins with a title of its own, and text behind it,
/// is two lines. Lines of the page (`page_matter`) do not stand in the body.
pub(crate) fn lines<'a>(
    document: &'a Document,
    family: &'a ReportLexicon,
    labels: &RowLabels,
) -> Vec<Line<'a>> {
    let mut lines = Vec::with_capacity(document.blocks.len());
    for (block, content) in document.blocks.iter().enumerate() {
        let whole = Line {
            block,
            start: 0,
            text: content.text().map_or("", model::Text::value),
            style: &content.style,
            is_row: false,
            is_table: !matches!(content.content, BlockContent::Paragraph(_)),
            in_body: content.layer == Layer::Body,
            family,
        };
        let mut rest = whole;
        while let Some((title, text)) = title::prefix(rest.text, family)
            .filter(|_| rest.in_body)
            .and_then(|end| rest.text.split_at_checked(end))
        {
            lines.push(Line {
                text: title,
                ..rest
            });
            let trimmed = text.trim_start();
            rest.start += title.len() + text.len() - trimmed.len();
            rest.text = trimmed;
        }
        lines.push(rest);
    }
    let of_page = page_matter::page_matter(&lines);
    let rows = form_rows::form_rows(&lines, labels);
    for (line, (of_page, is_row)) in lines.iter_mut().zip(of_page.into_iter().zip(rows)) {
        line.in_body &= !of_page;
        line.is_row = is_row;
    }
    lines
}
