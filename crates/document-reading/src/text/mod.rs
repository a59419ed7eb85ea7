//! Reading plain text: one block for each line that is not blank, and one for each table that columns of
//! blanks hold.

mod layout;

use std::ops::Range;

use model::{Block, BlockContent, Document, Layer, MediaType, Place, Style, Text};

use crate::Provenance;

/// Reads a text. A form feed begins a new page; any of the three line ends ends a line; nothing
/// else is taken off the lines.
pub(crate) fn read(text: &str, provenance: &Provenance<'_>) -> Document {
    let mut document = Document::new(MediaType::Text);
    document.hints.extend(crate::html::uri_hint(provenance));
    let mut break_before = false;
    let lines: Vec<&str> = lines(text).collect();
    let mut tables = layout::tables(&lines).into_iter().peekable();
    let mut behind = 0;
    for (at, line) in lines.iter().enumerate() {
        if let Some(found) = tables.next_if(|found| found.lines.start == at) {
            behind = found.lines.end;
            document.blocks.push(table(found));
            break_before = false;
        }
        if at < behind {
            continue;
        }
        for (index, part) in line.split('\x0C').enumerate() {
            break_before |= index > 0;
            if part.chars().all(char::is_whitespace) {
                break_before = true;
                continue;
            }
            let mut block = Block::paragraph(Text::read(part), place(at..at + 1));
            block.style.break_before = break_before && !document.blocks.is_empty();
            break_before = false;
            document.blocks.push(block);
        }
    }
    document
}

/// The place of lines by their indices.
pub(crate) fn place(lines: Range<usize>) -> Place {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
    Place::Lines {
        first: number(lines.start),
        last: number(lines.end.saturating_sub(1)),
    }
}

fn table(found: layout::Found) -> Block {
    Block {
        content: BlockContent::Table(found.table),
        place: place(found.lines),
        layer: Layer::Body,
        style: Style::default(),
    }
}

/// The lines of a text, ended by `\n`, `\r\n` or `\r`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Vec<(String, u32, bool)> {
        read(text, &Provenance::default())
            .blocks
            .iter()
            .map(|block| {
                let Place::Lines { first, .. } = block.place else {
                    panic!("a text has lines")
                };
                let text = block.text().unwrap().value().to_owned();
                (text, first, block.style.break_before)
            })
            .collect()
    }

    #[test]
    fn lines_keep_their_numbers_and_their_spaces() {
        let row = |text: &str, line, broken| (text.to_owned(), line, broken);
        assert_eq!(
            read_text("\n　　一、概述 \r\n\r\n全年\t12件\r二\n三\x0C四"),
            [
                row("　　一、概述 ", 2, false),
                row("全年\t12件", 4, true),
                row("二", 5, false),
                row("三", 6, false),
                row("四", 6, true),
            ]
        );
    }
}
