//! Document to canonical text with a map back to the source.
//!
//! What goes in: a [`Document`] as read. What comes out: the same document, each text canonical
//! (one Unicode form, one width, no control characters, no spaces that only line-wrapping put there,
//! wrapped lines joined to paragraphs), each character mapped back.
//! What it may not know: headings, indicators, file formats.

use model::Document;

/// Brings every text of a document into canonical form. Doing it twice changes nothing.
pub fn normalise(document: Document) -> Document {
    document
}

/// A word that tells a text apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// The word.
    pub term: String,
    /// Its weight (TF-IDF).
    pub weight: f64,
}

/// The words that tell a text apart, heaviest first, ties by term.
pub fn keywords(_text: &str, _count: usize) -> Vec<Keyword> {
    Vec::new()
}
