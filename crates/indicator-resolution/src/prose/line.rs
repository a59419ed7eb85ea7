//! A paragraph as characters, and lists of words found in it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::kinds::Kinds;

/// A paragraph as a row of characters with their bytes.
pub(super) struct Line {
    characters: Vec<char>,
    bytes: Vec<usize>,
}

impl Line {
    pub(super) fn new(text: &str) -> Self {
        let (mut bytes, mut characters): (Vec<usize>, Vec<char>) = text
            .char_indices()
            .map(|(byte, character)| (byte, narrow(character)))
            .unzip();
        bytes.push(text.len());
        if characters.contains(&'(') {
            brackets(&mut characters, &mut bytes);
        }
        Self { characters, bytes }
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// The character at an index; NUL past the end, which is part of no word.
    pub(super) fn at(&self, index: usize) -> char {
        self.characters.get(index).copied().unwrap_or('\0')
    }

    pub(super) fn byte(&self, index: usize) -> usize {
        self.bytes
            .get(index)
            .or(self.bytes.last())
            .copied()
            .unwrap_or_default()
    }

    /// The character that begins at a byte.
    pub(super) fn index(&self, byte: usize) -> usize {
        self.bytes.partition_point(|start| *start < byte)
    }

    pub(super) fn text(&self, range: Range<usize>) -> String {
        let characters = self.characters.get(range).unwrap_or_default().iter();
        characters
            .map(|character| match *character {
                mark if mark == INSIDE.0 => '(',
                mark if mark == INSIDE.1 => ')',
                other => other,
            })
            .collect()
    }

    /// The kinds of characters in a range.
    pub(super) fn kinds(&self, range: Range<usize>) -> Kinds {
        Kinds::of(self.characters.get(range).unwrap_or_default())
    }

    /// Whether a range holds a conjunction and nothing else.
    pub(super) fn joins(&self, range: Range<usize>) -> bool {
        let words: String = self
            .characters
            .get(range)
            .unwrap_or_default()
            .iter()
            .filter(|character| **character != ' ')
            .collect();
        matches!(words.as_str(), "、" | "和" | "与" | "及" | "以及" | "、和")
    }

    pub(super) fn starts(&self, at: usize, word: &[char]) -> bool {
        if word
            .first()
            .is_some_and(|first| self.characters.get(at) != Some(first))
        {
            return false;
        }
        self.characters
            .get(at..)
            .is_some_and(|rest| rest.starts_with(word))
    }

    /// Whether a word ends at `end` and does not begin before `floor`.
    pub(super) fn ends(&self, end: usize, word: &[char], floor: usize) -> bool {
        // Nearly all words fail by their last character: it is compared before the rest.
        if let (Some(last), Some(before)) = (word.last(), end.checked_sub(1))
            && self.characters.get(before) != Some(last)
        {
            return false;
        }
        self.characters
            .get(floor..end)
            .is_some_and(|text| text.ends_with(word))
    }
}

/// A mark in its narrow form.
fn narrow(character: char) -> char {
    match character {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '？' => '?',
        '！' => '!',
        other => other,
    }
}

/// Longest text in brackets that is left out of a clause that goes on behind it, in characters.
const LONGEST_ASIDE: usize = 24;

/// Brackets inside a clause part nothing: those of a word (`专(兼)职`, `出国(境)费`) become [`INSIDE`], an aside
/// without a number or a denial (`政府信息(含公文)113条`) is left out. Others part clauses.
fn brackets(characters: &mut Vec<char>, bytes: &mut Vec<usize>) {
    let mut kept = Vec::with_capacity(characters.len());
    let mut open = None;
    for (at, character) in characters.iter().enumerate() {
        match character {
            '(' => open = Some(kept.len()),
            ')' => {
                if let Some(start) = open.take() {
                    let content = kept.get(start + 1..).unwrap_or_default();
                    let after = characters.get(at + 1).copied().unwrap_or('\n');
                    let aside = !content.is_empty()
                        && content.len() <= LONGEST_ASIDE
                        && !content.iter().any(|(character, _)| tells(*character));
                    if aside && content.len() <= 2 {
                        if let Some((mark, _)) = kept.get_mut(start) {
                            *mark = INSIDE.0;
                        }
                        kept.push((INSIDE.1, at));
                        continue;
                    } else if aside && !parts_clauses(after) && after != '、' {
                        kept.truncate(start);
                        continue;
                    }
                }
            }
            _ => {}
        }
        kept.push((*character, at));
    }
    let end = bytes.last().copied().unwrap_or_default();
    let places = kept
        .iter()
        .filter_map(|(_, at)| bytes.get(*at).copied())
        .chain([end])
        .collect();
    *bytes = places;
    *characters = kept.into_iter().map(|(character, _)| character).collect();
}

/// Brackets that belong to a word.
pub(super) const INSIDE: (char, char) = ('（', '）');

/// A character by which words in brackets say more than what they stand beside: a number, a denial, a clause.
fn tells(character: char) -> bool {
    character.is_ascii_digit()
        || "一二三四五六七八九十百千万两零〇无未没".contains(character)
        || parts_clauses(character)
}

/// Whether a character parts clauses.
pub(super) fn parts_clauses(character: char) -> bool {
    matches!(
        character,
        ',' | ';' | ':' | '(' | ')' | '。' | '?' | '!' | '\n' | '\t' | '|'
    )
}

/// Whether a character ends a sentence.
pub(super) fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '?' | '!' | '\n')
}

