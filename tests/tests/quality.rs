//! How good the records of the corpus are, against the truth that was written with it.
//!
//! `fixtures/corpus-sources/floors.json` pins what was reached: quality can only rise. Where a change
//! for the better lowers a figure on purpose, edit the floor in the same commit and say why.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly, its helpers too"
)]

mod against_truth;
mod measure;

use nianbao::Settings;

#[test]
fn the_corpus_is_read_as_well_as_ever() {
    let root = nianbao_tests::root();
    let sources = root.join("fixtures/corpus-sources");
    let counts = against_truth::corpus(&root.join("corpus"), &sources, &Settings::default());
    measure::hold(&counts, &sources.join("floors.json"));
}
