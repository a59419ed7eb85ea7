//! The word lists of `data/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use model::Bound;

use crate::characters::Characters;

/// A word and the neighbours that make another word of it.
#[derive(Debug)]
struct Entry<T> {
    word: Vec<char>,
    except: Vec<char>,
    value: T,
}

/// Words around numbers.
#[derive(Debug, Default)]
pub(crate) struct Words {
    units: BTreeMap<char, Vec<Entry<()>>>,
    before: Vec<Entry<Bound>>,
    between: Vec<Entry<Bound>>,
    after: Vec<Entry<Bound>>,
    phrases: BTreeMap<char, Vec<Entry<()>>>,
    apart: BTreeSet<char>,
}

pub(crate) static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::parse(include_str!("../data/words.tsv")).0);

fn bound(name: &str) -> Option<Bound> {
    match name {
        "more_than" => Some(Bound::MoreThan),
        "less_than" => Some(Bound::LessThan),
        "about" => Some(Bound::About),
        _ => None,
    }
}

impl Words {
    /// The lists, and the lines that could not be read (a test holds that there are none).
    fn parse(file: &str) -> (Self, Vec<&str>) {
        let mut words = Self::default();
        let mut bad = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let kind = fields.next().unwrap_or_default();
            let word: Vec<char> = fields.next().unwrap_or_default().chars().collect();
            let rest = fields.next().unwrap_or_default();
            let Some(first) = word.first().copied() else {
                bad.push(line);
                continue;
            };
            let plain = |except: &str| Entry {
                word: word.clone(),
                except: except.chars().collect(),
                value: (),
            };
            let (name, except) = rest.split_once(' ').unwrap_or((rest, ""));
            match (kind, bound(name)) {
                ("unit", None) => words.units.entry(first).or_default().push(plain(rest)),
                ("phrase", None) => words.phrases.entry(first).or_default().push(plain("")),
                ("apart", None) => {
                    words.apart.insert(first);
                }
                ("before" | "between" | "after", Some(value)) => {
                    let list = match kind {
                        "before" => &mut words.before,
                        "between" => &mut words.between,
                        _ => &mut words.after,
                    };
                    list.push(Entry {
                        word: word.clone(),
                        except: except.chars().collect(),
                        value,
                    });
                }
                _ => bad.push(line),
            }
        }
        for list in [&mut words.before, &mut words.between, &mut words.after] {
            list.sort_by_key(|entry| std::cmp::Reverse(entry.word.len()));
        }
        for list in words.units.values_mut().chain(words.phrases.values_mut()) {
            list.sort_by_key(|entry| std::cmp::Reverse(entry.word.len()));
        }
        (words, bad)
    }

    /// The end of the unit that begins at an index.
    pub(crate) fn unit(&self, text: &Characters, at: usize) -> Option<usize> {
        let entry = self
            .units
            .get(&text.at(at))?
            .iter()
            .find(|entry| text.starts(at, &entry.word))?;
        let end = at + entry.word.len();
        if entry.except.contains(&text.at(end)) {
            return None;
        }
        // 人(次), 件(次)
        if text.starts(end, &['(', '次', ')']) {
            return Some(end + 3);
        }
        Some(end)
    }

    /// The bound word that ends before an index: where it begins, and what it says.
    pub(crate) fn before(&self, text: &Characters, at: usize) -> Option<(usize, Bound)> {
        let mut end = at;
        while end > 0 && text.before(end).is_whitespace() {
            end -= 1;
        }
        let entry = self
            .before
            .iter()
            .find(|entry| text.ends(end, &entry.word))?;
        let start = end - entry.word.len();
        (!entry.except.contains(&text.before(start))).then_some((start, entry.value))
    }

    /// The bound word that begins at an index, between number and unit: its end, and what it says.
    pub(crate) fn between(&self, text: &Characters, at: usize) -> Option<(usize, Bound)> {
        starting(&self.between, text, at)
    }

    /// The bound word that begins at an index, after the unit: its end, and what it says.
    pub(crate) fn after(&self, text: &Characters, at: usize) -> Option<(usize, Bound)> {
        starting(&self.after, text, at)
    }

    /// The end of the phrase that begins at an index and counts nothing.
    pub(crate) fn phrase(&self, text: &Characters, at: usize) -> Option<usize> {
        let entry = self
            .phrases
            .get(&text.at(at))?
            .iter()
            .find(|entry| text.starts(at, &entry.word))?;
        Some(at + entry.word.len())
    }

    /// Whether a Chinese numeral after this character counts nothing (每一条).
    pub(crate) fn apart(&self, character: char) -> bool {
        self.apart.contains(&character)
    }
}

fn starting(list: &[Entry<Bound>], text: &Characters, at: usize) -> Option<(usize, Bound)> {
    let entry = list.iter().find(|entry| text.starts(at, &entry.word))?;
    Some((at + entry.word.len(), entry.value))
}

/// What words in a value cell say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellWord {
    Zero,
    Blank,
    NotApplicable,
    Unreadable,
}

pub(crate) static CELL_WORDS: LazyLock<BTreeMap<&'static str, CellWord>> =
    LazyLock::new(|| cell_words(include_str!("../data/cells.tsv")).0);

fn cell_words(file: &str) -> (BTreeMap<&str, CellWord>, Vec<&str>) {
    let mut words = BTreeMap::new();
    let mut bad = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let reading = match line.split_once('\t') {
            Some(("zero", word)) => Some((word, CellWord::Zero)),
            Some(("blank", word)) => Some((word, CellWord::Blank)),
            Some(("not_applicable", word)) => Some((word, CellWord::NotApplicable)),
            Some(("unreadable", word)) => Some((word, CellWord::Unreadable)),
            _ => None,
        };
        match reading {
            Some((word, reading)) if words.insert(word, reading).is_none() => {}
            _ => bad.push(line),
        }
    }
    (words, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_read() {
        let (words, bad) = Words::parse(include_str!("../data/words.tsv"));
        assert_eq!(bad, Vec::<&str>::new());
        assert!(words.units.len() > 40 && words.before.len() > 20 && words.phrases.len() > 5);
        let (cells, bad) = cell_words(include_str!("../data/cells.tsv"));
        assert_eq!(bad, Vec::<&str>::new());
        assert_eq!(cells.get("无"), Some(&CellWord::Zero));
    }
}
