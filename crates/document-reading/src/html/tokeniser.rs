//! From a source to the tree: the tokens of the HTML standard, given to html5ever's tree builder.
//!
//! html5ever's own tokeniser looks at every character in every attribute and script. This one leaves out
//! what no later step reads: contents of scripts and styles, text of comments, attributes that say nothing
//! ([`Attribute`]). The elements and the (empty) comments stay, so that paths to nodes are those of the page
//! as a browser parses it. A property holds its trees against those of html5ever's own.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, Doctype, DoctypeToken, EOFToken, EndTag, NullCharacterToken,
    StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, QualName, local_name, ns};

use super::attributes::{Attribute, Attributes, LEAST_PAGE, is_space, may_hold_page};
use super::bound::{Bound, is_formatting};
use super::ends::{comment_length, raw_end, script_end};
use super::names::Names;
use super::references::{Within, decoded};
use super::tree::{Handle, Sink, Tree};
use crate::Limits;

/// Bytes of the source from which an attribute may hold a page: none of them says more than three.
const LEAST_WRITTEN: usize = LEAST_PAGE / 3;

/// A parsed source.
pub(super) struct Parsed {
    pub(super) tree: Tree,
    /// Contents of `script` elements, as ranges of the source.
    pub(super) scripts: Vec<Range<usize>>,
    /// Tags left out because they were nested too deeply.
    pub(super) cut_tags: usize,
    /// Tags of which attributes were left out because they had too many.
    pub(super) cut_attributes: usize,
}

/// Parses a source.
pub(super) fn parse(source: &str, limits: &Limits) -> Parsed {
    let mut tokeniser = Tokeniser {
        source,
        shared: source.into(),
        position: 0,
        builder: TreeBuilder::new(Sink::new(), Default::default()),
        names: Names::default(),
        bound: Bound::new(limits.nesting, source.len()),
        most_attributes: limits.attributes,
        scripts: Vec::new(),
        cut_attributes: 0,
    };
    tokeniser.skip_mark();
    tokeniser.run();
    Parsed {
        tree: tokeniser.builder.sink.finish(),
        scripts: tokeniser.scripts,
        cut_tags: tokeniser.bound.cut_tags,
        cut_attributes: tokeniser.cut_attributes,
    }
}

struct Tokeniser<'s> {
    source: &'s str,
    /// The source again: texts are cut out of it without a copy.
    shared: StrTendril,
    position: usize,
    builder: TreeBuilder<Handle, Sink>,
    names: Names,
    bound: Bound,
    most_attributes: usize,
    scripts: Vec<Range<usize>>,
    cut_attributes: usize,
}

