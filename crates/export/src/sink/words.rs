//! Chinese text as words between blanks, for a full-text index that knows no Chinese.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// How many neighbouring words are also joined to one.
const MOST_JOINED: usize = 5;
/// Characters of words that are joined, at most.
const LONGEST: usize = 12;

/// The words of a text, each once, and neighbours joined, between blanks: whoever searches for `依申请公开` or
/// `广州市城管委` types no blanks, and the index takes a run of Chinese characters for one word.
pub(super) fn words(text: &str) -> String {
    let mut all: BTreeSet<String> = BTreeSet::new();
    for passage in text.split(|c: char| !c.is_alphanumeric()) {
        if passage.is_empty() {
            continue;
        }
        let cut: Vec<&str> = JIEBA
            .cut(passage, false)
            .into_iter()
            .map(|it| it.word)
            .collect();
        for start in 0..cut.len() {
            let mut joined = String::new();
            for word in cut.iter().skip(start).take(MOST_JOINED) {
                joined.push_str(word);
                if joined.chars().count() > LONGEST && joined.len() > word.len() {
                    break;
                }
                if !all.contains(&joined) {
                    all.insert(joined.clone());
                }
            }
        }
        let parts = JIEBA.cut_for_search(passage, false).into_iter();
        all.extend(parts.map(|token| token.word.to_owned()));
    }
    all.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_typed_without_blanks_is_one_of_the_words() {
        let text = "广州市城管委2012年依申请公开政府信息,无收费。";
        let words = words(text);
        let has = |word: &str| words.split(' ').any(|known| known == word);
        for typed in [
            "依申请公开",
            "依申请公开政府信息",
            "政府信息",
            "信息",
            "收费",
            "无收费",
            "2012",
        ] {
            assert!(has(typed), "{typed}: {words}");
        }
        assert!(!has("信息无"), "a sentence's end joins nothing");
        assert!(!words.contains(','));
    }
}
