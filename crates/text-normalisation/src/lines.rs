//! Wrapped lines of a text document, or inside one element of a page (`pre`, `br`), joined to paragraphs.
//!
//! A line was wrapped where it is as wide as the document's lines are, no sentence ends with it and
//! the next begins like nothing new. That the document wraps at all must be proved: words run
//! across line ends, or lines end in the middle of a clause.

use model::{Block, BlockContent, Place, Text};

use crate::{
    character::{columns, ends_sentence, is_han, is_han_numeral},
    enumerator::starts_with_enumerator,
    folding::fold,
    spaces::Layout,
    words::{Bond, bond},
};

/// Narrowest and widest wrapped line, in half-width columns.
const NARROWEST: u32 = 32;
const WIDEST: u32 = 160;
/// Bytes from which on a line is a whole paragraph, wider than any wrapped one: it is not measured.
const LONG: usize = 4 * (WIDEST as usize + 1);
/// Columns by which a wrapped line may fall short of the width (the first of a paragraph whose indent the
/// source has lost: by that too) or run over it.
const EARLY: u32 = 8;
const OVER: u32 = 2;
/// Widths that one document may mix.
const WIDTHS: usize = 4;
/// A last line this short, in characters, is a cell unless a sentence ends with it.
const SHORT: usize = 3;

/// Joins the wrapped lines of a document. A joined block's text holds them parted by `\n`.
pub(crate) fn join_wrapped(blocks: Vec<Block>) -> Vec<Block> {
    let joins = joins(&blocks);
    if !joins.contains(&true) {
        return blocks;
    }
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut lines = String::new();
    let mut blocks = blocks.into_iter().zip(joins).peekable();
    while let Some((mut block, mut goes_on)) = blocks.next() {
        if goes_on {
            lines.clear();
            lines.push_str(block.text().map_or("", Text::written));
        }
        while goes_on && let Some((next, further)) = blocks.next() {
            lines.push('\n');
            lines.push_str(next.text().map_or("", Text::written));
            block.place = block.place.joined(&next.place);
            goes_on = further;
            if !goes_on {
                block.content = BlockContent::Paragraph(Text::read(lines.as_str()));
            }
        }
        joined.push(block);
    }
    joined
}

/// A line of the source.
struct Line<'a> {
    text: &'a str,
    block: usize,
    /// Half-width columns with the indent, without white space at the end.
    columns: u32,
    indent: u32,
    /// A line of text: visible, without the marks of a table.
    running: bool,
}

/// Whether each block goes on in the next.
fn joins(blocks: &[Block]) -> Vec<bool> {
    let lines = lines(blocks);
    let setting = Setting::new(blocks, &lines);
    let mut candidates: Vec<usize> = (0..lines.len().saturating_sub(1))
        .filter(|index| may_go_on(blocks, &lines, *index, &setting))
        .collect();
    let mut joined = vec![false; lines.len()];
    for _ in 0..WIDTHS {
        let Some(width) = usual_width(&lines, &candidates) else {
            break;
        };
        let (at_width, rest): (Vec<usize>, Vec<usize>) = candidates
            .into_iter()
            .partition(|index| ends_at(&lines, *index, width));
        let proven = at_width
            .iter()
            .filter(|index| runs_on(&lines, **index))
            .count();
        if proven >= 2 && proven * 4 >= at_width.len() {
            for index in at_width {
                if let Some(join) = joined.get_mut(index) {
                    *join = true;
                }
            }
        }
        candidates = rest;
    }
    // Of a block that is several lines already, the last decides.
    let mut joins = vec![false; blocks.len()];
    for (line, join) in lines.iter().zip(joined) {
        if let Some(last) = joins.get_mut(line.block) {
            *last = join;
        }
    }
    joins
}

fn lines(blocks: &[Block]) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        for text in block.text().map_or("", Text::written).split('\n') {
            let trimmed = text.trim_end();
            let body = trimmed.trim_start();
            let width = |text: &str| text.chars().map(columns).sum::<u32>();
            let indent = width(
                trimmed
                    .get(..trimmed.len() - body.len())
                    .unwrap_or_default(),
            );
            lines.push(Line {
                text: body,
                block: index,
                columns: if body.len() > LONG {
                    WIDEST + 1
                } else {
                    indent + width(body)
                },
                indent,
                running: !body.is_empty() && !body.contains(['|', '\t']),
            });
        }
    }
    lines
}

/// How the document sets its lines.
struct Setting {
    /// Indent of lines that begin nothing.
    margin: u32,
    /// Paragraphs begin with an indent, so that a line without one goes on even after a full stop.
    indents: bool,
    /// Lines from one line of text to the next.
    step: u32,
}

/// Indented paragraphs from which on a document is taken to indent them.
const INDENTED: usize = 3;

