//! Pictures that are content, and those that stand for a table.

use model::{Block, BlockContent, Layer, Place, Style, Text, Warning};

use super::attributes::Attribute;
use super::dom::Dom;
use super::embedded::han;
use super::lexicon::{LEXICON, folded};
use super::lines;
use super::measure::visible;

/// A picture that is big, or alone in its block and not said to be small, or whose alternative text
/// reads like content.
pub(super) fn picture(dom: &Dom, index: usize, alone: bool) -> Option<Block> {
    let text = [Attribute::Alt, Attribute::Title]
        .into_iter()
        .find_map(|key| {
            dom.attribute(index, key)
                .filter(|text| !text.trim().is_empty())
        })
        .unwrap_or_default();
    let pixels = |key| -> Option<u32> {
        let value = dom.attribute(index, key)?;
        let digits: String = value
            .trim()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    };
    let (width, height) = (pixels(Attribute::Width), pixels(Attribute::Height));
    let not_low = height.is_none_or(|height| height >= 100);
    let big = width.is_some_and(|width| width >= 200) && not_low;
    let may_be_big = width.is_none_or(|width| width >= 200) && not_low;
    if !big && han(text) < 4 && !(alone && may_be_big) {
        return None;
    }
    Some(Block {
        content: BlockContent::Picture {
            text: Text::read(text.trim()),
            uri: dom
                .attribute(index, Attribute::Src)
                .filter(|uri| !uri.starts_with("data:"))
                .map(str::to_owned),
        },
        place: Place::Node {
            path: dom.path(index),
        },
        layer: Layer::Body,
        style: Style::default(),
    })
}

/// Leaves out pictures without a text before the prose and behind the furniture that ends it.
pub(super) fn drop_ornaments(blocks: &mut Vec<Block>) {
    let prose = lines::prose(blocks).unwrap_or(0..blocks.len());
    let mut index = 0;
    let mut ended = false;
    blocks.retain(|block| {
        ended |= index >= prose.end && block.layer != Layer::Body;
        let inside = index >= prose.start && !ended;
        index += 1;
        match &block.content {
            BlockContent::Picture { text, .. } => inside || !text.is_blank(),
            _ => true,
        }
    });
}

/// A picture that stands for a table: its text, or the short line before it, is a table's
/// caption, and the page has no table.
pub(super) fn table_is_image(blocks: &[Block]) -> Option<Warning> {
    let body = || blocks.iter().filter(|block| block.layer == Layer::Body);
    if body().any(|block| matches!(block.content, BlockContent::Table(_))) {
        return None;
    }
    let mut before = "";
    for block in body() {
        match &block.content {
            BlockContent::Picture { text, .. }
                if is_caption(text.value()) || is_caption(before) =>
            {
                return Some(Warning {
                    code: "table_is_image",
                    message:
                        "a table is given as a picture and was not read; read its figures from the source"
                            .to_owned(),
                    place: Some(block.place.clone()),
                });
            }
            BlockContent::Paragraph(text) => before = text.value(),
            _ => {}
        }
    }
    None
}

fn is_caption(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['：', ':', '）', ')']);
    let text = folded(text);
    let ends = |end: &String| text.ends_with(end.as_str());
    visible(&text) <= 40 && (LEXICON.caption_ends.iter().any(ends) || text.starts_with("附表"))
}
