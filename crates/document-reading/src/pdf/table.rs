//! Grids with their text, before they become table markup.

use model::{CellMarkup, PageBox, Place, RowMarkup, Shape, TableMarkup, Text};

use super::downwards;
use super::glyph::{Direction, Glyph};
use super::grid::{Frame, Span};
use super::lines::{self, Line};
use super::overhang::overhang;
use super::script::{self, join_line};
use super::seam::is_figure;

/// A cell with its text.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) span: Span,
    pub(super) text: String,
    /// One box, or one on each page where a page break cuts it.
    pub(super) boxes: Vec<PageBox>,
    /// Width that its last line leaves free, in em; infinite where it is empty.
    pub(super) room: f32,
}

/// A table of one or more pages.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Vertical grid lines.
    pub(super) xs: Vec<f32>,
    pub(super) rows: usize,
    /// By row, then column.
    pub(super) cells: Vec<Cell>,
    pub(super) boxes: Vec<PageBox>,
    pub(super) shape: Shape,
}

impl Table {
    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The first box's page; tables have at least one box.
    pub(super) fn page(&self) -> u32 {
        self.boxes.first().map_or(1, |first| first.page)
    }

    /// As markup, rows in order; rows of the grid that no cell begins in stay as empty rows.
    pub(super) fn markup(self) -> TableMarkup {
        let mut rows = vec![RowMarkup::default(); self.rows];
        for cell in self.cells {
            let Some(row) = rows.get_mut(cell.span.row) else {
                continue;
            };
            row.cells.push(CellMarkup {
                text: Text::read(cell.text),
                row_span: u32::try_from(cell.span.rows).unwrap_or(u32::MAX),
                col_span: u32::try_from(cell.span.columns).unwrap_or(u32::MAX),
                header: false,
                place: Some(Place::Boxes(cell.boxes)),
            });
        }
        TableMarkup {
            rows,
            caption: None,
            shape: self.shape,
        }
    }
}

/// Takes the characters that stand inside the frames (inner frames first) and makes tables of
/// them; characters outside stay in `glyphs`.
pub(super) fn fill(frames: Vec<Frame>, glyphs: &mut Vec<Glyph>, page: u32) -> Vec<Table> {
    let mut tables = Vec::with_capacity(frames.len());
    // Frames come outer before inner.
    for frame in frames.into_iter().rev() {
        let end = overhang(&frame, glyphs);
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs.drain(..).partition(|glyph| {
            frame.contains(glyph.centre) || end.as_ref().is_some_and(|end| end.holds(&frame, glyph))
        });
        let table = table(&frame, &inside, page);
        let written = table
            .cells
            .iter()
            .filter(|cell| !cell.text.is_empty())
            .count();
        *glyphs = outside;
        // Drawings and charts have rules too: a table says something in several cells.
        // One row of a wide table, alone on the next page, may have its label only.
        let rest = written == 1 && frame.rows() <= 2 && frame.columns() >= 4;
        if (written >= 2 || rest) && written * 8 >= table.cells.len() {
            tables.push(table);
        } else {
            glyphs.extend(inside);
        }
    }
    tables.reverse();
    tables
}

/// The text of a frame's cells.
pub(super) fn table(frame: &Frame, glyphs: &[Glyph], page: u32) -> Table {
    let cover = frame.cover();
    let between = |lines: &[f32], at: f32| lines.partition_point(|line| *line <= at);
    let mut placed: Vec<(Glyph, usize)> = glyphs
        .iter()
        .filter_map(|glyph| {
            let (x, y) = glyph.centre;
            let column = between(&frame.xs, x).checked_sub(1)?;
            // Text that runs out below the lower edge is the last row's.
            let row = between(&frame.ys, y)
                .checked_sub(1)?
                .min(frame.rows().checked_sub(1)?);
            Some((*glyph, *cover.get(row * frame.columns() + column)?))
        })
        .collect();
    keep_figures_whole(&mut placed);
    keep_hanging_punctuation(&mut placed);
    let mut contents: Vec<Vec<Glyph>> = vec![Vec::new(); frame.cells.len()];
    for (glyph, index) in placed {
        if let Some(content) = contents.get_mut(index) {
            content.push(glyph);
        }
    }
    let cells = frame
        .cells
        .iter()
        .zip(contents)
        .map(|(span, content)| {
            let [x0, y0, x1, y1] = frame.edges(*span);
            Cell {
                span: *span,
                room: room(&content, x1 - x0),
                text: downwards::text(&content)
                    .unwrap_or_else(|| cell_text(content, Some(x1 - x0))),
                boxes: vec![PageBox {
                    page,
                    x0,
                    y0,
                    x1,
                    y1,
                }],
            }
        })
        .collect();
    Table {
        xs: frame.xs.clone(),
        rows: frame.rows(),
        cells,
        boxes: vec![PageBox {
            page,
            x0: frame.left(),
            y0: frame.top(),
            x1: frame.right(),
            y1: frame.bottom(),
        }],
        shape: Shape::Ruled,
    }
}

