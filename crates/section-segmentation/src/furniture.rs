//! Lines of a site that stand in a report's way.

use crate::formulas::FORMULAS;
use crate::line::Line;
use crate::outline::enumerator::enumerator;

/// Longest line that can be furniture by its words.
const LONGEST: usize = 80;

/// Whether a line belongs to the site: its words say so, or most of it is links.
pub(crate) fn is_furniture(line: &Line<'_>) -> bool {
    let length = line.text.chars().count();
    if line.is_table || length == 0 || enumerator(line.text).is_some() {
        return false;
    }
    let linked = line.style.link_share > 0.6 && !line.text.contains('。');
    linked || (length <= LONGEST && !line.text.trim_end().ends_with('。') && FORMULAS.furniture.is_match(line.text)) || is_metadata(line)
}

/// A line that says when and by whom the page was published.
pub(crate) fn is_metadata(line: &Line<'_>) -> bool {
    line.text.chars().count() <= 120
        && !line.text.contains('。')
        && (FORMULAS.published_line.is_match(line.text)
            || FORMULAS.publisher_line.is_match(line.text))
}

/// A line before or with the files that a page offers: `附件:`, `附件:1.某局年报.pdf`, `某局年报.docx`.
pub(crate) fn names_attachments(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    !line.is_table
        && text.chars().count() <= LONGEST
        && !text.contains('。')
        && FORMULAS.attachments.is_match(text)
}

/// A short line without any mark of a sentence: before the first text of a page such lines are
/// menus and labels.
pub(crate) fn is_label(line: &Line<'_>) -> bool {
    let length = line.text.chars().count();
    !line.is_table
        && line.style.heading_level.is_none()
        && length <= 24
        && !line.text.contains(['。', ',', ';', ':'])
        && enumerator(line.text).is_none()
}
