//! The outline and its content.

use std::collections::BTreeMap;

use model::{BlockContent, Document, Report};
use record::{At, Content, Section};

use super::section_text::SectionText;
use super::{at, table};

/// Id of a section by its index.
pub(super) fn section_id(index: usize) -> String {
    format!("s{}", index + 1)
}

/// The sections of a report, and beside each the text that `chars` counts in.
pub(super) fn sections<'a>(
    document: &'a Document,
    report: &Report,
    table_blocks: &[usize],
) -> (Vec<Section>, Vec<SectionText<'a>>) {
    let numbered = table_blocks.iter().enumerate();
    let tables: BTreeMap<usize, String> = numbered
        .map(|(index, block)| (*block, table::table_id(index)))
        .collect();
    let each = report.sections.iter().enumerate().map(|(index, section)| {
        let mut text = SectionText::new(section_id(index));
        let content = section.content.iter();
        let published = Section {
            id: section_id(index),
            parent: section.parent.map(section_id),
            level: section.level,
            number: section.number.clone(),
            heading: section.heading.clone(),
            heading_line: heading_line(document, section),
            canonical: section.canonical.clone(),
            content: content
                .map(|piece| content_piece(document, piece, &tables, &mut text))
                .collect(),
            at: at(document, &section.heading_spans),
        };
        (published, text)
    });
    each.unzip()
}

/// The heading as it stands in the text; the parts of one that stands on several lines are joined.
fn heading_line(document: &Document, section: &model::Section) -> Option<String> {
    if section.heading_spans.is_empty() {
        return None;
    }
    let parts = section
        .heading_spans
        .iter()
        .map(|span| document.slice(*span).trim());
    Some(parts.collect())
}

fn content_piece<'a>(
    document: &'a Document,
    piece: &model::Content,
    tables: &BTreeMap<usize, String>,
    section: &mut SectionText<'a>,
) -> Content {
    match piece {
        model::Content::Paragraph { span } => {
            let text = document.slice(*span);
            section.push(*span, text);
            Content::Paragraph {
                text: text.to_owned(),
                at: at(document, &[*span]),
            }
        }
        model::Content::Item {
            number,
            marker,
            span,
        } => {
            let text = document.slice(*span);
            section.push(*span, text);
            Content::Item {
                number: number.clone(),
                marker: document.slice(*marker).trim().to_owned(),
                text: text.to_owned(),
                at: at(document, &[*marker, *span]),
            }
        }
        model::Content::Table { block } => match tables.get(block) {
            Some(id) => Content::Table {
                table: id.clone(),
                at: block_at(document, *block),
            },
            None => Content::Picture {
                text: table::plain(document, *block),
                uri: match document.blocks.get(*block).map(|block| &block.content) {
                    Some(BlockContent::Picture { uri, .. }) => uri.clone(),
                    _ => None,
                },
                at: block_at(document, *block),
            },
        },
    }
}

pub(super) fn block_at(document: &Document, block: usize) -> Option<At> {
    document
        .blocks
        .get(block)
        .and_then(|block| At::of(&block.place))
}
