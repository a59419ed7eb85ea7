//! Text inside scripts: pages that a program fills in carry the report as a string of JSON.
//!
//! A scan for string literals, not a parse: it reads JSON, JavaScript and JSON inside a string
//! (two rounds) alike, in linear time.

use model::{Hint, HintKind};

use super::lexicon::LEXICON;

/// How often a script may be looked through for the ends of literals that have none: what needs more
/// is made to need it.
const MOST_IN_VAIN: usize = 16;

/// Chinese characters from which a text inside the page may be the report.
pub(super) const LEAST_HAN: usize = 60;

/// What a script holds.
#[derive(Default)]
pub(super) struct Content {
    /// Strings with running text, as HTML or plain, in order.
    pub(super) texts: Vec<String>,
    /// What keys such as `title` and `pubDate` say.
    pub(super) hints: Vec<Hint>,
}

/// The days of publication that a script of a page states. A page lists others beside itself, so
/// that more than one day is none.
pub(super) fn day(script: &str) -> Option<String> {
    let mut days = content(script)
        .hints
        .into_iter()
        .filter(|hint| hint.kind == HintKind::Published)
        .map(|hint| hint.text);
    let first = days.next()?;
    let same = |other: String| other.get(..10) == first.get(..10);
    days.all(same).then_some(first)
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
    // Bytes looked at for the ends of literals that have none: quotes of comments and expressions.
    let mut in_vain = 0;
    while let Some((start, quote)) = script
        .get(position..)
        .and_then(|rest| rest.find(['"', '\'', '`']).map(|at| position + at))
        .and_then(|at| Some((at + 1, script.as_bytes().get(at).copied()?)))
    {
        let rest = script.get(start..).unwrap_or_default();
        let Some(length) = literal_length(rest, quote) else {
            in_vain += match quote {
                b'`' => rest.len(),
                _ => rest.find('\n').unwrap_or(rest.len()),
            };
            if in_vain > script.len() * MOST_IN_VAIN {
                return;
            }
            position = start;
            continue;
        };
        let raw = script.get(start..start + length).unwrap_or_default();
        let value = unescape(raw);
        let between = |end: usize| script.get(end..start - 1).unwrap_or_default();
        let last = key.take();
        if let Some((key, end)) = &last
            && let Some(milliseconds) = number_behind(between(*end))
            && LEXICON.json(key) == Some(HintKind::Published)
        {
            content.published(milliseconds);
        }
        // `"key": "value"`, `key: "value"`
        let named = last
            .filter(|(_, end)| between(*end).trim() == ":")
            .map(|(key, _)| key)
            .or_else(|| bare_key(between(position)).map(str::to_owned))
            .and_then(|key| LEXICON.json(&key));
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
                    let stamp = (kind == HintKind::Published)
                        .then(|| timestamp(value.trim()))
                        .flatten();
                    content.hints.push(Hint {
                        kind,
                        text: stamp.unwrap_or_else(|| value.trim().to_owned()),
                        place: None,
                    });
                }
            }
            key = (raw.len() < 40).then_some((value, position));
        }
    }
}

impl Content {
    /// A day as JavaScript counts: milliseconds since 1970.
    fn published(&mut self, milliseconds: i64) {
        let (year, month, day) = civil(milliseconds.div_euclid(1000) + BEIJING);
        if (2000..2100).contains(&year) {
            self.hints.push(Hint {
                kind: HintKind::Published,
                text: format!("{year}-{month:02}-{day:02}"),
                place: None,
            });
        }
    }
}

/// Seconds by which the clocks of the sites are ahead of universal time.
const BEIJING: i64 = 8 * 3600;

/// `2021-01-30T16:00:00.000Z`, universal time, as the day in China.
fn timestamp(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T')?;
    let part = |text: &str, range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let (year, month, of_month) = (part(day, 0..4)?, part(day, 5..7)?, part(day, 8..10)?);
    if day.len() != 10 || !(1..=12).contains(&month) || !(1..=31).contains(&of_month) {
        return None;
    }
    let hour = part(time, 0..2).filter(|hour| (0..24).contains(hour))?;
    let ahead = if time.ends_with('Z') { BEIJING } else { 0 };
    let seconds = days(year, month, of_month) * 86_400 + hour * 3600 + ahead;
    let (year, month, day) = civil(seconds);
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Days from 1970 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
        - 719_468
}

/// Year, month and day of a number of seconds since 1970.
fn civil(seconds: i64) -> (i64, i64, i64) {
    let day = seconds.div_euclid(86_400);
    let mut year = 1970 + day.div_euclid(366);
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days(year, month + 1, 1) <= day {
        month += 1;
    }
    (year, month, day - days(year, month, 1) + 1)
}

/// The number behind a key, where it counts milliseconds of this century: `: 1612345678000,`.
fn number_behind(text: &str) -> Option<i64> {
    let rest = text.trim_start().strip_prefix(':')?.trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let digits = rest.get(..end).filter(|digits| digits.len() == 13)?;
    digits.parse().ok()
}

/// The name right before a value: `publishTime:` in an object, `pubDate =` in a statement.
fn bare_key(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let text = text.strip_suffix([':', '='])?.trim_end();
    let start = text
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .map_or(0, |at| at + 1);
    text.get(start..).filter(|name| !name.is_empty())
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

/// Whether a text is one of HTML.
pub(super) fn has_tags(text: &str) -> bool {
    text.contains("</") || text.contains("<br") || text.contains("<p")
}

/// Number of Chinese characters.
pub(crate) fn han(text: &str) -> usize {
    text.chars()
        .filter(|character| matches!(character, '\u{3400}'..='\u{9FFF}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_china() {
        assert_eq!(
            timestamp("2021-01-30T16:00:00.000Z").as_deref(),
            Some("2021-01-31")
        );
        assert_eq!(
            timestamp("2020-02-28T20:00:00Z").as_deref(),
            Some("2020-02-29")
        );
        assert_eq!(
            timestamp("2021-12-31T09:30:00").as_deref(),
            Some("2021-12-31")
        );
        assert_eq!(timestamp("2021-1-3T"), None);
        assert_eq!(
            day(r#"x={"id":7,"publishTime":1580486400000,"views":3,"b":""}"#).as_deref(),
            Some("2020-02-01")
        );
        assert_eq!(
            day(r#"var a={pubDate: "2013-01-18 10:00"}"#).as_deref(),
            Some("2013-01-18 10:00")
        );
        assert_eq!(
            day(r#"a=[{"pubDate":"2013-01-18"},{"pubDate":"2013-01-19"}]"#),
            None
        );
    }

    #[test]
    fn quotes_that_never_close_end_the_search() {
        let script = "\"".to_owned() + &"\\\"".repeat(200_000);
        assert!(content(&script).texts.is_empty());
    }

    #[test]
    fn strings_are_read_from_json_in_javascript() {
        let report = "全年收到申请十二件，均在期限内答复。".repeat(5);
        let script = format!(
            r#"var a = 'x'; // don't
            window.__INITIAL_STATE__ = {{"title":"年度报告","pubDate":"2013-01-18","content":"<p>{report}<\/p>\u4e00"}};"#
        );
        let content = content(&script);
        assert_eq!(content.texts, [format!("<p>{report}</p>一")]);
        let hints: Vec<_> = content
            .hints
            .iter()
            .map(|hint| (hint.kind, hint.text.as_str()))
            .collect();
        assert_eq!(
            hints,
            [
                (HintKind::Title, "年度报告"),
                (HintKind::Published, "2013-01-18")
            ]
        );
    }
}
