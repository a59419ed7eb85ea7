//! Number, title and unit of a table: in its first rows, in its own caption, in the paragraphs before it.

mod line;

use model::{Alignment, Block, BlockContent, Caption, FurnitureReason, Grid, Layer, Place, Text};

pub(crate) use line::{is_caption, is_numbered, is_outline};

use crate::Piece;
use crate::rectangle::{Positions, keep_rows};
use line::{Line, centred_title, read};

/// Most paragraphs before a table that belong to it: number, title, unit on a line each.
const MOST_PARAGRAPHS: usize = 3;

/// Takes captions to their tables; the paragraphs taken are no blocks any more.
pub(crate) fn attach(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        if piece.fresh {
            let own = piece.own_caption.take();
            let place = piece.block.place.clone();
            if let Some(grid) = piece.grid_mut() {
                let mut found = Found::default();
                found.own(own, &place);
                found.first_rows(grid, &place);
                found.paragraphs(&mut out);
                grid.caption = found.caption();
            }
        }
        out.push(piece);
    }
    out
}

/// A caption as its lines are found: later lines may only add what is missing.
#[derive(Default)]
struct Found {
    parts: Line,
    /// Lines with their places, in reading order.
    lines: Vec<(Text, Place)>,
}

impl Found {
    /// Takes over what a line says, unless it says again, or otherwise, what is known.
    fn add(&mut self, line: Line) -> bool {
        let clash = |new: &Option<String>, known: &Option<String>| new.is_some() && known.is_some();
        if clash(&line.number, &self.parts.number)
            || clash(&line.title, &self.parts.title)
            || clash(&line.unit, &self.parts.unit)
        {
            return false;
        }
        self.parts.number = self.parts.number.take().or(line.number);
        self.parts.title = self.parts.title.take().or(line.title);
        self.parts.unit = self.parts.unit.take().or(line.unit);
        true
    }

    /// The table's own caption is one whatever it says.
    fn own(&mut self, own: Option<Text>, place: &Place) {
        if let Some(text) = own {
            self.parts = read(text.value()).unwrap_or_else(|| Line {
                title: Some(
                    text.value()
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
                ..Line::default()
            });
            self.lines.push((text, place.clone()));
        }
    }

    /// Leading rows that hold a caption and nothing else.
    fn first_rows(&mut self, grid: &mut Grid, place: &Place) {
        let positions = Positions::of(grid);
        let mut taken = 0;
        while taken + 1 < grid.rows && grid.columns > 1 {
            let mut owners: Vec<usize> = positions.row(taken).collect();
            owners.dedup();
            let cells: Vec<_> = owners
                .iter()
                .filter_map(|owner| grid.cells.get(*owner))
                .collect();
            if cells.iter().any(|cell| cell.row_span > 1) {
                break;
            }
            let texts: Vec<_> = cells.iter().filter(|cell| !cell.text.is_blank()).collect();
            // `表1 … | 单位:条` in two cells, or all in one.
            let lines: Option<Vec<Line>> =
                texts.iter().map(|cell| read(cell.text.value())).collect();
            let Some(lines) = lines.filter(|lines| {
                let unit_only = |line: &Line| line.title.is_none() && line.number.is_none();
                !lines.is_empty() && lines.len() <= 2 && lines.iter().skip(1).all(unit_only)
            }) else {
                break;
            };
            // A wide row is a caption by its words; a narrow one beside blanks needs a number or a unit.
            let wide = cells.len() == 1;
            let sure = |line: &Line| wide || line.number.is_some() || line.unit.is_some();
            if !lines.iter().all(sure) || !lines.into_iter().all(|line| self.add(line)) {
                break;
            }
            for cell in texts {
                let at = cell.place.clone().unwrap_or_else(|| place.clone());
                self.lines.push((cell.text.clone(), at));
            }
            taken += 1;
        }
        if taken > 0 {
            let keep: Vec<bool> = (0..grid.rows).map(|row| row >= taken).collect();
            keep_rows(grid, &keep);
        }
    }

    /// Paragraphs straight before the table, from the last back.
    fn paragraphs(&mut self, before: &mut Vec<Piece>) {
        for _ in 0..MOST_PARAGRAPHS {
            // Page numbers and running headers may stand between: the table begins the next page.
            let Some(at) = before.iter().rposition(|piece| !is_of_page(&piece.block)) else {
                break;
            };
            let Some(line) = before.get(at).and_then(|piece| paragraph(&piece.block)) else {
                break;
            };
            // The first words of a document are its title, unless they say that they belong to a table.
            let named = |line: &Line| line.number.is_some() || line.unit.is_some();
            let mut earlier = before.iter().take(at).rev();
            let opens = !earlier.any(|piece| piece.block.layer == Layer::Body);
            if opens && !named(&line) && !named(&self.parts) {
                break;
            }
            // Behind a title only its number can stand further up.
            let further = self.parts.title.is_some();
            if further && (line.title.is_some() || line.number.is_none()) {
                break;
            }
            if !self.add(line) {
                break;
            }
            let piece = before.remove(at);
            let place = piece.block.place;
            if let BlockContent::Paragraph(text) = piece.block.content {
                self.lines.insert(0, (text, place));
            }
        }
    }

    fn caption(self) -> Option<Caption> {
        let place = self
            .lines
            .iter()
            .map(|(_, place)| place.clone())
            .reduce(|whole, place| whole.joined(&place))?;
        Some(Caption {
            number: self.parts.number,
            title: self.parts.title,
            unit: self.parts.unit,
            lines: self.lines.into_iter().map(|(text, _)| text).collect(),
            place: Some(place),
        })
    }
}

/// Whether a block is the furniture of a page.
fn is_of_page(block: &Block) -> bool {
    matches!(
        block.layer,
        Layer::Furniture(
            FurnitureReason::PageNumber
                | FurnitureReason::RunningHeader
                | FurnitureReason::Watermark
        )
    )
}

/// A body paragraph read as a caption. One set as a heading is a caption only by a table's number or unit; a
/// short line centred above a printed table is one by its place.
fn paragraph(block: &Block) -> Option<Line> {
    if block.layer != Layer::Body {
        return None;
    }
    let text = block.text()?.value();
    let printed = matches!(block.place, Place::Boxes(_));
    let centred = printed && block.style.alignment == Alignment::Centre;
    let line = read(text).or_else(|| centred.then(|| centred_title(text)).flatten())?;
    let heading = block.style.heading_level.is_some() || block.style.list_item;
    (!heading || line.number.is_some() || line.unit.is_some()).then_some(line)
}
