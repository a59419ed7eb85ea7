//! Characters to lines: by base line and overlap, words parted where the layout parts them.

use model::PageBox;

use super::glyph::Glyph;
use super::script::{Gap, is_wide, keeps_together, wants_space};
use super::structure::Role;

/// A stretch of text on one line, without a wide gap inside.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) base: f32,
    /// Largest common em of its characters, points.
    pub(super) size: f32,
    /// Bytes at its start that are set bold.
    pub(super) bold_bytes: usize,
    /// Width of what may not be parted at its start: a word or figure, one wide character.
    pub(super) first_word: f32,
    /// Widest gap inside, in em, where stretches of a row were put together.
    pub(super) widest_gap: f32,
    /// What the structure of a tagged file says of all its characters.
    pub(super) role: Role,
    /// A space character ends it.
    pub(super) spaced_end: bool,
}

impl Line {
    pub(super) fn is_bold(&self) -> bool {
        self.bold_bytes >= self.text.len() && !self.text.is_empty()
    }

    pub(super) fn middle(&self) -> f32 {
        (self.x0 + self.x1) / 2.0
    }

    pub(super) fn page_box(&self, page: u32) -> PageBox {
        PageBox {
            page,
            x0: self.x0,
            y0: self.top,
            x1: self.x1,
            y1: self.bottom,
        }
    }

    /// This line with the one to its right, a space between where both are half-width or the
    /// gap is wide.
    pub(super) fn append(&mut self, right: &Line) {
        let all_bold = self.is_bold();
        if !self.text.is_empty() && right.x0 - self.x1 > self.size * 0.5 {
            self.text.push(' ');
        }
        if all_bold {
            self.bold_bytes = self.text.len() + right.bold_bytes;
        }
        self.text.push_str(&right.text);
        let gap = (right.x0 - self.x1) / self.size.max(1.0);
        self.widest_gap = self.widest_gap.max(gap);
        self.x0 = self.x0.min(right.x0);
        self.x1 = self.x1.max(right.x1);
        self.top = self.top.min(right.top);
        self.bottom = self.bottom.max(right.bottom);
        self.size = self.size.max(right.size);
        if self.role != right.role {
            self.role = Role::Unknown;
        }
        self.spaced_end = right.spaced_end;
    }
}

/// The stretches that stand side by side on one base line, left to right.
pub(super) type Row = Vec<Line>;

/// Lines of characters of one direction, top to bottom, each split at wide gaps.
pub(super) fn rows(glyphs: Vec<Glyph>) -> Vec<Row> {
    group(glyphs)
        .into_iter()
        .map(split)
        .filter(|row| !row.is_empty())
        .collect()
}

/// The characters of one small area, line by line.
pub(super) fn of_area(glyphs: Vec<Glyph>) -> Vec<Line> {
    group(glyphs)
        .into_iter()
        .filter_map(|line| write(&line))
        .collect()
}

/// Groups characters that share a line.
fn group(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.x0.total_cmp(&b.x0)));
    let mut groups: Vec<Group> = Vec::new();
    for glyph in glyphs {
        match groups.last_mut() {
            Some(group) if group.takes(&glyph) => group.push(glyph),
            _ => groups.push(Group::new(glyph)),
        }
    }
    // Raised notes and half-lines: a group that lies mostly within the next one's height.
    let mut merged: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        match merged.last_mut() {
            Some(last) if last.shares_line(&group) => last.absorb(group),
            _ => merged.push(group),
        }
    }
    merged
        .into_iter()
        .map(|mut group| {
            group.glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            group.glyphs
        })
        .collect()
}

struct Group {
    glyphs: Vec<Glyph>,
    base: f32,
    size: f32,
    top: f32,
    bottom: f32,
}

impl Group {
    fn new(glyph: Glyph) -> Self {
        Self {
            base: glyph.base,
            size: glyph.size,
            top: glyph.top(),
            bottom: glyph.bottom(),
            glyphs: vec![glyph],
        }
    }

    fn takes(&self, glyph: &Glyph) -> bool {
        (glyph.base - self.base).abs() <= 0.3 * self.size.min(glyph.size)
    }

    fn push(&mut self, glyph: Glyph) {
        if glyph.size > self.size {
            self.size = glyph.size;
            self.base = glyph.base;
        }
        self.top = self.top.min(glyph.top());
        self.bottom = self.bottom.max(glyph.bottom());
        self.glyphs.push(glyph);
    }

    fn shares_line(&self, other: &Self) -> bool {
        let overlap = self.bottom.min(other.bottom) - self.top.max(other.top);
        let smaller = (self.bottom - self.top).min(other.bottom - other.top);
        overlap > 0.62 * smaller
            && (self.base - other.base).abs() < 0.55 * self.size.max(other.size)
    }

    fn absorb(&mut self, other: Self) {
        if other.size > self.size {
            self.size = other.size;
            self.base = other.base;
        }
        self.top = self.top.min(other.top);
        self.bottom = self.bottom.max(other.bottom);
        self.glyphs.extend(other.glyphs);
    }
}

/// The usual distance, in em, between neighbours of one kind: the median.
fn tracking(glyphs: &[&Glyph], wide: bool) -> f32 {
    let mut gaps: Vec<f32> = glyphs
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if is_wide(a.character) == wide && is_wide(b.character) == wide => {
                Some((b.x0 - a.x1) / a.size.max(b.size))
            }
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(0.0)
        .max(0.0)
}

