//! The marks inside a paragraph: emphasis, links, pictures, escapes, entities, stray tags.
//!
//! Marks that do not pair are text. One pass finds what brackets pair, one turns the text into tokens, one
//! pairs the emphasis, one writes the lines.

use std::collections::{BTreeMap, HashMap};

use super::super::html::visible;

/// Longest address or tag that is looked for, in characters.
const LONGEST_ADDRESS: usize = 2_000;

/// Addresses by their labels, as definitions (`[1]: /a.html`) give them.
pub(super) type References<'a> = HashMap<String, &'a str>;

/// A label as labels are compared.
pub(super) fn label(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A line without its marks.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shown {
    /// Line of the paragraph on which it stands, from 0.
    pub(super) line: usize,
    pub(super) text: String,
    /// Bytes at its start that are bold.
    pub(super) bold_bytes: usize,
    /// Visible characters in links.
    pub(super) linked: u32,
    /// Links to files: text and address.
    pub(super) files: Vec<(String, String)>,
    pub(super) pictures: Vec<Picture>,
}

/// A picture: alternative text and address.
#[derive(Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) text: String,
    pub(super) uri: Option<String>,
}

#[derive(Debug)]
enum Token {
    Text(char),
    /// The line ends: in the source too, or by a tag alone.
    Line {
        in_source: bool,
    },
    /// Marks of emphasis: so many of one sign, and whether they may open or close.
    Marks {
        sign: char,
        count: usize,
        opens: bool,
        closes: bool,
    },
    Bold(bool),
    LinkOpens,
    LinkCloses(String),
    Picture(Picture),
}

/// The lines of a paragraph without marks; a tag may break one into several.
pub(super) fn shown(source: &str, references: &References<'_>) -> Vec<Shown> {
    let chars: Vec<char> = source.chars().collect();
    let tokens = Lexer::new(&chars, references).tokens();
    write(&tokens, &paired(&tokens))
}

