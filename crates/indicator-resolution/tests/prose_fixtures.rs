//! Readings from prose, one behaviour a fixture.
//!
//! `fixtures/indicator-resolution-prose/<behaviour>.txt` holds one paragraph a line, `# ` before a
//! heading, `@ ` before the report's year and, behind it, its agency; `<behaviour>.json` holds the readings expected.
//! `UPDATE_FIXTURES=1` rewrites the expected files.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use codebook::Codebook;
use model::{
    Agency, Basis, Block, Content, Document, MediaType, Origin, Period, Place, Report, ReportKind,
    Section, Span, Text,
};
use nianbao_indicator_resolution::Resolver;
use serde_json::{Value, json};

static RESOLVER: LazyLock<Resolver> =
    LazyLock::new(|| Resolver::new(Arc::new(Codebook::builtin().clone())));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/indicator-resolution-prose")
}

/// A report of the paragraphs of a fixture.
fn report(text: &str) -> (Document, Report) {
    let mut document = Document::new(MediaType::Text);
    let mut report = Report {
        kind: ReportKind::AnnualReport,
        reason: None,
        complete: true,
        title: None,
        agency: Agency::default(),
        period: None,
        published: None,
        document_number: None,
        cited: Vec::new(),
        scope: None,
        contact: None,
        sections: vec![section(None)],
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(said) = line.strip_prefix("@ ") {
            let (year, agency) = said.split_once(' ').unwrap_or((said, ""));
            report.agency.name = (!agency.is_empty()).then(|| agency.to_owned());
            report.period = Some(Period {
                year: year.trim().parse().unwrap(),
                start: None,
                end: None,
                basis: Basis::Title,
                confidence: 1.0,
            });
        } else if let Some(heading) = line.strip_prefix("# ") {
            report.sections.push(section(Some(heading.to_owned())));
        } else if !line.is_empty() {
            let place = Place::Lines {
                first: number,
                last: number,
            };
            let span = Span {
                block: document.blocks.len(),
                start: 0,
                end: line.len(),
            };
            document
                .blocks
                .push(Block::paragraph(Text::read(line), place));
            let section = report.sections.last_mut().unwrap();
            section.content.push(Content::Paragraph { span });
        }
    }
    (document, report)
}

fn section(heading: Option<String>) -> Section {
    Section {
        parent: None,
        level: u32::from(heading.is_some()),
        number: None,
        heading,
        heading_spans: Vec::new(),
        canonical: None,
        content: Vec::new(),
    }
}

/// The readings of a text, as the fixtures hold them.
fn read(text: &str) -> Value {
    let (document, report) = report(text);
    RESOLVER
        .resolve(&document, &report)
        .iter()
        .map(|reading| {
            let Origin::Prose {
                block, start, end, ..
            } = reading.origin
            else {
                panic!("{} comes from no prose", reading.indicator);
            };
            let words = document.slice(Span { block, start, end });
            assert!(!words.is_empty(), "{} cites nothing", reading.indicator);
            let mut written = json!({
                "id": reading.indicator,
                "dims": reading.dimensions,
                "value": reading.value,
                "bound": format!("{:?}", reading.bound),
                "unit": reading.unit,
                "raw": reading.raw,
                "label": reading.label,
                "words": words,
            });
            if !reading.paired.is_empty() {
                let paired = reading.paired.iter();
                let paired: Vec<Value> = paired
                    .map(|paired| json!([format!("{:?}", paired.role), paired.value, paired.raw]))
                    .collect();
                let fields = written.as_object_mut().unwrap();
                fields.insert("paired".to_owned(), Value::from(paired));
            }
            written
        })
        .collect()
}

#[test]
fn every_behaviour_is_as_written_down() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the test, not of the program"
    )]
    let switch = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let update = switch("UPDATE_FIXTURES");
    assert!(
        !(update && switch("CI")),
        "fixtures are not rewritten where they are to be checked"
    );
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    names.sort();
    assert!(names.len() >= 25, "{} fixtures", names.len());
    let mut wrong = Vec::new();
    for path in names {
        let found = read(&std::fs::read_to_string(&path).unwrap());
        let expected_path = path.with_extension("json");
        if update {
            let lines: Vec<String> = found
                .as_array()
                .unwrap()
                .iter()
                .map(|reading| format!("  {reading}"))
                .collect();
            let text = if lines.is_empty() {
                "[]\n".to_owned()
            } else {
                format!("[\n{}\n]\n", lines.join(",\n"))
            };
            std::fs::write(&expected_path, text).unwrap();
        } else {
            let expected: Value =
                serde_json::from_str(&std::fs::read_to_string(&expected_path).unwrap()).unwrap();
            if found != expected {
                wrong.push(format!("{}\nfound {found:#}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_gives_readings_that_cite_it() {
    use proptest::prelude::*;
    proptest!(ProptestConfig::with_cases(64), |(
        text in "[主动公开政府信息申请收到未发生没有无行政复议诉讼和、,。;:0-9条件%年月累计其中共为均的自然]{0,60}"
    )| {
        let found = read(&text);
        prop_assert!(found.is_array());
    });
}