/// A list of words, looked up by their first or last character.
#[derive(Debug, Clone, Default)]
pub(super) struct WordList {
    by_first: BTreeMap<char, Vec<Vec<char>>>,
    by_last: BTreeMap<char, Vec<Vec<char>>>,
    /// Of the first and of the last characters: most characters of a text begin and end no word.
    firsts: Kinds,
    lasts: Kinds,
}

impl WordList {
    pub(super) fn new(words: &[String]) -> Self {
        let mut list = Self::default();
        for word in words {
            let word: Vec<char> = word.chars().collect();
            if let (Some(first), Some(last)) = (word.first(), word.last()) {
                list.by_first.entry(*first).or_default().push(word.clone());
                list.by_last.entry(*last).or_default().push(word.clone());
            }
        }
        for words in list.by_first.values_mut().chain(list.by_last.values_mut()) {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        list.firsts = Kinds::of(list.by_first.keys());
        list.lasts = Kinds::of(list.by_last.keys());
        list
    }

    /// The words that begin with a character, longest first.
    fn beginning(&self, first: char) -> &[Vec<char>] {
        looked_up(&self.by_first, self.firsts, first)
    }

    /// The words that end with a character, longest first.
    fn ending(&self, last: char) -> &[Vec<char>] {
        looked_up(&self.by_last, self.lasts, last)
    }

    /// The end of the longest word that begins at an index.
    pub(super) fn at(&self, line: &Line, index: usize) -> Option<usize> {
        let mut words = self.beginning(line.at(index)).iter();
        let word = words.find(|word| line.starts(index, word))?;
        Some(index + word.len())
    }

    /// The length of the longest word that ends at `end` and does not begin before `floor`.
    pub(super) fn ends(&self, line: &Line, end: usize, floor: usize) -> Option<usize> {
        let last = end.checked_sub(1).map_or('\0', |index| line.at(index));
        let mut words = self.ending(last).iter();
        let word = words.find(|word| line.ends(end, word, floor))?;
        Some(word.len())
    }

    /// Where the first word begins that lies wholly in a range.
    pub(super) fn first_in(&self, line: &Line, range: Range<usize>) -> Option<usize> {
        range.clone().find(|index| {
            let mut words = self.beginning(line.at(*index)).iter();
            words.any(|word| index + word.len() <= range.end && line.starts(*index, word))
        })
    }

    pub(super) fn is_in(&self, line: &Line, range: Range<usize>) -> bool {
        self.first_in(line, range).is_some()
    }

    /// Every index from which words of this list, one after the other, lead up to `end`: `end`
    /// itself first, none before `floor`.
    pub(super) fn back(&self, line: &Line, end: usize, floor: usize) -> Vec<usize> {
        let mut reached = vec![end];
        let mut next = 0;
        while let Some(&from) = reached.get(next) {
            next += 1;
            let before = from.checked_sub(1).map_or('\0', |index| line.at(index));
            for word in self.ending(before) {
                if line.ends(from, word, floor) {
                    let start = from - word.len();
                    if !reached.contains(&start) && reached.len() < MOST_STEPS {
                        reached.push(start);
                    }
                }
            }
        }
        reached
    }

    /// Every index to which words of this list lead from `start`, `start` itself first.
    pub(super) fn forth(&self, line: &Line, start: usize) -> Vec<usize> {
        let mut reached = vec![start];
        let mut next = 0;
        while let Some(&from) = reached.get(next) {
            next += 1;
            for word in self.beginning(line.at(from)) {
                let end = from + word.len();
                if line.starts(from, word) && !reached.contains(&end) && reached.len() < MOST_STEPS
                {
                    reached.push(end);
                }
            }
        }
        reached
    }
}

fn looked_up(
    words: &BTreeMap<char, Vec<Vec<char>>>,
    kinds: Kinds,
    character: char,
) -> &[Vec<char>] {
    let may_have = kinds.may_have(character);
    let found = may_have.then(|| words.get(&character)).flatten();
    found.map_or(&[], Vec::as_slice)
}

/// Most places that a run of words leads to: bounds the work on odd text.
const MOST_STEPS: usize = 16;
