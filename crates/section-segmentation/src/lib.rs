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
mod explanation;
mod formulas;
mod furniture;
mod kind;
mod line;
mod metadata;
mod outline;
mod page_matter;
mod reason;
mod sections;
mod title;
mod wording;

pub use continuation::{Continuation, Ends, ends};
pub use wording::Wordings;

use codebook::Codebook;
pub use explanation::{
    CandidateExplanation, CutExplanation, CutReason, Explanation, OutlineExplanation,
};
use model::{Agency, Basis, Document, OtherReason, Period, Report, ReportKind};

use cut::Piece;
use line::Line;
use metadata::Sources;
use outline::enumerator::enumerator;

/// Cuts a document into reports and each report into sections. A document with any block gives at
/// least one report, of kind other where it holds none.
pub fn segment(document: &Document, codebook: &Codebook) -> Vec<Report> {
    reports(document, codebook, None)
}

/// The same, and why it was cut and outlined so.
pub fn explain(document: &Document, codebook: &Codebook) -> (Vec<Report>, Explanation) {
    let mut explanation = Explanation::default();
    let reports = reports(document, codebook, Some(&mut explanation));
    (reports, explanation)
}

fn reports(
    document: &Document,
    codebook: &Codebook,
    mut explanation: Option<&mut Explanation>,
) -> Vec<Report> {
    let mut lines = line::lines(document, &codebook.reports, codebook.row_labels());
    let (pieces, cuts) = cut::pieces(&lines, &codebook.sections, explanation.is_some());
    if let Some(explanation) = explanation.as_deref_mut() {
        explanation.cuts = cuts;
    }
    for piece in &pieces {
        for line in lines.get_mut(piece.start..piece.text).into_iter().flatten() {
            line.in_body = false;
        }
    }
    let alone = pieces.len() == 1;
    let mut reports: Vec<Report> = Vec::new();
    // Lines of pieces that are no reports are taken together: they are one leftover.
    let mut rest: Option<usize> = None;
    // Pieces that are reports, and their places among the reports.
    let mut found_at: Vec<(usize, Piece)> = Vec::new();
    for piece in pieces {
        let Some(text) = lines.get(piece.start..piece.end) else {
            continue;
        };
        let mut outlines = explanation.as_deref_mut().map(|why| &mut why.outlines);
        let mut found = report(
            document,
            codebook,
            text,
            (alone, piece.foreign),
            outlines.as_deref_mut(),
        );
        if piece.foreign {
            found = as_other(found);
        }
        if found.kind == ReportKind::Other {
            let start = rest.unwrap_or(piece.start);
            if let (Some(_), Some(whole)) = (rest, lines.get(start..piece.end)) {
                reports.pop();
                if let Some(outlines) = outlines.as_deref_mut() {
                    outlines.truncate(reports.len());
                }
                found = as_other(report(document, codebook, whole, (alone, true), outlines));
            }
            rest = Some(start);
        } else {
            rest = None;
            found_at.push((reports.len(), piece));
        }
        reports.push(found);
    }
    // The only report of its page: what the page says of itself speaks of it.
    if !alone
        && let [(at, piece)] = found_at.as_slice()
        && let Some(text) = lines.get(piece.start..piece.end)
        && let Some(slot) = reports.get_mut(*at)
    {
        let told = report(document, codebook, text, (true, false), None);
        if told.kind == slot.kind {
            *slot = told;
        }
    }
    let told = |report: &Report| {
        !report.sections.is_empty() || !report.furniture.is_empty() || report.title.is_some()
    };
    if let Some(explanation) = explanation {
        let mut kept = reports.iter().map(told);
        explanation
            .outlines
            .retain(|_| kept.next().unwrap_or_default());
    }
    reports.retain(told);
    reports
}

/// A piece that reads like no report.
fn as_other(report: Report) -> Report {
    Report {
        kind: ReportKind::Other,
        reason: report.reason.or(Some(OtherReason::Snippet)),
        agency: Agency::default(),
        period: None,
        document_number: None,
        ..report
    }
}

