//! A record survives write and read, and the schema names its fields.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn record(title: Option<String>, value: Option<f64>, at: Option<At>, text: &str) -> Record {
    let number = value.and_then(Number::new);
    Record {
        schema: SCHEMA_VERSION.into(),
        id: "0123456789abcdef".into(),
        source: Source {
            path: "a/b.html".into(),
            uri: None,
            sha256: "00".repeat(32),
            bytes: 12,
            media_type: "text/html".into(),
            charset: Some("gb18030".into()),
            charset_basis: Some(CharsetBasis::ValidGb18030),
            declared: Some("gb2312".into()),
            replaced: 0,
            part: 0,
            parts: 1,
            pages: vec![SourcePage {
                path: "a/b_1.html".into(),
                uri: None,
                sha256: "00".repeat(32),
                bytes: 12,
            }],
        },
        profile: None,
        kind: Kind::AnnualReport,
        reason: Some(Reason::Snippet),
        complete: true,
        title,
        title_at: at.clone(),
        title_basis: Some(Basis::Title),
        title_confidence: confidence(0.9),
        agency: Agency {
            level: Some(Level::County),
            body: Some(Body::Department),
            confidence: confidence(0.987),
            ..Agency::default()
        },
        scope: Some(ReportScope {
            id: ScopeId::Jurisdiction,
            quote: "本报告汇总各县数据编制。".into(),
            at: at.clone(),
        }),
        period: Some(Period {
            year: 2012,
            start: Some("2012-01-01".into()),
            end: None,
            basis: Some(Basis::Title),
            confidence: confidence(1.0),
        }),
        published: None,
        published_basis: None,
        published_confidence: None,
        document_number: None,
        cited: vec![Citation {
            number: "国办发〔2014〕12号".into(),
            as_written: "国办发[2014]12号".into(),
            at: at.clone(),
        }],
        contact: Some(Contact {
            phones: vec!["020-12345678".into()],
            at: at.clone(),
            ..Contact::default()
        }),
        sections: vec![Section {
            id: "s1".into(),
            parent: None,
            level: 0,
            number: None,
            heading: None,
            heading_line: None,
            canonical: None,
            content: vec![
                Content::Paragraph {
                    text: text.into(),
                    at: at.clone(),
                },
                Content::Item {
                    number: Some("1".into()),
                    marker: "1.".into(),
                    text: text.into(),
                    at: None,
                },
                Content::Table {
                    table: "t1".into(),
                    at: at.clone(),
                },
                Content::Picture {
                    text: String::new(),
                    uri: None,
                    at: None,
                },
            ],
            at: None,
        }],
        tables: vec![Table {
            id: "t1".into(),
            section: "s1".into(),
            number: Some("附表1".into()),
            caption: None,
            caption_lines: vec!["附表1:".into()],
            unit: Some("条".into()),
            header_rows: 0,
            rows: vec![vec![text.into()]],
            cells: vec![Cell {
                row: 0,
                col: 0,
                row_span: 1,
                col_span: 1,
                text: text.into(),
                raw: None,
                header: false,
                at: at.clone(),
            }],
            shape: Shape::Flattened,
            at,
        }],
        indicators: vec![Indicator {
            id: "requests.received".into(),
            dims: [("applicant".to_owned(), "natural_person".to_owned())].into(),
            label: "申请总数".into(),
            value: number,
            status: if number.is_some() {
                Status::Reported
            } else {
                Status::Blank
            },
            bound: Bound::Exact,
            unit: None,
            raw: text.into(),
            form: None,
            note: None,
            from: Origin::Statement {
                section: "s1".into(),
                chars: Some([0, 3]),
            },
            how: Some(Manner::Prose {
                phrasing: Phrasing::Stated,
            }),
            confidence: confidence(0.97),
        }],
        quantities: Vec::new(),
        derived: vec![Derived {
            id: "requests.received".into(),
            dims: BTreeMap::new(),
            value: Number::points(9.0),
            unit: Some("条".into()),
            how: Derivation::Sum,
            rule: "F1.RECV".into(),
            refs: vec![Reference {
                index: 0,
                id: "requests.received.by_channel".into(),
                value: number,
            }],
        }],
        checks: vec![Check {
            rule: "F1.OUT".into(),
            status: CheckStatus::Fail,
            expected: number,
            found: None,
            refs: vec![Reference {
                index: 0,
                id: "requests.received".into(),
                value: number,
            }],
            message: "m".into(),
            message_zh: "讯".into(),
        }],
        review: Vec::new(),
        keywords: Vec::new(),
        warnings: Vec::new(),
        furniture: vec!["打印".into()],
        attachments: Vec::new(),
        hints: Vec::new(),
        coverage: Coverage::new(10, 10),
    }
}

