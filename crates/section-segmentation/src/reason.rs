//! Why a piece is no report.

use std::sync::LazyLock;

use codebook::{PatternSet, ReportWords};
use model::{BlockContent, HintKind, OtherReason, ReportKind};
use serde::Deserialize;

use crate::formulas::{FORMULAS, head};
use crate::line::Line;
use crate::metadata::Sources;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    short_page: usize,
    page: OfPage,
    title: OfTitle,
    line: OfLine,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfPage {
    script_shell: PatternSet,
    captcha: PatternSet,
    not_found: PatternSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfTitle {
    regulation: PatternSet,
    digest: PatternSet,
    guide: PatternSet,
    notice: PatternSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfLine {
    article: PatternSet,
    news: PatternSet,
}

#[expect(
    clippy::expect_used,
    reason = "the file is compiled in, and a test reads it"
)]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/reasons.toml")).expect("reasons.toml reads")
});

/// Lines that are looked at: what a page is shows early.
const MOST_LINES: usize = 200;

/// Why a piece is no report; nothing for reports. `body` holds its lines without those of the site.
pub(crate) fn reason(
    sources: &Sources<'_>,
    body: &[Line<'_>],
    kind: ReportKind,
    only_attached: bool,
) -> Option<OtherReason> {
    if kind != ReportKind::Other {
        return None;
    }
    let texts: Vec<&str> = body
        .iter()
        .filter(|line| !line.is_table)
        .map(|line| head(line.text, 400))
        .take(MOST_LINES)
        .collect();
    let length: usize = texts.iter().map(|text| text.chars().count()).sum();
    let has_table = body.iter().any(|line| line.is_table);
    let sentences = texts.iter().any(|text| text.contains('。'));
    if !has_table && length <= PATTERNS.short_page {
        if let Some(reason) = of_short_page(sources, &texts) {
            return Some(reason);
        }
        if only_attached {
            return Some(OtherReason::InAttachment);
        }
    }
    if has_table && is_blank_form(sources, body) {
        return Some(OtherReason::BlankForm);
    }
    of_title(sources, &texts)
        .or_else(|| of_lines(&texts, sentences))
        .or_else(|| {
            let linked = sources.lines.iter().any(|line| line.style.link_share > 0.5);
            match (sentences || has_table, linked || texts.len() >= 4) {
                (true, _) => Some(OtherReason::Snippet),
                // Nothing but the title of a report.
                (false, _)
                    if sources.title.is_some_and(|title| {
                        crate::title::is_annual(title, &sources.codebook.reports)
                    }) =>
                {
                    Some(OtherReason::Snippet)
                }
                (false, true) if !texts.is_empty() => Some(OtherReason::List),
                (false, _) if texts.is_empty() => Some(OtherReason::Navigation),
                _ => Some(OtherReason::Snippet),
            }
        })
}

/// What went wrong, on a page that says little else.
fn of_short_page(sources: &Sources<'_>, texts: &[&str]) -> Option<OtherReason> {
    let titles = sources.hints(HintKind::Title).filter(|_| sources.alone);
    let beside = sources.lines.iter().map(|line| head(line.text, 200));
    let all: Vec<&str> = texts
        .iter()
        .copied()
        .chain(titles)
        .chain(beside.take(MOST_LINES))
        .collect();
    let says = |patterns: &PatternSet| all.iter().any(|text| patterns.is_match(text));
    if says(&PATTERNS.page.captcha) {
        Some(OtherReason::Captcha)
    } else if says(&PATTERNS.page.not_found) {
        Some(OtherReason::NotFound)
    } else if says(&PATTERNS.page.script_shell) {
        Some(OtherReason::ScriptShell)
    } else {
        None
    }
}

/// Whether the tables of a piece hold no figure at all, and little text stands beside them.
fn is_blank_form(sources: &Sources<'_>, body: &[Line<'_>]) -> bool {
    const MOST_TEXT: usize = 600;
    let length: usize = body.iter().map(|line| line.text.chars().count()).sum();
    let grids = body.iter().filter(|line| line.is_table).filter_map(|line| {
        match &sources.document.blocks.get(line.block)?.content {
            BlockContent::Grid(grid) => Some(grid),
            _ => None,
        }
    });
    let mut cells = 0_usize;
    for grid in grids {
        for cell in &grid.cells {
            let text = cell.text.value().trim();
            // A figure behind the first column; numbers of rows stand in the first.
            if cell.column > 0 && text.starts_with(|c: char| c.is_ascii_digit()) {
                return false;
            }
            cells += 1;
        }
    }
    cells >= 6 && length <= MOST_TEXT
}

/// What the title, the headline or the page's own title says that it is.
fn of_title(sources: &Sources<'_>, texts: &[&str]) -> Option<OtherReason> {
    let hints = sources.hints(HintKind::Title).filter(|_| sources.alone);
    let hinted = hints.flat_map(|hint| hint.split(['_', '|', '-', '–', '—']));
    let headlines = texts
        .iter()
        .copied()
        .take(4)
        .filter(|text| (4..=60).contains(&text.chars().count()) && !text.contains('。'));
    let theme = &sources.codebook.reports.words.theme;
    let of_theme = |text: &str| ReportWords::any(theme, text);
    let stated = sources
        .lines
        .iter()
        .take(20)
        .map(|line| line.text)
        .filter(|text| (6..=60).contains(&text.chars().count()) && of_theme(text));
    let mut all = sources
        .title
        .into_iter()
        .chain(headlines)
        .chain(hinted)
        .chain(stated)
        .map(|text| text.trim().trim_matches(['《', '》']));
    all.find_map(|text| {
        let patterns = &PATTERNS.title;
        [
            (&patterns.digest, OtherReason::Digest),
            (&patterns.notice, OtherReason::Notice),
            (&patterns.regulation, OtherReason::Regulation),
            (&patterns.guide, OtherReason::Guide),
        ]
        .into_iter()
        .find(|(patterns, _)| patterns.is_match(text))
        .map(|(_, reason)| reason)
    })
}

/// What the lines show.
fn of_lines(texts: &[&str], sentences: bool) -> Option<OtherReason> {
    let count = |patterns: &PatternSet| {
        let hits = texts.iter().filter(|text| patterns.is_match(text.trim()));
        hits.count()
    };
    let latin: usize = texts
        .iter()
        .map(|text| text.chars().filter(char::is_ascii_alphabetic).count())
        .sum();
    let visible: usize = texts
        .iter()
        .map(|text| text.chars().filter(|c| !c.is_whitespace()).count())
        .sum();
    if count(&PATTERNS.line.article) >= 2 {
        Some(OtherReason::Regulation)
    } else if latin * 2 > visible && visible > 100 {
        Some(OtherReason::Digest)
    } else if count(&FORMULAS.exchange) >= 1 {
        Some(OtherReason::Exchange)
    } else if sentences && count(&PATTERNS.line.news) >= 1 {
        Some(OtherReason::News)
    } else {
        None
    }
}
