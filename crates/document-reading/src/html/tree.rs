//! The tree that html5ever builds: nodes in one array, linked by their numbers.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{
    Attribute, ExpandedName, LocalName, Namespace, QualName, expanded_name, local_name, ns,
};

/// Number of a node; 0 is the document.
pub(super) type Number = u32;

/// No node.
pub(super) const NONE: Number = Number::MAX;

static HTML: Namespace = ns!(html);
static SVG: Namespace = ns!(svg);
static MATHML: Namespace = ns!(mathml);

/// Attributes of an element that later tags of the same element (`html`, `body`) may add to.
const MOST_ATTRIBUTES: usize = 1_024;

/// What the parser knows a node by. It asks for names often, so that they are here and not in the tree.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    number: Number,
    space: &'static Namespace,
    name: LocalName,
}

impl Handle {
    /// Of a node that is no element.
    fn unnamed(number: Number) -> Self {
        Self {
            number,
            space: &HTML,
            name: LocalName::default(),
        }
    }
}

/// What a node is.
pub(super) enum Content {
    Element {
        name: LocalName,
        /// Not of the HTML name space.
        foreign: bool,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
    /// Contents of a `template`.
    Fragment,
    /// It only keeps the texts around it apart: a comment, a declaration.
    Other,
}

/// A node and its place.
pub(super) struct Node {
    pub(super) content: Content,
    parent: Number,
    previous: Number,
    pub(super) next: Number,
    pub(super) first: Number,
    last: Number,
}

/// The nodes.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    fn get(&self, number: Number) -> Option<&Node> {
        self.nodes.get(number as usize)
    }

    fn get_mut(&mut self, number: Number) -> Option<&mut Node> {
        self.nodes.get_mut(number as usize)
    }

    fn create(&mut self, content: Content) -> Number {
        // A source has fewer bytes than there are numbers.
        let number = Number::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(Node {
            content,
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
        });
        number
    }

    fn link(&self, number: Number, of: impl Fn(&Node) -> Number) -> Number {
        self.get(number).map_or(NONE, of)
    }

    /// What stands before a place among the children of a node: before a sibling, or at the end where that is [`NONE`].
    fn previous(&self, parent: Number, before: Number) -> Number {
        match before {
            NONE => self.link(parent, |node| node.last),
            before => self.link(before, |node| node.previous),
        }
    }

    fn detach(&mut self, number: Number) {
        let Some(node) = self.get_mut(number) else {
            return;
        };
        let parent = std::mem::replace(&mut node.parent, NONE);
        let previous = std::mem::replace(&mut node.previous, NONE);
        let next = std::mem::replace(&mut node.next, NONE);
        match self.get_mut(previous) {
            Some(node) => node.next = next,
            None => {
                if let Some(node) = self.get_mut(parent) {
                    node.first = next;
                }
            }
        }
        match self.get_mut(next) {
            Some(node) => node.previous = previous,
            None => {
                if let Some(node) = self.get_mut(parent) {
                    node.last = previous;
                }
            }
        }
    }

    /// Puts a node that stands nowhere before a sibling, or at the end where that is [`NONE`].
    fn insert(&mut self, parent: Number, before: Number, number: Number) {
        let previous = self.previous(parent, before);
        if let Some(node) = self.get_mut(number) {
            node.parent = parent;
            node.previous = previous;
            node.next = before;
        }
        if let Some(node) = self.get_mut(previous) {
            node.next = number;
        } else if let Some(node) = self.get_mut(parent) {
            node.first = number;
        }
        if let Some(node) = self.get_mut(before) {
            node.previous = number;
        } else if let Some(node) = self.get_mut(parent) {
            node.last = number;
        }
    }

    /// Inserts a node or text; text behind text is one text.
    fn add(&mut self, parent: Number, before: Number, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.number);
                self.insert(parent, before, handle.number);
            }
            NodeOrText::AppendText(text) => {
                let previous = self.previous(parent, before);
                if let Some(node) = self.get_mut(previous)
                    && let Content::Text(own) = &mut node.content
                {
                    own.push_tendril(&text);
                } else {
                    let number = self.create(Content::Text(text));
                    self.insert(parent, before, number);
                }
            }
        }
    }
}

/// Receives what html5ever builds.
#[derive(Default)]
pub(super) struct Sink {
    tree: RefCell<Tree>,
}

impl Sink {
    /// With the document as its only node.
    pub(super) fn new() -> Self {
        let sink = Self::default();
        sink.tree.borrow_mut().create(Content::Other);
        sink
    }

    fn create(&self, content: Content) -> Handle {
        Handle::unnamed(self.tree.borrow_mut().create(content))
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn get_document(&self) -> Handle {
        Handle::unnamed(0)
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.number == other.number
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        ExpandedName {
            ns: target.space,
            local: &target.name,
        }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let template = name.expanded() == expanded_name!(html "template");
        let space = [&HTML, &SVG, &MATHML]
            .into_iter()
            .find(|space| **space == name.ns)
            .unwrap_or(&HTML);
        let mut tree = self.tree.borrow_mut();
        let number = tree.create(Content::Element {
            name: name.local.clone(),
            foreign: *space != HTML,
            attributes,
        });
        if template {
            let fragment = tree.create(Content::Fragment);
            tree.insert(number, NONE, fragment);
        }
        Handle {
            number,
            space,
            name: name.local,
        }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.create(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create(Content::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.tree.borrow_mut().add(parent.number, NONE, child);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let parent = tree.link(sibling.number, |node| node.parent);
        if parent != NONE {
            tree.add(parent, sibling.number, child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.tree.borrow().link(element.number, |node| node.parent);
        if parent == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let mut tree = self.tree.borrow_mut();
        let number = tree.create(Content::Other);
        tree.insert(0, NONE, number);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle::unnamed(self.tree.borrow().link(target.number, |node| node.first))
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(node) = tree.get_mut(target.number)
            && let Content::Element { attributes, .. } = &mut node.content
        {
            for attribute in more {
                let known = attributes.iter().any(|own| own.name == attribute.name);
                if !known && attributes.len() < MOST_ATTRIBUTES {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.number);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        loop {
            let child = tree.link(node.number, |node| node.first);
            if child == NONE {
                break;
            }
            tree.detach(child);
            tree.insert(parent.number, NONE, child);
        }
    }
}
