//! Hand-made documents and reports to records.

use model::{
    Agency, Block, BlockContent, Bound, Caption, Cell, Charset, CharsetBasis, Content, Grid,
    MediaType, Origin, Place, ReadingStatus, Section, Shape, Text, Title, Warning,
};

use super::*;

fn lines(first: u32) -> Place {
    Place::Lines { first, last: first }
}

fn paragraph(text: &str, line: u32) -> Block {
    Block::paragraph(text.into(), lines(line))
}

fn cell(row: usize, column: usize, column_span: usize, text: &str) -> Cell {
    Cell {
        row,
        column,
        row_span: 1,
        column_span,
        text: text.into(),
        header: false,
        place: None,
    }
}

fn document() -> Document {
    let mut document = Document::new(MediaType::Text);
    document.charset = Some(Charset {
        name: "gb18030".into(),
        basis: CharsetBasis::ValidGb18030,
        declared: Some("gb2312".into()),
        replaced: 0,
    });
    let grid = Grid {
        caption: Some(Caption {
            number: Some("附表1".into()),
            title: Some("主动公开情况".into()),
            unit: Some("条".into()),
            lines: vec![Text::read("附表1:主动公开情况 单位:条")],
            place: None,
        }),
        header_rows: 1,
        rows: 2,
        columns: 2,
        cells: vec![
            cell(0, 0, 2, "指标"),
            cell(1, 0, 1, "公开数"),
            cell(1, 1, 1, "170"),
        ],
        shape: Shape::Flattened,
        keeps_blanks: false,
    };
    document.blocks = vec![
        paragraph("首页 网站地图", 1),
        paragraph("甲市2012年度报告", 2),
        paragraph("一、概述 本年公开170条。1.收到申请9件;", 3),
        Block {
            content: BlockContent::Grid(grid),
            ..paragraph("", 4)
        },
    ];
    document
}

/// Bytes of the `index`th block from the first to the last character of `words`.
fn span(document: &Document, block: usize, words: &str) -> Span {
    let text = document.blocks[block].text().unwrap().value();
    let start = text.find(words).unwrap();
    Span {
        block,
        start,
        end: start + words.len(),
    }
}

fn report(document: &Document) -> Report {
    Report {
        kind: ReportKind::AnnualReport,
        reason: None,
        complete: true,
        title: Some(Title {
            text: "甲市2012年度报告".into(),
            spans: vec![span(document, 1, "甲市2012年度报告")],
            basis: model::Basis::Title,
            confidence: 1.0,
        }),
        agency: Agency::default(),
        period: None,
        published: None,
        document_number: None,
        cited: Vec::new(),
        scope: None,
        contact: None,
        sections: vec![Section {
            parent: None,
            level: 1,
            number: Some("一".into()),
            heading: Some("概述".into()),
            heading_spans: vec![span(document, 2, "一、概述")],
            canonical: Some("overview".into()),
            content: vec![
                Content::Paragraph {
                    span: span(document, 2, "本年公开170条。"),
                },
                Content::Item {
                    number: Some("1".into()),
                    marker: span(document, 2, "1."),
                    span: span(document, 2, "收到申请9件;"),
                },
                Content::Table { block: 3 },
            ],
        }],
        furniture: vec![span(document, 0, "首页 网站地图")],
        warnings: Vec::new(),
    }
}

fn reading(origin: Origin, value: f64) -> Reading {
    Reading {
        indicator: "requests.received".into(),
        dimensions: [("channel".to_owned(), "online".to_owned())].into(),
        label: "收到申请".into(),
        value: Some(value),
        status: ReadingStatus::Reported,
        bound: Bound::Exact,
        unit: Some("件".into()),
        raw: "收到申请9件".into(),
        form: None,
        note: None,
        manner: model::Manner::Prose(model::Phrasing::Stated),
        paired: Vec::new(),
        origin,
    }
}

fn assembled(document: &Document, report: Report, readings: Vec<Reading>) -> Vec<Record> {
    let source = Source::new(b"bytes", &Input::named("a.txt"), document);
    let findings = vec![Finding {
        rule: "R1".into(),
        status: model::FindingStatus::Fail,
        expected: Some(9.0),
        found: Some(170.0),
        readings: vec![0],
        message: "m".into(),
        message_zh: "讯".into(),
    }];
    let derived = Derived {
        indicator: "requests.outcome.total".into(),
        dimensions: std::collections::BTreeMap::new(),
        value: 9.0,
        unit: None,
        how: model::Derivation::Sum,
        rule: "R1".into(),
        readings: vec![0],
    };
    let text = Tally::of_document(document);
    let settings = Settings::default();
    records(
        &source,
        &[report],
        Known {
            readings: &[readings],
            findings: &[findings],
            derived: &[vec![derived]],
        },
        &text,
        &settings,
    )
    .unwrap()
}

