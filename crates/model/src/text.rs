//! Text with a map back to how it was written.

/// A stretch of characters that were taken over one to one.
///
/// Counts are characters, not bytes: a full-width digit and its half-width form are one
/// character each, though three bytes and one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// First character of the stretch in the canonical value.
    pub value_start: u32,
    /// First character of the stretch in the text as written.
    pub written_start: u32,
    /// Number of characters.
    pub length: u32,
}

/// Canonical text, the text as it was written, and the map between the two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    value: String,
    changed: Option<Changed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Changed {
    written: String,
    runs: Vec<Run>,
}

impl Text {
    /// Text as a reader found it: canonical value and written form are the same.
    pub fn read(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            changed: None,
        }
    }

    /// Text after normalisation. `runs` are ascending in both columns and do not overlap; a
    /// character of `value` in no run was put in by the normaliser, a character of `written` in
    /// no run was left out.
    pub fn normalised(value: String, written: String, runs: Vec<Run>) -> Self {
        if value == written {
            return Self {
                value,
                changed: None,
            };
        }
        Self {
            value,
            changed: Some(Changed { written, runs }),
        }
    }

    /// The canonical text.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The text as the reader found it.
    pub fn written(&self) -> &str {
        self.changed
            .as_ref()
            .map_or(&self.value, |changed| &changed.written)
    }

    /// Where the character at `index` (in characters) of the canonical value stood in the
    /// written text; `None` for one that the normaliser put in or that is past the end.
    pub fn written_index(&self, index: u32) -> Option<u32> {
        let Some(changed) = &self.changed else {
            return ((index as usize) < self.value.chars().count()).then_some(index);
        };
        let next = changed.runs.partition_point(|run| run.value_start <= index);
        let run = changed.runs.get(next.checked_sub(1)?)?;
        let offset = index - run.value_start;
        (offset < run.length).then(|| run.written_start + offset)
    }

    /// The stretches taken over one to one; one stretch for unchanged text.
    pub fn runs(&self) -> Vec<Run> {
        match &self.changed {
            Some(changed) => changed.runs.clone(),
            None if self.value.is_empty() => Vec::new(),
            None => vec![Run {
                value_start: 0,
                written_start: 0,
                length: u32::try_from(self.value.chars().count()).unwrap_or(u32::MAX),
            }],
        }
    }

    /// The written form of a byte range of the canonical value: from the first to the last of
    /// its characters that stand in the source. Empty where none does or the range is not one.
    pub fn written_of(&self, start: usize, end: usize) -> &str {
        let Some(changed) = &self.changed else {
            return self.value.get(start..end).unwrap_or_default();
        };
        let (Some(before), Some(inside)) = (self.value.get(..start), self.value.get(start..end))
        else {
            return "";
        };
        let from = u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
        let to = from.saturating_add(u32::try_from(inside.chars().count()).unwrap_or(u32::MAX));
        let first = (from..to).find_map(|index| self.written_index(index));
        let last = (from..to).rev().find_map(|index| self.written_index(index));
        let (Some(first), Some(last)) = (first, last) else {
            return "";
        };
        let byte = |index: u32| {
            changed
                .written
                .char_indices()
                .nth(index as usize)
                .map_or(changed.written.len(), |(byte, _)| byte)
        };
        changed
            .written
            .get(byte(first)..byte(last + 1))
            .unwrap_or_default()
    }

    /// Whether there is no visible character.
    pub fn is_blank(&self) -> bool {
        self.value.chars().all(char::is_whitespace)
    }
}

impl From<&str> for Text {
    fn from(value: &str) -> Self {
        Self::read(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalised_text_finds_its_way_back() {
        // 概 述２０ -> 概述20
        let text = Text::normalised(
            "概述20".into(),
            "概 述２０".into(),
            vec![
                Run {
                    value_start: 0,
                    written_start: 0,
                    length: 1,
                },
                Run {
                    value_start: 1,
                    written_start: 2,
                    length: 3,
                },
            ],
        );
        assert_eq!(text.written_index(0), Some(0));
        assert_eq!(text.written_index(3), Some(4));
        assert_eq!(text.written_index(4), None);
        assert_eq!(text.written_of(6, 8), "２０");
        assert_eq!(text.written_of(0, 6), "概 述");
    }
}