struct Lexer<'a> {
    chars: &'a [char],
    references: &'a References<'a>,
    /// Closing bracket of each opening one.
    pairs: BTreeMap<usize, usize>,
    /// Closing brackets of links: what is behind the address, and the address.
    links: BTreeMap<usize, (usize, String)>,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn new(chars: &'a [char], references: &'a References<'a>) -> Self {
        let mut pairs = BTreeMap::new();
        let mut open = Vec::new();
        let mut escaped = false;
        for (at, c) in chars.iter().enumerate() {
            match c {
                '[' if !escaped => open.push(at),
                ']' if !escaped => {
                    if let Some(start) = open.pop() {
                        pairs.insert(start, at);
                    }
                }
                _ => {}
            }
            escaped = *c == '\\' && !escaped;
        }
        Self {
            chars,
            references,
            pairs,
            links: BTreeMap::new(),
            tokens: Vec::with_capacity(chars.len()),
        }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    fn tokens(mut self) -> Vec<Token> {
        let mut at = 0;
        while let Some(c) = self.at(at) {
            at = match c {
                '\\' => self.escape(at),
                '!' if self.at(at + 1) == Some('[') => self.picture(at),
                '[' => self.link(at),
                ']' => self.link_end(at),
                '<' => self.tag(at),
                '&' => self.entity(at),
                '*' | '_' => self.marks(at, c),
                '`' => self.code(at),
                '\n' => {
                    self.tokens.push(Token::Line { in_source: true });
                    at + 1
                }
                _ => self.text(at, at + 1),
            };
        }
        self.tokens
    }

    fn text(&mut self, start: usize, end: usize) -> usize {
        let chars = self.chars.get(start..end).unwrap_or_default();
        self.tokens.extend(chars.iter().map(|c| match c {
            '\n' => Token::Line { in_source: true },
            c => Token::Text(*c),
        }));
        end
    }

    fn escape(&mut self, at: usize) -> usize {
        match self.at(at + 1) {
            Some(next) if next.is_ascii_punctuation() => self.text(at + 1, at + 2),
            // A line end that is to stay.
            Some('\n') | None => at + 1,
            _ => self.text(at, at + 1),
        }
    }

    fn marks(&mut self, at: usize, sign: char) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        let count = rest.iter().take_while(|c| **c == sign).count();
        let before = at.checked_sub(1).and_then(|at| self.at(at));
        let after = self.at(at + count);
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (opens, closes) = match (sign, count) {
            // Converters leave the blanks that stood inside a bold element.
            ('*', 2 | 3) => (after.is_some_and(|c| c != '\n'), before.is_some()),
            ('*', _) => (!blank(after) && !word(before), !blank(before)),
            _ => (
                !blank(after) && !letter(before),
                !blank(before) && !letter(after),
            ),
        };
        self.tokens.push(Token::Marks {
            sign,
            count,
            opens,
            closes,
        });
        at + count
    }

    /// Code stands as it is: between as many back quotes as open it, on the same line.
    fn code(&mut self, at: usize) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        let count = rest.iter().take_while(|c| **c == '`').count();
        let inside = at + count;
        let mut run = 0;
        for (index, c) in self
            .chars
            .iter()
            .enumerate()
            .skip(inside)
            .take(LONGEST_ADDRESS)
        {
            if *c == '`' {
                run += 1;
                continue;
            }
            if run == count {
                self.text(inside, index - count);
                return index;
            }
            if *c == '\n' {
                break;
            }
            run = 0;
        }
        let whole = inside < self.chars.len()
            && run == count
            && self.chars.len() - inside <= LONGEST_ADDRESS;
        if whole {
            self.text(inside, self.chars.len() - count);
            return self.chars.len();
        }
        self.text(at, inside)
    }

    /// What a bracket leads to: the index behind the address, and the address.
    fn target(&self, open: usize) -> Option<(usize, String)> {
        let close = *self.pairs.get(&open)?;
        match self.at(close + 1) {
            Some('(') => self.address(close + 2),
            Some('[') if !self.references.is_empty() => {
                let end = *self.pairs.get(&(close + 1))?;
                let named = match end - close {
                    2 => self.short(open + 1, close)?,
                    _ => self.short(close + 2, end)?,
                };
                let uri = self.references.get(&label(&named))?;
                Some((end + 1, (*uri).to_owned()))
            }
            _ if !self.references.is_empty() => {
                let named = self.short(open + 1, close)?;
                let uri = self.references.get(&label(&named))?;
                Some((close + 1, (*uri).to_owned()))
            }
            _ => None,
        }
    }

    /// A text that is short enough for a label.
    fn short(&self, start: usize, end: usize) -> Option<String> {
        (end.saturating_sub(start) <= 200).then(|| self.slice(start, end))
    }

    /// `/a.html "title")`: an address, perhaps a title, and the bracket that ends them.
    fn address(&self, start: usize) -> Option<(usize, String)> {
        let limit = start + LONGEST_ADDRESS;
        let blanks = |mut at: usize| {
            while self.at(at).is_some_and(char::is_whitespace) && at < limit {
                at += 1;
            }
            at
        };
        let mut at = blanks(start);
        let from = at;
        let uri = if self.at(at) == Some('<') {
            while self.at(at).is_some_and(|c| c != '>' && c != '\n') && at < limit {
                at += 1;
            }
            at += 1;
            self.slice(from + 1, at.saturating_sub(1))
        } else {
            let mut depth = 0_usize;
            while let Some(c) = self.at(at).filter(|c| !c.is_whitespace() && at < limit) {
                match c {
                    '\\' => at += 1,
                    '(' => depth += 1,
                    ')' if depth == 0 => break,
                    ')' => depth -= 1,
                    _ => {}
                }
                at += 1;
            }
            self.slice(from, at)
        };
        // `[注](略)` is no link.
        if !uri.is_empty() && !uri.contains(['/', '.', ':', '#', '?']) {
            return None;
        }
        at = blanks(at);
        if let Some(quote) = self.at(at).filter(|c| matches!(c, '"' | '\'')) {
            at += 1;
            while self.at(at).is_some_and(|c| c != quote) && at < limit {
                at += 1;
            }
            at = blanks(at + 1);
        }
        (self.at(at) == Some(')')).then_some((at + 1, uri))
    }

    fn picture(&mut self, at: usize) -> usize {
        let Some((end, uri)) = self.target(at + 1) else {
            return self.text(at, at + 1);
        };
        let close = self.pairs.get(&(at + 1)).copied().unwrap_or(at + 2);
        let uri = Some(uri).filter(|uri| !uri.is_empty() && !uri.starts_with("data:"));
        let text = self.slice(at + 2, close).trim().to_owned();
        self.tokens.push(Token::Picture(Picture { text, uri }));
        end
    }

    fn link(&mut self, at: usize) -> usize {
        let Some((target, close)) = self.target(at).zip(self.pairs.get(&at)) else {
            return self.text(at, at + 1);
        };
        self.links.insert(*close, target);
        self.tokens.push(Token::LinkOpens);
        at + 1
    }

    fn link_end(&mut self, at: usize) -> usize {
        let Some((end, uri)) = self.links.remove(&at) else {
            return self.text(at, at + 1);
        };
        self.tokens.push(Token::LinkCloses(uri));
        end
    }

    /// The index of `>` on the same line.
    fn tag_end(&self, at: usize) -> Option<usize> {
        let rest = self
            .chars
            .iter()
            .enumerate()
            .skip(at + 1)
            .take(LONGEST_ADDRESS);
        let end = rest
            .take_while(|(_, c)| !matches!(c, '<' | '\n'))
            .find(|(_, c)| **c == '>');
        end.map(|(index, _)| index)
    }

    fn tag(&mut self, at: usize) -> usize {
        let Some(end) = self.tag_end(at) else {
            return self.text(at, at + 1);
        };
        let inside = self.slice(at + 1, end);
        let address = ["http://", "https://", "ftp://", "mailto:"]
            .iter()
            .any(|scheme| inside.starts_with(scheme));
        let mail = inside.contains('@') && !inside.contains(char::is_whitespace);
        if address || mail {
            self.tokens.push(Token::LinkOpens);
            self.text(at + 1, end);
            self.tokens.push(Token::LinkCloses(inside));
            return end + 1;
        }
        let closing = inside.starts_with('/');
        let name = inside.trim_start_matches('/');
        let length = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name.get(..length).unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "br" | "p" | "div" | "li" | "tr" | "hr" => {
                self.tokens.push(Token::Line { in_source: false });
            }
            "b" | "strong" => self.tokens.push(Token::Bold(!closing)),
            "span" | "font" | "a" | "i" | "em" | "u" | "s" | "del" | "sub" | "sup" | "center"
            | "ul" | "ol" | "small" | "big" | "table" | "tbody" | "thead" | "td" | "th" | "img"
            | "o" | "blockquote" => {}
            _ if inside.starts_with("!--") && inside.ends_with("--") => {}
            _ => return self.text(at, at + 1),
        }
        end + 1
    }

    fn entity(&mut self, at: usize) -> usize {
        let rest = self.chars.iter().skip(at + 1).take(33);
        let name: String = rest
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '#')
            .collect();
        let end = at + 1 + name.len();
        if name.is_empty() || self.at(end) != Some(';') {
            return self.text(at, at + 1);
        }
        let Some(decoded) = super::super::html::entity(&name) else {
            return self.text(at, at + 1);
        };
        self.tokens.extend(decoded.chars().map(Token::Text));
        end + 1
    }
}

