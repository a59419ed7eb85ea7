//! What the page's head and the caller say of the page.

use model::{Hint, HintKind};

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
pub(super) fn head(dom: &Dom<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    for index in 1..dom.len() {
        let (kind, text) = match dom.name(index) {
            // A title in an image (svg) is not the page's.
            "title" if dom.name(dom.parent(index)) != "svg" => {
                (HintKind::Title, dom.text_of(index))
            }
            "meta" => {
                let kind = ["name", "property", "itemprop"]
                    .iter()
                    .find_map(|key| LEXICON.meta(dom.attribute(index, key)?));
                let Some(kind) = kind else { continue };
                (kind, dom.attribute(index, "content").unwrap_or_default().to_owned())
            }
            "link"
                if dom
                    .attribute(index, "rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                (HintKind::Uri, dom.attribute(index, "href").unwrap_or_default().to_owned())
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
