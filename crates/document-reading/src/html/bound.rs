//! Bounds of what is given to the tree builder.
//!
//! html5ever takes quadratic time in the depth of open elements, and opens formatting elements again in
//! every later block. Both are bounded here, in linear time: a tag past the bound is left out, its text stays.

use html5ever::{LocalName, local_name};

/// Formatting elements that may be open at once: more are never meant.
const FORMATTING: usize = 64;

/// Formatting elements that may be opened again in blocks, besides one for two bytes of source.
const REOPENED_ANYWAY: usize = 10_000;

/// Cut tags among which that of an end tag is looked for: which of them it closes does not matter.
const RECENT: usize = 64;

/// How elements nest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nesting {
    /// It holds nothing.
    Void,
    /// The parser closes it by itself: it nests only where something else nests.
    ImpliedEnd,
    /// It closes what is open inside the table before it.
    TablePart,
    /// The parser opens it again in every later paragraph until it is closed.
    Formatting,
    Block,
}

/// Whether the parser opens an element again in every later paragraph until it is closed.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    nesting(name) == Nesting::Formatting
}

fn nesting(name: &LocalName) -> Nesting {
    match *name {
        local_name!("area")
        | local_name!("base")
        | local_name!("br")
        | local_name!("col")
        | local_name!("embed")
        | local_name!("hr")
        | local_name!("img")
        | local_name!("input")
        | local_name!("link")
        | local_name!("meta")
        | local_name!("param")
        | local_name!("source")
        | local_name!("track")
        | local_name!("wbr")
        | local_name!("basefont")
        | local_name!("bgsound")
        | local_name!("frame")
        | local_name!("keygen") => Nesting::Void,
        local_name!("p")
        | local_name!("li")
        | local_name!("dt")
        | local_name!("dd")
        | local_name!("option")
        | local_name!("optgroup")
        | local_name!("rt")
        | local_name!("rp")
        | local_name!("rb")
        | local_name!("rtc")
        | local_name!("html")
        | local_name!("head")
        | local_name!("body")
        | local_name!("colgroup") => Nesting::ImpliedEnd,
        local_name!("tr")
        | local_name!("td")
        | local_name!("th")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tfoot")
        | local_name!("caption") => Nesting::TablePart,
        local_name!("a")
        | local_name!("b")
        | local_name!("big")
        | local_name!("code")
        | local_name!("em")
        | local_name!("font")
        | local_name!("i")
        | local_name!("nobr")
        | local_name!("s")
        | local_name!("small")
        | local_name!("strike")
        | local_name!("strong")
        | local_name!("tt")
        | local_name!("u") => Nesting::Formatting,
        _ => Nesting::Block,
    }
}

/// The elements open at a place, as far as bounding needs to know.
pub(super) struct Bound {
    /// Elements that may be open.
    nesting: usize,
    /// Tags left out because they were nested too deeply.
    pub(super) cut_tags: usize,
    blocks: Vec<LocalName>,
    formatting: Vec<LocalName>,
    /// Formatting elements that may be open.
    most_formatting: usize,
    /// How often the parser had to open a formatting element again in another block.
    reopened: usize,
    most_reopened: usize,
    /// Position of each open table in `blocks`, and the formatting open outside it.
    tables: Vec<(usize, usize)>,
    /// Names of cut tags whose end tag is still to come.
    cut: Vec<LocalName>,
}

impl Bound {
    /// For a source of so many bytes.
    pub(super) fn new(nesting: usize, bytes: usize) -> Self {
        Self {
            nesting,
            cut_tags: 0,
            blocks: Vec::new(),
            formatting: Vec::new(),
            most_formatting: FORMATTING,
            reopened: 0,
            most_reopened: bytes / 2 + REOPENED_ANYWAY,
            tables: Vec::new(),
            cut: Vec::new(),
        }
    }

    /// Whether a start tag may stay.
    pub(super) fn start(&mut self, name: &LocalName) -> bool {
        let nesting = nesting(name);
        if nesting == Nesting::Void {
            return true;
        }
        let formatting = nesting == Nesting::Formatting;
        if !formatting {
            self.reopened += self.formatting.len();
        }
        match nesting {
            Nesting::ImpliedEnd => return true,
            Nesting::TablePart => {
                self.back_to_table();
                return true;
            }
            _ => {}
        }
        if self.blocks.len() + self.formatting.len() >= self.nesting
            || (formatting && self.formatting.len() >= self.most_formatting)
        {
            self.cut.push(name.clone());
            self.cut_tags += 1;
            return false;
        }
        if formatting {
            self.formatting.push(name.clone());
        } else {
            if *name == local_name!("table") {
                self.tables.push((self.blocks.len(), self.formatting.len()));
            }
            self.blocks.push(name.clone());
        }
        true
    }

    /// Whether an end tag may stay.
    pub(super) fn end(&mut self, name: &LocalName) -> bool {
        let nesting = nesting(name);
        if nesting == Nesting::TablePart {
            self.back_to_table();
            return true;
        }
        let recent = self.cut.len().saturating_sub(RECENT);
        let is_cut = |open: &LocalName| open == name;
        if let Some(index) = self.cut.iter().skip(recent).rposition(is_cut) {
            self.cut.truncate(recent + index);
            return false;
        }
        let (table, formatting) = self.tables.last().copied().unwrap_or_default();
        let last = |open: &[LocalName]| open.iter().rposition(|open| open == name);
        if *name == local_name!("table") {
            if self.tables.pop().is_some() {
                self.blocks.truncate(table);
                self.formatting.truncate(formatting);
            }
        } else if nesting == Nesting::Formatting {
            if let Some(index) = last(&self.formatting)
                && index >= formatting
            {
                self.formatting.remove(index);
            }
        } else if let Some(index) = last(&self.blocks)
            && (index > table || self.tables.is_empty())
        {
            self.reopened += self.formatting.len();
            self.blocks.truncate(index);
        }
        true
    }

    /// Whether opening formatting elements again takes more time than is linear.
    pub(super) fn is_exceeded(&self) -> bool {
        self.reopened > self.most_reopened
    }

    /// The formatting elements that must be closed here for that. From then on only one may be open.
    pub(super) fn close_formatting(&mut self) -> Vec<LocalName> {
        self.cut_tags += self.formatting.len();
        self.most_formatting = 1;
        self.tables.iter_mut().for_each(|table| table.1 = 0);
        self.reopened = 0;
        self.formatting.drain(..).rev().collect()
    }

    fn back_to_table(&mut self) {
        if let Some((table, formatting)) = self.tables.last() {
            self.blocks.truncate(table + 1);
            self.formatting.truncate(*formatting);
        }
    }
}
