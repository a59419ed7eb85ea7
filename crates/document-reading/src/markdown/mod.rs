//! Reading Markdown, as converters of pages write it: trafilatura, html2text, markdownify, pandoc.
//!
//! The steps: whether a text is Markdown at all ([`evidence`]), what its head says of it
//! ([`front_matter`]), its lines taken for blocks ([`blocks`]), tables ([`tables`]), and in each
//! paragraph the marks ([`inline`]); at last its lines are judged as those of a page. As with HTML, marks are no text: they become style, and every block
//! keeps the lines of the source it stands on.
//!
//! Own code, because such texts break the rules that libraries keep: `**主动公开。**全年` is not bold by the
//! CommonMark rules (a mark between punctuation and a letter does not close), tables lack the row of
//! dashes, one row to a line is not one paragraph to a line.

mod blocks;
mod evidence;
mod front_matter;
mod inline;
mod tables;

pub(crate) use evidence::{named, signs};

use model::{Document, MediaType};

use crate::{Limits, Provenance};

/// Reads a text that is Markdown.
pub(crate) fn read(text: &str, provenance: &Provenance<'_>, limits: &Limits) -> Document {
    let mut document = Document::new(MediaType::Markdown);
    let lines: Vec<&str> = crate::text::lines(text).collect();
    let (hints, start) = front_matter::read(&lines);
    document.hints = hints;
    document.hints.extend(crate::html::uri_hint(provenance));
    blocks::read(&lines, start, limits, &mut document);
    crate::html::judge(&mut document.blocks, &mut document.hints);
    document
}