/// One piece of a document as a report. `alone`: it is the whole document. `foreign`: it reads like none.
fn report(
    document: &Document,
    codebook: &Codebook,
    piece: &[Line<'_>],
    (alone, foreign): (bool, bool),
    outlines: Option<&mut Vec<OutlineExplanation>>,
) -> Report {
    // What lies between reports has no head of a page.
    let head = if foreign && !alone {
        0
    } else {
        head_length(piece, codebook)
    };
    let head_lines = piece.get(..head).unwrap_or_default();
    let found = title::find(head_lines);
    let (title_lines, title) = match found {
        Some((of, text)) => (of.clone(), Some(title::title(piece, &of, &text))),
        None if alone => (
            Vec::new(),
            title::hinted(document, &codebook.reports).map(|text| title::title(piece, &[], &text)),
        ),
        None => (Vec::new(), None),
    };
    let title = title.map(|mut title| {
        let is_annual = title::is_annual(&title.text, &codebook.reports);
        metadata::weigh_title(&mut title, document, is_annual);
        title
    });
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
        .map(|(_, line)| line.whole())
        .collect();
    let mut why = outlines.as_ref().map(|_| OutlineExplanation::default());
    let nodes = outline::outline(&body, codebook, why.as_mut());
    if let (Some(outlines), Some(why)) = (outlines, why) {
        outlines.push(why);
    }
    let sections = sections::sections(&body, &nodes, &codebook.sections);
    let only_attached = alone && !document.attachments.is_empty();
    let kind = if title.is_none()
        && title::names_another_document(document, &codebook.reports, head_lines, alone)
    {
        ReportKind::Other
    } else {
        kind::kind(
            title_text,
            &body,
            &sections,
            only_attached,
            alone,
            &codebook.reports,
        )
    };
    // A passage without a title or a heading is not the whole of a report.
    let passage = title.is_none() && sections.iter().all(|section| section.heading.is_none());
    let is_excerpt = passage && alone && kind::is_excerpt(&body, &sections, &codebook.reports);
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
    let reason = reason::reason(&sources, &body, kind, only_attached);
    let period = metadata::period(&sources);
    // A page of a title and little else still says whose report of which year stands elsewhere.
    let of_title = |period: &Period| period.basis == Basis::Title;
    let announces = alone
        && matches!(
            reason,
            Some(OtherReason::Snippet | OtherReason::InAttachment)
        )
        && title_text.is_some_and(|title| title::is_annual(title, &codebook.reports))
        && period.as_ref().is_some_and(of_title);
    let period = period.filter(|_| is_report || announces);
    sources.year = period.as_ref().map(|period| period.year);
    let published = metadata::published(&sources).filter(|_| is_report || alone);
    let document_number = metadata::document_number(&sources, head).filter(|_| is_report);
    let cited = if is_report {
        metadata::cited(&sources, document_number.as_deref())
    } else {
        Vec::new()
    };
    let contact = metadata::contact(&sources).filter(|_| is_report);
    let scope = is_report.then(|| metadata::scope(&sources)).flatten();
    let warnings = metadata::contradiction(&sources).filter(|_| is_report);
    let agency = if is_report || announces {
        metadata::agency(&sources)
    } else {
        Agency::default()
    };
    Report {
        kind,
        reason,
        complete: kind::complete(&body, &sections) && !is_excerpt,
        title,
        agency,
        scope,
        period,
        published,
        document_number,
        cited,
        contact,
        sections,
        furniture,
        warnings: warnings.into_iter().collect(),
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
            || enumerator(line.text).is_some_and(|number| number.style.is_upper());
        if begins || (line.is_table && titled) {
            return index;
        }
    }
    // No text at all: a page of lines or tables.
    if titled { end } else { 0 }
}

/// Which lines belong to the site and the page: in the head what is no title and reads like a
/// menu or the page's metadata, at the end what reads so.
fn set_aside(
    piece: &[Line<'_>],
    head: usize,
    title_lines: &[usize],
    title: Option<&str>,
) -> Vec<bool> {
    let mut aside = vec![false; piece.len()];
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
        // A title with nothing behind it is the name of the site's column.
        let of_site = furniture::is_furniture(line)
            || furniture::names_attachments(line)
            || title::is_title(line);
        if index < head || (line.in_body && !of_site) {
            break;
        }
        if let Some(slot) = aside.get_mut(index) {
            *slot = true;
        }
    }
    aside
}
