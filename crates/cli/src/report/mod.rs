//! A report for people, of which Markdown and a page of HTML say the same.

mod html;
mod markdown;

/// A report.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) title: String,
    pub(crate) parts: Vec<Part>,
}

/// A part of it.
#[derive(Debug)]
pub(crate) enum Part {
    Heading(String),
    Text(String),
    /// Numbers that are seen at a glance, each with its name.
    Counts(Vec<(String, usize)>),
    Table(Table),
}

/// A table under its title.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<Cell>>,
    /// How many rows are left out.
    pub(crate) left_out: usize,
}

/// A cell.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    Text(String),
    Number(String),
    /// A text that may be an address.
    Address(String),
    /// What was, which is no more.
    Old(String),
    /// What is.
    New(String),
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Number(text)
            | Self::Address(text)
            | Self::Old(text)
            | Self::New(text) => text,
        }
    }
}

impl Table {
    /// A table of the first `most` of some things, each with its row.
    pub(crate) fn of<T>(
        title: String,
        columns: &'static [&'static str],
        things: &[T],
        most: usize,
        row: impl FnMut(&T) -> Vec<Cell>,
    ) -> Self {
        Self {
            title,
            columns,
            rows: things.iter().take(most).map(row).collect(),
            left_out: things.len().saturating_sub(most),
        }
    }
}
