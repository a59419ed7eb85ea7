//! Tables: grids are covered, no visible character is lost, twice is once.

use crate::{laws, notation};
use table_parsing::parse_tables;
use text_normalisation::normalise;

pub(super) fn run(data: &[u8]) {
    let document = normalise(notation::document(data));
    let grids = parse_tables(document.clone());
    for grid in grids.blocks.iter().filter_map(model::Block::grid) {
        laws::covered(grid);
    }
    let cut = grids
        .warnings
        .iter()
        .any(|warning| warning.code == "table_cut");
    if !cut {
        assert_eq!(laws::visible(&document), laws::visible(&grids));
    }
    laws::places_are_valid(&grids, usize::MAX);
    let again = parse_tables(grids.clone());
    assert_eq!(again, grids);
}
