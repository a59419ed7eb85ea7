//! Lines of a text that are rows of a table, their cells parted by tabs.

use model::Block;

use crate::{character::ends_sentence, spaces::Layout};

/// How the white space of each block of a text document is to be read.
pub(crate) fn layouts(blocks: &[Block]) -> Vec<Layout> {
    let tabs: Vec<usize> = blocks
        .iter()
        .map(|block| written(block).bytes().filter(|byte| *byte == b'\t').count())
        .collect();
    let mut rows: Vec<bool> = blocks.iter().map(|block| is_row(written(block))).collect();
    let sure = rows.clone();
    let same = |a: usize, b: usize| match (tabs.get(a), tabs.get(b)) {
        (Some(a), Some(b)) => *a > 0 && a == b,
        _ => false,
    };
    // Two sure rows of one shape vouch for their neighbours of that shape, whose cells may be empty.
    let pair = |index: usize| {
        sure.get(index) == Some(&true)
            && [index.checked_sub(1), index.checked_add(1)]
                .into_iter()
                .flatten()
                .any(|next| sure.get(next) == Some(&true) && same(index, next))
    };
    let mut in_table: Vec<bool> = (0..blocks.len()).map(pair).collect();
    let order = (1..blocks.len()).map(|index| (index - 1, index));
    let back = order.clone().map(|(a, b)| (b, a)).rev();
    for (from, to) in order.chain(back) {
        let holds_sentence = blocks
            .get(to)
            .is_some_and(|block| written(block).contains('。'));
        if in_table.get(from) == Some(&true) && same(from, to) && !holds_sentence {
            for marks in [&mut in_table, &mut rows] {
                if let Some(mark) = marks.get_mut(to) {
                    *mark = true;
                }
            }
        }
    }
    rows.into_iter()
        .zip(in_table)
        .map(|(tabs, edge_tabs)| Layout {
            tabs,
            edge_tabs,
            wrapped: true,
        })
        .collect()
}

fn written(block: &Block) -> &str {
    block.text().map_or("", model::Text::written)
}

/// Two or more cells, none of them a sentence.
fn is_row(line: &str) -> bool {
    let mut cells = 0;
    for cell in line.split('\t') {
        let cell = cell.trim();
        if cell.ends_with(ends_sentence) || cell.contains('。') || cell.contains('\n') {
            return false;
        }
        cells += usize::from(!cell.is_empty());
    }
    cells >= 2
}

#[cfg(test)]
mod tests {
    use model::Place;

    use super::*;

    fn of(lines: &[&str]) -> Vec<(bool, bool)> {
        let blocks: Vec<Block> = lines
            .iter()
            .map(|line| Block::paragraph((*line).into(), Place::Lines { first: 1, last: 1 }))
            .collect();
        layouts(&blocks)
            .iter()
            .map(|layout| (layout.tabs, layout.edge_tabs))
            .collect()
    }

    #[test]
    fn rows_are_told_from_indents() {
        assert_eq!(
            of(&["\t本报告由市局编制。", "\t一、概述"]),
            [(false, false); 2]
        );
        assert_eq!(
            of(&["附表1\t单位:条", "说明"]),
            [(true, false), (false, false)]
        );
    }

    #[test]
    fn empty_cells_count_inside_a_table() {
        assert_eq!(
            of(&[
                "\t本年\t累计",
                "申请总数\t3\t9",
                "答复总数\t3\t",
                "其中\t\t"
            ]),
            [(true, true); 4]
        );
    }
}
