//! Section headings and their canonical ids.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::source::Source;

/// The pairs of neighbouring characters of a wording, sorted.
type Bigrams = Vec<(char, char)>;

/// The section lexicon.
#[derive(Debug, Clone, Default)]
pub struct SectionLexicon {
    sections: Vec<CanonicalSection>,
    /// Folded wording -> sections that it can stand for.
    exact: BTreeMap<String, Vec<usize>>,
    /// The same wordings as bags of bigrams, for likeness.
    bags: Vec<(Bigrams, Vec<usize>)>,
    /// Bytes of the longest wording, folded.
    longest: usize,
}

/// A canonical section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanonicalSection {
    /// `overview`, `proactive`, …
    pub id: String,
    /// The era whose reports have it.
    pub era: Era,
    /// The canonical section that it stands in, where it is a subsection.
    pub within: Option<String>,
    /// Usual heading.
    pub heading: String,
    /// Other wordings, without number.
    pub variants: Vec<String>,
    /// Tables and notes at the end of a report: what follows them is not the report's any more.
    pub closes_report: bool,
    /// One of the last chapters of a report.
    pub is_last: bool,
}

/// Eras of reports, as far as outlines differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Era {
    /// Every era.
    #[default]
    Any,
    /// Local forms and the national table, report years up to 2018.
    Local,
    /// The national formats of 2019 and 2021.
    National,
}

/// Least likeness of a heading to a wording (shared bigrams, Dice).
const LIKENESS: f64 = 0.72;
/// Least distance to the likeness of the next other section.
const MARGIN: f64 = 0.08;

impl SectionLexicon {
    /// Reads the table `id, era, within, heading, variants (parted by |), closes`, tab-separated; `#` starts a comment.
    ///
    /// # Errors
    /// The number of the line that is wrong, and what it should be.
    pub(crate) fn parse(source: &Source<'_>) -> Result<Self, (usize, String)> {
        let mut lexicon = Self::default();
        for (number, line) in source.lines() {
            if line.starts_with('#') || line.starts_with("id\t") || line.trim().is_empty() {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let wrong = |what: &str| (number, format!("{what}: `{line}`"));
            let [id, era, within, heading, variants, closes] = fields.as_slice() else {
                return Err(wrong(
                    "expected six fields: id, era, within, heading, variants, closes",
                ));
            };
            if !matches!(*closes, "" | "yes" | "last") {
                return Err(wrong("the last field must be yes, last or empty"));
            }
            let section = CanonicalSection {
                id: (*id).to_owned(),
                era: match *era {
                    "any" => Era::Any,
                    "local" => Era::Local,
                    "national" => Era::National,
                    _ => return Err(wrong("the era must be any, local or national")),
                },
                within: (!within.is_empty()).then(|| (*within).to_owned()),
                heading: (*heading).to_owned(),
                variants: variants
                    .split('|')
                    .filter(|v| !v.is_empty())
                    .map(str::to_owned)
                    .collect(),
                closes_report: *closes == "yes",
                is_last: matches!(*closes, "yes" | "last"),
            };
            let index = lexicon.sections.len();
            for wording in std::iter::once(&section.heading).chain(&section.variants) {
                let known = lexicon.exact.entry(fold(wording)).or_default();
                if !known.contains(&index) {
                    known.push(index);
                }
            }
            lexicon.sections.push(section);
        }
        lexicon.longest = lexicon.exact.keys().map(String::len).max().unwrap_or(0);
        lexicon.bags = lexicon
            .exact
            .iter()
            .map(|(wording, sections)| (bigrams(wording), sections.clone()))
            .collect();
        Ok(lexicon)
    }

    /// Canonical sections in the order that reports use.
    pub fn sections(&self) -> &[CanonicalSection] {
        &self.sections
    }

    /// Whether a section is one of the last chapters of a report.
    pub fn is_last(&self, id: &str) -> bool {
        let mut sections = self.sections.iter();
        sections.any(|section| section.is_last && section.id == id)
    }

    /// Whether a heading (without its number) is exactly a known wording.
    pub fn knows(&self, heading: &str) -> bool {
        let mut folded = String::with_capacity(self.longest + char::MAX_LEN_UTF8);
        for c in heading.chars().filter_map(folded_char) {
            folded.push(c);
            if folded.len() > self.longest {
                return false;
            }
        }
        self.exact.contains_key(&folded)
    }

    /// The sections that a heading can stand for: those it is a wording of; else the one that it is
    /// like, with a margin to all others. Several where one wording serves several eras or levels.
    pub fn meanings(&self, heading: &str) -> Vec<&CanonicalSection> {
        let folded = fold(heading);
        if let Some(known) = self.exact.get(&folded) {
            return known
                .iter()
                .filter_map(|index| self.sections.get(*index))
                .collect();
        }
        let mine = bigrams(&folded);
        if mine.len() < 3 || mine.len() > 40 {
            return Vec::new();
        }
        let mut best = vec![0.0_f64; self.sections.len()];
        for (wording, indices) in &self.bags {
            // What is so much longer or shorter is neither like it nor near to what is.
            let most = dice_of(mine.len().min(wording.len()), mine.len(), wording.len());
            if most < LIKENESS - MARGIN {
                continue;
            }
            let likeness = dice(&mine, wording);
            for index in indices {
                if let Some(known) = best.get_mut(*index) {
                    *known = known.max(likeness);
                }
            }
        }
        let top = best.iter().copied().fold(0.0, f64::max);
        let next = best
            .iter()
            .copied()
            .filter(|one| *one < top)
            .fold(0.0, f64::max);
        if top < LIKENESS || top - next < MARGIN {
            return Vec::new();
        }
        let ranked = best.iter().zip(&self.sections);
        ranked
            .filter(|(likeness, _)| **likeness >= top)
            .map(|(_, section)| section)
            .collect()
    }

    /// The longest wording that `text` starts with, as its length in bytes: where a heading runs
    /// into the text without any mark. Only wordings of four characters and more are looked for.
    pub fn wording_at_start_of(&self, text: &str) -> Option<usize> {
        const SHORTEST: usize = 4;
        const LONGEST: usize = 30;
        let mut folded = String::with_capacity(self.longest + char::MAX_LEN_UTF8);
        let mut found = None;
        for (at, (start, character)) in text.char_indices().take(LONGEST).enumerate() {
            let Some(c) = folded_char(character) else {
                continue;
            };
            folded.push(c);
            let from = (Bound::Included(folded.as_str()), Bound::Unbounded);
            match self.exact.range::<str, _>(from).next() {
                Some((wording, _)) if *wording == folded => {
                    if at + 1 >= SHORTEST {
                        found = Some(start + character.len_utf8());
                    }
                }
                Some((wording, _)) if wording.starts_with(&folded) => {}
                // No wording begins so, nor with more.
                _ => break,
            }
        }
        found
    }
}

/// Wordings are compared without spaces, brackets and closing marks.
fn fold(heading: &str) -> String {
    heading.chars().filter_map(folded_char).collect()
}

/// A character as wordings are compared; `None` for what does not count.
fn folded_char(c: char) -> Option<char> {
    match c {
        '\u{4e00}'..='\u{9fff}' => Some(c),
        '（' => Some('('),
        '）' => Some(')'),
        _ => (!is_mark(c)).then_some(c),
    }
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | '。' | ',' | '，' | '、' | ';' | '；')
}

