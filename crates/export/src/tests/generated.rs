//! Records with all that tables can be hurt by.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use record::{
    At, Bound, Cell, Check, CheckStatus, Content, Derivation, Derived, Doubt, Indicator, Keyword,
    Number, OnPage, Origin, Period, Quantity, Record, Reference, Section, Shape, SourcePage,
    Status, Subject, Warning, section_text,
};
use serde_json::json;

/// Texts: quotes, commas, line ends, formulas, blanks at the ends, nothing at all, characters beyond the
/// basic plane, what XML and Excel escape.
fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "",
        " ",
        "=1+1",
        "-",
        "0012",
        "null",
        "NA",
        "甲,乙\"丙\"",
        "一行\n两行",
        "\r\n",
        "<b>&amp;</b>",
        "_x000D_",
        " 前后 ",
        "𠮷",
        "'",
        "依申请公开政府信息",
    ]);
    prop_oneof![hostile.prop_map(str::to_owned), "[a-z一-龥, \"\n]{0,12}"]
}

fn number() -> impl Strategy<Value = Number> {
    let special = prop::sample::select(vec![
        0.0,
        0.1,
        -35.0,
        976.81,
        1e15,
        1e21,
        5e-324,
        9_007_199_254_740_993.0,
    ]);
    prop_oneof![special, -1e9f64..1e9].prop_map(|value| Number::new(value).unwrap())
}

fn place() -> impl Strategy<Value = Option<At>> {
    let page = (1u32..50, prop::array::uniform4(0f32..900.0)).prop_map(|(page, edges)| OnPage {
        page,
        rectangle: edges.map(Number::points),
    });
    let source_page = option::of(0u32..2);
    prop_oneof![
        Just(None),
        ((1u32..9, 1u32..9), source_page.clone()).prop_map(|((first, more), source_page)| Some(
            At::Lines {
                lines: [first, first + more],
                source_page
            }
        )),
        ("/html(/[a-z]{1,5}){1,3}", source_page.clone())
            .prop_map(|(node, source_page)| Some(At::Node { node, source_page })),
        (page.clone(), vec(page, 0..2), source_page).prop_map(|(first, more, source_page)| Some(
            At::Page {
                first,
                more,
                source_page
            }
        )),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        (text(), place()).prop_map(|(text, at)| Content::Paragraph { text, at }),
        (option::of(text()), text(), text(), place()).prop_map(|(number, marker, text, at)| {
            Content::Item {
                number,
                marker,
                text,
                at,
            }
        }),
        place().prop_map(|at| Content::Table {
            table: "t1".into(),
            at
        }),
        (text(), option::of(text()), place()).prop_map(|(text, uri, at)| Content::Picture {
            text,
            uri,
            at
        }),
    ]
}

fn section() -> impl Strategy<Value = Section> {
    (vec(content(), 0..4), option::of(text()), place(), 0u32..4).prop_map(
        |(content, heading, at, level)| Section {
            id: "s1".into(),
            parent: None,
            level,
            number: heading.clone(),
            heading_line: heading.clone(),
            heading,
            canonical: Some("overview".into()),
            content,
            at,
        },
    )
}

