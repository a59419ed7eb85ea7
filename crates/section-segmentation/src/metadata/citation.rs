//! Numbers of official documents: the report's own, and those of documents that it cites.

use std::sync::LazyLock;

use model::{Citation, HintKind, Span};
use regex::Regex;

use super::Sources;
use super::patterns::PATTERNS;
use crate::formulas::head;

/// `国办发〔2014〕12号` with brackets of any kind, with `?` for them, or with one or both lost.
#[expect(clippy::expect_used, reason = "a fixed pattern, built in a test")]
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([\x{4e00}-\x{9fff}]{1,20})\s*([〔\[(【﹝{<〈?]?)\s*((?:19|20)[0-9]{2})\s*([〕\])】﹞}>〉?]?)\s*(?:第\s*)?([0-9](?:\s?[0-9]){0,3})\s*号",
    )
    .expect("the pattern builds")
});

/// `国务院令第711号`, `国务院第711号令`.
#[expect(clippy::expect_used, reason = "a fixed pattern, built in a test")]
static DECREE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([\x{4e00}-\x{9fff}]{1,20})(?:令\s*第?\s*([0-9](?:\s?[0-9]){0,3})\s*号|第\s*([0-9](?:\s?[0-9]){0,3})\s*号令)",
    )
    .expect("the pattern builds")
});

/// A number found in a text.
struct Found {
    number: String,
    written: String,
    start: usize,
    end: usize,
    /// Its brackets stand as they should.
    whole: bool,
}

/// The report's own number: that of the page's metadata, or a line of its own before the text begins.
/// Numbers in the running text are those of other documents.
pub(crate) fn document_number(sources: &Sources<'_>, head_length: usize) -> Option<String> {
    let hints = sources
        .hints(HintKind::DocumentNumber)
        .filter(|_| sources.alone);
    let lines = sources
        .lines
        .iter()
        .take(head_length)
        .map(|line| head(line.text, 60));
    hints.chain(lines).find_map(|text| {
        let text = text.trim();
        let found = numbered(text).into_iter().next()?;
        let alone = found.start == 0 && found.end == text.len();
        let own = if found.whole {
            found.written
        } else {
            found.number
        };
        alone.then_some(own)
    })
}

/// The documents that a report's text cites, in order, each number once.
pub(crate) fn cited(sources: &Sources<'_>, own: Option<&str>) -> Vec<Citation> {
    let mut citations: Vec<Citation> = Vec::new();
    let own = own.and_then(|own| numbered(own).into_iter().next());
    let body = sources
        .lines
        .iter()
        .skip(sources.after_title)
        .filter(|line| line.in_body && !line.is_table);
    let mut add = |found: Found, block: usize, length: usize| {
        let known = citations.iter().any(|known| known.number == found.number)
            || own.as_ref().is_some_and(|own| own.number == found.number);
        if !known {
            citations.push(Citation {
                number: found.number,
                as_written: found.written,
                span: Span {
                    block,
                    start: found.start,
                    end: found.end.min(length),
                },
            });
        }
    };
    // The end of the line before, where a number breaks off in it.
    let mut open: Option<(usize, &str)> = None;
    for line in body {
        let text = line.text;
        let mut taken = 0;
        if let Some((block, before)) = open.take() {
            let tail_at = before
                .char_indices()
                .rev()
                .take(40)
                .last()
                .map_or(0, |(at, _)| at);
            let tail = before.get(tail_at..).unwrap_or_default();
            let joined = format!("{tail}{}", head(text.trim_start(), 30));
            for mut found in all(&joined) {
                if found.start < tail.len() && found.end > tail.len() {
                    taken = found.end - tail.len();
                    found.start += tail_at;
                    found.end += tail_at;
                    add(found, block, before.len());
                }
            }
        }
        if text.contains('号') {
            all(text)
                .into_iter()
                .filter(|found| found.start >= taken)
                .for_each(|found| add(found, line.block, text.len()));
        }
        let trimmed = text.trim_end();
        let breaks = trimmed.ends_with(|c: char| c.is_ascii_digit() || "第令〔[(〕])".contains(c));
        // A mark that breaks off behind its bracket: (国办公 / 开办函〔2021〕30号).
        let in_bracket = || {
            let bracket = trimmed.rfind(['(', '〔', '《']);
            let inside = bracket.and_then(|at| trimmed.get(at..));
            inside.is_some_and(|inside| {
                inside.chars().count() <= 12 && !inside.contains([')', '》', ',', '。'])
            })
        };
        open = (breaks || in_bracket()).then_some((line.block, trimmed));
    }
    citations
}

/// All numbers of a text, in order.
fn all(text: &str) -> Vec<Found> {
    let mut found = numbered(text);
    found.extend(decrees(text));
    found.sort_by_key(|found| found.start);
    found
}

