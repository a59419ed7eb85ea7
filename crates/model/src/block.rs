//! A block: one paragraph, line, table or picture of a document.

use crate::{Grid, Place, TableMarkup, Text};

/// One piece of a document in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it holds.
    pub content: BlockContent,
    /// Where it stands.
    pub place: Place,
    /// Whether it belongs to the document's body.
    pub layer: Layer,
    /// How it is set.
    pub style: Style,
}

impl Block {
    /// A body paragraph without known style.
    pub fn paragraph(text: Text, place: Place) -> Self {
        Self {
            content: BlockContent::Paragraph(text),
            place,
            layer: Layer::Body,
            style: Style::default(),
        }
    }

    /// The paragraph's text; `None` for tables and pictures.
    pub fn text(&self) -> Option<&Text> {
        match &self.content {
            BlockContent::Paragraph(text) => Some(text),
            _ => None,
        }
    }

    /// The grid, after table parsing.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.content {
            BlockContent::Grid(grid) => Some(grid),
            _ => None,
        }
    }
}

/// What a block holds.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockContent {
    /// A paragraph, or a line of a text dump.
    Paragraph(Text),
    /// A table as the reader found it (before table parsing).
    Table(TableMarkup),
    /// A table as a grid (after table parsing).
    Grid(Grid),
    /// A picture, with its alternative text where it has one.
    Picture {
        /// Alternative text or title.
        text: Text,
        /// Address, where there is one.
        uri: Option<String>,
    },
}

/// Whether a block belongs to the body of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Text that a reader of the page reads.
    Body,
    /// Text of the site or the page, not of the document.
    Furniture(FurnitureReason),
    /// Text that is in the file but not shown (`display:none`, an OCR layer).
    Hidden,
}

/// Why a reader took a block for furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FurnitureReason {
    /// Menus, breadcrumbs, lists of links.
    Navigation,
    /// Search boxes, buttons, font-size and share bars.
    Control,
    /// Site header or footer: filing numbers, hosts, counters.
    SiteFooter,
    /// Running header or footer of a page.
    RunningHeader,
    /// Page number.
    PageNumber,
    /// Watermark or seal.
    Watermark,
    /// Table of contents.
    Contents,
    /// Index number, issuing body, date of writing: a page's metadata table (its values are hints too).
    Metadata,
    /// Repeated elsewhere in the document or over the pages of a site.
    Repeated,
}

/// Alignment of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// Not known.
    #[default]
    Unknown,
    /// Left or justified.
    Left,
    /// Centred.
    Centre,
    /// Right.
    Right,
}

/// How a block is set: evidence for headings, never a decision.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// 1 to 6 for `h1` to `h6` or tagged PDF headings.
    pub heading_level: Option<u8>,
    /// Bytes at the start of the paragraph that are set bold (all of it: its length).
    pub bold_bytes: usize,
    /// Font size in points, where stated.
    pub font_size: Option<f32>,
    /// Alignment.
    pub alignment: Alignment,
    /// Indent of the first line in points, where known.
    pub indent: Option<f32>,
    /// The block is an item of a list (`li`).
    pub list_item: bool,
    /// Share of its characters that stand in links, 0 to 1.
    pub link_share: f32,
    /// The source breaks before it: a new page, a rule, a new column of the layout.
    pub break_before: bool,
}
