//! Rules to grids: rules that touch form a frame, missing rules merge its cells.

use super::frame_parts::components;
use super::rules::{Rule, Rules};

/// Grid lines nearer than this are one, points.
const NARROWEST: f32 = 3.6;
/// Pairs of rules looked at on one page; drawings with more are no tables.
const MOST_PAIRS: usize = 4_000_000;

/// A cell of a frame, in grid lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// The grid that rules draw: lines and the cells between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    /// Vertical grid lines, left to right.
    pub(super) xs: Vec<f32>,
    /// Horizontal grid lines, top to bottom.
    pub(super) ys: Vec<f32>,
    /// Cells by row, then column; they cover the grid without overlap.
    pub(super) cells: Vec<Span>,
    /// Stretches of the lower edge that no rule closes, where rules close others.
    pub(super) open_below: Vec<(f32, f32)>,
}

impl Frame {
    pub(super) fn left(&self) -> f32 {
        self.xs.first().copied().unwrap_or_default()
    }

    pub(super) fn right(&self) -> f32 {
        self.xs.last().copied().unwrap_or_default()
    }

    pub(super) fn top(&self) -> f32 {
        self.ys.first().copied().unwrap_or_default()
    }

    pub(super) fn bottom(&self) -> f32 {
        self.ys.last().copied().unwrap_or_default()
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(super) fn contains(&self, (x, y): (f32, f32)) -> bool {
        x > self.left() && x < self.right() && y > self.top() && y < self.bottom()
    }

    /// Edges of a cell: x0, y0, x1, y1.
    pub(super) fn edges(&self, cell: Span) -> [f32; 4] {
        let line = |lines: &[f32], index: usize| lines.get(index).copied().unwrap_or_default();
        [
            line(&self.xs, cell.column),
            line(&self.ys, cell.row),
            line(&self.xs, cell.column + cell.columns),
            line(&self.ys, cell.row + cell.rows),
        ]
    }

    /// The index of the cell that covers each position, by row.
    pub(super) fn cover(&self) -> Vec<usize> {
        let columns = self.columns();
        let mut cover = vec![usize::MAX; self.rows() * columns];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                let start = row * columns + cell.column;
                if let Some(stretch) = cover.get_mut(start..start + cell.columns) {
                    stretch.fill(index);
                }
            }
        }
        cover
    }
}

/// What the rules of a page draw.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// Outer before inner. A box around text (one cell) and a stack of boxes in one column are none.
    pub(super) grids: Vec<Frame>,
    /// Boxes of one cell: x0, y0, x1, y1.
    pub(super) boxes: Vec<[f32; 4]>,
}

/// The frames that the rules of a page draw; `most_cells` bounds the grid of each.
pub(super) fn frames(rules: &Rules, most_cells: usize) -> Frames {
    if rules.horizontal.len().saturating_mul(rules.vertical.len()) > MOST_PAIRS {
        return Frames::default();
    }
    let (mut grids, others): (Vec<Frame>, Vec<Frame>) = components(rules)
        .into_iter()
        .filter_map(|part| frame(&part, most_cells))
        .partition(|frame| frame.columns() >= 2 && frame.cells.len() >= 2);
    grids.sort_by(|a, b| {
        let area = |frame: &Frame| (frame.right() - frame.left()) * (frame.bottom() - frame.top());
        area(b).total_cmp(&area(a))
    });
    let boxes = others
        .iter()
        .filter(|frame| frame.cells.len() == 1)
        .map(|frame| [frame.left(), frame.top(), frame.right(), frame.bottom()])
        .collect();
    Frames { grids, boxes }
}

/// Positions of rules, near ones taken together.
fn grid_lines(rules: &[Rule]) -> Vec<f32> {
    let mut positions: Vec<(f32, f32)> = rules
        .iter()
        .map(|rule| (rule.at, rule.to - rule.from))
        .collect();
    positions.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines: Vec<(f32, f32, f32)> = Vec::new();
    for (at, weight) in positions {
        match lines.last_mut() {
            Some((first, sum, total)) if at - *first < NARROWEST => {
                *sum += at * weight;
                *total += weight;
            }
            _ => lines.push((at, at * weight, weight)),
        }
    }
    lines
        .into_iter()
        .map(|(first, sum, total)| if total > 0.0 { sum / total } else { first })
        .collect()
}

