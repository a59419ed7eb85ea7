//! The links of a page, in one pass over its tags: no tree is built, so that no page can make it slow.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, GB18030, UTF_8};
use memchr::memmem;
use regex::Regex;
use url::Url;

use crate::address;

/// Bytes of a page that are looked through.
const LARGEST: usize = 8 << 20;
/// Links of a page.
const MOST: usize = 20_000;
/// Bytes of a tag; what is longer holds no address.
const LONGEST_TAG: usize = 16 << 10;
/// Bytes of a link's text.
const LONGEST_TEXT: usize = 300;
/// Pages that a script may count up to.
const MOST_PAGES: u32 = 1_000;

/// How a list calls its next page.
static NEXT_PAGE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/next_page.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});
/// The call by which a common publishing system (TRS WCM) numbers the pages of a list: how many, which one, `index`, `html`.
static PAGE_SCRIPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let call = r#"createPage(?:HTML)?\w*\s*\(\s*([0-9]+)\s*,\s*[0-9]+\s*,\s*["']([\w-]+)["']\s*,\s*["'](\w+)["']"#;
    Regex::new(call).ok()
});

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) url: Url,
    /// Whether it leads on to a further page of the same list.
    pub(crate) is_page: bool,
}

/// The links of a page, in order, each address once. `base` is the page's own address, `content_type` what its
/// server said.
pub(crate) fn links(page: &[u8], base: &Url, content_type: &str) -> Vec<Link> {
    let page = page.get(..LARGEST).unwrap_or(page);
    let encoding = encoding(page, content_type);
    let text = encoding.decode(page).0;
    let mut found = Found {
        own: base,
        base: base.clone(),
        encoding,
        links: Vec::new(),
        seen: BTreeMap::new(),
    };
    let mut rest = text.as_ref();
    while let Some((_, tag)) = rest.split_once('<') {
        if found.links.len() >= MOST {
            break;
        }
        rest = match tag.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => found.tag(tag),
        };
    }
    found.script(&text);
    found.links
}

/// The charset of a page, as far as its addresses need it.
fn encoding(page: &[u8], content_type: &str) -> &'static Encoding {
    let label = |text: &str| {
        let (_, label) = text.split_once("charset")?;
        let label = label
            .trim_start()
            .strip_prefix('=')?
            .trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        Encoding::for_label(label.get(..end.unwrap_or(label.len()))?.as_bytes())
    };
    if let Some(encoding) = label(&content_type.to_ascii_lowercase()) {
        return encoding;
    }
    let head = String::from_utf8_lossy(page.get(..1_024).unwrap_or(page)).to_ascii_lowercase();
    match label(&head) {
        Some(encoding) => encoding,
        None if std::str::from_utf8(page).is_ok() => UTF_8,
        None => GB18030,
    }
}

struct Found<'a> {
    own: &'a Url,
    base: Url,
    encoding: &'static Encoding,
    links: Vec<Link>,
    /// Each address with its place in `links`.
    seen: BTreeMap<String, usize>,
}

