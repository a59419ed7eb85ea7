//! Reports and readings.

use model::{Document, Origin, Reading, ReadingStatus, Report};

/// Every visible character stands in exactly one place of exactly one report; parents stand before
/// their children.
pub fn partitioned(document: &Document, reports: &[Report]) {
    let mut placed: Vec<Vec<u8>> = document
        .blocks
        .iter()
        .map(|block| vec![0; block.text().map_or(1, |text| text.value().len())])
        .collect();
    for span in reports.iter().flat_map(Report::spans) {
        let text = document.blocks[span.block].text();
        let range = match text {
            Some(text) => {
                let value = text.value();
                assert!(
                    value.get(span.start..span.end).is_some(),
                    "{span:?} in {value:?}"
                );
                span.start..span.end
            }
            None => 0..1,
        };
        placed[span.block][range]
            .iter_mut()
            .for_each(|count| *count += 1);
    }
    for (block, counts) in document.blocks.iter().zip(&placed) {
        match block.text() {
            None => assert_eq!(counts[0], 1, "a table's places"),
            Some(text) => {
                for (at, c) in text.value().char_indices() {
                    assert!(
                        c.is_whitespace() || counts[at] == 1,
                        "{c:?} of {:?} stands in {} places",
                        text.value(),
                        counts[at]
                    );
                }
            }
        }
    }
    for report in reports {
        for (index, section) in report.sections.iter().enumerate() {
            match section.parent {
                Some(parent) => {
                    assert!(parent < index, "a child before its parent");
                    assert_eq!(report.sections[parent].level + 1, section.level);
                }
                None => assert!(section.level <= 1, "an orphan"),
            }
        }
    }
}

/// Each reading cites one cell or one span of prose that is there, and has a value where it says so.
pub fn readings_cite(document: &Document, report: &Report, readings: &[Reading]) {
    let tables = report.tables(document);
    for reading in readings {
        match &reading.origin {
            Origin::Cell { table, row, column } => {
                let grid = document.blocks[tables[*table]].grid();
                let cell = grid.and_then(|grid| grid.cell(*row, *column));
                assert!(cell.is_some(), "{reading:?} cites no cell");
            }
            Origin::Prose {
                section,
                block,
                start,
                end,
            } => {
                assert!(*section < report.sections.len(), "{reading:?}");
                let text = document.blocks[*block].text().map(|text| text.value());
                let cited = text.and_then(|text| text.get(*start..*end));
                assert!(cited.is_some_and(|cited| !cited.is_empty()), "{reading:?}");
            }
        }
        let reported = reading.status == ReadingStatus::Reported;
        assert_eq!(reported, reading.value.is_some(), "{reading:?}");
        assert!(reading.value.is_none_or(f64::is_finite), "{reading:?}");
    }
}
