//! The outline of one report.

pub(crate) mod candidate;
pub(crate) mod enumerator;
pub(crate) mod form_rows;
mod lists;
mod search;
mod shape;
mod split;

use std::collections::BTreeMap;

use codebook::Codebook;

use crate::explanation::{CandidateExplanation, OutlineExplanation};
use crate::formulas::FORMULAS;
use crate::line::Line;
use candidate::{Candidate, Key, candidates};
use enumerator::Style;
use shape::Form;

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
/// Where `why` is given, the search is written down there.
pub(crate) fn outline(
    lines: &[Line<'_>],
    codebook: &Codebook,
    why: Option<&mut OutlineExplanation>,
) -> Vec<Node> {
    let candidates = candidates(lines, &codebook.sections);
    let listed = lists::closed(&candidates, lines);
    let searched: Vec<Candidate> = candidates
        .iter()
        .zip(&listed)
        .filter(|(_, listed)| !**listed)
        .map(|(candidate, _)| candidate.clone())
        .collect();
    let found = search::search(&searched).spread(&listed);
    let explained = why
        .as_ref()
        .map(|_| explanations(&candidates, &found, &listed, lines));
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut listed_nodes: Vec<usize> = Vec::new();
    let outcomes = found.depths.iter().copied().zip(listed);
    for (candidate, (depth, listed)) in candidates.into_iter().zip(outcomes) {
        if listed {
            nodes.push(Node {
                candidate,
                parent: open.last().copied(),
                role: Role::Item,
            });
            listed_nodes.push(nodes.len() - 1);
            continue;
        }
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
    for (index, (node, role)) in nodes.iter_mut().zip(roles).enumerate() {
        if listed_nodes.binary_search(&index).is_err() {
            node.role = role;
        }
    }
    if let (Some(why), Some(mut candidates)) = (why, explained) {
        let accepted = candidates
            .iter_mut()
            .filter(|one| one.level.is_some() || one.item);
        for (one, node) in accepted.zip(&nodes) {
            one.item = node.role == Role::Item;
        }
        *why = OutlineExplanation {
            cost: found.cost,
            runner_up: found.runner_up,
            candidates,
        };
    }
    under_headings(&mut nodes);
    nodes
}

/// What became of each candidate.
fn explanations(
    candidates: &[Candidate],
    found: &search::Found,
    listed: &[bool],
    lines: &[Line<'_>],
) -> Vec<CandidateExplanation> {
    let outcomes = found.depths.iter().zip(&found.costs);
    candidates
        .iter()
        .zip(outcomes)
        .enumerate()
        .map(|(index, (candidate, (depth, cost)))| {
            let line = lines.get(candidate.line);
            let text = line
                .and_then(|line| line.text.get(candidate.text_start..candidate.heading_end))
                .unwrap_or_default();
            let second = candidate.goes_on.and_then(|(end, _)| {
                let next = lines.get(candidate.line + 1)?;
                next.text.get(..end)
            });
            CandidateExplanation {
                block: line.map_or(0, |line| line.block),
                start: line.map_or(0, |line| line.start) + candidate.start,
                text: format!("{text}{}", second.unwrap_or_default()),
                style: match candidate.key {
                    Key::Numbered(style) => format!("{style:?}"),
                    Key::Set(set) => format!("set {set}"),
                },
                ordinal: candidate.ordinal,
                form: format!("{:?}", candidate.form),
                rejection: candidate.rejection,
                level: depth.map(|depth| depth + 1),
                cost: *cost,
                item: depth.is_none() && listed.get(index).copied().unwrap_or_default(),
            }
        })
        .collect()
}

/// Tells headings from items. A heading leads a text of its own; an item is one of the statements
/// of its section. Sentences are judged with their siblings: one that happens to stand before the
/// closing words of its section is no heading among items.
fn roles(nodes: &[Node], lines: &[Line<'_>]) -> Vec<Role> {
    let mut leads: Vec<bool> = nodes
        .iter()
        .enumerate()
        .map(|(index, node)| has_body(node, nodes.get(index + 1), lines))
        .collect();
    for node in nodes {
        if let Some(parent) = node.parent.and_then(|parent| leads.get_mut(parent)) {
            *parent = true;
        }
    }
    let mut series: BTreeMap<(Option<usize>, Key), (usize, usize)> = BTreeMap::new();
    for (node, leads) in nodes.iter().zip(&leads) {
        let (members, headings) = series.entry((node.parent, node.candidate.key)).or_default();
        *members += 1;
        *headings += usize::from(sentence_role(&node.candidate, *leads, lines) == Role::Heading);
    }
    nodes
        .iter()
        .zip(&leads)
        .map(|(node, leads)| {
            let (members, headings) = series
                .get(&(node.parent, node.candidate.key))
                .copied()
                .unwrap_or_default();
            match sentence_role(&node.candidate, *leads, lines) {
                Role::Heading
                    if node.candidate.form == Form::Sentence
                        && headings * 2 <= members
                        && members > 1 =>
                {
                    Role::Item
                }
                role => role,
            }
        })
        .collect()
}

/// The role of a node by itself.
fn sentence_role(candidate: &Candidate, leads: bool, lines: &[Line<'_>]) -> Role {
    if candidate.key == Key::Numbered(Style::Word) {
        return Role::Item;
    }
    match candidate.form {
        Form::RunIn if states_a_defect(candidate, lines) => Role::Item,
        Form::Whole | Form::RunIn => Role::Heading,
        Form::Sentence => {
            let text = lines.get(candidate.line).map_or("", |line| line.text);
            let heading = text
                .get(candidate.text_start..candidate.heading_end)
                .unwrap_or_default();
            let semicolon = text.trim_end().ends_with(';');
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

/// Whether a run-in heading of a low level is the first sentence of an item: `1.更新不够及时。下一步每季抽查。`
/// What is wrong is stated, what is to be done is headed.
fn states_a_defect(candidate: &Candidate, lines: &[Line<'_>]) -> bool {
    const LONGEST: usize = 150;
    let low = matches!(candidate.key, Key::Numbered(style) if !style.is_upper());
    let text = lines.get(candidate.line).map_or("", |line| line.text);
    let heading = text
        .get(candidate.text_start..candidate.heading_end)
        .unwrap_or_default();
    low && text.chars().count() <= LONGEST && FORMULAS.defect.is_match(heading)
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
