//! Reading PDF.
//!
//! Before anything is read, [`streams`], [`claims`] and [`operators`] bound what it can come to.
//! The way of a page: [`device`] takes what it paints, [`glyph`] merges what is said twice,
//! [`rules`], [`grid`] and [`part_ruled`] find the ruled tables, [`table`] fills them (and [`overhang`]), [`notes`] takes footnotes out, [`lines`] makes lines of
//! the rest; [`structure`] tells what a tagged file says of them. The way of the document: [`furniture`] takes out headers and page numbers,
//! [`order`] and [`columns`] put columns in order, [`aligned`] finds tables without rules, [`paragraphs`] joins lines and [`continuation`] tables,
//! also over page breaks. Where the engine fails, [`second_reader`] gives text without places.

mod across_pages;
mod aligned;
mod attachments;
mod claims;
mod columns;
mod continuation;
mod cross_check;
mod device;
mod downwards;
mod drawing;
mod frame_parts;
mod furniture;
mod glyph;
mod grid;
mod lines;
mod notes;
mod operators;
mod order;
mod overhang;
mod page;
mod paragraphs;
mod part_ruled;
mod quiet;
mod repeated_header;
mod rules;
mod scans;
mod script;
mod seam;
mod second_reader;
mod streams;
mod structure;
mod table;
mod unicode;
mod write;

use std::sync::Arc;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use model::{Document, Hint, HintKind, Warning};

use crate::{Limits, ReadError, ReadErrorCode};

use attachments::Contained;
pub use drawing::PageDrawing;
use page::Page;
use streams::Bounded;
use structure::Structure;
use unicode::CollectionMaps;

/// What the first reader makes of a file.
struct Read {
    pages: Vec<Page>,
    /// Pages that the file has, read or not.
    count: usize,
    title: Option<String>,
    contained: Contained,
    /// What its streams cost it.
    warnings: Vec<Warning>,
}

/// Why the first reader gave nothing.
enum Failure {
    Encrypted(&'static str),
    TooLarge(String),
    Malformed,
    Panic,
}

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let bounded = streams::bound(bytes, limits);
    let error = |code, message: &str| Err(ReadError::new(code, message));
    let failure = match quiet::catch(|| engine(&bounded, limits)).unwrap_or(Err(Failure::Panic)) {
        Ok(read) if read.pages.iter().any(Page::has_text) => {
            return Ok(write::document(read, limits));
        }
        Ok(read) => {
            // No visible text: the second reader may know the fonts better; if not, it is a scan. It is not asked
            // where something was bounded: it knows no bounds.
            let ask = !bounded.is_cut()
                && read
                    .pages
                    .iter()
                    .all(|page| page.hidden.is_empty() && page.cut.is_none());
            let second = ask.then(|| second_reader::pages(&bounded.bytes)).flatten();
            return Ok(match second {
                Some(pages) => write::second(&pages, Some(&read), limits),
                None => write::document(read, limits),
            });
        }
        Err(failure) => failure,
    };
    match failure {
        Failure::Encrypted(message) => return error(ReadErrorCode::Encrypted, message),
        Failure::TooLarge(message) => return error(ReadErrorCode::TooLarge, &message),
        Failure::Malformed | Failure::Panic => {}
    }
    if bounded.is_cut() {
        let said = bounded.warnings(limits);
        let said: Vec<&str> = said
            .iter()
            .map(|warning| warning.message.as_str())
            .collect();
        return error(ReadErrorCode::TooLarge, &said.join("; "));
    }
    if let Some(pages) = second_reader::pages(&bounded.bytes) {
        return Ok(write::second(&pages, None, limits));
    }
    match failure {
        Failure::Panic => error(
            ReadErrorCode::Panic,
            "the PDF reader stopped on this file; save it anew with another program",
        ),
        _ => error(
            ReadErrorCode::Malformed,
            "the PDF is damaged or cut off: no page can be read; fetch it again",
        ),
    }
}

/// The pages as the first reader sees them, drawn; none where it fails.
pub(crate) fn draw(bytes: &[u8], limits: &Limits) -> Vec<PageDrawing> {
    let bounded = streams::bound(bytes, limits);
    let read = quiet::catch(|| engine(&bounded, limits).ok()).flatten();
    read.map_or_else(Vec::new, |read| drawing::draw(read.pages))
}

/// A warning where the second reader finds other characters than stand in the document.
pub(crate) fn cross_check(bytes: &[u8], document: &Document) -> Option<Warning> {
    cross_check::compare(bytes, document)
}

/// The first reader: every page with its characters and strokes.
fn engine(bounded: &Bounded, limits: &Limits) -> Result<Read, Failure> {
    let pdf = Pdf::new(Arc::clone(&bounded.bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Failure::Encrypted("the PDF needs a password; give a copy without one")
        }
        LoadPdfError::Decryption(_) => Failure::Encrypted(
            "the PDF is encrypted in a way that is not read; give a copy that is not",
        ),
        LoadPdfError::Invalid => Failure::Malformed,
    })?;
    streams::look(&pdf, bounded, limits).map_err(Failure::TooLarge)?;
    let count = pdf.pages().len();
    let cache = InterpreterCache::new();
    let mut maps = CollectionMaps::new(&pdf);
    let mut structure = Structure::of(&pdf);
    let mut pending = Vec::new();
    let mut pages: Vec<Page> = pdf
        .pages()
        .iter()
        .take(limits.pages)
        .zip(1..)
        .map(|(page, number)| {
            page::read(
                page,
                number,
                &cache,
                &mut maps,
                &mut structure,
                &mut pending,
                limits,
            )
        })
        .collect();
    structure::doubt(&mut pages);
    let title = pdf.metadata().title.as_deref().map(info_text);
    Ok(Read {
        pages,
        count,
        title,
        contained: attachments::contained(&pdf),
        warnings: bounded.warnings(limits),
    })
}

/// A text string of the information dictionary: UTF-16 or UTF-8 with a mark, else what Chinese
/// producers write there: UTF-8 or GBK without one.
fn info_text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
        },
    };
    text.chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The title hint, where the file names one that says something.
fn title_hint(title: Option<&str>) -> Option<Hint> {
    title.filter(|title| !title.is_empty()).map(|title| Hint {
        kind: HintKind::Title,
        text: title.to_owned(),
        place: None,
    })
}

fn warning(code: &'static str, message: String) -> Warning {
    Warning {
        code,
        message,
        place: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_the_encodings_in_use() {
        assert_eq!(info_text(&[0xFE, 0xFF, 0x5E, 0x74]), "年");
        assert_eq!(info_text("年报".as_bytes()), "年报");
        assert_eq!(info_text(&[0xC4, 0xEA, 0xB1, 0xA8]), "年报");
    }

    #[test]
    fn bytes_that_are_no_pdf_are_an_error() {
        let error = read(b"%PDF-1.7\nnothing", &Limits::default()).unwrap_err();
        assert_eq!(error.code, ReadErrorCode::Malformed);
    }
}
