//! Canonical text in the making: a value and the stretches of the source it was taken from.

use model::Run;

/// A value under work, each of its characters with where it stood in the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) value: String,
    /// Ascending in both columns, without overlap.
    pub(crate) runs: Vec<Run>,
    /// Characters of `value`.
    length: u32,
}

impl Draft {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            value: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Takes over `count` characters that stood from `written` on in the source.
    pub(crate) fn push_str(&mut self, text: &str, count: u32, written: u32) {
        self.value.push_str(text);
        self.map(count, written);
    }

    /// Takes over one character, perhaps in another form.
    pub(crate) fn push(&mut self, c: char, written: u32) {
        self.value.push(c);
        self.map(1, written);
    }

    /// Adds a character that is not in the source.
    pub(crate) fn insert(&mut self, c: char) {
        self.value.push(c);
        self.length += 1;
    }

    fn map(&mut self, count: u32, written: u32) {
        if count == 0 {
            return;
        }
        match self.runs.last_mut() {
            Some(run)
                if run.value_start + run.length == self.length
                    && run.written_start + run.length == written =>
            {
                run.length += count;
            }
            _ => self.runs.push(Run {
                value_start: self.length,
                written_start: written,
                length: count,
            }),
        }
        self.length += count;
    }

    /// Leaves out byte ranges of the value: ascending, not overlapping, on character bounds.
    pub(crate) fn without(&self, ranges: &[(usize, usize)]) -> Self {
        let mut cursor = Cursor::new(self);
        let mut kept = Self::with_capacity(self.value.len());
        let mut from = 0;
        for (start, end) in ranges {
            cursor.copy(from, *start, &mut kept);
            cursor.skip(*start, *end);
            from = *end;
        }
        cursor.copy(from, self.value.len(), &mut kept);
        kept
    }
}

/// Walks a draft once, from start to end, copying or skipping.
pub(crate) struct Cursor<'a> {
    draft: &'a Draft,
    /// Characters walked.
    index: u32,
    /// The first run that does not end before `index`.
    run: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(draft: &'a Draft) -> Self {
        Self {
            draft,
            index: 0,
            run: 0,
        }
    }

    /// Where the next character stood in the source; `None` for one that was put in.
    pub(crate) fn written(&mut self) -> Option<u32> {
        let run = self.current()?;
        (run.value_start <= self.index).then(|| run.written_start + (self.index - run.value_start))
    }

    fn current(&mut self) -> Option<Run> {
        loop {
            let run = self.draft.runs.get(self.run)?;
            if run.value_start + run.length > self.index {
                return Some(*run);
            }
            self.run += 1;
        }
    }

    /// Passes over the bytes `start..end`.
    pub(crate) fn skip(&mut self, start: usize, end: usize) {
        self.index += count(self.draft.value.get(start..end).unwrap_or_default());
    }

    /// Copies the bytes `start..end`, with their map.
    pub(crate) fn copy(&mut self, start: usize, end: usize, to: &mut Draft) {
        let mut rest = self.draft.value.get(start..end).unwrap_or_default();
        while !rest.is_empty() {
            let left = count(rest);
            let (length, written) = match self.current() {
                Some(run) if run.value_start <= self.index => (
                    left.min(run.value_start + run.length - self.index),
                    Some(run.written_start + (self.index - run.value_start)),
                ),
                Some(run) => (left.min(run.value_start - self.index), None),
                None => (left, None),
            };
            let bytes = if length == left {
                rest.len()
            } else {
                rest.char_indices()
                    .nth(length as usize)
                    .map_or(rest.len(), |(byte, _)| byte)
            };
            let (piece, next) = rest.split_at(bytes);
            match written {
                Some(written) => to.push_str(piece, length, written),
                None => piece.chars().for_each(|c| to.insert(c)),
            }
            self.index += length;
            rest = next;
        }
    }
}

/// Characters of a text, as the map counts them. Texts are far shorter than 4 Gi characters:
/// readers bound a document at 64 MiB.
pub(crate) fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_out_keeps_the_map() {
        let mut draft = Draft::default();
        draft.push_str("概 述", 3, 2);
        draft.insert('x');
        draft.push_str("二 〇", 3, 9);
        let kept = draft.without(&[(3, 4), (11, 12)]);
        assert_eq!(kept.value, "概述x二〇");
        let triples: Vec<_> = kept
            .runs
            .iter()
            .map(|run| (run.value_start, run.written_start, run.length))
            .collect();
        assert_eq!(triples, [(0, 2, 1), (1, 4, 1), (3, 9, 1), (4, 11, 1)]);
    }
}
