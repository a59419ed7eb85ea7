//! Documents from lines, so that an input's bytes reach every kind of block.

use model::{
    Block, BlockContent, CellMarkup, Document, FurnitureReason, Layer, MediaType, Place, RowMarkup,
    Shape, TableMarkup, Text,
};

/// Bytes of an input that are read: more finds nothing that less does not.
const LONGEST: usize = 16 << 10;

/// A document from bytes that are taken as UTF-8.
///
/// A line is a paragraph. Marks before it: `#` to `###` a heading, `*` bold, `~` furniture, `?` hidden,
/// `>` all of it links, `^` a break before it. Between lines of `<<` and `>>` a line is a row of a table:
/// cells parted by `&`, `!` a header cell, a digit and `x` and a digit before a cell its spans, `=` the next row
/// group, `:` the table's caption. `\n` within a text is a line break, `\t` a tab. A first line `%html` or
/// `%pdf` sets the media type.
pub fn document(bytes: &[u8]) -> Document {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n').zip(1_u32..).peekable();
    let kind = match lines.peek().map(|(line, _)| *line) {
        Some("%html") => MediaType::Html,
        Some("%pdf") => MediaType::Pdf,
        _ => MediaType::Text,
    };
    if kind != MediaType::Text {
        lines.next();
    }
    let mut document = Document::new(kind);
    while let Some((line, number)) = lines.next() {
        let mut last = number;
        let mut block = if line == "<<" {
            let mut table = TableMarkup {
                rows: Vec::new(),
                caption: None,
                shape: Shape::Grid,
            };
            let mut group = 0;
            for (row, number) in lines.by_ref() {
                last = number;
                match row.as_bytes().first() {
                    _ if row == ">>" => break,
                    Some(b'=') => group += 1,
                    Some(b':') => table.caption = Some(self::text(&row[1..])),
                    _ => table.rows.push(RowMarkup {
                        cells: row.split('&').map(cell).collect(),
                        group,
                        header: false,
                    }),
                }
            }
            let mut block = Block::paragraph(Text::default(), place(kind, number, last));
            block.content = BlockContent::Table(table);
            block
        } else {
            paragraph(line, place(kind, number, number))
        };
        block.place = place(kind, number, last);
        document.blocks.push(block);
    }
    document
}

fn text(line: &str) -> Text {
    Text::read(line.replace("\\n", "\n").replace("\\t", "\t"))
}

fn place(kind: MediaType, first: u32, last: u32) -> Place {
    match kind {
        MediaType::Text | MediaType::Markdown => Place::Lines { first, last },
        MediaType::Html => Place::Node {
            path: format!("/html/body/p[{first}]"),
        },
        MediaType::Pdf => Place::Boxes(vec![model::PageBox {
            page: 1 + first / 40,
            x0: 72.0,
            y0: 20.0 * (first % 40) as f32,
            x1: 500.0,
            y1: 20.0 * (first % 40) as f32 + 16.0,
        }]),
    }
}

fn paragraph(line: &str, place: Place) -> Block {
    let level = line.bytes().take_while(|byte| *byte == b'#').count().min(3);
    let rest = &line[level..];
    let (mark, rest) = match rest.as_bytes().first() {
        Some(mark @ (b'*' | b'~' | b'?' | b'>' | b'^')) => (*mark, &rest[1..]),
        _ => (0, rest),
    };
    let text = text(rest);
    let length = text.value().len();
    let mut block = Block::paragraph(text, place);
    block.style.heading_level = u8::try_from(level).ok().filter(|level| *level > 0);
    match mark {
        b'*' => block.style.bold_bytes = length,
        b'~' => block.layer = Layer::Furniture(FurnitureReason::Navigation),
        b'?' => block.layer = Layer::Hidden,
        b'>' => block.style.link_share = 1.0,
        b'^' => block.style.break_before = true,
        _ => {}
    }
    block
}

fn cell(text: &str) -> CellMarkup {
    let header = text.starts_with('!');
    let text = text.trim_start_matches('!');
    let (row_span, col_span, text) = match text.as_bytes() {
        [rows @ b'0'..=b'9', b'x', columns @ b'1'..=b'9', ..] => (
            u32::from(rows - b'0'),
            u32::from(columns - b'0'),
            &text[3..],
        ),
        _ => (1, 1, text),
    };
    CellMarkup {
        text: self::text(text),
        row_span,
        col_span,
        header,
        place: None,
    }
}
