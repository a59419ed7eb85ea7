//! Places of blocks and cells.

use ego_tree::NodeRef;
use model::{BlockContent, Document, Place};
use scraper::{Html, Node};

/// Every place of a document.
fn places(document: &Document) -> Vec<&Place> {
    let mut places = Vec::new();
    for block in &document.blocks {
        places.push(&block.place);
        match &block.content {
            BlockContent::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                places.extend(cells.filter_map(|cell| cell.place.as_ref()));
            }
            BlockContent::Grid(grid) => {
                places.extend(grid.cells.iter().filter_map(|cell| cell.place.as_ref()));
                let caption = grid.caption.as_ref();
                places.extend(caption.and_then(|caption| caption.place.as_ref()));
            }
            BlockContent::Paragraph(_) | BlockContent::Picture { .. } => {}
        }
    }
    places.extend(document.attachments.iter().map(|file| &file.place));
    places.extend(document.warnings.iter().filter_map(|w| w.place.as_ref()));
    places.extend(document.hints.iter().filter_map(|hint| hint.place.as_ref()));
    places
}

/// Lines count from 1 up to `lines`, paths begin at the root, boxes are upright, finite and on a page.
pub fn places_are_valid(document: &Document, lines: usize) {
    for place in places(document) {
        is_valid(place, lines);
    }
}

fn is_valid(place: &Place, lines: usize) {
    match place {
        Place::Lines { first, last } => assert!(
            1 <= *first && first <= last && *last as usize <= lines,
            "{place:?} of {lines} lines"
        ),
        Place::Node { path } => assert!(path.starts_with('/'), "{place:?}"),
        Place::Boxes(boxes) => {
            assert!(!boxes.is_empty());
            for one in boxes {
                let sides = [one.x0, one.y0, one.x1, one.y1];
                assert!(
                    one.page >= 1 && sides.iter().all(|side| side.is_finite()),
                    "{one:?}"
                );
                assert!(one.x0 <= one.x1 && one.y0 <= one.y1, "{one:?}");
            }
        }
        Place::InPage { place, .. } => is_valid(place, lines),
    }
}

/// The paths of a page lead to elements of it, as a browser resolves them.
pub fn nodes_resolve(document: &Document, source: &str) {
    let html = Html::parse_document(source);
    for place in places(document) {
        if let Place::Node { path } = place {
            assert!(
                resolves(html.tree.root(), path),
                "{path} is nowhere in {source:?}"
            );
        }
    }
}

fn resolves(root: NodeRef<'_, Node>, path: &str) -> bool {
    let mut node = root;
    for step in path.split('/').skip(1) {
        if step.is_empty() || step.starts_with('@') {
            continue;
        }
        let (name, number) = match step.split_once('[') {
            Some((name, number)) => {
                let number = number.trim_end_matches(']').parse().unwrap_or(0);
                (name, number)
            }
            None => (step, 1_usize),
        };
        let mut same = node.children().filter(|child| match child.value() {
            Node::Element(element) => element.name() == name,
            Node::Text(_) => name == "text()",
            Node::Comment(_) => name == "comment()",
            _ => false,
        });
        match number.checked_sub(1).and_then(|number| same.nth(number)) {
            Some(child) => node = child,
            None => return false,
        }
    }
    true
}
