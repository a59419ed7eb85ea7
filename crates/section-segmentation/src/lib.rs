//! Document to reports, each with its outline and its metadata.
//!
//! What goes in: a canonical [`Document`] with grids, and the codebook's lexicons. What comes out:
//! [`Report`]s whose spans partition the document's blocks: every visible character stands in
//! exactly one title, heading, item, paragraph, table or piece of furniture of exactly one report.
//! What it may not know: file formats, what tables mean.
//!
//! Steps: lines (`line`), cuts between publications (`cut`), for each piece its title (`title`),
//! what belongs to the site (`furniture`), its outline by a search for the best consistent whole
//! (`outline`), its sections (`sections`), who and when (`metadata`), what it is (`kind`).

mod continuation;
mod cut;
mod formulas;
mod furniture;
mod kind;
mod line;
mod metadata;
mod outline;
mod sections;
mod title;
mod wording;

pub use continuation::{Continuation, Ends, ends};
pub use wording::Wordings;

use codebook::Codebook;
use model::{Agency, Document, Report, ReportKind, Span};

use line::Line;
use metadata::Sources;
use outline::enumerator::{Style, enumerator};

/// Cuts a document into reports and each report into sections. A document with any block gives at
/// least one report, of kind other where it holds none.
pub fn segment(document: &Document, codebook: &Codebook) -> Vec<Report> {
    let lines = line::lines(document);
    let cuts = cut::cuts(&lines, &codebook.sections);
    let ends = cuts
        .iter()
        .skip(1)
        .copied()
        .chain(std::iter::once(lines.len()));
    let pieces: Vec<(usize, usize)> = cuts.iter().copied().zip(ends).collect();
    let alone = pieces.len() == 1;
    let mut reports: Vec<Report> = Vec::new();
    // Lines of pieces that are no reports are taken together: they are one leftover.
    let mut rest: Option<(usize, usize)> = None;
    for (start, end) in pieces {
        let Some(piece) = lines.get(start..end) else {
            continue;
        };
        let report = report(document, codebook, piece, alone);
        if report.kind == ReportKind::Other {
            let joined = rest.map_or(start, |(first, _)| first);
            if rest.is_some() {
                reports.pop();
            }
            rest = Some((joined, end));
            reports.push(match lines.get(joined..end) {
                Some(whole) if joined < start => leftover(document, codebook, whole, alone),
                _ => report,
            });
        } else {
            rest = None;
            reports.push(report);
        }
    }
    reports.retain(|report| {
        !report.sections.is_empty() || !report.furniture.is_empty() || report.title.is_some()
    });
    reports
}

