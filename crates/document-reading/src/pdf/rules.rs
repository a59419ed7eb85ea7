//! Strokes to rules: doubled lines snapped together, dashes and small gaps closed.

use super::device::Stroke;

/// A straight stretch of a rule, from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// y of a horizontal rule, x of a vertical one.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// The rules of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub(super) horizontal: Vec<Rule>,
    pub(super) vertical: Vec<Rule>,
}

/// Lines nearer than this are one line (double rules, a stroke over a fill), points.
const SNAP: f32 = 2.2;
/// Gaps up to this are dashes or joints, points.
const GAP: f32 = 3.0;
/// Shorter pieces are dots, ticks and parts of drawings, points.
const SHORTEST: f32 = 5.0;

impl Rules {
    /// Sorts the strokes of a page of this width and height into rules.
    pub(super) fn of(strokes: &[Stroke], width: f32, height: f32) -> Self {
        let mut horizontal = Vec::new();
        let mut vertical = Vec::new();
        for stroke in strokes {
            let (dx, dy) = (stroke.x1 - stroke.x0, stroke.y1 - stroke.y0);
            // Frames and clips of page size are not rules of a table.
            let (middle_x, middle_y) =
                ((stroke.x0 + stroke.x1) / 2.0, (stroke.y0 + stroke.y1) / 2.0);
            let dot = dx.max(dy) <= 1.6;
            let at_edge = |at: f32, size: f32| at < 2.0 || at > size - 2.0;
            if (dx >= dy || dot) && !(dx > width * 0.9 && at_edge(middle_y, height)) {
                horizontal.push(Rule {
                    at: middle_y,
                    from: stroke.x0,
                    to: stroke.x1,
                });
            }
            if (dy > dx || dot) && !(dy > height * 0.9 && at_edge(middle_x, width)) {
                vertical.push(Rule {
                    at: middle_x,
                    from: stroke.y0,
                    to: stroke.y1,
                });
            }
        }
        Self {
            horizontal: merge(horizontal),
            vertical: merge(vertical),
        }
    }
}

/// Merges collinear pieces.
fn merge(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut merged = Vec::new();
    let mut band: Vec<Rule> = Vec::new();
    for rule in rules {
        let (Some(first), Some(last)) = (band.first(), band.last()) else {
            band.push(rule);
            continue;
        };
        if rule.at - last.at > SNAP || rule.at - first.at > SNAP * 1.5 {
            close(&mut band, &mut merged);
        }
        band.push(rule);
    }
    close(&mut band, &mut merged);
    merged
}

/// Joins the pieces of one band into rules.
fn close(band: &mut Vec<Rule>, merged: &mut Vec<Rule>) {
    let total: f32 = band.iter().map(|rule| rule.to - rule.from + 0.01).sum();
    let at = band
        .iter()
        .map(|rule| rule.at * (rule.to - rule.from + 0.01))
        .sum::<f32>()
        / total;
    band.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut current: Option<Rule> = None;
    for rule in band.drain(..) {
        match &mut current {
            Some(known) if rule.from - known.to <= GAP => known.to = known.to.max(rule.to),
            _ => {
                merged.extend(current.filter(|known| known.to - known.from >= SHORTEST));
                current = Some(Rule { at, ..rule });
            }
        }
    }
    merged.extend(current.filter(|known| known.to - known.from >= SHORTEST));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(x0: f32, y0: f32, x1: f32, y1: f32) -> Stroke {
        Stroke { x0, y0, x1, y1 }
    }

    #[test]
    fn doubled_and_dashed_lines_are_one_rule() {
        let mut strokes = vec![
            stroke(10.0, 50.0, 100.0, 50.0),
            stroke(10.0, 51.5, 100.0, 51.5),
        ];
        for step in 0..30 {
            let x = 10.0 + step as f32 * 3.0;
            strokes.push(stroke(x, 80.0, x + 1.5, 80.0));
        }
        let rules = Rules::of(&strokes, 600.0, 800.0);
        assert_eq!(rules.horizontal.len(), 2);
        assert!(rules.vertical.is_empty());
        assert!((rules.horizontal[1].to - 98.5).abs() < 0.01);
    }

    #[test]
    fn dots_make_no_rule_and_page_frames_neither() {
        let rules = Rules::of(
            &[
                stroke(50.0, 50.0, 51.0, 51.0),
                stroke(0.0, 0.0, 600.0, 0.0),
                stroke(0.0, 0.0, 0.0, 800.0),
            ],
            600.0,
            800.0,
        );
        assert!(rules.horizontal.is_empty() && rules.vertical.is_empty());
    }
}
