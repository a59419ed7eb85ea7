//! The outline of one report.

pub(crate) mod candidate;
pub(crate) mod enumerator;
mod search;

use codebook::SectionLexicon;

use crate::line::Line;
use candidate::{Candidate, Form, Key, candidates};
use enumerator::Style;

/// A heading or an item of a report's outline.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) candidate: Candidate,
    /// Index of the heading that it stands under.
    pub(crate) parent: Option<usize>,
    pub(crate) role: Role,
}

/// What a node of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Heading,
    Item,
}

/// The outline of a report, in reading order: headings and items, each under its heading.
pub(crate) fn outline(lines: &[Line<'_>], lexicon: &SectionLexicon) -> Vec<Node> {
    let candidates = candidates(lines, lexicon);
    let (depths, _) = search::search(&candidates);
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (candidate, depth) in candidates.into_iter().zip(depths) {
        let Some(depth) = depth else { continue };
        open.truncate(depth);
        nodes.push(Node {
            candidate,
            parent: open.last().copied(),
            role: Role::Heading,
        });
        open.push(nodes.len() - 1);
    }
    let roles = roles(&nodes, lines);
    for (node, role) in nodes.iter_mut().zip(roles) {
        node.role = role;
    }
    under_headings(&mut nodes);
    nodes
}

/// Tells headings from items. A heading leads a text of its own; an item is one of the statements
/// of its section.
fn roles(nodes: &[Node], lines: &[Line<'_>]) -> Vec<Role> {
    let mut has_children = vec![false; nodes.len()];
    for node in nodes {
        if let Some(parent) = node.parent.and_then(|parent| has_children.get_mut(parent)) {
            *parent = true;
        }
    }
    nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let next = nodes.get(index + 1);
            let leads =
                has_children.get(index).copied().unwrap_or_default() || has_body(node, next, lines);
            role(&node.candidate, leads, lines)
        })
        .collect()
}

fn role(candidate: &Candidate, leads: bool, lines: &[Line<'_>]) -> Role {
    if candidate.key == Key::Numbered(Style::Word) {
        return Role::Item;
    }
    match candidate.form {
        Form::Whole | Form::RunIn => Role::Heading,
        Form::Sentence => {
            let text = lines.get(candidate.line).map_or("", |line| line.text);
            let heading = text
                .get(candidate.text_start..candidate.heading_end)
                .unwrap_or_default();
            let semicolon = text.trim_end().ends_with([';']);
            let short = heading.chars().count() <= 40;
            if leads && short && !semicolon {
                Role::Heading
            } else {
                Role::Item
            }
        }
        Form::Long => Role::Item,
    }
}

/// Whether text that belongs to a node stands between it and the next one: lines after its own that
/// are no nodes themselves.
fn has_body(node: &Node, next: Option<&Node>, lines: &[Line<'_>]) -> bool {
    let end = next.map_or(lines.len(), |next| next.candidate.line);
    node.candidate.line + 1 < end
}

/// Headings stand under headings: what stood under an item goes to the heading above it.
fn under_headings(nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let mut parent = nodes.get(index).and_then(|node| node.parent);
        while let Some(above) = parent.and_then(|above| nodes.get(above)) {
            if above.role == Role::Heading {
                break;
            }
            parent = above.parent;
        }
        if let Some(node) = nodes.get_mut(index) {
            node.parent = parent;
        }
    }
}
