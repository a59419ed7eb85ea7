//! Reports, readings and findings to records.

mod confidence;
mod indicator;
mod review;
mod section;
mod section_text;
mod table;

use model::{
    BlockContent, Derived, Document, Finding, HintKind, Reading, Report, ReportKind, Span,
};
use record::{At, Attachment, Hint, Kind, Number, Record, Warning};
use sha2::{Digest, Sha256};

use crate::coverage::{self, Tally};
use crate::{ExtractError, Input, Settings, Stage};
use section_text::SectionText;

/// The file that all records of a document come from.
pub(crate) struct Source<'a> {
    document: &'a Document,
    published: record::Source,
}

impl<'a> Source<'a> {
    pub(crate) fn new(bytes: &[u8], input: &Input, document: &'a Document) -> Self {
        let charset = document.charset.as_ref();
        let hint = || {
            let mut hints = document.hints.iter();
            hints
                .find(|hint| hint.kind == HintKind::Uri)
                .map(|hint| hint.text.clone())
        };
        Self {
            document,
            published: record::Source {
                path: input.path.clone(),
                uri: input.uri.clone().or_else(hint),
                sha256: hex(&Sha256::digest(bytes)),
                bytes: bytes.len() as u64,
                media_type: document.media_type.name().to_owned(),
                charset: charset.map(|charset| charset.name.clone()),
                charset_basis: charset.map(|charset| charset.basis.into()),
                declared: charset.and_then(|charset| charset.declared.clone()),
                replaced: charset.map_or(0, |charset| charset.replaced),
                part: 0,
                parts: 1,
                pages: pages(bytes, input),
            },
        }
    }
}

/// The pages that were read together; none where it is one.
fn pages(bytes: &[u8], input: &Input) -> Vec<record::SourcePage> {
    if input.continued.is_empty() {
        return Vec::new();
    }
    let more = input.continued.iter();
    let more = more.map(|page| (page.bytes.as_slice(), &page.input));
    std::iter::once((bytes, input))
        .chain(more)
        .map(|(bytes, input)| record::SourcePage {
            path: input.path.clone(),
            uri: input.uri.clone(),
            sha256: hex(&Sha256::digest(bytes)),
            bytes: bytes.len() as u64,
        })
        .collect()
}

/// What the stages found out of each report, in the order of the reports.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) readings: &'a [Vec<Reading>],
    pub(crate) findings: &'a [Vec<Finding>],
    pub(crate) derived: &'a [Vec<Derived>],
}

/// The records of one document: one a report, in order.
pub(crate) fn records(
    source: &Source<'_>,
    reports: &[Report],
    known: Known<'_>,
    text: &Tally,
    settings: &Settings,
) -> Result<Vec<Record>, ExtractError> {
    let document = source.document;
    let pictures = |block: &model::Block| matches!(block.content, BlockContent::Picture { .. });
    let nothing =
        text.is_blank() && document.attachments.is_empty() && !document.blocks.iter().any(pictures);
    // Files inside a PDF make no report: without one there would be neither a record nor an error.
    if nothing || reports.is_empty() {
        return Err(no_text(document));
    }
    let mut records: Vec<Record> = (reports
        .iter()
        .zip(known.readings)
        .zip(known.findings)
        .enumerate())
    .map(|(part, ((report, readings), findings))| {
        let source = record::Source {
            part,
            parts: reports.len(),
            ..source.published.clone()
        };
        one(source, document, report, readings, findings, settings)
    })
    .collect();
    for (record, derived) in records.iter_mut().zip(known.derived) {
        record.derived = indicator::derived(derived, &record.indicators);
    }
    let covered = coverage::measure(text, &records);
    for record in &mut records {
        record.coverage = covered;
        record.review = review::doubts(record);
    }
    let annual = records
        .iter()
        .position(|record| record.kind == Kind::AnnualReport);
    if let Some(principal) = records.get_mut(annual.unwrap_or(0)) {
        principal.attachments = document.attachments.iter().map(Attachment::from).collect();
        principal.hints = document.hints.iter().map(Hint::from).collect();
        let warnings = document.warnings.iter().map(Warning::from);
        principal.warnings.splice(0..0, warnings);
        if !covered.is_whole() {
            principal
                .warnings
                .push(coverage::warning(covered, document, reports));
        }
    }
    Ok(records)
}

/// Files that come with a document without text, of which the error speaks.
const NAMED_FILES: usize = 3;

fn no_text(document: &Document) -> ExtractError {
    let mut message = String::from("the file holds no text");
    for warning in &document.warnings {
        message.push_str("; ");
        message.push_str(&warning.message);
    }
    for file in document.attachments.iter().take(NAMED_FILES) {
        message.push_str("; it comes with the file ");
        message.push_str(&file.uri);
    }
    ExtractError {
        stage: Stage::Record,
        code: "no_text".into(),
        message,
    }
}

