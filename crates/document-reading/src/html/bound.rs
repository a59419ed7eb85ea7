//! One linear pass over the source before it is parsed.
//!
//! html5ever takes quadratic time in the depth of open elements and in the attributes of a tag,
//! so both are bounded here: a tag past the bound is left out, its text stays. The pass also
//! leaves out the content of scripts and styles and the text of comments, which saves the parser
//! a fifth of its work; the elements and the (empty) comments stay, so that paths to nodes are
//! those of the page as a browser parses it.

use std::borrow::Cow;
use std::ops::Range;

use crate::Limits;

/// The source as it is handed to the parser.
pub(super) struct Bounded {
    pub(super) source: String,
    /// Contents of `script` elements, as ranges of the original source.
    pub(super) scripts: Vec<Range<usize>>,
    /// Tags left out because they were nested too deeply.
    pub(super) cut_tags: usize,
    /// Tags of which attributes were left out.
    pub(super) cut_attributes: usize,
}

/// Elements whose content is text up to their end tag.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript",
];

/// Elements that hold nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "basefont", "bgsound", "frame", "keygen",
];

/// Elements that the parser closes by itself: they nest only where something else nests.
const IMPLIED_END: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "rt", "rp", "rb", "rtc", "html", "head", "body",
    "colgroup",
];

/// Parts of a table: each closes what is open inside the table before it.
const TABLE_PART: &[&str] = &["tr", "td", "th", "tbody", "thead", "tfoot", "caption"];

/// Elements that the parser opens again in every later paragraph until they are closed.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Formatting elements that may be open at once: more are never meant.
const FORMATTING_BOUND: usize = 64;

/// Formatting elements that may be opened again in blocks, besides one for two bytes of source.
const REOPENED_ANYWAY: usize = 10_000;

/// The elements open at a place, as far as bounding needs to know.
struct Open {
    blocks: Vec<u32>,
    /// Open formatting elements, as positions in [`FORMATTING`].
    formatting: Vec<usize>,
    formatting_bound: usize,
    /// How often the parser had to open a formatting element again in another block.
    reopened: usize,
    /// Open `svg` and `math`, in which no element is raw.
    foreign: usize,
    /// There was one.
    had_foreign: bool,
    /// Position of each open table in `blocks`, and the formatting open outside it.
    tables: Vec<(usize, usize)>,
    /// Names of cut tags whose end tag is still to come.
    cut: Vec<u32>,
}

impl Default for Open {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            formatting: Vec::new(),
            formatting_bound: FORMATTING_BOUND,
            reopened: 0,
            foreign: 0,
            had_foreign: false,
            tables: Vec::new(),
            cut: Vec::new(),
        }
    }
}

impl Open {
    /// Whether a start tag may stay.
    fn start(&mut self, name: &str, limit: usize) -> bool {
        if VOID.contains(&name) {
            return true;
        }
        let formatting = FORMATTING.iter().position(|known| *known == name);
        if formatting.is_none() {
            self.reopened += self.formatting.len();
        }
        if IMPLIED_END.contains(&name) {
            return true;
        }
        if TABLE_PART.contains(&name) {
            self.back_to_table();
            return true;
        }
        if self.blocks.len() + self.formatting.len() >= limit
            || (formatting.is_some() && self.formatting.len() >= self.formatting_bound)
        {
            self.cut.push(hash(name));
            return false;
        }
        if let Some(index) = formatting {
            self.formatting.push(index);
        } else {
            let foreign = matches!(name, "svg" | "math");
            self.foreign += usize::from(foreign);
            self.had_foreign |= foreign;
            if name == "table" {
                self.tables.push((self.blocks.len(), self.formatting.len()));
            }
            self.blocks.push(hash(name));
        }
        true
    }

    /// Whether an end tag may stay.
    fn end(&mut self, name: &str) -> bool {
        if TABLE_PART.contains(&name) {
            self.back_to_table();
            return true;
        }
        let id = hash(name);
        // Looked for among the last few only: which of the cut tags it closes does not matter.
        let recent = self.cut.len().saturating_sub(64);
        if let Some(index) = self.cut.iter().skip(recent).rposition(|open| *open == id) {
            self.cut.truncate(recent + index);
            return false;
        }
        let (table, formatting) = self.tables.last().copied().unwrap_or_default();
        if name == "table" {
            if self.tables.pop().is_some() {
                self.blocks.truncate(table);
                self.formatting.truncate(formatting);
            }
        } else if let Some(known) = FORMATTING.iter().position(|known| *known == name) {
            if let Some(index) = self.formatting.iter().rposition(|open| *open == known)
                && index >= formatting
            {
                self.formatting.remove(index);
            }
        } else if let Some(index) = self.blocks.iter().rposition(|open| *open == id)
            && (index > table || self.tables.is_empty())
        {
            self.reopened += self.formatting.len();
            self.blocks.truncate(index);
            if matches!(name, "svg" | "math") {
                self.foreign = self.foreign.saturating_sub(1);
            }
        }
        true
    }

