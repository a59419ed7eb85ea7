//! The count that nothing was lost: every visible character of a document stands in its records.

use std::collections::BTreeMap;

use model::{BlockContent, Document, Grid, Place, Report};
use record::{Coverage, Record};

/// How often each visible character occurs. White space does not count, nor do characters that
/// only draw lines (`|`, `｜`, box drawing): where they part cells, the grid says the same.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The basic plane, by code point: nearly all text stands there.
    basic: Vec<u32>,
    others: BTreeMap<char, u32>,
    total: u64,
}

fn counts(character: char) -> bool {
    match character {
        // Nearly all text.
        '\u{4E00}'..='\u{9FFF}' => true,
        '|' | '\u{FF5C}' | '\u{2500}'..='\u{257F}' => false,
        other => !other.is_whitespace(),
    }
}

/// A line of a table drawn with typewriter characters: `---|---`, `+-----+-----+`. What it parts, the grid says.
fn only_draws(line: &str) -> bool {
    const FEWEST_STROKES: usize = 3;
    const FEWEST_JOINTS: usize = 2;
    let (mut strokes, mut joints) = (0, 0);
    for character in line.chars().filter(|c| !c.is_whitespace()) {
        match character {
            '-' | '=' => strokes += 1,
            ':' => {}
            '+' | '|' | '\u{FF5C}' => joints += 1,
            _ => return false,
        }
    }
    strokes >= FEWEST_STROKES && joints >= FEWEST_JOINTS
}

impl Tally {
    /// The characters of a document's blocks, all layers.
    pub(crate) fn of_document(document: &Document) -> Self {
        let mut tally = Self::default();
        for block in &document.blocks {
            match &block.content {
                BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => {
                    tally.add(text.value());
                }
                BlockContent::Table(markup) => {
                    let cells = markup.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| tally.add(cell.text.value()));
                    markup
                        .caption
                        .iter()
                        .for_each(|text| tally.add(text.value()));
                }
                BlockContent::Grid(grid) => tally.add_grid(grid),
            }
        }
        tally
    }

    /// The characters that the records of one source hold, each place counted once.
    fn of_records(records: &[Record]) -> Self {
        let mut tally = Self::default();
        for record in records {
            if record.title_at.is_some() {
                record.title.iter().for_each(|title| tally.add(title));
            }
            for section in &record.sections {
                section.heading_line.iter().for_each(|line| tally.add(line));
                for content in &section.content {
                    match content {
                        record::Content::Paragraph { text, .. }
                        | record::Content::Picture { text, .. } => tally.add(text),
                        record::Content::Item { marker, text, .. } => {
                            tally.add(marker);
                            tally.add(text);
                        }
                        record::Content::Table { .. } => {}
                    }
                }
            }
            for table in &record.tables {
                table.caption_lines.iter().for_each(|line| tally.add(line));
                table.cells.iter().for_each(|cell| tally.add(&cell.text));
            }
            record.furniture.iter().for_each(|text| tally.add(text));
        }
        tally
    }

    fn add_grid(&mut self, grid: &Grid) {
        grid.cells
            .iter()
            .for_each(|cell| self.add(cell.text.value()));
        let lines = grid.caption.iter().flat_map(|caption| &caption.lines);
        lines.for_each(|line| self.add(line.value()));
    }

    fn add(&mut self, text: &str) {
        if self.basic.is_empty() {
            self.basic = vec![0; 1 << 16];
        }
        let lines = text.split('\n').filter(|line| !only_draws(line));
        for character in lines.flat_map(str::chars).filter(|c| counts(*c)) {
            self.total += 1;
            match self.basic.get_mut(character as usize) {
                Some(count) => *count += 1,
                None => *self.others.entry(character).or_default() += 1,
            }
        }
    }

    fn of(&self, character: char) -> u32 {
        let basic = self.basic.get(character as usize);
        basic
            .or_else(|| self.others.get(&character))
            .copied()
            .unwrap_or(0)
    }

    /// Whether there is no visible character.
    pub(crate) fn is_blank(&self) -> bool {
        self.total == 0
    }

    /// How many characters of this tally the other has too.
    fn shared(&self, other: &Self) -> u64 {
        let basic = self.basic.iter().zip(&other.basic);
        let basic: u64 = basic.map(|(a, b)| u64::from(*a.min(b))).sum();
        let others = self.others.iter();
        let others: u64 = others.map(|(c, n)| u64::from(other.of(*c).min(*n))).sum();
        basic + others
    }
}

/// How much of a document's text its records hold.
pub(crate) fn measure(document: &Tally, records: &[Record]) -> Coverage {
    Coverage::new(document.total, document.shared(&Tally::of_records(records)))
}

/// What a user is told where something stands nowhere.
pub(crate) fn warning(
    coverage: Coverage,
    document: &Document,
    reports: &[Report],
) -> record::Warning {
    let missing = coverage.characters.saturating_sub(coverage.placed);
    let gap = first_gap(document, reports);
    let which = match &gap {
        Some((text, _)) => format!("the first of them: {text}"),
        None => "a stage changed or dropped them".to_owned(),
    };
    record::Warning {
        code: "text_not_placed".into(),
        message: format!(
            "{missing} of {} visible characters stand in no record; {which}",
            coverage.characters
        ),
        at: gap.and_then(|(_, place)| record::At::of(place)),
    }
}

/// The first stretch of text that no report takes.
fn first_gap<'a>(document: &'a Document, reports: &[Report]) -> Option<(String, &'a Place)> {
    let mut taken: Vec<Vec<(usize, usize)>> = vec![Vec::new(); document.blocks.len()];
    for span in reports.iter().flat_map(Report::spans) {
        if let Some(taken) = taken.get_mut(span.block) {
            taken.push((span.start, span.end));
        }
    }
    for (block, mut taken) in document.blocks.iter().zip(taken) {
        let Some(text) = block.text() else {
            if taken.is_empty() {
                return Some(("a table or picture".into(), &block.place));
            }
            continue;
        };
        taken.push((text.value().len(), text.value().len()));
        taken.sort_unstable();
        let mut reached = 0;
        for (start, end) in taken {
            let gap = text.value().get(reached..start).unwrap_or_default();
            if gap.chars().any(counts) {
                return Some((gap.trim().chars().take(40).collect(), &block.place));
            }
            reached = reached.max(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_draw_a_table_are_no_text() {
        let tally = |text: &str| {
            let mut tally = Tally::default();
            tally.add(text);
            tally.total
        };
        assert_eq!(
            tally("规章 | 3\n---|---|---\n+=====+-----+\n| :-- | --: |"),
            3
        );
        assert_eq!(tally("-----"), 5);
        assert_eq!(tally("--|一|--"), 5);
    }
}
