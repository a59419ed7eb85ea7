//! The pages of one document: each read and normalised by itself, then put together.

use document_reading::Reads;
use model::{Document, MediaType};

use crate::stage::Run;
use crate::{ExtractError, Input, Settings, Stage};

/// Reads one page, and sets apart what its site repeats.
pub(crate) fn read(
    run: &Run<'_>,
    bytes: &[u8],
    input: &Input,
    settings: &Settings,
) -> Result<Document, ExtractError> {
    let document = run.stage(Stage::Reading, || {
        let mut document = document_reading::read(bytes, &input.provenance(), &settings.limits)?;
        if settings.cross_check {
            document_reading::cross_check(bytes, &mut document);
        }
        // A PDF has running headers of its own, which its reader knows.
        if let (Some(site), false) = (&input.site, document.media_type == MediaType::Pdf) {
            document_reading::set_apart(&mut document, site, &|text| settings.wording(text));
        }
        Ok::<_, document_reading::ReadError>(document)
    })??;
    Ok(document)
}

/// Reads and normalises a page and those that continue it, as one document.
pub(crate) fn pages(
    run: &Run<'_>,
    bytes: &[u8],
    input: &Input,
    settings: &Settings,
) -> Result<Document, ExtractError> {
    let normalised = |bytes: &[u8], input: &Input| {
        let document = read(run, bytes, input, settings)?;
        run.stage(Stage::Normalisation, || {
            text_normalisation::normalise(document)
        })
    };
    let first = normalised(bytes, input)?;
    if input.continued.is_empty() {
        return Ok(first);
    }
    let mut pages = vec![first];
    for page in &input.continued {
        pages.push(normalised(&page.bytes, &page.input)?);
    }
    run.stage(Stage::Normalisation, || {
        let reads: Reads<'_> = &|text| settings.wording(text);
        document_reading::set_repetitions_apart(&mut pages, reads);
        Document::join(pages).unwrap_or_else(|| Document::new(MediaType::Text))
    })
}
