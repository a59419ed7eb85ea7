//! Documents from a small notation, and reports as JSON.

use codebook::Codebook;
use model::{
    Alignment, Block, BlockContent, Content, Document, Grid, Hint, HintKind, Layer, MediaType,
    Place, Report, Shape, Style, Text,
};
use serde_json::{Value, json};

/// A document, a block a line. A line may begin with marks in braces: `{table}`, `{h2}`, `{bold}`,
/// `{centre}`, `{links}`, `{aside}`, `{hint title}`, `{hint published}`, `{hint publisher}`.
pub(crate) fn document(source: &str) -> Document {
    let mut document = Document::new(MediaType::Html);
    for (number, line) in (1_u32..).zip(source.lines()) {
        let (marks, text) = line
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .unwrap_or(("", line));
        if text.is_empty() && marks.is_empty() {
            continue;
        }
        let hint = match marks {
            "hint title" => Some(HintKind::Title),
            "hint published" => Some(HintKind::Published),
            "hint publisher" => Some(HintKind::Publisher),
            _ => None,
        };
        if let Some(kind) = hint {
            document.hints.push(Hint {
                kind,
                text: text.to_owned(),
                place: None,
            });
            continue;
        }
        let mut style = Style::default();
        let mut layer = Layer::Body;
        let mut content = BlockContent::Paragraph(Text::read(text));
        for mark in marks.split(' ') {
            match mark {
                "h1" => style.heading_level = Some(1),
                "h2" => style.heading_level = Some(2),
                "h3" => style.heading_level = Some(3),
                "bold" => style.bold_bytes = text.len(),
                "centre" => style.alignment = Alignment::Centre,
                "links" => style.link_share = 1.0,
                "aside" => layer = Layer::Furniture(model::FurnitureReason::Navigation),
                "table" => {
                    content = BlockContent::Grid(Grid {
                        caption: None,
                        header_rows: 0,
                        rows: 0,
                        columns: 0,
                        cells: Vec::new(),
                        shape: Shape::Flattened,
                        keeps_blanks: false,
                    });
                }
                "" => {}
                other => panic!("unknown mark `{other}` in line {number}"),
            }
        }
        let place = Place::Lines {
            first: number,
            last: number,
        };
        document.blocks.push(Block {
            content,
            place,
            layer,
            style,
        });
    }
    document
}

/// The reports of a document.
pub(crate) fn reports(document: &Document) -> Vec<Report> {
    nianbao_section_segmentation::segment(document, Codebook::builtin())
}

/// Reports as the fixtures print them: what is there, nothing that is not.
pub(crate) fn as_json(document: &Document, reports: &[Report]) -> Value {
    reports
        .iter()
        .map(|report| report_as_json(document, report))
        .collect()
}

fn report_as_json(document: &Document, report: &Report) -> Value {
    let sections: Vec<Value> = report
        .sections
        .iter()
        .map(|section| {
            let name = match (&section.number, &section.heading) {
                (number, Some(heading)) => {
                    let number = number
                        .as_ref()
                        .map_or(String::new(), |number| format!("{number} "));
                    let canonical = section
                        .canonical
                        .as_ref()
                        .map_or(String::new(), |id| format!(" [{id}]"));
                    format!(
                        "{}{number}{heading}{canonical}",
                        "#".repeat(section.level as usize)
                    )
                }
                _ => "#".to_owned(),
            };
            let content: Vec<String> = section
                .content
                .iter()
                .map(|content| match content {
                    Content::Paragraph { span } => document.slice(*span).to_owned(),
                    Content::Item { number, span, .. } => {
                        format!(
                            "* {} {}",
                            number.as_deref().unwrap_or(""),
                            document.slice(*span)
                        )
                    }
                    Content::Table { .. } => "table".to_owned(),
                })
                .collect();
            json!({ name: content })
        })
        .collect();
    let mut value = json!({ "kind": format!("{:?}", report.kind), "sections": sections });
    let mut set = |key: &str, what: Option<String>| {
        if let Some(what) = what {
            value[key] = json!(what);
        }
    };
    set(
        "title",
        report.title.as_ref().map(|title| title.text.clone()),
    );
    set("agency", report.agency.name.clone());
    let region = &report.agency.region;
    let names = [&region.province, &region.city, &region.county];
    let region: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    set("region", (!region.is_empty()).then(|| region.join("/")));
    set("code", report.agency.region.code.clone());
    set(
        "year",
        report.period.as_ref().map(|period| period.year.to_string()),
    );
    let bounds = report
        .period
        .as_ref()
        .and_then(|period| period.start.zip(period.end));
    set(
        "period",
        bounds.map(|(start, end)| format!("{start}/{end}")),
    );
    set("document_number", report.document_number.clone());
    set(
        "published",
        report
            .published
            .as_ref()
            .map(|published| published.date.to_string()),
    );
    set("reason", report.reason.map(|reason| format!("{reason:?}")));
    set(
        "level",
        report.agency.level.map(|level| format!("{level:?}")),
    );
    set("body", report.agency.body.map(|body| format!("{body:?}")));
    let cited: Vec<&str> = report
        .cited
        .iter()
        .map(|citation| citation.number.as_str())
        .collect();
    set("cited", (!cited.is_empty()).then(|| cited.join(" ")));
    let scope = report.scope.map(|scope| {
        let sentence = document.slice(scope.span);
        format!("{:?}: {sentence}", scope.kind)
    });
    set("scope", scope);
    let contact = report.contact.as_ref().map(|contact| {
        let parts = [
            &contact.office,
            &contact.address,
            &contact.postcode,
            &contact.fax,
            &contact.email,
            &contact.site,
        ];
        let parts = parts.into_iter().flatten().chain(&contact.phones);
        parts.map(String::as_str).collect::<Vec<_>>().join(" | ")
    });
    set("contact", contact);
    set("complete", (!report.complete).then(|| "no".to_owned()));
    let furniture: Vec<&str> = report
        .furniture
        .iter()
        .map(|span| document.slice(*span))
        .collect();
    if !furniture.is_empty() {
        value["furniture"] = json!(furniture);
    }
    value
}

/// Every visible character of the document's paragraphs that stands in the reports, and how often.
pub(crate) fn conserved(document: &Document, reports: &[Report]) -> Result<(), String> {
    let mut placed: Vec<Vec<u8>> = document
        .blocks
        .iter()
        .map(|block| vec![0; block.text().map_or(1, |text| text.value().len())])
        .collect();
    for span in reports.iter().flat_map(Report::spans) {
        let end = if document.blocks[span.block].text().is_none() {
            1
        } else {
            span.end
        };
        for count in &mut placed[span.block][span.start..end] {
            *count += 1;
        }
    }
    for (block, counts) in document.blocks.iter().zip(&placed) {
        let Some(text) = block.text() else {
            if counts[0] != 1 {
                return Err(format!("a table is placed {} times", counts[0]));
            }
            continue;
        };
        for (at, character) in text.value().char_indices() {
            if !character.is_whitespace() && counts[at] != 1 {
                return Err(format!(
                    "`{character}` of `{}` is placed {} times",
                    text.value(),
                    counts[at]
                ));
            }
        }
    }
    Ok(())
}
