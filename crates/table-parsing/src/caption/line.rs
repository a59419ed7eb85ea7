//! One line read as a caption: its number, title and unit.

use std::sync::LazyLock;

use regex::Regex;

use crate::lexicon::LEXICON;

/// What a caption line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// `附表1`
    pub(super) number: Option<String>,
    /// `主动公开情况统计`
    pub(super) title: Option<String>,
    /// `条`
    pub(super) unit: Option<String>,
}

/// Longest line that can be a caption, in characters.
const LONGEST: usize = 60;

/// Longest title that is a caption by its last word alone, in characters.
const LONGEST_NOUN: usize = 30;

// The patterns are constants; a test builds them. A title may be glued to Arabic figures, not to Chinese ones
// (`表一致`).
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*((?:附\s*)?(?:表|附件)\s*(?:[0-9]+(?:[-—.][0-9]+)?|[一二三四五六七八九十]+))(?:\s*[:、.,]|\s+|$|(?P<glued>[^0-9\s年月日]))",
    )
    .ok()
});
static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\(?\s*[单單]\s*位\s*:\s*(?P<unit>[^\s:()。;,]{1,8}(?:\([^()]{1,4}\))?)\s*\)?\s*$")
        .ok()
});
static OUTLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:[一二三四五六七八九十]+\s*[、.,\s]|\(\s*[一二三四五六七八九十0-9]+\s*\)|[0-9]+\s*[、.]|第[一二三四五六七八九十]+[章节部]|[①-⑳㈠-㈩⑴-⒇])",
    )
    .ok()
});

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// The line opens with an outline number (`一、`, `(一)`, `1.`): a heading or item, no caption.
pub(crate) fn is_outline(text: &str) -> bool {
    matches(&OUTLINE, text)
}

/// The line opens with the number of a table.
pub(crate) fn is_numbered(text: &str) -> bool {
    text.chars().count() <= LONGEST && matches(&NUMBER, text)
}

/// The line can be nothing but a caption: `本年收费金额(单位:万元)` may as well head a column.
pub(crate) fn is_caption(text: &str) -> bool {
    read(text).is_some_and(|line| {
        let title = line.title.as_deref();
        line.number.is_some() || title.is_none_or(|title| LEXICON.ends_caption(title))
    })
}

/// Reads a line as a caption; `None` for one that is none.
pub(super) fn read(text: &str) -> Option<Line> {
    let text = text.trim();
    let prose = text.ends_with(['。', ';', '!', '?', ',', '…']) || text.contains('。');
    if text.is_empty() || prose || text.chars().count() > LONGEST || is_outline(text) {
        return None;
    }
    let mut line = Line::default();
    let mut rest = text;
    if let Some((whole, number, glued)) = NUMBER.as_ref().and_then(|regex| {
        let found = regex.captures(rest)?;
        Some((found.get(0)?, found.get(1)?, found.name("glued")))
    }) {
        line.number = Some(number.as_str().split_whitespace().collect());
        let chinese = line
            .number
            .as_ref()
            .is_some_and(|number| !number.contains(|c: char| c.is_ascii_digit()));
        if glued.is_some() && chinese {
            return None;
        }
        let after = glued.map_or(whole.end(), |glued| glued.start());
        rest = rest.get(after..).unwrap_or_default();
    }
    if let Some(found) = UNIT.as_ref().and_then(|regex| regex.captures(rest)) {
        let whole = found.get(0).map_or(rest.len(), |found| found.start());
        let before = rest.get(..whole).unwrap_or_default();
        let unit = found.name("unit").map_or("", |unit| unit.as_str());
        if is_measure(unit) && !LEXICON.names_body(before.trim_end()) {
            line.unit = Some(unit.to_owned());
            rest = before;
        }
    }
    let title = rest.trim().trim_matches([':', '、', '.', ',']).trim();
    if !title.is_empty() {
        line.title = Some(title.to_owned());
    }
    let noun = is_titled(title);
    (line.number.is_some() || line.unit.is_some() || noun).then_some(line)
}

/// A short line without punctuation, number or date: what a centred line above a table says of it.
pub(super) fn centred_title(text: &str) -> Option<Line> {
    let text = text.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let plain = !text.contains(['。', ';', ',', ':', '、', '!', '?', '…'])
        && !text.contains("报告")
        && !text.contains("年报")
        && !text.ends_with(['日', '局', '府', '委', '室']);
    (plain && !is_outline(text) && (3..=LONGEST_NOUN).contains(&letters)).then(|| Line {
        title: Some(text.to_owned()),
        ..Line::default()
    })
}

/// A noun phrase with 表 or 统计 at its end, and not the title of a report.
fn is_titled(title: &str) -> bool {
    title.chars().count() <= LONGEST_NOUN
        && LEXICON.ends_caption(title)
        && !title.contains([',', ':', '、'])
        && !title.contains("年报")
        && !title.contains("年度报告")
}

/// A unit of measure, or several (`件、元`); not a body that fills in the form.
fn is_measure(unit: &str) -> bool {
    let known = |part: &str| LEXICON.is_unit(part);
    let bodies = [
        '局', '委', '办', '府', '厅', '院', '部', '处', '科', '会', '校', '所', '站', '队', '司',
    ];
    unit.split(['、', '/', ',']).all(known)
        || (unit.chars().count() <= 4
            && !unit.ends_with(bodies)
            && !unit.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(String, String, String)> {
        let line = read(text)?;
        let part = |part: Option<String>| part.unwrap_or_default();
        Some((part(line.number), part(line.title), part(line.unit)))
    }

    fn expected(number: &str, title: &str, unit: &str) -> Option<(String, String, String)> {
        Some((number.into(), title.into(), unit.into()))
    }

    #[test]
    fn the_patterns_are_built() {
        assert!(NUMBER.is_some() && UNIT.is_some() && OUTLINE.is_some());
    }

    #[test]
    fn number_title_and_unit_are_told_apart() {
        let whole = expected("附表1", "信访答复情况统计", "条");
        assert_eq!(parts("附表1 信访答复情况统计 单位:条"), whole);
        assert_eq!(parts("附表1:信访答复情况统计单位:条"), whole);
        assert_eq!(parts("附表1信访答复情况统计(单位:条)"), whole);
        assert_eq!(parts("附表 1: 信访答复情况统计 单 位:条"), whole);
        assert_eq!(parts("表二 收费"), expected("表二", "收费", ""));
        assert_eq!(
            parts("表2-1 收费(单位:万元)"),
            expected("表2-1", "收费", "万元")
        );
        assert_eq!(parts("单位:人次"), expected("", "", "人次"));
        assert_eq!(parts("(单位:万元)"), expected("", "", "万元"));
        assert_eq!(parts("表2"), expected("表2", "", ""));
        assert_eq!(parts("办件情况一览表"), expected("", "办件情况一览表", ""));
        assert_eq!(
            parts("办件情况一览表(2016年度)"),
            expected("", "办件情况一览表(2016年度)", "")
        );
    }

    #[test]
    fn what_is_no_caption() {
        for text in [
            "三、收到和处理政府信息公开申请情况",
            "(二)附表",
            "1.办件情况统计表",
            "填报单位:",
            "填报单位:某某局",
            "注:本表按件统计",
            "表1说明了办件情况。",
            "全年共办理12件,详见下表",
            "表现突出的单位",
            "表一致通过",
            "2012年办件年度报告附表",
            "责任单位:办公室",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
