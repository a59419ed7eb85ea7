//! What single lines say of themselves: breadcrumbs, controls, footers, publication lines; and
//! runs of links. Judged by words, length and position beside the page's prose.

use std::collections::BTreeSet;
use std::ops::Range;

use model::{Block, BlockContent, FurnitureReason, Hint, HintKind, Layer};

use super::lexicon::{LEXICON, folded};
use super::measure::visible;
use super::metadata;

/// Characters of a notice to the visitors of a site.
const LONGEST_NOTICE: u32 = 120;

/// Marks furniture among the blocks that are still body, and takes hints from it.
pub(crate) fn judge(blocks: &mut [Block], hints: &mut Vec<Hint>) {
    mark_notices(blocks);
    mark_afterword(blocks);
    let prose = prose(blocks);
    let first = prose.as_ref().map_or(blocks.len(), |prose| prose.start);
    let last = prose.as_ref().map_or(0, |prose| prose.end);
    let mut marked = BTreeSet::new();
    for (index, block) in blocks.iter_mut().enumerate() {
        let BlockContent::Paragraph(text) = &block.content else {
            continue;
        };
        let text = &*folded(text.value());
        let in_front = index < first;
        let behind = index >= last;
        let reason = if block.layer == Layer::Body {
            if in_front && is_breadcrumb(text, block.style.link_share) {
                Some(FurnitureReason::Navigation)
            } else if (in_front || behind) && LEXICON.control_phrases.make(text) {
                Some(FurnitureReason::Control)
            } else if ((in_front || behind) && LEXICON.navigation_phrases.make(text))
                || (behind && leads_elsewhere(text))
            {
                Some(FurnitureReason::Navigation)
            } else if is_site_footer(text, behind && prose.is_some()) {
                Some(FurnitureReason::SiteFooter)
            } else if (in_front && metadata::is_metadata(&metadata::pairs(text)))
                || (behind && metadata::is_credit(&metadata::pairs(text)))
            {
                Some(FurnitureReason::Metadata)
            } else {
                None
            }
        } else {
            None
        };
        if let Some(reason) = reason {
            block.layer = Layer::Furniture(reason);
            if reason == FurnitureReason::Metadata {
                marked.insert(index);
            }
        }
    }
    mark_label_blocks(blocks, first, &marked);
    if let Some(prose) = prose {
        mark_link_runs(blocks, 0..prose.start);
        mark_link_runs(blocks, prose.end..blocks.len());
        mark_tail(blocks, prose.end);
    }
    hints.extend(metadata::hints(blocks));
    hints.extend(blocks.iter().filter_map(column));
}

/// Notices of the site to its visitors read like prose: `本网站使用Cookie…`.
fn mark_notices(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| block.layer == Layer::Body) {
        let is_notice = block.text().is_some_and(|text| {
            let text = text.value();
            visible(text) <= LONGEST_NOTICE
                && LEXICON
                    .notices
                    .iter()
                    .any(|words| text.contains(words.as_str()))
        });
        if is_notice {
            block.layer = Layer::Furniture(FurnitureReason::Control);
        }
    }
}

/// What stands under a heading that opens comments or a list of other pages (`网友评论（2）`, `相关阅读`),
/// to the end of the page: where the text stands before it and nothing behind it reads like more of it.
fn mark_afterword(blocks: &mut [Block]) {
    let opens = |block: &Block| {
        let text = block.text().filter(|_| block.layer != Layer::Hidden)?;
        LEXICON.afterword(text.value())
    };
    let Some((at, reason)) = blocks
        .iter()
        .enumerate()
        .find_map(|(at, block)| Some((at, opens(block)?)))
    else {
        return;
    };
    let (before, behind) = blocks.split_at(at);
    let prose = |blocks: &[Block]| -> u32 {
        let body = blocks.iter().filter(|block| block.layer == Layer::Body);
        body.map(|block| match &block.content {
            BlockContent::Paragraph(text) => visible(text.value()),
            BlockContent::Table(_) | BlockContent::Grid(_) => 200,
            BlockContent::Picture { .. } => 0,
        })
        .sum()
    };
    let goes_on = behind.iter().any(|block| {
        block.layer == Layer::Body
            && match &block.content {
                BlockContent::Paragraph(text) => opens_chapter(text.value()),
                BlockContent::Table(_) | BlockContent::Grid(_) => true,
                BlockContent::Picture { .. } => false,
            }
    });
    if goes_on || prose(before) <= prose(behind) {
        return;
    }
    for block in blocks.iter_mut().skip(at) {
        if block.layer == Layer::Body {
            block.layer = Layer::Furniture(reason);
        }
    }
}

