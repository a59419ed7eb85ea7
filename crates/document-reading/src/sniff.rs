//! What kind of file it is: by its first bytes, then by its decoded text.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Limits, Provenance, ReadError, ReadErrorCode, markdown};

/// A format that has its own container and is not decoded as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Pdf,
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    Html,
    Markdown,
    Plain,
}

/// Bytes at the start in which a PDF header may stand (ISO 32000-1, annex H.3.4.1).
const PDF_HEADER_WINDOW: usize = 1_024;

/// Characters at the start of a text that are looked at for tags.
const TAG_WINDOW: usize = 65_536;

const SAVE_AS: &str = "save it as PDF or HTML and read that";
const IMAGE: &str = "run text recognition on it and read its output";
const ARCHIVE: &str = "unpack it and read the files in it";
const NO_DOCUMENT: &str = "it holds no report; leave it out";

/// First bytes, offset, name and remedy of the formats that are known and not read.
const SIGNATURES: &[(&[u8], usize, &str, &str)] = &[
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        0,
        "an OLE file (.doc, .xls, .wps)",
        SAVE_AS,
    ),
    (b"{\\rtf", 0, "a Rich Text file (.rtf)", SAVE_AS),
    (b"MIME-Version:", 0, "a web archive (.mht)", SAVE_AS),
    (b"%!PS", 0, "a PostScript file", SAVE_AS),
    (b"AT&TFORM", 0, "a DjVu file", SAVE_AS),
    (b"PK\x05\x06", 0, "an empty zip archive", NO_DOCUMENT),
    (b"Rar!\x1A\x07", 0, "a RAR archive", ARCHIVE),
    (b"7z\xBC\xAF\x27\x1C", 0, "a 7z archive", ARCHIVE),
    (b"\x1F\x8B\x08", 0, "a gzip file", ARCHIVE),
    (b"BZh91AY&SY", 0, "a bzip2 file", ARCHIVE),
    (b"\xFD7zXZ\x00", 0, "an xz file", ARCHIVE),
    (b"\x28\xB5\x2F\xFD", 0, "a zstd file", ARCHIVE),
    (b"ustar", 257, "a tar archive", ARCHIVE),
    (b"\x89PNG\r\n\x1A\n", 0, "a PNG image", IMAGE),
    (b"\xFF\xD8\xFF", 0, "a JPEG image", IMAGE),
    (b"GIF87a", 0, "a GIF image", IMAGE),
    (b"GIF89a", 0, "a GIF image", IMAGE),
    (b"II*\x00", 0, "a TIFF image", IMAGE),
    (b"MM\x00*", 0, "a TIFF image", IMAGE),
    (b"WEBPVP8", 8, "a WebP image", IMAGE),
    (b"\x00\x00\x01\x00", 0, "an icon", NO_DOCUMENT),
    (b"\x7FELF", 0, "a program", NO_DOCUMENT),
    (b"SQLite format 3\x00", 0, "an SQLite database", NO_DOCUMENT),
    (b"ID3", 0, "an audio file", NO_DOCUMENT),
    (b"ftyp", 4, "a video or audio file", NO_DOCUMENT),
    (b"FLV\x01", 0, "a video file", NO_DOCUMENT),
];

/// Names of entries that tell what a zip archive really is.
const ZIP_KINDS: &[(&[u8], &str, &str)] = &[
    (b"word/", "a Word file (.docx)", SAVE_AS),
    (b"xl/", "an Excel file (.xlsx)", SAVE_AS),
    (b"ppt/", "a PowerPoint file (.pptx)", SAVE_AS),
    (b"OFD.xml", "an OFD file", SAVE_AS),
    (b"opendocument", "an OpenDocument file", SAVE_AS),
];

