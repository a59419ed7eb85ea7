//! Text of cells that runs out below the frame where a page ends.

use super::glyph::Glyph;
use super::grid::Frame;

/// How far the text of cells that the lower edge leaves open runs out below it.
pub(super) struct Overhang {
    bottom: f32,
}

impl Overhang {
    /// Whether a character is part of it.
    pub(super) fn holds(&self, frame: &Frame, glyph: &Glyph) -> bool {
        let (x, y) = glyph.centre;
        y >= frame.bottom()
            && y < self.bottom
            && frame
                .open_below
                .iter()
                .any(|(from, to)| x > *from && x < *to)
    }
}

/// Looks for lines close below a frame that stand under its open cells alone: a cell merged over
/// rows is cut at the page end wherever its own text ends, not where its row does.
pub(super) fn overhang(frame: &Frame, glyphs: &[Glyph]) -> Option<Overhang> {
    if frame.open_below.is_empty() {
        return None;
    }
    let mut below: Vec<&Glyph> = glyphs
        .iter()
        .filter(|glyph| glyph.centre.1 >= frame.bottom() && !glyph.is_space())
        .collect();
    below.sort_by(|a, b| a.centre.1.total_cmp(&b.centre.1));
    let mut end = None;
    let mut reached = frame.bottom();
    for line in below.chunk_by(|a, b| (a.centre.1 - b.centre.1).abs() < 0.3 * a.size) {
        let under_open = |glyph: &&Glyph| {
            let x = glyph.centre.0;
            frame
                .open_below
                .iter()
                .any(|(from, to)| x > *from && x < *to)
        };
        let (Some(first), true) = (line.first(), line.iter().all(under_open)) else {
            break;
        };
        if first.centre.1 - reached > 1.8 * first.size {
            break;
        }
        reached = first.centre.1;
        end = Some(Overhang {
            bottom: reached + first.size,
        });
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::super::grid::Span;
    use super::super::table;
    use super::*;

    #[test]
    fn text_that_runs_out_of_an_open_cell_is_its_text() {
        let span = |column| Span {
            row: 0,
            column,
            rows: 1,
            columns: 1,
        };
        let frame = Frame {
            xs: vec![0.0, 30.0, 90.0],
            ys: vec![0.0, 20.0],
            cells: vec![span(0), span(1)],
            open_below: vec![(0.0, 30.0)],
        };
        let mut glyphs = set("本", 10.0, 15.0, 9.0);
        glyphs.extend(set("甲", 40.0, 15.0, 9.0));
        glyphs.extend(set("年", 10.0, 28.0, 9.0));
        glyphs.extend(set("度", 10.0, 41.0, 9.0));
        glyphs.extend(set("次段正文自此处开始", 0.0, 54.0, 9.0));
        let tables = table::fill(vec![frame], &mut glyphs, 1);
        assert_eq!(tables[0].cells[0].text, "本年度");
        assert_eq!(glyphs.len(), 9);
    }
}
