//! Whether the text of one page goes on on the next: titles, numbering, and how the text ends.

use codebook::{Codebook, RowLabels};
use model::{Document, Report, ReportKind};

use crate::formulas::{FORMULAS, head};
use crate::line::{self, Line};
use crate::outline::enumerator::{Style, enumerator};

/// A line of as many characters, or with a full stop, is more than navigation.
const LEAST_TEXT: usize = 40;
/// A shorter title says too little to tell reports apart.
const LEAST_TITLE: usize = 8;
/// Lines at the start of a page that may open a report, and at its end that may close one.
const FEW: usize = 6;

/// What the ends of a page's text say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// How many reports it holds.
    reports: usize,
    title: Option<String>,
    /// The title stands in the text, not only in the page's head.
    titled: bool,
    /// First and last number of each style that stands outermost in some report.
    numbers: Vec<(Style, u32, u32)>,
    has_text: bool,
    /// It opens as reports do.
    opens: bool,
    /// It breaks off, or nothing says that it is at its end.
    open_ended: bool,
}

/// What two pages say of whether the second continues the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuation {
    /// The second is something else.
    Refused,
    /// Nothing speaks against it.
    Possible,
    /// The texts themselves say so.
    Stated,
}

/// Reads the ends of a page.
pub fn ends(document: &Document, reports: &[Report], codebook: &Codebook) -> Ends {
    let lines: Vec<Line<'_>> = line::lines(document, &codebook.reports, &RowLabels::default())
        .into_iter()
        .filter(|line| line.in_body && (line.is_table || !line.text.trim().is_empty()))
        .collect();
    let is_report = |report: &&Report| report.kind != ReportKind::Other;
    let principal = reports.iter().find(is_report).or_else(|| reports.first());
    let title = principal.and_then(|report| report.title.as_ref());
    let texts = || lines.iter().filter(|line| !line.is_table);
    let speaks = |line: &Line<'_>| {
        line.is_table
            || (line.style.link_share < 0.5
                && (line.text.contains('。') || line.text.chars().count() >= LEAST_TEXT))
    };
    let closes = |line: &Line<'_>| {
        let dates = notation::dates(line.text);
        let day = dates.iter().any(|date| date.date.month().is_some());
        (day && line.text.chars().count() <= 40) || FORMULAS.closing.is_match(line.text)
    };
    let broken = principal.is_none_or(|report| !report.complete);
    Ends {
        reports: reports.iter().filter(is_report).count(),
        title: title.map(|title| bare(&title.text)),
        titled: title.is_some_and(|title| !title.spans.is_empty()),
        numbers: numbers(&lines),
        has_text: lines.iter().any(speaks),
        opens: texts()
            .take(FEW)
            .any(|line| line.family.opening.strong.is_match(head(line.text, 200))),
        open_ended: broken || !lines.iter().rev().take(FEW).any(closes),
    }
}

/// A title without spaces and without the number of its page: `(2)`, `(第二页)`, `(续)`.
fn bare(title: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let page = |inside: &str| {
        let of_page =
            |c: char| c.is_ascii_digit() || "一二三四五六七八九十第页頁续續上中下".contains(c);
        inside.chars().count() <= 4 && inside.chars().all(of_page)
    };
    let numbered = title.strip_suffix([')', '）']);
    let parts = numbered.and_then(|title| title.rsplit_once(['(', '（']));
    match parts {
        Some((title, inside)) if page(inside) => title.to_owned(),
        _ => title,
    }
}

fn numbers(lines: &[Line<'_>]) -> Vec<(Style, u32, u32)> {
    let mut numbers: Vec<(Style, u32, u32)> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_table) {
        let Some(number) = enumerator(line.text) else {
            continue;
        };
        if !matches!(number.style, Style::Part | Style::Han | Style::HanBare) {
            continue;
        }
        let known = numbers.iter_mut().find(|known| known.0 == number.style);
        match known {
            Some(known) => known.2 = number.ordinal,
            None => numbers.push((number.style, number.ordinal, number.ordinal)),
        }
    }
    numbers
}

impl Ends {
    /// Whether the page can be the first of several: it holds one report.
    pub fn begins(&self) -> bool {
        self.reports == 1
    }

    /// Whether `next` continues this page.
    pub fn continuation(&self, next: &Self) -> Continuation {
        let same_title = self.title.is_some() && self.title == next.title;
        let other_title = next.titled && !same_title;
        let outermost = self.numbers.iter().min_by_key(|(style, ..)| *style);
        let following = outermost.and_then(|(style, _, last)| {
            let next = next.numbers.iter().find(|(known, ..)| known == style)?;
            Some((*last, next.1))
        });
        let restarts = following.is_some_and(|(last, first)| first <= last);
        let goes_on = following.is_some_and(|(last, first)| first == last + 1);
        let other_report = next.reports == 1 && !same_title && !goes_on;
        if next.reports > 1
            || other_report
            || other_title
            || restarts
            || next.opens
            || !next.has_text
        {
            return Continuation::Refused;
        }
        let telling = self.title.as_ref().is_some_and(|title| {
            title.chars().count() >= LEAST_TITLE && (goes_on || !notation::dates(title).is_empty())
        });
        if (same_title && telling) || (goes_on && self.open_ended) {
            Continuation::Stated
        } else {
            Continuation::Possible
        }
    }

    /// The ends of this page and the next as one.
    #[must_use]
    pub fn joined(mut self, next: Self) -> Self {
        for (style, first, last) in next.numbers {
            match self.numbers.iter_mut().find(|known| known.0 == style) {
                Some(known) => known.2 = last,
                None => self.numbers.push((style, first, last)),
            }
        }
        self.open_ended = next.open_ended;
        self
    }
}