impl<'s> Tokeniser<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.position..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.position + ahead).copied()
    }

    fn send(&self, token: Token) -> TokenSinkResult<Handle> {
        self.builder.process_token(token, 1)
    }

    /// Sends a token to which the builder has no answer.
    fn tell(&self, token: Token) {
        let _ = self.send(token);
    }

    /// html5ever takes a byte order mark at the start for none, and behind a script and a `meta` that
    /// names a charset.
    fn skip_mark(&mut self) {
        if self.rest().starts_with('\u{FEFF}') {
            self.position += '\u{FEFF}'.len_utf8();
        }
    }

    fn run(&mut self) {
        loop {
            let rest = self.rest();
            let next = memchr::memchr2(b'<', b'\0', rest.as_bytes());
            self.text(
                self.position + next.unwrap_or(rest.len()),
                Some(Within::Text),
            );
            match self.byte(0) {
                Some(b'<') => self.markup(),
                Some(_) => {
                    self.position += 1;
                    self.tell(NullCharacterToken);
                }
                None => break,
            }
        }
        self.tell(EOFToken);
        self.builder.end();
    }

    /// Takes text up to a position.
    fn text(&mut self, end: usize, within: Option<Within>) {
        let start = std::mem::replace(&mut self.position, end);
        if start < end {
            let text = self.written(start..end, within);
            self.tell(CharacterTokens(text));
        }
    }

    /// What a range of the source says, without a copy where it says it literally.
    fn written(&self, range: Range<usize>, within: Option<Within>) -> StrTendril {
        let part = || {
            let (start, length) = (range.start.try_into().ok()?, range.len().try_into().ok()?);
            self.shared.try_subtendril(start, length).ok()
        };
        let source = self.source.get(range.clone()).unwrap_or_default();
        if source.is_empty() {
            return StrTendril::new();
        }
        let literal = memchr::memchr3(b'&', b'\r', b'\0', source.as_bytes()).is_none();
        let shared = if literal { part() } else { None };
        shared.unwrap_or_else(|| decoded(source, within).into())
    }

    /// Takes what begins with `<`.
    fn markup(&mut self) {
        match (self.byte(1), self.byte(2)) {
            (Some(letter), _) if letter.is_ascii_alphabetic() => self.start_tag(),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(true),
            (Some(b'/'), Some(b'>')) => self.position += 3,
            (Some(b'/'), None) => self.text(self.position + 2, None),
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?' | b'/'), _) => self.bogus_comment(),
            _ => self.text(self.position + 1, None),
        }
    }

    fn declaration(&mut self) {
        let rest = self.rest();
        let begins = |word: &str| {
            let start = rest.as_bytes().get(2..2 + word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        };
        if rest.starts_with("<!--") {
            self.position += comment_length(rest);
            self.tell(CommentToken(StrTendril::new()));
        } else if begins("doctype") {
            let length = rest.find('>').map_or(rest.len(), |end| end + 1);
            self.position += length;
            let doctype = doctype(rest.get(..length).unwrap_or_default());
            self.tell(DoctypeToken(doctype));
        } else if rest.starts_with("<![CDATA[")
            && self
                .builder
                .adjusted_current_node_present_but_not_in_html_namespace()
        {
            self.character_data();
        } else {
            self.bogus_comment();
        }
    }

    /// What the standard takes for a comment up to the next `>`.
    fn bogus_comment(&mut self) {
        let rest = self.rest();
        self.position += rest.find('>').map_or(rest.len(), |end| end + 1);
        self.tell(CommentToken(StrTendril::new()));
    }

    fn character_data(&mut self) {
        self.position += "<![CDATA[".len();
        let rest = self.rest();
        let closing = rest.find("]]>");
        let end = self.position + closing.unwrap_or(rest.len());
        while self.position < end {
            let rest = self.source.as_bytes().get(self.position..end);
            match rest.and_then(|rest| memchr::memchr(b'\0', rest)) {
                Some(length) => {
                    self.text(self.position + length, None);
                    self.position += 1;
                    self.tell(NullCharacterToken);
                }
                None => self.text(end, None),
            }
        }
        self.position += closing.map_or(0, |_| "]]>".len());
    }

    /// Takes the name of a tag that begins behind so many bytes.
    fn tag_name(&mut self, start: usize) -> LocalName {
        self.position += start;
        let rest = self.rest();
        let ends = |byte: u8| is_space(byte) || matches!(byte, b'/' | b'>');
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.position += length;
        self.names.get(rest.get(..length).unwrap_or_default())
    }

    fn start_tag(&mut self) {
        let name = self.tag_name(1);
        let all = is_formatting(&name) || reads_attributes(&name);
        let mut attributes = Attributes::new(self.source, self.position);
        let mut kept: Vec<html5ever::Attribute> = Vec::new();
        let mut count = 0;
        for (key, value) in attributes.by_ref() {
            count += 1;
            if count > self.most_attributes {
                continue;
            }
            let read = Attribute::named(key).is_some();
            let page = value.len() >= LEAST_WRITTEN && may_hold_page(key);
            if all || read || page {
                let key = self.names.get(key);
                if kept.iter().all(|known| known.name.local != key) {
                    kept.push(html5ever::Attribute {
                        name: QualName::new(None, ns!(), key),
                        value: self.written(value, Some(Within::Attribute)),
                    });
                }
            }
        }
        let Some(end) = attributes.end() else {
            self.position = self.source.len();
            return;
        };
        self.position = end;
        if !self.bound.start(&name) {
            self.skip_raw(&name);
            return;
        }
        let cut = count > self.most_attributes;
        self.cut_attributes += usize::from(cut);
        let answer = self.send(TagToken(Tag {
            kind: StartTag,
            name: name.clone(),
            self_closing: attributes.self_closing() && !cut,
            attrs: kept,
            had_duplicate_attributes: false,
        }));
        match answer {
            TokenSinkResult::RawData(kind) => self.raw(kind, &name),
            TokenSinkResult::Plaintext => self.plain(),
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => self.skip_mark(),
            TokenSinkResult::Continue => {}
        }
        self.close_formatting();
    }

    /// Takes an end tag; that of a raw element, which nothing nests in, is not `counted`.
    fn end_tag(&mut self, counted: bool) {
        let name = self.tag_name(2);
        let mut attributes = Attributes::new(self.source, self.position);
        if self.byte(0) != Some(b'>') {
            attributes.by_ref().for_each(drop);
        }
        let Some(end) = attributes.end() else {
            self.position = self.source.len();
            return;
        };
        self.position = end;
        if counted && !self.bound.end(&name) {
            return;
        }
        let answer = self.send(end_token(name));
        if !matches!(answer, TokenSinkResult::Continue) {
            self.skip_mark();
        }
        self.close_formatting();
    }

    fn close_formatting(&mut self) {
        if !self.bound.is_exceeded() {
            return;
        }
        for name in self.bound.close_formatting() {
            self.tell(end_token(name));
        }
    }

    /// Takes the content of an element that is text up to its end tag.
    fn raw(&mut self, kind: RawKind, name: &LocalName) {
        self.bound.end(name);
        let start = self.position;
        let content = self.rest();
        let end = match kind {
            RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => script_end(content),
            RawKind::Rcdata | RawKind::Rawtext => raw_end(content, name),
        };
        let end = start + end;
        match (kind, &**name) {
            (RawKind::ScriptData, _) => {
                self.scripts.push(start..end);
                self.position = end;
            }
            (RawKind::Rawtext, "style") => self.position = end,
            (RawKind::Rcdata, _) => self.text(end, Some(Within::Text)),
            _ => self.text(end, None),
        }
        if self.byte(0).is_some() {
            self.end_tag(false);
        }
    }

    /// Of an element that was cut the text stays, not the script.
    fn skip_raw(&mut self, name: &LocalName) {
        if matches!(*name, local_name!("script") | local_name!("style")) {
            self.position += raw_end(self.rest(), name);
        }
    }

    /// All that is left is text.
    fn plain(&mut self) {
        self.text(self.source.len(), None);
    }
}

fn end_token(name: LocalName) -> Token {
    TagToken(Tag {
        kind: EndTag,
        name,
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    })
}

/// Elements at whose attributes the tree builder looks.
fn reads_attributes(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("input")
            | local_name!("meta")
            | local_name!("template")
            | local_name!("annotation-xml")
    )
}

/// Reads a declaration of the document's type, on which it hangs whether a table ends a paragraph.
fn doctype(source: &str) -> Doctype {
    #[derive(Default)]
    struct First(RefCell<Option<Doctype>>);
    impl TokenSink for First {
        type Handle = ();
        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let DoctypeToken(doctype) = token {
                self.0.replace(Some(doctype));
            }
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(First::default(), Default::default());
    let input = BufferQueue::default();
    input.push_back(source.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take().unwrap_or_default()
}

#[cfg(test)]
mod tests;
