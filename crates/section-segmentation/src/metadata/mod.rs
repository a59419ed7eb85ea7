//! Who reports, for what time, for whom, published when, where to ask, what is cited.

mod agency;
mod citation;
mod confidence;
mod contact;
mod patterns;
mod period;
mod published;
mod scope;
mod uri;

pub(crate) use agency::agency;
pub(crate) use citation::{cited, document_number};
pub(crate) use contact::contact;
pub(crate) use period::{contradiction, period};
pub(crate) use published::published;
pub(crate) use scope::scope;

use codebook::Codebook;
use model::{Basis, Document, HintKind, Title};

use crate::formulas::{FORMULAS, head};
use crate::line::Line;

/// Characters of the text that open a report.
const OPENING: usize = 900;

/// What metadata is read from.
pub(crate) struct Sources<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    /// All lines of the report, in the body or beside it.
    pub(crate) lines: &'a [Line<'a>],
    /// Index of the first line after the title.
    pub(crate) after_title: usize,
    pub(crate) title: Option<&'a str>,
    /// The year covered, once it is known.
    pub(crate) year: Option<i16>,
    /// The document holds this report alone: what the page says of itself speaks of it.
    pub(crate) alone: bool,
}

impl<'a> Sources<'a> {
    /// The body lines after the title, and whether each begins in the opening.
    pub(crate) fn body(&self) -> impl Iterator<Item = (&'a Line<'a>, bool)> {
        let mut left = OPENING;
        let lines = self.lines.iter().skip(self.after_title);
        let body = lines.filter(|line| line.in_body && !line.is_table);
        body.map(move |line| {
            let opens = left > 0;
            left = left.saturating_sub(line.text.chars().take(OPENING).count());
            (line, opens)
        })
    }

    /// Texts of the opening.
    pub(crate) fn opening(&self) -> impl Iterator<Item = &'a str> {
        self.body()
            .take_while(|(_, opens)| *opens)
            .map(|(line, _)| head(line.text, OPENING))
            .take(8)
    }

    /// The last short body lines, last first.
    pub(crate) fn signature(&self) -> impl Iterator<Item = &'a str> {
        self.lines
            .iter()
            .rev()
            .filter(|line| line.in_body && !line.text.is_empty())
            .map(|line| line.text.trim())
            .take(5)
            .filter(|text| text.chars().count() <= 40)
    }

    /// Every body text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.lines
            .iter()
            .filter(|line| line.in_body && !line.is_table)
            .map(|line| line.text)
    }

    /// What the page says of itself under one head.
    pub(crate) fn hints(&self, kind: HintKind) -> impl Iterator<Item = &'a str> {
        let hints = self.document.hints.iter();
        hints
            .filter(move |hint| hint.kind == kind)
            .map(|hint| hint.text.as_str())
    }

    /// The word by which a report calls itself or its place first: 局 of `我局`, 市 of `全市`.
    pub(crate) fn own_word(&self) -> Option<&'a str> {
        let mut selves = self
            .texts()
            .filter_map(|text| FORMULAS.self_reference.captures(text)?.get(1));
        selves.next().map(|found| found.as_str())
    }

    /// The word for its level by which a report speaks of its own place first: `我市`, `全区`.
    pub(crate) fn own_level(&self) -> Option<char> {
        let own = self.own_word()?;
        let level = own.chars().next().filter(|_| own.chars().count() == 1)?;
        matches!(level, '省' | '市' | '区' | '县' | '州' | '旗').then_some(level)
    }
}

/// What a title rests on, and how sure it is: one that stands in the text and names what the report is
/// is nearly so; the page's own title that says the same confirms it.
pub(crate) fn weigh_title(title: &mut Title, document: &Document, is_annual: bool) {
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let wanted = plain(&title.text);
    let hints = document
        .hints
        .iter()
        .filter(|hint| hint.kind == HintKind::Title);
    let confirmed = hints
        .map(|hint| plain(&hint.text))
        .any(|hint| hint.contains(&wanted));
    let page = confirmed.then_some((Basis::Metadata, 0.6));
    if title.spans.is_empty() {
        title.basis = Basis::Metadata;
        title.confidence = 0.6;
        return;
    }
    title.basis = Basis::Title;
    let own = if is_annual { 0.9 } else { 0.8 };
    title.confidence = confidence::confidence([(Basis::Title, own)].into_iter().chain(page), []);
}
