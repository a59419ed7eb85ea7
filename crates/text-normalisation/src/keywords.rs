//! The words that tell a text apart.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use crate::{
    character::is_han,
    dictionary::{Word, cut, usual_rarity},
    words::words,
};

/// The words that every report holds.
static STOP_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/stop_words.txt")).collect());

/// Characters of the shortest keyword.
const SHORTEST: usize = 2;

/// A word that tells a text apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// The word.
    pub term: String,
    /// Its weight (TF-IDF), rounded to four digits.
    pub weight: f64,
}

/// The words that tell a text apart, heaviest first, ties by term. Words of at least two Chinese
/// characters; the words of the genre (`data/stop_words.txt`) tell nothing apart.
pub fn keywords(text: &str, count: usize) -> Vec<Keyword> {
    if count == 0 || !text.contains(is_han) {
        return Vec::new();
    }
    // How often each word stands in the text, and how rare it is elsewhere.
    let mut found: BTreeMap<&str, (u64, f64)> = BTreeMap::new();
    let mut total: u64 = 0;
    for token in cut(text) {
        if token.length < SHORTEST || STOP_WORDS.contains(token.text) {
            continue;
        }
        total += 1;
        if token.text.chars().all(is_han) {
            let rarity = || token.word.map_or_else(usual_rarity, Word::rarity);
            let (count, _) = found.entry(token.text).or_insert_with(|| (0, rarity()));
            *count += 1;
        }
    }
    // Rounding makes ties, so all are ranked before the list is cut.
    let mut keywords: Vec<Keyword> = found
        .into_iter()
        .map(|(term, (count, rarity))| Keyword {
            term: term.to_owned(),
            weight: (count as f64 * rarity / total as f64 * 1e4).round() / 1e4,
        })
        .collect();
    keywords.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.term.cmp(&b.term))
    });
    keywords.truncate(count);
    keywords
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_report_says_is_no_keyword() {
        let text = "2012年,我委主动公开政府信息170条。城市管理、垃圾分类和燃气管理的政府信息公开工作扎实推进,垃圾分类试点扩大。";
        let found = keywords(text, 3);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].term, "垃圾");
        assert!(
            found
                .windows(2)
                .all(|pair| pair[0].weight >= pair[1].weight)
        );
        assert!(
            found
                .iter()
                .all(|word| word.term != "政府" && word.term != "公开")
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(keywords("", 5).is_empty());
        assert!(keywords("170 | 12", 5).is_empty());
        assert!(keywords("垃圾分类", 0).is_empty());
    }
}
