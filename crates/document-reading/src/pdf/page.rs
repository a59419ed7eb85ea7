//! One page: what it paints, turned upright, parted into tables, lines and marks.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::page::Page as EnginePage;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret,
    interpret_page, kurbo::Rect,
};
use model::PageBox;

use crate::Limits;

use super::device::{PageDevice, Stroke};
use super::glyph::{Direction, Glyph, merge_duplicates};
use super::grid;
use super::lines::{self, Row};
use super::notes::{self, Note};
use super::operators::{self, Bound};
use super::part_ruled;
use super::rules::Rules;
use super::structure::Structure;
use super::table::{self, Table};
use super::unicode::CollectionMaps;

/// How the page's own frame lies in the upright frame in which it is read: pages that are set
/// sideways are read sideways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turn {
    direction: Direction,
    width: f32,
    height: f32,
}

impl Turn {
    /// A point of the page in the upright frame.
    fn there(self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.direction {
            Direction::Right | Direction::Oblique => (x, y),
            Direction::Down => (y, self.width - x),
            Direction::Left => (self.width - x, self.height - y),
            Direction::Up => (self.height - y, x),
        }
    }

    /// A point of the upright frame on the page.
    fn back(self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.direction {
            Direction::Right | Direction::Oblique => (x, y),
            Direction::Down => (self.width - y, x),
            Direction::Left => (self.width - x, self.height - y),
            Direction::Up => (y, self.height - x),
        }
    }

    /// A box of the upright frame on the page.
    pub(super) fn page_box(self, upright: PageBox) -> PageBox {
        let (ax, ay) = self.back((upright.x0, upright.y0));
        let (bx, by) = self.back((upright.x1, upright.y1));
        PageBox {
            page: upright.page,
            x0: ax.min(bx),
            y0: ay.min(by),
            x1: ax.max(bx),
            y1: ay.max(by),
        }
    }

    fn size(self) -> (f32, f32) {
        match self.direction {
            Direction::Down | Direction::Up => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    fn glyph(self, glyph: &mut Glyph) {
        if matches!(self.direction, Direction::Right | Direction::Oblique) {
            return;
        }
        // The origin on the page, from the frame of the glyph's direction.
        let origin = match glyph.direction {
            Direction::Right | Direction::Oblique => (glyph.x0, glyph.base),
            Direction::Down => (-glyph.base, glyph.x0),
            Direction::Left => (-glyph.x0, -glyph.base),
            Direction::Up => (glyph.base, -glyph.x0),
        };
        let advance = glyph.x1 - glyph.x0;
        let ahead = match glyph.direction {
            Direction::Right | Direction::Oblique => (1.0, 0.0),
            Direction::Down => (0.0, 1.0),
            Direction::Left => (-1.0, 0.0),
            Direction::Up => (0.0, -1.0),
        };
        let start = self.there(origin);
        let end = self.there((origin.0 + ahead.0, origin.1 + ahead.1));
        if glyph.direction != Direction::Oblique {
            glyph.direction = Direction::of(end.0 - start.0, end.1 - start.1);
        }
        (glyph.x0, glyph.base) = glyph.direction.upright(start.0, start.1);
        glyph.x1 = glyph.x0 + advance;
        glyph.centre = self.there(glyph.centre);
    }

    fn stroke(self, stroke: &mut Stroke) {
        let (ax, ay) = self.there((stroke.x0, stroke.y0));
        let (bx, by) = self.there((stroke.x1, stroke.y1));
        *stroke = Stroke {
            x0: ax.min(bx),
            y0: ay.min(by),
            x1: ax.max(bx),
            y1: ay.max(by),
        };
    }
}

/// Text that runs across the page or sideways on it.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) text: String,
    pub(super) place: PageBox,
    pub(super) size: f32,
    /// Large, light or slanted: laid over the page, not part of its text.
    pub(super) watermark: bool,
}

/// What stands on a page, in the upright frame.
pub(super) struct Page {
    pub(super) number: u32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) turn: Turn,
    /// Visible lines outside of tables, top to bottom.
    pub(super) rows: Vec<Row>,
    pub(super) tables: Vec<Table>,
    /// Boxes of one cell, of a table or around prose.
    pub(super) boxes: Vec<PageBox>,
    /// Rules drawn on it, whether of a table or not.
    pub(super) rules: Rules,
    /// Footnotes, top to bottom.
    pub(super) notes: Vec<Note>,
    /// Lines that are not painted.
    pub(super) hidden: Vec<Row>,
    pub(super) marks: Vec<Mark>,
    /// Share of the page that pictures cover, 0 to 1.
    pub(super) picture_share: f32,
    /// Glyphs without a known character.
    pub(super) unmapped: usize,
    /// Glyphs past the limit.
    pub(super) over_limit: usize,
    /// Why it was not read to its end.
    pub(super) cut: Option<Bound>,
}

impl Page {
    /// Whether a reader sees any text on it.
    pub(super) fn has_text(&self) -> bool {
        !(self.rows.is_empty()
            && self.tables.is_empty()
            && self.notes.is_empty()
            && self.marks.is_empty())
    }
}

