//! Lines of running text as they matter to tables: what stands between bars.

use std::ops::Range;

use model::{Block, BlockContent, Layer, Text};

use crate::caption::{is_caption, is_numbered, is_outline};
use crate::cell_type::CellType;

/// Longest line without bars that can be a cell, in characters.
const LONGEST_CELL: usize = 60;

/// Share of a line's characters in links from which it is navigation.
const NAVIGATION: f32 = 0.5;

/// What a line is to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends every table: prose, headings, navigation, furniture, tables.
    Break,
    /// A drawn rule: `├──┼──┤`, `|---|---|`.
    Rule,
    /// Bars and nothing else.
    Bars,
    /// Text with bars.
    Barred,
    /// Short text without bars.
    Plain,
}

/// One line.
pub(super) struct Line {
    pub(super) kind: Kind,
    /// What stands before, between and behind the bars, trimmed, as byte ranges; one more than bars.
    pub(super) segments: Vec<Range<usize>>,
    /// The types of the segments.
    pub(super) types: Vec<CellType>,
    /// The line opens with an outline number.
    pub(super) outline: bool,
    /// The line is a caption: it opens with a table's number, or is a whole caption without bars.
    pub(super) caption: bool,
}

impl Line {
    /// A block as a line.
    pub(super) fn of(block: &Block) -> Self {
        let mut line = Self {
            kind: Kind::Break,
            segments: Vec::new(),
            types: Vec::new(),
            outline: false,
            caption: false,
        };
        let BlockContent::Paragraph(text) = &block.content else {
            return line;
        };
        if block.layer != Layer::Body
            || block.style.heading_level.is_some()
            || block.style.link_share > NAVIGATION
        {
            return line;
        }
        let value = text.value();
        if is_rule(value) {
            line.kind = Kind::Rule;
            return line;
        }
        line.segments = segments(value);
        line.types = line
            .segments
            .iter()
            .map(|range| CellType::of(value.get(range.clone()).unwrap_or_default()))
            .collect();
        line.kind = match line.segments.as_slice() {
            [_] if value.trim().is_empty() => Kind::Break,
            [_] if is_cell(value) => Kind::Plain,
            [_] => Kind::Break,
            several if several.iter().all(Range::is_empty) => Kind::Bars,
            _ => Kind::Barred,
        };
        if line.kind == Kind::Break {
            return line;
        }
        line.outline = is_outline(value);
        line.caption = is_numbered(value) || (line.kind == Kind::Plain && is_caption(value));
        line
    }

    /// A block as one cell, whatever stands in it.
    pub(super) fn cell(block: &Block) -> Self {
        let value = block.text().map_or("", Text::value);
        let segment = trimmed(value, 0..value.len());
        Self {
            kind: Kind::Plain,
            types: vec![CellType::of(value)],
            segments: vec![segment],
            outline: false,
            caption: false,
        }
    }

    /// Bars in the line.
    pub(super) fn bars(&self) -> usize {
        self.segments.len().saturating_sub(1)
    }

    /// The line ends with a bar.
    pub(super) fn ends_with_bar(&self) -> bool {
        self.bars() > 0 && self.segments.last().is_some_and(Range::is_empty)
    }

    /// The line starts with a bar.
    pub(super) fn starts_with_bar(&self) -> bool {
        self.bars() > 0 && self.segments.first().is_some_and(Range::is_empty)
    }

    /// The line is one cell: no bar, or one behind it.
    pub(super) fn is_single(&self) -> bool {
        self.kind == Kind::Plain || (self.bars() == 1 && self.ends_with_bar())
    }

    /// Type of the first segment.
    pub(super) fn first_type(&self) -> CellType {
        self.types.first().copied().unwrap_or(CellType::Blank)
    }
}

/// Characters that part cells.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '¦' | '\u{ff5c}' | '┆' | '┊')
}

/// A line that only draws: at least one horizontal stroke, or joints of a box.
fn is_rule(text: &str) -> bool {
    let mut drawn = 0;
    let mut dashes = 0;
    let mut joints = 0;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '\u{2500}'..='\u{257f}' if is_bar(c) => joints += 1,
            '\u{2500}'..='\u{257f}' => drawn += 1,
            '-' | '=' | ':' => dashes += 1,
            '+' => joints += 1,
            c if is_bar(c) => joints += 1,
            _ => return false,
        }
    }
    drawn > 0 || (dashes >= 3 && joints >= 2)
}

fn segments(text: &str) -> Vec<Range<usize>> {
    let tabs = !text.contains(is_bar);
    let parts = |c: char| is_bar(c) || (tabs && c == '\t');
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text
        .trim_matches([' ', '\n', '\r', '\u{3000}'])
        .char_indices()
    {
        let at = at + (text.len() - text.trim_start_matches([' ', '\n', '\r', '\u{3000}']).len());
        if parts(c) {
            out.push(trimmed(text, start..at));
            start = at + c.len_utf8();
        }
    }
    out.push(trimmed(text, start..text.len()));
    out
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

/// A line that may be a cell: short, no sentence.
fn is_cell(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LONGEST_CELL
        && !text.ends_with(['。', ';', '!', '?', ',', ':', '…'])
        && !text.contains(['。', ';'])
}

/// Breaks paragraphs of several lines that hold rows of a table (`pre`) into one paragraph a line.
pub(super) fn parted(blocks: Vec<Block>) -> Vec<Block> {
    let rows = |text: &Text| {
        let value = text.value();
        value.contains('\n')
            && value
                .lines()
                .filter(|line| line.contains(is_bar) || line.trim().contains('\t'))
                .count()
                >= 2
    };
    if !blocks.iter().any(|block| block.text().is_some_and(rows)) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Some(text) = block
            .text()
            .filter(|text| block.layer == Layer::Body && rows(text))
        else {
            out.push(block);
            continue;
        };
        let mut ranges = Vec::new();
        let mut start = 0;
        for line in text.value().split('\n') {
            let end = start + line.len();
            if !line.trim().is_empty() {
                ranges.push(start..end);
            }
            start = end + 1;
        }
        for piece in crate::cut::pieces(text, &ranges) {
            out.push(Block {
                content: BlockContent::Paragraph(piece),
                place: block.place.clone(),
                layer: block.layer,
                style: block.style.clone(),
            });
        }
    }
    out
}
