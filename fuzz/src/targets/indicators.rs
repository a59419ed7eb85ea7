//! Readings from tables and prose: each cites one cell or one span; checking tells the same twice.

use std::sync::{Arc, LazyLock};

use crate::{laws, notation};
use codebook::Codebook;
use indicator_resolution::Resolver;
use section_segmentation::segment;
use table_parsing::parse_tables;
use text_normalisation::normalise;

static RESOLVER: LazyLock<Resolver> =
    LazyLock::new(|| Resolver::new(Arc::new(Codebook::builtin().clone())));

pub(super) fn run(data: &[u8]) {
    let document = parse_tables(normalise(notation::document(data)));
    let codebook = RESOLVER.codebook();
    for report in segment(&document, codebook) {
        let readings = RESOLVER.resolve(&document, &report);
        laws::readings_cite(&document, &report, &readings);
        assert_eq!(RESOLVER.resolve(&document, &report), readings);
        let findings = consistency_checking::check(&readings, codebook);
        assert_eq!(consistency_checking::check(&readings, codebook), findings);
    }
}