/// Interprets a page and finds its lines and tables; `pending` are marks of the page before whose
/// notes are still to come.
pub(super) fn read<'a>(
    page: &EnginePage<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    maps: &mut CollectionMaps<'_>,
    structure: &mut Structure<'a>,
    pending: &mut Vec<String>,
    limits: &Limits,
) -> Page {
    let (width, height) = page.render_dimensions();
    let mut device = PageDevice::new(
        width.into(),
        height.into(),
        limits.glyphs,
        maps,
        structure.page(page.raw()),
    );
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, width.into(), height.into()),
        cache,
        page.xref(),
        InterpreterSettings {
            // What the page paints is given in its bounds.
            render_content: RenderContent::ANNOTATIONS,
            ..InterpreterSettings::default()
        },
    );
    let runnable = operators::runnable(page, limits);
    let content = TypedIter::new(runnable.content);
    interpret(content, page.resources(), &mut context, &mut device);
    if runnable.annotations {
        interpret_page(page, &mut context, &mut device);
    }

    let PageDevice {
        glyphs,
        mut strokes,
        picture_area,
        unmapped,
        over_limit,
        ..
    } = device;
    let mut glyphs = merge_duplicates(glyphs);
    let turn = Turn {
        direction: main_direction(&glyphs),
        width,
        height,
    };
    for glyph in &mut glyphs {
        turn.glyph(glyph);
    }
    for stroke in &mut strokes {
        turn.stroke(stroke);
    }
    let (width, height) = turn.size();

    let (hidden, visible): (Vec<Glyph>, Vec<Glyph>) =
        glyphs.into_iter().partition(|glyph| glyph.hidden);
    let (slanted, mut straight): (Vec<Glyph>, Vec<Glyph>) = visible
        .into_iter()
        .partition(|glyph| glyph.direction == Direction::Oblique);
    let rules = Rules::of(&strokes, width, height);
    let frames = grid::frames(&rules, limits.table_cells);
    let mut tables = table::fill(frames.grids, &mut straight, number);
    let part_ruled = part_ruled::fill(&rules, &tables, &mut straight, number);
    tables.extend(part_ruled);
    let (mut upright, sideways): (Vec<Glyph>, Vec<Glyph>) = straight
        .into_iter()
        .partition(|glyph| glyph.direction == Direction::Right && !glyph.vertical);
    let notes = notes::take(&mut upright, &rules, number, height, pending);
    let mut marks = marks(slanted, number);
    marks.extend(self::marks(sideways, number));
    Page {
        number,
        width,
        height,
        turn,
        rows: lines::rows(upright),
        tables,
        boxes: frames
            .boxes
            .into_iter()
            .map(|[x0, y0, x1, y1]| PageBox {
                page: number,
                x0,
                y0,
                x1,
                y1,
            })
            .collect(),
        notes,
        rules,
        hidden: lines::rows(
            hidden
                .into_iter()
                .filter(|g| g.direction == Direction::Right)
                .collect(),
        ),
        marks,
        picture_share: (picture_area / f64::from(width * height).max(1.0)).min(1.0) as f32,
        unmapped,
        over_limit,
        cut: runnable.cut,
    }
}

/// The direction in which most of a page is written.
fn main_direction(glyphs: &[Glyph]) -> Direction {
    let mut counts: BTreeMap<Direction, usize> = BTreeMap::new();
    for glyph in glyphs.iter().filter(|glyph| !glyph.is_space()) {
        *counts.entry(glyph.direction).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    counts
        .into_iter()
        .find(|(direction, count)| {
            *direction != Direction::Oblique && *count >= 20 && *count * 3 > total * 2
        })
        .map_or(Direction::Right, |(direction, _)| direction)
}

/// Groups slanted, sideways and vertical characters by direction and size, in drawing order.
fn marks(glyphs: Vec<Glyph>, page: u32) -> Vec<Mark> {
    let mut groups: BTreeMap<(Direction, bool, u32), Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        let key = (glyph.direction, glyph.vertical, (glyph.size * 2.0) as u32);
        groups.entry(key).or_default().push(glyph);
    }
    groups
        .into_values()
        .filter_map(|group| {
            let size = group.first()?.size;
            let slanted = group.first()?.direction == Direction::Oblique;
            let pale = group.iter().all(|glyph| glyph.pale);
            let mut place = PageBox {
                page,
                x0: f32::INFINITY,
                y0: f32::INFINITY,
                x1: f32::NEG_INFINITY,
                y1: f32::NEG_INFINITY,
            };
            for glyph in &group {
                let (x, y) = glyph.centre;
                let half = glyph.size / 2.0;
                place.x0 = place.x0.min(x - half);
                place.y0 = place.y0.min(y - half);
                place.x1 = place.x1.max(x + half);
                place.y1 = place.y1.max(y + half);
            }
            let text = if slanted {
                // Slanted lines have no base line to sort by: the drawing order is the text.
                group
                    .iter()
                    .map(|glyph| glyph.character)
                    .collect::<String>()
                    .trim()
                    .to_owned()
            } else {
                table::cell_text(group, None)
            };
            (!text.is_empty()).then_some(Mark {
                text,
                place,
                size,
                watermark: slanted || pale,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::*;

    #[test]
    fn a_page_set_sideways_is_read_sideways() {
        let turn = Turn {
            direction: Direction::Up,
            width: 600.0,
            height: 800.0,
        };
        // Reads upwards: starts low on the page.
        let mut glyph = set("年", 0.0, 0.0, 10.0).remove(0);
        glyph.direction = Direction::Up;
        (glyph.x0, glyph.base) = Direction::Up.upright(100.0, 700.0);
        glyph.x1 = glyph.x0 + 10.0;
        glyph.centre = (96.0, 695.0);
        turn.glyph(&mut glyph);
        assert_eq!(glyph.direction, Direction::Right);
        assert_eq!((glyph.x0, glyph.base), (100.0, 100.0));
        assert_eq!(glyph.centre, (105.0, 96.0));
        assert_eq!(turn.back(turn.there((12.0, 34.0))), (12.0, 34.0));
    }
}