fn table() -> impl Strategy<Value = record::Table> {
    let cells = vec((text(), option::of(text()), place(), any::<bool>()), 6);
    (cells, option::of(text()), place()).prop_map(|(texts, caption, at)| {
        let cells = texts
            .into_iter()
            .zip(0..)
            .map(|((text, raw, at, header), index)| Cell {
                row: index / 2,
                col: index % 2,
                row_span: 1,
                col_span: 1,
                text,
                raw,
                header,
                at,
            });
        let cells: Vec<Cell> = cells.collect();
        let rows = cells
            .chunks(2)
            .map(|row| row.iter().map(|cell| cell.text.clone()).collect());
        record::Table {
            id: "t1".into(),
            section: "s1".into(),
            number: caption.clone(),
            caption_lines: caption.iter().cloned().collect(),
            caption,
            unit: Some("件".into()),
            header_rows: 1,
            rows: rows.collect(),
            cells,
            shape: Shape::Grid,
            at,
        }
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let ids = prop::sample::select(vec![
        "requests.received",
        "fees.requests_total",
        "unknown.id",
    ]);
    let dims = prop::sample::select(vec![
        BTreeMap::new(),
        BTreeMap::from([("applicant".to_owned(), "natural_person".to_owned())]),
        BTreeMap::from([("unheard_of".to_owned(), "x".to_owned())]),
    ]);
    let status = prop::sample::select(vec![
        Status::Blank,
        Status::NotApplicable,
        Status::Unreadable,
    ]);
    let bound = prop::sample::select(vec![
        Bound::Exact,
        Bound::MoreThan,
        Bound::LessThan,
        Bound::About,
    ]);
    let origin = prop_oneof![
        (0usize..3, 0usize..2).prop_map(|(row, col)| Origin::Cell {
            table: "t1".into(),
            row,
            col
        }),
        option::of(0usize..9).prop_map(|start| Origin::Statement {
            section: "s1".into(),
            chars: start.map(|start| [start, start + 3])
        }),
    ];
    let unit = option::of(prop::sample::select(vec!["件", "元", "万元"]));
    (
        (ids, dims, status, bound),
        (origin, unit, option::of(number())),
        (text(), option::of(text())),
    )
        .prop_map(
            |((id, dims, status, bound), (from, unit, value), (label, note))| Indicator {
                id: id.into(),
                dims,
                raw: label.clone(),
                label,
                value,
                status: value.map_or(status, |_| Status::Reported),
                bound,
                unit: unit.map(str::to_owned),
                form: note.as_ref().map(|_| "F4".into()),
                note,
                from,
                how: serde_json::from_value(json!({ "label": "same", "column": "header" }))
                    .unwrap(),
                confidence: Number::new(0.97),
            },
        )
}

/// A record that reads and writes like any other.
fn record() -> impl Strategy<Value = Record> {
    let parts = (vec(section(), 1), vec(table(), 1), vec(indicator(), 0..6));
    (
        parts,
        (option::of(text()), option::of(text()), number()),
        (place(), any::<u64>()),
    )
        .prop_map(
            |((sections, tables, indicators), (title, name, value), (at, id))| {
                let refs = vec![Reference {
                    index: 0,
                    id: "requests.received".into(),
                    value: Some(value),
                }];
                let mut record = base(id);
                record.derived = vec![Derived {
                    id: "requests.received".into(),
                    dims: BTreeMap::new(),
                    value,
                    unit: Some("件".into()),
                    how: Derivation::Sum,
                    rule: "F34.FLOW".into(),
                    refs: refs.clone(),
                }];
                record.checks = vec![Check {
                    rule: "F34.FLOW".into(),
                    status: CheckStatus::Fail,
                    expected: Some(value),
                    found: None,
                    refs,
                    message: "m".into(),
                    message_zh: "讯".into(),
                }];
                let length = sections
                    .first()
                    .map_or(0, |it| section_text(&it.content).chars().count());
                record.quantities = vec![Quantity {
                    section: "s1".into(),
                    chars: [0, length],
                    text: "九件".into(),
                    value,
                    bound: Bound::About,
                    unit: "件".into(),
                }];
                record.warnings = vec![Warning {
                    code: "limit".into(),
                    message: "m".into(),
                    at: at.clone(),
                }];
                record.period = title.as_ref().map(|_| Period {
                    year: 2021,
                    start: Some("2021-01-01".into()),
                    end: None,
                    basis: None,
                    confidence: Number::new(1.0),
                });
                record.title = title;
                record.title_at = at;
                record.agency.name = name;
                record.agency.region.province = Some("广东省".into());
                record.agency.region.code = Some("440000".into());
                record.sections = sections;
                record.tables = tables;
                record.indicators = indicators;
                record
            },
        )
}

fn base(id: u64) -> Record {
    let page = |path: &str| SourcePage {
        path: path.into(),
        uri: Some("http://www.example.gov.cn/a.html".into()),
        sha256: "00".repeat(32),
        bytes: 12,
    };
    let written = json!({
        "schema": record::SCHEMA_VERSION, "id": format!("{id:016x}"),
        "source": {
            "path": "a/b.html", "uri": null, "sha256": "00".repeat(32), "bytes": 12, "media_type": "text/html",
            "charset": "gb18030", "charset_basis": "declared", "declared": "gb2312", "replaced": 1, "part": 0,
            "parts": 1, "pages": [page("a/b.html"), page("a/b_1.html")],
        },
        "profile": { "id": "p", "version": "1" },
        "kind": "annual_report", "reason": null, "complete": true, "title": null, "title_basis": "title",
        "title_confidence": 0.9,
        "agency": {
            "name": null, "as_written": "市局", "basis": "signature", "level": "city", "body": "department",
            "region": { "province": null, "city": null, "county": null, "code": null, "basis": "uri" },
            "confidence": null,
        },
        "scope": { "id": "jurisdiction", "quote": "汇总各县数据编制。", "at": null },
        "period": null, "published": "2022-01", "published_basis": "metadata", "published_confidence": 0.6,
        "document_number": null,
        "cited": [{ "number": "国务院令第711号", "as_written": "国务院令第711号", "at": null }],
        "contact": {
            "office": "办", "address": null, "postcode": null, "phones": ["1"], "fax": null, "email": null,
            "site": null, "at": null,
        },
        "sections": [], "tables": [], "indicators": [], "quantities": [], "checks": [], "keywords": [],
        "warnings": [], "furniture": ["打印"],
        "attachments": [{ "text": "附件", "uri": "a.pdf", "at": null }],
        "hints": [{ "kind": "site", "text": "网", "at": null }],
        "coverage": { "characters": 10, "placed": 9, "share": 0.9 },
    });
    let mut record: Record = serde_json::from_value(written).unwrap();
    record.keywords = vec![Keyword {
        term: "公开".into(),
        weight: Number::new(0.5).unwrap(),
    }];
    record.review = vec![Doubt {
        about: Subject::Check,
        index: Some(0),
        doubt: Number::new(0.4).unwrap(),
        message: "m".into(),
        message_zh: "讯".into(),
    }];
    record
}

/// A few records, one of which may come twice.
pub(super) fn records() -> impl Strategy<Value = Vec<Record>> {
    (vec(record(), 0..3), any::<bool>()).prop_map(|(mut records, twice)| {
        if let (true, Some(first)) = (twice, records.first().cloned()) {
            records.push(first);
        }
        records
    })
}