impl Setting {
    fn new(blocks: &[Block], lines: &[Line<'_>]) -> Self {
        let margin = margin(lines);
        let (mut indented, mut flush) = (0, 0);
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            if line.running && next.running && ends_clause(line.text) {
                if next.indent > margin + 1 {
                    indented += 1;
                } else if !begins_anew(line.text, next.text) {
                    flush += 1;
                }
            }
        }
        Self {
            margin,
            indents: indented >= INDENTED && indented >= 2 * flush,
            step: usual_step(blocks),
        }
    }
}

/// The indent that wide lines have without being the first of a paragraph: that of the tenth
/// that is indented least.
fn margin(lines: &[Line<'_>]) -> u32 {
    let mut indents: Vec<u32> = lines
        .iter()
        .filter(|line| line.running && line.columns >= NARROWEST)
        .map(|line| line.indent)
        .collect();
    indents.sort_unstable();
    indents.get(indents.len() / 10).copied().unwrap_or(0)
}

/// Lines from one line of text to the next: 2 where the source leaves every other one empty.
fn usual_step(blocks: &[Block]) -> u32 {
    let (mut pairs, mut gaps) = (0, 0);
    for (block, next) in blocks.iter().zip(blocks.iter().skip(1)) {
        let (Place::Lines { first, last }, Place::Lines { first: begin, .. }) =
            (&block.place, &next.place)
        else {
            continue;
        };
        let parts = block
            .text()
            .map_or(0, |text| text.written().matches('\n').count());
        pairs += 1 + parts;
        gaps += usize::from(begin.saturating_sub(*last) > 1);
        gaps += (last.saturating_sub(*first) as usize).saturating_sub(parts);
    }
    if pairs > 0 && gaps * 10 >= pairs * 9 {
        2
    } else {
        1
    }
}

/// Whether nothing but the width is wanting to join a line with the next.
fn may_go_on(blocks: &[Block], lines: &[Line<'_>], index: usize, setting: &Setting) -> bool {
    let (Some(line), Some(next)) = (lines.get(index), lines.get(index + 1)) else {
        return false;
    };
    if !line.running || !next.running || !(NARROWEST..=WIDEST).contains(&line.columns) {
        return false;
    }
    if line.block != next.block && !are_neighbours(blocks, line.block, next.block, setting.step) {
        return false;
    }
    let ends = ends_clause(line.text) && !setting.indents;
    if next.indent > setting.margin + 1 || ends || begins_anew(line.text, next.text) {
        return false;
    }
    let visible = next.text.chars().count();
    visible > SHORT || next.text.ends_with(ends_sentence)
}

/// The element around a text: lines of one `pre` are one text node, lines that `br` parts are several.
/// Paragraphs that are elements themselves have none.
fn parent(path: &str) -> Option<&str> {
    let (parent, step) = path.rsplit_once('/')?;
    step.starts_with("text()").then_some(parent)
}

/// Lines inside one element of a page that are one paragraph were joined: their line ends are wraps.
pub(crate) fn layouts(blocks: &[Block]) -> Vec<Layout> {
    let layout = |block: &Block| Layout {
        wrapped: match &block.place {
            Place::Node { path } => parent(path).is_some(),
            _ => false,
        },
        ..Layout::default()
    };
    blocks.iter().map(layout).collect()
}

fn are_neighbours(blocks: &[Block], block: usize, next: usize, step: u32) -> bool {
    let (Some(block), Some(next)) = (blocks.get(block), blocks.get(next)) else {
        return false;
    };
    let follows = match (&block.place, &next.place) {
        (Place::Lines { last, .. }, Place::Lines { first, .. }) => {
            (1..=step).contains(&first.saturating_sub(*last))
        }
        (Place::Node { path: a }, Place::Node { path: b }) => {
            parent(a).is_some() && parent(a) == parent(b)
        }
        _ => false,
    };
    follows
        && block.layer == next.layer
        && block.text().is_some()
        && next.text().is_some()
        && block.style.heading_level == next.style.heading_level
        && !next.style.break_before
        && !next.style.list_item
}

/// The end of a sentence, or of what announces a list.
fn ends_clause(line: &str) -> bool {
    let closing = ['”', '’', '"', '）', ')', '》', '】'];
    line.trim_end_matches(closing)
        .ends_with(|c| ends_sentence(c) || matches!(c, ':' | '：'))
}

/// A line that begins something: a number of a heading or an item, a number alone, a page number.
fn begins_anew(line: &str, next: &str) -> bool {
    let head = next
        .char_indices()
        .nth(12)
        .map_or(next, |(byte, _)| next.get(..byte).unwrap_or_default());
    let head = fold(head, false)
        .draft
        .map_or_else(|| head.to_owned(), |draft| draft.value);
    let bare_numeral = head
        .split_once(' ')
        .is_some_and(|(number, _)| !number.is_empty() && number.chars().all(is_han_numeral));
    let no_letters = !next.chars().any(char::is_alphabetic);
    let begins = bare_numeral || no_letters || starts_with_enumerator(&head);
    begins && !line.ends_with('第')
}

/// The width at which most of the candidates end.
fn usual_width(lines: &[Line<'_>], candidates: &[usize]) -> Option<u32> {
    let mut widths: Vec<u32> = candidates
        .iter()
        .filter_map(|index| lines.get(*index).map(|line| line.columns))
        .collect();
    widths.sort_unstable();
    let up_to = |columns: u32| widths.partition_point(|width| *width <= columns);
    let support = |width: u32| up_to(width + OVER) - up_to((width - EARLY).saturating_sub(1));
    let width = widths.iter().copied().max_by_key(|width| support(*width))?;
    (support(width) >= 2).then_some(width)
}

fn ends_at(lines: &[Line<'_>], index: usize, width: u32) -> bool {
    let line = lines.get(index).map_or(0, |line| line.columns);
    let next = lines.get(index + 1).map_or(0, |line| line.columns);
    (width - EARLY..=width + OVER).contains(&line) && next <= width + OVER
}

/// Whether the text proves that it runs on over a line's end.
fn runs_on(lines: &[Line<'_>], index: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(index), lines.get(index + 1)) else {
        return false;
    };
    let (Some(left), Some(right)) = (line.text.chars().next_back(), next.text.chars().next())
    else {
        return false;
    };
    let pauses = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';');
    let opens = matches!(left, '《' | '“' | '（' | '(' | '〔');
    let closes = matches!(right, '》' | '”' | '）' | ')' | '〕') || pauses(right);
    if pauses(left) || opens || closes {
        return true;
    }
    if is_han(left) && is_han(right) {
        return bond(line.text, next.text) != Bond::None;
    }
    left.is_ascii_lowercase() && right.is_ascii_lowercase()
        || left.is_ascii_digit() && matches!(right, '年' | '月' | '日')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(lines: &[&str]) -> Vec<Block> {
        let place = |at| Place::Lines {
            first: at,
            last: at,
        };
        (1..)
            .zip(lines)
            .filter(|(_, line)| !line.is_empty())
            .map(|(at, line)| Block::paragraph((*line).into(), place(at)))
            .collect()
    }

    fn joined(lines: &[&str]) -> Vec<(usize, u32, u32)> {
        join_wrapped(document(lines))
            .iter()
            .map(|block| match block.place {
                Place::Lines { first, last } => {
                    (block.text().unwrap().written().lines().count(), first, last)
                }
                _ => panic!("lines have lines"),
            })
            .collect()
    }

    const WRAPPED: [&str; 5] = [
        "一、概述",
        "　　全年我局按照上级要求，认真做好信息公",
        "开工作，及时更新目录，保障群众的知情权、",
        "参与权。没有发生泄密事件，工作取得新成效",
        "，群众满意。",
    ];

    #[test]
    fn wrapped_lines_become_one_paragraph() {
        assert_eq!(joined(&WRAPPED), [(1, 1, 1), (4, 2, 5)]);
    }

    #[test]
    fn a_heading_does_not_go_on_in_the_text_below() {
        let mut lines = WRAPPED.to_vec();
        lines.insert(0, "某县水务局二〇一六年政府信息公开工作年度报");
        let mut blocks = document(&lines);
        assert_eq!(join_wrapped(blocks.clone()).len(), 3);
        lines.remove(1);
        blocks = document(&lines);
        blocks[0].style.heading_level = Some(1);
        assert_eq!(join_wrapped(blocks).len(), 2);
    }

    #[test]
    fn joining_twice_changes_nothing() {
        let once = join_wrapped(document(&WRAPPED));
        assert_eq!(join_wrapped(once.clone()), once);
    }

    #[test]
    fn a_line_a_paragraph_stays() {
        let lines = [
            "全年主动公开政府信息一百七十条，其中业务类信息一百六十九条。",
            "未发生针对本单位有关政府信息公开事务的行政复议案",
            "咨询电话接听三千六百零八人次，当面咨询接待二千一百六十四人次，网站访问量四十二万次",
            "二是对基层单位政务公开工作的指导力度还不够",
        ];
        assert_eq!(joined(&lines).len(), lines.len());
    }

    #[test]
    fn an_empty_line_parts_unless_all_are_parted() {
        let mut lines = WRAPPED.to_vec();
        lines.insert(3, "");
        assert_eq!(joined(&lines).len(), 3);
        let spread: Vec<&str> = WRAPPED.iter().flat_map(|line| [*line, ""]).collect();
        assert_eq!(joined(&spread), [(1, 1, 1), (4, 3, 9)]);
    }
}
