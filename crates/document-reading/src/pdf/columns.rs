//! Two columns of running text: a page parts into bands, each with a gutter or without.

use std::collections::BTreeMap;

use model::PageBox;

use super::lines::{Line, Row};
use super::table::Table;

/// Where a gutter may run, share of the page's width.
const MIDDLE: (f32, f32) = (0.3, 0.7);
/// Rows that must show the gutter.
const FEWEST_ROWS: usize = 3;
/// Narrowest column, in em; narrower ones are columns of a table.
const NARROWEST: f32 = 8.0;

/// A stretch of a page, from top to bottom.
#[derive(Debug)]
pub(super) enum Band {
    /// Rows over the whole width, and the tables among them.
    Whole(Vec<Row>, Vec<Table>),
    /// The left column and the right one, each with its tables.
    Columns([(Vec<Line>, Vec<Table>); 2]),
}

/// The bands of a page with two columns somewhere; the rows and tables come back where there are none.
pub(super) fn bands(
    rows: Vec<Row>,
    tables: Vec<Table>,
    width: f32,
) -> Result<Vec<Band>, (Vec<Row>, Vec<Table>)> {
    let Some(gutter) = gutter(&rows, width) else {
        return Err((rows, tables));
    };
    let runs = runs(&rows, &tables, gutter);
    if runs.is_empty() {
        return Err((rows, tables));
    }
    let mut cuts = runs.into_iter().peekable();
    let mut bands = Vec::new();
    let mut whole: Vec<Row> = Vec::new();
    let mut columns: Vec<Row> = Vec::new();
    let tables = in_order(tables).into_iter().peekable();
    for (position, row) in rows.into_iter().enumerate() {
        if cuts.peek().is_some_and(|(from, _)| position == *from) && !whole.is_empty() {
            bands.push(Band::Whole(std::mem::take(&mut whole), Vec::new()));
        }
        match cuts.peek() {
            Some((from, until)) if (*from..*until).contains(&position) => {
                columns.push(row);
                if position + 1 == *until {
                    bands.push(parted(std::mem::take(&mut columns), gutter));
                    cuts.next();
                }
            }
            _ => whole.push(row),
        }
    }
    if !whole.is_empty() {
        bands.push(Band::Whole(whole, Vec::new()));
    }
    Ok(with_tables(bands, tables, gutter))
}

/// Gives each table to the band that it stands in; one that stands above the columns of its band gets
/// a band of its own.
fn with_tables(
    bands: Vec<Band>,
    mut tables: std::iter::Peekable<std::vec::IntoIter<Table>>,
    gutter: f32,
) -> Vec<Band> {
    let last = bands.len().saturating_sub(1);
    let mut out = Vec::with_capacity(bands.len());
    for (index, mut band) in bands.into_iter().enumerate() {
        let (from, until) = extent(&band);
        let (mut above, mut below) = (Vec::new(), Vec::new());
        while let Some(table) = tables.next_if(|table| index == last || top(table) < until) {
            match &mut band {
                Band::Whole(_, list) => list.push(table),
                Band::Columns(_) if top(&table) < from => above.push(table),
                Band::Columns(_) if across(&table, gutter) => below.push(table),
                Band::Columns([left, right]) => {
                    let start = table.xs.first().copied().unwrap_or_default();
                    let side = if start < gutter { left } else { right };
                    side.1.push(table);
                }
            }
        }
        if !above.is_empty() {
            out.push(Band::Whole(Vec::new(), above));
        }
        out.push(band);
        if !below.is_empty() {
            out.push(Band::Whole(Vec::new(), below));
        }
    }
    out
}

fn across(table: &Table, gutter: f32) -> bool {
    let (left, right) = (table.xs.first(), table.xs.last());
    left.zip(right)
        .is_some_and(|(left, right)| *left < gutter - 1.0 && *right > gutter + 1.0)
}

fn top(table: &Table) -> f32 {
    table.boxes.first().map_or(0.0, |first| first.y0)
}

fn in_order(mut tables: Vec<Table>) -> Vec<Table> {
    tables.sort_by(|a, b| top(a).total_cmp(&top(b)));
    tables
}

