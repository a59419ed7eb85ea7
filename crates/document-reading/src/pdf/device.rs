//! What a page paints: characters, straight strokes, pictures, as the engine draws them.

use hayro_interpret::font::{Glyph as EngineGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

use super::glyph::{Direction, Glyph};
use super::structure::{Marks, Role};
use super::unicode::{CollectionMaps, is_bold_name};

/// A straight stroke along one axis; a thin filled rectangle counts as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// A picture of this share of the page is the page itself.
const WHOLE_PAGE: f64 = 0.8;
/// Filled shapes up to this thickness are lines, points.
const THIN: f64 = 2.6;

/// Receives everything that one page paints. Coordinates: points, origin top left.
pub(super) struct PageDevice<'m, 'p> {
    page: Rect,
    clips: Vec<Rect>,
    marks: Marks,
    /// Open groups, and whether what is below shines through them.
    groups: Vec<bool>,
    maps: &'m mut CollectionMaps<'p>,
    glyph_limit: usize,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) strokes: Vec<Stroke>,
    /// Area covered by pictures, square points; overlapping pictures count twice.
    pub(super) picture_area: f64,
    /// Glyphs that lie under a picture or above one: their number when the last one was painted.
    covered: usize,
    /// Glyphs without a known character.
    pub(super) unmapped: usize,
    /// Glyphs past the limit.
    pub(super) over_limit: usize,
}

impl<'m, 'p> PageDevice<'m, 'p> {
    pub(super) fn new(
        width: f64,
        height: f64,
        glyph_limit: usize,
        maps: &'m mut CollectionMaps<'p>,
        pieces: Vec<Role>,
    ) -> Self {
        Self {
            page: Rect::new(0.0, 0.0, width, height),
            clips: Vec::new(),
            marks: Marks::of(pieces),
            groups: Vec::new(),
            maps,
            glyph_limit,
            glyphs: Vec::new(),
            strokes: Vec::new(),
            picture_area: 0.0,
            covered: 0,
            unmapped: 0,
            over_limit: 0,
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    /// The characters of a glyph; nothing where it paints nothing and means nothing.
    fn characters(&mut self, glyph: &EngineGlyph<'_>) -> Characters {
        if let Some(found) = known(glyph.as_unicode()) {
            return found;
        }
        if let EngineGlyph::Outline(outline) = glyph {
            if let Some(font) = outline.font_data()
                && let Some(found) = known(self.maps.character(&font, glyph.char_code()))
            {
                return found;
            }
            if outline.outline().elements().is_empty() {
                return Characters::One(' ');
            }
        }
        self.unmapped += 1;
        Characters::One(char::REPLACEMENT_CHARACTER)
    }

    /// Text under the picture of a page is not shown: a recognised layer.
    fn cover(&mut self, picture: Rect) {
        for glyph in self.glyphs.iter_mut().skip(self.covered) {
            let (x, y) = glyph.centre;
            glyph.hidden |= picture.contains(Point::new(x.into(), y.into()));
        }
        self.covered = self.glyphs.len();
    }

    fn push_stroke(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let clip = self.clip().inflate(1.0, 1.0);
        let (x0, x1) = (x0.min(x1).max(clip.x0), x0.max(x1).min(clip.x1));
        let (y0, y1) = (y0.min(y1).max(clip.y0), y0.max(y1).min(clip.y1));
        if x0 <= x1 && y0 <= y1 {
            self.strokes.push(Stroke {
                x0: x0 as f32,
                y0: y0 as f32,
                x1: x1 as f32,
                y1: y1 as f32,
            });
        }
    }

    /// The straight segments of a stroked path.
    fn stroke(&mut self, path: &BezPath, transform: Affine, thickness: f64) {
        let mut start = Point::ZERO;
        let mut last = Point::ZERO;
        for element in path.elements() {
            let next = match *element {
                PathEl::MoveTo(point) => {
                    start = transform * point;
                    last = start;
                    continue;
                }
                PathEl::LineTo(point) => transform * point,
                PathEl::ClosePath => start,
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    last = transform * point;
                    continue;
                }
            };
            let (dx, dy) = ((next.x - last.x).abs(), (next.y - last.y).abs());
            // A very thick stroke is a filled area.
            if dx.min(dy) <= 0.7 && dx.max(dy) > 0.0 {
                if thickness <= THIN {
                    self.push_stroke(last.x, last.y, next.x, next.y);
                } else if dx.max(dy) <= THIN {
                    // A line drawn across: as wide as it is thick.
                    let half = thickness / 2.0;
                    if dx > dy {
                        let x = (last.x + next.x) / 2.0;
                        self.push_stroke(x, last.y - half, x, last.y + half);
                    } else {
                        let y = (last.y + next.y) / 2.0;
                        self.push_stroke(last.x - half, y, last.x + half, y);
                    }
                }
            }
            last = next;
        }
    }

    /// The thin rectangles of a filled path; areas are shading and are no rules.
    fn fill(&mut self, path: &BezPath, transform: Affine) {
        let mut bounds: Option<Rect> = None;
        let mut straight = true;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(point) => {
                    self.push_thin(bounds.filter(|_| straight));
                    let point = transform * point;
                    bounds = Some(Rect::from_points(point, point));
                    straight = true;
                }
                PathEl::LineTo(point) => {
                    bounds = bounds.map(|known| known.union_pt(transform * point));
                }
                PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
                PathEl::ClosePath => {}
            }
        }
        self.push_thin(bounds.filter(|_| straight));
    }

    fn push_thin(&mut self, bounds: Option<Rect>) {
        let Some(rect) = bounds else { return };
        if rect.width().min(rect.height()) > THIN {
            return;
        }
        let middle = rect.center();
        if rect.width() > rect.height() {
            self.push_stroke(rect.x0, middle.y, rect.x1, middle.y);
        } else {
            self.push_stroke(middle.x, rect.y0, middle.x, rect.y1);
        }
    }
}

