//! Reports: they partition the blocks, the same twice, and asking why changes nothing.

use crate::{laws, notation};
use codebook::Codebook;
use section_segmentation::{explain, segment};
use table_parsing::parse_tables;
use text_normalisation::normalise;

pub(super) fn run(data: &[u8]) {
    let document = parse_tables(normalise(notation::document(data)));
    let codebook = Codebook::builtin();
    let reports = segment(&document, codebook);
    laws::partitioned(&document, &reports);
    let (explained, explanation) = explain(&document, codebook);
    assert_eq!(explained, reports);
    assert_eq!(explanation.outlines.len(), reports.len());
}
