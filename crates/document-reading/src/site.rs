//! Furniture that a page alone does not show: lines that stand at the edges of many pages of one site.
//!
//! A line is set apart where it stands before the first or behind the last text of the report and is
//! not what reports are known to say. What repeats inside a report (headings, legal wording, rows of a
//! form) stays. A line that looks like the report's own, because it stands in the same element as its
//! text, is a sentence or a heading, needs more: it stands on half of the site's pages, beside others that
//! repeat.

use std::collections::BTreeSet;

use model::{
    Block, BlockContent, Document, Edge, FurnitureReason, Layer, LineKey, PageLines, Place,
    SiteEvidence, Wording,
};

/// Lines of a page, from each of its ends, that are kept as evidence.
const MOST_LINES: usize = 64;
/// A paragraph with marks of a sentence is prose from this length on.
const PROSE: usize = 30;
/// Lines behind a report's text among which its signature and date are looked for.
const SIGNATURE: usize = 3;

/// How a line reads: the knowledge of reports that this stage does not have.
pub type Reads<'a> = &'a dyn Fn(&str) -> Wording;

/// The lines at the edges of a page that no report is known to say.
pub fn edge_lines(document: &Document, reads: Reads<'_>) -> PageLines {
    let lines = body(document);
    let unknown = |line: &&Line<'_>| line.wording(reads) == Wording::Unknown;
    let key = |edge| move |line: &Line<'_>| LineKey::new(edge, line.text);
    let front = lines.iter().take(MOST_LINES).filter(unknown);
    let back = lines.iter().rev().take(MOST_LINES).filter(unknown);
    front
        .map(key(Edge::Front))
        .chain(back.map(key(Edge::Back)))
        .collect()
}

/// Marks the lines of a page that the site's evidence shows to be furniture.
pub fn set_apart(document: &mut Document, evidence: &SiteEvidence, reads: Reads<'_>) {
    let found = Page::new(document, evidence, reads).furniture();
    for index in found {
        if let Some(block) = document.blocks.get_mut(index) {
            block.layer = Layer::Furniture(FurnitureReason::Repeated);
        }
    }
}

/// A block of the body.
struct Line<'a> {
    index: usize,
    block: &'a Block,
    /// Empty for a table or picture.
    text: &'a str,
}

fn body(document: &Document) -> Vec<Line<'_>> {
    let blocks = document.blocks.iter().enumerate();
    blocks
        .filter(|(_, block)| block.layer == Layer::Body)
        .map(|(index, block)| Line {
            index,
            block,
            text: block.text().map_or("", model::Text::value),
        })
        .collect()
}

impl Line<'_> {
    fn is_table(&self) -> bool {
        matches!(
            self.block.content,
            BlockContent::Table(_) | BlockContent::Grid(_)
        )
    }

    fn is_linked(&self) -> bool {
        self.block.style.link_share >= 0.5
    }

    fn visible(&self) -> usize {
        let characters = self.text.chars();
        characters.filter(|c| !c.is_whitespace()).count()
    }

    fn is_prose(&self) -> bool {
        !self.is_linked()
            && self.text.contains(['。', '；', '，', ';', ','])
            && self.visible() >= PROSE
    }

    /// How it reads; a link is no text of a report, and what it says no label of a table.
    fn wording(&self, reads: Reads<'_>) -> Wording {
        if self.text.is_empty() {
            return Wording::Either;
        }
        match reads(self.text) {
            Wording::Report | Wording::Label | Wording::Either if self.is_linked() => {
                Wording::Unknown
            }
            wording => wording,
        }
    }

    /// The element that it stands in, as a path; none for text, and for what stands in no element but
    /// the page itself.
    fn element(&self) -> Option<&str> {
        let Place::Node { path } = &self.block.place else {
            return None;
        };
        let (element, _) = path.rsplit_once('/')?;
        (element.matches('/').count() > 2).then_some(element)
    }
}