fn numbered(text: &str) -> Vec<Found> {
    let each = NUMBERED.captures_iter(text).filter_map(|captures| {
        let get = |index: usize| captures.get(index).map_or("", |group| group.as_str());
        let mark = captures.get(1)?;
        let name = without_lead(mark.as_str(), before(text, mark.start()));
        let (open, close) = (get(2), get(4));
        let marked = || {
            let mut marks = PATTERNS.citation.marks.iter();
            marks.any(|mark| name.ends_with(mark.as_str()))
        };
        let brackets = !open.is_empty() || !close.is_empty();
        // A street number can look so too: 大道20153号.
        if name.is_empty() || !(brackets || marked()) {
            return None;
        }
        let digits: String = get(5).chars().filter(char::is_ascii_digit).collect();
        let digits = digits.trim_start_matches('0');
        let start = mark.end() - name.len();
        let end = captures.get(0)?.end();
        (!digits.is_empty()).then(|| Found {
            number: format!("{name}〔{}〕{digits}号", get(3)),
            written: visible(text.get(start..end).unwrap_or_default()),
            start,
            end,
            whole: !open.is_empty() && !close.is_empty() && open != "?" && close != "?",
        })
    });
    each.collect()
}

fn decrees(text: &str) -> Vec<Found> {
    let each = DECREE.captures_iter(text).filter_map(|captures| {
        let mark = captures.get(1)?;
        let digits = captures.get(2).or_else(|| captures.get(3))?;
        let issuer = without_lead(mark.as_str(), before(text, mark.start()));
        if issuer.chars().count() < 2 && issuer != "国" {
            return None;
        }
        let name = format!("{issuer}令");
        let mut decrees = PATTERNS.citation.decree.iter();
        let known = decrees.find(|decree| decree.called.contains(&name));
        let name = known.map_or(name, |decree| decree.name.clone());
        let number: String = digits
            .as_str()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let start = mark.end() - issuer.len();
        let end = captures.get(0)?.end();
        Some(Found {
            number: format!("{name}第{number}号"),
            written: visible(text.get(start..end).unwrap_or_default()),
            start,
            end,
            whole: true,
        })
    });
    each.collect()
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// A document's mark without the words that lead to it: `根据国办发` is `国办发`.
fn without_lead(mark: &str, before: Option<char>) -> &str {
    let words = PATTERNS.citation.before.iter();
    let end = words
        .filter_map(|word| Some(mark.rfind(word.as_str())? + word.len()))
        .filter(|end| *end < mark.len())
        .max()
        .unwrap_or(0);
    let rest = mark.get(end..).unwrap_or(mark);
    // 和 may be part of a mark (和县), but not behind a title or another number.
    let joins = end > 0 || matches!(before, Some('》' | ')' | '〉' | '>' | '”' | '号'));
    if joins {
        rest.strip_prefix(['和', '及', '与', '、']).unwrap_or(rest)
    } else {
        rest
    }
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<String> {
        all(text).into_iter().map(|found| found.number).collect()
    }

    #[test]
    fn numbers_of_every_form() {
        for (text, expected) in [
            ("根据国办发〔2014〕12号文件要求", "国办发〔2014〕12号"),
            ("(国办公开办函〔2019〕60号)要求", "国办公开办函〔2019〕60号"),
            ("(国办公开办函﹝2021﹞30 号)", "国办公开办函〔2021〕30号"),
            ("桂政办函[2012]2号", "桂政办函〔2012〕2号"),
            ("桂政办函2012? 2号", "桂政办函〔2012〕2号"),
            ("国办公开办函〔202130号", "国办公开办函〔2021〕30号"),
            ("云教发(2014)第3号", "云教发〔2014〕3号"),
            ("条例(国务院令第711号)", "国务院令第711号"),
            ("中华人民共和国国务院令第492号", "国务院令第492号"),
            ("(国令第711号)", "国务院令第711号"),
            ("国务院第711号令", "国务院令第711号"),
            ("国务院令 第7 11号", "国务院令第711号"),
            ("《规定》(省政府令第245号)", "省政府令第245号"),
        ] {
            assert_eq!(numbers(text), [expected.to_owned()], "{text}");
        }
    }

    #[test]
    fn two_numbers_that_are_joined() {
        assert_eq!(
            numbers("按照国办发〔2014〕12号和国办函〔2015〕3号文件"),
            ["国办发〔2014〕12号", "国办函〔2015〕3号"]
        );
    }

    #[test]
    fn what_is_no_document() {
        for text in [
            "2012年2号",
            "〔2012〕2号",
            "人民大道20153号",
            "解放路188号",
            "第三号",
        ] {
            assert_eq!(numbers(text), Vec::<String>::new(), "{text}");
        }
    }
}