    /// Whether the innermost element that decides it is `svg` or `math`, not one of those inside them
    /// whose content is HTML again.
    fn in_foreign(&self) -> bool {
        let foreign = ["svg", "math"].map(hash);
        let html = ["title", "desc", "foreignobject"].map(hash);
        let deciding = |id: &&u32| foreign.contains(id) || html.contains(id);
        self.foreign > 0
            && self
                .blocks
                .iter()
                .rev()
                .find(deciding)
                .is_some_and(|id| foreign.contains(id))
    }

    fn back_to_table(&mut self) {
        if let Some((table, formatting)) = self.tables.last() {
            self.blocks.truncate(table + 1);
            self.formatting.truncate(*formatting);
        }
    }
}

/// FNV-1a; two names that collide would at worst close one another.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Bounds a source.
pub(super) fn bound(source: &str, limits: &Limits) -> Bounded {
    let mut bounded = Bounded {
        source: String::with_capacity(source.len()),
        scripts: Vec::new(),
        cut_tags: 0,
        cut_attributes: 0,
    };
    let mut open = Open::default();
    let mut position = 0;
    while let Some(rest) = source.get(position..) {
        let Some(less) = rest.find('<') else {
            bounded.source.push_str(rest);
            break;
        };
        bounded
            .source
            .push_str(rest.get(..less).unwrap_or_default());
        position += less;
        let rest = rest.get(less..).unwrap_or_default();
        let second = rest.as_bytes().get(1).copied().unwrap_or_default();
        let third = rest.as_bytes().get(2).copied().unwrap_or_default();
        if second.is_ascii_alphabetic() || (second == b'/' && third.is_ascii_alphabetic()) {
            position += tag(rest, position, limits, &mut open, &mut bounded);
        } else if rest.starts_with("<!--") {
            let length = comment_length(rest);
            // Behind an image in the source (svg) what looks like a comment may be text.
            let kept = if open.had_foreign {
                rest.get(..length).unwrap_or_default()
            } else {
                "<!---->"
            };
            bounded.source.push_str(kept);
            position += length;
        } else if matches!(second, b'!' | b'?') || (second == b'/' && third != 0) {
            // Declarations, and what the standard takes for a comment up to the next `>`.
            let length = rest.find('>').map_or(rest.len(), |end| end + 1);
            bounded
                .source
                .push_str(rest.get(..length).unwrap_or_default());
            position += length;
        } else {
            bounded.source.push('<');
            position += 1;
        }
        if open.reopened > source.len() / 2 + REOPENED_ANYWAY {
            bounded.cut_tags += open.formatting.len();
            for index in open.formatting.drain(..).rev() {
                bounded.source.push_str("</");
                bounded
                    .source
                    .push_str(FORMATTING.get(index).copied().unwrap_or_default());
                bounded.source.push('>');
            }
            open.formatting_bound = 1;
            open.tables.iter_mut().for_each(|table| table.1 = 0);
            open.reopened = 0;
        }
    }
    bounded
}

/// Handles a tag, and the content of a raw element behind it; gives the length of both.
fn tag(
    rest: &str,
    position: usize,
    limits: &Limits,
    open: &mut Open,
    bounded: &mut Bounded,
) -> usize {
    let Tag {
        length,
        bound_at,
        ends,
        name,
    } = scan(rest, limits.attributes);
    if ends {
        if open.end(&name) {
            bounded
                .source
                .push_str(rest.get(..length).unwrap_or_default());
        }
        return length;
    }
    if open.start(&name, limits.nesting) {
        match bound_at {
            Some(end) => {
                bounded.cut_attributes += 1;
                bounded.source.push_str(rest.get(..end).unwrap_or_default());
                bounded.source.push('>');
            }
            None => bounded
                .source
                .push_str(rest.get(..length).unwrap_or_default()),
        }
    } else {
        bounded.cut_tags += 1;
    }
    if open.in_foreign() || !RAW.contains(&&*name) {
        return length;
    }
    // Raw elements close themselves: nothing stays open behind them.
    open.end(&name);
    let content = rest.get(length..).unwrap_or_default();
    let end = raw_end(content, &name);
    match &*name {
        "script" => bounded
            .scripts
            .push(position + length..position + length + end),
        "style" => {}
        _ => bounded
            .source
            .push_str(content.get(..end).unwrap_or_default()),
    }
    let tail = content.get(end..).unwrap_or_default();
    let closing = if tail.is_empty() {
        0
    } else {
        scan(tail, usize::MAX).length
    };
    bounded
        .source
        .push_str(tail.get(..closing).unwrap_or_default());
    length + end + closing
}

struct Tag<'a> {
    /// Bytes up to and with `>`.
    length: usize,
    /// Where the attribute past the bound begins.
    bound_at: Option<usize>,
    /// An end tag.
    ends: bool,
    /// In lower case.
    name: Cow<'a, str>,
}

