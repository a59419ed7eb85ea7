//! What the structure of a tagged file says of its text (ISO 32000-1, 14.6 to 14.8): headings and
//! artifacts. Trees are often wrong, so that this is evidence, and none where it says too much.

use std::collections::{BTreeMap, HashMap};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use super::lines::Line;
use super::page::Page;

/// Nodes of the parent tree that are looked at.
const MOST_NODES: usize = 8_192;
/// Marked pieces of a page that are looked at.
const MOST_PIECES: usize = 20_000;
/// Levels that are climbed from a piece of text to what it is.
const MOST_LEVELS: usize = 24;
/// Names that the role map leads through.
const MOST_ROLES: usize = 8;
/// Larger shares of the characters that are headings, or artifacts, say nothing.
const HIGHEST_SHARE: (usize, usize) = (3, 10);
/// Longer headings are text, characters.
const LONGEST_HEADING: usize = 60;

/// What a piece of text is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Nothing that is used here is known of it.
    #[default]
    Unknown,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// No part of the text: headers, page numbers, decoration.
    Artifact,
}

/// The structure of a file, looked up page by page.
pub(super) struct Structure<'p> {
    /// For each key of a page, what its marked pieces belong to.
    parents: BTreeMap<i32, Array<'p>>,
    /// Names of the producer and the standard names they stand for.
    roles: Dict<'p>,
    known: HashMap<ObjectIdentifier, Role>,
}

impl<'p> Structure<'p> {
    /// The structure of a file; empty where it has none.
    pub(super) fn of(pdf: &'p Pdf) -> Self {
        let xref = pdf.xref();
        let root = xref
            .get::<Dict<'p>>(xref.root_id())
            .and_then(|catalog| catalog.get::<Dict<'p>>("StructTreeRoot"))
            .unwrap_or_else(Dict::empty);
        Self {
            parents: root.get("ParentTree").map(numbers).unwrap_or_default(),
            roles: root.get("RoleMap").unwrap_or_else(Dict::empty),
            known: HashMap::new(),
        }
    }

    /// What each marked piece of a page is, by its number.
    pub(super) fn page(&mut self, page: &Dict<'p>) -> Vec<Role> {
        let Some(pieces) = page
            .get::<i32>("StructParents")
            .and_then(|key| self.parents.remove(&key))
        else {
            return Vec::new();
        };
        let pieces = pieces.iter::<Object<'p>>().take(MOST_PIECES);
        pieces
            .map(|piece| piece.into_dict().map_or(Role::Unknown, |it| self.role(it)))
            .collect()
    }

    /// Climbs from an element to the first that says what it is.
    fn role(&mut self, element: Dict<'p>) -> Role {
        let id = element.obj_id();
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return *known;
        }
        let mut heading = None;
        let mut sections = 0;
        let mut next = Some(element);
        for _ in 0..MOST_LEVELS {
            let Some(element) = next else { break };
            match self.standard_name(&element).as_slice() {
                [b'H', level @ b'1'..=b'6'] if heading.is_none() => {
                    heading = Some(Some(level - b'0'));
                    break;
                }
                b"Title" if heading.is_none() => {
                    heading = Some(Some(1));
                    break;
                }
                // Its level is how deep it stands.
                b"H" => heading = heading.or(Some(None)),
                b"Sect" => sections += 1,
                b"TD" | b"TH" | b"TOC" | b"TOCI" | b"Note" | b"Figure" | b"Caption" | b"L"
                | b"LI"
                    if heading.is_none() =>
                {
                    break;
                }
                _ => {}
            }
            next = element.get("P");
        }
        let role = heading.map_or(Role::Unknown, |level| {
            Role::Heading(level.unwrap_or(1 + sections).clamp(1, 6))
        });
        if let Some(id) = id {
            self.known.insert(id, role);
        }
        role
    }

    /// The standard name of what an element is.
    fn standard_name(&self, element: &Dict<'p>) -> Vec<u8> {
        let name = |name: Option<Name<'_>>| name.map(|name| name.as_ref().to_vec());
        let mut found = name(element.get("S")).unwrap_or_default();
        for _ in 0..MOST_ROLES {
            match name(self.roles.get(&found)) {
                Some(next) if next != found => found = next,
                _ => break,
            }
        }
        found
    }
}

