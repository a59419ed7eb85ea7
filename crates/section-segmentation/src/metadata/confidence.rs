//! How sure a piece of metadata is.

use model::Basis;

/// What a place weighs as a witness for who reports.
pub(crate) fn weight(basis: Basis) -> f64 {
    match basis {
        Basis::Title => 0.9,
        Basis::Introduction | Basis::Signature => 0.8,
        Basis::Metadata => 0.6,
        Basis::Text => 0.5,
        Basis::Uri => 0.3,
    }
}

/// Confidence of what some witnesses say and others contradict: `1 − Π(1 − weight)` of those who agree, each
/// place counted once, times `1 − weight / 4` for each place that says another thing and not this.
pub(crate) fn confidence(
    agreeing: impl IntoIterator<Item = (Basis, f64)>,
    others: impl IntoIterator<Item = (Basis, f64)>,
) -> f64 {
    let mut places: Vec<(Basis, f64)> = Vec::new();
    let mut doubt = 1.0;
    for (basis, weight) in agreeing {
        if !places.iter().any(|(known, _)| *known == basis) {
            places.push((basis, weight));
            doubt *= 1.0 - weight;
        }
    }
    let mut sure = 1.0 - doubt;
    for (basis, weight) in others {
        if !places.iter().any(|(known, _)| *known == basis) {
            places.push((basis, weight));
            sure *= 1.0 - weight / 4.0;
        }
    }
    sure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_adds_and_contradiction_takes_away() {
        let title = (Basis::Title, weight(Basis::Title));
        let signature = (Basis::Signature, weight(Basis::Signature));
        let page = (Basis::Metadata, weight(Basis::Metadata));
        let alone = confidence([title], []);
        assert!((alone - 0.9).abs() < 1e-9);
        assert!(confidence([title, signature], []) > alone);
        assert!(confidence([title], [page]) < alone);
        // One place counts once, whatever else it says.
        assert!((confidence([title, title], [title]) - alone).abs() < 1e-9);
        assert!(confidence([], []).abs() < 1e-9);
    }
}
