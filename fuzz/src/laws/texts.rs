//! Texts and their maps.

use model::{BlockContent, Document, Text};

/// Every text of a document.
pub fn texts(document: &Document) -> Vec<&Text> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match &block.content {
            BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => texts.push(text),
            BlockContent::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                texts.extend(cells.map(|cell| &cell.text).chain(&table.caption));
            }
            BlockContent::Grid(grid) => {
                texts.extend(grid.cells.iter().map(|cell| &cell.text));
                texts.extend(grid.caption.iter().flat_map(|caption| &caption.lines));
            }
        }
    }
    texts
}

/// What a document's texts say as written, line ends aside.
pub fn written(document: &Document) -> String {
    let texts = texts(document).into_iter().map(Text::written);
    texts.flat_map(str::chars).filter(|c| *c != '\n').collect()
}

/// Runs ascend, stand inside both texts, and their spaces are spaces in both.
pub fn maps_are_sound(document: &Document) {
    for text in texts(document) {
        let source: Vec<char> = text.written().chars().collect();
        let value: Vec<char> = text.value().chars().collect();
        let (mut in_value, mut in_written) = (0, 0);
        for run in text.runs() {
            assert!(run.length > 0, "an empty run in {text:?}");
            assert!(
                run.value_start >= in_value && run.written_start >= in_written,
                "runs go back in {text:?}"
            );
            in_value = run.value_start + run.length;
            in_written = run.written_start + run.length;
            assert!(
                in_value as usize <= value.len() && in_written as usize <= source.len(),
                "a run stands outside {text:?}"
            );
            for offset in 0..run.length {
                let from = source[(run.written_start + offset) as usize];
                let to = value[(run.value_start + offset) as usize];
                assert_eq!(
                    from.is_whitespace(),
                    to.is_whitespace(),
                    "{from:?} maps to {to:?} in {text:?}"
                );
            }
        }
    }
}
