//! Which elements are furniture, which are hidden: evidence added up, no single word decides.
//!
//! | evidence | points |
//! |---|--:|
//! | tag and role | as `data/furniture.toml` weighs them |
//! | the loudest word of `id` and `class` | 1 or 2 |
//! | three links or more that make up 60 % / 85 % of the text | 1 / 2 |
//! | links of at most twelve characters each | 1 |
//! | stands before the first or behind the last prose of the page | 1 |
//! | a telling name and at most sixty characters | 1 |
//! | a heading that is no link | -2 |
//!
//! Three points make furniture. An element with prose needs four, and one with a fifth of the
//! page's prose is never furniture: what is in doubt stays in the body, where segmentation
//! looks again. Lists of [`teasers`](super::teasers) are furniture whatever their prose.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use model::{FurnitureReason, Layer};

use super::attributes::Attribute;
use super::dom::Dom;
use super::lexicon::{LEXICON, Mark};
use super::measure::{Measure, visible};
use super::style::Setting;
use super::teasers::teasers;

const FURNITURE: i32 = 3;
const FURNITURE_WITH_PROSE: i32 = 4;
/// Less visible prose than this is as good as none.
const NO_PROSE: u32 = 30;

/// Characters by which a text is known again.
const OPENING: u32 = 12;

/// What hidden elements have in common that are panes of one set: parent, tag, class.
type Kind<'a> = (usize, &'a str, &'a str);

/// The page as the layers see it.
pub(super) struct Evidence<'a> {
    pub(super) dom: &'a Dom,
    pub(super) measures: &'a [Measure],
    pub(super) settings: &'a [Setting],
}

/// The layer of each node.
pub(super) fn layers(evidence: &Evidence<'_>) -> Vec<Layer> {
    let dom = evidence.dom;
    let panes = evidence.panes();
    let hidden = |index: usize| {
        evidence
            .settings
            .get(index)
            .is_some_and(|setting| setting.hidden)
            && !panes.contains(&index)
    };
    let teasers: HashSet<usize> = teasers(dom, evidence.measures).into_iter().collect();
    let (total, extent) = evidence.prose(&|index| hidden(index) || teasers.contains(&index));
    // What teasers stand on is a page with content, a list, so that its runs of links are menus.
    let total = total.max(u32::from(!teasers.is_empty()));
    let mut layers = vec![Layer::Body; dom.len()];
    for index in 1..dom.len() {
        let inherited = layers
            .get(dom.parent(index))
            .copied()
            .unwrap_or(Layer::Body);
        let own = if inherited == Layer::Hidden || dom.is_text(index) {
            inherited
        } else if hidden(index) {
            Layer::Hidden
        } else if teasers.contains(&index) {
            Layer::Furniture(FurnitureReason::Navigation)
        } else if inherited == Layer::Body {
            evidence
                .furniture(index, total, extent.as_ref())
                .map_or(Layer::Body, Layer::Furniture)
        } else {
            inherited
        };
        if let Some(layer) = layers.get_mut(index) {
            *layer = own;
        }
    }
    layers
}