/// Adds an outer line where the crossing rules run out beyond the last drawn one: tables open
/// at the sides, and tables cut by a page break.
fn open_edge(lines: &mut Vec<f32>, crossing: &[Rule]) {
    let beyond = |edge: f32, outer: &dyn Fn(&Rule) -> f32, sign: f32| {
        let ends: Vec<f32> = crossing
            .iter()
            .map(outer)
            .filter(|end| (end - edge) * sign > 6.0)
            .collect();
        (ends.len() >= 2 && ends.len() * 2 >= crossing.len().min(6)).then(|| {
            ends.iter().copied().fold(
                edge,
                |far, end| if (end - far) * sign > 0.0 { end } else { far },
            )
        })
    };
    let Some((first, last)) = lines.first().copied().zip(lines.last().copied()) else {
        return;
    };
    if let Some(edge) = beyond(first, &|rule| rule.from, -1.0) {
        lines.insert(0, edge);
    }
    if let Some(edge) = beyond(last, &|rule| rule.to, 1.0) {
        lines.push(edge);
    }
}

/// Which stretches between `crossing` lines are drawn, for each of `lines`: `[line][stretch]`.
fn drawn(lines: &[f32], crossing: &[f32], rules: &[Rule]) -> Vec<Vec<bool>> {
    let stretches: Vec<(f32, f32)> = crossing
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
        .collect();
    let mut covered: Vec<Vec<f32>> = vec![vec![0.0; stretches.len()]; lines.len()];
    for rule in rules {
        let nearest = lines.partition_point(|line| *line < rule.at);
        let line = [nearest.checked_sub(1), Some(nearest)]
            .into_iter()
            .flatten()
            .filter_map(|index| lines.get(index).map(|line| (index, (line - rule.at).abs())))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let Some(row) = line.and_then(|(index, _)| covered.get_mut(index)) else {
            continue;
        };
        let first = stretches.partition_point(|stretch| stretch.1 < rule.from);
        for (sum, (from, to)) in row.iter_mut().zip(&stretches).skip(first) {
            if *from > rule.to {
                break;
            }
            *sum += rule.to.min(*to) - rule.from.max(*from);
        }
    }
    covered
        .into_iter()
        .map(|row| {
            row.into_iter()
                .zip(&stretches)
                .map(|(sum, (from, to))| sum >= (to - from) * 0.55)
                .collect()
        })
        .collect()
}

fn frame(rules: &Rules, most_cells: usize) -> Option<Frame> {
    if rules.horizontal.is_empty() || rules.vertical.is_empty() {
        return None;
    }
    let mut xs = grid_lines(&rules.vertical);
    let mut ys = grid_lines(&rules.horizontal);
    let (inner_xs, inner_ys) = (xs.len(), ys.len());
    open_edge(&mut xs, &rules.horizontal);
    open_edge(&mut ys, &rules.vertical);
    // One line with whiskers is not a table: at least three lines are drawn each way, or two
    // that close the sides.
    if xs.len() < 2 || ys.len() < 2 || inner_xs + inner_ys < 4 {
        return None;
    }
    if (xs.len() - 1).saturating_mul(ys.len() - 1) > most_cells {
        return None;
    }
    let horizontal = drawn(&ys, &xs, &rules.horizontal);
    let vertical = drawn(&xs, &ys, &rules.vertical);
    Some(merged(xs, ys, &horizontal, &vertical))
}

/// The cells of a grid: positions without a rule between them are one.
fn merged(xs: Vec<f32>, ys: Vec<f32>, horizontal: &[Vec<bool>], vertical: &[Vec<bool>]) -> Frame {
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let is_drawn = |lines: &[Vec<bool>], line: usize, stretch: usize| {
        lines
            .get(line)
            .and_then(|row| row.get(stretch))
            .copied()
            .unwrap_or(true)
    };
    let mut taken = vec![false; rows * columns];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let free = |taken: &[bool], row: usize, column: usize| {
                taken
                    .get(row * columns + column)
                    .is_some_and(|taken| !taken)
            };
            if !free(&taken, row, column) {
                continue;
            }
            let mut right = column + 1;
            while right < columns && free(&taken, row, right) && !is_drawn(vertical, right, row) {
                right += 1;
            }
            let mut below = row + 1;
            while below < rows
                && (column..right).all(|at| {
                    free(&taken, below, at)
                        && !is_drawn(horizontal, below, at)
                        && (at == column || !is_drawn(vertical, at, below))
                })
            {
                below += 1;
            }
            for covered in row..below {
                let start = covered * columns;
                if let Some(stretch) = taken.get_mut(start + column..start + right) {
                    stretch.fill(true);
                }
            }
            cells.push(Span {
                row,
                column,
                rows: below - row,
                columns: right - column,
            });
        }
    }
    let open_below = horizontal
        .last()
        .filter(|edge| edge.contains(&true))
        .map(|edge| open_stretches(edge, &xs))
        .unwrap_or_default();
    Frame {
        xs,
        ys,
        cells,
        open_below,
    }
}

