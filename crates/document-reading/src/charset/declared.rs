//! What the server, the page or an XML declaration says of the charset.

use std::sync::LazyLock;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;

/// Bytes at the start in which a label is looked for. Browsers look at 1,024; pages of old
/// content systems put scripts before it.
const WINDOW: usize = 8_192;

/// Labels that pages use and the WHATWG Encoding Standard does not know.
const ALIASES: &[(&str, &str)] = &[
    ("cp936", "gbk"),
    ("936", "gbk"),
    ("ms936", "gbk"),
    ("windows-936", "gbk"),
    ("gb18030-2005", "gb18030"),
    ("gb18030-2022", "gb18030"),
    ("gb_18030", "gb18030"),
    ("gb-2312", "gbk"),
    ("utf_8", "utf-8"),
    ("cp950", "big5"),
];

/// A label.
pub(super) struct Label {
    /// As written.
    pub(super) label: String,
    /// What it means; `None` where nobody knows.
    pub(super) encoding: Option<&'static Encoding>,
}

static META: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)<!--(?s-u:.)*?-->|<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)|<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)"#).ok()
});

/// The first label that is said: the server's, then the page's.
pub(super) fn find(bytes: &[u8], content_type: Option<&str>) -> Option<Label> {
    content_type
        .and_then(parameter)
        .or_else(|| {
            let head = bytes.get(..WINDOW).unwrap_or(bytes);
            META.as_ref()?.captures_iter(head).find_map(|captures| {
                let label = captures.get(1).or_else(|| captures.get(2))?;
                Some(String::from_utf8_lossy(label.as_bytes()).into_owned())
            })
        })
        .map(|label| Label {
            encoding: meaning(&label),
            label,
        })
}

/// The charset parameter of a content type.
fn parameter(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']).to_owned())
            .filter(|value| !value.is_empty())
    })
}

/// What a label means. GB2312 and GBK mean GB18030, of which they are parts; a page that could
/// be read to find the label is not UTF-16, whatever it says.
fn meaning(label: &str) -> Option<&'static Encoding> {
    let lower = label.trim().to_ascii_lowercase();
    let name = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lower)
        .map_or(lower.as_str(), |(_, name)| name);
    let encoding = Encoding::for_label(name.as_bytes())?;
    Some(if encoding == GBK {
        GB18030
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_where_pages_put_them() {
        for (bytes, label, name) in [
            (&br#"<meta charset="gb2312">"#[..], "gb2312", "gb18030"),
            (
                br#"<META http-equiv=Content-Type content="text/html; charset=x-gbk" />"#,
                "x-gbk",
                "gb18030",
            ),
            (br#"<?xml version="1.0" encoding="Big5"?>"#, "Big5", "Big5"),
            (br#"<!-- <meta charset=gbk> --><meta charset=utf8>"#, "utf8", "UTF-8"),
            (b"<meta charset=cp936>", "cp936", "gb18030"),
        ] {
            let found = find(bytes, None).unwrap();
            assert_eq!(found.label, label);
            assert_eq!(found.encoding.unwrap().name(), name);
        }
        assert!(find(b"<p>charset=gbk</p>", None).is_none());
        assert!(find(b"<meta charset=klingon>", None).unwrap().encoding.is_none());
    }
}
