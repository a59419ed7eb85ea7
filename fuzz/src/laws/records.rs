//! Records.

use record::{Content, Origin, Record, section_text};

/// What a record refers to is there, all text stands in it, and it survives write and read.
pub fn records_hold(records: &[Record]) {
    for record in records {
        assert!(record.coverage.is_whole(), "{:?}", record.warnings);
        let text = |id: &str| {
            let section = record.sections.iter().find(|section| section.id == id);
            let section = section.unwrap_or_else(|| panic!("no section {id}"));
            section_text(&section.content)
                .chars()
                .collect::<Vec<char>>()
        };
        for section in &record.sections {
            for content in &section.content {
                if let Content::Table { table, .. } = content {
                    assert!(
                        record.tables.iter().any(|known| known.id == *table),
                        "no table {table}"
                    );
                }
            }
        }
        for indicator in &record.indicators {
            match &indicator.from {
                Origin::Cell { table, row, col } => {
                    let table = record.tables.iter().find(|known| known.id == *table);
                    let cell = table.and_then(|table| table.rows.get(*row)?.get(*col));
                    assert!(cell.is_some(), "{indicator:?}");
                }
                Origin::Statement { section, chars } => {
                    let text = text(section);
                    let cited = chars.is_none_or(|[from, to]| from < to && to <= text.len());
                    assert!(cited, "{indicator:?}");
                }
            }
        }
        for quantity in &record.quantities {
            let [from, to] = quantity.chars;
            let text = text(&quantity.section);
            let cited: String = text.get(from..to).unwrap_or_default().iter().collect();
            assert_eq!(cited, quantity.text, "{quantity:?}");
        }
        for check in &record.checks {
            for reference in &check.refs {
                let indicator = record.indicators.get(reference.index);
                assert!(
                    indicator.is_some_and(|known| known.id == reference.id),
                    "{check:?}"
                );
            }
        }
        let written = serde_json::to_string(record).expect("a record can be written");
        let read: Record = serde_json::from_str(&written).expect("a record can be read");
        assert_eq!(&read, record);
        let again = serde_json::to_string(&read).expect("a record can be written");
        assert_eq!(again, written);
    }
}
