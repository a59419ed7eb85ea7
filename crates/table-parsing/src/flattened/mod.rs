//! Tables flattened into running text.
//!
//! Three shapes, from the surest to the least sure: lines that are rows (`rows`), cells in one stream with
//! bars between (`stream`), labels and numbers in turn without bars (`alternation`). Lines with bars that
//! are no table (menus, breadcrumbs) stay paragraphs.

mod alternation;
mod columns;
mod draft;
mod evidence;
mod fill;
mod heads;
mod layout;
mod lines;
mod ragged;
mod rows;
mod spaced;
mod stream;
mod told;

use std::ops::Range;

use model::{Block, BlockContent, Layer, Style};

use draft::Table;
use lines::{Kind, Line};
use stream::LineEnd;
pub(crate) use told::grid;

/// A block after the search.
pub(crate) enum Found {
    /// As it was.
    Other(Block),
    /// A table made of paragraphs.
    Table(Block),
}

/// Finds the flattened tables among blocks.
pub(crate) fn find(blocks: Vec<Block>) -> Vec<Found> {
    let blocks = layout::without_bars(spaced::parted(lines::parted(blocks)));
    let lines: Vec<Line> = blocks.iter().map(Line::of).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = run_end(&lines, at);
        if end > at {
            within_run(&lines, &blocks, at..end, &mut tables);
        }
        at = end.max(at + 1);
    }
    replaced(blocks, &lines, tables)
}

fn kind(lines: &[Line], at: usize) -> Kind {
    lines.get(at).map_or(Kind::Break, |line| line.kind)
}

fn run_end(lines: &[Line], start: usize) -> usize {
    let length = lines
        .iter()
        .skip(start)
        .take_while(|line| line.kind != Kind::Break)
        .count();
    start + length
}

/// Tables in a run of lines that may be cells: first those with bars, then those without in what is left.
fn within_run(lines: &[Line], blocks: &[Block], run: Range<usize>, tables: &mut Vec<Table>) {
    let mut plain = run.start;
    let mut at = run.start;
    while at < run.end {
        if kind(lines, at) == Kind::Plain {
            at += 1;
            continue;
        }
        let end = barred_end(lines, at, run.end);
        let found = barred(lines, blocks, at..end, plain..run.end);
        if found.is_empty() {
            without_bars(lines, blocks, plain..at, tables);
            (plain, at) = (end, end);
            continue;
        }
        for table in found {
            // What stands before a table is looked at as if it stood alone.
            if table.lines.start > at {
                within_run(lines, blocks, plain..table.lines.start, tables);
            } else {
                without_bars(lines, blocks, plain..table.lines.start, tables);
            }
            (plain, at) = (table.lines.end, table.lines.end);
            tables.push(table);
        }
    }
    without_bars(lines, blocks, plain..run.end, tables);
}

/// The end of the lines with bars that start here, with lines of single cells between them.
fn barred_end(lines: &[Line], start: usize, limit: usize) -> usize {
    let bars =
        |at: usize| at < limit && matches!(kind(lines, at), Kind::Bars | Kind::Barred | Kind::Rule);
    let plain = |at: usize| {
        at < limit
            && lines
                .get(at)
                .is_some_and(|line| line.kind == Kind::Plain && !line.caption)
    };
    let outline = |at: usize| lines.get(at).is_some_and(|line| line.outline);
    let mut end = start + 1;
    loop {
        if bars(end) {
            if lines
                .get(end)
                .is_some_and(|line| line.caption && line.bars() <= 1)
            {
                return end;
            }
            end += 1;
        } else if plain(end) && bars(end + 1) {
            // Between bars on lines of their own everything is a cell; else a heading ends the table.
            let between = kind(lines, end - 1) == Kind::Bars && kind(lines, end + 1) == Kind::Bars;
            if outline(end) && !between {
                return end;
            }
            end += 1;
        } else if plain(end)
            && plain(end + 1)
            && bars(end + 2)
            && !outline(end)
            && !outline(end + 1)
        {
            end += 2;
        } else {
            return end;
        }
    }
}

