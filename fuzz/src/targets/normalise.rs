//! Canonical texts: twice is once, what was written is kept, every character maps back.

use crate::{laws, notation};
use text_normalisation::{normalise, simplify};

pub(super) fn run(data: &[u8]) {
    let document = notation::document(data);
    let written = laws::written(&document);
    let blocks = document.blocks.len();
    let once = normalise(document);
    assert!(once.blocks.len() <= blocks);
    assert_eq!(laws::written(&once), written);
    laws::maps_are_sound(&once);
    laws::places_are_valid(&once, usize::MAX);
    assert_eq!(normalise(once.clone()), once);
    let mut simplified = once.clone();
    if let Some(was) = simplify(&mut simplified) {
        was.restore(&mut simplified, &mut [], &mut []);
        assert_eq!(simplified, once);
    }
}
