//! How much text, link text and prose each element holds: one pass backwards over the page.

use super::attributes::Attribute;
use super::dom::Dom;
use super::embedded;

/// Characters without links from which a paragraph with a sentence mark counts as prose.
const PROSE_CHARACTERS: u32 = 30;

/// What a cell with a number is worth as prose: tables of figures are content too.
const FIGURE_WORTH: u32 = 10;

/// What one node's subtree holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measure {
    /// Visible characters.
    pub(super) characters: u32,
    /// Of these, in links (links to attachments not counted).
    pub(super) linked: u32,
    /// Links.
    pub(super) links: u32,
    /// Characters of prose paragraphs.
    pub(super) prose: u32,
    /// Characters of the paragraph that the node begins or continues: those before the next block.
    inline: u32,
    inline_linked: u32,
    inline_marks: u32,
    /// Paragraphs of prose.
    pub(super) paragraphs: u32,
    /// Table cells with text.
    pub(super) cells: u32,
    /// Headings `h1` to `h3` that are no links.
    pub(super) headings: u32,
    /// The node's own paragraph is prose.
    pub(super) is_prose: bool,
    /// The node is a cell that holds one number.
    pub(super) is_figure: bool,
}

impl Measure {
    /// Visible characters outside of links.
    pub(super) fn unlinked(&self) -> u32 {
        self.characters.saturating_sub(self.linked)
    }
}

/// Measures every node.
pub(super) fn measure(dom: &Dom) -> Vec<Measure> {
    let mut measures = vec![Measure::default(); dom.len()];
    for index in (1..dom.len()).rev() {
        let mut own = measures.get(index).copied().unwrap_or_default();
        let name = dom.name(index);
        if dom.is_text(index) {
            for character in dom.text(index).chars() {
                own.characters += u32::from(!character.is_whitespace());
                own.inline_marks += u32::from(matches!(character, '。' | '；' | '，'));
            }
            own.inline = own.characters;
        } else if dom.is_skipped(index) {
            own = Measure::default();
        } else if name == "a" && dom.attribute(index, Attribute::Href).is_some_and(is_link) {
            own.linked = own.characters;
            own.inline_linked = own.inline;
            own.links += 1;
        }
        // A page inside the page is prose where it stands.
        let shown = if dom.is_text(index) {
            0
        } else {
            embedded::shown(dom, index)
        };
        if shown > 0 {
            own.prose += shown;
            own.paragraphs += 1;
        }
        let parent = dom.parent(index);
        if dom.is_block(index) {
            let plain = own.inline.saturating_sub(own.inline_linked);
            own.is_prose = plain >= PROSE_CHARACTERS && own.inline_marks > 0;
            if own.is_prose {
                own.prose += own.inline;
                own.paragraphs += 1;
            } else if matches!(name, "td" | "th") && own.inline > 0 && is_figure(dom, index) {
                own.prose += FIGURE_WORTH;
                own.is_figure = true;
            }
            if matches!(name, "td" | "th") && own.characters > 0 {
                own.cells += 1;
            }
            if matches!(name, "h1" | "h2" | "h3") && plain >= 4 {
                own.headings += 1;
            }
            own.inline = 0;
            own.inline_linked = 0;
            own.inline_marks = 0;
        }
        own.is_prose |= shown > 0;
        if let Some(measure) = measures.get_mut(index) {
            *measure = own;
        }
        if let Some(sum) = measures.get_mut(parent) {
            sum.characters += own.characters;
            sum.linked += own.linked;
            sum.links += own.links;
            sum.prose += own.prose;
            sum.paragraphs += own.paragraphs;
            sum.cells += own.cells;
            sum.headings += own.headings;
            sum.inline += own.inline;
            sum.inline_linked += own.inline_linked;
            sum.inline_marks += own.inline_marks;
        }
    }
    measures
}

/// Number of characters that are not white space.
pub(crate) fn visible(text: &str) -> u32 {
    let count = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A cell that holds one number.
fn is_figure(dom: &Dom, index: usize) -> bool {
    let mut digits = 0;
    for node in dom.inside(index) {
        for character in dom.text(node).chars() {
            match character {
                '0'..='9' | '０'..='９' => digits += 1,
                '.' | ',' | '%' | '-' | '，' => {}
                _ if character.is_whitespace() => {}
                _ => return false,
            }
            if digits > 9 {
                return false;
            }
        }
    }
    (1..=9).contains(&digits)
}

/// Whether an address leads to another page, not to a file.
pub(super) fn is_link(address: &str) -> bool {
    !address.starts_with('#') && !is_attachment(address)
}

/// Whether an address or a link's text ends as a file does in which the report may be.
pub(crate) fn is_attachment(address: &str) -> bool {
    let address = address.split(['?', '#']).next().unwrap_or(address).trim();
    let ending = address.rsplit('.').next().unwrap_or_default();
    ending.len() < address.len()
        && [
            "pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "zip", "rar", "ceb",
        ]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}
