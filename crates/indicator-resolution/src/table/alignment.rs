//! Two sequences aligned in order: rows with rows, columns with columns.

/// What skipping or matching costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Costs {
    /// Passing over an item of the grid.
    pub(super) extra: f32,
    /// Passing over an item of the form between two matches.
    pub(super) missing: f32,
    /// What a match gains that follows the match of both neighbours.
    pub(super) adjacent: f32,
}

/// A pair of the alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// Index in the grid's sequence.
    pub(super) left: usize,
    /// Index in the form's sequence.
    pub(super) right: usize,
    /// How alike they are.
    pub(super) score: f32,
}

/// The best order-keeping matching of two sequences (Needleman and Wunsch, with free ends). `scores` has a
/// row of the length `width` for each item on the left; a score of 0 forbids the pair.
pub(super) fn align(scores: &[&[f32]], width: usize, costs: Costs) -> Vec<Pair> {
    // Best total of the prefixes, ending in a match or anyhow, and the step that led there.
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Stop,
        Match,
        Extra,
        Missing,
    }
    let columns = width + 1;
    let size = (scores.len() + 1) * columns;
    let mut best = vec![0.0_f32; size];
    let mut matched = vec![f32::NEG_INFINITY; size];
    let mut steps = vec![Step::Stop; size];
    let value = |table: &[f32], at: usize| table.get(at).copied().unwrap_or(f32::NEG_INFINITY);
    for (i, row) in scores.iter().enumerate() {
        for j in 0..=width {
            let at = (i + 1) * columns + j;
            let above = i * columns + j;
            let mut total = value(&best, above) - costs.extra;
            let mut step = Step::Extra;
            if j > 0 {
                let left = at - 1;
                // Leaving out rows at the end of the form costs nothing: the best end is sought below.
                let missing = value(&best, left) - costs.missing;
                if missing > total {
                    total = missing;
                    step = Step::Missing;
                }
                let score = row.get(j - 1).copied().unwrap_or_default();
                if score > 0.0 {
                    let diagonal = above - 1;
                    let gained = score
                        + value(&best, diagonal).max(value(&matched, diagonal) + costs.adjacent);
                    if let Some(slot) = matched.get_mut(at) {
                        *slot = gained;
                    }
                    if gained > total {
                        total = gained;
                        step = Step::Match;
                    }
                }
            }
            if let (Some(slot), Some(kept)) = (best.get_mut(at), steps.get_mut(at)) {
                *slot = total;
                *kept = step;
            }
        }
    }
    let last = scores.len() * columns;
    let mut j = (0..=width)
        .max_by(|a, b| {
            value(&best, last + a)
                .total_cmp(&value(&best, last + b))
                .then(b.cmp(a))
        })
        .unwrap_or_default();
    let mut i = scores.len();
    let mut pairs = Vec::new();
    while i > 0 {
        match steps.get(i * columns + j) {
            Some(Step::Match) => {
                i -= 1;
                j -= 1;
                let score = scores
                    .get(i)
                    .and_then(|row| row.get(j))
                    .copied()
                    .unwrap_or_default();
                pairs.push(Pair {
                    left: i,
                    right: j,
                    score,
                });
            }
            Some(Step::Missing) => j -= 1,
            _ => i -= 1,
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COSTS: Costs = Costs {
        extra: 0.1,
        missing: 0.02,
        adjacent: 0.05,
    };

    fn score(left: &[char], right: &[char]) -> Vec<Vec<f32>> {
        left.iter()
            .map(|a| right.iter().map(|b| f32::from(u8::from(a == b))).collect())
            .collect()
    }

    fn aligned(left: &str, right: &str) -> Vec<(usize, usize)> {
        let left: Vec<char> = left.chars().collect();
        let right: Vec<char> = right.chars().collect();
        let scores = score(&left, &right);
        let scores: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
        align(&scores, right.len(), COSTS)
            .into_iter()
            .map(|pair| (pair.left, pair.right))
            .collect()
    }

    #[test]
    fn one_missing_and_one_extra_item_cost_one_step_each() {
        assert_eq!(aligned("abde", "abcde"), [(0, 0), (1, 1), (2, 3), (3, 4)]);
        assert_eq!(aligned("abxcd", "abcd"), [(0, 0), (1, 1), (3, 2), (4, 3)]);
    }

    #[test]
    fn of_two_like_items_the_neighbour_is_taken() {
        // `o` stands under `b` and under `d`.
        assert_eq!(aligned("do", "abocdo"), [(0, 4), (1, 5)]);
        assert_eq!(aligned("bo", "abocdo"), [(0, 1), (1, 2)]);
    }

    proptest! {
        #[test]
        fn pairs_ascend_on_both_sides(left in "[a-e]{0,12}", right in "[a-e]{0,12}") {
            let pairs = aligned(&left, &right);
            for (a, b) in pairs.iter().zip(pairs.iter().skip(1)) {
                prop_assert!(a.0 < b.0 && a.1 < b.1);
            }
        }

        #[test]
        fn a_sequence_aligns_with_itself(text in "[a-e]{0,12}") {
            let pairs = aligned(&text, &text);
            prop_assert_eq!(pairs.len(), text.len());
            prop_assert!(pairs.iter().all(|(a, b)| a == b));
        }
    }
}
