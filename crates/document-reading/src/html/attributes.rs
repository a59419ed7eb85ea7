//! The attributes of a page: scanned as the HTML standard tokenises a tag, and those that are read.

use std::ops::Range;

use super::script::LEAST_HAN;

/// Bytes of a value from which it may hold a page: of so many Chinese characters.
pub(super) const LEAST_PAGE: usize = LEAST_HAN * 3;

/// An attribute that the reader looks at. No other one is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Align,
    Alt,
    Border,
    BorderColor,
    Class,
    ColSpan,
    Content,
    DateTime,
    Height,
    Hidden,
    Href,
    Id,
    ItemProp,
    Name,
    Open,
    /// One in which a script may keep a page: the first by name where an element has several.
    Page,
    Property,
    Rel,
    Role,
    RowSpan,
    Size,
    Src,
    SrcDoc,
    Style,
    Title,
    Width,
}

/// Longest name of an attribute that is known.
const LONGEST_NAME: usize = 16;

impl Attribute {
    /// The attribute of a name, whatever its case. `xlink:href` is one too: the parser knows it by its
    /// local name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut lower = [0; LONGEST_NAME];
        let lower = lower.get_mut(..name.len())?;
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        let local = lower.strip_prefix(b"xlink:").unwrap_or(lower);
        Some(match local {
            b"align" => Self::Align,
            b"alt" => Self::Alt,
            b"border" => Self::Border,
            b"bordercolor" => Self::BorderColor,
            b"class" => Self::Class,
            b"colspan" => Self::ColSpan,
            b"content" => Self::Content,
            b"datetime" => Self::DateTime,
            b"height" => Self::Height,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"id" => Self::Id,
            b"itemprop" => Self::ItemProp,
            b"name" => Self::Name,
            b"open" => Self::Open,
            b"property" => Self::Property,
            b"rel" => Self::Rel,
            b"role" => Self::Role,
            b"rowspan" => Self::RowSpan,
            b"size" => Self::Size,
            b"src" => Self::Src,
            b"srcdoc" => Self::SrcDoc,
            b"style" => Self::Style,
            b"title" => Self::Title,
            b"width" => Self::Width,
            _ => return None,
        })
    }
}

/// Whether a script may keep a page in an attribute of this name: the value of a hidden field,
/// `data-content`, a property of a component.
pub(super) fn may_hold_page(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        [b':', ..] | [b'd' | b'D', b'a' | b'A', b't' | b'T', b'a' | b'A', b'-', ..]
    ) || name.eq_ignore_ascii_case("value")
        || name.eq_ignore_ascii_case("content")
}

/// The attributes in a tag, one by one: each name, and its value as a range of the source.
///
/// When all are through, [`end`](Self::end) says where the tag ends.
pub(super) struct Attributes<'s> {
    source: &'s str,
    position: usize,
    self_closing: bool,
}

impl<'s> Attributes<'s> {
    /// Begins behind a tag's name.
    pub(super) fn new(source: &'s str, position: usize) -> Self {
        Self {
            source,
            position,
            self_closing: false,
        }
    }

    /// Whether the tag closes itself, once all attributes are through.
    pub(super) fn self_closing(&self) -> bool {
        self.self_closing
    }

    /// The position behind the tag's `>`, once all attributes are through; `None` where the source
    /// ends before the tag does.
    pub(super) fn end(&self) -> Option<usize> {
        (self.peek() == Some(b'>')).then_some(self.position + 1)
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.position).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.position += 1;
        }
    }

    /// Takes bytes from here or behind up to one of which something holds.
    fn until(&mut self, from: usize, stops: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.position;
        let rest = self.source.as_bytes().get(from..).unwrap_or_default();
        let length = rest.iter().position(|byte| stops(*byte));
        self.position = from + length.unwrap_or(rest.len());
        start..self.position
    }

    fn value(&mut self) -> Option<Range<usize>> {
        self.skip_space();
        match self.peek()? {
            b'>' => Some(self.position..self.position),
            quote @ (b'"' | b'\'') => {
                self.position += 1;
                let start = self.position;
                let rest = self.source.as_bytes().get(start..).unwrap_or_default();
                let Some(length) = memchr::memchr(quote, rest) else {
                    self.position = self.source.len();
                    return None;
                };
                self.position = start + length + 1;
                Some(start..start + length)
            }
            _ => Some(self.until(self.position, |byte| is_space(byte) || byte == b'>')),
        }
    }
}

impl<'s> Iterator for Attributes<'s> {
    type Item = (&'s str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_space();
            match self.peek()? {
                b'>' => return None,
                b'/' => {
                    self.position += 1;
                    self.self_closing = self.peek() == Some(b'>');
                }
                _ => break,
            }
        }
        // Whatever a name begins with is part of it, even `=`.
        let ends = |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'=');
        let name = self.until(self.position + 1, ends);
        let name = self.source.get(name).unwrap_or_default();
        self.skip_space();
        let value = if self.peek() == Some(b'=') {
            self.position += 1;
            self.value()?
        } else {
            self.position..self.position
        };
        Some((name, value))
    }
}

/// White space inside a tag.
#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "ranges of ASCII")]
mod tests {
    use super::*;

    fn scanned(tag: &str) -> (Vec<(&str, &str)>, bool, Option<usize>) {
        let mut attributes = Attributes::new(tag, 2);
        let found = attributes
            .by_ref()
            .map(|(name, value)| (name, &tag[value]))
            .collect();
        (found, attributes.self_closing(), attributes.end())
    }

    #[test]
    fn tags_are_scanned_as_the_standard_says() {
        for (tag, found, self_closing, end) in [
            (
                "<p a='1>2' b = 3 c>",
                vec![("a", "1>2"), ("b", "3"), ("c", "")],
                false,
                Some(19),
            ),
            (
                "<p a=\"x\"b=y/>",
                vec![("a", "x"), ("b", "y/")],
                false,
                Some(13),
            ),
            ("<p a />", vec![("a", "")], true, Some(7)),
            ("<p / a>", vec![("a", "")], false, Some(7)),
            ("<p =a=b>", vec![("=a", "b")], false, Some(8)),
            ("<p a=>", vec![("a", "")], false, Some(6)),
            ("<p a='1", vec![], false, None),
            ("<p a", vec![("a", "")], false, None),
        ] {
            assert_eq!(scanned(tag), (found, self_closing, end), "{tag}");
        }
    }
}