fn one(
    source: record::Source,
    document: &Document,
    report: &Report,
    readings: &[Reading],
    findings: &[Finding],
    settings: &Settings,
) -> Record {
    let table_blocks = report.tables(document);
    let mut warnings: Vec<Warning> = report.warnings.iter().map(Warning::from).collect();
    let (sections, texts) = section::sections(document, report, &table_blocks);
    let tables = table::tables(document, report, &table_blocks, &mut warnings);
    let mut indicators = indicator::indicators(readings, &texts, &mut warnings);
    let checks = indicator::checks(findings, &indicators);
    confidence::weigh(&mut indicators, &checks, &tables);
    let title = report.title.as_ref();
    Record {
        schema: record::SCHEMA_VERSION.to_owned(),
        id: id(&source.sha256, source.part),
        source,
        profile: settings
            .codebook()
            .profile
            .as_ref()
            .map(|profile| record::Profile {
                id: profile.id.clone(),
                version: profile.version.clone(),
            }),
        kind: report.kind.into(),
        reason: report.reason.map(record::Reason::from),
        complete: report.complete,
        title: title.map(|title| title.text.clone()),
        title_at: title.and_then(|title| at(document, &title.spans)),
        title_basis: title.map(|title| title.basis.into()),
        title_confidence: title.and_then(|title| record::confidence(title.confidence)),
        agency: (&report.agency).into(),
        scope: report.scope.map(|found| scope(document, found)),
        period: report.period.as_ref().map(record::Period::from),
        published: report.published.as_ref().map(|day| day.date.to_string()),
        published_basis: report.published.as_ref().map(|day| day.basis.into()),
        published_confidence: (report.published.as_ref())
            .and_then(|day| record::confidence(day.confidence)),
        document_number: report.document_number.clone(),
        cited: report
            .cited
            .iter()
            .map(|cited| citation(document, cited))
            .collect(),
        contact: report
            .contact
            .as_ref()
            .map(|found| contact(document, found)),
        sections,
        tables,
        indicators,
        quantities: texts.iter().flat_map(SectionText::quantities).collect(),
        checks,
        derived: Vec::new(),
        review: Vec::new(),
        keywords: keywords(report, &texts, settings.keywords),
        warnings,
        furniture: furniture(document, report),
        attachments: Vec::new(),
        hints: Vec::new(),
        coverage: record::Coverage::new(0, 0),
    }
}

fn scope(document: &Document, scope: model::ReportScope) -> record::ReportScope {
    record::ReportScope {
        id: match scope.kind {
            model::ScopeKind::OwnLevel => record::ScopeId::OwnLevel,
            model::ScopeKind::Jurisdiction => record::ScopeId::Jurisdiction,
        },
        quote: document.slice(scope.span).to_owned(),
        at: at(document, &[scope.span]),
    }
}

fn citation(document: &Document, cited: &model::Citation) -> record::Citation {
    record::Citation {
        number: cited.number.clone(),
        as_written: cited.as_written.clone(),
        at: at(document, &[cited.span]),
    }
}

fn contact(document: &Document, contact: &model::Contact) -> record::Contact {
    record::Contact {
        office: contact.office.clone(),
        address: contact.address.clone(),
        postcode: contact.postcode.clone(),
        phones: contact.phones.clone(),
        fax: contact.fax.clone(),
        email: contact.email.clone(),
        site: contact.site.clone(),
        at: at(document, &contact.spans),
    }
}

/// The first 16 hex digits of the SHA-256 of source and part.
fn id(sha256: &str, part: usize) -> String {
    let mut id = hex(&Sha256::digest(format!("{sha256}:{part}")));
    id.truncate(16);
    id
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The place of several spans together.
fn at(document: &Document, spans: &[Span]) -> Option<At> {
    let places = spans
        .iter()
        .filter_map(|span| document.blocks.get(span.block));
    let place = places
        .map(|block| block.place.clone())
        .reduce(|a, b| a.joined(&b))?;
    At::of(&place)
}

/// Only annual reports have keywords: loading the dictionary takes longer than reading a page.
fn keywords(report: &Report, texts: &[SectionText<'_>], count: usize) -> Vec<record::Keyword> {
    if report.kind != ReportKind::AnnualReport || count == 0 {
        return Vec::new();
    }
    let texts: Vec<&str> = texts.iter().flat_map(SectionText::texts).collect();
    text_normalisation::keywords(&texts.join("\n"), count)
        .into_iter()
        .filter_map(|keyword| {
            // Four digits tell words apart, more are noise.
            let weight = Number::new((keyword.weight * 1e4).round() / 1e4)?;
            Some(record::Keyword {
                term: keyword.term,
                weight,
            })
        })
        .collect()
}

fn furniture(document: &Document, report: &Report) -> Vec<String> {
    let texts = report.furniture.iter().map(|span| {
        match document.blocks.get(span.block).map(model::Block::text) {
            Some(None) => table::plain(document, span.block),
            _ => document.slice(*span).trim().to_owned(),
        }
    });
    texts.filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests;