impl Found<'_> {
    /// Takes what a tag links to; what comes behind the tag. `tag` begins with the tag's name.
    fn tag<'t>(&mut self, tag: &'t str) -> &'t str {
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, after_name) = tag.split_at(end.unwrap_or(tag.len()));
        let name = name.to_ascii_lowercase();
        if !matches!(
            name.as_str(),
            "a" | "area" | "link" | "base" | "frame" | "iframe" | "script" | "style"
        ) {
            return after_name;
        }
        let (window, beyond) = after_name.split_at(after_name.floor_char_boundary(LONGEST_TAG));
        let Some(attributes) = Attributes::of(window) else {
            // No byte is looked at twice for a tag that does not end.
            return beyond;
        };
        let after = after_name.get(attributes.length..).unwrap_or_default();
        match name.as_str() {
            // What stands in them is no markup.
            "script" | "style" => {
                return close(after, &name).map_or("", |(_, after)| after);
            }
            "base" => {
                if let Some(base) = attributes
                    .get("href")
                    .and_then(|href| self.own.join(href.trim()).ok())
                {
                    self.base = base;
                }
            }
            "frame" | "iframe" => self.put(attributes.get("src"), false),
            "link" if attributes.rel("next") => self.put(attributes.get("href"), true),
            "a" | "area" => {
                let text = plain(close(after, "a").map_or("", |(text, _)| text));
                let is_next = attributes.rel("next") || NEXT_PAGE.contains(&text.as_str());
                let is_number = !text.is_empty()
                    && text.len() <= 4
                    && text.bytes().all(|byte| byte.is_ascii_digit());
                let href = attributes.get("href");
                let is_page = is_next || is_number && self.is_sibling(href);
                self.put(href, is_page);
            }
            _ => {}
        }
        after
    }

    fn resolve(&self, address: Option<&str>) -> Option<Url> {
        let address = unescaped(address?.trim());
        let encoding = self.encoding;
        let encode: &dyn Fn(&str) -> Cow<'_, [u8]> = &|text| encoding.encode(text).0;
        let options = Url::options().base_url(Some(&self.base));
        let url = if encoding == UTF_8 {
            options.parse(&address)
        } else {
            options.encoding_override(Some(encode)).parse(&address)
        };
        address::of_url(url.ok()?).ok()
    }

    fn put(&mut self, address: Option<&str>, is_page: bool) {
        let Some(url) = self.resolve(address).filter(|url| url != self.own) else {
            return;
        };
        if let Some(known) = self.seen.get(url.as_str()) {
            if let Some(link) = self.links.get_mut(*known).filter(|_| is_page) {
                link.is_page = true;
            }
            return;
        }
        self.seen.insert(url.as_str().to_owned(), self.links.len());
        self.links.push(Link { url, is_page });
    }

    /// Whether an address differs from the page's own in a number alone: `index.html` and `index_2.html`, `?page=1`
    /// and `?page=2`.
    fn is_sibling(&self, address: Option<&str>) -> bool {
        let bare = |url: &Url| {
            let text = url
                .as_str()
                .bytes()
                .filter(|byte| !byte.is_ascii_digit() && !b"_-".contains(byte));
            text.collect::<Vec<u8>>()
        };
        let Some(url) = self.resolve(address) else {
            return false;
        };
        let query = |url: &Url| {
            let pairs = url
                .query_pairs()
                .filter(|(_, value)| value.parse::<u32>().is_err());
            pairs
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
        };
        let same_path = url.path() == self.own.path() && query(&url) == query(self.own);
        bare(&url) == bare(self.own) || same_path
    }

    /// The pages that a script counts.
    fn script(&mut self, text: &str) {
        let Some(call) = PAGE_SCRIPT
            .as_ref()
            .and_then(|script| script.captures(text))
        else {
            return;
        };
        let group = |index| call.get(index).map_or("", |group| group.as_str());
        let count = group(1).parse().unwrap_or(0).min(MOST_PAGES);
        for number in 1..count {
            let address = format!("{}_{number}.{}", group(2), group(3));
            self.put(Some(&address), true);
        }
    }
}

/// What stands before the closing tag of an element, and behind it.
fn close<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    // What an element of a link says is short; a script's end is looked for as far as it takes.
    let bytes = text.as_bytes();
    let farthest = if name == "a" {
        bytes.len().min(LONGEST_TEXT)
    } else {
        bytes.len()
    };
    let mut at = 0;
    while let Some(found) = memmem::find(bytes.get(at..farthest)?, b"</") {
        let start = at + found;
        let tag = bytes.get(start + 2..start + 2 + name.len());
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
            return Some((text.get(..start)?, text.get(start..)?.get(1..)?));
        }
        at = start + 2;
    }
    None
}

/// The text without tags, white space and difference of case.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut in_tag = false;
    for character in unescaped(text).chars() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag || character.is_whitespace() => {}
            _ => plain.extend(character.to_lowercase()),
        }
    }
    plain
}

/// The references that addresses hold, replaced.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let named = [
        ("&amp;", "&"),
        ("&#38;", "&"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&gt;", ">"),
        ("&lt;", "<"),
        ("&raquo;", "»"),
    ];
    let mut text = text.to_owned();
    for (name, character) in named {
        text = text.replace(name, character);
    }
    text
}

/// Names and values of a tag.
struct Attributes<'t> {
    pairs: Vec<(&'t str, &'t str)>,
    /// Bytes of the tag.
    length: usize,
}

