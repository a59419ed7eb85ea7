//! Tables of the page: read as layout, as metadata, or cell by cell.

use model::{Block, BlockContent, FurnitureReason, Layer, Place, Style, Text, Warning};

use super::super::metadata;
use super::super::tables::{self, RowNode, Use};
use super::{Frame, Walker, Within};

impl Walker<'_> {
    /// Reads a table; gives the node to go on with.
    pub(super) fn table(&mut self, index: usize, frame: &Frame, frames: &mut Vec<Frame>) -> usize {
        let page = self.page;
        let measure = page.measures.get(index).copied().unwrap_or_default();
        if frame.layer == Layer::Body
            && metadata::is_metadata_table(page.dom, index, measure.characters, measure.cells)
        {
            let layer = Layer::Furniture(FurnitureReason::Metadata);
            let outer = std::mem::replace(&mut self.within, Within::Metadata(layer));
            self.run(page.dom.inside(index), Frame { layer, ..*frame });
            self.within = outer;
            return page.dom.end(index);
        }
        if frame.layer == Layer::Hidden
            || tables::purpose(page.dom, page.measures, index) == Use::Layout
        {
            frames.push(*frame);
            return index + 1;
        }
        let (rows, captions) = tables::rows(page.dom, index);
        if !self.fits(index, &rows) {
            frames.push(*frame);
            return index + 1;
        }
        self.data_table(index, frame, rows, &captions);
        page.dom.end(index)
    }

    /// Takes what a table fills off what the page may fill; says so where that is too much, and it is to
    /// be read as running text.
    pub(super) fn fits(&mut self, index: usize, rows: &[RowNode]) -> bool {
        let page = self.page;
        let left = self.filled_cells.checked_sub(tables::filled(rows));
        if left.is_none() {
            self.found.warnings.push(Warning {
                code: "table_cut",
                message: format!(
                    "limit: filled_cells, {}: spans and short rows make more cells than are in the source of the page's tables; this one is read as running text",
                    page.limits.filled_cells
                ),
                place: Some(Place::Node {
                    path: page.dom.path(index),
                }),
            });
        }
        self.filled_cells = left.unwrap_or(self.filled_cells);
        left.is_some()
    }

    pub(super) fn data_table(
        &mut self,
        index: usize,
        frame: &Frame,
        rows: Vec<RowNode>,
        captions: &[usize],
    ) {
        let page = self.page;
        let mut aside = Vec::new();
        let captions: Vec<Text> = captions
            .iter()
            .map(|node| self.cell_text(*node, frame, &mut aside))
            .collect();
        let caption = match captions.as_slice() {
            [] => None,
            all => {
                let lines: Vec<&str> = all.iter().map(Text::value).collect();
                Some(Text::read(lines.join("\n")))
            }
        };
        let mut bounds = tables::Bounds {
            cells: page.limits.table_cells,
            bytes: self.filled_bytes,
        };
        let (table, over) = tables::markup(rows, caption, &mut bounds, |node| {
            let path = page.dom.path(node);
            (
                self.cell_text(node, frame, &mut aside),
                Place::Node { path },
            )
        });
        self.filled_bytes = bounds.bytes;
        let place = Place::Node {
            path: page.dom.path(index),
        };
        if over {
            self.found.warnings.push(Warning {
                code: "table_spans_cut",
                message: format!(
                    "limit: table_cells, {} (cells of a table) or filled_bytes, {} (texts of merged cells): the spans would make more; those past it count as one",
                    page.limits.table_cells, page.limits.filled_bytes
                ),
                place: Some(place.clone()),
            });
        }
        let break_before = std::mem::take(&mut self.break_before) && !self.found.blocks.is_empty();
        self.found.blocks.push(Block {
            content: BlockContent::Table(table),
            place,
            layer: frame.layer,
            style: Style {
                link_share: page.measures.get(index).map_or(0.0, |measure| {
                    measure.linked as f32 / measure.characters.max(1) as f32
                }),
                break_before,
                ..Style::default()
            },
        });
        self.found.blocks.append(&mut aside);
    }

    /// The text of a cell, lines parted by `\n`. What is hidden in it, and its pictures, go to
    /// `aside`. A table inside is unwrapped into its lines.
    fn cell_text(&mut self, node: usize, frame: &Frame, aside: &mut Vec<Block>) -> Text {
        let page = self.page;
        let outer = std::mem::take(&mut self.found.blocks);
        let cell = Within::Cell(frame.layer, String::new());
        let around = std::mem::replace(&mut self.within, cell);
        let base = self.frame(node, frame);
        self.run(page.dom.inside(node), base);
        aside.extend(std::mem::replace(&mut self.found.blocks, outer));
        match std::mem::replace(&mut self.within, around) {
            Within::Cell(_, text) => Text::read(text),
            Within::Page | Within::Metadata(_) => Text::default(),
        }
    }
}