impl Evidence<'_> {
    fn measure(&self, index: usize) -> Measure {
        self.measures.get(index).copied().unwrap_or_default()
    }

    /// What names say of an element: the weights added, the reason of the heaviest.
    fn named(&self, index: usize) -> Option<Mark> {
        let dom = self.dom;
        let name = dom.name(index);
        if matches!(name, "html" | "body" | "head" | "main" | "article" | "") {
            return None;
        }
        let attribute = |key| {
            dom.attribute(index, key)
                .and_then(|value| LEXICON.name(value))
        };
        let word = attribute(Attribute::Id)
            .into_iter()
            .chain(attribute(Attribute::Class))
            .max_by_key(|mark| mark.weight);
        let role = dom
            .attribute(index, Attribute::Role)
            .and_then(|role| LEXICON.role(role));
        let all = [LEXICON.tag(name), role, word];
        let reason = all
            .iter()
            .flatten()
            .max_by_key(|mark| mark.weight)
            .map(|mark| mark.reason)?;
        let weight = all.iter().flatten().map(|mark| mark.weight).sum();
        Some(Mark { reason, weight })
    }

    /// All visible prose, and from where to where it goes, telling names left aside.
    fn prose(&self, hidden: &dyn Fn(usize) -> bool) -> (u32, Option<Range<usize>>) {
        let dom = self.dom;
        let all = self.measure(0).prose;
        let mut total = 0;
        let mut extent: Option<Range<usize>> = None;
        let mut index = 1;
        while index < dom.len() {
            let measure = self.measure(index);
            let aside = || {
                measure.prose * 5 <= all && self.named(index).is_some_and(|mark| mark.weight >= 2)
            };
            if measure.prose == 0 || hidden(index) || aside() {
                index = dom.end(index);
                continue;
            }
            if measure.is_prose || measure.is_figure {
                total += measure.prose;
                let start = extent.as_ref().map_or(index, |extent| extent.start);
                extent = Some(start..dom.end(index));
            }
            index += 1;
        }
        (total, extent)
    }

    fn furniture(
        &self,
        index: usize,
        total: u32,
        extent: Option<&Range<usize>>,
    ) -> Option<FurnitureReason> {
        let measure = self.measure(index);
        let name = self.dom.name(index);
        if measure.characters == 0 || matches!(name, "html" | "body" | "main" | "article") {
            return None;
        }
        let outside =
            extent.is_some_and(|extent| self.dom.end(index) <= extent.start || index >= extent.end);
        if name == "time" && outside && measure.characters <= 30 {
            return Some(FurnitureReason::Metadata);
        }
        let mark = self.named(index);
        if !self.dom.is_block(index) && mark.is_none_or(|mark| mark.weight < 2) {
            return None;
        }
        let mut points = mark.map_or(0, |mark| mark.weight.cast_signed());
        if measure.links >= 3 {
            let share = measure.linked * 100 / measure.characters;
            points += i32::from(share >= 60) + i32::from(share >= 85 && total > 0);
            points += i32::from(share >= 60 && measure.characters <= measure.links * 12);
        }
        points += i32::from(outside);
        if mark.is_some_and(|mark| mark.weight >= 2) && measure.characters <= 60 {
            points += 1;
        }
        if measure.headings > 0 {
            points -= 2;
        }
        let needed = if measure.prose == 0 {
            FURNITURE
        } else if measure.prose * 5 <= total {
            FURNITURE_WITH_PROSE
        } else {
            return None;
        };
        (points >= needed).then(|| mark.map_or(FurnitureReason::Navigation, |mark| mark.reason))
    }

    /// Hidden elements whose text is a click away and stands nowhere else: the panes of tabs,
    /// and content that a script shows.
    ///
    /// A pane holds prose, is no copy of visible text, and either stands beside a visible
    /// element of the same tag and class with prose, or there is no visible prose at all. Chapters
    /// may be short: what opens with a number, as others hidden like it do, needs a visible element
    /// of the same tag only that has prose or a number in front too. What stands among panes is
    /// one, however short.
    fn panes(&self) -> HashSet<usize> {
        let dom = self.dom;
        let mut roots = Vec::new();
        let mut texts = Vec::new();
        let mut visible_prose = 0;
        let mut index = 1;
        while index < dom.len() {
            if self
                .settings
                .get(index)
                .is_some_and(|setting| setting.hidden)
            {
                if self.measure(index).characters > 0 && dom.name(index) != "template" {
                    roots.push(index);
                }
                index = dom.end(index);
                continue;
            }
            if self.measure(index).is_prose {
                visible_prose += self.measure(index).prose;
            }
            if self.measure(index).characters >= OPENING && dom.is_text(index) {
                texts.push(index);
            }
            index += 1;
        }
        if roots.is_empty() {
            return HashSet::new();
        }
        let seen: HashSet<String> = texts
            .into_iter()
            .filter_map(|text| opening(dom.text(text)))
            .collect();
        // A copy repeats most of its longer texts, and these are half of all its text: the
        // heading of a chapter also stands among the tabs.
        roots.retain(|root| {
            let (mut keys, mut copied, mut characters) = (0, 0, 0);
            for text in dom.inside(*root).map(|node| dom.text(node)) {
                let Some(key) = opening(text) else { continue };
                keys += 1;
                if seen.contains(&key) {
                    copied += 1;
                    characters += visible(text);
                }
            }
            copied * 2 < keys.max(1) || characters * 2 < self.measure(*root).characters
        });
        let mut alike: HashMap<Kind<'_>, u32> = HashMap::new();
        for root in &roots {
            *alike.entry(self.kind(*root)).or_default() += 1;
        }
        let panes: HashSet<usize> = roots
            .iter()
            .copied()
            .filter(|root| {
                let many = alike.get(&self.kind(*root)).is_some_and(|count| *count > 1)
                    && self.opens_numbered(*root);
                let prose = self.measure(*root).prose >= NO_PROSE;
                prose && visible_prose < NO_PROSE
                    || (prose || many) && self.has_visible_twin(*root, many)
            })
            .collect();
        let among: HashSet<Kind<'_>> = panes.iter().map(|pane| self.kind(*pane)).collect();
        roots
            .into_iter()
            .filter(|root| panes.contains(root) || among.contains(&self.kind(*root)))
            .collect()
    }

    /// The text opens as a chapter does: `二、`, `（二）`, `第二章`, `2.`.
    fn opens_numbered(&self, index: usize) -> bool {
        let mut texts = self
            .dom
            .inside(index)
            .map(|node| self.dom.text(node).trim_start());
        let first = texts.find(|text| !text.is_empty()).unwrap_or_default();
        let digits = first.len() - first.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // Four digits are a year: panes of years are other reports.
        matches!(digits, 1..=2) || first.starts_with(|c| "一二三四五六七八九十第（(".contains(c))
    }

    /// Elements of one parent, tag and class are of one kind.
    fn kind(&self, index: usize) -> Kind<'_> {
        let class = self
            .dom
            .attribute(index, Attribute::Class)
            .unwrap_or_default();
        (self.dom.parent(index), self.dom.name(index), class)
    }

    fn has_visible_twin(&self, index: usize, among_many: bool) -> bool {
        let dom = self.dom;
        let classes = dom.attribute(index, Attribute::Class).unwrap_or_default();
        let shares_class = |other: usize| {
            let others = dom.attribute(other, Attribute::Class).unwrap_or_default();
            (classes.is_empty() && others.is_empty())
                || classes
                    .split_ascii_whitespace()
                    .any(|class| others.split_ascii_whitespace().any(|other| other == class))
        };
        dom.children(dom.parent(index)).take(200).any(|sibling| {
            sibling != index
                && dom.name(sibling) == dom.name(index)
                && self
                    .settings
                    .get(sibling)
                    .is_some_and(|setting| !setting.hidden)
                && if among_many {
                    self.measure(sibling).prose > 0 || self.opens_numbered(sibling)
                } else {
                    self.measure(sibling).prose > 0 && shares_class(sibling)
                }
        })
    }
}

/// The first visible characters of a text that has as many as an opening takes.
fn opening(text: &str) -> Option<String> {
    let visible = text.chars().filter(|character| !character.is_whitespace());
    let opening: String = visible.take(OPENING as usize).collect();
    (opening.chars().count() == OPENING as usize).then_some(opening)
}
