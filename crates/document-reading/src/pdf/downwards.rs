//! Text in a cell that is set downwards by an upright font, character by character, without any
//! mark of it: the order of drawing is then the only order.

use super::glyph::{Direction, Glyph};
use super::script::is_wide;

/// Fewer characters one below the other are short lines.
const FEWEST: usize = 3;
/// Characters of one column stand this near to one vertical, em.
const SAME_COLUMN: f32 = 0.35;

/// The text of characters that are drawn one below the other, in columns from right to left, or,
/// by fonts without vertical metrics, one over the other.
pub(super) fn text(glyphs: &[Glyph]) -> Option<String> {
    let mut visible: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_space()).collect();
    let upright = |glyph: &&Glyph| {
        glyph.direction == Direction::Right && !glyph.vertical && is_wide(glyph.character)
    };
    if visible.len() < FEWEST || !visible.iter().all(upright) {
        return None;
    }
    visible.sort_by_key(|glyph| glyph.order);
    let em = visible.first()?.size.max(1.0);
    let mut below = 0;
    let mut lifted = 0;
    for pair in visible.windows(2) {
        let [before, after] = pair else { continue };
        let across = (after.centre.0 - before.centre.0) / em;
        let down = (after.centre.1 - before.centre.1) / em;
        if across.abs() <= SAME_COLUMN {
            // Nearly a line further down, or not a line at all.
            if down > 0.7 {
                below += 1;
            } else {
                lifted += 1;
            }
        } else if !((-2.6..=-0.7).contains(&across) && down < 0.5) {
            // Neither the next character of a column nor the top of the next column.
            return None;
        }
    }
    let (top, bottom) = visible
        .iter()
        .map(|glyph| glyph.centre.1)
        .fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), y| {
            (top.min(y), bottom.max(y))
        });
    let stacked = bottom - top < 0.6 * em * (visible.len() - 1) as f32;
    let downwards = below + 1 >= FEWEST && lifted == 0;
    (downwards || below == 0 && stacked || lifted > below && stacked)
        .then(|| visible.iter().map(|glyph| glyph.character).collect())
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::*;

    fn column(text: &str, x: f32, y: f32, step: f32) -> Vec<Glyph> {
        text.chars()
            .enumerate()
            .flat_map(|(index, c)| set(&c.to_string(), x, y + step * index as f32, 9.0))
            .collect()
    }

    fn in_order(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
        for (glyph, order) in glyphs.iter_mut().zip(0..) {
            glyph.order = order;
        }
        glyphs
    }

    #[test]
    fn columns_go_from_right_to_left() {
        let mut glyphs = column("（三）不予", 30.0, 20.0, 9.0);
        glyphs.extend(column("公开", 18.0, 20.0, 9.0));
        assert_eq!(text(&in_order(glyphs)).as_deref(), Some("（三）不予公开"));
    }

    #[test]
    fn characters_one_over_the_other_are_read_as_drawn() {
        let mut glyphs = column("三", 30.0, 56.2, 0.0);
        glyphs.extend(column("、", 30.0, 44.2, 0.0));
        glyphs.extend(column("本年度办理结果", 30.0, 66.5, 0.1));
        assert_eq!(
            text(&in_order(glyphs)).as_deref(),
            Some("三、本年度办理结果")
        );
    }

    #[test]
    fn lines_of_two_characters_are_lines() {
        let mut glyphs = set("不予", 10.0, 20.0, 9.0);
        glyphs.extend(set("公开", 10.0, 31.0, 9.0));
        assert_eq!(text(&in_order(glyphs)), None);
    }
}