fn places() -> impl Strategy<Value = Option<At>> {
    let page =
        (1u32..50, proptest::array::uniform4(0f32..900.0)).prop_map(|(page, edges)| OnPage {
            page,
            rectangle: edges.map(Number::points),
        });
    prop_oneof![
        Just(None),
        (1u32..9, 1u32..9).prop_map(|(a, b)| Some(At::Lines {
            lines: [a, a + b],
            source_page: None
        })),
        ("/html(/[a-z]{1,5}){1,3}", proptest::option::of(0u32..9))
            .prop_map(|(node, source_page)| Some(At::Node { node, source_page })),
        (
            page.clone(),
            proptest::collection::vec(page, 0..3),
            proptest::option::of(0u32..9)
        )
            .prop_map(|(first, more, source_page)| Some(At::Page {
                first,
                more,
                source_page
            })),
    ]
}

proptest! {
    #[test]
    fn a_record_survives_write_and_read(
        title in proptest::option::of(".{0,12}"),
        value in proptest::option::of(-1e12f64..1e12),
        at in places(),
        text in ".{0,20}",
    ) {
        let record = record(title, value, at, &text);
        let line = serde_json::to_string(&record).unwrap();
        let read: Record = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(&read, &record);
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), line);
    }
}

#[test]
fn places_are_written_as_promised() {
    let at = model::Place::Boxes(vec![
        model::PageBox {
            page: 3,
            x0: 1.0,
            y0: 2.25,
            x1: 3.1,
            y1: 4.0,
        },
        model::PageBox {
            page: 4,
            x0: 1.0,
            y0: 2.0,
            x1: 3.0,
            y1: 4.0,
        },
    ]);
    assert_eq!(
        serde_json::to_string(&At::of(&at)).unwrap(),
        r#"{"page":3,"box":[1,2.25,3.1,4],"more":[{"page":4,"box":[1,2,3,4]}]}"#
    );
    let at = model::Place::Lines { first: 2, last: 5 };
    assert_eq!(
        serde_json::to_string(&At::of(&at)).unwrap(),
        r#"{"lines":[2,5]}"#
    );
    let at = model::Place::InPage {
        page: 1,
        place: Box::new(at),
    };
    assert_eq!(
        serde_json::to_string(&At::of(&at)).unwrap(),
        r#"{"lines":[2,5],"source_page":1}"#
    );
}

#[test]
fn only_what_is_whole_has_a_share_of_one() {
    assert_eq!(Coverage::new(10_000_000, 9_999_999).share.get(), 0.999_999);
    assert_eq!(Coverage::new(0, 0).share.get(), 1.0);
    assert!(!Coverage::new(2, 1).is_whole());
}

#[test]
fn the_schema_names_the_fields_of_a_record() {
    let schema = json_schema();
    let written = serde_json::to_value(record(None, Some(1.0), None, "文")).unwrap();
    for field in written.as_object().unwrap().keys() {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
    assert_eq!(schema["properties"]["indicators"]["type"], "array");
}
