//! A paragraph as its breaks see it.

use crate::character::{columns, is_han};

/// A stretch of white space between two visible characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Break {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// The visible character before it.
    pub(super) left: char,
    /// The visible character after it.
    pub(super) right: char,
    /// The strongest white space in it.
    pub(super) kind: BreakKind,
    /// Half-width columns of text before it, white space not counted.
    pub(super) column: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BreakKind {
    Space,
    Line,
    Tab,
}

pub(super) struct Paragraph<'a> {
    text: &'a str,
    /// Bounds of the text without white space around it.
    start: usize,
    end: usize,
    pub(super) breaks: Vec<Break>,
    /// Half-width columns of the whole text.
    pub(super) columns: u32,
    /// Running text, not a title and not a row of cells.
    pub(super) prose: bool,
    /// Holds Chinese characters.
    pub(super) chinese: bool,
}

/// Characters from which on a text with marks of pause is running text.
const PROSE: usize = 20;

impl<'a> Paragraph<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        let mut paragraph = Self {
            text,
            start,
            end,
            breaks: Vec::new(),
            columns: 0,
            prose: false,
            chinese: false,
        };
        let (mut visible, mut pauses, mut cells) = (0, 0, 0);
        let mut left = None;
        let mut open: Option<(usize, BreakKind)> = None;
        for (at, c) in text.get(start..end).unwrap_or_default().char_indices() {
            let kind = match c {
                ' ' => Some(BreakKind::Space),
                '\n' => Some(BreakKind::Line),
                '\t' => Some(BreakKind::Tab),
                _ => None,
            };
            if let Some(kind) = kind {
                let (from, known) = open.unwrap_or((start + at, kind));
                open = Some((from, known.max(kind)));
                continue;
            }
            if let (Some((from, kind)), Some(left)) = (open.take(), left) {
                paragraph.breaks.push(Break {
                    start: from,
                    end: start + at,
                    left,
                    right: c,
                    kind,
                    column: paragraph.columns,
                });
            }
            visible += 1;
            match c {
                '。' | ',' | ';' | '、' => pauses += 1,
                '|' => cells += 1,
                c => paragraph.chinese |= is_han(c),
            }
            // A folded comma was a whole square where it stands behind Chinese text.
            let squared = matches!(c, ',' | ';' | ':' | '(' | ')' | '!' | '?')
                && (left.is_some_and(is_han) || c == ')');
            paragraph.columns += if squared { 2 } else { columns(c) };
            left = Some(c);
        }
        paragraph.prose = paragraph.chinese && visible >= PROSE && pauses > 0 && cells == 0;
        paragraph
    }

    /// The stretch before a break, from the break before it on.
    pub(super) fn before(&self, index: usize) -> &'a str {
        let from = index
            .checked_sub(1)
            .and_then(|last| self.breaks.get(last))
            .map_or(self.start, |item| item.end);
        let to = self.breaks.get(index).map_or(self.end, |item| item.start);
        self.text.get(from..to).unwrap_or_default()
    }

    /// The stretch after a break, up to the next.
    pub(super) fn after(&self, index: usize) -> &'a str {
        self.before(index + 1)
    }

    /// The text after a break, to the end.
    pub(super) fn rest(&self, index: usize) -> &'a str {
        let from = self.breaks.get(index).map_or(self.end, |item| item.end);
        self.text.get(from..self.end).unwrap_or_default()
    }

    /// Number of stretches between the breaks.
    pub(super) fn stretches(&self) -> usize {
        self.breaks.len() + 1
    }

    /// The text without white space around it.
    pub(super) fn text(&self) -> &'a str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }
}
