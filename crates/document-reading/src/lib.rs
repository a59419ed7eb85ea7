//! Bytes to [`Document`].
//!
//! What goes in: the bytes of one file and what is known of where it came from. What comes out:
//! blocks in reading order, each with its place, tables as markup, what the file says of itself.
//! The only crate that knows a file format. What it may not know: headings, indicators, files, network.

mod character_set;
mod characters;
mod charset;
mod error;
mod html;
mod markdown;
mod pages;
mod pdf;
mod site;
mod sniff;
mod text;

pub use error::{ReadError, ReadErrorCode};
pub use pages::set_repetitions_apart;
pub use pdf::PageDrawing;
pub use site::{Reads, edge_lines, set_apart};

use model::Document;

/// What is known of a file apart from its bytes.
#[derive(Debug, Clone, Default)]
pub struct Provenance<'a> {
    /// Name or path, for its ending only.
    pub name: Option<&'a str>,
    /// Address it was fetched from.
    pub uri: Option<&'a str>,
    /// `Content-Type` that the server sent.
    pub content_type: Option<&'a str>,
}

/// Bounds of reading; what is past them is an error or a warning that names the bound.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one document.
    pub bytes: usize,
    /// Nesting of HTML elements.
    pub nesting: usize,
    /// Attributes of one HTML tag.
    pub attributes: usize,
    /// Cells of one table after spans.
    pub table_cells: usize,
    /// Cells of a page's tables that are not in its source: what spans and short rows leave to be filled.
    pub filled_cells: usize,
    /// Bytes of merged cells' texts, counted again for every further position that they cover.
    pub filled_bytes: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// Glyphs of one PDF page.
    pub glyphs: usize,
    /// Operators of one PDF page, those of the forms it paints counted each time.
    pub operators: usize,
    /// Forms in forms of a PDF page; the engine goes down to 50 whatever stands here.
    pub form_depth: usize,
    /// Bytes that one stream of a PDF unpacks to; pictures, which are never unpacked, do not count.
    pub stream_bytes: usize,
    /// Bytes that all streams of a PDF unpack to.
    pub unpacked_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            nesting: 512,
            attributes: 1_024,
            table_cells: 1_000_000,
            filled_cells: 200_000,
            filled_bytes: 16 << 20,
            pages: 20_000,
            glyphs: 2_000_000,
            operators: 5_000_000,
            form_depth: 50,
            stream_bytes: 256 << 20,
            unpacked_bytes: 512 << 20,
        }
    }
}

/// Bytes of a text or page up to which the memory that it takes is no danger: at worst (tables in tables,
/// each cell with its long path) about a thousand times as many.
const SMALL: usize = 512 << 10;

/// Whether [`read`] would give these bytes to a library whose time, memory and stack it cannot
/// bound: any format with a container of its own. A text or page is linear in time and memory, but one that
/// is much larger than any report can still take more memory than there is.
pub fn needs_isolation(bytes: &[u8], limits: &Limits) -> bool {
    match sniff::container(bytes, limits) {
        Ok(container) => container.is_some() || bytes.len() > SMALL,
        // It is not read at all.
        Err(_) => false,
    }
}

/// Reads a document.
///
/// # Errors
/// [`ReadError`] names what is wrong and what to do: empty, too large, no text, encrypted, damaged, a format that is not read.
pub fn read(
    bytes: &[u8],
    provenance: &Provenance<'_>,
    limits: &Limits,
) -> Result<Document, ReadError> {
    if sniff::container(bytes, limits)? == Some(sniff::Container::Pdf) {
        return pdf::read(bytes, limits);
    }
    let decoded = charset::decode(bytes, provenance);
    sniff::require_text(&decoded.text)?;
    let mut document = match sniff::markup(&decoded.text, provenance) {
        sniff::Markup::Html => html::read(&decoded.text, provenance, limits),
        sniff::Markup::Markdown => markdown::read(&decoded.text, provenance, limits),
        sniff::Markup::Plain => text::read(&decoded.text, provenance),
    };
    characters::warn(&mut document, &decoded.charset);
    document.charset = Some(decoded.charset);
    Ok(document)
}

/// Draws the pages of a PDF as they are read, for people: words, lines, rules and the grids found.
/// Empty for other formats and for files that cannot be read.
pub fn draw(bytes: &[u8], limits: &Limits) -> Vec<PageDrawing> {
    match sniff::container(bytes, limits) {
        Ok(Some(sniff::Container::Pdf)) => pdf::draw(bytes, limits),
        _ => Vec::new(),
    }
}

/// Compares the characters of a document that was read from a PDF with those that a second reader
/// finds in the same bytes; a disagreement is a warning of the document. Nothing else changes.
pub fn cross_check(bytes: &[u8], document: &mut Document) {
    if document.media_type == model::MediaType::Pdf {
        document.warnings.extend(pdf::cross_check(bytes, document));
    }
}