/// The width of a cell that its last line leaves free, in em.
fn room(glyphs: &[Glyph], width: f32) -> f32 {
    let visible = || glyphs.iter().filter(|glyph| !glyph.is_space());
    let base = visible()
        .map(|glyph| glyph.base)
        .fold(f32::NEG_INFINITY, f32::max);
    let (from, to, em) = visible()
        .filter(|glyph| glyph.base > base - 0.5 * glyph.size)
        .fold(
            (f32::INFINITY, f32::NEG_INFINITY, 0.0_f32),
            |(from, to, em), glyph| (from.min(glyph.x0), to.max(glyph.x1), em.max(glyph.size)),
        );
    if em > 0.0 {
        (width - (to - from)) / em
    } else {
        f32::INFINITY
    }
}

/// A figure wider than its cell runs over the rule: its digits stand in the cell of most of them.
fn keep_figures_whole(placed: &mut [(Glyph, usize)]) {
    placed.sort_by(|(a, _), (b, _)| a.base.total_cmp(&b.base).then(a.x0.total_cmp(&b.x0)));
    let figure = |glyph: &Glyph| glyph.character.is_ascii_digit() || ",.".contains(glyph.character);
    let one = |(a, _): &(Glyph, usize), (b, _): &(Glyph, usize)| {
        figure(a)
            && figure(b)
            && a.direction == b.direction
            && (a.base - b.base).abs() < 0.1
            && (b.x0 - a.x1).abs() < 0.12 * a.size
    };
    for run in placed.chunk_by_mut(one) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if first.1 == last.1 {
            continue;
        }
        let in_first = run.iter().filter(|(_, cell)| *cell == first.1).count();
        let cell = if in_first * 2 > run.len() {
            first.1
        } else {
            last.1
        };
        for (_, index) in run {
            *index = cell;
        }
    }
}

/// Punctuation that may not begin a line hangs over the rule: it stays with the text before it.
fn keep_hanging_punctuation(placed: &mut [(Glyph, usize)]) {
    for at in 1..placed.len() {
        let Some([(before, cell), (glyph, index)]) = placed.get_mut(at - 1..=at) else {
            continue;
        };
        if index != cell
            && script::hangs(glyph.character)
            && !before.is_space()
            && before.direction == glyph.direction
            && (before.base - glyph.base).abs() < 0.1
            && (glyph.x0 - before.x1).abs() < 0.12 * glyph.size
        {
            *index = *cell;
        }
    }
}

/// The text of a cell: its lines joined; turned and vertical text in its own order. A figure
/// that fills the cell's width goes on in the next line.
pub(super) fn cell_text(glyphs: Vec<Glyph>, width: Option<f32>) -> String {
    let mut text = String::new();
    let mut last: Option<Line> = None;
    let mut by_direction: [Vec<Glyph>; 4] = Default::default();
    let mut vertical = Vec::new();
    for glyph in glyphs {
        let [right, down, left, up] = &mut by_direction;
        match glyph.direction {
            _ if glyph.vertical => vertical.push(glyph),
            Direction::Right => right.push(glyph),
            Direction::Down => down.push(glyph),
            Direction::Left => left.push(glyph),
            Direction::Up => up.push(glyph),
            // Slanted text is no cell's text; it is kept as it comes.
            Direction::Oblique => right.push(glyph),
        }
    }
    if !vertical.is_empty() {
        join_line(&mut text, &vertical_text(vertical), false);
    }
    for part in by_direction {
        for line in lines::of_area(part) {
            let cut = last.as_ref().is_some_and(|last| {
                let room = width.unwrap_or(f32::INFINITY) - (last.x1 - last.x0);
                room < last.size * 1.4 && is_figure(&last.text) && is_figure(&line.text)
            });
            if cut {
                text.push_str(&line.text);
            } else {
                let spaced = last.as_ref().is_some_and(|last| last.spaced_end);
                join_line(&mut text, &line.text, spaced);
            }
            last = Some(line);
        }
    }
    text
}