/// Whether a line begins as a chapter does: `三、`, `第三部分`.
fn opens_chapter(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.strip_prefix('第').unwrap_or(text);
    let number = rest.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c));
    number.len() < rest.len() && number.starts_with(['、', '章', '部', '.', '．', ' ', '\u{3000}'])
}

/// The blocks from the first to the last that is prose or a table.
pub(super) fn prose(blocks: &[Block]) -> Option<Range<usize>> {
    let is_prose = |block: &Block| {
        block.layer == Layer::Body
            && match &block.content {
                BlockContent::Paragraph(text) => {
                    let text = text.value();
                    visible(text) >= 30
                        && block.style.link_share < 0.5
                        && text.contains(['。', '；', '，', ';', ','])
                        && footer_marks(text) == 0
                }
                BlockContent::Table(_) | BlockContent::Grid(_) => true,
                BlockContent::Picture { .. } => false,
            }
    };
    let first = blocks.iter().position(is_prose)?;
    let last = blocks.iter().rposition(is_prose)?;
    Some(first..last + 1)
}

/// What follows the words that open a breadcrumb.
fn after_breadcrumb_words(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|character: char| {
        character.is_whitespace() || "[【>＞".contains(character)
    });
    LEXICON
        .breadcrumb
        .iter()
        .find_map(|words| text.strip_prefix(words.as_str()))
}

fn is_breadcrumb(text: &str, link_share: f32) -> bool {
    let steps = text.matches(['>', '＞', '»', '›', '→']).count();
    visible(text) <= 100
        && match after_breadcrumb_words(text) {
            Some(rest) => {
                steps > 0 || link_share > 0.3 || rest.trim_start().starts_with(['：', ':'])
            }
            None => steps > 0 && link_share > 0.5,
        }
}

/// The column that a breadcrumb in front of the text names.
fn column(block: &Block) -> Option<Hint> {
    if block.layer != Layer::Furniture(FurnitureReason::Navigation) {
        return None;
    }
    let text = block.text()?.value();
    let rest = after_breadcrumb_words(text)?;
    let rest = rest.trim_matches(|character: char| {
        character.is_whitespace() || "：:]】>＞".contains(character)
    });
    (!rest.is_empty() && is_breadcrumb(text, block.style.link_share)).then(|| Hint {
        kind: HintKind::Column,
        text: rest.to_owned(),
        place: Some(block.place.clone()),
    })
}

fn leads_elsewhere(text: &str) -> bool {
    visible(text) <= 100
        && LEXICON
            .leads
            .iter()
            .any(|lead| text.trim_start().starts_with(lead.as_str()))
}

/// How many marks of a site's footer a text has.
pub(super) fn footer_marks(text: &str) -> usize {
    LEXICON
        .footer
        .iter()
        .filter(|mark| text.contains(mark.as_str()))
        .count()
}

fn is_site_footer(text: &str, behind: bool) -> bool {
    let characters = visible(text);
    let marks = if characters <= 200 {
        footer_marks(text)
    } else {
        0
    };
    marks >= 2 || (marks == 1 && behind && characters <= 100)
}

