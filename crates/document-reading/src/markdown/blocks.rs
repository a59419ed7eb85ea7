//! Lines to blocks.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{Attachment, Block, BlockContent, Document, Layer, Place, Style, Text};
use regex::Regex;

use super::inline::{self, Picture, References, Shown, label};
use super::tables;
use crate::Limits;
use crate::text::place;

/// Longest line, in bytes, that a line of dashes under it makes a heading.
const LONGEST_UNDERLINED: usize = 180;

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[ \t]*(#{1,6})(?:[ \t\u{3000}]+(.*?))?(?:[ \t]+#+)?[ \t]*$"));
static RULE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"));
static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^[ \t]*[-*+][ \t]+(\S.*)$"));
/// A heading inside a numbered item, as the only text or with more behind it.
static NUMBERED_HEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[ \t]*(\d{1,3}[.)])[ \t]+(#{1,6})[ \t]+(\S.*)$"));
/// Marks of headings that stand inside a line of items that were headings.
static INNER_HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"[ \t]#{1,6}[ \t]+"));
/// `- 3 -` numbers a page.
static PAGE_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[ \t]*[-*] *\d+ *[-*]?[ \t]*$"));
static QUOTE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^[ \t]*(?:>[ \t]?)+(.*)$"));
static DEFINITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r#"^[ \t]*\[([^\]^][^\]]{0,199})\]:[ \t]+<?([^\s>]+)>?(?:[ \t]+["'(].*)?[ \t]*$"#)
});
static FENCE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^[ \t]*(```+|~~~+)[^`~]*$"));
static HTML: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)^[ \t]*<(table|p|div|center|section|ul|ol|h[1-6])(?:\s[^<>]*)?>")
});

fn captured<'t>(pattern: &LazyLock<Option<Regex>>, line: &'t str) -> Option<regex::Captures<'t>> {
    pattern.as_ref().and_then(|regex| regex.captures(line))
}

fn is(pattern: &LazyLock<Option<Regex>>, line: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// Reads the lines from `start` on into a document.
pub(super) fn read(lines: &[&str], start: usize, limits: &Limits, document: &mut Document) {
    let mut references = References::new();
    for line in lines {
        if line.contains("]:")
            && let Some(found) = captured(&DEFINITION, line)
            && let (Some(name), Some(uri)) = (found.get(1), found.get(2))
        {
            references
                .entry(label(name.as_str()))
                .or_insert(uri.as_str());
        }
    }
    let mut reader = Reader {
        lines,
        limits,
        references,
        document,
        paragraph: Paragraph::default(),
        break_before: false,
        run: tables::Run::default(),
        fences: HashMap::new(),
    };
    let mut at = start;
    while at < lines.len() {
        at = reader.line(at);
    }
    reader.end_paragraph(None);
}

/// Lines that belong together: marks may run over their ends.
#[derive(Default)]
struct Paragraph<'a> {
    /// Index and text of each line.
    lines: Vec<(usize, &'a str)>,
    list_item: bool,
}

struct Reader<'a, 'd> {
    lines: &'a [&'a str],
    limits: &'a Limits,
    references: References<'a>,
    document: &'d mut Document,
    paragraph: Paragraph<'a>,
    break_before: bool,
    /// The lines with bars that were looked at last.
    run: tables::Run,
    /// The last line that is a fence of each sign.
    fences: HashMap<char, usize>,
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}')
}

