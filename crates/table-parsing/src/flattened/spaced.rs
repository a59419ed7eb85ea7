//! Tables in one line of text: tag strippers put a space where a cell ended.
//!
//! `规章 0 0 0 规范性文件 13 11 11 第二十条第(五)项 …`: words without punctuation and numbers in turn. Such a
//! stretch becomes one line a cell, as other dumps write it; what stands before and behind stays as it was.

use std::ops::Range;

use model::{Block, BlockContent, Layer};

use crate::cell_type::CellType;
use crate::cut;

/// Fewest numbers and labels of a stretch.
const FEWEST_NUMBERS: usize = 6;
const FEWEST_LABELS: usize = 4;
/// Of ten cells at least so many are numbers.
const NUMBERS_OF_TEN: usize = 3;
/// Longest label, in characters.
const LONGEST_LABEL: usize = 48;

/// Breaks the stretches of a document's paragraphs that are tables into a paragraph a cell.
pub(super) fn parted(blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(|block| !stretches(block).is_empty()) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let stretches = stretches(&block);
        let (Some(text), false) = (block.text(), stretches.is_empty()) else {
            out.push(block);
            continue;
        };
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut end = 0;
        for stretch in stretches {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else {
                continue;
            };
            ranges.push(end..first.start);
            end = last.end;
            ranges.extend(stretch);
        }
        ranges.push(end..text.value().len());
        for piece in cut::pieces(text, &ranges) {
            if !piece.is_blank() {
                out.push(Block {
                    content: BlockContent::Paragraph(cut::trimmed(&piece)),
                    place: block.place.clone(),
                    layer: block.layer,
                    style: block.style.clone(),
                });
            }
        }
    }
    out
}

/// The cells of each stretch of a paragraph.
fn stretches(block: &Block) -> Vec<Vec<Range<usize>>> {
    let Some(text) = block.text().filter(|_| block.layer == Layer::Body) else {
        return Vec::new();
    };
    let value = text.value();
    // Most paragraphs are done here.
    if value.contains(['\n', '|', '\t']) || value.matches(' ').nth(8).is_none() {
        return Vec::new();
    }
    let mut found: Vec<Vec<Range<usize>>> = Vec::new();
    let mut open: Vec<Range<usize>> = Vec::new();
    for word in words(value) {
        let text = value.get(word.clone()).unwrap_or_default();
        if is_cell(text) {
            let label = word.start + label_length(text);
            open.extend(
                [word.start..label, label..word.end]
                    .into_iter()
                    .filter(|cell| !cell.is_empty()),
            );
        } else {
            found.push(std::mem::take(&mut open));
        }
    }
    found.push(open);
    found.retain(|cells| is_stretch(cells, value));
    found
}

/// The words between white space.
fn words(value: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in value.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..value.len()));
    words
}

/// A number, or a short text without the marks of a sentence. Those inside brackets are a note's.
fn is_cell(word: &str) -> bool {
    if CellType::of(word) == CellType::Number {
        return true;
    }
    if word.chars().count() > LONGEST_LABEL {
        return false;
    }
    let mut depth = 0_usize;
    word.chars().all(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || !matches!(c, '。' | ';' | ',' | ':' | '!' | '?')
    })
}

/// Where a label ends that a number runs into: normal text has no space between words and figures.
fn label_length(word: &str) -> usize {
    let label = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let runs_in = label.chars().next_back().is_some_and(|last| {
        last == ')' || last == '”' || (!last.is_ascii() && last.is_alphabetic())
    });
    if runs_in { label.len() } else { word.len() }
}

fn is_stretch(cells: &[Range<usize>], value: &str) -> bool {
    let kinds = cells
        .iter()
        .map(|cell| CellType::of(value.get(cell.clone()).unwrap_or_default()));
    let (mut numbers, mut labels) = (0, 0);
    for kind in kinds {
        numbers += usize::from(kind == CellType::Number);
        labels += usize::from(kind == CellType::Label);
    }
    numbers >= FEWEST_NUMBERS
        && labels >= FEWEST_LABELS
        && numbers * 10 >= cells.len() * NUMBERS_OF_TEN
}
