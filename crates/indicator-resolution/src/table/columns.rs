//! What each column of a band holds.

use std::collections::BTreeMap;
use std::ops::Range;

use codebook::{Codebook, ColumnRole};

use super::index::{Hit, LabelIndex, Reference};
use super::layout::{Band, Kind, Sheet};
use crate::label::{NormalLabel, is_unit};

/// A value column with its header.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Columns of the grid.
    pub(super) range: Range<usize>,
    /// Header texts from the top down.
    pub(super) path: Vec<String>,
    /// Wordings of the codebook that each header text may be.
    pub(super) hits: Vec<Vec<Hit>>,
    /// What the header fixes (`period` = `cumulative`).
    pub(super) dimensions: BTreeMap<String, String>,
    /// The header says that it holds values.
    pub(super) known: bool,
    /// The unit that the header states.
    pub(super) unit: Option<String>,
    /// Tables of forms that have a column of one of these wordings, sorted.
    tables: Vec<(usize, usize)>,
}

impl Leaf {
    /// Whether a table of a form has a column that the header may be.
    pub(super) fn speaks_of(&self, form: usize, table: usize) -> bool {
        self.tables.binary_search(&(form, table)).is_ok()
    }
}

/// Columns that belong together: labels, and to their right what is said of them. A table set in two
/// halves (`指标 | 数量 | 指标 | 数量`) has two panels.
#[derive(Debug, Clone, Default)]
pub(super) struct Panel {
    pub(super) labels: Vec<usize>,
    /// Codes of its rows: none of them a value.
    pub(super) codes: Vec<usize>,
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
    /// The years that header texts name alone, from the top down.
    years: Vec<i16>,
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
    // Codes stand before the labels: behind values they are of the panel that begins.
    let mut codes_of_next: Vec<usize> = Vec::new();
    for (column, (header, count)) in headers.iter().zip(&counts).enumerate() {
        let role = role(header, count, valued, index, codebook, year);
        match role {
            Role::Label { sure } => {
                if panel.leaves.is_empty() {
                    panel.labels.push(column);
                } else if sure || count.rows_of_forms * 2 > count.texts {
                    panels.push(std::mem::take(&mut panel));
                    panel.labels.push(column);
                    panel.codes.append(&mut codes_of_next);
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
            Role::Code if panel.leaves.is_empty() => panel.codes.push(column),
            Role::Code => codes_of_next.push(column),
            Role::Ignored => {}
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
        years: Vec::new(),
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
        header.years.extend(sheet.year_alone(cell));
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
        .filter_map(|hits| roles_of(hits, index, codebook))
        .find(|role| **role != ColumnRole::Numbering);
    let of_form = header.hits.iter().flatten().any(|hit| {
        hit.score >= 0.75
            && index
                .references(*hit)
                .iter()
                .any(|reference| matches!(reference, Reference::Column { .. }))
    });
    let other_year = header
        .years
        .iter()
        .any(|&said| year.is_some_and(|year| year != said && year != said + 1));
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
    let mut known = false;
    for said in header.years.iter().copied() {
        known |= Some(said) == year;
        // `2011年 | 2012年` in a report of 2012: last year's figures beside this year's.
        if Some(said + 1) == year {
            known = true;
            dimensions.insert("period".to_owned(), "previous_year".to_owned());
        }
    }
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
    let mut tables: Vec<(usize, usize)> = hits
        .iter()
        .flatten()
        .flat_map(|hit| index.references(*hit))
        .filter_map(|reference| match reference {
            Reference::Column { form, table, .. } => Some((*form, *table)),
            _ => None,
        })
        .collect();
    tables.sort_unstable();
    tables.dedup();
    Leaf {
        tables,
        range: column..column + 1,
        path: header.path.clone(),
        hits,
        dimensions,
        known,
        unit: header.unit.clone(),
    }
}
