//! One pass that brings each character to its form: width, spaces, invisible characters.

use unicode_normalization::{IsNormalized, char::canonical_combining_class, is_nfc_quick};

use crate::{
    character::{Form, form},
    draft::Draft,
};

/// What folding one text found.
pub(crate) struct Folded {
    /// The text, `None` where no character changed.
    pub(crate) draft: Option<Draft>,
    /// There may be characters to compose.
    pub(crate) may_compose: bool,
}

/// Folds a text. Tabs stay only where `tabs` says so, else they are spaces.
pub(crate) fn fold(written: &str, tabs: bool) -> Folded {
    let mut scan = Scan {
        text: written,
        byte: 0,
        chars: 0,
        tabs,
        may_compose: false,
    };
    let Some(mut change) = scan.next_change() else {
        return Folded {
            draft: None,
            may_compose: scan.may_compose,
        };
    };
    let mut draft = Draft::with_capacity(written.len());
    let (mut from, mut from_chars) = (0, 0);
    loop {
        let same = written.get(from..change.byte).unwrap_or_default();
        draft.push_str(same, change.index - from_chars, from_chars);
        match change.form {
            Form::Other(c) => draft.push(c, change.index),
            Form::Space => draft.push(' ', change.index),
            Form::Tab => draft.push(if tabs { '\t' } else { ' ' }, change.index),
            Form::LineBreak => draft.push('\n', change.index),
            Form::Same | Form::Nothing => {}
        }
        (from, from_chars) = (scan.byte, scan.chars);
        match scan.next_change() {
            Some(next) => change = next,
            None => break,
        }
    }
    let rest = written.get(from..).unwrap_or_default();
    draft.push_str(rest, scan.chars - from_chars, from_chars);
    Folded {
        draft: Some(draft),
        may_compose: scan.may_compose,
    }
}

/// A character that is not its own form.
struct Change {
    byte: usize,
    index: u32,
    form: Form,
}

struct Scan<'a> {
    text: &'a str,
    byte: usize,
    chars: u32,
    tabs: bool,
    may_compose: bool,
}

impl Scan<'_> {
    /// The next character that changes; the scan stands behind it then.
    fn next_change(&mut self) -> Option<Change> {
        let bytes = self.text.as_bytes();
        while let Some(lead) = bytes.get(self.byte) {
            // Nearly all of a text: ASCII, and the ideographs, whose lead bytes are theirs alone.
            match lead {
                0x20..=0x7e => {
                    self.byte += 1;
                    self.chars += 1;
                    continue;
                }
                0xe5..=0xe9 => {
                    self.byte += 3;
                    self.chars += 1;
                    continue;
                }
                _ => {}
            }
            let c = self.text.get(self.byte..)?.chars().next()?;
            let (byte, index) = (self.byte, self.chars);
            self.byte += c.len_utf8();
            self.chars += 1;
            match form(c) {
                Form::Same => self.may_compose |= !stands_alone(c),
                Form::Tab if self.tabs => {}
                Form::LineBreak if c == '\n' => {}
                form => return Some(Change { byte, index, form }),
            }
        }
        None
    }
}

/// A character that no composition can touch.
fn stands_alone(c: char) -> bool {
    match c {
        '\u{3001}'..='\u{3029}' | '\u{2010}'..='\u{2027}' | '\u{4e00}'..='\u{9fff}' => true,
        c => {
            canonical_combining_class(c) == 0
                && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_canonical_form_is_not_copied() {
        assert!(
            fold("全年主动公开信息170条,占99.4%。", false)
                .draft
                .is_none()
        );
    }

    #[test]
    fn width_goes_one_to_one_and_what_is_unseen_goes() {
        let draft = fold("\u{feff}２０\u{200b}年（上）", false)
            .draft
            .expect("it changes");
        assert_eq!(draft.value, "20年(上)");
        assert_eq!(draft.runs.len(), 2);
        assert_eq!(draft.runs[0].written_start, 1);
        assert_eq!(draft.runs[1].written_start, 4);
    }
}
