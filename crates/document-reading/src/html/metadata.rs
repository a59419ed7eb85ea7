//! Pairs of label and value in which a page says what it is: tables (索引号, 发布机构, 发文日期, 文号),
//! lines (`发布时间：2013-01-18　来源：某局`), and labels and values in blocks of their own.

use std::sync::LazyLock;

use model::{Block, BlockContent, FurnitureReason, Hint, HintKind, Layer};
use regex::Regex;

use super::dom::Dom;
use super::lexicon::{LEXICON, Label};
use super::measure::visible;

/// A table or line of metadata has at most so many characters.
const MOST_TABLE_CHARACTERS: u32 = 800;
const MOST_LINE_CHARACTERS: u32 = 160;

/// A day, perhaps with a time, at the start of a publication line.
static LEADING_DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[\s\[【(（]*((?:19|20)[0-9]{2}\s*[-年/.]\s*[0-9]{1,2}\s*[-月/.]\s*[0-9]{1,2}\s*日?(?:\s*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?)")
        .ok()
});

/// The label that a text is, spaces, brackets and colon left aside.
pub(super) fn label(text: &str) -> Option<Label> {
    let squeezed: String = text
        .chars()
        .filter(|character| {
            !character.is_whitespace()
                && !matches!(
                    character,
                    '：' | ':' | '【' | '】' | '[' | ']' | '［' | '］' | '*' | '\u{200B}'
                )
        })
        .take(LEXICON.longest_label + 1)
        .collect();
    LEXICON.label(&squeezed)
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) label: Label,
    /// The label as written, without its colon.
    name: String,
    pub(super) value: String,
}

/// The pairs that make up a line; empty where the line holds anything else.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    if visible(text) > MOST_LINE_CHARACTERS || text.contains('。') {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let mut rest = text;
    if let Some(date) = LEADING_DATE.as_ref().and_then(|regex| regex.captures(text))
        && let (Some(whole), Some(day)) = (date.get(0), date.get(1))
    {
        pairs.push(Pair {
            label: Label {
                kind: HintKind::Published,
                strong: false,
            },
            name: String::new(),
            value: day.as_str().to_owned(),
        });
        rest = text.get(whole.end()..).unwrap_or_default();
    }
    let labels = labels(rest);
    let before = labels
        .first()
        .map_or(rest, |(start, ..)| rest.get(..*start).unwrap_or_default());
    if !is_separator(before) {
        return Vec::new();
    }
    for (index, (start, end, label)) in labels.iter().enumerate() {
        let until = labels
            .get(index + 1)
            .map_or(rest.len(), |(start, ..)| *start);
        let value = rest.get(*end..until).unwrap_or_default();
        pairs.push(Pair {
            label: *label,
            name: bare(rest.get(*start..*end).unwrap_or_default()).to_owned(),
            value: trimmed(value).to_owned(),
        });
    }
    pairs
}

fn is_separator(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || "[]【】［］()（）|｜·-—/".contains(character))
}

/// A value without the brackets and bars around it.
fn trimmed(value: &str) -> &str {
    value.trim_matches(|character: char| {
        character.is_whitespace() || "[]【】［］|｜；;".contains(character)
    })
}

/// Start, end behind the colon, and meaning of each label in a line.
fn labels(text: &str) -> Vec<(usize, usize, Label)> {
    let mut found: Vec<(usize, usize, Label)> = Vec::new();
    for (colon, mark) in text.match_indices(['：', ':']) {
        let from = found.last().map_or(0, |(_, end, _)| *end);
        let before = text.get(from..colon).unwrap_or_default();
        // The longest label that ends here; spaces may stand inside it (`索 引 号`).
        let starts: Vec<usize> = before
            .char_indices()
            .rev()
            .take(LEXICON.longest_label * 3)
            .map(|(offset, _)| offset)
            .collect();
        let hit = starts.iter().rev().find_map(|offset| {
            let candidate = before.get(*offset..)?;
            let bounded = before
                .get(..*offset)
                .and_then(|text| text.chars().next_back())
                .is_none_or(|character| !is_label_character(character));
            (bounded && !candidate.starts_with(char::is_whitespace))
                .then(|| label(candidate))
                .flatten()
                .map(|label| (from + offset, colon + mark.len(), label))
        });
        found.extend(hit);
    }
    found
}