/// Whether nothing shines through a picture.
fn is_opaque(image: &Image<'_, '_>) -> bool {
    match image {
        Image::Raster(raster) => !["SMask", "SMaskInData", "Mask"]
            .iter()
            .any(|key| raster.stream().dict().contains_key(key)),
        Image::Stencil(_) => false,
    }
}

/// The characters of one glyph.
enum Characters {
    One(char),
    Many(String),
}

fn known(found: Option<BfString>) -> Option<Characters> {
    let meaningless = |c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && c != '\t');
    match found? {
        BfString::Char(character) if meaningless(character) => None,
        // One glyph for two or three dashes: nobody types these.
        BfString::Char('\u{2E3A}') => Some(Characters::Many("——".to_owned())),
        BfString::Char('\u{2E3B}') => Some(Characters::Many("———".to_owned())),
        BfString::Char(character) => Some(Characters::One(character)),
        BfString::String(text) if text.is_empty() || text.chars().all(meaningless) => None,
        BfString::String(text) => Some(Characters::Many(text)),
    }
}

/// How light a paint is (0 black, 1 white) and how opaque.
fn lightness(paint: &Paint<'_>) -> (f32, f32) {
    match paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().components();
            (0.299 * red + 0.587 * green + 0.114 * blue, alpha)
        }
        Paint::Pattern(_) => (0.0, 1.0),
    }
}

