//! A character on a page, and the clean-up of characters that are said more than once.

use std::collections::HashMap;

use super::structure::Role;

/// Which way a glyph is written, in the page's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Direction {
    /// Left to right.
    Right,
    /// Turned clockwise: reads downwards.
    Down,
    /// Upside down.
    Left,
    /// Turned counter-clockwise: reads upwards.
    Up,
    /// Anything else.
    Oblique,
}

impl Direction {
    /// The direction of an advance vector; y grows downwards.
    pub(super) fn of(dx: f32, dy: f32) -> Self {
        let (long, short) = (dx.abs().max(dy.abs()), dx.abs().min(dy.abs()));
        // About six degrees: slanted scans still count as straight.
        if short > long * 0.1 {
            Self::Oblique
        } else if dx.abs() >= dy.abs() {
            if dx >= 0.0 { Self::Right } else { Self::Left }
        } else if dy > 0.0 {
            Self::Down
        } else {
            Self::Up
        }
    }

    /// A point in the frame in which this direction reads left to right, lines downwards.
    pub(super) fn upright(self, x: f32, y: f32) -> (f32, f32) {
        match self {
            Self::Right | Self::Oblique => (x, y),
            Self::Down => (y, -x),
            Self::Left => (-x, -y),
            Self::Up => (-y, x),
        }
    }
}

/// One character with its place. Ligatures are split into their characters before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) character: char,
    /// Start and end along the line, in the frame of its direction.
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Base line, in the frame of its direction.
    pub(super) base: f32,
    /// Middle of its box, in the page's frame.
    pub(super) centre: (f32, f32),
    /// Height of the em in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Not painted: an OCR layer.
    pub(super) hidden: bool,
    /// Painted lightly, as watermarks are.
    pub(super) pale: bool,
    /// Set in vertical writing mode (upright characters, one below the other).
    pub(super) vertical: bool,
    pub(super) direction: Direction,
    /// When it is drawn: the number of characters before it on the page.
    pub(super) order: u32,
    /// What the structure of a tagged file says of it.
    pub(super) role: Role,
}

impl Glyph {
    /// Upper edge of the em box.
    pub(super) fn top(&self) -> f32 {
        self.base - 0.86 * self.size
    }

    /// Lower edge of the em box.
    pub(super) fn bottom(&self) -> f32 {
        self.base + 0.14 * self.size
    }

    pub(super) fn is_space(&self) -> bool {
        self.character.is_whitespace()
    }
}

/// Merges characters that are drawn again at nearly the same place (fake bold, fill and stroke,
/// a shadow): said once, marked bold. Linear: a hash of places, looked up in a neighbourhood.
pub(super) fn merge_duplicates(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    const BUCKET: f32 = 3.0;
    let bucket = |glyph: &Glyph| {
        (
            (glyph.centre.0 / BUCKET).floor() as i32,
            (glyph.centre.1 / BUCKET).floor() as i32,
        )
    };
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut places: HashMap<(char, i32, i32), usize> = HashMap::with_capacity(glyphs.len());
    for glyph in glyphs {
        let (column, row) = bucket(&glyph);
        // A shifted copy lies within a few tenths of a point to a tenth of the em.
        let reach = (glyph.size * 0.12).clamp(0.3, 2.5);
        let twin = (-1..=1)
            .flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)))
            .filter_map(|(dx, dy)| {
                places
                    .get(&(glyph.character, column + dx, row + dy))
                    .copied()
            })
            .find(|&index| {
                kept.get(index).is_some_and(|known| {
                    known.direction == glyph.direction
                        && (known.centre.0 - glyph.centre.0).abs() <= reach
                        && (known.centre.1 - glyph.centre.1).abs() <= reach
                        && (known.size - glyph.size).abs() <= glyph.size * 0.1
                })
            });
        match twin.and_then(|index| kept.get_mut(index)) {
            Some(known) if glyph.is_space() => known.hidden &= glyph.hidden,
            Some(known) => {
                // Painted text over its own OCR layer is not bold.
                if !known.hidden && !glyph.hidden {
                    known.bold = true;
                }
                known.hidden &= glyph.hidden;
            }
            None => {
                places.insert((glyph.character, column, row), kept.len());
                kept.push(glyph);
            }
        }
    }
    kept
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Glyphs of a line of text, `size` wide for wide characters and half for others.
    pub(in crate::pdf) fn set(text: &str, x: f32, base: f32, size: f32) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|character| {
                let advance = if super::super::script::is_wide(character) {
                    size
                } else {
                    size / 2.0
                };
                let glyph = Glyph {
                    character,
                    x0: at,
                    x1: at + advance,
                    base,
                    centre: (at + advance / 2.0, base - 0.36 * size),
                    size,
                    bold: false,
                    hidden: false,
                    pale: false,
                    vertical: false,
                    direction: Direction::Right,
                    order: 0,
                    role: Role::Unknown,
                };
                at += advance;
                glyph
            })
            .collect()
    }

    #[test]
    fn fake_bold_is_said_once_and_marked() {
        let mut glyphs = set("总体情况", 90.0, 100.0, 16.0);
        for shift in [0.3, 0.6, 0.9] {
            glyphs.extend(set("总体情况", 90.0 + shift, 100.0, 16.0));
        }
        let merged = merge_duplicates(glyphs);
        assert_eq!(merged.len(), 4);
        assert!(merged.iter().all(|glyph| glyph.bold));
    }

    #[test]
    fn doubled_letters_stay() {
        let merged = merge_duplicates(set("日日 llll 。。", 90.0, 100.0, 10.0));
        assert_eq!(merged.len(), 10);
        assert!(merged.iter().all(|glyph| !glyph.bold));
    }
}