#[test]
fn a_report_becomes_a_record_with_everything_in_its_place() {
    let document = document();
    let statement = span(&document, 2, "收到申请9件");
    let readings = vec![
        reading(
            Origin::Cell {
                table: 0,
                row: 1,
                column: 1,
            },
            170.0,
        ),
        reading(
            Origin::Prose {
                section: 0,
                block: 2,
                start: statement.start,
                end: statement.end,
            },
            9.0,
        ),
    ];
    let records = assembled(&document, report(&document), readings);
    let record = &records[0];
    assert_eq!(record.id.len(), 16);
    assert_eq!(record.title.as_deref(), Some("甲市2012年度报告"));
    assert_eq!(
        record.title_at,
        Some(At::Lines {
            lines: [2, 2],
            source_page: None
        })
    );
    assert_eq!(
        record.source.charset_basis,
        Some(record::CharsetBasis::ValidGb18030)
    );
    let section = &record.sections[0];
    assert_eq!(section.heading_line.as_deref(), Some("一、概述"));
    assert_eq!(section.heading.as_deref(), Some("概述"));
    let table = &record.tables[0];
    assert_eq!((table.id.as_str(), table.section.as_str()), ("t1", "s1"));
    assert_eq!(table.rows, [["指标", "指标"], ["公开数", "170"]]);
    assert_eq!(table.cells.len(), 3);
    assert_eq!(record.furniture, ["首页 网站地图"]);
    assert_eq!(
        record.indicators[0].from,
        record::Origin::Cell {
            table: "t1".into(),
            row: 1,
            col: 1
        }
    );
    let record::Origin::Statement {
        section: id,
        chars: Some([a, b]),
    } = &record.indicators[1].from
    else {
        panic!("{:?}", record.indicators[1].from);
    };
    assert_eq!(id, "s1");
    let text = record::section_text(&section.content);
    assert_eq!(
        text.chars().skip(*a).take(b - a).collect::<String>(),
        "收到申请9件"
    );
    assert_eq!(record.checks[0].refs[0].id, "requests.received");
    assert_eq!(record.derived[0].refs, record.checks[0].refs);
    assert_eq!(record.derived[0].value.get(), 9.0);
    assert!(record.coverage.is_whole(), "{:?}", record.warnings);
    assert!(record.warnings.is_empty());
}

#[test]
fn text_that_no_report_takes_is_named() {
    let document = document();
    let mut report = report(&document);
    report.sections[0].content.remove(1);
    let record = assembled(&document, report, Vec::new()).remove(0);
    // `1.收到申请9件;` are nine characters.
    assert_eq!(record.coverage.characters - record.coverage.placed, 9);
    let warning = &record.warnings[0];
    assert_eq!(warning.code, "text_not_placed");
    assert!(
        warning.message.contains("1.收到申请9件"),
        "{}",
        warning.message
    );
    assert_eq!(
        warning.at,
        Some(At::Lines {
            lines: [3, 3],
            source_page: None
        })
    );
}

#[test]
fn a_document_without_text_is_an_error_that_says_why() {
    let mut document = Document::new(MediaType::Pdf);
    document.warnings.push(Warning {
        code: "image_only",
        message: "page 1 is a picture".into(),
        place: None,
    });
    let source = Source::new(b"", &Input::named("scan.pdf"), &document);
    let settings = Settings::default();
    let none = Known {
        readings: &[],
        findings: &[],
        derived: &[],
    };
    let error = records(&source, &[], none, &Tally::default(), &settings).unwrap_err();
    assert_eq!(error.code, "no_text");
    assert!(error.message.contains("page 1 is a picture"));
}

#[test]
fn a_document_of_files_alone_is_an_error_that_names_them() {
    let mut document = Document::new(MediaType::Pdf);
    document.attachments.push(model::Attachment {
        text: "附表".into(),
        uri: "附表.xlsx".into(),
        place: lines(1),
    });
    let source = Source::new(b"", &Input::named("portfolio.pdf"), &document);
    let settings = Settings::default();
    let none = Known {
        readings: &[],
        findings: &[],
        derived: &[],
    };
    let error = records(&source, &[], none, &Tally::default(), &settings).unwrap_err();
    assert_eq!(error.code, "no_text");
    assert!(error.message.contains("附表.xlsx"), "{}", error.message);
}

#[test]
fn a_text_merged_over_very_many_positions_is_not_repeated_without_bound() {
    let mut document = document();
    let BlockContent::Grid(grid) = &mut document.blocks[3].content else {
        panic!("the table is not a grid");
    };
    grid.rows = 1_000;
    grid.columns = 1_000;
    grid.cells = vec![cell(0, 0, 1_000, &"长".repeat(30))];
    grid.cells[0].row_span = 1_000;
    let report = report(&document);
    let record = assembled(&document, report, Vec::new()).remove(0);
    assert_eq!(record.tables[0].rows[0][1], "");
    assert_eq!(record.tables[0].cells[0].row_span, 1_000);
    assert_eq!(record.warnings[0].code, "limit");
}
