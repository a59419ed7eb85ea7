//! What a piece of a document is, and whether it is whole.

use codebook::{ReportLexicon, ReportWords};
use model::{ReportKind, Section};

use crate::formulas::{FORMULAS, head};
use crate::line::Line;
use crate::title;

/// Text of a report that says nothing but its title is no report: it is to be found elsewhere.
const LEAST_TEXT: usize = 30;
/// The same for a page that links to a document file: there the report is.
const LEAST_BESIDE_ATTACHMENT: usize = 150;
/// Chapters that many reports leave empty.
const MAY_BE_EMPTY: [&str; 3] = ["other_matters", "other_work", "notes_annex"];

/// What a piece is, by its title, its opening, its sections and what it speaks of.
pub(crate) fn kind(
    title: Option<&str>,
    lines: &[Line<'_>],
    sections: &[Section],
    only_attached: bool,
    alone: bool,
    family: &ReportLexicon,
) -> ReportKind {
    let of_theme = |text: &str| ReportWords::any(&family.words.theme, text);
    let body = || lines.iter().filter(|line| line.in_body);
    let length: usize = body().map(|line| line.text.chars().count()).sum();
    let has_table = body().any(|line| line.is_table);
    let known = sections
        .iter()
        .filter(|section| section.canonical.is_some())
        .count();
    let headless = !has_table && known == 0;
    if headless && (length < LEAST_TEXT || (only_attached && length < LEAST_BESIDE_ATTACHMENT)) {
        return ReportKind::Other;
    }
    let opening: Vec<&str> = body()
        .filter(|line| !line.is_table)
        .take(6)
        .map(|line| head(line.text, 400))
        .collect();
    let part_of_year = title
        .into_iter()
        .chain(opening.first().map(|text| head(text, 60)))
        .any(|text| family.text.part_of_year.is_match(text));
    if lists_reports(lines, family) || is_blank(lines) || is_foreign_language(lines) {
        return ReportKind::Other;
    }
    let named = title.is_some_and(|title| title::is_annual(title, family));
    let disclosure = || {
        let count = |line: &Line<'_>| -> usize {
            let words = family.words.matter.iter();
            words
                .map(|word| line.text.matches(word.as_str()).count())
                .sum()
        };
        body().map(count).sum::<usize>()
    };
    let speaks_of_it = title.is_some_and(of_theme) || disclosure() > 0;
    if named && speaks_of_it && !part_of_year {
        return ReportKind::AnnualReport;
    }
    if title.is_some_and(|title| family.title.work.is_match(title))
        || (part_of_year && title.is_some())
    {
        return ReportKind::WorkReport;
    }
    if title.is_some_and(|title| family.title.none.is_match(title)) {
        return ReportKind::Other;
    }
    let speaks_as_report = |text: &&str| {
        family.opening.strong.is_match(text) || family.text.figures_cover.is_match(text)
    };
    let strong = opening.iter().any(speaks_as_report) && opening.iter().copied().any(of_theme);
    let weak = opening
        .first()
        .is_some_and(|text| family.opening.weak.is_match(text));
    let spoken = body()
        .filter(|line| ReportWords::any(&family.words.fragment, line.text))
        .count();
    let itself = body().any(|line| FORMULAS.self_reference.is_match(head(line.text, 400)));
    let numbered = sections.iter().filter(|one| one.number.is_some()).count();
    // A piece that has lost its beginning: sections that speak of the body's own disclosure.
    let fragment = numbered >= 2 && itself && spoken >= 2;
    if strong
        || (weak && disclosure() >= 3)
        || (known >= 2 && spoken >= 1)
        || (fragment && known >= 1)
        || (alone && title.is_none() && is_excerpt(lines, sections, family))
    {
        return ReportKind::AnnualReport;
    }
    ReportKind::Other
}

/// Whether a text without a title is an excerpt of a report: it begins with the first chapter of one, or
/// with the figures of a year's disclosure, and goes on to speak of nothing else.
pub(crate) fn is_excerpt(lines: &[Line<'_>], sections: &[Section], family: &ReportLexicon) -> bool {
    let texts = || lines.iter().filter(|line| line.in_body && !line.is_table);
    let of_other_kind = |line: &Line<'_>| {
        let text = head(line.text, 400);
        [
            &FORMULAS.news,
            &FORMULAS.event,
            &FORMULAS.dated,
            &FORMULAS.talk,
            &FORMULAS.exchange,
            &FORMULAS.essay,
            &FORMULAS.article,
            &family.opening.other,
        ]
        .iter()
        .any(|patterns| patterns.is_match(text))
    };
    if texts().any(of_other_kind) {
        return false;
    }
    let said = || texts().map(|line| line.text);
    states_disclosure(said(), family) || opens_first_chapter(said(), sections, family)
}