/// Splits a line's characters where a gap is too wide for a space between words.
fn split(glyphs: Vec<Glyph>) -> Row {
    let visible: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_space()).collect();
    let limit = 1.45_f32.max(tracking(&visible, true) * 2.5 + 0.8);
    let mut row = Row::new();
    let mut part: Vec<Glyph> = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for glyph in glyphs {
        if !glyph.is_space() {
            if glyph.x0 - end > limit * glyph.size && !part.is_empty() {
                row.extend(write(&part));
                part.clear();
            }
            end = end.max(glyph.x1);
        }
        part.push(glyph);
    }
    row.extend(write(&part));
    row
}

/// The width of what no line may part at the start of these characters.
fn first_word(glyphs: &[Glyph]) -> f32 {
    let mut word = glyphs.iter().skip_while(|glyph| glyph.is_space());
    let Some(first) = word.next() else { return 0.0 };
    let mut end = first;
    for glyph in word.take(LONGEST_WORD) {
        if glyph.is_space() || !keeps_together(end.character, glyph.character) {
            break;
        }
        end = glyph;
    }
    end.x1 - first.x0
}

/// Longest run that is measured, characters.
const LONGEST_WORD: usize = 40;

/// Writes sorted characters as a line; `None` where nothing of them is visible.
fn write(glyphs: &[Glyph]) -> Option<Line> {
    let visible: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_space()).collect();
    let first = visible.first()?;
    let wide_tracking = tracking(&visible, true);
    let narrow_tracking = tracking(&visible, false).min(0.6);
    let mut line = Line {
        text: String::with_capacity(visible.len() * 3),
        x0: first.x0,
        x1: first.x1,
        top: f32::INFINITY,
        bottom: f32::NEG_INFINITY,
        base: first.base,
        size: 0.0,
        bold_bytes: 0,
        first_word: first_word(glyphs),
        widest_gap: 0.0,
        role: first.role,
        spaced_end: glyphs.last().is_some_and(Glyph::is_space),
    };
    let mut previous: Option<&Glyph> = None;
    let mut spaced = false;
    let mut bold = true;
    for glyph in glyphs {
        if glyph.is_space() {
            // Padding that a producer laid under other text parts nothing.
            spaced |= previous
                .is_none_or(|before| glyph.x0 + glyph.x1 >= 2.0 * before.x1 - 0.05 * before.size);
            continue;
        }
        if let Some(before) = previous {
            let both_narrow = !is_wide(before.character) && !is_wide(glyph.character);
            let gap = Gap {
                width: (glyph.x0 - before.x1) / before.size.max(glyph.size),
                tracking: if both_narrow {
                    narrow_tracking
                } else {
                    wide_tracking
                },
                spaced,
            };
            if wants_space(before.character, glyph.character, gap) {
                line.text.push(' ');
            }
        }
        line.text.push(glyph.character);
        if glyph.role != line.role {
            line.role = Role::Unknown;
        }
        bold &= glyph.bold;
        if bold {
            line.bold_bytes = line.text.len();
        }
        if glyph.size > line.size {
            line.size = glyph.size;
            line.base = glyph.base;
        }
        line.x0 = line.x0.min(glyph.x0);
        line.x1 = line.x1.max(glyph.x1);
        line.top = line.top.min(glyph.top());
        line.bottom = line.bottom.max(glyph.bottom());
        previous = Some(glyph);
        spaced = false;
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::*;

    fn read(glyphs: Vec<Glyph>) -> Vec<Vec<String>> {
        rows(glyphs)
            .into_iter()
            .map(|row| row.into_iter().map(|line| line.text).collect())
            .collect()
    }

    #[test]
    fn words_stay_apart_and_chinese_together() {
        let mut glyphs = set("全年收到", 90.0, 100.0, 16.0);
        glyphs.extend(set("15", 158.0, 100.0, 16.0));
        glyphs.extend(set("件 open data", 178.0, 100.0, 16.0));
        assert_eq!(read(glyphs), [["全年收到15件open data"]]);
    }

    #[test]
    fn a_raised_note_stays_on_its_line() {
        let mut glyphs = set("总体情况", 90.0, 100.0, 16.0);
        glyphs.extend(set("[1]", 154.0, 94.0, 8.0));
        glyphs.extend(set("次行", 90.0, 128.0, 16.0));
        assert_eq!(read(glyphs), [["总体情况[1]"], ["次行"]]);
    }

    #[test]
    fn padding_under_figures_parts_nothing() {
        let mut glyphs = set("7", 100.0, 100.0, 8.8);
        glyphs.extend(set("3.95", 105.2, 100.0, 8.8));
        for x in [96.0, 98.0, 100.0] {
            glyphs.extend(set(" ", x, 100.0, 4.4));
        }
        assert_eq!(read(glyphs), [["73.95"]]);
    }

    #[test]
    fn a_wide_gap_parts_a_row() {
        let mut glyphs = set("规章", 90.0, 100.0, 10.0);
        glyphs.extend(set("12", 200.0, 100.0, 10.0));
        assert_eq!(read(glyphs), [["规章", "12"]]);
    }
}