/// Where a band's text begins and ends.
fn extent(band: &Band) -> (f32, f32) {
    let bounds = |lines: &mut dyn Iterator<Item = &Line>| {
        lines.fold((f32::INFINITY, f32::NEG_INFINITY), |(top, bottom), line| {
            (top.min(line.top), bottom.max(line.bottom))
        })
    };
    match band {
        Band::Whole(rows, _) => bounds(&mut rows.iter().flatten()),
        Band::Columns([left, right]) => bounds(&mut left.0.iter().chain(&right.0)),
    }
}

/// The lines of a band on both sides of the gutter.
fn parted(rows: Vec<Row>, gutter: f32) -> Band {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        let (before, after): (Row, Row) = row.into_iter().partition(|line| line.middle() < gutter);
        left.extend(super::furniture::whole(before));
        right.extend(super::furniture::whole(after));
    }
    Band::Columns([(left, Vec::new()), (right, Vec::new())])
}

/// The place that the most rows leave free between two stretches of text.
pub(super) fn gutter(rows: &[Row], width: f32) -> Option<f32> {
    // Where the number of rows that leave a place free changes, and by how much: a page may claim any width.
    let mut free: BTreeMap<usize, i32> = BTreeMap::new();
    let last = (width.max(1.0) as usize).min(usize::MAX - 2) + 1;
    let mut vote = |from: f32, to: f32| {
        let (from, to) = (from.max(0.0).ceil() as usize, to.max(0.0) as usize);
        if from + 2 < to && to <= last {
            *free.entry(from).or_default() += 1;
            *free.entry(to).or_default() -= 1;
        }
    };
    for row in rows {
        for pair in row.windows(2) {
            if let [left, right] = pair {
                vote(left.x1, right.x0);
            }
        }
    }
    // Columns whose lines do not stand at the same heights.
    for pair in rows.windows(2) {
        if let [upper, lower] = pair
            && let ([a], [b]) = (upper.as_slice(), lower.as_slice())
            && b.base - a.base < 0.8 * a.size.max(b.size)
        {
            let (left, right) = if a.x0 < b.x0 { (a, b) } else { (b, a) };
            vote(left.x1, right.x0);
        }
    }
    let inside = (
        (width * MIDDLE.0).floor() as usize + 1,
        ((width * MIDDLE.1).ceil() as usize).saturating_sub(1),
    );
    let (mut depth, mut best, mut place) = (0, 0, (0_usize, 0_usize));
    let ends = free.keys().skip(1).copied().chain([last + 1]);
    for ((from, change), end) in free.iter().zip(ends) {
        depth += change;
        let (from, to) = ((*from).max(inside.0), (end - 1).min(inside.1));
        if from > to {
            continue;
        }
        if depth > best {
            (best, place) = (depth, (from, to));
        } else if depth == best && place.1 + 1 == from {
            place.1 = to;
        }
    }
    (best >= FEWEST_ROWS as i32).then_some((place.0 + place.1) as f32 / 2.0)
}

/// Runs of rows that form two columns at the gutter.
fn runs(rows: &[Row], tables: &[Table], gutter: f32) -> Vec<(usize, usize)> {
    let crosses = |from: f32, to: f32| from < gutter - 1.0 && to > gutter + 1.0;
    let places = || tables.iter().flat_map(|table| &table.boxes);
    // Tables across the gutter, and two that begin at one height on both sides of it.
    let beside = |place: &PageBox| {
        place.x0 >= gutter
            && places().any(|other| other.x1 <= gutter && (other.y0 - place.y0).abs() < 3.0)
    };
    let mut barriers: Vec<f32> = places()
        .filter(|place| crosses(place.x0, place.x1) || beside(place))
        .map(|place| place.y0)
        .collect();
    barriers.sort_by(f32::total_cmp);
    let base = |row: &Row| row.first().map_or(0.0, |line| line.base);
    let mut barriers = barriers.into_iter().peekable();
    let mut runs = Vec::new();
    let mut from = 0;
    for (position, row) in rows.iter().enumerate() {
        let mut parted = false;
        while barriers.next_if(|barrier| *barrier < base(row)).is_some() {
            parted = true;
        }
        if parted {
            runs.extend(run(rows, from, position, gutter));
            from = position;
        }
        if row.iter().any(|line| crosses(line.x0, line.x1)) {
            runs.extend(run(rows, from, position, gutter));
            from = position + 1;
        }
    }
    runs.extend(run(rows, from, rows.len(), gutter));
    runs
}