/// Whether the text begins with the numbered first chapter of a report, and that speaks of disclosure.
fn opens_first_chapter<'a>(
    mut texts: impl Iterator<Item = &'a str>,
    sections: &[Section],
    family: &ReportLexicon,
) -> bool {
    let Some(first) = sections.first() else {
        return false;
    };
    let is_first = first
        .number
        .as_deref()
        .is_some_and(|number| number.trim_matches(['第', '部', '分', '章', '(', ')']) == "一");
    is_first
        && first.canonical.is_some()
        && texts.any(|text| ReportWords::any(&family.words.theme, text))
}

/// Whether a text begins with a year and figures of what was disclosed or asked for in it, and most of
/// its clauses give figures or speak of disclosure.
fn states_disclosure<'a>(texts: impl Iterator<Item = &'a str>, family: &ReportLexicon) -> bool {
    const LEAST_FIGURES: usize = 2;
    let mut clauses = 0_usize;
    let mut figures = 0_usize;
    let mut of_it = 0_usize;
    for (index, text) in texts.enumerate() {
        if index == 0 && !family.opening.excerpt.is_match(head(text, 120)) {
            return false;
        }
        let parts = text
            .split([',', '。', ';'])
            .filter(|part| !part.trim().is_empty());
        for clause in parts {
            clauses += 1;
            let figure = clause.contains(|c: char| c.is_ascii_digit());
            figures += usize::from(family.text.counts.is_match(clause) || clause.contains('%'));
            of_it += usize::from(figure || ReportWords::any(&family.words.clause, clause));
        }
    }
    figures >= LEAST_FIGURES && of_it * 3 >= clauses * 2
}

/// Whether most of the text is in Latin letters: a summary for readers abroad.
fn is_foreign_language(lines: &[Line<'_>]) -> bool {
    let texts = || lines.iter().filter(|line| line.in_body && !line.is_table);
    let letters = |line: &Line<'_>| line.text.chars().filter(char::is_ascii_alphabetic).count();
    let latin: usize = texts().map(letters).sum();
    let all: usize = texts().map(|line| line.text.chars().count()).sum();
    latin >= 60 && latin * 2 > all
}

/// Whether a form is still to be filled in: several of its lines say so or leave room for it.
fn is_blank(lines: &[Line<'_>]) -> bool {
    let texts = || {
        lines
            .iter()
            .filter(|line| line.in_body && !line.is_table && !line.text.trim().is_empty())
    };
    let blanks = texts()
        .filter(|line| FORMULAS.blank.is_match(line.text.trim()))
        .count();
    blanks >= 2 && blanks * 5 >= texts().count()
}

/// Whether a page lists reports: most of its lines are titles, with or without a date, and none is
/// a sentence.
fn lists_reports(lines: &[Line<'_>], family: &ReportLexicon) -> bool {
    const LEAST_LINES: usize = 4;
    let texts: Vec<&str> = lines
        .iter()
        .filter(|line| line.in_body && !line.is_table)
        .map(|line| line.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    let titles = texts
        .iter()
        .filter(|text| {
            let bare = text.trim_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || "-/.[]()·".contains(c)
            });
            title::is_annual(bare, family)
        })
        .count();
    titles >= LEAST_LINES
        && titles * 2 > texts.len()
        && !texts.iter().any(|text| text.contains('。'))
}

/// Whether the text reaches its end: the last line is a whole sentence, a table, a heading's
/// short text, a date or a signature.
pub(crate) fn complete(lines: &[Line<'_>], sections: &[Section]) -> bool {
    let body: Vec<&Line<'_>> = lines.iter().filter(|line| line.in_body).collect();
    if body
        .iter()
        .any(|line| FORMULAS.broken_off.is_match(line.text))
    {
        return false;
    }
    let Some(last) = body.last() else {
        return false;
    };
    // A known chapter with nothing in it. (Many write nothing below the last, 其他需要报告的事项.)
    let empty_chapter = sections.last().is_some_and(|section| {
        let canonical = section.canonical.as_deref();
        section.content.is_empty()
            && section.number.is_some()
            && canonical.is_some_and(|id| !MAY_BE_EMPTY.contains(&id))
    });
    if empty_chapter {
        return false;
    }
    if last.is_table {
        return true;
    }
    let text = last.text.trim_end();
    let ends = text.ends_with(['。', '!', '?', ';', ':', ')', '”', '》', '.']);
    // A heading's number with nothing behind it; a figure may be the last cell of a dumped table.
    let numeral =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十()、.第章节部分条".contains(c);
    let figure = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !figure && text.chars().all(numeral) {
        return false;
    }
    // A short line without a stop is a signature, a date, an attachment's name.
    let speaks = text.contains(',') || FORMULAS.self_reference.is_match(text);
    ends || (text.chars().count() <= 30 && !speaks)
}