/// A page beside what its site repeats.
struct Page<'a> {
    lines: Vec<Line<'a>>,
    evidence: &'a SiteEvidence,
    reads: Reads<'a>,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, evidence: &'a SiteEvidence, reads: Reads<'a>) -> Self {
        Self {
            lines: body(document),
            evidence,
            reads,
        }
    }

    fn repeated(&self, edge: Edge, line: &Line<'_>) -> Option<bool> {
        self.evidence.repeated(LineKey::new(edge, line.text))
    }

    /// Whether a report stands where this line stands.
    fn anchors(&self, edge: Edge, line: &Line<'_>) -> bool {
        if line.is_table() {
            return !line.is_linked();
        }
        match line.wording(self.reads) {
            Wording::Report => true,
            // A menu in front of a report says what its headings and tables say.
            Wording::Label => edge == Edge::Back,
            Wording::Either | Wording::Unknown => {
                line.is_prose() && self.repeated(edge, line).is_none()
            }
        }
    }

    /// The blocks that are furniture.
    fn furniture(&self) -> Vec<usize> {
        let lines = &self.lines;
        let first = lines
            .iter()
            .position(|line| self.anchors(Edge::Front, line));
        let last = lines
            .iter()
            .rposition(|line| self.anchors(Edge::Back, line));
        let (Some(first), Some(last)) = (first, last) else {
            return Vec::new();
        };
        let behind = last + 1 + self.signature(last + 1);
        let inside = lines.get(first..=last).unwrap_or_default();
        let elements: BTreeSet<&str> = inside
            .iter()
            .filter(|line| line.is_prose())
            .filter_map(Line::element)
            .collect();
        let front = (0..first).map(|at| (Edge::Front, at));
        let back = (behind..lines.len()).map(|at| (Edge::Back, at));
        front
            .chain(back)
            .filter(|(edge, at)| self.is_furniture(*edge, *at, &elements))
            .filter_map(|(_, at)| lines.get(at).map(|line| line.index))
            .collect()
    }

    /// Lines that may sign the report: up to the last of the next few that reports say too.
    fn signature(&self, from: usize) -> usize {
        let next = self.lines.iter().skip(from).take(SIGNATURE);
        let signs =
            |line: &Line<'_>| !line.text.is_empty() && line.wording(self.reads) == Wording::Either;
        let signs: Vec<bool> = next.map(signs).collect();
        signs
            .iter()
            .rposition(|signs| *signs)
            .map_or(0, |at| at + 1)
    }

    fn is_furniture(&self, edge: Edge, at: usize, elements: &BTreeSet<&str>) -> bool {
        let Some(line) = self.lines.get(at) else {
            return false;
        };
        let Some(common) = self.repeated(edge, line) else {
            return false;
        };
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().any(|beside| {
            match beside.map(|beside| self.lines.get(beside)) {
                // The page's first and last line have nothing beside them.
                None | Some(None) => true,
                Some(Some(beside)) => self.repeated(edge, beside).is_some(),
            }
        });
        let element = line.element();
        let own = line.is_prose()
            || line.block.style.heading_level.is_some()
            || element.is_some_and(|element| elements.contains(element));
        match element {
            _ if own => common && beside,
            Some(_) => true,
            // Where no element tells the report from the site, a line alone between others may be either.
            None => beside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Provenance, read};

    fn reads(text: &str) -> Wording {
        if text.starts_with("一、") || text.contains("条例") {
            Wording::Report
        } else if text == "甲县财政局" || text.ends_with('日') {
            Wording::Either
        } else {
            Wording::Unknown
        }
    }

    fn document(text: &str) -> Document {
        read(text.as_bytes(), &Provenance::default(), &Limits::default()).unwrap()
    }

    fn furniture(pages: &[String], of: usize) -> Vec<String> {
        let lines: Vec<PageLines> = pages
            .iter()
            .map(|page| edge_lines(&document(page), &reads))
            .collect();
        let evidence = SiteEvidence::gather(&lines).unwrap();
        let mut document = document(&pages[of]);
        set_apart(&mut document, &evidence, &reads);
        let apart = document
            .blocks
            .iter()
            .filter(|block| block.layer == Layer::Furniture(FurnitureReason::Repeated));
        apart
            .map(|block| block.text().unwrap().value().to_owned())
            .collect()
    }

    fn pages() -> Vec<String> {
        let page = |number: usize| {
            format!(
                "甲县在线\n便民之窗\n{number}号文件\n根据条例编制。\n一、概述\n第{number}年的做法有{number}种，说明如下，\
                 还有一些话要说，话还长着呢，真的。\n同心同德再上层楼\n甲县财政局\n三月五日\n本网内容未经许可不得转载，\
                 转载时请注明出处与作者的姓名等信息。\n技术维护：甲县在线"
            )
        };
        (0..6).map(page).collect()
    }

    #[test]
    fn what_repeats_around_reports_is_furniture_and_what_repeats_in_them_is_not() {
        assert_eq!(
            furniture(&pages(), 2),
            [
                "甲县在线",
                "便民之窗",
                "本网内容未经许可不得转载，转载时请注明出处与作者的姓名等信息。",
                "技术维护：甲县在线",
            ]
        );
    }

    #[test]
    fn a_page_that_holds_no_report_is_left_as_it_is() {
        let mut pages = pages();
        pages.push("甲县在线\n便民之窗\n技术维护：甲县在线".to_owned());
        assert!(furniture(&pages, 6).is_empty());
    }
}
