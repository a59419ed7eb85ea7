//! Layout tables in text: dumps print the page's paragraphs as cells of one column, between bars.
//!
//! Where whole sentences stand alone between bars, the lines around them that hold one cell each are
//! paragraphs too, not rows.

use std::ops::Range;

use model::{Block, BlockContent};

use super::lines::{Kind, Line, is_bar};
use crate::cut;

/// Longest cell of a table that is a sentence, in characters: a longer one is a paragraph.
const LONGEST_SENTENCE: usize = 60;

/// Takes the bars from the lines of layout tables that hold one cell.
pub(super) fn without_bars(mut blocks: Vec<Block>) -> Vec<Block> {
    // Most documents are done here.
    if !blocks.iter().any(is_barred_sentence) {
        return blocks;
    }
    let lines: Vec<Line> = blocks.iter().map(Line::of).collect();
    let mut at = 0;
    while at < lines.len() {
        let barred = |line: &&Line| matches!(line.kind, Kind::Bars | Kind::Barred | Kind::Rule);
        let run = lines.iter().skip(at).take_while(barred).count();
        let range = at..at + run;
        let paragraph = |at: usize| {
            let cell = only_cell(lines.get(at)?)?;
            let text = blocks.get(at)?.text()?.value().get(cell)?;
            Some(text.contains('。') && text.chars().count() > LONGEST_SENTENCE)
        };
        if range.clone().any(|at| paragraph(at) == Some(true)) {
            for at in range {
                let cell = lines.get(at).and_then(only_cell);
                if let (Some(cell), Some(block)) = (cell, blocks.get_mut(at)) {
                    cut_out(block, &cell);
                }
            }
        }
        at += run.max(1);
    }
    blocks
}

/// Whether a block can be a sentence between bars, or tabs.
fn is_barred_sentence(block: &Block) -> bool {
    let text = block.text().map_or("", model::Text::value);
    text.contains('。') && text.contains(|c: char| is_bar(c) || c == '\t')
}

/// The cell of a line with no bar inside: `| text |`, `text |`. (`| text | | |` is a row with blank cells.)
fn only_cell(line: &Line) -> Option<Range<usize>> {
    let edges = usize::from(line.starts_with_bar()) + usize::from(line.ends_with_bar());
    let only = line.segments.get(usize::from(line.starts_with_bar()))?;
    let one = line.segments.len() == edges + 1 && !only.is_empty();
    (one && line.kind == Kind::Barred).then(|| only.clone())
}

fn cut_out(block: &mut Block, cell: &Range<usize>) {
    if let BlockContent::Paragraph(text) = &mut block.content
        && let Some(piece) = cut::pieces(text, std::slice::from_ref(cell)).pop()
    {
        *text = piece;
    }
}