/// The part of a run of rows that two columns take; `None` where they hold no running text.
fn run(rows: &[Row], from: usize, until: usize, gutter: f32) -> Option<(usize, usize)> {
    let right_of = |row: &Row| row.iter().any(|line| line.x0 >= gutter);
    let band = rows.get(from..until)?;
    let first = band.iter().position(right_of)?;
    let last = band.iter().rposition(right_of)?;
    // A line beside the first one of the right column may stand a little higher.
    let first = match (
        first.checked_sub(1).and_then(|at| band.get(at)),
        band.get(first),
    ) {
        (Some(above), Some(row)) => {
            let near = above
                .iter()
                .zip(row)
                .any(|(a, b)| b.base - a.base < 0.8 * a.size);
            if near { first - 1 } else { first }
        }
        _ => first,
    };
    let column = |left: bool| -> Vec<&Line> {
        band.iter()
            .skip(first)
            .flatten()
            .filter(|line| (line.middle() < gutter) == left)
            .collect()
    };
    let end = column(true).iter().map(|line| line.x1).fold(0.0, f32::max);
    let start = column(true)
        .iter()
        .map(|line| line.x0)
        .fold(f32::INFINITY, f32::min);
    let is_full = |row: &Row| {
        row.iter()
            .any(|line| line.x1 - line.x0 > 0.7 * (end - start))
    };
    // The left column runs on below the right one as far as its lines fill it.
    let tail = band.get(last + 1..)?.iter().rposition(is_full);
    let last = tail.map_or(last, |tail| last + 1 + tail);
    let last = if ends_paragraph(band, last, gutter, (start, end)) {
        last + 1
    } else {
        last
    };
    let upto = |left: bool| -> Vec<&Line> {
        band.get(first..=last)
            .unwrap_or_default()
            .iter()
            .flatten()
            .filter(|line| (line.middle() < gutter) == left)
            .collect()
    };
    let (left, right) = (fullness(&upto(true))?, fullness(&upto(false))?);
    let rows_enough = last + 1 - first >= 2;
    (rows_enough && (left.0 + right.0) * 2 >= left.1 + right.1)
        .then_some((from + first, from + last + 1))
}

/// Whether the row below a run is the short last line of the paragraph that ends the left column:
/// the line above it fills the column, and it stands as near as the lines before.
fn ends_paragraph(band: &[Row], last: usize, gutter: f32, (start, end): (f32, f32)) -> bool {
    let left = |row: &Row| {
        let mut lines = row.iter().filter(|line| line.middle() < gutter);
        lines
            .next()
            .map(|line| (line.base, line.x0, line.x1, line.size))
    };
    let upto = band.get(..=last).unwrap_or_default();
    let mut above = upto.iter().rev().filter_map(left);
    let (Some(full), Some(before), Some(row)) = (above.next(), above.next(), band.get(last + 1))
    else {
        return false;
    };
    let ([_], Some(next)) = (row.as_slice(), left(row)) else {
        return false;
    };
    full.2 - start > 0.85 * (end - start)
        && next.1 - start < 0.8 * next.3
        && (next.3 - full.3).abs() < 0.1 * full.3
        && next.0 - full.0 <= 1.25 * (full.0 - before.0)
}

/// How many lines of a column are running text, which fill it or end what fills it, and how many
/// there are; `None` for what is too narrow, or never full.
fn fullness(lines: &[&Line]) -> Option<(usize, usize)> {
    let from = lines
        .iter()
        .map(|line| line.x0)
        .fold(f32::INFINITY, f32::min);
    let to = lines
        .iter()
        .map(|line| line.x1)
        .fold(f32::NEG_INFINITY, f32::max);
    let em = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let (mut full, mut running) = (0, 0);
    let mut before = false;
    for line in lines {
        let fills = line.x1 - line.x0 > 0.75 * (to - from) && line.text.chars().count() >= 8;
        full += usize::from(fills);
        running += usize::from(fills || before);
        before = fills;
    }
    (lines.len() >= 2 && full >= 1 && to - from >= NARROWEST * em).then_some((running, lines.len()))
}
