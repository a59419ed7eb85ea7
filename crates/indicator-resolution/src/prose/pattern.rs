//! Phrases as patterns over characters.

use std::collections::BTreeMap;

use super::kinds::Kinds;
use super::line::{INSIDE, Line, WordList, parts_clauses};

/// Most characters that `*` stands for.
const WIDEST_GAP: usize = 24;

/// What stands before a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing.
    None,
    /// Any words of the clause.
    Any,
    /// Words that say nothing.
    Filler,
}

/// A phrase: literals with gaps before and after the number.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) subject: usize,
    before: Vec<(Gap, Vec<char>)>,
    after: Vec<(Gap, Vec<char>)>,
    /// Of the literals before the number.
    kinds: Kinds,
    /// Characters of its literals.
    pub(super) weight: usize,
}

impl Pattern {
    fn new(subject: usize, phrase: &str) -> Self {
        let (before, after) = phrase.split_once('#').unwrap_or((phrase, ""));
        let (before, after) = (pieces(before), pieces(after));
        let weight = before
            .iter()
            .chain(&after)
            .map(|(_, literal)| literal.len())
            .sum();
        Self {
            subject,
            kinds: Kinds::of(before.iter().flat_map(|(_, literal)| literal)),
            before,
            after,
            weight,
        }
    }

    /// Whether the number stands at the end.
    pub(super) fn ends_with_number(&self) -> bool {
        self.after.is_empty()
    }

    /// Where the part before the number begins, if it ends at `end` and begins at `floor` or after.
    pub(super) fn begins(
        &self,
        line: &Line,
        fillers: &WordList,
        end: usize,
        floor: usize,
    ) -> Option<usize> {
        let mut at = end;
        // The gap before a literal says where the literal before it may end.
        let mut gap = Gap::None;
        for (gap_before, literal) in self.before.iter().rev() {
            let ends = |end: &usize| line.ends(*end, literal, floor);
            let literal_end = match gap {
                Gap::None => Some(at).filter(ends),
                Gap::Any => nearest(line, literal, at, floor),
                // Most phrases fail here: look for the literal before the fillers are walked.
                Gap::Filler => nearest(line, literal, at, floor).and_then(|_| {
                    let reached = fillers.back(line, at, floor);
                    reached.into_iter().find(ends)
                }),
            };
            at = literal_end? - literal.len();
            gap = *gap_before;
        }
        Some(at)
    }

    /// Where the part after the number ends, if it follows the number that ends at `start`.
    pub(super) fn ends(&self, line: &Line, fillers: &WordList, start: usize) -> Option<usize> {
        follow(&self.after, line, fillers, start)
    }

    /// Where the part before the number ends, if it follows the number instead (`5件结果维持`).
    pub(super) fn follows(&self, line: &Line, fillers: &WordList, start: usize) -> Option<usize> {
        follow(&self.before, line, fillers, start)
    }
}

/// The last place at or before `at`, no farther than a gap is wide, where a literal ends.
fn nearest(line: &Line, literal: &[char], at: usize, floor: usize) -> Option<usize> {
    let first = at.saturating_sub(WIDEST_GAP).max(floor);
    (first..=at)
        .rev()
        .find(|end| line.ends(*end, literal, floor))
}

fn follow(
    pieces: &[(Gap, Vec<char>)],
    line: &Line,
    fillers: &WordList,
    start: usize,
) -> Option<usize> {
    let mut at = start;
    for (gap, literal) in pieces {
        let begins = |start: &usize| line.starts(*start, literal);
        let literal_start = match gap {
            Gap::None => Some(at).filter(begins),
            Gap::Any => (at..=at + WIDEST_GAP)
                .take_while(|index| {
                    let before = line.at(index.saturating_sub(1));
                    *index == at || !(parts_clauses(before) || before == '、')
                })
                .find(begins),
            Gap::Filler => fillers.forth(line, at).into_iter().find(begins),
        };
        at = literal_start? + literal.len();
    }
    Some(at)
}

/// Literals, each with the gap before it.
fn pieces(phrase: &str) -> Vec<(Gap, Vec<char>)> {
    let mut pieces: Vec<(Gap, Vec<char>)> = Vec::new();
    let mut gap = Gap::None;
    let mut literal = Vec::new();
    for character in phrase.chars() {
        let next = match character {
            '*' => Gap::Any,
            '~' => Gap::Filler,
            '(' => {
                literal.push(INSIDE.0);
                continue;
            }
            ')' => {
                literal.push(INSIDE.1);
                continue;
            }
            other => {
                literal.push(other);
                continue;
            }
        };
        if !literal.is_empty() {
            pieces.push((gap, std::mem::take(&mut literal)));
        }
        gap = next;
    }
    if !literal.is_empty() {
        pieces.push((gap, literal));
    }
    pieces
}

/// Patterns by the character that their part before the number ends with.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    /// Under the last two characters; NUL and the one where there is only one.
    by_last: BTreeMap<(char, char), Vec<Pattern>>,
    by_first: BTreeMap<char, Vec<Pattern>>,
}

impl Patterns {
    pub(super) fn add(&mut self, subject: usize, phrase: &str, inverted: bool) {
        let pattern = Pattern::new(subject, phrase);
        if inverted
            && pattern.ends_with_number()
            && let Some(first) = pattern.before.first().and_then(|(_, word)| word.first())
        {
            self.by_first
                .entry(*first)
                .or_default()
                .push(pattern.clone());
        }
        if let Some((_, literal)) = pattern.before.last()
            && let Some(last) = literal.last()
        {
            let before = literal.iter().rev().nth(1).copied().unwrap_or('\0');
            self.by_last
                .entry((before, *last))
                .or_default()
                .push(pattern);
        }
    }

    /// Patterns whose part before the number may end at an index; `held` are the kinds of all characters that it may
    /// be made of.
    pub(super) fn ending(
        &self,
        line: &Line,
        end: usize,
        held: Kinds,
    ) -> impl Iterator<Item = &Pattern> {
        let last = end.checked_sub(1).map_or('\0', |index| line.at(index));
        let before = end.checked_sub(2).map_or('\0', |index| line.at(index));
        let both = self.by_last.get(&(before, last));
        let one = self.by_last.get(&('\0', last)).filter(|_| before != '\0');
        let patterns = both.into_iter().chain(one).flatten();
        patterns.filter(move |pattern| held.include(pattern.kinds))
    }

    /// Patterns that may follow their number at an index.
    pub(super) fn following(&self, line: &Line, start: usize) -> &[Pattern] {
        self.by_first
            .get(&line.at(start))
            .map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(phrase: &str, text: &str) -> Option<usize> {
        let fillers = WordList::new(&["政府".to_owned(), "各类".to_owned()]);
        let line = Line::new(text);
        Pattern::new(0, phrase).begins(&line, &fillers, line.len(), 0)
    }

    #[test]
    fn gaps_of_both_kinds() {
        assert_eq!(begins("主动公开~信息", "我局主动公开各类政府信息"), Some(2));
        assert_eq!(begins("主动公开~信息", "我局主动公开财政信息"), None);
        assert_eq!(begins("接受*咨询", "共接受驻外机构和市民咨询"), Some(1));
        assert_eq!(begins("咨询", "咨询室"), None);
    }
}
