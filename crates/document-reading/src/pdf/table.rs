//! Grids with their text, before they become table markup.

use model::{CellMarkup, PageBox, Place, RowMarkup, Shape, TableMarkup, Text};

use super::glyph::{Direction, Glyph};
use super::grid::{Frame, Span};
use super::lines;
use super::script::join_line;

/// A cell with its text.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) span: Span,
    pub(super) text: String,
    /// One box, or one on each page where a page break cuts it.
    pub(super) boxes: Vec<PageBox>,
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
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs
            .drain(..)
            .partition(|glyph| frame.contains(glyph.centre));
        let table = table(&frame, &inside, page);
        let written = table
            .cells
            .iter()
            .filter(|cell| !cell.text.is_empty())
            .count();
        *glyphs = outside;
        // Drawings and charts have rules too: a table says something in several cells.
        if written >= 2 && written * 8 >= table.cells.len() {
            tables.push(table);
        } else {
            glyphs.extend(inside);
        }
    }
    tables.reverse();
    tables
}

fn table(frame: &Frame, glyphs: &[Glyph], page: u32) -> Table {
    let cover = frame.cover();
    let mut contents: Vec<Vec<Glyph>> = vec![Vec::new(); frame.cells.len()];
    for glyph in glyphs {
        let between = |lines: &[f32], at: f32| lines.partition_point(|line| *line <= at);
        let (x, y) = glyph.centre;
        let (Some(column), Some(row)) = (
            between(&frame.xs, x).checked_sub(1),
            between(&frame.ys, y).checked_sub(1),
        ) else {
            continue;
        };
        let index = cover
            .get(row * frame.columns() + column)
            .copied()
            .unwrap_or(usize::MAX);
        if let Some(content) = contents.get_mut(index) {
            content.push(*glyph);
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
                text: cell_text(content),
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

/// The text of a cell: its lines joined; turned and vertical text in its own order.
pub(super) fn cell_text(glyphs: Vec<Glyph>) -> String {
    let mut text = String::new();
    let mut spaced = false;
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
        for (line, spaced_end) in lines::texts(part) {
            join_line(&mut text, &line, spaced);
            spaced = spaced_end;
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
        assert_eq!(cell_text(glyphs), "社会公益组织");
    }

    #[test]
    fn characters_set_one_below_the_other_are_one_text() {
        let glyphs = "三、本年度"
            .chars()
            .enumerate()
            .flat_map(|(index, c)| set(&c.to_string(), 10.0, 20.0 + 14.0 * index as f32, 9.0))
            .collect();
        assert_eq!(cell_text(glyphs), "三、本年度");
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
        assert_eq!(cell_text(glyphs), "办理结果");
    }
}
