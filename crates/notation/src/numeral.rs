//! Numerals: Arabic, Chinese, mixed.

/// The value of a text that is one whole numeral: `12175`, `12,175`, `３６`, `十二`, `二百零五`,
/// `1.2万`, `3亿`, `两`, `二〇一二`, `-35`, `−35`, `+14`. `None` for anything else.
pub fn number(_text: &str) -> Option<f64> {
    None
}

/// The value of an ordinal as headings use them: `一`, `十二`, `12`, `廿三`. `None` for anything else.
pub fn ordinal(_text: &str) -> Option<u32> {
    None
}