/// Scans a tag as the HTML standard tokenises it.
fn scan(rest: &str, attributes: usize) -> Tag<'_> {
    enum State {
        Between,
        Name,
        BeforeValue,
        Value,
        Quoted(u8),
    }
    let ends = rest.as_bytes().get(1) == Some(&b'/');
    let start = if ends { 2 } else { 1 };
    let after = rest.get(start..).unwrap_or_default();
    let length = after
        .bytes()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let name = after
        .get(..length.unwrap_or(after.len()))
        .unwrap_or_default();
    let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    };
    let mut state = State::Between;
    let mut count = 0;
    let mut bound_at = None;
    let from = start + name.len();
    for (offset, byte) in rest.bytes().enumerate().skip(from) {
        let space = byte.is_ascii_whitespace();
        state = match state {
            State::Quoted(quote) if byte == quote => State::Between,
            State::Quoted(quote) => State::Quoted(quote),
            State::BeforeValue if matches!(byte, b'"' | b'\'') => State::Quoted(byte),
            State::BeforeValue if space => State::BeforeValue,
            _ if byte == b'>' => {
                return Tag {
                    length: offset + 1,
                    bound_at,
                    ends,
                    name,
                };
            }
            State::BeforeValue | State::Value if !space => State::Value,
            State::Name if byte == b'=' => State::BeforeValue,
            State::Name if !space && byte != b'/' => State::Name,
            State::Between | State::Name if byte == b'=' && count > 0 => State::BeforeValue,
            _ if space || byte == b'/' => State::Between,
            _ => {
                count += 1;
                if count > attributes && bound_at.is_none() {
                    bound_at = Some(offset);
                }
                State::Name
            }
        };
    }
    Tag {
        length: rest.len(),
        bound_at,
        ends,
        name,
    }
}

/// Length of a comment by the HTML standard, which also ends one at `--!>`.
fn comment_length(rest: &str) -> usize {
    let content = rest.get(4..).unwrap_or_default();
    if content.starts_with('>') {
        return 5;
    }
    if content.starts_with("->") {
        return 6;
    }
    let mut from = 0;
    while let Some(found) = content.get(from..).and_then(|rest| rest.find("--")) {
        let after = content.get(from + found + 2..).unwrap_or_default();
        if after.starts_with('>') {
            return 4 + from + found + 3;
        }
        if after.starts_with("!>") {
            return 4 + from + found + 4;
        }
        from += found + 1;
    }
    rest.len()
}

/// Where the content of a raw element ends.
fn raw_end(content: &str, name: &str) -> usize {
    let mut from = 0;
    let mut escaped = 0;
    while let Some(found) = content.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + found;
        let after = content.as_bytes().get(at + 2..).unwrap_or_default();
        let closes = after
            .get(..name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            && after
                .get(name.len())
                .is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'));
        if closes {
            // `<!-- <script> … </script> -->` inside a script does not end it.
            let before = content.get(escaped..at).unwrap_or_default();
            let inner = name == "script"
                && before.rfind("<!--").is_some_and(|start| {
                    let inside = before.get(start..).unwrap_or_default();
                    inside.contains("<script") && !inside.contains("-->")
                });
            if !inner {
                return at;
            }
            escaped = at;
        }
        from = at + 2;
    }
    content.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(source: &str, nesting: usize, attributes: usize) -> Bounded {
        bound(
            source,
            &Limits {
                nesting,
                attributes,
                ..Limits::default()
            },
        )
    }

    #[test]
    fn common_pages_pass_unchanged() {
        let source =
            "<!DOCTYPE html><div class='a>b' id=x><p>一 < 二<br/>&lt;<table><tr><td>三</div>";
        let result = bounded(source, 512, 1_024);
        assert_eq!(result.source, source);
        assert_eq!(result.cut_tags + result.cut_attributes, 0);
    }

    #[test]
    fn scripts_styles_and_comments_are_emptied() {
        let result = bounded(
            "<p>一<!-- <p> --!>二<script>a='</p>'</SCRIPT ><style>p{}</style><textarea><p></textarea>三",
            512,
            1_024,
        );
        assert_eq!(
            result.source,
            "<p>一<!---->二<script></SCRIPT ><style></style><textarea><p></textarea>三"
        );
        assert_eq!(result.scripts.len(), 1);
        let nested = "<script><!-- <script> </script> --></script>四";
        assert_eq!(bounded(nested, 512, 1_024).source, "<script></script>四");
    }

    #[test]
    fn deep_nesting_keeps_its_text() {
        let deep = "<div>".repeat(10) + "文" + &"</div>".repeat(10) + "末";
        let result = bounded(&deep, 4, 1_024);
        assert_eq!(result.cut_tags, 6);
        assert_eq!(
            result.source,
            "<div><div><div><div>文</div></div></div></div>末"
        );
        // Rows and paragraphs without end tags are not nested.
        let rows = "<table>".to_owned() + &"<tr><td><p><font>一".repeat(900) + "</table>";
        assert_eq!(bounded(&rows, 512, 1_024).cut_tags, 0);
    }

    #[test]
    fn attributes_past_the_bound_are_cut() {
        let result = bounded("<p a=1 b='2 3' c d=4>文</p>", 512, 2);
        assert_eq!(result.source, "<p a=1 b='2 3' >文</p>");
        assert_eq!(result.cut_attributes, 1);
    }
}
