//! Whether lines laid out as a table are one: menus and prose can be laid out as well.

use model::Block;

use crate::cell_type::CellType;
use crate::lexicon::LEXICON;

use super::draft::{self, Draft, Table, heads_table, is_head_row};
use super::lines::Line;

/// Two rows with numbers behind labels, or numbers under a row of heads, or a row of known heads, or a grid
/// that is drawn.
pub(super) fn is_table(table: &Table, lines: &[Line], blocks: &[Block]) -> bool {
    let text = |cell: &Draft| draft::text(cell, lines, blocks);
    let rows = &table.rows;
    if rows
        .iter()
        .filter(|row| row.iter().any(|cell| !cell.is_empty()))
        .count()
        < 2
    {
        return false;
    }
    let labels: Vec<&Draft> = rows
        .iter()
        .flatten()
        .filter(|cell| cell.kind == CellType::Label)
        .collect();
    // `索引号: | …` names its values cell by cell; a sentence in every fifth cell is prose.
    let keys = labels
        .iter()
        .filter(|cell| text(cell).ends_with(':'))
        .count();
    let sentences = labels
        .iter()
        .filter(|cell| text(cell).contains('。'))
        .count();
    if keys * 3 > labels.len() || sentences * 5 > labels.len() {
        return false;
    }
    let numbered = |row: &[Draft]| {
        let label = row.iter().position(|cell| cell.kind == CellType::Label);
        let number = row.iter().rposition(|cell| cell.kind == CellType::Number);
        matches!((label, number), (Some(label), Some(number)) if label < number)
    };
    // Heads come first; menus are rows of labels throughout.
    let numbers = |row: &&Vec<Draft>| row.iter().any(|cell| cell.kind == CellType::Number);
    let leading = rows.iter().take_while(|row| !numbers(row)).count();
    let later = rows.get(leading..).unwrap_or_default().iter();
    let bands = later.clone().filter(|row| heads_table(row)).count();
    if bands > later.filter(numbers).count() {
        return false;
    }
    let with_numbers = rows.iter().filter(|row| numbered(row)).count();
    let first_head = rows.iter().position(|row| is_head_row(row));
    let under_heads = first_head.is_some_and(|head| {
        let below = rows.get(head + 1..).unwrap_or_default();
        below
            .iter()
            .flatten()
            .any(|cell| cell.kind == CellType::Number)
    });
    let known_heads = rows.iter().any(|row| {
        is_head_row(row)
            && row
                .iter()
                .filter(|cell| LEXICON.is_head(&text(cell)))
                .count()
                >= 2
    });
    with_numbers >= 2 || under_heads || known_heads || table.drawn
}