/// Text in vertical writing mode: columns from right to left, each downwards.
fn vertical_text(mut glyphs: Vec<Glyph>) -> String {
    glyphs.retain(|glyph| !glyph.is_space());
    glyphs.sort_by(|a, b| b.centre.0.total_cmp(&a.centre.0));
    let mut columns: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match columns.last_mut() {
            Some(column)
                if column
                    .first()
                    .is_some_and(|first| first.centre.0 - glyph.centre.0 < 0.5 * first.size) =>
            {
                column.push(glyph);
            }
            _ => columns.push(vec![glyph]),
        }
    }
    let mut text = String::new();
    for mut column in columns {
        column.sort_by(|a, b| a.centre.1.total_cmp(&b.centre.1));
        text.extend(column.iter().map(|glyph| glyph.character));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::*;

    #[test]
    fn lines_of_a_cell_are_joined() {
        let mut glyphs = set("社会公益", 10.0, 20.0, 8.0);
        glyphs.extend(set("组织", 18.0, 30.0, 8.0));
        assert_eq!(cell_text(glyphs, Some(60.0)), "社会公益组织");
    }

    #[test]
    fn a_figure_broken_in_a_narrow_cell_is_one() {
        let mut glyphs = set("4472", 10.0, 20.0, 8.0);
        glyphs.extend(set("28", 10.0, 30.0, 8.0));
        assert_eq!(cell_text(glyphs.clone(), Some(20.0)), "447228");
        assert_eq!(cell_text(glyphs, Some(60.0)), "4472 28");
    }

    #[test]
    fn a_figure_that_runs_over_a_rule_stays_in_its_cell() {
        let mut placed: Vec<(Glyph, usize)> = set("1234567", 10.0, 20.0, 8.0)
            .into_iter()
            .enumerate()
            .map(|(index, glyph)| (glyph, usize::from(index >= 2)))
            .collect();
        keep_figures_whole(&mut placed);
        assert!(placed.iter().all(|(_, cell)| *cell == 1));
    }

    #[test]
    fn punctuation_that_hangs_over_a_rule_stays_with_its_text() {
        let mut placed: Vec<(Glyph, usize)> = set("逾期不补正、", 10.0, 20.0, 8.0)
            .into_iter()
            .enumerate()
            .map(|(index, glyph)| (glyph, usize::from(index == 5)))
            .collect();
        keep_hanging_punctuation(&mut placed);
        assert!(placed.iter().all(|(_, cell)| *cell == 0));
    }

    #[test]
    fn characters_set_one_below_the_other_are_one_text() {
        let glyphs = "三、本年度"
            .chars()
            .enumerate()
            .flat_map(|(index, c)| set(&c.to_string(), 10.0, 20.0 + 14.0 * index as f32, 9.0))
            .collect();
        assert_eq!(cell_text(glyphs, None), "三、本年度");
    }

    #[test]
    fn vertical_columns_run_from_right_to_left() {
        let mut glyphs = Vec::new();
        for (x, text) in [(30.0, "办理"), (18.0, "结果")] {
            for (index, c) in text.chars().enumerate() {
                glyphs.extend(set(&c.to_string(), x, 20.0 + 10.0 * index as f32, 10.0));
            }
        }
        for glyph in &mut glyphs {
            glyph.vertical = true;
        }
        assert_eq!(cell_text(glyphs, None), "办理结果");
    }
}
