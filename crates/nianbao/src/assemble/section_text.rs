//! The text of a section that `chars` counts in.

use model::Span;
use notation::WrittenQuantity;
use record::{Number, Quantity};

/// Bytes between two marks of the character count.
const STEP: usize = 1024;

/// The paragraphs and items of a section: their texts joined by one `\n` each.
pub(crate) struct SectionText<'a> {
    section: String,
    pieces: Vec<Piece<'a>>,
    characters: usize,
}

struct Piece<'a> {
    span: Span,
    text: &'a str,
    /// Characters of the section's text before this piece.
    first: usize,
    /// Characters of `text` before each multiple of [`STEP`] bytes.
    marks: Vec<usize>,
}

/// Characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

impl<'a> SectionText<'a> {
    pub(crate) fn new(section: String) -> Self {
        Self {
            section,
            pieces: Vec::new(),
            characters: 0,
        }
    }

    /// Adds a paragraph or item.
    pub(crate) fn push(&mut self, span: Span, text: &'a str) {
        let first = self.characters + usize::from(!self.pieces.is_empty());
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut sum = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(sum);
            sum += characters(chunk);
        }
        self.characters = first + sum;
        self.pieces.push(Piece {
            span,
            text,
            first,
            marks,
        });
    }

    /// Id of the section.
    pub(crate) fn section(&self) -> &str {
        &self.section
    }

    /// Its texts in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.pieces.iter().map(|piece| piece.text)
    }

    /// Where a stretch of a block stands in the section's text, from and to in characters. What is
    /// outside of paragraphs and items (a marker) is left out; `None` where nothing is inside.
    pub(crate) fn locate(&self, block: usize, start: usize, end: usize) -> Option<[usize; 2]> {
        let inside = |piece: &&Piece<'_>| {
            piece.span.block == block && piece.span.start < end && start < piece.span.end
        };
        // Pieces stand in reading order, and so do the blocks.
        let from = self
            .pieces
            .partition_point(|piece| piece.span.block < block);
        let pieces = self.pieces.iter().skip(from);
        let mut pieces = pieces
            .take_while(|piece| piece.span.block == block)
            .filter(inside);
        let first = pieces.next()?;
        let last = pieces.last().unwrap_or(first);
        Some([
            first.position(start.saturating_sub(first.span.start)),
            last.position(end.min(last.span.end) - last.span.start),
        ])
    }

    /// Every number with a unit.
    pub(crate) fn quantities(&self) -> Vec<Quantity> {
        let mut quantities = Vec::new();
        for piece in &self.pieces {
            for written in notation::quantities(piece.text) {
                quantities.extend(self.quantity(piece, &written));
            }
        }
        quantities
    }

    fn quantity(&self, piece: &Piece<'_>, written: &WrittenQuantity) -> Option<Quantity> {
        Some(Quantity {
            section: self.section.clone(),
            chars: [
                piece.position(written.range.start),
                piece.position(written.range.end),
            ],
            text: piece.text.get(written.range.clone())?.to_owned(),
            value: Number::new(written.value)?,
            bound: written.bound.into(),
            unit: written.unit.clone(),
        })
    }
}

impl Piece<'_> {
    /// Characters of the section's text before a byte of this piece.
    fn position(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = (byte / STEP).min(self.marks.len().saturating_sub(1));
        let counted = self.marks.get(mark).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(mark * STEP..byte);
        self.first + counted + rest.map_or(0, characters)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(block: usize, start: usize, end: usize) -> Span {
        Span { block, start, end }
    }

    #[test]
    fn a_statement_over_a_marker_is_found_without_it() {
        // Block 3 is `甲乙1.丙丁`, cut into a paragraph and an item with the marker `1.`.
        let mut text = SectionText::new("s1".into());
        text.push(span(2, 0, 3), "前");
        text.push(span(3, 0, 6), "甲乙");
        text.push(span(3, 8, 14), "丙丁");
        assert_eq!(text.locate(3, 3, 11), Some([3, 6]));
        assert_eq!(text.locate(3, 6, 8), None);
        assert_eq!(text.locate(9, 0, 1), None);
    }

    proptest! {
        #[test]
        fn offsets_slice_back_to_the_words(
            texts in proptest::collection::vec("[a-z年报甲〇😀]{0,900}", 1..4),
            which in 0usize..4, from in 0usize..900, length in 1usize..40,
        ) {
            let mut section = SectionText::new("s1".into());
            for (block, text) in texts.iter().enumerate() {
                section.push(span(block, 0, text.len()), text);
            }
            let block = which % texts.len();
            let words: String = texts[block].chars().skip(from).take(length).collect();
            prop_assume!(!words.is_empty());
            let start: usize = texts[block].chars().take(from).map(char::len_utf8).sum();
            let [a, b] = section.locate(block, start, start + words.len()).unwrap();
            let joined = texts.join("\n");
            prop_assert_eq!(joined.chars().skip(a).take(b - a).collect::<String>(), words);
        }
    }
}
