//! Where comments and elements of raw text end, by the HTML standard.

use super::attributes::is_space;

/// Length of a comment by the HTML standard, which also ends one at `--!>`.
pub(super) fn comment_length(rest: &str) -> usize {
    let content = rest.get(4..).unwrap_or_default();
    if content.starts_with('>') {
        return 5;
    }
    if content.starts_with("->") {
        return 6;
    }
    let mut from = 0;
    while let Some(at) = content.get(from..).and_then(|rest| rest.find("--")) {
        let start = from + at;
        let dashes = content.bytes().skip(start).take_while(|byte| *byte == b'-');
        from = start + dashes.count();
        let after = content.get(from..).unwrap_or_default();
        if after.starts_with('>') {
            return 4 + from + 1;
        }
        if after.starts_with("!>") {
            return 4 + from + 2;
        }
    }
    rest.len()
}

/// Whether the end tag of a name begins here.
fn closes(rest: &[u8], name: &str) -> bool {
    is_tag(rest, "</", name)
}

/// Whether a tag with this beginning and name stands here.
fn is_tag(rest: &[u8], beginning: &str, name: &str) -> bool {
    let word = rest.strip_prefix(beginning.as_bytes());
    let start = word.and_then(|word| word.split_at_checked(name.len()));
    start.is_some_and(|(word, after)| {
        word.eq_ignore_ascii_case(name.as_bytes())
            && after
                .first()
                .is_some_and(|next| is_space(*next) || matches!(next, b'/' | b'>'))
    })
}

/// Where the content of a raw element ends.
pub(super) fn raw_end(content: &str, name: &str) -> usize {
    let bytes = content.as_bytes();
    memchr::memmem::find_iter(bytes, "</")
        .find(|at| closes(bytes.get(*at..).unwrap_or_default(), name))
        .unwrap_or(bytes.len())
}

/// Where a script ends: `<!-- <script> … </script> -->` inside it does not end it.
pub(super) fn script_end(content: &str) -> usize {
    let bytes = content.as_bytes();
    let (mut escaped, mut doubly) = (false, false);
    let mut from = 0;
    while let Some(at) = bytes
        .get(from..)
        .and_then(|rest| memchr::memchr2(b'<', b'-', rest))
        .map(|at| from + at)
    {
        let rest = bytes.get(at..).unwrap_or_default();
        from = at + 1;
        if !escaped {
            if closes(rest, "script") {
                return at;
            }
            if rest.starts_with(b"<!--") {
                escaped = true;
                // The dashes may be those of `-->` already.
                from = at + 2;
            }
        } else if rest.starts_with(b"-->") {
            (escaped, doubly) = (false, false);
            from = at + 3;
        } else if closes(rest, "script") {
            if !doubly {
                return at;
            }
            doubly = false;
        } else if is_tag(rest, "<", "script") {
            doubly = true;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_end_as_the_standard_says() {
        for (content, end) in [
            ("a='</p>'</SCRIPT >", 8),
            ("<!-- <script> </script> --></script>", 27),
            ("<!-- </script> -->", 5),
            ("<!--><script></script>", 13),
            ("<!--<script></script></script>", 21),
            ("<!-- <scripts></script>", 14),
            ("no end </script", 15),
        ] {
            assert_eq!(script_end(content), end, "{content}");
        }
    }

    #[test]
    fn comments_end_as_the_standard_says() {
        for (comment, length) in [
            ("<!---->x", 7),
            ("<!-->x", 5),
            ("<!--->x", 6),
            ("<!--a--!>x", 9),
            ("<!--a--->x", 9),
            ("<!-- a -- b -->x", 15),
            ("<!-- a", 6),
        ] {
            assert_eq!(comment_length(comment), length, "{comment}");
        }
    }
}