/// Labels and values in blocks of their own or together, at least two pairs one behind the other and
/// one of them telling.
/// `marked`: lines that were known for metadata by themselves.
fn mark_label_blocks(blocks: &mut [Block], until: usize, marked: &BTreeSet<usize>) {
    // A telling label with its colon is known for metadata by itself; its value stands behind it still.
    let open = |blocks: &[Block], index: usize| {
        let layer = blocks.get(index).map(|block| block.layer);
        layer == Some(Layer::Body) || marked.contains(&index)
    };
    let text_at = |blocks: &[Block], index: usize| -> Option<String> {
        let text = blocks.get(index)?.text().filter(|_| open(blocks, index))?;
        (visible(text.value()) <= 120).then(|| text.value().to_owned())
    };
    let label_at = |blocks: &[Block], index: usize| {
        text_at(blocks, index).and_then(|text| metadata::label(&text))
    };
    let mut index = 0;
    while index < until {
        let start = index;
        let (mut pairs, mut strong, mut lines) = (0, false, false);
        while index < until {
            if let Some(label) = label_at(blocks, index) {
                // Behind lines of pairs a bare word (`概述`) is as well the first heading.
                let bare = |text: String| !text.trim_end().ends_with([':', '：']);
                if lines && text_at(blocks, index).is_some_and(bare) {
                    break;
                }
                pairs += 1;
                strong |= label.strong;
                index += 1;
                let is_value = blocks.get(index).is_some_and(|block| {
                    block.layer == Layer::Body
                        && block.style.heading_level.is_none()
                        && block.text().is_some_and(|text| visible(text.value()) <= 80)
                });
                if index < until && is_value && label_at(blocks, index).is_none() {
                    index += 1;
                }
                continue;
            }
            let line = text_at(blocks, index).map(|text| metadata::pairs(&text));
            let Some(line) = line.filter(|line| metadata::may_be_metadata(line)) else {
                break;
            };
            lines = true;
            pairs += line.len();
            strong |= line.iter().any(|pair| pair.label.strong);
            index += 1;
        }
        if pairs >= 2 && strong {
            for block in blocks.iter_mut().take(index).skip(start) {
                block.layer = Layer::Furniture(FurnitureReason::Metadata);
            }
        }
        index = index.max(start + 1);
    }
}

/// Runs of at least three lines that are links, outside the prose.
fn mark_link_runs(blocks: &mut [Block], range: Range<usize>) {
    let is_link = |block: &Block| {
        block.text().is_some() && block.layer == Layer::Body && block.style.link_share >= 0.6
    };
    let mut index = range.start;
    while index < range.end {
        let length = blocks
            .get(index..range.end)
            .unwrap_or_default()
            .iter()
            .take_while(|block| is_link(block))
            .count();
        if length >= 3 {
            for block in blocks.iter_mut().skip(index).take(length) {
                block.layer = Layer::Furniture(FurnitureReason::Navigation);
            }
        }
        index += length.max(1);
    }
}

/// Short lines behind the prose that stand behind furniture too: what a signature or a date of the
/// report is stands right behind its prose, what follows links and footers is the site's.
fn mark_tail(blocks: &mut [Block], from: usize) {
    let mut reason = None;
    for block in blocks.iter_mut().skip(from) {
        let is_short = block.text().is_some_and(|text| visible(text.value()) <= 60);
        match (block.layer, reason) {
            (
                Layer::Furniture(own @ (FurnitureReason::Navigation | FurnitureReason::SiteFooter)),
                _,
            ) => reason = Some(own),
            (Layer::Body, Some(reason)) if is_short && block.style.heading_level.is_none() => {
                block.layer = Layer::Furniture(reason);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breadcrumbs_have_words_or_steps() {
        assert!(is_breadcrumb("当前位置：首页 > 信息公开 > 年度报告", 0.0));
        assert!(is_breadcrumb("首页 > 信息公开", 0.9));
        assert!(!is_breadcrumb("办结数 > 受理数", 0.0));
    }
}
