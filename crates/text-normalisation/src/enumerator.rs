//! The numbers that headings and list items begin with, as far as spaces and line ends need them.

use std::sync::LazyLock;

use regex::Regex;

static ENUMERATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let numeral = "[一二三四五六七八九十百零〇]{1,4}";
    Regex::new(&format!(
        r"^(?:第?{numeral}[ ]?[、.．:]|第{numeral}(?:部分|章|节|篇)|[(（〔\[](?:{numeral}|[0-9]{{1,2}})[)）〕\]]|[0-9]{{1,2}}(?:[、．]|\.(?:[^0-9]|$)|[)）])|[①-⒛㈠-㈩])"
    ))
    .ok()
});

/// Whether a text starts with the number of a heading or of a list item that no running sentence
/// has in its middle: `一、`, `(二)`, `3.`, `第四部分`, `①`. Not `1.2万`, not `(一)项`.
pub(crate) fn starts_with_enumerator(text: &str) -> bool {
    let Some(found) = ENUMERATOR.as_ref().and_then(|pattern| pattern.find(text)) else {
        return false;
    };
    // `第二十条第(一)项` cites an article of a law.
    let rest = text.get(found.end()..).unwrap_or_default();
    !rest.starts_with(['项', '款', '条', '目'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerators_are_told_from_numbers() {
        assert!(ENUMERATOR.is_some());
        for yes in [
            "一、概述",
            "(六)落实",
            "1.部分",
            "3、其他",
            "第一部分 概述",
            "①公开",
            "十二、附表",
            "(1)信函",
            "2)传真",
        ] {
            assert!(starts_with_enumerator(yes), "{yes}");
        }
        for no in [
            "1.2万多条",
            "一是加强",
            "2012年",
            "第一次",
            "(一)项",
            "170",
            "一般",
            "",
        ] {
            assert!(!starts_with_enumerator(no), "{no}");
        }
    }
}
