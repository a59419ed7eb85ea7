//! A text cut into words: the cut whose words are together the likeliest, each by itself.

use super::{Prefix, Word, log_total};

/// A word, a run of letters and digits, or a single character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    /// First byte.
    pub(crate) start: usize,
    /// Characters.
    pub(crate) length: usize,
    /// What the dictionary has of it.
    pub(crate) word: Option<Word>,
}

impl Token<'_> {
    /// The byte behind it.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Cuts a text into words, in order and without gaps.
pub(crate) fn cut(text: &str) -> Vec<Token<'_>> {
    let mut cutter = Cutter {
        text,
        tokens: Vec::with_capacity(text.len() / 4),
        run: Vec::new(),
        way: Vec::new(),
    };
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        if is_of_words(character) {
            cutter.run.push((start, character));
            continue;
        }
        cutter.cut_run(start);
        let mut end = start + character.len_utf8();
        if character == '\r' && rest.next_if(|(_, next)| *next == '\n').is_some() {
            end += 1;
        }
        cutter.push(start, end, None);
    }
    cutter.cut_run(text.len());
    cutter.tokens
}

/// What words are made of; anything else stands by itself.
fn is_of_words(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric() || "+#&._%-".contains(c),
        _ => matches!(c,
            '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}'
            | '\u{2a700}'..='\u{2b73f}' | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}'
            | '\u{2ceb0}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}'),
    }
}

struct Cutter<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    /// The characters that may form words, each with its byte.
    run: Vec<(usize, char)>,
    /// From each character of the run, and from its end, the best way to its end.
    way: Vec<Step>,
}

/// The first step of a way.
#[derive(Clone, Copy)]
struct Step {
    /// Logarithm of how likely the whole way is.
    likelihood: f64,
    /// The character behind the word.
    next: usize,
    word: Option<Word>,
}

impl<'t> Cutter<'t> {
    fn push(&mut self, start: usize, end: usize, word: Option<Word>) {
        let text = self.text.get(start..end).unwrap_or_default();
        self.tokens.push(Token {
            text,
            start,
            length: text.chars().count(),
            word,
        });
    }

    /// Cuts the run that ends before byte `end`, and begins another.
    fn cut_run(&mut self, end: usize) {
        let run = std::mem::take(&mut self.run);
        self.find_way(&run);
        let byte = |at: usize| run.get(at).map_or(end, |(byte, _)| *byte);
        let mut at = 0;
        let joins = |at: usize, step: &Step| step.next == at + 1 && is_alphanumeric(&run, at);
        while at < run.len()
            && let Some(step) = self.way.get(at).copied()
        {
            if !joins(at, &step) {
                self.push(byte(at), byte(step.next), step.word);
                at = step.next;
                continue;
            }
            // Letters and digits of which each stands for itself are one word.
            let start = at;
            while self.way.get(at).is_some_and(|step| joins(at, step)) {
                at += 1;
            }
            let word = step.word.filter(|_| at == start + 1);
            self.push(byte(start), byte(at), word);
        }
        self.run = run;
        self.run.clear();
    }

    /// From the end back: of the words that begin at a character, the one that begins the likeliest way.
    fn find_way(&mut self, run: &[(usize, char)]) {
        let log_total = log_total();
        self.way.clear();
        self.way.resize(
            run.len() + 1,
            Step {
                likelihood: 0.0,
                next: run.len(),
                word: None,
            },
        );
        for at in (0..run.len()).rev() {
            let likelihood = |next: usize| self.way.get(next).map_or(0.0, |step| step.likelihood);
            let mut best: Option<Step> = None;
            let mut prefix = Prefix::EMPTY;
            for (next, (_, character)) in (at + 1..).zip(run.iter().skip(at)) {
                let Some(longer) = prefix.with(*character) else {
                    break;
                };
                prefix = longer;
                let Some(word) = prefix.word() else {
                    continue;
                };
                let likelihood = word.log_frequency() - log_total + likelihood(next);
                // Of equals the longer.
                if best.is_none_or(|best| likelihood >= best.likelihood) {
                    best = Some(Step {
                        likelihood,
                        next,
                        word: Some(word),
                    });
                }
            }
            let step = best.unwrap_or(Step {
                likelihood: -log_total + likelihood(at + 1),
                next: at + 1,
                word: None,
            });
            if let Some(slot) = self.way.get_mut(at) {
                *slot = step;
            }
        }
    }
}

fn is_alphanumeric(run: &[(usize, char)], at: usize) -> bool {
    run.get(at).is_some_and(|(_, c)| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use jieba_rs::Jieba;

    use super::*;

    /// The texts of the fixtures of all stages.
    fn texts() -> String {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
        let within = |folder: PathBuf| {
            let entries = fs::read_dir(folder).into_iter().flatten();
            let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            paths
        };
        let files = within(fixtures).into_iter().flat_map(within);
        let texts = files.filter_map(|file| fs::read_to_string(file).ok());
        texts.collect()
    }

    #[test]
    fn words_are_cut_as_jieba_cuts_them() {
        let jieba = Jieba::new();
        let more = "2012年,我委IT服务外包AT&T卡拉OK第3季度\r\n4S店1号店,B超3.5%增长〇五年𠮷野家";
        let text = texts() + more;
        assert!(text.len() > 1_000_000);
        let theirs = jieba.tag(&text, false);
        let ours = cut(&text);
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours.text, theirs.word);
            assert_eq!(ours.start, theirs.byte_start);
            assert_eq!(ours.length, theirs.end - theirs.start);
            assert_eq!(ours.word.is_some(), jieba.has_word(theirs.word));
            if let Some(word) = ours.word {
                assert!(theirs.tag.starts_with(word.tag()), "{theirs:?}");
            }
        }
    }
}
