//! Scraped Chinese government annual reports on information disclosure, to structured records.
//!
//! What goes in: the bytes of one file. What comes out: one [`Record`] for each report found in it.
//! The only crate that knows the order of the stages. What it may not know: network, clocks, files.
//!
//! # Steps
//! 1. **Reading** (`document-reading`): bytes to a [`model::Document`] of blocks with places.
//! 2. **Normalisation** (`text-normalisation`): every text canonical, mapped back to the source.
//!    Traditional characters are matched as simplified ones and put back before the record.
//! 3. **Tables** (`table-parsing`): table markup and flattened tables to grids.
//! 4. **Segmentation** (`section-segmentation`): reports, each with its outline and metadata.
//! 5. **Indicators** (`indicator-resolution`): cells and statements to readings of the codebook.
//! 6. **Checks** (`consistency-checking`): what adds up and what does not.
//! 7. **Record** (here, module `assemble`): the published form, and a count that nothing was lost.
//!
//! Documents that are read together say more than each alone ([`extract_together`], module `together`):
//! what many pages of a site repeat is furniture, and pages that continue one another are one report.
//!
//! Records that were made speak of each other, too: [`Across`] holds a report against that of the year
//! before and those of the agencies below.
//!
//! ```
//! let text = "2012年政府信息公开工作年度报告\n\n一、概述\n本年度主动公开信息170条。";
//! let input = nianbao::Input::named("report.txt");
//! match nianbao::extract(text.as_bytes(), &input, &nianbao::Settings::default()) {
//!     Ok(records) => assert!(!records.is_empty()),
//!     Err(error) => println!("{}: {}: {}", error.stage, error.code, error.message),
//! }
//! ```

mod across;
mod assemble;
mod batch;
mod coverage;
mod error;
mod reading;
mod series;
mod settings;
mod stage;
mod together;

pub use across::Across;
pub use batch::{extract_all, extract_together, in_order};
pub use document_reading::{Limits, PageDrawing};
pub use error::ExtractError;
pub use model::SiteEvidence;
pub use record::Record;
pub use section_segmentation::{
    CandidateExplanation, CutExplanation, CutReason, Explanation, OutlineExplanation,
};
pub use settings::{Input, Page, Settings};
pub use stage::{Observer, Stage};
pub use together::{Look, Names, Role, Together, Wanted, look};

use coverage::Tally;
use model::{Document, Report};
use stage::Run;

/// Extracts every record of one file.
///
/// # Errors
/// [`ExtractError`] names the stage that failed, a stable code and what to do. A panic of a stage is
/// such an error too: no input takes the caller down.
pub fn extract(
    bytes: &[u8],
    input: &Input,
    settings: &Settings,
) -> Result<Vec<Record>, ExtractError> {
    extract_observed(bytes, input, settings, &())
}

/// [`extract`], telling `observer` when a stage begins and ends.
///
/// # Errors
/// As [`extract`].
pub fn extract_observed(
    bytes: &[u8],
    input: &Input,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Vec<Record>, ExtractError> {
    let run = Run { observer };
    let codebook = settings.codebook();
    let resolver = settings.resolver();
    let document = reading::pages(&run, bytes, input, settings)?;
    let text = Tally::of_document(&document);
    let (document, written) = run.stage(Stage::Tables, || tables(document))?;
    let mut reports = run.stage(Stage::Segmentation, || {
        section_segmentation::segment(&document, codebook)
    })?;
    let mut readings = run.stage(Stage::Indicators, || {
        let resolve = |report| resolver.resolve(&document, report);
        reports.iter().map(resolve).collect::<Vec<_>>()
    })?;
    let (findings, derived): (Vec<_>, Vec<_>) = run.stage(Stage::Checks, || {
        let check = |readings: &Vec<_>| consistency_checking::check_and_derive(readings, codebook);
        readings.iter().map(check).unzip()
    })?;
    run.stage(Stage::Record, || {
        let mut document = document;
        if let Some(written) = written {
            written.restore(&mut document, &mut reports, &mut readings);
        }
        let source = assemble::Source::new(bytes, input, &document);
        let known = assemble::Known {
            readings: &readings,
            findings: &findings,
            derived: &derived,
        };
        assemble::records(&source, &reports, known, &text, settings)
    })?
}

/// Draws the pages of a PDF as the reader sees them, for people who ask why a table came out wrong:
/// words, lines, rules and the grids found. Empty for other formats and for files that cannot be read.
pub fn draw(bytes: &[u8], settings: &Settings) -> Vec<PageDrawing> {
    document_reading::draw(bytes, &settings.limits)
}

/// Tables as grids; and what the document was, where it is in traditional characters: from here on
/// it is matched in simplified ones.
fn tables(mut document: Document) -> (Document, Option<text_normalisation::Written>) {
    let written = text_normalisation::simplify(&mut document);
    (table_parsing::parse_tables(document), written)
}

/// Whether a file is of a format that is read by libraries which can take the process down with
/// them, run for ever or take all memory (PDF). What reads text and HTML is bounded and linear.
///
/// A caller that must survive any file extracts such ones in a process of its own: see the crate
/// `nianbao-isolation`.
pub fn needs_isolation(bytes: &[u8], settings: &Settings) -> bool {
    document_reading::needs_isolation(bytes, &settings.limits)
}

/// What the stages up to one of them made of a file: for people who want to understand a result.
#[derive(Debug)]
pub struct Inspection {
    /// The document as that stage left it.
    pub document: Document,
    /// The reports; empty before segmentation.
    pub reports: Vec<Report>,
    /// Why it was cut and outlined so; empty before segmentation.
    pub explanation: Explanation,
}

/// Runs the stages up to `last`, which is [`Stage::Segmentation`] at most.
///
/// # Errors
/// As [`extract`].
pub fn inspect(
    bytes: &[u8],
    input: &Input,
    settings: &Settings,
    last: Stage,
) -> Result<Inspection, ExtractError> {
    let run = Run { observer: &() };
    let mut document = if last >= Stage::Normalisation {
        reading::pages(&run, bytes, input, settings)?
    } else {
        reading::read(&run, bytes, input, settings)?
    };
    let mut reports = Vec::new();
    let mut explanation = Explanation::default();
    let mut written = None;
    if last >= Stage::Tables {
        (document, written) = run.stage(Stage::Tables, || tables(document))?;
    }
    if last >= Stage::Segmentation {
        (reports, explanation) = run.stage(Stage::Segmentation, || {
            section_segmentation::explain(&document, settings.codebook())
        })?;
    }
    if let Some(written) = written {
        written.restore(&mut document, &mut reports, &mut []);
    }
    Ok(Inspection {
        document,
        reports,
        explanation,
    })
}
