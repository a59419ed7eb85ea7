//! Sitemaps (sitemaps.org): the addresses that a site says it has.

use std::io::Read;

use flate2::read::GzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use crate::address;

/// Bytes of a sitemap, unpacked.
const LARGEST: u64 = 50 << 20;
/// Addresses of a sitemap.
const MOST: usize = 50_000;

/// What a sitemap lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sitemap {
    /// Further sitemaps.
    pub(crate) sitemaps: Vec<Url>,
    /// Pages.
    pub(crate) pages: Vec<Url>,
}

/// Reads a sitemap: XML, packed or not, or a text with an address a line. Of one that breaks off, what is there.
pub(crate) fn read(bytes: &[u8]) -> Sitemap {
    let mut unpacked = Vec::new();
    let bytes = if bytes.starts_with(&[0x1F, 0x8B]) {
        // Of a packed one that breaks off, what is there.
        let _ = GzDecoder::new(bytes)
            .take(LARGEST)
            .read_to_end(&mut unpacked);
        unpacked.as_slice()
    } else {
        bytes
    };
    let is_xml =
        bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    if is_xml { xml(bytes) } else { text(bytes) }
}

fn text(bytes: &[u8]) -> Sitemap {
    let text = String::from_utf8_lossy(bytes);
    let pages = text
        .lines()
        .filter_map(|line| address::canonical(line).ok());
    Sitemap {
        pages: pages.take(MOST).collect(),
        ..Sitemap::default()
    }
}

fn xml(bytes: &[u8]) -> Sitemap {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let mut found = Sitemap::default();
    let (mut in_location, mut is_index, mut location) = (false, false, String::new());
    while found.pages.len() + found.sitemaps.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "loc" => (in_location, location) = (true, String::new()),
                "sitemap" => is_index = true,
                "url" => is_index = false,
                _ => {}
            },
            Ok(Event::Text(text)) if in_location => {
                location.push_str(&text);
            }
            Ok(Event::CData(text)) if in_location => {
                location.push_str(&text);
            }
            Ok(Event::GeneralRef(name)) if in_location => location.push_str(match name.as_ref() {
                "amp" => "&",
                "apos" => "'",
                "quot" => "\"",
                _ => "",
            }),
            Ok(Event::End(tag)) if in_location && tag.local_name().as_ref() == "loc" => {
                in_location = false;
                let list = if is_index {
                    &mut found.sitemaps
                } else {
                    &mut found.pages
                };
                list.extend(address::canonical(&location).ok());
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_of_every_shape_are_read() {
        let xml = "<?xml version='1.0'?><urlset xmlns='x'><url><loc> http://a.example/?x=1&amp;y=2 </loc></url>\
            <url><loc><![CDATA[http://a.example/b]]></loc><lastmod>2024</lastmod></url><url><loc>ftp://x/</loc></url>";
        let pages =
            ["http://a.example/?x=1&y=2", "http://a.example/b"].map(|url| Url::parse(url).unwrap());
        assert_eq!(read(xml.as_bytes()).pages, pages);
        let index =
            "<sitemapindex><sitemap><loc>http://a.example/s.xml</loc></sitemap></sitemapindex>";
        assert_eq!(
            read(index.as_bytes()).sitemaps,
            [Url::parse("http://a.example/s.xml").unwrap()]
        );
        assert_eq!(
            read(b"http://a.example/b\nnonsense\n").pages,
            [pages[1].clone()]
        );
        assert_eq!(
            read(b"<urlset><url><loc>http://a.example/b</loc><<<"),
            Sitemap {
                pages: vec![pages[1].clone()],
                ..Sitemap::default()
            }
        );
        assert_eq!(read(b"\x1F\x8Bbroken"), Sitemap::default());
    }
}
