//! Where in the source a value stands.

use std::collections::BTreeMap;

use record::{At, Content, Origin, Record, Section, Table};

/// Finds the places of a record's values, each in a step or two whatever the record's length.
pub(super) struct Places<'r> {
    record: &'r Record,
    sections: BTreeMap<&'r str, Passages<'r>>,
    tables: BTreeMap<&'r str, Cells<'r>>,
}

/// The paragraphs of a section, each with where it ends in the section's text.
struct Passages<'r> {
    section: &'r Section,
    ends: Vec<(usize, &'r Content)>,
}

/// The cells of a table by position.
struct Cells<'r> {
    table: &'r Table,
    width: usize,
    at: Vec<Option<&'r At>>,
}

impl<'r> Places<'r> {
    pub(super) fn of(record: &'r Record) -> Self {
        let sections = record.sections.iter();
        let tables = record.tables.iter();
        Self {
            record,
            sections: sections
                .map(|section| (section.id.as_str(), Passages::of(section)))
                .collect(),
            tables: tables
                .map(|table| (table.id.as_str(), Cells::of(table)))
                .collect(),
        }
    }

    /// The place of what a reading was read from: its cell or the table, its paragraph or the heading.
    pub(super) fn origin(&self, origin: &Origin) -> Option<&'r At> {
        match origin {
            Origin::Cell { table, row, col } => self.tables.get(table.as_str())?.at(*row, *col),
            Origin::Statement { section, chars } => self.statement(section, *chars),
        }
    }

    /// The place of the paragraph or item that the first of these characters stands in, of the heading
    /// where there are none.
    pub(super) fn statement(&self, section: &str, chars: Option<[usize; 2]>) -> Option<&'r At> {
        let passages = self.sections.get(section)?;
        let passage = chars.and_then(|[start, _]| {
            let index = passages.ends.partition_point(|(end, _)| *end <= start);
            passages.ends.get(index)
        });
        match passage {
            Some((_, content)) => content_at(content),
            None => passages.section.at.as_ref(),
        }
    }

    /// The path of the file that a place is in.
    pub(super) fn path(&self, at: Option<&At>) -> &'r str {
        path(self.record, at)
    }
}

impl<'r> Passages<'r> {
    fn of(section: &'r Section) -> Self {
        let mut end = 0_usize;
        let texts = section.content.iter().filter_map(|content| {
            // One `\n` joins the texts.
            end = end.saturating_add(content.text()?.chars().count() + 1);
            Some((end, content))
        });
        Self {
            section,
            ends: texts.collect(),
        }
    }
}

impl<'r> Cells<'r> {
    fn of(table: &'r Table) -> Self {
        let width = table.rows.first().map_or(0, Vec::len);
        let mut at = Vec::new();
        if table.cells.iter().any(|cell| cell.at.is_some()) {
            at.resize(width.saturating_mul(table.rows.len()), None);
        }
        for cell in &table.cells {
            let rows = cell.row..cell.row.saturating_add(cell.row_span).min(table.rows.len());
            for row in rows {
                let start = row * width + cell.col.min(width);
                let end = row * width + cell.col.saturating_add(cell.col_span).min(width);
                for place in at.get_mut(start..end).into_iter().flatten() {
                    *place = cell.at.as_ref();
                }
            }
        }
        Self { table, width, at }
    }

    fn at(&self, row: usize, col: usize) -> Option<&'r At> {
        let index = row.checked_mul(self.width)?.checked_add(col)?;
        let own = self.at.get(index).copied().flatten();
        own.or(self.table.at.as_ref())
    }
}

/// The path of the file that a place of a record is in.
pub(super) fn path<'r>(record: &'r Record, at: Option<&At>) -> &'r str {
    let page = match at {
        Some(
            At::Lines { source_page, .. }
            | At::Node { source_page, .. }
            | At::Page { source_page, .. },
        ) => *source_page,
        None => None,
    };
    let index = page.and_then(|page| usize::try_from(page).ok());
    let page = index.and_then(|index| record.source.pages.get(index));
    page.map_or(&record.source.path, |page| &page.path)
}

/// The page of a PDF that a place is on.
pub(super) fn page(at: Option<&At>) -> Option<u32> {
    match at {
        Some(At::Page { first, .. }) => Some(first.page),
        _ => None,
    }
}

/// Where a piece of content stands.
pub(super) fn content_at(content: &Content) -> Option<&At> {
    match content {
        Content::Paragraph { at, .. }
        | Content::Item { at, .. }
        | Content::Table { at, .. }
        | Content::Picture { at, .. } => at.as_ref(),
    }
}