/// Several pieces that are no reports, as one.
fn leftover(document: &Document, codebook: &Codebook, lines: &[Line<'_>], alone: bool) -> Report {
    let mut whole = report(document, codebook, lines, alone);
    whole.kind = ReportKind::Other;
    whole
}

/// One piece of a document as a report.
fn report(document: &Document, codebook: &Codebook, piece: &[Line<'_>], alone: bool) -> Report {
    let head = head_length(piece, codebook);
    let head_lines = piece.get(..head).unwrap_or_default();
    let found = title::find(head_lines);
    let (title_lines, title) = match found {
        Some((of, text)) => (of.clone(), Some(title::title(piece, &of, &text))),
        None if alone => (
            Vec::new(),
            title::hinted(document).map(|text| title::title(piece, &[], &text)),
        ),
        None => (Vec::new(), None),
    };
    let title_text = title.as_ref().map(|title| title.text.as_str());
    let aside = set_aside(piece, head, &title_lines, title_text);
    let body: Vec<Line<'_>> = piece
        .iter()
        .enumerate()
        .filter(|(index, line)| {
            line.in_body
                && !title_lines.contains(index)
                && !aside.get(*index).copied().unwrap_or_default()
        })
        .map(|(_, line)| *line)
        .filter(|line| line.is_table || !line.text.trim().is_empty())
        .collect();
    let furniture = piece
        .iter()
        .enumerate()
        .filter(|(index, line)| {
            !title_lines.contains(index)
                && (!line.in_body || aside.get(*index).copied().unwrap_or_default())
                && (line.is_table || !line.text.is_empty())
        })
        .map(|(_, line)| Span {
            block: line.block,
            start: 0,
            end: line.text.len(),
        })
        .collect();
    let nodes = outline::outline(&body, codebook);
    let sections = sections::sections(&body, &nodes, &codebook.sections);
    let only_attached = alone && !document.attachments.is_empty();
    let kind = if title.is_none() && title::names_another_document(document, head_lines, alone) {
        ReportKind::Other
    } else {
        kind::kind(title_text, &body, &sections, only_attached)
    };
    let mut sources = Sources {
        document,
        codebook,
        lines: piece,
        after_title: title_lines.last().map_or(0, |last| last + 1),
        title: title_text,
        alone,
        year: None,
    };
    let is_report = kind != ReportKind::Other;
    let period = metadata::period(&sources).filter(|_| is_report);
    sources.year = period.as_ref().map(|period| period.year);
    let published = metadata::published(&sources).filter(|_| is_report || alone);
    let document_number = metadata::document_number(&sources, head).filter(|_| is_report);
    let agency = if is_report {
        metadata::agency(&sources)
    } else {
        Agency::default()
    };
    Report {
        kind,
        complete: kind::complete(&body),
        title,
        agency,
        period,
        published,
        document_number,
        sections,
        furniture,
        warnings: Vec::new(),
    }
}

/// Lines of a piece's head: up to its first heading or whole sentence, or the first table behind a
/// title. (A table before the title holds the page's metadata.)
fn head_length(piece: &[Line<'_>], codebook: &Codebook) -> usize {
    const LONGEST_HEAD: usize = 60;
    let mut titled = false;
    let mut end = 0;
    // Lines of the site and hidden ones do not count: a menu can be of any length.
    for (index, line) in piece
        .iter()
        .enumerate()
        .filter(|(_, line)| line.in_body)
        .take(LONGEST_HEAD)
    {
        end = index + 1;
        titled |= title::is_title(line);
        let begins = line.text.contains('。')
            || codebook.sections.knows(line.text)
            || enumerator(line.text).is_some_and(|number| number.style <= Style::HanBracket);
        if begins || (line.is_table && titled) {
            return index;
        }
    }
    // No text at all: a page of lines or tables.
    if titled { end } else { 0 }
}

/// Which lines belong to the site and the page: in the head what is no title and reads like a
/// menu or the page's metadata, at the end what reads so, anywhere page numbers and contents lines.
fn set_aside(
    piece: &[Line<'_>],
    head: usize,
    title_lines: &[usize],
    title: Option<&str>,
) -> Vec<bool> {
    let mut aside: Vec<bool> = piece.iter().map(furniture::is_page_matter).collect();
    let first_title = title_lines.first().copied();
    let again = title.map_or_else(Vec::new, |title| {
        title::repetitions(piece.get(..head).unwrap_or_default(), title_lines, title)
    });
    for (index, line) in piece.iter().enumerate().take(head) {
        let before_title = first_title.is_none_or(|first| index < first);
        let repeats = again.contains(&index);
        let of_site = furniture::is_furniture(line)
            || repeats
            || (before_title && (first_title.is_some() || furniture::is_label(line)));
        if let Some(slot) = aside.get_mut(index) {
            *slot |= of_site;
        }
    }
    for (index, line) in piece.iter().enumerate().rev() {
        let of_site = furniture::is_furniture(line) || furniture::names_attachments(line);
        if index < head || (line.in_body && !of_site) {
            break;
        }
        if let Some(slot) = aside.get_mut(index) {
            *slot = true;
        }
    }
    aside
}
