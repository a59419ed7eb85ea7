//! A line in the making: the text between two block boundaries.

use model::{Alignment, Block, Layer, Place, Style, Text};

use super::measure::visible;

/// How the text at a place is set; inherited from element to element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// First node behind the element.
    pub(super) end: usize,
    /// The element is a block: its ends end a line.
    pub(super) block: bool,
    pub(super) layer: Layer,
    pub(super) bold: bool,
    pub(super) linked: bool,
    pub(super) keeps_space: bool,
    pub(super) font_size: Option<f32>,
    pub(super) alignment: Alignment,
    pub(super) indent: Option<f32>,
    pub(super) heading_level: Option<u8>,
    /// The list item around, 0 for none.
    pub(super) item: usize,
    /// The block around.
    pub(super) container: usize,
}

impl Frame {
    /// The document's own frame.
    pub(super) fn root(container: usize, end: usize) -> Self {
        Self {
            end,
            block: true,
            layer: Layer::Body,
            bold: false,
            linked: false,
            keeps_space: false,
            font_size: None,
            alignment: Alignment::Unknown,
            indent: None,
            heading_level: None,
            item: 0,
            container,
        }
    }
}

/// Text of one layer between two block boundaries.
#[derive(Debug)]
pub(super) struct Line {
    text: String,
    /// No visible character was met: kept, or a long run of spaces would be looked through for each of them.
    blank: bool,
    /// White space was met and is written if text follows.
    space: bool,
    bold_bytes: usize,
    linked: u32,
    /// The frame of the first visible character.
    pub(super) frame: Frame,
    /// Its text node.
    pub(super) first: usize,
}

impl Line {
    pub(super) fn new(frame: Frame, first: usize) -> Self {
        Self {
            text: String::new(),
            blank: true,
            space: false,
            bold_bytes: 0,
            linked: 0,
            frame,
            first,
        }
    }

    /// Appends text as the frame sets it. White space is collapsed as browsers do: a run of
    /// space, tab and line ends is one space, none at the ends of the line. Other spaces
    /// (U+00A0, U+3000) are characters.
    pub(super) fn push(&mut self, text: &str, frame: &Frame, node: usize) {
        if frame.keeps_space {
            self.begin(text, frame, node);
            self.append(text, frame);
            return;
        }
        for (index, word) in text.split([' ', '\t', '\n', '\r', '\x0C']).enumerate() {
            self.space |= index > 0;
            if word.is_empty() {
                continue;
            }
            if self.space && !self.text.is_empty() {
                self.append(" ", frame);
            }
            self.space = false;
            self.begin(word, frame, node);
            self.append(word, frame);
        }
    }

    fn begin(&mut self, text: &str, frame: &Frame, node: usize) {
        if self.blank && !text.chars().all(char::is_whitespace) {
            self.blank = false;
            self.frame = *frame;
            self.first = node;
        }
    }

    fn append(&mut self, text: &str, frame: &Frame) {
        let all_bold = self.bold_bytes == self.text.len();
        self.text.push_str(text);
        // An indent before bold text does not make it less bold.
        if all_bold && (frame.bold || text.chars().all(char::is_whitespace)) {
            self.bold_bytes = self.text.len();
        }
        if frame.linked {
            self.linked += visible(text);
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.blank
    }

    /// Visible characters.
    pub(super) fn visible(&self) -> u32 {
        visible(&self.text)
    }

    /// The block, with the place that the caller found for it.
    pub(super) fn into_block(self, place: Place, list_item: bool, break_before: bool) -> Block {
        let characters = self.visible().max(1);
        let bold = self.text.get(..self.bold_bytes).unwrap_or_default();
        let bold_bytes = bold.trim_end().len();
        let style = Style {
            heading_level: self.frame.heading_level,
            bold_bytes: if bold_bytes == self.text.trim_end().len() {
                self.text.len()
            } else {
                bold_bytes
            },
            font_size: self.frame.font_size,
            alignment: self.frame.alignment,
            indent: self.frame.indent,
            list_item,
            link_share: self.linked as f32 / characters as f32,
            break_before,
        };
        Block {
            layer: self.frame.layer,
            style,
            ..Block::paragraph(Text::read(self.text), place)
        }
    }
}
