//! Pages inside the page: `iframe srcdoc`, and HTML as the text of `textarea`, `noscript`, `noframes`
//! and scripts or in an attribute, where it holds the report.

use model::{FurnitureReason, Hint, HintKind, Layer, Place};

use super::attributes::Attribute;
use super::dom::Dom;
pub(super) use super::script::han;
use super::script::{LEAST_HAN, has_tags};
use super::walk::{Found, Page};
use super::{read_source, script};
use crate::Limits;

/// Pages inside pages inside pages are not followed further.
const DEEPEST: u32 = 2;

/// What an element with an embedded text comes to.
pub(super) enum Content {
    Nothing,
    /// Its text as lines of the page, in this layer.
    Lines(Layer),
    /// A page of its own.
    Page(Found),
}

/// Reads an `iframe`, `textarea`, `noscript` or `noframes`.
///
/// A `srcdoc` is shown, so it is read in the layer around it. The others hold the report where
/// they have running text with tags and more of it than the rest of the page has prose.
pub(super) fn content(page: &Page<'_>, index: usize, layer: Layer) -> Content {
    let dom = page.dom;
    let path = dom.path(index);
    let name = dom.name(index);
    if name == "iframe" {
        return match dom.attribute(index, Attribute::SrcDoc) {
            Some(source) if page.depth < DEEPEST => {
                Content::Page(read(source, page.limits, page.depth, &path, layer))
            }
            _ => Content::Nothing,
        };
    }
    let text = dom.text_of(index);
    let characters = han(&text);
    let is_report = characters >= LEAST_HAN && characters > elsewhere(page, index);
    let readable = page.depth < DEEPEST && has_tags(&text);
    match name {
        "noscript" | "noframes" if characters == 0 => Content::Nothing,
        "noscript" | "noframes" if page.depth < DEEPEST => {
            let layer = if is_report {
                Layer::Body
            } else {
                Layer::Hidden
            };
            Content::Page(read(&text, page.limits, page.depth, &path, layer))
        }
        _ if is_report && readable => {
            Content::Page(read(&text, page.limits, page.depth, &path, Layer::Body))
        }
        _ if is_report => Content::Lines(Layer::Body),
        _ if layer == Layer::Body => Content::Lines(Layer::Furniture(FurnitureReason::Control)),
        _ => Content::Lines(layer),
    }
}

/// HTML that an element keeps in an attribute for a script to show.
pub(super) fn in_attribute(dom: &Dom, index: usize) -> Option<&str> {
    match dom.name(index) {
        "meta" | "script" | "link" | "img" => None,
        _ => dom.attribute(index, Attribute::Page),
    }
}

/// Chinese characters that an element shows of a page inside it, besides those of its text nodes.
pub(super) fn shown(dom: &Dom, index: usize) -> u32 {
    let source = match dom.name(index) {
        "iframe" => dom.attribute(index, Attribute::SrcDoc),
        _ => in_attribute(dom, index),
    };
    source.map_or(0, |source| u32::try_from(han(source)).unwrap_or(u32::MAX))
}

/// Reads a page kept in an attribute, where it holds the report: more Chinese characters than the
/// rest of the page has prose.
pub(super) fn attribute(page: &Page<'_>, index: usize) -> Option<Found> {
    let source = in_attribute(page.dom, index).filter(|_| page.depth < DEEPEST)?;
    let characters = han(source);
    (characters >= LEAST_HAN && characters > elsewhere(page, index)).then(|| {
        let path = page.dom.path(index);
        read(source, page.limits, page.depth, &path, Layer::Body)
    })
}

/// Prose of the page outside an element.
fn elsewhere(page: &Page<'_>, index: usize) -> usize {
    let prose = |index: usize| page.measures.get(index).map_or(0, |own| own.prose);
    prose(0).saturating_sub(prose(index)) as usize
}

/// Reads the scripts of a page that has no text of its own: strings with running text become
/// blocks in the place of their script.
pub(super) fn scripts<'s>(
    scripts: impl Iterator<Item = (&'s str, String)>,
    limits: &Limits,
) -> (Found, Vec<Hint>) {
    let mut all = Found::default();
    let mut hints = Vec::new();
    for (source, path) in scripts {
        if !source.contains(['"', '\'', '`']) {
            continue;
        }
        let content = script::content(source);
        if content.texts.is_empty() {
            continue;
        }
        let place = Place::Node { path: path.clone() };
        hints.extend(content.hints.into_iter().map(|hint| Hint {
            place: Some(place.clone()),
            ..hint
        }));
        for text in content.texts {
            // Plain text keeps its lines as a page would show them.
            let text = if text.contains('<') {
                text
            } else {
                text.replace('\n', "<br>")
            };
            let found = read(&text, limits, 0, &path, Layer::Body);
            all.blocks.extend(found.blocks);
            all.attachments.extend(found.attachments);
            all.warnings.extend(found.warnings);
        }
    }
    (all, hints)
}

/// The day that the scripts of a page state which says none elsewhere.
pub(super) fn day<'s>(scripts: impl Iterator<Item = (&'s str, String)>) -> Option<Hint> {
    let mut found: Option<Hint> = None;
    for (source, path) in scripts {
        let Some(text) = script::day(source) else {
            continue;
        };
        if found
            .as_ref()
            .is_some_and(|other| other.text.get(..10) != text.get(..10))
        {
            return None;
        }
        found = Some(Hint {
            kind: HintKind::Published,
            text,
            place: Some(Place::Node { path }),
        });
    }
    found
}

/// Reads a source inside the page: its places are the place of the element that holds it.
fn read(source: &str, limits: &Limits, depth: u32, path: &str, layer: Layer) -> Found {
    let mut found = read_source(source, limits, depth + 1).found;
    let place = Place::Node {
        path: path.to_owned(),
    };
    for block in &mut found.blocks {
        block.place = place.clone();
        if layer != Layer::Body {
            block.layer = layer;
        }
        if let model::BlockContent::Table(table) = &mut block.content {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                cell.place = None;
            }
        }
    }
    for attachment in &mut found.attachments {
        attachment.place = place.clone();
    }
    for warning in &mut found.warnings {
        warning.place = Some(place.clone());
    }
    found
}
