//! What holds of every report: no error is invented.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is missing here is a failed test"
)]

use std::collections::BTreeMap;

use codebook::Codebook;
use model::{
    Bound, ColumnMatch, FindingStatus, LabelMatch, Manner, Origin, Reading, ReadingStatus,
};
use nianbao_consistency_checking::check;
use proptest::prelude::*;

/// A cell of a form; `None` is blank.
fn cell(
    form: &str,
    id: &str,
    dimensions: &[(&str, &str)],
    row: usize,
    value: Option<f64>,
) -> Reading {
    let dimensions: BTreeMap<String, String> = dimensions
        .iter()
        .filter(|(name, value)| !Codebook::builtin().is_default(name, value))
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Reading {
        indicator: id.to_owned(),
        dimensions,
        label: String::new(),
        value,
        status: if value.is_some() {
            ReadingStatus::Reported
        } else {
            ReadingStatus::Blank
        },
        bound: Bound::Exact,
        unit: None,
        raw: value.map(|value| value.to_string()).unwrap_or_default(),
        form: Some(form.to_owned()),
        note: None,
        paired: Vec::new(),
        manner: Manner::Cell {
            label: LabelMatch::Same,
            column: ColumnMatch::List,
        },
        origin: Origin::Cell {
            table: 0,
            row,
            column: 0,
        },
    }
}

/// The matrix of requests of the 2021 form, made from its outcomes so that all of it adds up.
fn matrix(outcomes: &[Vec<u16>], carried: &[(u16, u16)]) -> Vec<Reading> {
    let codebook = Codebook::builtin();
    let form = codebook.form("F4").unwrap();
    let requests = form
        .tables
        .iter()
        .find(|table| table.id == "requests")
        .unwrap();
    let rows: Vec<&str> = requests
        .rows
        .iter()
        .filter(|row| !row.optional)
        .filter_map(|row| row.target.indicator.as_deref())
        .collect();
    let parts: Vec<&str> = rows
        .iter()
        .copied()
        .filter(|id| id.starts_with("requests.outcome.") && *id != "requests.outcome.total")
        .collect();
    assert_eq!(parts.len(), outcomes.len());
    let mut columns: Vec<BTreeMap<&str, f64>> = Vec::new();
    for (column, (carried_out, carried_in)) in carried.iter().enumerate() {
        let mut values: BTreeMap<&str, f64> = BTreeMap::new();
        for (id, row) in parts.iter().zip(outcomes) {
            values.insert(id, f64::from(row[column]));
        }
        let total: f64 = values.values().sum();
        let out = f64::from(*carried_out);
        let carried_in = f64::from(*carried_in).min(total + out);
        values.insert("requests.outcome.total", total);
        values.insert("requests.carried_out", out);
        values.insert("requests.carried_in", carried_in);
        values.insert("requests.received", total + out - carried_in);
        columns.push(values);
    }
    let all = rows
        .iter()
        .map(|id| (*id, columns.iter().map(|column| column[id]).sum()));
    let all: BTreeMap<&str, f64> = all.collect();
    columns.push(all);
    let applicants = &codebook.dimension("applicant").unwrap().values;
    let order = applicants.iter().skip(1).chain(applicants.first());
    let mut readings = Vec::new();
    for (values, applicant) in columns.iter().zip(order) {
        for (row, id) in rows.iter().enumerate() {
            let dimensions = [("applicant", applicant.id.as_str())];
            readings.push(cell("F4", id, &dimensions, row, Some(values[id])));
        }
    }
    readings
}

fn failing(readings: &[Reading]) -> Vec<(String, String)> {
    let mut failing: Vec<_> = check(readings, Codebook::builtin())
        .into_iter()
        .filter(|finding| finding.status == FindingStatus::Fail)
        .map(|finding| (finding.rule, finding.message))
        .collect();
    failing.sort();
    failing
}

fn outcomes() -> impl Strategy<Value = Vec<Vec<u16>>> {
    let figure = prop_oneof![3 => Just(0_u16), 1 => 0_u16..3000];
    proptest::collection::vec(proptest::collection::vec(figure, 6), 21)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn blanks_and_lost_rows_never_make_a_sound_table_fail(
        outcomes in outcomes(),
        carried in proptest::collection::vec((0_u16..50, 0_u16..50), 6),
        blank in proptest::collection::vec(any::<u8>(), 175),
        share in any::<u8>(),
    ) {
        let mut readings = matrix(&outcomes, &carried);
        prop_assert_eq!(failing(&readings), vec![]);
        for (reading, luck) in readings.iter_mut().zip(&blank) {
            if *luck < share {
                reading.value = None;
                reading.status = ReadingStatus::Blank;
            }
        }
        prop_assert_eq!(failing(&readings), vec![]);
        let mut luck = blank.iter();
        readings.retain(|_| luck.next().is_none_or(|luck| luck % 5 > 0));
        prop_assert_eq!(failing(&readings), vec![]);
    }

    #[test]
    fn one_wrong_cell_is_found_and_the_order_of_readings_does_not_matter(
        outcomes in outcomes(),
        carried in proptest::collection::vec((0_u16..50, 0_u16..50), 6),
        wrong in 0_usize..175,
        seed in any::<u64>(),
    ) {
        let mut readings = matrix(&outcomes, &carried);
        readings[wrong].value = readings[wrong].value.map(|value| value + 1.0);
        let found = failing(&readings);
        prop_assert!(found.iter().any(|(rule, _)| rule == "F34.ROW"), "{:?}", found);
        readings.sort_by_key(|reading| {
            let place = format!("{}{:?}", reading.indicator, reading.dimensions);
            place.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte))
        });
        prop_assert_eq!(failing(&readings), found);
    }

    #[test]
    fn amounts_that_add_up_do_not_fail_by_rounding(
        cents in proptest::collection::vec(0_u32..10_000_000, 2),
    ) {
        let yuan = |cents: u32| f64::from(cents) / 100.0;
        let sum: f64 = yuan(cents[0]) + yuan(cents[1]);
        let ids = ["fees.proactive_total", "fees.requests_total"];
        let mut readings: Vec<Reading> = ids
            .iter()
            .zip(&cents)
            .map(|(id, cents)| cell("F1.SH08", id, &[], 0, Some(yuan(*cents))))
            .collect();
        readings.push(cell("F1.SH08", "fees.disclosure_total", &[], 1, Some(sum)));
        prop_assert_eq!(failing(&readings), vec![]);
    }
}