/// The stretches between the lines that are not drawn, neighbours together.
fn open_stretches(drawn: &[bool], lines: &[f32]) -> Vec<(f32, f32)> {
    let mut open: Vec<(f32, f32)> = Vec::new();
    for (pair, _) in lines.windows(2).zip(drawn).filter(|(_, drawn)| !**drawn) {
        let [from, to] = pair else { continue };
        match open.last_mut() {
            Some(last) if last.1 >= *from => last.1 = *to,
            _ => open.push((*from, *to)),
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn a_missing_rule_merges_cells() {
        // Two rows, two columns; the first row has no inner rule.
        let rules = Rules {
            horizontal: vec![
                rule(0.0, 0.0, 100.0),
                rule(20.0, 0.0, 100.0),
                rule(40.0, 0.0, 100.0),
            ],
            vertical: vec![
                rule(0.0, 0.0, 40.0),
                rule(50.0, 20.0, 40.0),
                rule(100.0, 0.0, 40.0),
            ],
        };
        let frames = frames(&rules, 1_000).grids;
        assert_eq!(frames.len(), 1);
        assert_eq!(frames[0].cells.len(), 3);
        assert_eq!(frames[0].cells[0].columns, 2);
    }

    #[test]
    fn a_column_that_only_its_outer_rule_draws_is_part_of_the_table() {
        let rules = Rules {
            horizontal: vec![rule(20.0, 30.0, 100.0), rule(40.0, 30.0, 100.0)],
            vertical: vec![
                rule(10.0, 0.0, 60.0),
                rule(30.0, 0.0, 60.0),
                rule(70.0, 0.0, 60.0),
                rule(100.0, 0.0, 60.0),
            ],
        };
        let frame = frames(&rules, 1_000).grids.remove(0);
        assert_eq!((frame.columns(), frame.rows()), (3, 3));
        assert_eq!((frame.cells[0].columns, frame.cells[0].rows), (1, 3));
    }

    #[test]
    fn a_box_is_not_a_table() {
        let rules = Rules {
            horizontal: vec![rule(0.0, 0.0, 100.0), rule(40.0, 0.0, 100.0)],
            vertical: vec![rule(0.0, 0.0, 40.0), rule(100.0, 0.0, 40.0)],
        };
        assert!(frames(&rules, 1_000).grids.is_empty());
    }

    #[test]
    fn a_table_open_at_the_sides_and_cut_below_keeps_its_cells() {
        let rules = Rules {
            horizontal: vec![rule(0.0, 0.0, 100.0), rule(20.0, 0.0, 100.0)],
            vertical: vec![rule(30.0, 0.0, 40.0), rule(60.0, 0.0, 40.0)],
        };
        let frames = frames(&rules, 1_000).grids;
        assert_eq!(frames[0].columns(), 3);
        assert_eq!(frames[0].rows(), 2);
        assert_eq!(frames[0].cells.len(), 6);
    }

    #[test]
    fn cells_never_overlap_and_cover_the_grid() {
        // A spiral of rules: no region is a rectangle, the cells still are.
        let rules = Rules {
            horizontal: vec![
                rule(0.0, 0.0, 90.0),
                rule(30.0, 0.0, 60.0),
                rule(60.0, 30.0, 90.0),
                rule(90.0, 0.0, 90.0),
            ],
            vertical: vec![
                rule(0.0, 0.0, 90.0),
                rule(30.0, 60.0, 90.0),
                rule(60.0, 0.0, 30.0),
                rule(90.0, 0.0, 90.0),
            ],
        };
        let frame = frames(&rules, 1_000).grids.remove(0);
        let area: usize = frame
            .cells
            .iter()
            .map(|cell| cell.rows * cell.columns)
            .sum();
        assert_eq!(area, frame.rows() * frame.columns());
        assert!(frame.cover().iter().all(|index| *index != usize::MAX));
    }
}