/// Looks at size and first bytes.
///
/// # Errors
/// Empty, too large, or a format that is known and not read.
pub(crate) fn container(bytes: &[u8], limits: &Limits) -> Result<Option<Container>, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(empty());
    }
    if bytes.len() > limits.bytes {
        return Err(ReadError::new(
            ReadErrorCode::TooLarge,
            format!(
                "limit: document_bytes, {}: the file has {} bytes; raise the limit or split the file",
                limits.bytes,
                bytes.len()
            ),
        ));
    }
    if let Some((name, remedy)) = unread_format(bytes) {
        return Err(ReadError::new(
            ReadErrorCode::Unsupported,
            format!("the file is {name}, which is not read; {remedy}"),
        ));
    }
    let head = bytes.get(..PDF_HEADER_WINDOW).unwrap_or(bytes);
    Ok(contains(head, b"%PDF-").then_some(Container::Pdf))
}

fn empty() -> ReadError {
    ReadError::new(
        ReadErrorCode::Empty,
        "the file has no visible character; fetch it again",
    )
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

fn unread_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") {
        let head = bytes.get(..16_384).unwrap_or(bytes);
        let tail = bytes
            .get(bytes.len().saturating_sub(16_384)..)
            .unwrap_or(bytes);
        return ZIP_KINDS
            .iter()
            .find(|(entry, ..)| contains(head, entry) || contains(tail, entry))
            .map(|(_, name, remedy)| (*name, *remedy))
            .or(Some(("a zip archive", ARCHIVE)));
    }
    // Two letters alone could open a text: the reserved bytes of the header must agree.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(("a BMP image", IMAGE));
    }
    if bytes.starts_with(b"MZ") && bytes.iter().take(256).any(|byte| *byte == 0) {
        return Some(("a program", NO_DOCUMENT));
    }
    SIGNATURES
        .iter()
        .find(|(magic, offset, ..)| {
            bytes
                .get(*offset..)
                .is_some_and(|rest| rest.starts_with(magic))
        })
        .map(|(_, _, name, remedy)| (*name, *remedy))
}

/// Control characters that no text has: not tab, line ends and form feed.
fn is_binary(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\x0C' | '\u{85}')
}

/// Whether a text holds any character that binary files have: looked for in the bytes, as nearly all
/// texts hold none.
fn may_be_binary(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| (byte < b' ' && !(b'\t'..=b'\r').contains(&byte)) | (byte == 0x7F);
    // Block by block: a loop without a way out is done many bytes at a time.
    let controls = bytes.chunks(256).any(|block| {
        block
            .iter()
            .fold(false, |any, byte| any | is_control(*byte))
    });
    // Controls of two bytes begin with C2.
    let wide = || {
        memchr::memchr_iter(0xC2, bytes).any(|at| {
            bytes
                .get(at + 1)
                .is_some_and(|second| (0x80..0xA0).contains(second))
        })
    };
    controls || memchr::memmem::find(bytes, "\u{FFFD}".as_bytes()).is_some() || wide()
}

/// Requires that a decoded file reads as text.
///
/// Random bytes give, whatever the charset, many control characters (29 of 256 bytes are
/// controls) and many undecodable ones. Text that lost bytes has U+FFFD but no controls, and a
/// stray control is common in dumps: hence two bounds, 2 % controls or 30 % of both.
///
/// # Errors
/// Empty or no text.
pub(crate) fn require_text(text: &str) -> Result<(), ReadError> {
    if !may_be_binary(text) && text.chars().any(|character| !character.is_whitespace()) {
        return Ok(());
    }
    let (mut visible, mut controls, mut replaced) = (0_usize, 0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        visible += 1;
        controls += usize::from(is_binary(character));
        replaced += usize::from(character == char::REPLACEMENT_CHARACTER);
    }
    if visible == 0 {
        return Err(empty());
    }
    if controls * 50 > visible || (controls + replaced) * 10 > visible * 3 {
        return Err(ReadError::new(
            ReadErrorCode::NotText,
            format!(
                "the file is neither text nor a known format: of {visible} characters {controls} are controls and {replaced} undecodable; fetch it again"
            ),
        ));
    }
    Ok(())
}