/// The arrays of a number tree (ISO 32000-1, 7.9.7).
fn numbers(root: Dict<'_>) -> BTreeMap<i32, Array<'_>> {
    let mut found = BTreeMap::new();
    let mut open = vec![root];
    let mut seen = 0;
    while let Some(node) = open.pop() {
        seen += 1;
        if seen > MOST_NODES {
            break;
        }
        if let Some(pairs) = node.get::<Array<'_>>("Nums") {
            let mut key = None;
            for value in pairs.iter::<Object<'_>>().take(MOST_PIECES) {
                match (key.take(), value) {
                    (None, value) => key = value.into_i32(),
                    (Some(key), Object::Array(pieces)) => {
                        found.insert(key, pieces);
                    }
                    (Some(_), _) => {}
                }
            }
        }
        if let Some(kids) = node.get::<Array<'_>>("Kids") {
            let kids = kids.iter::<Object<'_>>().filter_map(Object::into_dict);
            open.extend(kids.take(MOST_NODES));
        }
    }
    found
}

/// Marks that stand around what is painted, innermost last.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// What the marked pieces of the page are.
    pieces: Vec<Role>,
    open: Vec<Role>,
}

impl Marks {
    pub(super) fn of(pieces: Vec<Role>) -> Self {
        Self {
            pieces,
            open: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let number = properties
            .and_then(|properties| properties.get::<i32>("MCID"))
            .and_then(|number| usize::try_from(number).ok());
        let role = match number {
            _ if self.role() == Role::Artifact || tag == b"Artifact" => Role::Artifact,
            Some(number) => self.pieces.get(number).copied().unwrap_or_default(),
            None => self.role(),
        };
        self.open.push(role);
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// What is painted now.
    pub(super) fn role(&self) -> Role {
        self.open.last().copied().unwrap_or_default()
    }
}

/// Forgets what the structure says where it cannot be right: headings that make up most of the
/// text, headings that are sentences, a text of artifacts.
pub(super) fn doubt(pages: &mut [Page]) {
    let (mut headings, mut artifacts, mut all) = (0, 0, 0);
    for line in pages.iter().flat_map(|page| page.rows.iter().flatten()) {
        let count = line.text.chars().count();
        all += count;
        match line.role {
            Role::Heading(_) => headings += count,
            Role::Artifact => artifacts += count,
            Role::Unknown => {}
        }
    }
    let too_much = |count: usize| count * HIGHEST_SHARE.1 > all * HIGHEST_SHARE.0;
    let (no_headings, no_artifacts) = (too_much(headings), too_much(artifacts));
    for line in pages
        .iter_mut()
        .flat_map(|page| page.rows.iter_mut().flatten())
    {
        let wrong = match line.role {
            Role::Heading(_) => no_headings || is_sentence(&line.text),
            Role::Artifact => no_artifacts,
            Role::Unknown => false,
        };
        if wrong {
            line.role = Role::Unknown;
        }
    }
}

/// Whether text of one role ends where text of the other begins.
pub(super) fn parts(one: Role, other: Role) -> bool {
    one != other
        && [one, other]
            .iter()
            .any(|role| matches!(role, Role::Heading(_)))
}

/// The level of a heading that a paragraph is said to be, where its words allow it.
pub(super) fn heading_level(first: &Line, text: &str) -> Option<u8> {
    match first.role {
        Role::Heading(level) if text.chars().count() <= LONGEST_HEADING && !is_sentence(text) => {
            Some(level)
        }
        _ => None,
    }
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '，', '：', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_artifact_is_one() {
        let mut marks = Marks::of(vec![Role::Heading(2)]);
        assert_eq!(marks.role(), Role::Unknown);
        marks.begin(b"Artifact", None);
        marks.begin(b"Span", None);
        assert_eq!(marks.role(), Role::Artifact);
        marks.end();
        marks.end();
        marks.end();
        assert_eq!(marks.role(), Role::Unknown);
    }
}
