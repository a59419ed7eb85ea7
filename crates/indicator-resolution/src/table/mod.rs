//! Readings from tables.
//!
//! 1. `layout`: grids are cut into bands, a header and the rows under it.
//! 2. `columns`: each column holds labels, units, codes, notes or values.
//! 3. `rows`: the labels of a band become one sequence.
//! 4. `matching`: the sequence is aligned with the rows of each form.
//! 5. `recognition`: the form that explains the labels best is taken, with the report's other tables as judge.
//! 6. `values`: matched rows and columns give readings.

mod alignment;
mod columns;
mod index;
mod layout;
mod matching;
mod recognition;
mod rows;
mod values;

use codebook::Codebook;
use model::{Document, Grid, Reading, Report};

pub(crate) use index::LabelIndex;

use columns::panels;
use layout::{Sheet, bands};
use recognition::{Recognised, borrowed};
use values::Values;

/// Every reading of a report's tables, by table, row and column.
pub(crate) fn readings(
    document: &Document,
    report: &Report,
    codebook: &Codebook,
    index: &LabelIndex,
) -> Vec<Reading> {
    let grids = report
        .tables(document)
        .into_iter()
        .filter_map(|block| document.blocks.get(block)?.grid());
    let year = report.period.as_ref().map(|period| period.year);
    of_grids(grids, year, codebook, index)
}

fn of_grids<'a>(
    grids: impl Iterator<Item = &'a Grid>,
    year: Option<i16>,
    codebook: &Codebook,
    index: &LabelIndex,
) -> Vec<Reading> {
    let sheets: Vec<Sheet<'_>> = grids
        .enumerate()
        .map(|(table, grid)| Sheet::new(table, grid, index))
        .collect();
    let upright = recognise(&sheets, year, codebook, index);
    let known: Vec<bool> = (0..sheets.len())
        .map(|sheet| {
            let holds = |band: &Recognised| band.band.body.iter().any(|at| at.sheet == sheet);
            upright.iter().any(|band| band.is_known() && holds(band))
        })
        .collect();
    let mut votes = vec![0.0; codebook.forms.len()];
    for band in &upright {
        band.vote(&mut votes);
    }
    let mut readings = Vec::new();
    read(&sheets, &upright, &votes, codebook, index, &mut readings);
    // Tables that make no sense upright may be set with their labels across the top.
    let turned: Vec<Sheet<'_>> = sheets
        .into_iter()
        .zip(known)
        .filter(|(sheet, known)| !known && sheet.rows > 1 && sheet.columns > 1)
        .map(|(sheet, _)| sheet.turned())
        .collect();
    if !turned.is_empty() {
        let bands = recognise(&turned, year, codebook, index);
        for band in &bands {
            band.vote(&mut votes);
        }
        read(&turned, &bands, &votes, codebook, index, &mut readings);
    }
    readings.sort_by(|a, b| a.origin.cmp(&b.origin));
    readings
}

fn recognise(
    sheets: &[Sheet<'_>],
    year: Option<i16>,
    codebook: &Codebook,
    index: &LabelIndex,
) -> Vec<Recognised> {
    bands(sheets, index, codebook)
        .into_iter()
        .map(|band| {
            let panels = panels(sheets, &band, index, codebook, year);
            Recognised::new(sheets, band, panels, index, codebook)
        })
        .collect()
}

fn read(
    sheets: &[Sheet<'_>],
    bands: &[Recognised],
    votes: &[f32],
    codebook: &Codebook,
    index: &LabelIndex,
    readings: &mut Vec<Reading>,
) {
    for band in bands {
        let Some(best) = band.best(votes) else {
            continue;
        };
        let values = Values {
            sheets,
            band,
            columns: &best.columns,
            codebook,
        };
        for row in &best.rows {
            values.of_row(row, readings);
        }
        if best.columns.is_empty() {
            for row in borrowed(&band.items, &best.rows, index, codebook) {
                values.of_row(&row, readings);
            }
        }
    }
}