fn bigrams(text: &str) -> Bigrams {
    let mut pairs: Bigrams = text.chars().zip(text.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// Dice coefficient of two sorted bags.
fn dice(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0_usize;
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                left.next();
                right.next();
            }
        }
    }
    dice_of(shared, a.len(), b.len())
}

fn dice_of(shared: usize, left: usize, right: usize) -> f64 {
    match left + right {
        0 => 0.0,
        both => (2 * shared) as f64 / both as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> SectionLexicon {
        let text = include_str!("../data/sections.tsv");
        SectionLexicon::parse(&Source::new("sections.tsv", text)).unwrap()
    }

    #[test]
    fn headings_find_their_section() {
        let lexicon = builtin();
        for (heading, id) in [
            ("概 述", "overview"),
            ("复议、诉讼和申诉情况", "remedies"),
            ("政府信息依申请公开情况", "on_request"),
            ("收到和处理政府信息公开申请情况", "requests_table"),
            ("存在的主要问题及改进的情况", "problems"),
        ] {
            let ids: Vec<&str> = lexicon
                .meanings(heading)
                .iter()
                .map(|s| s.id.as_str())
                .collect();
            assert_eq!(ids, [id], "{heading}");
        }
        assert_eq!(lexicon.meanings("主动公开情况").len(), 2);
        assert!(lexicon.meanings("加强组织领导,健全工作机制").is_empty());
    }

    #[test]
    fn a_heading_is_found_where_it_runs_into_text() {
        let lexicon = builtin();
        let text = "总体情况2023年,我局认真贯彻";
        let end = lexicon.wording_at_start_of(text).unwrap();
        assert_eq!(text.get(..end), Some("总体情况"));
    }

    #[test]
    fn a_line_with_an_unknown_era_is_named() {
        let error = {
            let source = Source::new("mine.tsv", "a\tnever\t\t概述\t\t\n");
            SectionLexicon::parse(&source).unwrap_err()
        };
        assert_eq!(error.0, 1);
    }
}
