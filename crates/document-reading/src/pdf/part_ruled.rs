//! Tables with horizontal rules only (three-line tables): rules of one length above and below,
//! columns by the white space between them.

use model::Shape;

use super::glyph::Glyph;
use super::grid::{Frame, Span};
use super::lines;
use super::rules::{Rule, Rules};
use super::table::{self, Table};

/// Shorter rules are underlines, points.
const SHORTEST: f32 = 80.0;
/// Rules of one table begin and end this near to one another, points.
const SAME_END: f32 = 4.0;
/// Free rules looked at on a page.
const MOST_RULES: usize = 400;
/// Entries longer than this on average are prose, characters.
const LONGEST_MEAN: usize = 16;

/// Takes the characters of part-ruled tables, outside of the ruled `tables`, and makes tables.
pub(super) fn fill(
    rules: &Rules,
    tables: &[Table],
    glyphs: &mut Vec<Glyph>,
    page: u32,
) -> Vec<Table> {
    let mut found = Vec::new();
    for group in groups(rules, tables) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let inside = |glyph: &Glyph| {
            let (x, y) = glyph.centre;
            y > first.at && y < last.at && x > first.from - 2.0 && x < first.to + 2.0
        };
        // Text beside the rules on the same lines: they are rules inside of something wider.
        let beside = glyphs.iter().any(|glyph| {
            let (_, y) = glyph.centre;
            y > first.at && y < last.at && !glyph.is_space() && !inside(glyph)
        });
        if beside {
            continue;
        }
        let content: Vec<Glyph> = glyphs
            .iter()
            .filter(|glyph| inside(glyph))
            .copied()
            .collect();
        let Some(mut frame) = frame(&group, &content) else {
            continue;
        };
        let (from, until) = outer_rows(&mut frame, &group, glyphs);
        let inside = |glyph: &Glyph| {
            let (x, y) = glyph.centre;
            y > from && y < until && x > first.from - 2.0 && x < first.to + 2.0
        };
        let content: Vec<Glyph> = glyphs
            .iter()
            .filter(|glyph| inside(glyph))
            .copied()
            .collect();
        let mut table = table::table(&frame, &content, page);
        if says_a_table(&table) {
            table.shape = Shape::Aligned;
            glyphs.retain(|glyph| !inside(glyph));
            found.push(table);
        }
    }
    found
}

/// Horizontal rules outside of ruled tables, those of the same ends together, top to bottom.
fn groups(rules: &Rules, tables: &[Table]) -> Vec<Vec<Rule>> {
    let in_table = |rule: &Rule| {
        tables.iter().flat_map(|table| &table.boxes).any(|known| {
            rule.at > known.y0 - 4.0
                && rule.at < known.y1 + 4.0
                && rule.to > known.x0
                && rule.from < known.x1
        })
    };
    let crossed = |rule: &Rule| {
        rules.vertical.iter().any(|other| {
            other.at > rule.from - 2.0
                && other.at < rule.to + 2.0
                && other.from < rule.at + 2.0
                && other.to > rule.at - 2.0
        })
    };
    let free: Vec<&Rule> = rules
        .horizontal
        .iter()
        .filter(|rule| rule.to - rule.from >= SHORTEST)
        .take(MOST_RULES)
        .filter(|rule| !in_table(rule) && !crossed(rule))
        .collect();
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in free {
        let group = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                (first.from - rule.from).abs() <= SAME_END && (first.to - rule.to).abs() <= SAME_END
            })
        });
        match group {
            Some(group) => group.push(*rule),
            None => groups.push(vec![*rule]),
        }
    }
    groups.retain(|group| group.len() >= 2);
    groups
}

/// The grid: columns by white space that runs through every line, rows by lines, or by the
/// rules where they part three rows or more.
fn frame(rules: &[Rule], glyphs: &[Glyph]) -> Option<Frame> {
    let lines = lines::of_area(glyphs.to_vec());
    let mut spans: Vec<(f32, f32)> = glyphs
        .iter()
        .filter(|glyph| !glyph.is_space())
        .map(|glyph| (glyph.x0, glyph.x1))
        .collect();
    let em = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    if lines.len() < 3 || em <= 0.0 {
        return None;
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut xs, mut end): (Vec<f32>, f32) = (vec![rules.first()?.from], f32::INFINITY);
    for (from, to) in spans {
        if from - end > 0.6 * em {
            xs.push((from + end) / 2.0);
        }
        end = if end.is_finite() { end.max(to) } else { to };
    }
    xs.push(rules.first()?.to);
    let bands: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    // Rules between groups of rows do not part the rows.
    let parted = bands.len() >= 4 && lines.len() < 2 * (bands.len() - 1);
    let ys = if parted {
        bands
    } else {
        let mut ys = vec![*bands.first()?];
        ys.extend(lines.windows(2).filter_map(|pair| match pair {
            [above, below] => Some((above.bottom + below.top) / 2.0),
            _ => None,
        }));
        ys.push(*bands.last()?);
        ys
    };
    let ascending = xs
        .windows(2)
        .chain(ys.windows(2))
        .all(|pair| pair.first() < pair.last());
    if xs.len() < 3 || ys.len() < 3 || !ascending {
        return None;
    }
    let cells = single_cells(ys.len() - 1, xs.len() - 1);
    Some(Frame {
        xs,
        ys,
        cells,
        open_below: Vec::new(),
    })
}

