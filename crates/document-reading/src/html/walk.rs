//! From the tree to blocks in reading order: one loop over the nodes with a stack of frames.

mod cells;

use std::ops::Range;

use model::{Alignment, Attachment, Block, BlockContent, Layer, Place, Warning};

use super::attributes::Attribute;
use super::dom::Dom;
use super::drawn;
use super::embedded;
use super::inline::{Frame, Line};
use super::measure::{Measure, is_attachment, is_link};
use super::pictures;
use super::style::Setting;
use crate::Limits;

/// The page with all that was found out about its nodes.
pub(super) struct Page<'a> {
    pub(super) dom: &'a Dom,
    pub(super) measures: &'a [Measure],
    pub(super) settings: &'a [Setting],
    pub(super) layers: &'a [Layer],
    pub(super) limits: &'a Limits,
    /// Number of pages around this one (`iframe srcdoc`).
    pub(super) depth: u32,
}

/// What a walk gives.
#[derive(Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) warnings: Vec<Warning>,
}

/// Reads the whole page.
pub(super) fn walk(page: &Page<'_>) -> Found {
    // A page in the page has no budget of its own, or many small ones would have many.
    let (filled_cells, filled_bytes) = match page.depth {
        0 => (page.limits.filled_cells, page.limits.filled_bytes),
        _ => (page.dom.len(), page.dom.len() * 64),
    };
    let mut walker = Walker {
        page,
        found: Found::default(),
        filled_cells,
        filled_bytes,
        lines: Vec::new(),
        pictures: Vec::new(),
        break_before: false,
        last_item: 0,
        last_indented: 0,
        within: Within::Page,
    };
    let root = Frame::root(0, page.dom.len());
    walker.run(1..page.dom.len(), root);
    walker.found
}

struct Walker<'a> {
    page: &'a Page<'a>,
    found: Found,
    /// What is left of the page's cells that are not in its source.
    filled_cells: usize,
    /// What is left of the page's bytes of merged texts.
    filled_bytes: usize,
    /// The lines in the making: one for each layer met since the last block boundary.
    lines: Vec<Line>,
    pictures: Vec<Block>,
    break_before: bool,
    last_item: usize,
    last_indented: usize,
    within: Within,
}

/// What the text that is being read stands in, as far as it changes how it is read.
enum Within {
    Page,
    /// A table of metadata: its lines are blocks in its layer.
    Metadata(Layer),
    /// A cell of a data table in this layer: its lines are one text.
    Cell(Layer, String),
}

