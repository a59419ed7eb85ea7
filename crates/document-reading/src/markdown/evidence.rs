//! Whether a text is Markdown: by its marks, the name only makes fewer of them enough.

use std::sync::LazyLock;

use regex::Regex;

use super::{front_matter, tables};
use crate::Provenance;

/// Marks that a text must have; and where its name says that it is Markdown.
const ENOUGH: usize = 2;
const ENOUGH_WHERE_NAMED: usize = 1;

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Marks that set lines: headings, whole lines and opening words in bold. Stars that hide names (`**市**局`,
/// `138****1234`) are none.
static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?: {0,3}#{1,6} +\S.{0,120}$",
        r"|[ \t>]*(?:[-*+] +)?\*\*[^*]{2,100}\*\*[ \t]*\\?$",
        r"|[ \t>]*(?:[-*+] +)?__[^_]{2,100}__[ \t]*\\?$",
        r"|\*\*[^*]{1,60}[：:。.、；]\*\*[^*\s])",
    ))
});

/// Marks inside lines: links, pictures, escapes.
static INSIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r#"\[[^\]\n]{0,200}\]\((?:[a-z]{2,10}:|/|\.{1,2}/|#|[\w/-]+\.)[^)\s]{0,2000}(?:\s+"[^"]{0,200}")?\)"#,
        r"|^[ \t]*(?:\d{1,2}\\[.)]|\\[-+#*])",
    ))
});

/// Lines marked as Markdown marks them, counted no further than matters: those that a text with tags has
/// too and those that it has not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signs {
    /// Headings, bold lines, rows of dashes under rows of cells.
    lines: usize,
    /// Links, pictures, escapes.
    inside: usize,
    /// A head of keys and values.
    head: bool,
}

impl Signs {
    /// Whether they make the text Markdown. `tagged`: it has tags, which Markdown may have.
    pub(crate) fn suffice(self, named: bool, tagged: bool) -> bool {
        let enough = if named { ENOUGH_WHERE_NAMED } else { ENOUGH };
        let inside = if tagged { 0 } else { self.inside };
        self.head || self.lines + inside >= enough
    }
}

/// Whether the caller or the name says that a text is Markdown.
pub(crate) fn named(provenance: &Provenance<'_>) -> bool {
    let said = provenance
        .content_type
        .is_some_and(|value| value.to_ascii_lowercase().contains("markdown"));
    let name = provenance.name.or(provenance.uri).unwrap_or_default();
    let ending = name.rsplit('.').next().unwrap_or_default();
    said || ["md", "markdown", "mdown"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Looks for marks.
pub(crate) fn signs(text: &str) -> Signs {
    let lines: Vec<&str> = crate::text::lines(text).collect();
    let mut signs = Signs {
        head: front_matter::end(&lines).is_some(),
        ..Signs::default()
    };
    let matches = |pattern: &LazyLock<Option<Regex>>, line: &str| {
        pattern.as_ref().is_some_and(|regex| regex.is_match(line))
    };
    for (index, line) in lines.iter().enumerate() {
        if line.contains(['#', '*', '_']) && matches(&LINE, line) {
            signs.lines += 1;
        } else if line.contains(['[', '\\']) && matches(&INSIDE, line) {
            signs.inside += 1;
        } else if tables::is_rule(line) && tables::under_rule(&lines, index) {
            signs.lines += 1;
        }
        if signs.lines >= ENOUGH {
            break;
        }
    }
    signs
}
