//! Section headings and their canonical ids.

/// The section lexicon.
#[derive(Debug, Clone, Default)]
pub struct SectionLexicon {
    /// Canonical sections in the order that reports use.
    pub sections: Vec<CanonicalSection>,
}

/// A canonical section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanonicalSection {
    /// `overview`, `proactive`, …
    pub id: String,
    /// Usual heading.
    pub heading: String,
    /// Other wordings, without number.
    pub variants: Vec<String>,
}
