//! What each column of a band holds, and how value columns meet the columns of a form.

use std::collections::BTreeMap;
use std::ops::Range;

use codebook::{Codebook, ColumnRole, FormTable};

use super::alignment::{Costs, align};
use super::index::{Hit, LabelIndex, Reference};
use super::layout::{Band, Kind, Sheet};
use crate::label::{NormalLabel, is_unit, year_alone};

/// A value column with its header.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Columns of the grid.
    pub(super) range: Range<usize>,
    /// Header texts from the top down.
    pub(super) path: Vec<String>,
    hits: Vec<Vec<Hit>>,
    /// What the header fixes (`period` = `cumulative`).
    pub(super) dimensions: BTreeMap<String, String>,
    /// The header says that it holds values.
    pub(super) known: bool,
    /// The unit that the header states.
    pub(super) unit: Option<String>,
}

/// Columns that belong together: labels, and to their right what is said of them. A table set in two
/// halves (`指标 | 数量 | 指标 | 数量`) has two panels.
#[derive(Debug, Clone, Default)]
pub(super) struct Panel {
    pub(super) labels: Vec<usize>,
    pub(super) units: Vec<usize>,
    pub(super) notes: Vec<usize>,
    pub(super) leaves: Vec<Leaf>,
}

impl Panel {
    /// The leaves whose values a list without form columns may take: all that are named, or the only one.
    pub(super) fn list_leaves(&self) -> Vec<usize> {
        let named: Vec<usize> = (0..self.leaves.len())
            .filter(|at| self.leaves.get(*at).is_some_and(|leaf| leaf.known))
            .collect();
        match (named.is_empty(), self.leaves.len()) {
            (false, _) => named,
            (true, 1) => vec![0],
            _ => Vec::new(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Role {
    Label { sure: bool },
    Value,
    Unit,
    Code,
    Note,
    Ignored,
}

#[derive(Default)]
struct Count {
    numbers: usize,
    absent: usize,
    texts: usize,
    units: usize,
    rows_of_forms: usize,
    serial: Vec<f64>,
    padded: usize,
}

struct Header {
    path: Vec<String>,
    hits: Vec<Vec<Hit>>,
    last_cell: Option<usize>,
    unit: Option<String>,
}

/// The panels of a band.
pub(super) fn panels(
    sheets: &[Sheet<'_>],
    band: &Band,
    index: &LabelIndex,
    codebook: &Codebook,
    year: Option<i16>,
) -> Vec<Panel> {
    let width = band
        .body
        .first()
        .and_then(|at| sheets.get(at.sheet))
        .map_or(0, |sheet| sheet.columns);
    let headers: Vec<Header> = (0..width)
        .map(|column| header(sheets, band, column))
        .collect();
    let counts: Vec<Count> = (0..width)
        .map(|column| count(sheets, band, index, column))
        .collect();
    let valued = counts
        .iter()
        .filter(|count| count.numbers + count.absent > 0)
        .count();
    let mut panels: Vec<Panel> = Vec::new();
    let mut panel = Panel::default();
    let mut last_cell = None;
    for (column, (header, count)) in headers.iter().zip(&counts).enumerate() {
        let role = role(header, count, valued, index, codebook, year);
        match role {
            Role::Label { sure } => {
                if panel.leaves.is_empty() {
                    panel.labels.push(column);
                } else if sure || count.rows_of_forms * 2 > count.texts {
                    panels.push(std::mem::take(&mut panel));
                    panel.labels.push(column);
                }
            }
            Role::Unit => panel.units.push(column),
            Role::Note => panel.notes.push(column),
            Role::Value => {
                let same_cell = header.last_cell.is_some() && header.last_cell == last_cell;
                match panel.leaves.last_mut() {
                    Some(leaf) if same_cell && leaf.range.end == column => leaf.range.end += 1,
                    _ => panel
                        .leaves
                        .push(leaf(header, column, index, codebook, year)),
                }
            }
            Role::Code | Role::Ignored => {}
        }
        last_cell = header.last_cell;
    }
    panels.push(panel);
    panels.retain(|panel| !panel.leaves.is_empty());
    panels
}

fn header(sheets: &[Sheet<'_>], band: &Band, column: usize) -> Header {
    let mut header = Header {
        path: Vec::new(),
        hits: Vec::new(),
        last_cell: None,
        unit: None,
    };
    for at in &band.header {
        let Some(sheet) = sheets.get(at.sheet) else {
            continue;
        };
        let Some(cell) = sheet.at(at.row, column) else {
            continue;
        };
        let above = header.last_cell.replace(cell);
        if above == Some(cell) || sheet.kind(cell) == Kind::Blank {
            continue;
        }
        header.path.push(sheet.text(cell).to_owned());
        header.hits.push(sheet.hits(cell).to_vec());
        header.unit = sheet.stated_unit(cell).or(header.unit);
    }
    header
}

fn count(sheets: &[Sheet<'_>], band: &Band, index: &LabelIndex, column: usize) -> Count {
    let mut count = Count::default();
    for at in &band.body {
        let Some(sheet) = sheets.get(at.sheet) else {
            continue;
        };
        let Some(cell) = sheet.at(at.row, column) else {
            continue;
        };
        match sheet.kind(cell) {
            Kind::Blank => {}
            Kind::Absent => count.absent += 1,
            Kind::Number => {
                count.numbers += 1;
                let text = sheet.text(cell).trim();
                count.padded +=
                    usize::from(text.len() > 1 && text.starts_with('0') && !text.contains('.'));
                count.serial.extend(notation::number(text));
            }
            Kind::Text => {
                count.texts += 1;
                count.units += usize::from(is_unit(sheet.text(cell).trim()));
                let of_form = sheet.hits(cell).iter().any(|hit| {
                    index
                        .references(*hit)
                        .iter()
                        .any(|reference| matches!(reference, Reference::Row { .. }))
                });
                count.rows_of_forms += usize::from(of_form);
            }
        }
    }
    count
}

fn roles_of<'c>(
    hits: &[Hit],
    index: &LabelIndex,
    codebook: &'c Codebook,
) -> Option<&'c ColumnRole> {
    hits.iter()
        .filter(|hit| hit.score >= 0.95)
        .flat_map(|hit| index.references(*hit))
        .find_map(|reference| match reference {
            Reference::Role(role) => codebook.columns.roles.get(*role).map(|(_, role)| role),
            _ => None,
        })
}

fn role(
    header: &Header,
    count: &Count,
    valued: usize,
    index: &LabelIndex,
    codebook: &Codebook,
    year: Option<i16>,
) -> Role {
    let values = count.numbers + count.absent;
    let named = header
        .hits
        .iter()
        .rev()
        .find_map(|hits| roles_of(hits, index, codebook));
    let of_form = header.hits.iter().flatten().any(|hit| {
        hit.score >= 0.75
            && index
                .references(*hit)
                .iter()
                .any(|reference| matches!(reference, Reference::Column { .. }))
    });
    let other_year = header
        .path
        .iter()
        .filter_map(|text| year_alone(&NormalLabel::new(text).full))
        .any(|said| year.is_some_and(|year| year != said));
    match named {
        Some(ColumnRole::Unit) if count.numbers == 0 => return Role::Unit,
        Some(ColumnRole::Code) => return Role::Code,
        Some(ColumnRole::Note) => return Role::Note,
        Some(ColumnRole::Label) if count.numbers <= count.texts => {
            return Role::Label { sure: true };
        }
        _ => {}
    }
    if other_year {
        return Role::Ignored;
    }
    let consecutive = count.serial.len() >= 3
        && count
            .serial
            .iter()
            .zip(count.serial.iter().skip(1))
            .all(|(a, b)| (b - a - 1.0).abs() < f64::EPSILON);
    if named.is_none()
        && !of_form
        && valued > 1
        && count.numbers > 0
        && (consecutive || count.padded * 2 > count.numbers)
    {
        return Role::Code;
    }
    let named_value = of_form || matches!(named, Some(ColumnRole::Value(_)));
    if named_value && count.rows_of_forms <= values * 2 + 1 {
        return Role::Value;
    }
    if count.units > 0 && count.units == count.texts && count.numbers == 0 {
        Role::Unit
    } else if values > 0 && values >= count.texts {
        Role::Value
    } else if count.texts > 0 {
        Role::Label { sure: false }
    } else if header.path.is_empty() {
        Role::Ignored
    } else {
        Role::Value
    }
}

fn leaf(
    header: &Header,
    column: usize,
    index: &LabelIndex,
    codebook: &Codebook,
    year: Option<i16>,
) -> Leaf {
    let mut dimensions = BTreeMap::new();
    let mut known = header
        .path
        .iter()
        .filter_map(|text| year_alone(&NormalLabel::new(text).full))
        .any(|said| Some(said) == year);
    for hits in &header.hits {
        if let Some(ColumnRole::Value(fixed)) = roles_of(hits, index, codebook) {
            dimensions.extend(fixed.clone());
            known = true;
        }
    }
    let mut hits = header.hits.clone();
    if header.path.len() > 1 {
        // A header broken over two rows of the grid (`本年新` / `制作数量`).
        hits.push(index.look_up(&NormalLabel::new(&header.path.concat())));
    }
    Leaf {
        range: column..column + 1,
        path: header.path.clone(),
        hits,
        dimensions,
        known,
        unit: header.unit.clone(),
    }
}

/// Value columns of a band matched with the columns of a form's table.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnMatch {
    /// The form's column for each leaf.
    pub(super) of_leaf: Vec<Option<usize>>,
    /// How much of the form's header was found, 0 to 1.
    pub(super) share: f32,
}

/// Aligns the header of a band with that of a form's table. `values` is the number of value cells in its rows.
pub(super) fn match_columns(
    leaves: &[Leaf],
    values: usize,
    form: usize,
    table: usize,
    of_table: &FormTable,
    index: &LabelIndex,
) -> ColumnMatch {
    let width = of_table.columns.len();
    let scores: Vec<Vec<f32>> = leaves
        .iter()
        .map(|leaf| column_scores(leaf, form, table, of_table, index))
        .collect();
    let costs = Costs {
        extra: 0.05,
        missing: 0.02,
        adjacent: 0.05,
    };
    let rows: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
    let pairs = align(&rows, width, costs);
    let mut of_leaf: Vec<Option<usize>> = vec![None; leaves.len()];
    let mut found = 0.0_f32;
    for pair in &pairs {
        // A label that several groups share (总计) needs its group, or the whole row of columns.
        let shared = scores.get(pair.left).is_some_and(|row| {
            row.iter()
                .filter(|score| **score >= pair.score - 0.05)
                .count()
                > 1
        });
        if shared && leaves.len() != width && values != width {
            continue;
        }
        found += pair.score;
        if let Some(slot) = of_leaf.get_mut(pair.left) {
            *slot = Some(pair.right);
        }
    }
    // Columns in another order than the form's.
    for (leaf, row) in scores.iter().enumerate() {
        let best: Vec<usize> = (0..width)
            .filter(|column| row.get(*column).is_some_and(|score| *score >= 0.8))
            .collect();
        if let [column] = best.as_slice()
            && of_leaf.get(leaf) == Some(&None)
            && !of_leaf.contains(&Some(*column))
            && let Some(slot) = of_leaf.get_mut(leaf)
        {
            *slot = Some(*column);
            found += row.get(*column).copied().unwrap_or_default();
        }
    }
    if leaves.len() == width {
        by_order(&mut of_leaf);
    }
    ColumnMatch {
        share: found / as_f32(width.max(1)),
        of_leaf,
    }
}

/// As many columns as the form has: one whose header is lost lies between its neighbours, and a header that
/// fits in part and out of step (groups and their columns run together) says less than the count.
fn by_order(of_leaf: &mut [Option<usize>]) {
    let found = of_leaf.iter().flatten().count();
    if found < of_leaf.len() && found * 2 >= of_leaf.len() {
        for (leaf, column) in of_leaf.iter_mut().enumerate() {
            *column = Some(leaf);
        }
    }
}

/// How well a leaf fits each column of a form's table: the lowest label decides, groups confirm.
fn column_scores(
    leaf: &Leaf,
    form: usize,
    table: usize,
    of_table: &FormTable,
    index: &LabelIndex,
) -> Vec<f32> {
    let depth: Vec<usize> = of_table
        .columns
        .iter()
        .map(|column| column.path.len())
        .collect();
    let mut by_level: Vec<Vec<f32>> = depth.iter().map(|depth| vec![0.0; *depth]).collect();
    for hit in leaf.hits.iter().flatten() {
        for reference in index.references(*hit) {
            if let Reference::Column {
                form: of_form,
                table: in_table,
                column,
                level,
            } = reference
                && (*of_form, *in_table) == (form, table)
                && let Some(slot) = by_level
                    .get_mut(*column)
                    .and_then(|levels| levels.get_mut(*level))
            {
                *slot = slot.max(hit.score);
            }
        }
    }
    let groups_said = leaf.path.len() > 1;
    by_level
        .iter()
        .map(|levels| {
            let Some((lowest, groups)) = levels.split_last() else {
                return 0.0;
            };
            if *lowest == 0.0 {
                return 0.0;
            }
            let confirmed = if groups.is_empty() {
                1.0
            } else if groups_said {
                groups.iter().sum::<f32>() / as_f32(groups.len())
            } else {
                0.5
            };
            0.7 * lowest + 0.3 * confirmed
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "numbers of columns are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}
