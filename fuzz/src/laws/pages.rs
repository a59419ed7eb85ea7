//! HTML pages: what the parser sees stands in the blocks.

use std::collections::BTreeMap;

use model::Document;
use scraper::Html;

use super::texts::texts;

/// Elements whose text is no text of the page, or is read as a page of its own.
const ASIDE: [&str; 8] = [
    "head", "script", "style", "noscript", "noframes", "iframe", "textarea", "template",
];

/// Every visible character of the page stands in a block. More may stand there: pages in the page.
pub fn nothing_of_the_page_is_lost(document: &Document, source: &str) {
    let html = Html::parse_document(source);
    let mut counts: BTreeMap<char, i64> = BTreeMap::new();
    for node in html.tree.nodes() {
        let aside = node.ancestors().any(|ancestor| {
            let element = ancestor.value().as_element();
            element.is_some_and(|element| ASIDE.contains(&element.name()))
        });
        if let Some(text) = node.value().as_text().filter(|_| !aside) {
            for character in text.chars().filter(|c| !c.is_whitespace()) {
                *counts.entry(character).or_default() += 1;
            }
        }
    }
    for text in texts(document) {
        for character in text.value().chars() {
            if let Some(count) = counts.get_mut(&character) {
                *count -= 1;
            }
        }
    }
    counts.retain(|_, count| *count > 0);
    assert!(counts.is_empty(), "lost {counts:?} of {source:?}");
}
