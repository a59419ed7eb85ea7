//! Readings from tables.
//!
//! 1. `layout`: grids are cut into bands, a header and the rows under it.
//! 2. `columns`: each column holds labels, units, codes, notes or values.
//! 3. `rows`: the labels of a band become one sequence.
//! 4. `matching`: the sequence is aligned with the rows of each form.
//! 5. `headers`: so are the columns; `recognition`: the form that explains the labels best is taken, with the report's other tables as judge.
//!    `coded`: tables whose rows bear the codes of a classification.
//! 6. `places`, `values`: matched rows and columns give readings; `borrowed`: rows of other forms, too.

mod alignment;
mod borrowed;
mod coded;
mod columns;
mod headers;
mod index;
mod layout;
mod matching;
mod places;
mod recognition;
mod rows;
mod values;

use std::collections::BTreeSet;

use codebook::Codebook;
use model::{Content, Document, Grid, Reading, Report, Shape};

pub(crate) use index::LabelIndex;

use borrowed::borrowed;
use columns::panels;
use layout::{Sheet, bands};
use recognition::Recognised;
use values::Values;

/// Every reading of a report's tables, by table, row and column.
pub(crate) fn readings(
    document: &Document,
    report: &Report,
    codebook: &Codebook,
    index: &LabelIndex,
) -> Vec<Reading> {
    // Each table with the heading of its section, in the order of `Report::tables`.
    let tables = report.sections.iter().flat_map(|section| {
        let heading = section.heading.as_deref();
        let content = section.content.iter();
        content.filter_map(move |content| match content {
            Content::Table { block } => Some((*block, heading)),
            _ => None,
        })
    });
    let grids =
        tables.filter_map(|(block, heading)| Some((document.blocks.get(block)?.grid()?, heading)));
    let year = report.period.as_ref().map(|period| period.year);
    of_grids(grids, year, codebook, index)
}

fn of_grids<'a>(
    grids: impl Iterator<Item = (&'a Grid, Option<&'a str>)>,
    year: Option<i16>,
    codebook: &Codebook,
    index: &LabelIndex,
) -> Vec<Reading> {
    let mut sheets: Vec<Sheet<'_>> = grids
        .enumerate()
        .map(|(table, (grid, heading))| Sheet::new(table, grid, heading, index))
        .collect();
    // All tables of a text came to it by one way: where one of them has kept its blanks, all have.
    let is_text = |sheet: &Sheet<'_>| sheet.grid.shape == Shape::Flattened;
    if sheets
        .iter()
        .any(|sheet| is_text(sheet) && sheet.keeps_blanks)
    {
        for sheet in &mut sheets {
            sheet.keeps_blanks = true;
        }
    }
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
    // A value cell that spans several rows is read for each: once is enough where they mean the same.
    let mut said = BTreeSet::new();
    readings.retain(|reading| {
        said.insert((
            reading.origin.clone(),
            reading.indicator.clone(),
            reading.dimensions.clone(),
        ))
    });
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use model::{Cell, Origin, Shape, Text};
    use proptest::prelude::*;

    use super::*;

    static INDEX: LazyLock<LabelIndex> = LazyLock::new(|| LabelIndex::new(Codebook::builtin()));

    const WORDS: [&str; 16] = [
        "",
        "指标",
        "数量",
        "总计",
        "其他",
        "申请总数",
        "其中:1.当面申请数",
        "网站页面访问量 其中:政务公开专栏访问量",
        "行政复议",
        "结果维持",
        "第二十条第(一)项",
        "本年制发件数",
        "规章",
        "3",
        "12 5",
        "/",
    ];

    fn any_grid() -> impl Strategy<Value = Grid> {
        (1_usize..6, 1_usize..6, 0_usize..3).prop_flat_map(|(rows, columns, header_rows)| {
            proptest::collection::vec((0..WORDS.len(), 1_usize..3), rows * columns).prop_map(
                move |picks| {
                    let mut cells: Vec<Cell> = Vec::new();
                    for (at, (word, span)) in picks.iter().enumerate() {
                        let (row, column) = (at / columns, at % columns);
                        let covered = cells.last().is_some_and(|cell| {
                            cell.row == row && column < cell.column + cell.column_span
                        });
                        if !covered {
                            cells.push(Cell {
                                row,
                                column,
                                row_span: 1,
                                column_span: (*span).min(columns - column),
                                text: Text::from(WORDS[*word]),
                                header: false,
                                place: None,
                            });
                        }
                    }
                    Grid {
                        caption: None,
                        header_rows: header_rows.min(rows),
                        rows,
                        columns,
                        cells,
                        shape: Shape::Flattened,
                        keeps_blanks: false,
                    }
                },
            )
        })
    }

    proptest! {
        #[test]
        fn every_reading_cites_one_cell_and_none_is_said_twice(
            grids in proptest::collection::vec(any_grid(), 0..4)
        ) {
            let codebook = Codebook::builtin();
            let readings = of_grids(grids.iter().map(|grid| (grid, None)), Some(2012), codebook, &INDEX);
            let mut said = BTreeSet::new();
            for reading in &readings {
                let Origin::Cell { table, row, column } = reading.origin else {
                    panic!("a table gave a reading of prose");
                };
                let cell = grids[table]
                    .cells
                    .iter()
                    .find(|cell| (cell.row, cell.column) == (row, column));
                prop_assert_eq!(cell.map(|cell| cell.text.value()), Some(reading.raw.as_str()));
                prop_assert!(codebook.indicator(&reading.indicator).is_some());
                let key = (
                    &reading.origin,
                    &reading.indicator,
                    &reading.dimensions,
                );
                prop_assert!(said.insert(key), "{:?}", reading);
            }
        }
    }

    #[test]
    fn time_grows_with_the_rows_alone() {
        let rows = 5_000;
        let cells = (0..rows)
            .flat_map(|row| {
                let label = match row % 3 {
                    0 => "申请总数".to_owned(),
                    1 => format!("第{row}项其他情形的说明"),
                    _ => format!("其中:{row}号 窗口申请"),
                };
                let value = format!("{row} {row}");
                [(0, label), (1, value)].map(|(column, text)| Cell {
                    row,
                    column,
                    row_span: 1,
                    column_span: 1,
                    text: Text::from(text.as_str()),
                    header: false,
                    place: None,
                })
            })
            .collect();
        let grid = Grid {
            caption: None,
            header_rows: 0,
            rows,
            columns: 2,
            cells,
            shape: Shape::Grid,
            keeps_blanks: true,
        };
        // Quadratic work would take minutes.
        let readings = of_grids(
            std::iter::once((&grid, None)),
            None,
            Codebook::builtin(),
            &INDEX,
        );
        assert!(readings.len() < 10);
    }
}
