//! Text inside scripts: pages that a program fills in carry the report as a string of JSON.
//!
//! A scan for string literals, not a parse: it reads JSON, JavaScript and JSON inside a string
//! (two rounds) alike, in linear time.

use model::{Hint, HintKind};

use super::lexicon::LEXICON;

/// Chinese characters from which a string is worth reading.
const LEAST_HAN: usize = 60;

/// What a script holds.
#[derive(Default)]
pub(super) struct Content {
    /// Strings with running text, as HTML or plain, in order.
    pub(super) texts: Vec<String>,
    /// What keys such as `title` and `pubDate` say.
    pub(super) hints: Vec<Hint>,
}

/// Reads a script.
pub(super) fn content(script: &str) -> Content {
    let mut content = Content::default();
    collect(script, 2, &mut content);
    content
}

fn collect(script: &str, rounds: u32, content: &mut Content) {
    let mut key: Option<(String, usize)> = None;
    let mut position = 0;
    while let Some((start, quote)) = script
        .get(position..)
        .and_then(|rest| rest.find(['"', '\'', '`']).map(|at| position + at))
        .and_then(|at| Some((at + 1, script.as_bytes().get(at).copied()?)))
    {
        let Some(length) = literal_length(script.get(start..).unwrap_or_default(), quote) else {
            position = start;
            continue;
        };
        let raw = script.get(start..start + length).unwrap_or_default();
        let value = unescape(raw);
        // `"key": "value"`
        let named = key
            .take()
            .filter(|(_, end)| {
                script
                    .get(*end..start - 1)
                    .is_some_and(|between| between.trim() == ":")
            })
            .and_then(|(key, _)| LEXICON.json(&key));
        position = start + length + 1;
        let han = han(&value);
        if han >= LEAST_HAN && value.contains(['。', '，', '<']) {
            let inner = value.trim_start();
            if rounds > 1 && inner.starts_with(['{', '[']) {
                collect(&value, rounds - 1, content);
            } else {
                content.texts.push(value);
            }
        } else {
            if let Some(kind) = named.filter(|_| !value.trim().is_empty() && value.len() < 300) {
                // A date may be any string; a title or a source is Chinese.
                if han > 0 || kind == HintKind::Published {
                    content.hints.push(Hint {
                        kind,
                        text: value.trim().to_owned(),
                        place: None,
                    });
                }
            }
            key = (raw.len() < 40).then_some((value, position));
        }
    }
}

/// Length of a string literal's content; `None` where a line ends before it does.
fn literal_length(rest: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in rest.bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == quote {
            return Some(index);
        } else if byte == b'\n' && quote != b'`' {
            return None;
        }
    }
    None
}

/// Undoes the escapes of a JavaScript string.
fn unescape(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut text = String::with_capacity(raw.len());
    let mut high: Option<u32> = None;
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some(mark @ ('u' | 'x')) => {
                let digits: String = characters
                    .clone()
                    .take(if mark == 'u' { 4 } else { 2 })
                    .take_while(char::is_ascii_hexdigit)
                    .collect();
                for _ in 0..digits.len() {
                    characters.next();
                }
                let unit = u32::from_str_radix(&digits, 16).unwrap_or(0xFFFD);
                match (high.take(), unit) {
                    (_, 0xD800..=0xDBFF) => high = Some(unit),
                    (Some(high), 0xDC00..=0xDFFF) => text.extend(char::from_u32(
                        0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00),
                    )),
                    _ => text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// Number of Chinese characters.
pub(super) fn han(text: &str) -> usize {
    text.chars()
        .filter(|character| matches!(character, '\u{3400}'..='\u{9FFF}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_from_json_in_javascript() {
        let report = "全年收到申请十二件，均在期限内答复。".repeat(5);
        let script = format!(
            r#"var a = 'x'; // don't
            window.__INITIAL_STATE__ = {{"title":"年度报告","pubDate":"2013-01-18","content":"<p>{report}<\/p>\u4e00"}};"#
        );
        let content = content(&script);
        assert_eq!(content.texts, [format!("<p>{report}</p>一")]);
        let hints: Vec<_> = content.hints.iter().map(|hint| (hint.kind, hint.text.as_str())).collect();
        assert_eq!(
            hints,
            [
                (HintKind::Title, "年度报告"),
                (HintKind::Published, "2013-01-18")
            ]
        );
    }
}
