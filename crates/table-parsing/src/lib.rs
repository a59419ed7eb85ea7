//! Tables to rectangular grids.
//!
//! What goes in: a canonical [`Document`] with table markup, and running text that may hold flattened
//! tables. What comes out: the same document in which every table is a [`model::Grid`] with its spans, header
//! rows, caption, number and unit; lines that make up a table or its caption are no paragraphs any more.
//! What it may not know: the codebook, file formats.
//!
//! # Steps
//! 1. `markup`: rows and cells with stated spans become a rectangle, by the HTML table model.
//! 2. `flattened`: lines of text that are a table's cells or rows are found and given their columns.
//! 3. `phantom`: columns and trailing rows that hold nothing are removed.
//! 4. `caption`: number, title and unit are taken from the first rows and the paragraphs before.
//! 5. `header`: leading rows that are headers are counted.
//! 6. `join`: a table that page furniture broken in two is made whole.
//!
//! Laws: cells cover their rectangle without overlap; every visible character of a paragraph or table that
//! was used stands in one cell or caption line, bars and rules that only part cells excepted; parsing twice
//! changes nothing.

mod caption;
mod cell_type;
mod cut;
mod flattened;
mod header;
mod join;
mod lexicon;
mod markup;
mod phantom;
mod rectangle;

use model::{Block, BlockContent, Document, Grid, Place, Shape, TableMarkup, Text, Warning};

/// Turns every table of a document into a grid.
///
/// Tables and paragraphs without a visible character are left out. Warnings added: `cells_overlap` (spans that claim one
/// position twice; the first keeps it), `table_cut` (more grid positions than the bound).
pub fn parse_tables(document: Document) -> Document {
    let mut document = document;
    let mut blocks = std::mem::take(&mut document.blocks);
    // Blank blocks would part lines, and tables from their captions.
    blocks.retain(|block| match &block.content {
        BlockContent::Table(table) => !is_blank(table),
        BlockContent::Paragraph(text) => !text.is_blank(),
        BlockContent::Grid(_) | BlockContent::Picture { .. } => true,
    });
    let mut pieces = Vec::with_capacity(blocks.len());
    for block in flattened::find(blocks) {
        pieces.push(match block {
            flattened::Found::Other(block) => match block.content {
                BlockContent::Table(table) => {
                    let (grid, caption) = formed(table, &block.place, &mut document.warnings);
                    let content = BlockContent::Grid(grid);
                    Piece::fresh(Block { content, ..block }, caption)
                }
                content => Piece::old(Block { content, ..block }),
            },
            flattened::Found::Table(block) => Piece::fresh(block, None),
        });
    }
    for piece in pieces.iter_mut().filter(|piece| piece.fresh) {
        if let Some(grid) = piece.grid_mut() {
            phantom::remove(grid);
        }
    }
    let mut pieces = caption::attach(pieces);
    for piece in pieces.iter_mut().filter(|piece| piece.fresh) {
        if let Some(grid) = piece.grid_mut() {
            grid.header_rows = header::rows(grid);
        }
    }
    document.blocks = join::join(pieces)
        .into_iter()
        .map(|piece| piece.block)
        .collect();
    document
}

/// The grid of a table, and its own caption.
fn formed(table: TableMarkup, place: &Place, warnings: &mut Vec<Warning>) -> (Grid, Option<Text>) {
    if table.shape != Shape::Flattened || table.caption.is_some() {
        return markup::form(table, place, warnings);
    }
    match flattened::grid(table, place) {
        Ok(grid) => (grid, None),
        Err(table) => markup::form(table, place, warnings),
    }
}

/// A table without a visible character.
fn is_blank(table: &TableMarkup) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.all(|cell| cell.text.is_blank()) && table.caption.as_ref().is_none_or(Text::is_blank)
}

/// A block on its way through the steps.
struct Piece {
    block: Block,
    /// A grid made in this pass: what came in as a grid is not touched again.
    fresh: bool,
    /// The table's own caption, until it is attached.
    own_caption: Option<Text>,
}

impl Piece {
    fn old(block: Block) -> Self {
        Self {
            block,
            fresh: false,
            own_caption: None,
        }
    }

    fn fresh(block: Block, own_caption: Option<Text>) -> Self {
        Self {
            block,
            fresh: true,
            own_caption,
        }
    }

    fn grid_mut(&mut self) -> Option<&mut Grid> {
        match &mut self.block.content {
            BlockContent::Grid(grid) => Some(grid),
            _ => None,
        }
    }
}
