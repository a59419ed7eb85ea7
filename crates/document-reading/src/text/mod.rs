//! Reading plain text: one block for each line that is not blank.

use model::{Block, Document, MediaType, Place, Text};

use crate::Provenance;

/// Reads a text. A form feed begins a new page; any of the three line ends ends a line; nothing
/// else is taken off the lines.
pub(crate) fn read(text: &str, provenance: &Provenance<'_>) -> Document {
    let mut document = Document::new(MediaType::Text);
    document.hints.extend(crate::html::uri_hint(provenance));
    let mut number = 0_u32;
    let mut break_before = false;
    for line in lines(text) {
        number = number.saturating_add(1);
        for (index, part) in line.split('\x0C').enumerate() {
            break_before |= index > 0;
            if part.chars().all(char::is_whitespace) {
                break_before = true;
                continue;
            }
            let place = Place::Lines {
                first: number,
                last: number,
            };
            let mut block = Block::paragraph(Text::read(part), place);
            block.style.break_before = break_before && !document.blocks.is_empty();
            break_before = false;
            document.blocks.push(block);
        }
    }
    document
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