impl<'t> Attributes<'t> {
    /// `None` for a tag that does not end.
    fn of(text: &'t str) -> Option<Self> {
        let mut pairs = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                let length = text.len() - after.len();
                return Some(Self { pairs, length });
            }
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c));
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            let spaced = after.trim_start();
            let Some(value) = spaced.strip_prefix('=') else {
                pairs.push((name, ""));
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let quoted = ['"', '\'']
                .into_iter()
                .find(|quote| value.starts_with(*quote));
            let (value, after) = match quoted {
                Some(quote) => value.get(1..)?.split_once(quote)?,
                None => {
                    let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>');
                    value.split_at(end.unwrap_or(value.len()))
                }
            };
            pairs.push((name, value));
            rest = after;
        }
    }

    fn get(&self, name: &str) -> Option<&'t str> {
        let mut pairs = self.pairs.iter();
        let pair = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name));
        pair.map(|(_, value)| *value)
    }

    fn rel(&self, word: &str) -> bool {
        let rel = self.get("rel").unwrap_or_default();
        rel.split_ascii_whitespace()
            .any(|part| part.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn found(page: &[u8], content_type: &str) -> Vec<(String, bool)> {
        let base = Url::parse("http://a.example/xxgk/index.html").unwrap();
        let links = links(page, &base, content_type).into_iter();
        links
            .map(|link| (link.url.to_string(), link.is_page))
            .collect()
    }

    fn urls(page: &str) -> Vec<(String, bool)> {
        found(page.as_bytes(), "text/html; charset=utf-8")
    }

    #[test]
    fn links_are_found_however_they_are_written() {
        let page = "<A class=x HREF='a.html'>1</A><a href=/b/>b</a><!-- <a href=no> --><a\nhref = \"c?x=1&amp;y=2#z\" >c</a>\
            <script>document.write('<a href=\"no\">')</script><a name=x><a href='mailto:x@y'><a href=a.html>again</a>\
            <iframe src=//b.example/f></iframe><a href='javascript:void(0)'>x</a><a href=\"d";
        let expected = [
            "http://a.example/xxgk/a.html",
            "http://a.example/b/",
            "http://a.example/xxgk/c?x=1&y=2",
            "http://b.example/f",
        ];
        assert_eq!(urls(page), expected.map(|url| (url.to_owned(), false)));
        let based = "<base href='http://c.example/d/'><a href=e>e</a>";
        assert_eq!(urls(based), [("http://c.example/d/e".to_owned(), false)]);
    }

    #[test]
    fn pages_of_a_list_are_told_from_other_links() {
        let page = "<a href=index_1.html>2</a><a href=t2024_5.html>2024</a><a href='?page=3'>3</a><a href=x.html> 下 一页 &gt;</a>\
            <a rel=next href=y.html>more</a><a href=z.html>年报</a>";
        let pages: Vec<bool> = urls(page).into_iter().map(|(_, is_page)| is_page).collect();
        assert_eq!(pages, [true, false, true, true, true, false]);
        let script = "<script>createPageHTML(3, 0, \"index\", \"html\");</script>";
        let expected = [
            "http://a.example/xxgk/index_1.html",
            "http://a.example/xxgk/index_2.html",
        ];
        assert_eq!(urls(script), expected.map(|url| (url.to_owned(), true)));
    }

    #[test]
    fn addresses_are_escaped_in_the_charset_of_their_page() {
        let page = b"<a href='/s?q=\xC4\xEA&r=1'>\xCF\xC2\xD2\xBB\xD2\xB3</a>";
        let expected = [("http://a.example/s?q=%C4%EA&r=1".to_owned(), true)];
        assert_eq!(found(page, "text/html;charset=GBK"), expected);
        assert_eq!(found(page, "text/html"), expected);
    }

    #[test]
    fn no_page_is_slow() {
        let attributes: String = (0..100_000).map(|number| format!("a{number} ")).collect();
        let pages = [
            "<a ".repeat(250_000),
            "<a href=x>".repeat(125_000),
            format!("<a {attributes}>"),
            "<a href=\"".repeat(125_000),
            "<script>".repeat(125_000),
            "<!--".repeat(250_000),
            "</".repeat(500_000),
            (0..75_000)
                .map(|number| format!("<a href={number}>"))
                .collect(),
        ];
        // What is looked at again and again takes minutes; the bound leaves room for a machine that does other things.
        for page in pages {
            let begun = Instant::now();
            urls(&page);
            let name = page.get(..20).unwrap();
            assert!(
                begun.elapsed().as_secs() < 15,
                "{name}: {:?}",
                begun.elapsed()
            );
        }
    }
}
