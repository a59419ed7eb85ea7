//! What the fixture runner and the laws share: documents from lines, and the laws as functions.

use model::{
    Block, BlockContent, CellMarkup, Document, FurnitureReason, Grid, Layer, MediaType, Place,
    RowMarkup, Shape, TableMarkup, Text,
};

/// A document from lines.
///
/// A line is a paragraph; a blank line is nothing; `%%` opens a line of furniture. Between `<table>` and
/// `</table>` a line is a row of markup, its cells parted by `&`; `!` before a cell makes it a header,
/// `[2x3]` makes it cover two rows and three columns, `\n` breaks its line; `===` opens the next row group,
/// `caption:` the table's own caption.
pub(crate) fn document(text: &str) -> Document {
    let mut document = Document::new(MediaType::Text);
    let mut lines = text.lines().zip(1_u32..);
    while let Some((line, number)) = lines.next() {
        let place = |last| Place::Lines {
            first: number,
            last,
        };
        if line.trim() == "<table>" {
            let mut table = TableMarkup {
                rows: Vec::new(),
                caption: None,
                shape: Shape::Grid,
            };
            let mut group = 0;
            let mut last = number;
            for (line, number) in lines.by_ref() {
                last = number;
                match line.trim() {
                    "</table>" => break,
                    "===" => group += 1,
                    row => match row.strip_prefix("caption:") {
                        Some(caption) => table.caption = Some(caption.trim().into()),
                        None => table.rows.push(RowMarkup {
                            cells: row.split('&').map(cell).collect(),
                            group,
                            header: false,
                        }),
                    },
                }
            }
            let mut block = Block::paragraph(Text::default(), place(last));
            block.content = BlockContent::Table(table);
            document.blocks.push(block);
        } else if let Some(furniture) = line.strip_prefix("%%") {
            let mut block = Block::paragraph(furniture.trim().into(), place(number));
            block.layer = Layer::Furniture(FurnitureReason::PageNumber);
            document.blocks.push(block);
        } else if !line.trim().is_empty() {
            let text = line.replace("\\n", "\n").replace("\\t", "\t");
            document
                .blocks
                .push(Block::paragraph(Text::read(text), place(number)));
        }
    }
    document
}

fn cell(text: &str) -> CellMarkup {
    let mut text = text.trim();
    let header = text.starts_with('!');
    text = text.trim_start_matches('!');
    let (mut row_span, mut col_span) = (1, 1);
    if let Some((spans, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && let Some((rows, columns)) = spans.split_once('x')
    {
        row_span = rows.parse().unwrap();
        col_span = columns.parse().unwrap();
        text = rest;
    }
    CellMarkup {
        text: Text::read(text.replace("\\n", "\n")),
        row_span,
        col_span,
        header,
        place: None,
    }
}

/// Cells cover the rectangle without overlap, in order.
pub(crate) fn assert_covered(grid: &Grid) {
    let mut covered = vec![0; grid.rows * grid.columns];
    for cell in &grid.cells {
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                assert!(
                    row < grid.rows && column < grid.columns,
                    "{cell:?} stands out of the grid"
                );
                covered[row * grid.columns + column] += 1;
            }
        }
    }
    assert!(
        covered.iter().all(|count| *count == 1),
        "not covered once: {grid:?}"
    );
    assert!(grid.cells.is_sorted_by_key(|cell| (cell.row, cell.column)));
    assert!(grid.header_rows <= grid.rows);
}

/// Every visible character of a document, sorted, without what only parts cells.
pub(crate) fn visible(document: &Document) -> Vec<char> {
    let mut out = Vec::new();
    let mut add = |text: &Text| out.extend(text.value().chars().filter(|c| is_visible(*c)));
    for block in &document.blocks {
        match &block.content {
            BlockContent::Paragraph(text) => add(text),
            BlockContent::Picture { text, .. } => add(text),
            BlockContent::Table(table) => {
                table.caption.iter().for_each(&mut add);
                for row in &table.rows {
                    row.cells.iter().for_each(|cell| add(&cell.text));
                }
            }
            BlockContent::Grid(grid) => {
                grid.cells.iter().for_each(|cell| add(&cell.text));
                if let Some(caption) = &grid.caption {
                    caption.lines.iter().for_each(&mut add);
                }
            }
        }
    }
    out.sort_unstable();
    out
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            c,
            '|' | '+' | '-' | '=' | ':' | '│' | '\u{2500}'..='\u{257f}'
        )
}
