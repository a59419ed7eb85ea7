//! The words that tell a text apart.

use std::sync::LazyLock;

use jieba_rs::{KeywordExtract, KeywordExtractConfig, TfIdf};

use crate::{
    character::is_han,
    words::{DICTIONARY, words},
};

/// Weights of words by how rare they are, without the words that every report holds.
static WEIGHTS: LazyLock<TfIdf> = LazyLock::new(|| {
    let stop_words = words(include_str!("../data/stop_words.txt")).map(str::to_owned);
    let mut weights = TfIdf::default();
    *weights.config_mut() = KeywordExtractConfig::builder()
        .set_stop_words(stop_words.collect())
        .build();
    weights
});

/// Loads the weights of words, which takes some 100 ms. Without this the first call of [`keywords`] does.
pub fn load_weights() {
    LazyLock::force(&WEIGHTS);
}

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
    // Rounding makes ties, so all are ranked before the list is cut.
    let mut keywords: Vec<Keyword> = WEIGHTS
        .extract_keywords(&DICTIONARY, text, usize::MAX, Vec::new())
        .into_iter()
        .filter(|found| found.keyword.chars().all(is_han))
        .map(|found| Keyword {
            term: found.keyword,
            weight: (found.weight * 1e4).round() / 1e4,
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