/// Adds the row above the first rule and the one below the last, where rules stand between the rows
/// alone; where the table begins and ends then.
fn outer_rows(frame: &mut Frame, rules: &[Rule], glyphs: &[Glyph]) -> (f32, f32) {
    let (Some(first), Some(last)) = (rules.first(), rules.last()) else {
        return (0.0, 0.0);
    };
    if frame.ys.len() != rules.len() {
        return (first.at, last.at);
    }
    let pitch = (last.at - first.at) / frame.rows().max(1) as f32;
    let entries = |from: f32, until: f32| -> Option<usize> {
        let near = glyphs.iter().filter(|glyph| {
            let (x, y) = glyph.centre;
            y > from && y < until && x > first.from - 2.0 && x < first.to + 2.0
        });
        let mut rows = lines::rows(near.copied().collect());
        let row = rows.pop().filter(|_| rows.is_empty())?;
        let mut columns = frame.xs.windows(2);
        // Each entry in a column of its own.
        row.iter()
            .all(|entry| {
                columns.any(|column| {
                    matches!(column, [x0, x1] if entry.x0 > x0 - 1.0 && entry.x1 < x1 + 1.0)
                })
            })
            .then_some(row.len())
    };
    let columns = frame.columns();
    let below = entries(last.at, last.at + pitch).is_some_and(|count| count >= 2);
    let above = entries(first.at - pitch, first.at) == Some(columns) && (columns > 2 || below);
    let (mut from, mut until) = (first.at, last.at);
    if above {
        from -= pitch;
        frame.ys.insert(0, from);
    }
    if above && below {
        until += pitch;
        frame.ys.push(until);
    }
    frame.cells = single_cells(frame.rows(), columns);
    (from, until)
}

/// A grid without merged cells.
fn single_cells(rows: usize, columns: usize) -> Vec<Span> {
    (0..rows)
        .flat_map(|row| {
            (0..columns).map(move |column| Span {
                row,
                column,
                rows: 1,
                columns: 1,
            })
        })
        .collect()
}

/// Whether the entries are those of a table: short, no sentences, most of the grid filled.
fn says_a_table(table: &Table) -> bool {
    let filled: Vec<&str> = table
        .cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let characters: usize = filled.iter().map(|text| text.chars().count()).sum();
    filled.len() * 10 >= table.cells.len() * 6
        && characters <= filled.len() * LONGEST_MEAN
        && !filled.iter().any(|text| text.ends_with(['。', '，', '；']))
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::*;

    fn read(texts: &[&[(f32, &str)]], rules: &[f32]) -> Vec<Table> {
        let mut glyphs = Vec::new();
        for (index, row) in texts.iter().enumerate() {
            for (x, text) in *row {
                glyphs.extend(set(text, *x, 100.0 + 20.0 * index as f32, 10.0));
            }
        }
        let rules = Rules {
            horizontal: rules
                .iter()
                .map(|at| Rule {
                    at: *at,
                    from: 88.0,
                    to: 300.0,
                })
                .collect(),
            vertical: Vec::new(),
        };
        fill(&rules, &[], &mut glyphs, 1)
    }

    #[test]
    fn a_three_line_table_has_columns_by_white_space() {
        let tables = read(
            &[
                &[(90.0, "项目"), (150.0, "本年"), (180.0, "上年")],
                &[(90.0, "规范性文件"), (155.0, "12"), (185.0, "9")],
                &[(90.0, "申请"), (155.0, "3"), (185.0, "10")],
            ],
            &[86.0, 105.0, 146.0],
        );
        assert_eq!(tables.len(), 1);
        assert_eq!((tables[0].rows, tables[0].columns()), (3, 3));
        assert_eq!(tables[0].cells[3].text, "规范性文件");
    }

    #[test]
    fn rules_between_the_rows_alone_leave_out_the_first_and_the_last() {
        let tables = read(
            &[
                &[(90.0, "片区"), (150.0, "窗口"), (200.0, "人次")],
                &[(90.0, "河东"), (155.0, "12"), (205.0, "9")],
                &[(90.0, "河西"), (155.0, "3"), (205.0, "10")],
                &[(90.0, "南岸"), (155.0, "4"), (205.0, "7")],
                &[(90.0, "北岸"), (155.0, "5"), (205.0, "8")],
            ],
            &[106.0, 126.0, 146.0, 166.0],
        );
        assert_eq!(tables.len(), 1);
        assert_eq!((tables[0].rows, tables[0].columns()), (5, 3));
        assert_eq!(tables[0].cells[0].text, "片区");
        assert_eq!(tables[0].cells[12].text, "北岸");
    }

    #[test]
    fn prose_between_two_rules_is_no_table() {
        let tables = read(
            &[
                &[(90.0, "全年公开信息若干，其中规章若干")],
                &[(90.0, "收到申请若干，全部按期答复，没")],
                &[(90.0, "有结转。")],
            ],
            &[86.0, 146.0],
        );
        assert!(tables.is_empty());
    }
}
