//! The document number that a report itself bears.

use std::sync::LazyLock;

use model::HintKind;
use regex::Regex;

use super::Sources;
use crate::formulas::head;

/// `桂政办函〔2012〕2号`, brackets of any kind.
#[expect(clippy::expect_used, reason = "a fixed pattern, built in a test")]
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\x{4e00}-\x{9fff}]{1,14}[〔\[(【﹝][12][0-9]{3}[〕\])】﹞]\s*(?:第\s*)?[0-9]{1,5}\s*号$")
        .expect("the pattern builds")
});

/// The number of the page's metadata, or a line of its own before the text begins. Numbers in the
/// running text are those of other documents.
pub(crate) fn document_number(sources: &Sources<'_>, head_length: usize) -> Option<String> {
    let hints = sources.document.hints.iter().filter(|_| sources.alone);
    let hinted = hints
        .filter(|hint| hint.kind == HintKind::DocumentNumber)
        .map(|hint| hint.text.as_str());
    let lines = sources
        .lines
        .iter()
        .take(head_length)
        .map(|line| head(line.text, 60));
    let found = hinted
        .chain(lines)
        .map(str::trim)
        .find(|text| NUMBER.is_match(text))?;
    Some(found.chars().filter(|c| !c.is_whitespace()).collect())
}

#[cfg(test)]
mod tests {
    use super::NUMBER;

    #[test]
    fn numbers_stand_alone() {
        for text in [
            "桂政办函〔2012〕2号",
            "青水务[2013] 15 号",
            "云教发(2014)第3号",
        ] {
            assert!(NUMBER.is_match(text), "{text}");
        }
        for text in ["根据国办发〔2014〕12号文件要求", "2012年2号", "〔2012〕2号"]
        {
            assert!(!NUMBER.is_match(text), "{text}");
        }
    }
}
