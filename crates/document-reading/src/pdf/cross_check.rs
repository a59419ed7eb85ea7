//! The characters of the two readers compared: what one finds and the other does not is a warning.

use std::collections::BTreeMap;

use model::{Block, BlockContent, Document, Warning};

use super::{second_reader, warning};

/// Share of the characters that may differ: the readers part ligatures and widths in their own ways.
const TOLERATED: f64 = 0.005;
/// Characters named in a warning.
const NAMED: usize = 12;

/// Compares a document with what the second reader finds in the same bytes. Nothing is altered.
pub(super) fn compare(bytes: &[u8], document: &Document) -> Option<Warning> {
    let Some(pages) = second_reader::pages(bytes) else {
        return Some(warning(
            "cross_check",
            "cross-check: the second PDF reader found no text, nothing was compared".to_owned(),
        ));
    };
    let mut balance: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for character in pages.iter().flat_map(|page| page.chars()).filter(counted) {
        balance.entry(folded(character)).or_default().1 += 1;
    }
    for character in document
        .blocks
        .iter()
        .flat_map(texts)
        .flat_map(str::chars)
        .filter(counted)
    {
        balance.entry(folded(character)).or_default().0 += 1;
    }
    let total = |side: fn(&(usize, usize)) -> usize| balance.values().map(side).sum::<usize>();
    let (first, second) = (total(|counts| counts.0), total(|counts| counts.1));
    let missed: usize = balance.values().map(|(a, b)| b.saturating_sub(*a)).sum();
    let extra: usize = balance.values().map(|(a, b)| a.saturating_sub(*b)).sum();
    let share = (missed + extra) as f64 / (first + second).max(1) as f64;
    if share <= TOLERATED {
        return None;
    }
    let mut worst: Vec<(usize, char)> = balance
        .iter()
        .map(|(character, (a, b))| (a.abs_diff(*b), *character))
        .filter(|(difference, _)| *difference > 0)
        .collect();
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let named: String = worst
        .iter()
        .take(NAMED)
        .map(|(_, character)| *character)
        .collect();
    Some(warning(
        "cross_check",
        format!(
            "cross-check: the two PDF readers disagree on {:.1} % of the characters: {extra} of {first} \
             only in the first, {missed} of {second} only in the second; most: {named}",
            share * 100.0
        ),
    ))
}

fn counted(character: &char) -> bool {
    !character.is_whitespace() && !character.is_control()
}

/// Forms that fonts mix freely, brought to one: compatibility forms of width and radicals.
fn folded(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '\u{2E80}'..='\u{2FDF}' => '⼀',
        '\u{2010}'..='\u{2015}' | '−' => '-',
        _ => character,
    }
}

/// The texts of a block, furniture and hidden layers too: the second reader does not part them.
fn texts(block: &Block) -> Vec<&str> {
    match &block.content {
        BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => vec![text.value()],
        BlockContent::Table(table) => table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| cell.text.value())
            .collect(),
        BlockContent::Grid(grid) => grid.cells.iter().map(|cell| cell.text.value()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_width_are_no_disagreement() {
        assert_eq!(folded('（'), '(');
        assert_eq!(folded('—'), folded('–'));
        assert_ne!(folded('年'), folded('月'));
    }
}
