//! Which spaces stay: each is kept or left out by evidence.
//!
//! A space inside Chinese text either parts two things (`指标 单位 数量`) or was put there by the layout:
//! a wrapped line, letter-spacing, a gap beside digits. Five kinds of evidence speak, the cheapest first:
//! the characters beside it, letter-spacing, the dictionary, the spacing of numbers, the width of lines.
//! Where they are silent the space stays.

mod letters;
mod neighbours;
mod numbers;
mod paragraph;
mod wraps;

use paragraph::{BreakKind, Paragraph};

use crate::{
    character::is_han,
    draft::Draft,
    words::{Bond, bond},
};

/// What becomes of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It parts.
    Keep,
    /// The layout put it there.
    Join,
    /// Nothing has spoken yet; silence keeps it.
    Open,
}

/// How the white space of a text is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Its tabs part cells.
    pub(crate) tabs: bool,
    /// Its line ends are wraps, each of them.
    pub(crate) wrapped: bool,
    /// Tabs at its start and end are empty cells.
    pub(crate) edge_tabs: bool,
}

/// Passes after which even a text made for it is taken as settled: a space decided can make its
/// neighbour's words longer.
const PASSES: usize = 4;

/// Leaves out the spaces without meaning, one pass after another until nothing moves. `ranges` is
/// what the first look found.
pub(crate) fn settle(mut draft: Draft, mut ranges: Vec<(usize, usize)>, layout: Layout) -> Draft {
    for _ in 0..PASSES {
        if ranges.is_empty() {
            break;
        }
        draft = draft.without(&ranges);
        ranges = unneeded(&draft.value, layout);
    }
    draft
}

/// The byte ranges of white space that one look finds to be without meaning.
pub(crate) fn unneeded(text: &str, layout: Layout) -> Vec<(usize, usize)> {
    if !text
        .bytes()
        .any(|byte| matches!(byte, b' ' | b'\n' | b'\t'))
    {
        return Vec::new();
    }
    let mut ranges = Vec::new();
    let white = [' ', '\n', '\t'];
    let start = text.len() - text.trim_start_matches(white).len();
    let end = start + text.trim_matches(white).len();
    let edges = if layout.edge_tabs {
        Edge::Tabs
    } else {
        Edge::Nothing
    };
    leave_out(text, 0, start, edges, &mut ranges);
    if start < end {
        let paragraph = Paragraph::new(text, start, end);
        for (item, fate) in paragraph.breaks.iter().zip(fates(&paragraph, layout)) {
            let kept = match (fate, item.kind) {
                (Fate::Join, _) => Edge::Nothing,
                (_, BreakKind::Tab) => Edge::Tabs,
                (_, BreakKind::Line) => Edge::One('\n'),
                (_, BreakKind::Space) => Edge::One(' '),
            };
            leave_out(text, item.start, item.end, kept, &mut ranges);
        }
        leave_out(text, end, text.len(), edges, &mut ranges);
    }
    ranges
}

/// What stays of a stretch of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Nothing,
    One(char),
    Tabs,
}

fn leave_out(text: &str, start: usize, end: usize, kept: Edge, ranges: &mut Vec<(usize, usize)>) {
    let mut seen = false;
    let mut from = start;
    for (at, c) in text.get(start..end).unwrap_or_default().char_indices() {
        let stays = match kept {
            Edge::Nothing => false,
            Edge::One(one) => c == one && !seen,
            Edge::Tabs => c == '\t',
        };
        if stays {
            seen = true;
            if from < start + at {
                ranges.push((from, start + at));
            }
            from = start + at + c.len_utf8();
        }
    }
    if from < end {
        ranges.push((from, end));
    }
}

/// The fate of each break of a paragraph.
fn fates(paragraph: &Paragraph<'_>, layout: Layout) -> Vec<Fate> {
    let mut fates: Vec<Fate> = (0..paragraph.breaks.len())
        .map(|index| neighbours::fate(paragraph, index, layout))
        .collect();
    if !fates.contains(&Fate::Open) {
        return fates;
    }
    letters::join_spaced(paragraph, &mut fates);
    let systematic = numbers::are_set_apart(paragraph);
    for (index, fate) in fates.iter_mut().enumerate() {
        if *fate == Fate::Open {
            *fate = by_words(paragraph, index, systematic);
        }
    }
    wraps::join_wraps(paragraph, &mut fates);
    fates
}

/// What the words on both sides say.
fn by_words(paragraph: &Paragraph<'_>, index: usize, systematic: bool) -> Fate {
    let Some(item) = paragraph.breaks.get(index) else {
        return Fate::Open;
    };
    let (before, after) = (paragraph.before(index), paragraph.after(index));
    if item.left.is_ascii_digit() || item.right.is_ascii_digit() {
        return numbers::fate(paragraph, index, systematic);
    }
    if !is_han(item.left) || !is_han(item.right) {
        return Fate::Open;
    }
    // A lone measure word in a row of short cells is a cell: `主动公开信息数 条 170`.
    let lone = |piece: &str| piece.chars().count() == 1;
    if !paragraph.prose && (lone(before) || lone(after)) && paragraph.breaks.len() > 1 {
        return Fate::Open;
    }
    match bond(before, after) {
        Bond::Strong | Bond::Particle => Fate::Join,
        Bond::Compound | Bond::Function if paragraph.prose => Fate::Join,
        _ => Fate::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(text: &str) -> String {
        let mut draft = Draft::default();
        draft.push_str(text, crate::draft::count(text), 0);
        let layout = Layout::default();
        settle(draft, unneeded(text, layout), layout).value
    }

    #[test]
    fn what_parts_stays() {
        for text in [
            "政务公开栏目信息 通知公告 业务受理公告",
            "一 概述",
            "二 政府信息主动公开情况",
            "指标 单位 数量",
            "广州市番禺区建设局 2009年2月",
            "附表1 主动公开情况统计 单位:条",
            "426716 26270",
            "1 2 175",
            "网站页面访问量 其中:政务公开专栏访问量 |",
            "主动公开信息数 条 170",
            "Word and PDF files",
            "网上受理190宗。 (六)落实事项",
            "- 1 -",
            "指标 |",
        ] {
            assert_eq!(settled(text), text);
        }
    }

    #[test]
    fn what_the_layout_put_in_goes() {
        for (text, expected) in [
            ("加强作风建 设,提高效率", "加强作风建设,提高效率"),
            ("2008 年", "2008年"),
            ("2009年 2 月 18 日", "2009年2月18日"),
            ("由市局编制的 2008年度报告", "由市局编制的2008年度报告"),
            ("根据《条例》 、《规定》", "根据《条例》、《规定》"),
            ("《 条例》", "《条例》"),
            (
                "通过新闻发布会 12 场、公报 6期,宣传政策法规,回应关切。",
                "通过新闻发布会12场、公报6期,宣传政策法规,回应关切。",
            ),
            ("概 述", "概述"),
            ("一 概 述", "一 概述"),
            ("政 府 信 息 公 开 指 南", "政府信息公开指南"),
            (
                "本局网站(网址 :http://example.cn )",
                "本局网站(网址:http://example.cn)",
            ),
            ("合计 12 , 175", "合计 12,175"),
            ("  两边   空  ", "两边 空"),
        ] {
            assert_eq!(settled(text), expected);
        }
    }
}
