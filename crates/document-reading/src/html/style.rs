//! What attributes and inline styles say of how an element is set.

use std::borrow::Cow;

use html5ever::{LocalName, local_name};
use model::Alignment;

use super::attributes::Attribute;
use super::dom::Dom;
use super::lexicon::LEXICON;

/// Points of a font where the page states none: 16 CSS pixels.
const DEFAULT_POINTS: f32 = 12.0;

/// How an element is set; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Setting {
    pub(super) hidden: bool,
    pub(super) block: bool,
    pub(super) keeps_space: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) alignment: Option<Alignment>,
    /// Points.
    pub(super) font_size: Option<f32>,
    /// Points.
    pub(super) indent: Option<f32>,
    pub(super) page_break: bool,
}

/// Whether an element is set apart from the text around it.
pub(super) fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("dir")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("frameset")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("html")
            | local_name!("legend")
            | local_name!("li")
            | local_name!("listing")
            | local_name!("main")
            | local_name!("marquee")
            | local_name!("menu")
            | local_name!("nav")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("ol")
            | local_name!("optgroup")
            | local_name!("option")
            | local_name!("p")
            | local_name!("plaintext")
            | local_name!("pre")
            | local_name!("section")
            | local_name!("select")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("caption")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("template")
            | local_name!("textarea")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("tr")
            | local_name!("ul")
            | local_name!("xmp")
            | local_name!("iframe")
    ) || matches!(
        &**name,
        "search" | "item" | "rss" | "channel" | "description" | "pubdate" | "feed" | "entry"
    )
}

/// Elements whose text is not text of the page.
pub(super) fn is_skipped(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("head") | local_name!("script") | local_name!("style")
    )
}

/// The property of an inline style, in lower case, where it is one that is read: most say nothing that is.
fn known(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let property = match (name.len(), name.as_bytes().first()?.to_ascii_lowercase()) {
        (4, b'c') => "clip",
        (7, b'd') => "display",
        (8, b'm') => "mso-hide",
        (9, b'f') => "font-size",
        (10, b't') => "text-align",
        (10, b'v') => "visibility",
        (11, b'f') => "font-weight",
        (11, b't') => "text-indent",
        (11, b'w') => "white-space",
        (17, b'p') => "page-break-before",
        _ => return None,
    };
    name.eq_ignore_ascii_case(property).then_some(property)
}

/// Reads an element's attributes.
pub(super) fn setting(dom: &Dom, index: usize, inherited_points: Option<f32>) -> Setting {
    let name = dom.name(index);
    let mut setting = Setting::default();
    match name {
        "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            setting.bold = Some(true);
        }
        "center" => setting.alignment = Some(Alignment::Centre),
        "pre" | "listing" | "xmp" | "plaintext" | "textarea" => setting.keeps_space = Some(true),
        "template" | "rt" | "rp" | "rtc" | "datalist" | "object" | "audio" | "video" | "canvas"
        | "noembed" => {
            setting.hidden = true;
        }
        "dialog" => setting.hidden = dom.attribute(index, Attribute::Open).is_none(),
        _ => {}
    }
    if let Some(align) = dom.attribute(index, Attribute::Align) {
        setting.alignment = alignment(align).or(setting.alignment);
    }
    setting.hidden |= dom.attribute(index, Attribute::Hidden).is_some();
    if let Some(classes) = dom.attribute(index, Attribute::Class) {
        setting.hidden |= classes
            .split_ascii_whitespace()
            .any(|class| LEXICON.hides(class));
    }
    if name == "font" {
        setting.font_size = dom.attribute(index, Attribute::Size).and_then(font_step);
    }
    let points = inherited_points.unwrap_or(DEFAULT_POINTS);
    let mut rest = dom.attribute(index, Attribute::Style).unwrap_or_default();
    while !rest.is_empty() {
        let (declaration, behind) = parted(rest, b';').unwrap_or((rest, ""));
        rest = behind;
        let Some((property, value)) = parted(declaration, b':') else {
            continue;
        };
        let Some(property) = known(property) else {
            continue;
        };
        let value = lower(value.trim());
        let value = match value.contains('!') {
            true => value.trim_end_matches("!important").trim(),
            false => &*value,
        };
        match property {
            "display" if value == "none" => setting.hidden = true,
            "display" => setting.block = matches!(value, "block" | "flex" | "grid" | "list-item"),
            "visibility" => setting.hidden |= matches!(value, "hidden" | "collapse"),
            "mso-hide" => setting.hidden |= value == "all",
            "clip" => setting.hidden |= value.replace(' ', "").starts_with("rect(0"),
            "white-space" => {
                setting.keeps_space = Some(value.starts_with("pre") && value != "pre-line");
            }
            "font-weight" => {
                setting.bold = Some(
                    value.starts_with("bold")
                        || value.parse::<u32>().is_ok_and(|weight| weight >= 600),
                );
            }
            "text-align" => setting.alignment = alignment(value).or(setting.alignment),
            "font-size" => setting.font_size = length(value, points).or(setting.font_size),
            "text-indent" => {
                setting.indent = length(value, setting.font_size.unwrap_or(points));
                setting.hidden |= setting.indent.is_some_and(|indent| indent < -500.0);
            }
            "page-break-before" => setting.page_break = value == "always",
            _ => {}
        }
    }
    setting
}

/// What stands before and behind the first of an ASCII character.
fn parted(text: &str, by: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(by, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// A text in lower case.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

fn alignment(value: &str) -> Option<Alignment> {
    match &*lower(value.trim()) {
        "center" | "middle" | "-webkit-center" => Some(Alignment::Centre),
        "right" | "end" => Some(Alignment::Right),
        "left" | "start" | "justify" => Some(Alignment::Left),
        _ => None,
    }
}

/// Points of `<font size>` 1 to 7, `+1`, `-1`.
fn font_step(value: &str) -> Option<f32> {
    let value = value.trim();
    let number: i32 = value.parse().ok()?;
    let step = if value.starts_with(['+', '-']) {
        3 + number
    } else {
        number
    };
    [7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0]
        .get(usize::try_from(step.clamp(1, 7) - 1).ok()?)
        .copied()
}

/// A CSS length in points.
fn length(value: &str, em: f32) -> Option<f32> {
    match value {
        "xx-small" => return Some(7.0),
        "x-small" => return Some(7.5),
        "small" => return Some(10.0),
        "medium" => return Some(12.0),
        "large" => return Some(13.5),
        "x-large" => return Some(18.0),
        "xx-large" => return Some(24.0),
        _ => {}
    }
    let end = value
        .find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '+'))
        .unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(end)?;
    let number: f32 = number.parse().ok()?;
    let points = match unit.trim() {
        "pt" => number,
        "px" => number * 0.75,
        "em" => number * em,
        "rem" => number * DEFAULT_POINTS,
        "%" => number * em / 100.0,
        "cm" => number * 28.346,
        "mm" => number * 2.834_6,
        "in" => number * 72.0,
        "" if number == 0.0 => 0.0,
        _ => return None,
    };
    points
        .is_finite()
        .then_some((points * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_points() {
        assert_eq!(length("16px", 12.0), Some(12.0));
        assert_eq!(length("2em", 15.0), Some(30.0));
        assert_eq!(length("22.0pt", 12.0), Some(22.0));
        assert_eq!(length("calc(1px)", 12.0), None);
        assert_eq!(font_step("+2"), Some(18.0));
        assert_eq!(font_step("5"), Some(18.0));
    }
}