/// What marks of emphasis are: text, or marks that open or close bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Text,
    /// Marks that pair; those of bold change how many are open by so much.
    Pairs(i32),
}

/// Marks that may still close.
struct Open {
    token: usize,
    sign: char,
}

/// Decides for each token what its marks are.
fn paired(tokens: &[Token]) -> Vec<Mark> {
    let mut marks = vec![Mark::Text; tokens.len()];
    let mut strong: Vec<Open> = Vec::new();
    let mut weak: Vec<Open> = Vec::new();
    let set = |marks: &mut Vec<Mark>, at: usize, mark: Mark| {
        if let Some(slot) = marks.get_mut(at) {
            *slot = mark;
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        let Token::Marks {
            sign,
            count,
            opens,
            closes,
        } = token
        else {
            continue;
        };
        let bold = match count {
            1 => false,
            2 | 3 => true,
            // The end of one bold text and the beginning of the next.
            4 if strong.last().is_some_and(|open| open.sign == *sign) => {
                set(&mut marks, at, Mark::Pairs(0));
                continue;
            }
            _ => continue,
        };
        let stack = if bold { &mut strong } else { &mut weak };
        let same = stack
            .iter()
            .rev()
            .take(4)
            .position(|open| open.sign == *sign);
        let known = same.and_then(|back| stack.len().checked_sub(back + 1));
        let start = known
            .and_then(|index| stack.get(index))
            .map(|open| open.token);
        match (known, start) {
            (Some(index), Some(start)) if *closes && start + 1 < at => {
                stack.truncate(index);
                if hides(tokens, start, at) {
                    continue;
                }
                let change = i32::from(bold);
                set(&mut marks, start, Mark::Pairs(change));
                set(&mut marks, at, Mark::Pairs(-change));
            }
            _ if *opens => stack.push(Open {
                token: at,
                sign: *sign,
            }),
            _ => {}
        }
    }
    marks
}

/// Whether one character between marks and in the middle of a word has its neighbours hidden by them
/// (`**市**局`) and is not set by them.
fn hides(tokens: &[Token], start: usize, end: usize) -> bool {
    let text = |at: Option<usize>| matches!(at.and_then(|at| tokens.get(at)), Some(Token::Text(c)) if c.is_alphanumeric());
    end - start == 2 && (text(start.checked_sub(1)) || text(Some(end + 1)))
}

/// Writes the lines.
fn write(tokens: &[Token], marks: &[Mark]) -> Vec<Shown> {
    let mut lines = vec![Writer::default()];
    let mut bold = 0_i32;
    let mut links = 0_u32;
    let mut link_text = String::new();
    for (token, mark) in tokens.iter().zip(marks) {
        let Some(line) = lines.last_mut() else { break };
        match (token, mark) {
            (Token::Text(c), _) => {
                line.push(*c, bold > 0, links > 0);
                if links > 0 {
                    link_text.push(*c);
                }
            }
            (Token::Line { in_source }, _) => {
                let at = line.shown.line + usize::from(*in_source);
                let mut next = Writer::default();
                next.shown.line = at;
                lines.push(next);
            }
            (Token::Marks { sign, count, .. }, Mark::Text) => {
                for _ in 0..*count {
                    line.push(*sign, bold > 0, links > 0);
                }
            }
            (Token::Marks { .. }, Mark::Pairs(change)) => bold += change,
            (Token::Bold(opens), _) => bold = (bold + if *opens { 1 } else { -1 }).max(0),
            (Token::LinkOpens, _) => {
                if links == 0 {
                    link_text.clear();
                }
                links += 1;
            }
            (Token::LinkCloses(uri), _) => {
                links = links.saturating_sub(1);
                let text = link_text.trim();
                if super::super::html::is_attachment(uri) || super::super::html::is_attachment(text)
                {
                    line.shown.files.push((text.to_owned(), uri.clone()));
                }
            }
            (Token::Picture(picture), _) => line.shown.pictures.push(Picture {
                text: picture.text.clone(),
                uri: picture.uri.clone(),
            }),
        }
    }
    lines.into_iter().map(Writer::done).collect()
}

#[derive(Default)]
struct Writer {
    shown: Shown,
}

impl Writer {
    fn push(&mut self, c: char, bold: bool, linked: bool) {
        let c = if c == '\t' { ' ' } else { c };
        let text = &mut self.shown.text;
        if text.is_empty() && c == ' ' {
            return;
        }
        let all_bold = self.shown.bold_bytes == text.len();
        text.push(c);
        if all_bold && (bold || c.is_whitespace()) {
            self.shown.bold_bytes = text.len();
        }
        self.shown.linked += u32::from(linked && !c.is_whitespace());
    }

    /// The line without blanks at its end; an indent alone is not bold.
    fn done(self) -> Shown {
        let mut shown = self.shown;
        shown.text.truncate(shown.text.trim_end_matches(' ').len());
        let whole = shown.bold_bytes >= shown.text.trim_end().len();
        let bold = shown
            .text
            .get(..shown.bold_bytes.min(shown.text.len()))
            .unwrap_or_default();
        shown.bold_bytes = if visible(bold) == 0 {
            0
        } else if whole {
            shown.text.len()
        } else {
            bold.trim_end().len()
        };
        shown
    }
}

#[cfg(test)]
mod tests;
