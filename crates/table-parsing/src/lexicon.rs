//! Words of tables in general (`data/headers.toml`): heads, units, fillers, ends of captions.

use std::sync::LazyLock;

use serde::Deserialize;

/// Longest bracket behind a caption (`(2016年度)`, `(一)`), in characters.
const LONGEST_BRACKET: usize = 12;

/// The word lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lexicon {
    row_heads: Vec<String>,
    column_heads: Vec<String>,
    totals: Vec<String>,
    units: Vec<String>,
    fillers: Vec<String>,
    changes: Vec<String>,
    caption_ends: Vec<String>,
    bodies: Vec<String>,
}

/// The lists as delivered. A test reads the file; should it be broken, no word is known.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Lexicon, toml::de::Error> {
    toml::from_str(include_str!("../data/headers.toml"))
}

impl Lexicon {
    /// The head of the column that names the rows: `指标`.
    pub(crate) fn is_row_head(&self, text: &str) -> bool {
        holds(&self.row_heads, text)
    }

    /// The head of any column: `指标`, `数量`.
    pub(crate) fn is_head(&self, text: &str) -> bool {
        self.is_row_head(text) || holds(&self.column_heads, text)
    }

    /// The head of the column that sums up the others: `总计`.
    pub(crate) fn is_total(&self, text: &str) -> bool {
        holds(&self.totals, text)
    }

    /// A unit: `人次`.
    pub(crate) fn is_unit(&self, text: &str) -> bool {
        holds(&self.units, text)
    }

    /// A sign that stands for no value: `—`.
    pub(crate) fn is_filler(&self, text: &str) -> bool {
        holds(&self.fillers, text)
    }

    /// The text behind a word of change: `2项` of `增加2项`.
    pub(crate) fn without_change<'t>(&self, text: &'t str) -> &'t str {
        self.changes
            .iter()
            .find_map(|word| text.strip_prefix(word.as_str()))
            .unwrap_or(text)
    }

    /// Ends as captions end: `…情况统计`, `…统计表(2016年度)`.
    pub(crate) fn ends_caption(&self, text: &str) -> bool {
        let bracket = text
            .strip_suffix(')')
            .and_then(|open| open.rsplit_once('('));
        let text = match bracket {
            Some((noun, inside)) if inside.chars().count() <= LONGEST_BRACKET => noun.trim_end(),
            _ => text,
        };
        self.caption_ends
            .iter()
            .any(|end| text.ends_with(end.as_str()))
    }

    /// The text before `单位` ends in a word that makes it a body: `填报单位`.
    pub(crate) fn names_body(&self, before: &str) -> bool {
        self.bodies
            .iter()
            .any(|word| before.ends_with(word.as_str()))
    }
}

/// Heads are short and often spaced out (`指  标`): compared without spaces.
fn holds(words: &[String], text: &str) -> bool {
    const LONGEST: usize = 24;
    if text.len() > LONGEST {
        return false;
    }
    let spaced = text.contains(char::is_whitespace);
    let own = spaced.then(|| text.split_whitespace().collect::<String>());
    let text = own.as_deref().unwrap_or(text);
    words.iter().any(|word| word == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_read_and_hold_no_word_twice() {
        let lexicon = read().unwrap();
        for list in [
            &lexicon.row_heads,
            &lexicon.column_heads,
            &lexicon.totals,
            &lexicon.units,
            &lexicon.fillers,
            &lexicon.changes,
            &lexicon.caption_ends,
            &lexicon.bodies,
        ] {
            assert!(!list.is_empty());
            for (at, word) in list.iter().enumerate() {
                assert!(!word.is_empty() && !word.contains(char::is_whitespace));
                assert!(!list[..at].contains(word), "{word} stands twice");
            }
        }
    }

    #[test]
    fn heads_are_known_spaced_out() {
        assert!(LEXICON.is_row_head("统 计 指 标"));
        assert!(LEXICON.is_head("数量"));
        assert!(!LEXICON.is_row_head("数量"));
    }
}
