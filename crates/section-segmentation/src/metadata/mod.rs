//! Who reports, for what time, published when.

mod agency;
mod number;
mod period;

pub(crate) use agency::agency;
pub(crate) use number::document_number;
pub(crate) use period::{period, published};

use codebook::Codebook;
use model::Document;

use crate::line::Line;

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
    /// Texts of the opening: the first body lines after the title, about 900 characters in all.
    pub(crate) fn opening(&self) -> impl Iterator<Item = &'a str> {
        let mut left = 900_usize;
        self.lines
            .iter()
            .skip(self.after_title)
            .filter(|line| line.in_body && !line.is_table)
            .map(|line| crate::formulas::head(line.text, 900))
            .take_while(move |text| {
                let go_on = left > 0;
                left = left.saturating_sub(text.chars().count());
                go_on
            })
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
}