impl<'a> Reader<'a, '_> {
    /// Takes the line at an index and those that go with it; gives the index of the next.
    fn line(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at).copied() else {
            return at + 1;
        };
        if is_blank(line) {
            self.end_paragraph(None);
            self.break_before = true;
            return at + 1;
        }
        if let Some(end) = self.fenced(at, line) {
            return end;
        }
        if self.paragraph.lines.len() == 1 && is_underline(line) {
            let (_, above) = self.paragraph.lines.first().copied().unwrap_or_default();
            if above.len() <= LONGEST_UNDERLINED && !self.paragraph.list_item {
                let level = if line.trim_start().starts_with('=') {
                    1
                } else {
                    2
                };
                self.end_paragraph(Some(level));
                return at + 1;
            }
        }
        if let Some(end) = tables::end(self.lines, at, &mut self.run) {
            self.table(at, end);
            return end;
        }
        if is(&RULE, line) {
            self.end_paragraph(None);
            self.break_before = true;
            return at + 1;
        }
        if let Some(end) = self.html(at, line) {
            return end;
        }
        self.text(at, line);
        at + 1
    }

    /// A line of text: heading, item, definition, or a line of a paragraph.
    fn text(&mut self, at: usize, line: &'a str) {
        let line = match captured(&QUOTE, line).and_then(|found| found.get(1)) {
            Some(quoted) if !is_blank(quoted.as_str()) => quoted.as_str(),
            _ => line,
        };
        if is(&DEFINITION, line) {
            self.end_paragraph(None);
            return;
        }
        if let Some(found) = captured(&HEADING, line) {
            self.end_paragraph(None);
            let level = found.get(1).map_or(1, |marks| marks.len());
            let title = found.get(2).map_or("", |title| title.as_str());
            if !title.is_empty() {
                self.paragraph.lines.push((at, title));
                self.end_paragraph(u8::try_from(level).ok());
            }
            return;
        }
        if self.numbered_heading(at, line) {
            return;
        }
        let item = captured(&ITEM, line)
            .filter(|_| !is(&PAGE_NUMBER, line))
            .and_then(|found| found.get(1));
        if let Some(item) = item {
            self.end_paragraph(None);
            let text = item.as_str();
            // An item may be a heading.
            if is(&HEADING, text) {
                self.text(at, text);
                return;
            }
            self.paragraph.list_item = true;
            self.paragraph.lines.push((at, text));
            return;
        }
        self.paragraph.lines.push((at, line));
    }

    /// `1. ### 概述`, and with the text run in: `1. ### 概述 全年… #### （一）…`.
    fn numbered_heading(&mut self, at: usize, line: &'a str) -> bool {
        let Some(found) = captured(&NUMBERED_HEADING, line) else {
            return false;
        };
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        self.end_paragraph(None);
        let inner = INNER_HEADING.as_ref();
        let parts: Vec<&str> =
            inner.map_or_else(|| vec![part(3)], |regex| regex.split(part(3)).collect());
        let level = u8::try_from(part(2).len()).ok();
        for (index, text) in parts.into_iter().enumerate() {
            let (title, behind) = title_and_text(text);
            let number = if index == 0 { part(1) } else { "" };
            let separator = if index == 0 { " " } else { "" };
            let level =
                level.filter(|_| title.len() <= LONGEST_UNDERLINED && !title.contains('。'));
            for shown in inline::shown(&format!("{number}{separator}{title}"), &self.references) {
                self.block(shown, &place(at..at + 1), level, false);
            }
            for shown in inline::shown(behind, &self.references) {
                self.block(shown, &place(at..at + 1), None, false);
            }
        }
        true
    }

    /// Writes the blocks of the paragraph, one a line.
    fn end_paragraph(&mut self, heading_level: Option<u8>) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.lines.is_empty() {
            return;
        }
        let mut source = String::new();
        let mut sources = Vec::with_capacity(paragraph.lines.len());
        for (at, line) in &paragraph.lines {
            if !sources.is_empty() {
                source.push('\n');
            }
            source.push_str(line);
            sources.push(*at);
        }
        let mut list_item = paragraph.list_item;
        for shown in inline::shown(&source, &self.references) {
            let Some(at) = sources.get(shown.line).copied() else {
                continue;
            };
            self.block(shown, &place(at..at + 1), heading_level, list_item);
            list_item = false;
        }
    }

    fn block(&mut self, shown: Shown, place: &Place, heading_level: Option<u8>, list_item: bool) {
        let blank = is_blank(&shown.text);
        if !blank {
            let characters = crate::html::visible(&shown.text).max(1);
            let style = Style {
                heading_level,
                bold_bytes: shown.bold_bytes,
                list_item,
                link_share: shown.linked as f32 / characters as f32,
                break_before: self.break_before && !self.document.blocks.is_empty(),
                ..Style::default()
            };
            self.break_before = false;
            self.document.blocks.push(Block {
                content: BlockContent::Paragraph(Text::read(shown.text)),
                place: place.clone(),
                layer: Layer::Body,
                style,
            });
        }
        for (text, uri) in shown.files {
            self.document.attachments.push(Attachment {
                text,
                uri,
                place: place.clone(),
            });
        }
        self.pictures(shown.pictures, place, blank);
    }

    /// Pictures that are content, by the words the reader of HTML goes by: alone on their line, or with a
    /// text of their own.
    fn pictures(&mut self, pictures: Vec<Picture>, place: &Place, alone: bool) {
        for picture in pictures {
            if !alone && crate::html::han(&picture.text) < 4 {
                continue;
            }
            self.document.blocks.push(Block {
                content: BlockContent::Picture {
                    text: Text::read(picture.text),
                    uri: picture.uri,
                },
                place: place.clone(),
                layer: Layer::Body,
                style: Style::default(),
            });
        }
    }

    fn table(&mut self, start: usize, end: usize) {
        self.end_paragraph(None);
        let (table, pictures) = tables::read(self.lines, start..end, &self.references);
        let place = place(start..end);
        self.document.blocks.push(Block {
            content: BlockContent::Table(table),
            place: place.clone(),
            layer: Layer::Body,
            style: Style::default(),
        });
        self.pictures(pictures, &place, false);
        self.break_before = false;
    }

    /// Lines between fences stand as they are; a fence without an end is a line of text.
    fn fenced(&mut self, at: usize, line: &str) -> Option<usize> {
        let sign = line
            .trim_start()
            .chars()
            .next()
            .filter(|c| matches!(c, '`' | '~'))?;
        captured(&FENCE, line)?;
        let lines = self.lines;
        let last = *self.fences.entry(sign).or_insert_with(|| {
            let closes = |line: &&str| line.trim_start().starts_with(sign) && is(&FENCE, line);
            lines.iter().rposition(closes).unwrap_or(0)
        });
        if last <= at {
            return None;
        }
        let behind = lines.iter().enumerate().skip(at + 1);
        let (end, _) = behind
            .into_iter()
            .find(|(_, line)| line.trim_start().starts_with(sign) && is(&FENCE, line))?;
        self.end_paragraph(None);
        for (at, line) in lines.iter().enumerate().take(end).skip(at + 1) {
            let shown = Shown {
                text: (*line).to_owned(),
                ..Shown::default()
            };
            self.break_before |= is_blank(line);
            self.block(shown, &place(at..at + 1), None, false);
        }
        Some(end + 1)
    }

    /// HTML inside Markdown, to the end of its table or to the next blank line, is read as HTML; its blocks
    /// stand on its lines.
    fn html(&mut self, at: usize, line: &str) -> Option<usize> {
        let found = captured(&HTML, line)?;
        let table = found
            .get(1)
            .is_some_and(|name| name.as_str().eq_ignore_ascii_case("table"));
        let mut depth = 0_i64;
        let mut end = at;
        for line in self.lines.get(at..).unwrap_or_default() {
            if !table && is_blank(line) {
                break;
            }
            end += 1;
            let lower = line.to_ascii_lowercase();
            let count = |tag: &str| i64::try_from(lower.matches(tag).count()).unwrap_or(i64::MAX);
            depth = depth
                .saturating_add(count("<table"))
                .saturating_sub(count("</table"));
            if table && depth <= 0 {
                break;
            }
        }
        self.end_paragraph(None);
        let source = self.lines.get(at..end).unwrap_or_default().join("\n");
        let place = place(at..end);
        let inside = crate::html::fragment(&source, self.limits);
        for mut block in inside.blocks {
            block.place = place.clone();
            if let BlockContent::Table(table) = &mut block.content {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| cell.place = None);
            }
            self.document.blocks.push(block);
        }
        for mut file in inside.attachments {
            file.place = place.clone();
            self.document.attachments.push(file);
        }
        for mut warning in inside.warnings {
            warning.place = warning.place.map(|_| place.clone());
            self.document.warnings.push(warning);
        }
        self.break_before = false;
        Some(end)
    }
}

/// A heading and the text that was run into its line: titles have no blanks and no marks of a sentence.
fn title_and_text(line: &str) -> (&str, &str) {
    let line = line.trim();
    match line.split_once(' ') {
        Some((title, text)) if text.len() > title.len() && !title.contains(['，', '；', ',']) => {
            (title, text.trim_start())
        }
        _ => (line, ""),
    }
}

/// A line under a heading.
fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}
