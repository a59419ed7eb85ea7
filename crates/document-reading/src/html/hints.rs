//! What the page's head and the caller say of the page.

use std::collections::HashMap;

use model::{Hint, HintKind};

use super::attributes::Attribute;
use super::dom::Dom;
use super::lexicon::LEXICON;
use crate::Provenance;

/// The address that the caller gave.
pub(crate) fn uri_hint(provenance: &Provenance<'_>) -> Option<Hint> {
    provenance.uri.map(|uri| Hint {
        kind: HintKind::Uri,
        text: uri.trim().to_owned(),
        place: None,
    })
}

/// Hints from `title`, `meta` and the canonical link, empty ones left out.
pub(super) fn head(dom: &Dom) -> Vec<Hint> {
    let mut hints = Vec::new();
    for index in 1..dom.len() {
        let (kind, text) = match dom.name(index) {
            // A title in an image (svg) is not the page's.
            "title" if dom.name(dom.parent(index)) != "svg" => {
                (HintKind::Title, dom.text_of(index))
            }
            "meta" => {
                let kind = [Attribute::Name, Attribute::Property, Attribute::ItemProp]
                    .into_iter()
                    .find_map(|key| LEXICON.meta(dom.attribute(index, key)?));
                let Some(kind) = kind else { continue };
                (
                    kind,
                    dom.attribute(index, Attribute::Content)
                        .unwrap_or_default()
                        .to_owned(),
                )
            }
            "link"
                if dom
                    .attribute(index, Attribute::Rel)
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                (
                    HintKind::Uri,
                    dom.attribute(index, Attribute::Href)
                        .unwrap_or_default()
                        .to_owned(),
                )
            }
            _ => continue,
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            hints.push(Hint {
                kind,
                text,
                place: Some(model::Place::Node {
                    path: dom.path(index),
                }),
            });
        }
    }
    hints
}

/// Longest text of an element that is a day, perhaps with a time and a label.
const LONGEST_DAY: usize = 90;

/// The day that an element of the page is named after: `<time datetime>`, `id="publish_time"`,
/// `itemprop="datePublished"`. A page lists others beside itself, so that more than one day is none.
pub(super) fn day(dom: &Dom) -> Option<Hint> {
    let mut found: Option<Hint> = None;
    let mut names = HashMap::new();
    for index in (1..dom.len()).filter(|index| !dom.is_text(*index)) {
        let Some(text) = named_day(dom, index, &mut names) else {
            continue;
        };
        let digits =
            |text: &str| -> String { text.chars().filter(char::is_ascii_digit).take(8).collect() };
        if digits(&text).len() < 6 {
            continue;
        }
        if let Some(known) = &found {
            if digits(&known.text) != digits(&text) {
                return None;
            }
            continue;
        }
        found = Some(Hint {
            kind: HintKind::Published,
            text,
            place: Some(model::Place::Node {
                path: dom.path(index),
            }),
        });
    }
    found
}

/// `names`: what is known of the names of a page, most of which many elements have.
fn named_day<'a>(dom: &'a Dom, index: usize, names: &mut HashMap<&'a str, bool>) -> Option<String> {
    if dom.name(index) == "time"
        && let Some(day) = dom.attribute(index, Attribute::DateTime)
    {
        return Some(day.trim().to_owned());
    }
    let mut named = |key| {
        dom.attribute(index, key).is_some_and(|name| {
            let says_day = |name: &str| LEXICON.json(name.trim()) == Some(HintKind::Published);
            *names.entry(name).or_insert_with(|| says_day(name))
        })
    };
    let keys = [Attribute::Id, Attribute::Class, Attribute::ItemProp];
    keys.into_iter().find(|key| named(*key))?;
    let text = dom.text_of(index);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (text.len() <= LONGEST_DAY).then_some(text)
}
