//! Character references (`&nbsp;`, `&#x4E00;`) as the HTML standard reads them.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference stands: in an attribute one without its semicolon may be part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Text,
    Attribute,
}

/// What a source says: references decoded, line ends `\n`, U+0000 replaced. `within` is `None` where
/// references mean nothing.
pub(super) fn decoded(source: &str, within: Option<Within>) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr::memchr3(b'&', b'\r', b'\0', rest.as_bytes()) {
        text.push_str(rest.get(..at).unwrap_or_default());
        let marked = rest.as_bytes().get(at).copied();
        rest = rest.get(at + 1..).unwrap_or_default();
        match marked {
            Some(b'&') => {
                let found = within.and_then(|within| reference(rest, within));
                if let Some((first, second, length)) = found {
                    text.push(first);
                    text.extend(second);
                    rest = rest.get(length..).unwrap_or_default();
                } else {
                    text.push('&');
                }
            }
            Some(b'\r') => {
                text.push('\n');
                rest = rest.strip_prefix('\n').unwrap_or(rest);
            }
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text.push_str(rest);
    text
}

/// The one or two characters of the reference whose `&` stands before `rest`, and its length.
fn reference(rest: &str, within: Within) -> Option<(char, Option<char>, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        let (character, length) = numeric(number)?;
        return Some((character, None, length + 1));
    }
    let (characters, length) = named(rest)?;
    let next = rest.as_bytes().get(length).copied();
    let open = !rest.get(..length)?.ends_with(';');
    if within == Within::Attribute
        && open
        && next.is_some_and(|next| next == b'=' || next.is_ascii_alphanumeric())
    {
        return None;
    }
    let first = char::from_u32(characters.0)?;
    let second = char::from_u32(characters.1).filter(|second| *second != '\0');
    Some((first, second, length))
}

/// The longest name that `rest` begins with.
fn named(rest: &str) -> Option<((u32, u32), usize)> {
    let known = |length: usize| {
        let name = rest.get(..length)?;
        NAMED_ENTITIES.get(name).copied()
    };
    let word = rest
        .bytes()
        .take(LONGEST_NAME)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if rest.as_bytes().get(word) == Some(&b';')
        && let Some(whole) = known(word + 1)
    {
        return Some((whole, word + 1));
    }
    // The table holds the beginnings of names too, as no characters.
    let mut longest = None;
    for length in 1..=word {
        match known(length) {
            Some((0, _)) => {}
            Some(characters) => longest = Some((characters, length)),
            None => break,
        }
    }
    longest
}

/// Bytes of the longest name and more.
const LONGEST_NAME: usize = 40;

/// The character of a number behind `&#`, and its length.
fn numeric(rest: &str) -> Option<(char, usize)> {
    let hexadecimal = rest.starts_with(['x', 'X']);
    let (start, radix) = if hexadecimal { (1, 16) } else { (0, 10) };
    let digits = rest.get(start..)?;
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    // Digits that overflow are no character.
    let number = u32::from_str_radix(digits.get(..length)?, radix).unwrap_or(u32::MAX);
    let windows = number.checked_sub(0x80).and_then(|at| {
        C1_REPLACEMENTS
            .get(usize::try_from(at).ok()?)
            .copied()
            .flatten()
    });
    let character = match number {
        0 => None,
        _ => windows.or_else(|| char::from_u32(number)),
    };
    let semicolon = digits.as_bytes().get(length) == Some(&b';');
    Some((
        character.unwrap_or(char::REPLACEMENT_CHARACTER),
        start + length + usize::from(semicolon),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_do() {
        for (source, text, attribute) in [
            ("a&nbsp;b&amp;c", "a\u{A0}b&c", "a\u{A0}b&c"),
            ("&ampx &ltb", "&x <b", "&ampx &ltb"),
            ("?a=1&copy=2", "?a=1©=2", "?a=1&copy=2"),
            ("&notit;", "¬it;", "&notit;"),
            ("&notin; &nope; &", "∉ &nope; &", "∉ &nope; &"),
            (
                "&#19968;&#x4E8C;&#0;&#x80;",
                "一二\u{FFFD}€",
                "一二\u{FFFD}€",
            ),
            (
                "&#x110000;&#xD800;&#9999999999999;",
                "\u{FFFD}\u{FFFD}\u{FFFD}",
                "\u{FFFD}\u{FFFD}\u{FFFD}",
            ),
            ("&#; &#x; &#19968", "&#; &#x; 一", "&#; &#x; 一"),
            ("&NotEqualTilde;", "≂̸", "≂̸"),
            ("a\r\nb\rc\0", "a\nb\nc\u{FFFD}", "a\nb\nc\u{FFFD}"),
        ] {
            assert_eq!(decoded(source, Some(Within::Text)), text);
            assert_eq!(decoded(source, Some(Within::Attribute)), attribute);
        }
        assert_eq!(decoded("a&nbsp;\r", None), "a&nbsp;\n");
    }
}