fn is_label_character(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// Whether a line of pairs is metadata: one pair that by itself tells, and values that fit.
pub(super) fn is_metadata(pairs: &[Pair]) -> bool {
    pairs
        .iter()
        .any(|pair| pair.label.strong || pairs.len() > 1)
        && may_be_metadata(pairs)
}

/// Whether a line of pairs may be metadata beside others: the values fit.
pub(super) fn may_be_metadata(pairs: &[Pair]) -> bool {
    !pairs.is_empty()
        && pairs.iter().all(|pair| match pair.label.kind {
            HintKind::Published => {
                pair.value.is_empty()
                    || pair.value.chars().filter(char::is_ascii_digit).count() >= 4
            }
            HintKind::Publisher | HintKind::IndexNumber | HintKind::DocumentNumber => {
                visible(&pair.value) <= 40
            }
            _ => visible(&pair.value) <= 80,
        })
}

/// Whether a line behind the text says who made the page (`责任编辑：某人`). A date there may be
/// that of the report's signature and stays.
pub(super) fn is_credit(pairs: &[Pair]) -> bool {
    (pairs.len() == 1 || is_metadata(pairs))
        && pairs.iter().all(|pair| {
            pair.label.kind != HintKind::Published && (1..=20).contains(&visible(&pair.value))
        })
}

/// Whether a table is one of metadata: short, and its cells are labels with values.
pub(super) fn is_metadata_table(dom: &Dom, table: usize, characters: u32, cells: u32) -> bool {
    if characters == 0 || characters > MOST_TABLE_CHARACTERS || cells > 80 {
        return false;
    }
    let (mut filled, mut labels, mut pairs_found, mut strong) = (0, 0, 0, 0);
    for cell in dom.inside(table) {
        match dom.name(cell) {
            "table" if dom.inside(cell).any(|node| dom.name(node) == "td") => return false,
            "td" | "th" => {
                let text = dom.text_of(cell);
                if visible(&text) == 0 {
                    continue;
                }
                filled += 1;
                if let Some(label) = label(&text) {
                    labels += 1;
                    strong += u32::from(label.strong);
                } else {
                    let pairs = pairs(&text);
                    pairs_found += u32::from(!pairs.is_empty());
                    strong += u32::from(pairs.iter().any(|pair| pair.label.strong));
                }
            }
            _ => {}
        }
    }
    // Each label goes with at most one value.
    strong >= 2 && labels + pairs_found >= 2 && labels * 2 + pairs_found * 2 + 2 >= filled
}

/// A label without its colon and the brackets around it.
fn bare(label: &str) -> &str {
    trimmed(label.trim().trim_end_matches(['：', ':']))
}

/// The hints that blocks of metadata hold: a label and the block behind it, or pairs in one.
pub(super) fn hints(blocks: &[Block]) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut waiting: Option<(Label, String)> = None;
    for block in blocks {
        let text = match &block.content {
            BlockContent::Paragraph(text)
                if block.layer == Layer::Furniture(FurnitureReason::Metadata) =>
            {
                text.value()
            }
            _ => {
                waiting = None;
                continue;
            }
        };
        let mut add = |label: Label, name: &str, value: &str| {
            let value = trimmed(value);
            if value.is_empty() {
                return;
            }
            hints.push(Hint {
                kind: label.kind,
                // What other labels say means nothing without the label.
                text: match label.kind {
                    HintKind::Other => format!("{name}：{value}"),
                    _ => value.to_owned(),
                },
                place: Some(block.place.clone()),
            });
        };
        if let Some(label) = label(text) {
            waiting = Some((label, bare(text).to_owned()));
            continue;
        }
        let pairs = pairs(text);
        if let Some((label, name)) = waiting.take()
            && pairs.is_empty()
        {
            add(label, &name, text);
        }
        for pair in pairs {
            if pair.value.is_empty() {
                waiting = Some((pair.label, pair.name));
            } else {
                add(pair.label, &pair.name, &pair.value);
            }
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(HintKind, String)> {
        pairs(text)
            .into_iter()
            .map(|pair| (pair.label.kind, pair.value))
            .collect()
    }

    #[test]
    fn publication_lines_are_pairs() {
        assert_eq!(
            said("发布时间：2013-01-18 10:20　来 源：市建设局　浏览次数：12 次"),
            [
                (HintKind::Published, "2013-01-18 10:20".to_owned()),
                (HintKind::Publisher, "市建设局".to_owned()),
                (HintKind::Other, "12 次".to_owned()),
            ]
        );
        assert_eq!(
            said("2013年1月18日 来源：市建设局"),
            [
                (HintKind::Published, "2013年1月18日".to_owned()),
                (HintKind::Publisher, "市建设局".to_owned()),
            ]
        );
        assert_eq!(said("联系电话：0900-0000000"), []);
        assert_eq!(said("我局信息来源：网站"), []);
    }
}