/// The tables that lines with bars make, if they do; the lines before and after may belong to one.
fn barred(
    lines: &[Line],
    blocks: &[Block],
    core: Range<usize>,
    around: Range<usize>,
) -> Vec<Table> {
    let sound = |table: &Table| evidence::is_table(table, lines, blocks);
    if let Some(table) = rows::read(lines, blocks, core.clone()).filter(sound) {
        return vec![table];
    }
    let apart = of_equal_width(lines, blocks, core.clone());
    if !apart.is_empty() && apart.iter().all(sound) {
        return apart;
    }
    let single = lines
        .get(core.clone())
        .is_some_and(|lines| lines.iter().all(Line::is_single));
    let text = |at: usize| text_of(lines, blocks, at);
    // Heads that repeat are stronger evidence than any column count that happens to fit.
    if single {
        let mut tables = alternation::find_repeated_heads(lines, core.clone(), &text);
        tables.retain(sound);
        if !tables.is_empty() {
            return tables;
        }
    }
    let cell = |at: usize| {
        around.contains(&at)
            && lines
                .get(at)
                .is_some_and(|line| line.kind == Kind::Plain && !line.caption && !line.outline)
    };
    let mut starts = vec![core.start];
    if kind(lines, core.start) == Kind::Bars && core.start > 0 && cell(core.start - 1) {
        starts.push(core.start - 1);
    }
    let mut ends = vec![core.end];
    if cell(core.end) {
        ends.push(core.end);
        ends.push(core.end + 1);
        ends.dedup();
    }
    // Only where bars end cells can a cell go on in the next line.
    let ended = |kind: Kind| {
        let barred = lines.get(core.clone()).unwrap_or_default().iter();
        let barred = barred.filter(|line| line.kind == kind);
        let count = barred.clone().count();
        barred.filter(|line| line.ends_with_bar()).count() * 2 >= count
    };
    let line_ends: &[LineEnd] = if ended(Kind::Barred) {
        &[LineEnd::Parts, LineEnd::Wraps]
    } else {
        &[LineEnd::Parts]
    };
    // A title on a line of its own before the first bar belongs to the first cell.
    let widest = starts.last().copied().unwrap_or(core.start)..core.end;
    let draft_text = |cell: &draft::Draft| draft::text(cell, lines, blocks);
    let stream = stream::cells(lines, widest.clone(), LineEnd::Wraps);
    let table = ragged::under_repeated_heads(stream.cells, widest.clone(), &draft_text);
    if let Some(table) = table.filter(sound) {
        return vec![table];
    }
    let mut best: Option<(f32, Table)> = None;
    for start in starts.iter().copied() {
        for end in &ends {
            for line_end in line_ends {
                if end - start < 2 {
                    continue;
                }
                let cells = stream::cells(lines, start..*end, *line_end);
                if *line_end == LineEnd::Wraps && stream::swallows_numbers(&cells, lines) {
                    continue;
                }
                let Some((fit, table)) = stream::read(cells, start..*end, &draft_text) else {
                    continue;
                };
                if best.as_ref().is_none_or(|(known, _)| fit > *known) && sound(&table) {
                    best = Some((fit, table));
                }
            }
        }
    }
    let (strong, weak) = match best {
        Some((fit, table)) if fit >= columns::STRONG => (Some(table), None),
        Some((_, table)) => (None, Some(table)),
        None => (None, None),
    };
    if let Some(table) = strong {
        return vec![table];
    }
    // Where no column count fits well, rows may differ in length.
    let mut tables = if single {
        alternation::find(lines, core, &text)
    } else {
        let stream = stream::cells(lines, widest.clone(), LineEnd::Wraps);
        let table = ragged::read(stream.cells, widest, &draft_text);
        table.into_iter().collect()
    };
    tables.retain(sound);
    if tables.is_empty() {
        tables.extend(weak);
    }
    tables
}

/// Tables that follow one another, each between bars on both sides and with rows of one length; none where the
/// lines are not so, or make one table.
fn of_equal_width(lines: &[Line], blocks: &[Block], core: Range<usize>) -> Vec<Table> {
    let between_bars =
        |line: &Line| line.kind == Kind::Barred && line.starts_with_bar() && line.ends_with_bar();
    let Some(within) = lines.get(core.clone()) else {
        return Vec::new();
    };
    if !within.iter().all(between_bars) {
        return Vec::new();
    }
    let mut tables = Vec::new();
    let mut start = core.start;
    let runs = within.chunk_by(|a, b| a.bars() == b.bars());
    if runs.clone().count() < 2 {
        return Vec::new();
    }
    for run in runs {
        let end = start + run.len();
        match rows::read(lines, blocks, start..end) {
            Some(table) => tables.push(table),
            None => return Vec::new(),
        }
        start = end;
    }
    tables
}

/// The text of a line's first segment.
fn text_of(lines: &[Line], blocks: &[Block], at: usize) -> String {
    let range = lines
        .get(at)
        .and_then(|line| line.segments.first())
        .cloned();
    let text = blocks.get(at).and_then(Block::text).map(model::Text::value);
    text.zip(range)
        .and_then(|(text, range)| text.get(range))
        .unwrap_or_default()
        .to_owned()
}

/// Tables of one cell a line without bars; lines with bars that made no table end them.
fn without_bars(lines: &[Line], blocks: &[Block], range: Range<usize>, tables: &mut Vec<Table>) {
    let text = |at: usize| text_of(lines, blocks, at);
    let mut start = range.start;
    while start < range.end {
        let end = (start..range.end).find(|at| kind(lines, *at) != Kind::Plain);
        let end = end.unwrap_or(range.end);
        tables.extend(alternation::find(lines, start..end, &text));
        start = end + 1;
    }
}

/// The blocks with the tables in place of their lines.
fn replaced(blocks: Vec<Block>, lines: &[Line], tables: Vec<Table>) -> Vec<Found> {
    let mut made = Vec::with_capacity(tables.len());
    for table in tables {
        let range = table.lines.clone();
        let place = blocks
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .map(|block| block.place.clone())
            .reduce(|whole, place| whole.joined(&place));
        let Some(place) = place else { continue };
        let block = Block {
            content: BlockContent::Grid(draft::grid(table, lines, &blocks)),
            place,
            layer: Layer::Body,
            style: Style::default(),
        };
        made.push((range, block));
    }
    let mut made = made.into_iter().peekable();
    let mut out = Vec::with_capacity(blocks.len());
    let mut taken_to = 0;
    for (at, block) in blocks.into_iter().enumerate() {
        if let Some((range, table)) = made.next_if(|(range, _)| range.start == at) {
            taken_to = range.end;
            out.push(Found::Table(table));
        }
        if at >= taken_to {
            out.push(Found::Other(block));
        }
    }
    out
}