static STRONG_TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:!doctype\s+html|html|head|body|meta)[\s>/]").ok());
static COMMON_TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)</?(?:table|tr|td|div|p|span|br|font|a|ul|li|h[1-6]|strong|b|center|title|pre|script|rss|item)(?:\s[^<>]*)?/?>")
        .ok()
});

/// Whether a text is to be read as HTML: a tag that only pages have, or common tags twice, or
/// once where the server or the name says so. Or as Markdown, by its own marks: it may have tags too.
pub(crate) fn markup(text: &str, provenance: &Provenance<'_>) -> Markup {
    let end = text.floor_char_boundary(TAG_WINDOW);
    let head = text.get(..end).unwrap_or(text);
    let matches = |regex: &LazyLock<Option<Regex>>, times: usize| {
        regex
            .as_ref()
            .is_some_and(|regex| regex.find_iter(head).take(times).count() >= times)
    };
    let said = provenance
        .content_type
        .is_some_and(|value| value.to_ascii_lowercase().contains("html"))
        || provenance.name.or(provenance.uri).is_some_and(|name| {
            let name = name.split(['?', '#']).next().unwrap_or(name);
            let ending = name.rsplit('.').next().unwrap_or_default();
            ["htm", "html", "xhtml", "shtml", "jsp", "asp", "aspx", "php"]
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        });
    if matches(&STRONG_TAG, 1) {
        return Markup::Html;
    }
    let tagged = matches(&COMMON_TAG, if said { 1 } else { 2 });
    if !said && markdown::signs(text).suffice(markdown::named(provenance), tagged) {
        Markup::Markdown
    } else if tagged {
        Markup::Html
    } else {
        Markup::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn code(bytes: &[u8]) -> Option<ReadErrorCode> {
        read(bytes, &Provenance::default(), &Limits::default())
            .err()
            .map(|error| error.code)
    }

    #[test]
    fn nothing_to_read_is_empty() {
        for bytes in [&b""[..], b" \r\n\t", "\u{FEFF}\u{3000}\n".as_bytes()] {
            assert_eq!(code(bytes), Some(ReadErrorCode::Empty));
        }
    }

    #[test]
    fn over_the_limit_names_the_limit() {
        let limits = Limits {
            bytes: 3,
            ..Limits::default()
        };
        let error = read(b"four", &Provenance::default(), &limits).unwrap_err();
        assert_eq!(error.code, ReadErrorCode::TooLarge);
        assert!(error.message.contains("document_bytes, 3"), "{error}");
    }

    #[test]
    fn known_formats_are_named_with_a_remedy() {
        for (bytes, name) in [
            (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"[..], "OLE"),
            (b"PK\x03\x04........word/document.xml", "docx"),
            (b"PK\x03\x04........a.txt", "zip"),
            (b"\x89PNG\r\n\x1A\n", "PNG"),
            (b"{\\rtf1", "rtf"),
        ] {
            let error = read(bytes, &Provenance::default(), &Limits::default()).unwrap_err();
            assert_eq!(error.code, ReadErrorCode::Unsupported);
            assert!(error.message.contains(name), "{error}");
        }
    }

    #[test]
    fn random_bytes_are_no_text() {
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        for length in [200, 2_000, 50_000] {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    (state >> 32) as u8
                })
                .collect();
            assert_eq!(code(&bytes), Some(ReadErrorCode::NotText), "{length}");
        }
    }

    #[test]
    fn tags_make_a_page() {
        let none = Provenance::default();
        let named = Provenance {
            name: Some("a/2013.shtml"),
            ..none.clone()
        };
        assert_eq!(markup("<html><p>一", &none), Markup::Html);
        assert_eq!(markup("一<br>二<br>三", &none), Markup::Html);
        assert_eq!(markup("受理 < 办结 > 上年", &named), Markup::Plain);
        assert_eq!(markup("一<p>二", &none), Markup::Plain);
        assert_eq!(markup("一<p>二", &named), Markup::Html);
    }
}