impl Walker<'_> {
    fn run(&mut self, range: Range<usize>, base: Frame) {
        let page = self.page;
        let dom = page.dom;
        let mut frames = vec![base];
        let mut index = range.start;
        while index < range.end {
            while frames.len() > 1
                && let Some(frame) = frames.pop_if(|frame| frame.end <= index)
            {
                if frame.block {
                    self.flush();
                }
            }
            let frame = frames.last().copied().unwrap_or(base);
            if dom.is_text(index) {
                self.text(index, &frame);
                index += 1;
                continue;
            }
            let name = dom.name(index);
            if dom.is_skipped(index) {
                index = dom.end(index);
                continue;
            }
            let next = self.frame(index, &frame);
            if next.block {
                self.flush();
            }
            index = match name {
                "br" => {
                    self.flush();
                    self.break_before |= self.setting(index).page_break;
                    index + 1
                }
                "hr" => {
                    self.break_before = true;
                    index + 1
                }
                "img" => {
                    self.picture(index, &next);
                    index + 1
                }
                "table" if self.in_page() => self.table(index, &next, &mut frames),
                "iframe" | "textarea" | "noscript" | "noframes" => {
                    self.embedded(index, &next);
                    dom.end(index)
                }
                "div" | "section" | "ul" | "ol" | "dl"
                    if self.in_page()
                        && next.layer == Layer::Body
                        && let Some(rows) = drawn::rows(dom, page.measures, index)
                        && self.fits(index, &rows) =>
                {
                    self.data_table(index, &next, rows, &[]);
                    dom.end(index)
                }
                _ => {
                    if name == "a" {
                        self.attachment(index);
                    }
                    if let Some(found) = embedded::attribute(page, index) {
                        self.flush();
                        self.take(found);
                    }
                    frames.push(next);
                    index + 1
                }
            };
        }
        self.flush();
    }

    fn setting(&self, index: usize) -> Setting {
        self.page.settings.get(index).copied().unwrap_or_default()
    }

    /// The layer of a node; inside a data table only what is hidden leaves the table's layer.
    fn layer(&self, index: usize) -> Layer {
        let own = self.page.layers.get(index).copied().unwrap_or(Layer::Body);
        match self.within {
            Within::Metadata(layer) | Within::Cell(layer, _) if own != Layer::Hidden => layer,
            _ => own,
        }
    }

    fn in_page(&self) -> bool {
        matches!(self.within, Within::Page)
    }

    /// The frame of an element: what it says itself, the rest from the frame around.
    fn frame(&mut self, index: usize, around: &Frame) -> Frame {
        let dom = self.page.dom;
        let name = dom.name(index);
        let setting = self.setting(index);
        let block = dom.is_block(index) || setting.block;
        let mut frame = *around;
        frame.end = dom.end(index);
        frame.block = block;
        frame.layer = self.layer(index);
        frame.bold = setting.bold.unwrap_or(around.bold);
        frame.keeps_space = setting.keeps_space.unwrap_or(around.keeps_space);
        frame.font_size = setting.font_size.or(around.font_size);
        frame.alignment = setting.alignment.unwrap_or(around.alignment);
        frame.indent = setting.indent.or(around.indent);
        match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => frame.heading_level = Some(level - b'0'),
            b"li" => frame.item = index,
            b"td" | b"th" => frame.alignment = setting.alignment.unwrap_or(Alignment::Unknown),
            b"a" => frame.linked |= dom.attribute(index, Attribute::Href).is_some_and(is_link),
            _ => {}
        }
        if block {
            frame.container = index;
            self.break_before |= setting.page_break;
        }
        frame
    }

    fn text(&mut self, index: usize, frame: &Frame) {
        let text = self.page.dom.text(index);
        if !frame.keeps_space {
            self.push(text, frame, index);
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.flush();
            }
            self.push(line.strip_suffix('\r').unwrap_or(line), frame, index);
        }
    }

    fn push(&mut self, text: &str, frame: &Frame, node: usize) {
        let same = |line: &&mut Line| line.frame.layer == frame.layer;
        if let Some(line) = self.lines.iter_mut().find(same) {
            line.push(text, frame, node);
        } else {
            let mut line = Line::new(*frame, node);
            line.push(text, frame, node);
            self.lines.push(line);
        }
    }

    /// Ends the lines in the making.
    fn flush(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        for line in lines.drain(..) {
            if line.is_blank() {
                continue;
            }
            let frame = line.frame;
            let list_item = frame.item != 0 && frame.item != self.last_item;
            if frame.item != 0 {
                self.last_item = frame.item;
            }
            let break_before = std::mem::take(&mut self.break_before) && self.has_lines();
            // Only the first line of a block is indented.
            let again = self.last_indented == frame.container && frame.container != 0;
            self.last_indented = frame.container;
            if self.add_to_cell(frame.layer, line.text()) {
                continue;
            }
            let place = Place::Node {
                path: self.path(&line),
            };
            let mut block = line.into_block(place, list_item, break_before);
            if again {
                block.style.indent = None;
            }
            self.found.blocks.push(block);
        }
        // For the next lines.
        self.lines = lines;
        self.found.blocks.append(&mut self.pictures);
    }

    /// Whether anything was read before, in the cell if it is one.
    fn has_lines(&self) -> bool {
        let in_cell = matches!(&self.within, Within::Cell(_, text) if !text.is_empty());
        in_cell || !self.found.blocks.is_empty()
    }

    /// Adds a line to the text of the cell that is being read; says whether it is of one.
    fn add_to_cell(&mut self, of: Layer, line: &str) -> bool {
        match &mut self.within {
            Within::Cell(layer, text) if *layer == of => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
                true
            }
            _ => false,
        }
    }

    /// The path of the block around a line that is all of the block's text; else of the block's
    /// child in which the line begins.
    fn path(&self, line: &Line) -> String {
        let dom = self.page.dom;
        let container = line.frame.container;
        let whole = self
            .page
            .measures
            .get(container)
            .is_some_and(|measure| measure.characters == line.visible());
        if whole && container != 0 {
            return dom.path(container);
        }
        let mut node = line.first;
        while dom.parent(node) != container && dom.parent(node) != 0 {
            node = dom.parent(node);
        }
        dom.path(node)
    }

    fn attachment(&mut self, index: usize) {
        let dom = self.page.dom;
        let Some(uri) = dom.attribute(index, Attribute::Href) else {
            return;
        };
        // A name of a file has a point.
        let named = || dom.inside(index).any(|node| dom.text(node).contains('.'));
        if !is_attachment(uri) && !named() {
            return;
        }
        let text = dom.text_of(index);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_attachment(uri) || is_attachment(&text) {
            self.found.attachments.push(Attachment {
                text,
                uri: uri.trim().to_owned(),
                place: Place::Node {
                    path: dom.path(index),
                },
            });
        }
    }

    /// A picture in the text that shows content.
    fn picture(&mut self, index: usize, frame: &Frame) {
        let page = self.page;
        if frame.layer != Layer::Body || frame.linked {
            return;
        }
        let block = page.measures.get(frame.container);
        let alone = block.is_some_and(|block| block.characters == 0);
        self.pictures
            .extend(pictures::picture(page.dom, index, alone));
    }

    fn embedded(&mut self, index: usize, frame: &Frame) {
        let page = self.page;
        match embedded::content(page, index, frame.layer) {
            embedded::Content::Nothing => {}
            embedded::Content::Lines(layer) => {
                let frame = Frame { layer, ..*frame };
                for node in page.dom.inside(index) {
                    self.text(node, &frame);
                }
                self.flush();
            }
            embedded::Content::Page(found) => self.take(found),
        }
    }

    /// Takes over what a page inside the page gave.
    fn take(&mut self, found: Found) {
        for block in found.blocks {
            let in_cell = match &block.content {
                BlockContent::Paragraph(line) => self.add_to_cell(block.layer, line.value()),
                _ => false,
            };
            if !in_cell {
                self.found.blocks.push(block);
            }
        }
        self.found.attachments.extend(found.attachments);
        self.found.warnings.extend(found.warnings);
    }
}
