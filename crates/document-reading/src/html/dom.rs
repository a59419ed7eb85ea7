//! The parsed page as one array in document order.
//!
//! A node's subtree is the range from it to its end, so that every pass over the page is a loop:
//! nothing here or above recurses on the page's depth.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use scraper::node::Element;
use scraper::{Html, Node as TreeNode};

/// One node.
struct Node<'a> {
    element: Option<&'a Element>,
    text: &'a str,
    parent: usize,
    end: usize,
    /// Number among the siblings of the same name, from 1.
    position: u32,
    /// Not of the HTML name space (`svg`, `math`): a plain path does not reach it.
    foreign: bool,
}

/// The page. Node 0 is the document itself.
pub(super) struct Dom<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Dom<'a> {
    /// Takes over elements and texts of a parsed page.
    pub(super) fn new(html: &'a Html) -> Self {
        use tree::{Step, steps};
        let mut nodes: Vec<Node<'a>> = vec![Node {
            element: None,
            text: "",
            parent: 0,
            end: 0,
            position: 1,
            foreign: false,
        }];
        let mut counts: HashMap<(usize, &'a str), u32> = HashMap::new();
        let mut open = vec![0_usize];
        for step in steps(html) {
            match step {
                Step::Open(node) => {
                    let (element, text) = match node {
                        TreeNode::Element(element) => (Some(element), ""),
                        TreeNode::Text(text) => (None, &**text),
                        _ => continue,
                    };
                    let parent = open.last().copied().unwrap_or_default();
                    let key = element.map_or("", Element::name);
                    let count = counts.entry((parent, key)).or_default();
                    *count += 1;
                    nodes.push(Node {
                        element,
                        text,
                        parent,
                        end: nodes.len() + 1,
                        position: *count,
                        foreign: element.is_some_and(|element| {
                            &*element.name.ns != "http://www.w3.org/1999/xhtml"
                        }),
                    });
                    if element.is_some() {
                        open.push(nodes.len() - 1);
                    }
                }
                Step::Close(TreeNode::Element(_)) => {
                    let end = nodes.len();
                    if let Some(node) = open.pop().and_then(|index| nodes.get_mut(index)) {
                        node.end = end;
                    }
                }
                Step::Close(_) => {}
            }
        }
        let end = nodes.len();
        if let Some(root) = nodes.first_mut() {
            root.end = end;
        }
        Self { nodes }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Tag name in lower case; empty for text.
    pub(super) fn name(&self, index: usize) -> &'a str {
        self.nodes
            .get(index)
            .and_then(|node| node.element)
            .map_or("", Element::name)
    }

    /// Whether it is a text node.
    pub(super) fn is_text(&self, index: usize) -> bool {
        index > 0
            && self
                .nodes
                .get(index)
                .is_some_and(|node| node.element.is_none())
    }

    /// Characters of a text node.
    pub(super) fn text(&self, index: usize) -> &'a str {
        self.nodes.get(index).map_or("", |node| node.text)
    }

    /// Value of an attribute.
    pub(super) fn attribute(&self, index: usize, name: &str) -> Option<&'a str> {
        let element = self.nodes.get(index)?.element?;
        element
            .attrs()
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The first attribute, as name and value, of which something holds.
    pub(super) fn find_attribute(
        &self,
        index: usize,
        mut holds: impl FnMut(&str, &str) -> bool,
    ) -> Option<&'a str> {
        let element = self.nodes.get(index)?.element?;
        element
            .attrs()
            .find_map(|(key, value)| holds(key, value).then_some(value))
    }

    /// The node's parent; the document is its own.
    pub(super) fn parent(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(0, |node| node.parent)
    }

    /// First node behind the node's subtree.
    pub(super) fn end(&self, index: usize) -> usize {
        self.nodes.get(index).map_or(index + 1, |node| node.end)
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
        let mut steps = Vec::new();
        let mut current = index;
        while current != 0 {
            let Some(node) = self.nodes.get(current) else {
                break;
            };
            if node.foreign {
                steps.clear();
            } else {
                steps.push(current);
            }
            current = node.parent;
        }
        let mut path = String::with_capacity(steps.len() * 10);
        for step in steps.iter().rev() {
            path.push('/');
            let Some(node) = self.nodes.get(*step) else {
                continue;
            };
            match node.element.map(Element::name) {
                None => {
                    path.push_str("text()");
                    push_position(&mut path, node.position);
                }
                Some(name @ ("html" | "head" | "body")) => path.push_str(name),
                // Names such as `o:p` have a colon, which XPath takes for a prefix.
                Some(name) if !is_path_name(name) => {
                    path.push_str("*[name()='");
                    path.push_str(&name.replace('\'', ""));
                    path.push_str("']");
                    push_position(&mut path, node.position);
                }
                Some(name) => {
                    path.push_str(name);
                    push_position(&mut path, node.position);
                }
            }
        }
        path
    }
}

fn push_position(path: &mut String, position: u32) {
    // Writing to a string cannot fail.
    let _ = write!(path, "[{position}]");
}

fn is_path_name(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Steps through the parser's tree without naming its crate.
mod tree {
    use scraper::{Html, Node};

    pub(super) enum Step<'a> {
        Open(&'a Node),
        Close(&'a Node),
    }

    /// Document order, each node opened and closed.
    pub(super) fn steps(html: &Html) -> impl Iterator<Item = Step<'_>> {
        let root = html.tree.root();
        let mut next = root.first_child().map(|node| (node, true));
        std::iter::from_fn(move || {
            let (node, opening) = next?;
            next = if opening {
                Some(
                    node.first_child()
                        .map_or((node, false), |child| (child, true)),
                )
            } else if let Some(sibling) = node.next_sibling() {
                Some((sibling, true))
            } else {
                node.parent()
                    .filter(|parent| *parent != root)
                    .map(|parent| (parent, false))
            };
            Some(if opening {
                Step::Open(node.value())
            } else {
                Step::Close(node.value())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_of_the_parsed_tree() {
        let html = Html::parse_document(
            "<div>一<b>二</b>三</div><div><table><tr><td>四<td>五<o:p>六</o:p></table></div>",
        );
        let dom = Dom::new(&html);
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
}
