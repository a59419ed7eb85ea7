//! A document in which no report was found, kept whole.

use model::{
    Agency, Block, BlockContent, Content, Document, Layer, Report, ReportKind, Section, Span,
};

/// All of a document as one piece that is no report: the body as content of one section without
/// heading, everything else as furniture.
pub(crate) fn whole(document: &Document) -> Report {
    let (body, rest): (Vec<_>, Vec<_>) = document
        .blocks
        .iter()
        .enumerate()
        .partition(|(_, block)| block.layer == Layer::Body);
    let content = body
        .into_iter()
        .map(|(index, block)| match &block.content {
            BlockContent::Paragraph(_) => Content::Paragraph {
                span: span(index, block),
            },
            _ => Content::Table { block: index },
        })
        .collect();
    Report {
        kind: ReportKind::Other,
        complete: true,
        title: None,
        agency: Agency::default(),
        period: None,
        published: None,
        document_number: None,
        sections: vec![Section {
            parent: None,
            level: 0,
            number: None,
            heading: None,
            heading_spans: Vec::new(),
            canonical: None,
            content,
        }],
        furniture: rest
            .into_iter()
            .map(|(index, block)| span(index, block))
            .collect(),
        warnings: Vec::new(),
    }
}

fn span(index: usize, block: &Block) -> Span {
    Span {
        block: index,
        start: 0,
        end: block.text().map_or(0, |text| text.value().len()),
    }
}
