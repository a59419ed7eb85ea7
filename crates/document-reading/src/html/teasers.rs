//! Lists of teasers: titles that lead to other pages, each with the first words of what stands
//! there. On a site of reports these words read like a report, so prose does not save them.
//!
//! Children of one element are teasers where most of them are short, begin with a link and go on
//! without one; two are enough where both break off in an ellipsis, else three are needed.

use super::attributes::Attribute;
use super::dom::Dom;
use super::measure::{Measure, is_link};

/// Characters of one teaser.
const LEAST: u32 = 20;
const MOST: u32 = 400;

/// Characters of its title, and of its text behind the title.
const LEAST_TITLE: u32 = 4;
const LEAST_TEXT: u32 = 15;

/// Text that must stand elsewhere, links left aside, unless all teasers break off: then the page
/// is a list.
const ELSEWHERE: u32 = 30;

/// What may stand around a list with it: its heading.
const AROUND: u32 = 20;

/// The elements that hold nothing but a list of teasers, in document order.
pub(super) fn teasers(dom: &Dom, measures: &[Measure]) -> Vec<usize> {
    let measure = |index: usize| measures.get(index).copied().unwrap_or_default();
    let texts = Texts::of(dom, measures);
    let mut lists = Vec::new();
    let mut all_break_off = true;
    let mut inside = 0;
    let mut index = 1;
    while index < dom.len() {
        if dom.is_skipped(index) {
            index = dom.end(index);
            continue;
        }
        if measure(index).prose > 0
            && let Some(break_off) = list(dom, &measure, &texts, index)
        {
            all_break_off &= break_off;
            inside += measure(index).unlinked();
            lists.push(index);
            index = dom.end(index);
            continue;
        }
        index += 1;
    }
    if measure(0).unlinked() < inside + ELSEWHERE && !all_break_off {
        return Vec::new();
    }
    let whole = |list: usize| {
        let mut whole = list;
        loop {
            let parent = dom.parent(whole);
            let around = measure(parent).characters - measure(list).characters;
            if parent == 0 || matches!(dom.name(parent), "body" | "html") || around > AROUND {
                return whole;
            }
            whole = parent;
        }
    };
    lists.into_iter().map(whole).collect()
}

/// Whether an element is a list of teasers, and if so, whether all of them break off.
fn list(
    dom: &Dom,
    measure: &dyn Fn(usize) -> Measure,
    texts: &Texts,
    index: usize,
) -> Option<bool> {
    let (mut filled, mut teasers, mut broken_off) = (0, 0, 0);
    for child in dom.children(index) {
        let own = measure(child);
        // The list's own heading and its "more" are no teasers, and no reason against the others.
        if own.characters < LEAST {
            continue;
        }
        filled += 1;
        if !dom.is_block(child) || own.characters > MOST {
            continue;
        }
        let Some(link) = texts.link_in_front(child) else {
            continue;
        };
        let title = measure(link).characters;
        if title >= LEAST_TITLE
            && own.characters >= own.linked + LEAST_TEXT
            && own.prose > 0
            && dom
                .attribute(link, Attribute::Href)
                .is_some_and(leads_elsewhere)
        {
            teasers += 1;
            broken_off += u32::from(texts.breaks_off(dom, child));
        }
    }
    let break_off = broken_off == teasers;
    let needed = if break_off { 2 } else { 3 };
    (teasers >= needed && teasers * 5 >= filled * 4).then_some(break_off)
}

/// A link to another page, not a switch that opens a chapter of this one.
fn leads_elsewhere(address: &str) -> bool {
    is_link(address) && !address.trim_start().starts_with("javascript:")
}

/// Where the visible text of each element begins and ends, and the link around each text.
struct Texts {
    first: Vec<usize>,
    last: Vec<usize>,
    link: Vec<usize>,
}

impl Texts {
    fn of(dom: &Dom, measures: &[Measure]) -> Self {
        let mut link = vec![0; dom.len()];
        for index in 1..dom.len() {
            let around = link.get(dom.parent(index)).copied().unwrap_or(0);
            if let Some(own) = link.get_mut(index) {
                *own = if dom.name(index) == "a" {
                    index
                } else {
                    around
                };
            }
        }
        let mut first = vec![0; dom.len()];
        let mut last = vec![0; dom.len()];
        let shows = |index: usize| measures.get(index).is_some_and(|own| own.characters > 0);
        for index in (1..dom.len()).rev() {
            let own = if dom.is_text(index) && shows(index) {
                (index, index)
            } else {
                let at = |list: &[usize]| list.get(index).copied().unwrap_or(0);
                (at(&first), at(&last))
            };
            if own.0 == 0 || dom.is_skipped(index) {
                continue;
            }
            let parent = dom.parent(index);
            for (list, value, always) in [(&mut first, own.0, true), (&mut last, own.1, false)] {
                if let Some(slot) = list.get_mut(index) {
                    *slot = value;
                }
                if let Some(slot) = list.get_mut(parent)
                    && (always || *slot == 0)
                {
                    *slot = value;
                }
            }
        }
        Self { first, last, link }
    }

    /// The link inside an element, or the element itself, with which its text begins.
    fn link_in_front(&self, element: usize) -> Option<usize> {
        let first = self.first.get(element).copied().filter(|text| *text > 0)?;
        let link = self.link.get(first).copied()?;
        (link >= element).then_some(link)
    }

    fn breaks_off(&self, dom: &Dom, element: usize) -> bool {
        let last = self.last.get(element).copied().unwrap_or(0);
        let text = dom.text(last).trim_end();
        text.ends_with('…') || text.ends_with("...")
    }
}
