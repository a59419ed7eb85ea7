//! The parsed page as one array in document order.
//!
//! A node's subtree is the range from it to its end, so that every pass over the page is a loop:
//! nothing here or above recurses on the page's depth. Texts and attributes of all nodes stand behind one
//! another.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Range;

use html5ever::LocalName;

use super::attributes::{Attribute, LEAST_PAGE, may_hold_page};
use super::script::has_tags;
use super::siblings::Open;
use super::style::{is_block, is_skipped};
use super::tree::{self, Content, NONE, Tree};

/// Numbers of a page's nodes, attributes and bytes.
type Number = u32;

/// Bytes of a step of a path besides its name.
const STEP: usize = 12;

/// One node.
struct Node {
    /// Empty for a text.
    name: LocalName,
    kind: Kind,
    parent: Number,
    end: Number,
    /// Number among the siblings of the same name, from 1.
    position: Number,
    text: Range<Number>,
    attributes: Range<Number>,
}

/// What is asked of a node most often.
#[derive(Debug, Clone, Copy, Default)]
struct Kind {
    text: bool,
    block: bool,
    skipped: bool,
    /// It, or an element around it, is not of the HTML name space (`svg`, `math`): a plain path does not
    /// reach it.
    foreign: bool,
}

/// The page. Node 0 is the document itself.
#[derive(Default)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, Range<Number>)>,
    /// Texts, and values of attributes.
    written: String,
    /// The element whose children were last asked for their paths, and its path.
    around: RefCell<(usize, String)>,
}

impl Dom {
    /// Takes over elements and texts of a parsed page.
    pub(super) fn new(tree: &Tree) -> Self {
        let mut dom = Self::default();
        dom.nodes.reserve(tree.nodes.len());
        dom.push(LocalName::default(), Kind::default(), 0, 1);
        let mut open = Open::new();
        let mut next = tree.nodes.first().map_or(NONE, |root| root.first);
        // Nodes around the next one.
        let mut around: Vec<&tree::Node> = Vec::new();
        loop {
            let Some(node) = tree.nodes.get(next as usize) else {
                let Some(node) = around.pop() else { break };
                if matches!(node.content, Content::Element { .. }) {
                    dom.close(open.leave());
                }
                next = node.next;
                continue;
            };
            match &node.content {
                Content::Element {
                    name,
                    foreign,
                    attributes,
                } => {
                    let kind = Kind {
                        text: false,
                        block: is_block(name),
                        skipped: is_skipped(name),
                        foreign: *foreign || dom.kind(open.parent()).foreign,
                    };
                    let position = open.count(name);
                    let index = dom.push(name.clone(), kind, open.parent(), position);
                    dom.attributes(index, attributes);
                    open.enter(index);
                }
                Content::Text(text) => {
                    let kind = Kind {
                        text: true,
                        foreign: dom.kind(open.parent()).foreign,
                        ..Kind::default()
                    };
                    let position = open.count_text();
                    let index = dom.push(LocalName::default(), kind, open.parent(), position);
                    let range = dom.write(text);
                    if let Some(node) = dom.nodes.get_mut(index) {
                        node.text = range;
                    }
                }
                Content::Fragment | Content::Other => {}
            }
            if node.first == NONE {
                if matches!(node.content, Content::Element { .. }) {
                    dom.close(open.leave());
                }
                next = node.next;
            } else {
                around.push(node);
                next = node.first;
            }
        }
        dom.close(0);
        dom
    }

    fn push(&mut self, name: LocalName, kind: Kind, parent: usize, position: Number) -> usize {
        let index = self.nodes.len();
        self.nodes.push(Node {
            name,
            kind,
            parent: number(parent),
            end: number(index + 1),
            position,
            text: 0..0,
            attributes: 0..0,
        });
        index
    }

    fn close(&mut self, index: usize) {
        let end = number(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
        }
    }

    fn write(&mut self, text: &str) -> Range<Number> {
        let start = number(self.written.len());
        self.written.push_str(text);
        start..number(self.written.len())
    }

    fn attributes(&mut self, index: usize, all: &[html5ever::Attribute]) {
        let start = number(self.attributes.len());
        // What a browser knows by the plain name goes before what has a prefix.
        for prefixed in [false, true] {
            for attribute in all
                .iter()
                .filter(|own| own.name.prefix.is_some() == prefixed)
            {
                if let Some(known) = Attribute::named(&attribute.name.local) {
                    let value = self.write(&attribute.value);
                    self.attributes.push((known, value));
                }
            }
        }
        let holds_page = |attribute: &&html5ever::Attribute| {
            let value = &*attribute.value;
            value.len() >= LEAST_PAGE && may_hold_page(&attribute.name.local) && has_tags(value)
        };
        let page = all
            .iter()
            .filter(holds_page)
            .min_by_key(|own| &*own.name.local);
        if let Some(page) = page {
            let value = self.write(&page.value);
            self.attributes.push((Attribute::Page, value));
        }
        let end = number(self.attributes.len());
        if let Some(node) = self.nodes.get_mut(index) {
            node.attributes = start..end;
        }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Tag name in lower case; empty for text.
    #[inline]
    pub(super) fn name(&self, index: usize) -> &str {
        self.nodes.get(index).map_or("", |node| &*node.name)
    }

    #[inline]
    fn kind(&self, index: usize) -> Kind {
        self.nodes
            .get(index)
            .map(|node| node.kind)
            .unwrap_or_default()
    }

    /// Whether it is a text node.
    pub(super) fn is_text(&self, index: usize) -> bool {
        self.kind(index).text
    }

    /// Whether it is an element set apart from the text around it.
    pub(super) fn is_block(&self, index: usize) -> bool {
        self.kind(index).block
    }

    /// Whether it is an element whose text is not text of the page.
    pub(super) fn is_skipped(&self, index: usize) -> bool {
        self.kind(index).skipped
    }

    fn written(&self, range: &Range<Number>) -> &str {
        let range = range.start as usize..range.end as usize;
        self.written.get(range).unwrap_or_default()
    }

    /// Characters of a text node.
    pub(super) fn text(&self, index: usize) -> &str {
        self.nodes
            .get(index)
            .map_or("", |node| self.written(&node.text))
    }

    /// Value of an attribute.
    #[inline]
    pub(super) fn attribute(&self, index: usize, attribute: Attribute) -> Option<&str> {
        let node = self.nodes.get(index)?;
        if node.attributes.is_empty() {
            return None;
        }
        let range = node.attributes.start as usize..node.attributes.end as usize;
        let own = self.attributes.get(range)?;
        let (_, value) = own.iter().find(|(known, _)| *known == attribute)?;
        Some(self.written(value))
    }

    /// The node's parent; the document is its own.
    pub(super) fn parent(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |node| node.parent as usize)
    }

