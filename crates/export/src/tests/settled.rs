//! Which number stands in a column of the wide panel.

use record::{Indicator, Record};
use serde_json::{Value as Json, json};

use super::expected;
use crate::Value;

/// A reading: from a cell or prose, bound, unit and value or status.
fn reading(cell: bool, bound: &str, unit: &str, value: &Json) -> Indicator {
    let from = if cell {
        json!({ "table": "t1", "row": 0, "col": 0 })
    } else {
        json!({ "section": "s1", "chars": [0, 1] })
    };
    let status = if value.is_null() { "blank" } else { "reported" };
    let id = if unit == "件" {
        "requests.received"
    } else {
        "fees.requests_total"
    };
    serde_json::from_value(json!({
        "id": id, "dims": {}, "label": "", "value": value, "status": status, "bound": bound, "unit": unit, "raw": "",
        "form": null, "note": null, "from": from,
    }))
    .unwrap()
}

/// The numbers of a record's only row by column, and why columns are unsettled.
fn wide(readings: &[Indicator], derived: &Json) -> (Vec<(String, f64)>, Json) {
    let record = json!({
        "schema": "1", "id": "0000000000000001",
        "source": {
            "path": "a", "uri": null, "sha256": "", "bytes": 1, "media_type": "text/html", "charset": null, "part": 0,
            "parts": 1,
        },
        "kind": "annual_report", "complete": true, "title": null,
        "agency": { "name": null, "as_written": null, "basis": null,
            "region": { "province": null, "city": null, "county": null, "code": null } },
        "period": null, "published": null, "document_number": null, "sections": [], "tables": [],
        "indicators": readings, "quantities": [], "checks": [], "derived": derived, "keywords": [], "warnings": [],
        "furniture": [], "coverage": { "characters": 1, "placed": 1, "share": 1 },
    });
    let record: Record = serde_json::from_value(record).unwrap();
    let (tables, rows) = expected(&[record]);
    let table = tables.iter().find(|table| table.name == "wide").unwrap();
    let row = &rows["wide"][0];
    let mut numbers = Vec::new();
    let mut unsettled = json!({});
    for (column, value) in table.columns.iter().zip(row) {
        match value {
            Value::Number(number) => numbers.push((column.name.clone(), *number)),
            Value::Text(text) if column.name == "unsettled" => {
                unsettled = serde_json::from_str(text).unwrap();
            }
            _ => {}
        }
    }
    (numbers, unsettled)
}

const CELL: bool = true;
const PROSE: bool = false;
const RECEIVED: &str = "requests.received";

#[test]
fn a_number_stands_where_its_readings_agree_and_nowhere_else() {
    type Case = (
        Vec<(bool, &'static str, Json)>,
        Option<f64>,
        Option<&'static str>,
    );
    let cases: Vec<Case> = vec![
        (vec![(CELL, "exact", json!(9))], Some(9.0), None),
        (
            vec![(CELL, "exact", json!(0)), (CELL, "exact", json!(0))],
            Some(0.0),
            None,
        ),
        (
            vec![(CELL, "exact", json!(9)), (CELL, "exact", json!(8))],
            None,
            Some("ambiguous"),
        ),
        (
            vec![(CELL, "exact", json!(9)), (PROSE, "exact", json!(9))],
            Some(9.0),
            None,
        ),
        (
            vec![(PROSE, "exact", json!(8)), (CELL, "exact", json!(9))],
            Some(9.0),
            Some("prose_differs"),
        ),
        (
            vec![(CELL, "exact", json!(9)), (PROSE, "more_than", json!(8))],
            Some(9.0),
            None,
        ),
        (
            vec![(CELL, "exact", json!(9)), (PROSE, "more_than", json!(10))],
            Some(9.0),
            Some("prose_differs"),
        ),
        (vec![(CELL, "exact", Json::Null)], None, Some("blank")),
        (
            vec![(CELL, "exact", Json::Null), (PROSE, "exact", json!(9))],
            Some(9.0),
            Some("prose_alone"),
        ),
        (
            vec![(PROSE, "exact", json!(9)), (PROSE, "exact", json!(8))],
            None,
            Some("ambiguous"),
        ),
        (vec![(PROSE, "about", json!(9))], None, Some("inexact")),
    ];
    for (readings, number, why) in cases {
        let told = format!("{readings:?}");
        let count = readings.len();
        let readings = readings.into_iter();
        let readings = readings.map(|(cell, bound, value)| reading(cell, bound, "件", &value));
        let (numbers, unsettled) = wide(&readings.collect::<Vec<_>>(), &json!([]));
        let expected: Vec<(String, f64)> = number
            .map(|number| (RECEIVED.to_owned(), number))
            .into_iter()
            .collect();
        assert_eq!(numbers, expected, "{told}");
        let positions: Vec<usize> = (0..count).collect();
        let expected = why.map_or(
            json!({}),
            |why| json!({ RECEIVED: { "why": why, "positions": positions } }),
        );
        assert_eq!(unsettled, expected, "{told}");
    }
}

#[test]
fn amounts_in_different_units_never_stand_in_one_column() {
    let readings = ["元", "万元"].map(|unit| reading(CELL, "exact", unit, &json!(3)));
    let (numbers, _) = wide(&readings, &json!([]));
    let expected = [
        "fees.requests_total(unit=万元)",
        "fees.requests_total(unit=元)",
    ];
    assert_eq!(numbers, expected.map(|column| (column.to_owned(), 3.0)));
}

#[test]
fn what_follows_from_others_has_a_column_of_its_own() {
    let derived = json!([{
        "id": RECEIVED, "dims": {}, "value": 7, "unit": "件", "how": "sum", "rule": "F34.FLOW", "refs": [],
    }]);
    let (numbers, unsettled) = wide(&[reading(CELL, "exact", "件", &Json::Null)], &derived);
    assert_eq!(numbers, [("requests.received@derived".to_owned(), 7.0)]);
    assert_eq!(
        unsettled,
        json!({ RECEIVED: { "why": "blank", "positions": [0] } })
    );
}
