//! Sections and their content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;

/// A section of a report's outline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// `s1`, `s2`, … in reading order.
    pub id: String,
    /// Id of the section that it is a part of.
    pub parent: Option<String>,
    /// Depth, from 1; 0 for text before the first heading.
    pub level: u32,
    /// The heading's number as written: `一`, `(一)`, `1`.
    pub number: Option<String>,
    /// The heading without its number; null at level 0.
    pub heading: Option<String>,
    /// Number and heading as they stand in the text, with what parts them: `一、概述`.
    #[serde(default)]
    pub heading_line: Option<String>,
    /// Id of the section lexicon.
    pub canonical: Option<String>,
    /// Paragraphs, items, tables and pictures in order.
    pub content: Vec<Content>,
    /// Where the heading stands.
    #[serde(default)]
    pub at: Option<At>,
}

/// One piece of a section's content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
        /// Where it stands.
        at: Option<At>,
    },
    /// An item of a list.
    Item {
        /// Its number as written: `1`, `一是`.
        number: Option<String>,
        /// The number with what parts it from the text: `1.`
        #[serde(default)]
        marker: String,
        /// The text after the marker.
        text: String,
        /// Where it stands.
        at: Option<At>,
    },
    /// A table stands here.
    Table {
        /// Its id among the record's tables.
        table: String,
        /// Where it stands.
        at: Option<At>,
    },
    /// A picture stands here.
    Picture {
        /// Alternative text or title; empty where it has none.
        text: String,
        /// Its address.
        uri: Option<String>,
        /// Where it stands.
        at: Option<At>,
    },
}

impl Content {
    /// The text that counts for `chars`: that of a paragraph or an item.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Paragraph { text, .. } | Self::Item { text, .. } => Some(text),
            Self::Table { .. } | Self::Picture { .. } => None,
        }
    }
}

/// The text of a section that `chars` counts in: the `text` of its paragraphs and items, in order,
/// joined by one `\n` each. `chars` are offsets in characters (Unicode scalar values), the second
/// one past the end, so that in Python `"\n".join(texts)[a:b]` is the statement.
pub fn section_text(content: &[Content]) -> String {
    let texts: Vec<&str> = content.iter().filter_map(Content::text).collect();
    texts.join("\n")
}