    /// First node behind the node's subtree.
    pub(super) fn end(&self, index: usize) -> usize {
        self.nodes
            .get(index)
            .map_or(index + 1, |node| node.end as usize)
    }

    /// The node's subtree without itself.
    pub(super) fn inside(&self, index: usize) -> Range<usize> {
        index + 1..self.end(index)
    }

    /// The node's children.
    pub(super) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let end = self.end(index);
        std::iter::successors(Some(index + 1), |child| Some(self.end(*child)))
            .take_while(move |child| *child < end)
    }

    /// All text of a subtree, concatenated.
    pub(super) fn text_of(&self, index: usize) -> String {
        (index..self.end(index))
            .map(|node| self.text(node))
            .collect()
    }

    /// An XPath to the node that a browser resolves on the same page; for a node of a foreign
    /// name space, to the HTML element around it.
    pub(super) fn path(&self, index: usize) -> String {
        let Some(node) = self.nodes.get(index).filter(|_| index != 0) else {
            return String::new();
        };
        let mut around = self.around.borrow_mut();
        let parent = node.parent as usize;
        if around.0 != parent {
            around.1.clear();
            self.push_path(parent, &mut around.1);
            around.0 = parent;
        }
        let mut path = String::with_capacity(around.1.len() + node.name.len() + STEP);
        path.push_str(&around.1);
        if !node.kind.foreign {
            node.push_step(&mut path);
        }
        path
    }

    fn push_path(&self, index: usize, path: &mut String) {
        let mut steps = Vec::new();
        let mut current = index;
        while current != 0 {
            let Some(node) = self.nodes.get(current) else {
                break;
            };
            if !node.kind.foreign {
                steps.push(node);
            }
            current = node.parent as usize;
        }
        for node in steps.iter().rev() {
            node.push_step(path);
        }
    }
}

impl Node {
    /// One step of an XPath.
    fn push_step(&self, path: &mut String) {
        path.push('/');
        if self.kind.text {
            path.push_str("text()");
        } else {
            match &*self.name {
                name @ ("html" | "head" | "body") => return path.push_str(name),
                // Names such as `o:p` have a colon, which XPath takes for a prefix.
                name if !is_path_name(name) => {
                    path.push_str("*[name()='");
                    path.push_str(&name.replace('\'', ""));
                    path.push_str("']");
                }
                name => path.push_str(name),
            }
        }
        path.push('[');
        match u8::try_from(self.position) {
            Ok(digit @ 0..=9) => path.push(char::from(b'0' + digit)),
            // Writing to a string cannot fail.
            _ => drop(write!(path, "{}", self.position)),
        }
        path.push(']');
    }
}

/// A page has fewer bytes, and nodes, than there are numbers.
fn number(count: usize) -> Number {
    Number::try_from(count).unwrap_or(Number::MAX)
}

fn is_path_name(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::super::tokeniser::parse;
    use super::*;
    use crate::Limits;

    #[test]
    fn paths_are_of_the_parsed_tree() {
        let dom = Dom::new(
            &parse(
                "<div>一<b>二</b>三</div><div><table><tr><td>四<td>五<o:p>六</o:p></table></div>",
                &Limits::default(),
            )
            .tree,
        );
        let path = |text: &str| {
            (0..dom.len())
                .find(|index| dom.text(*index) == text)
                .map(|index| dom.path(index))
                .unwrap()
        };
        assert_eq!(path("三"), "/html/body/div[1]/text()[2]");
        assert_eq!(path("二"), "/html/body/div[1]/b[1]/text()[1]");
        assert_eq!(
            path("五"),
            "/html/body/div[2]/table[1]/tbody[1]/tr[1]/td[2]/text()[1]"
        );
        assert!(path("六").ends_with("*[name()='o:p'][1]/text()[1]"));
    }

    #[test]
    fn siblings_are_counted_by_name_however_many_names_there_are() {
        let names = (0..40).map(|number| format!("<x-{number}></x-{number}>"));
        let page = names.collect::<String>().repeat(2) + "<x-39>末</x-39>";
        let dom = Dom::new(&parse(&page, &Limits::default()).tree);
        let last = (0..dom.len())
            .find(|index| dom.text(*index) == "末")
            .unwrap();
        assert_eq!(dom.path(last), "/html/body/x-39[3]/text()[1]");
    }
}
