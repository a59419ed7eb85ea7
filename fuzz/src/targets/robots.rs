//! robots.txt. The first line is the path of an address, in letters of `PATH`, the rest a file: as it is, and as a notation of which
//! the meaning is sure (RFC 9309), read by other code.
//!
//! In the notation the first letter of a line says what it is: `u` our group, `o` another's, `*` everybody's, `a` and `d` a rule with
//! its pattern, `e` a rule without one, anything else a comment.

use fetch::{Rules, canonical};
use url::{Position, Url};

const ROBOT: &str = "nianbao";
/// What patterns and paths are made of: few letters, so that they meet.
const PATH: &[u8; 8] = b"ab/*$?=~";
/// Lines of the notation that are read, letters of a pattern: the other code is slow.
const LINES: usize = 64;
const LETTERS: usize = 64;

pub(super) fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n');
    let (path, text) = data.split_at(end.unwrap_or(data.len()));
    let text = text.get(1..).unwrap_or_default();
    let url = canonical(&format!("http://a.example{}", pattern(path))).expect("an address");
    as_it_is(&url, text);
    as_notation(&url, text);
}

/// Letters of `PATH`, whatever the bytes.
fn pattern(bytes: &[u8]) -> String {
    let letters = bytes.iter().take(LETTERS);
    let letters = letters.map(|byte| match PATH.contains(byte) {
        true => char::from(*byte),
        false => char::from(PATH[usize::from(byte % 8)]),
    });
    std::iter::once('/').chain(letters).collect()
}

fn as_it_is(url: &Url, text: &[u8]) {
    let root = canonical("http://a.example/robots.txt").expect("an address");
    let read = |text: &[u8]| Rules::of_answer(200, text, ROBOT);
    let told = |rules: &Rules| {
        let sitemaps: Vec<_> = rules.sitemaps().cloned().collect();
        (rules.allow(url), rules.delay(), sitemaps)
    };
    let rules = read(text);
    assert_eq!(told(&rules), told(&read(text)));
    assert!(rules.allow(&root), "the file itself may always be had");
    for (status, allowed) in [(404, true), (403, true), (429, false), (500, false)] {
        let by_status = Rules::of_answer(status, text, ROBOT);
        assert_eq!(by_status.allow(url), allowed, "{status}");
    }
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let mut other = lines.join(b"\r\n".as_slice());
    other.extend_from_slice(b"\n# Disallow: /\n");
    assert_eq!(told(&read(&other)), told(&rules), "line ends and comments");
    if !text.starts_with(&[0xEF]) {
        let other = [b"User-agent: other\nDisallow: /\n\n", text].concat();
        assert_eq!(told(&read(&other)), told(&rules), "what others are told");
    }
}

fn as_notation(url: &Url, text: &[u8]) {
    let mut file = String::new();
    let (mut own, mut all, mut has_own) = (Vec::new(), Vec::new(), false);
    // Whose the lines are, and whether a line that says so begins a new group.
    let (mut is_own, mut is_all, mut begins) = (false, false, true);
    for line in text.split(|byte| *byte == b'\n').take(LINES) {
        let Some((first, rest)) = line.split_first() else {
            continue;
        };
        let pattern = pattern(rest);
        let rule = match first {
            b'u' | b'o' | b'*' => {
                if begins {
                    (is_own, is_all, begins) = (false, false, false);
                }
                is_own |= *first == b'u';
                is_all |= *first == b'*';
                has_own |= is_own;
                let name = match first {
                    b'u' => "Nianbao",
                    b'o' => "other",
                    _ => "*",
                };
                file.push_str(&format!("User-agent: {name}\n"));
                continue;
            }
            b'a' => format!("Allow: {pattern}\n"),
            b'd' => format!("Disallow: {pattern}\n"),
            b'e' => "Disallow:\n".to_owned(),
            _ => {
                file.push_str("# Disallow: /\n");
                continue;
            }
        };
        file.push_str(&rule);
        begins = true;
        if *first != b'e' {
            let rule = (pattern, *first == b'a');
            if is_own {
                own.push(rule.clone());
            }
            if is_all {
                all.push(rule);
            }
        }
    }
    let rules = if has_own { own } else { all };
    // The longest pattern decides; of two that are as long the one that allows.
    let path = &url[Position::BeforePath..];
    let held = rules.iter().filter(|(pattern, _)| holds(pattern, path));
    let decides = held.max_by_key(|(pattern, allows)| (pattern.len(), *allows));
    let expected = decides.is_none_or(|(_, allows)| *allows);
    let found = Rules::of_answer(200, file.as_bytes(), ROBOT).allow(url);
    assert_eq!(found, expected, "{path} by\n{file}");
}

/// Whether a pattern holds a path: `*` is any text, `$` at the end of the pattern the path's end.
fn holds(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    // Which places of the path the pattern, as far as it is read, can have led to.
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    for letter in pattern.bytes() {
        if letter == b'*' {
            let first = reached.iter().position(|reached| *reached);
            reached[first.unwrap_or(path.len() + 1)..].fill(true);
        } else {
            for place in (0..path.len()).rev() {
                reached[place + 1] = reached[place] && path.as_bytes()[place] == letter;
            }
            reached[0] = false;
        }
    }
    if to_end {
        reached[path.len()]
    } else {
        reached.contains(&true)
    }
}