impl<'a> Device<'a> for PageDevice<'_, '_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        let (light, alpha) = lightness(&props.paint);
        // White on white separates nothing.
        if light > 0.97 || alpha < 0.05 {
            return;
        }
        match draw_mode {
            DrawMode::Fill(_) => self.fill(path, props.transform),
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                let scale = props.transform.determinant().abs().sqrt();
                self.stroke(path, props.transform, f64::from(stroke.line_width) * scale);
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let bounds = clip_path.path.bounding_box();
        self.push_clip_rect(&bounds);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clips.push(self.clip().intersect(*rect));
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend: BlendMode,
    ) {
        let lets_through = opacity < 1.0 || mask.is_some() || blend != BlendMode::Normal;
        self.groups.push(lets_through);
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        let glyphs = run.glyphs();
        let Some(first) = glyphs.first() else { return };
        let font = match &**first {
            EngineGlyph::Outline(outline) => outline.font_data(),
            EngineGlyph::Type3(_) => None,
        };
        let bold = font.as_ref().is_some_and(|font| {
            font.postscript_name.as_deref().is_some_and(is_bold_name)
                || font.weight.is_some_and(|weight| weight >= 600)
        });
        let (light, alpha) = lightness(&props.paint);
        let hidden = matches!(draw_mode, DrawMode::Invisible) || alpha < 0.02;
        let pale = light > 0.6 || alpha < 0.5;
        let vertical = run.writing_mode() == WritingMode::Vertical && font.is_some();
        let clip = self.clip().inflate(1.0, 1.0);
        let role = self.marks.role();

        for (index, glyph) in glyphs.iter().enumerate() {
            let transform = props.transform * glyph.transform();
            let origin = transform * Point::ZERO;
            let along = transform * Point::new(1000.0, 0.0) - origin;
            let up = transform * Point::new(0.0, 1000.0) - origin;
            let size = up.hypot();
            if !(size.is_finite() && origin.is_finite()) || size <= 0.01 {
                continue;
            }
            let declared = match &**glyph {
                EngineGlyph::Outline(outline) => outline.advance_width(),
                EngineGlyph::Type3(type3) => type3.advance_width(),
            };
            let direction = Direction::of(along.x as f32, along.y as f32);
            // An embedded font draws at its own scale; a substitute is stretched to fit, so that
            // only the height of the em can be trusted.
            let em = if font.is_some() { along.hypot() } else { size };
            let mut advance = match declared {
                Some(width) if !vertical => f64::from(width) / 1000.0 * em,
                _ => em,
            };
            if !vertical && let Some(next) = glyphs.get(index + 1) {
                let step = props.transform * next.transform() * Point::ZERO - origin;
                let forward = (step.x * along.x + step.y * along.y) / along.hypot().max(1e-6);
                if font.is_none() && forward > size * 0.1 {
                    advance = advance.min(forward);
                }
            }
            let unit = along / along.hypot().max(1e-6);
            let middle = origin + unit * (advance / 2.0) + up * 0.36;
            if !clip.contains(middle) || !self.page.contains(middle) {
                continue;
            }
            if self.glyphs.len() >= self.glyph_limit {
                self.over_limit += 1;
                continue;
            }
            let characters = self.characters(glyph);
            let (x0, base) = direction.upright(origin.x as f32, origin.y as f32);
            let advance = advance as f32;
            let order = u32::try_from(self.glyphs.len()).unwrap_or(u32::MAX);
            let mut push = |character: char, part: f32, parts: f32| {
                let start = x0 + advance * part / parts;
                // Characters of one glyph stand side by side, the same character twice too.
                let centre = middle + unit * f64::from(advance * ((part + 0.5) / parts - 0.5));
                self.glyphs.push(Glyph {
                    character,
                    x0: start,
                    x1: start + advance / parts,
                    base,
                    centre: (centre.x as f32, centre.y as f32),
                    size: size as f32,
                    bold,
                    hidden,
                    pale,
                    vertical,
                    direction,
                    order,
                    role,
                });
            };
            match characters {
                Characters::One(character) => push(character, 0.0, 1.0),
                Characters::Many(text) => {
                    let count = text.chars().count() as f32;
                    for (part, character) in text.chars().enumerate() {
                        push(character, part as f32, count);
                    }
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let drawn = props
            .transform
            .transform_rect_bbox(Rect::new(0.0, 0.0, width, height))
            .intersect(self.clip());
        self.picture_area += drawn.area().max(0.0);
        let plain = props.soft_mask.is_none()
            && props.blend_mode == BlendMode::Normal
            && !self.groups.contains(&true);
        if plain && drawn.area() >= WHOLE_PAGE * self.page.area() && is_opaque(&image) {
            self.cover(drawn);
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.marks.begin(tag, properties);
    }

    fn end_marked_content(&mut self) {
        self.marks.end();
    }
}
