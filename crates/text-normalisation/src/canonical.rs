//! One text from its written to its canonical form.

use model::Text;

use crate::{
    composition::compose,
    draft::{Draft, count},
    folding::fold,
    pinyin::reading_aids,
    spaces::{Layout, settle, unneeded},
};

/// The canonical form of a text. It is made from the text as written, so that doing it twice
/// changes nothing; a text that is canonical as it stands is given back, not copied.
pub(crate) fn canonical(text: Text, layout: Layout, has_reading_aids: bool) -> Text {
    let written = text.written();
    let folded = fold(written, layout.tabs);
    let mut draft = folded.draft;
    if folded.may_compose {
        draft = Some(compose(draft.unwrap_or_else(|| whole(written))));
    }
    if has_reading_aids {
        let ranges = reading_aids(draft.as_ref().map_or(written, |draft| &draft.value));
        if !ranges.is_empty() {
            draft = Some(draft.unwrap_or_else(|| whole(written)).without(&ranges));
        }
    }
    let ranges = unneeded(draft.as_ref().map_or(written, |draft| &draft.value), layout);
    if !ranges.is_empty() {
        let start = draft.unwrap_or_else(|| whole(written));
        draft = Some(settle(start, ranges, layout));
    }
    // A wrap that stayed parts two Latin words.
    let stayed = |draft: &Draft| layout.wrapped && draft.value.contains('\n');
    if draft
        .as_ref()
        .map_or(layout.wrapped && written.contains('\n'), stayed)
    {
        let mut spaced = draft.unwrap_or_else(|| whole(written));
        spaced.value = spaced.value.replace('\n', " ");
        draft = Some(spaced);
    }
    match draft {
        Some(draft) => Text::normalised(draft.value, written.to_owned(), draft.runs),
        None if text.value() == written => text,
        None => Text::read(written),
    }
}

/// A text as it stands.
fn whole(written: &str) -> Draft {
    let mut draft = Draft::with_capacity(written.len());
    draft.push_str(written, count(written), 0);
    draft
}

/// Bytes of `new` that stand for the first `bytes` bytes of `old`, both made from the same source.
pub(crate) fn same_prefix(old: &Text, bytes: usize, new: &Text) -> usize {
    let length = count(old.value().get(..bytes).unwrap_or(old.value()));
    let last = (0..length).rev().find_map(|index| old.written_index(index));
    let Some(last) = last else { return 0 };
    let characters = new
        .runs()
        .iter()
        .filter(|run| run.written_start <= last)
        .map(|run| run.value_start + run.length.min(last + 1 - run.written_start))
        .max()
        .unwrap_or(0);
    new.value()
        .char_indices()
        .nth(characters as usize)
        .map_or(new.value().len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kept_character_knows_its_source() {
        let text = canonical("２０１２ 年，概　述".into(), Layout::default(), false);
        assert_eq!(text.value(), "2012年,概述");
        assert_eq!(text.written_of(0, 7), "２０１２ 年");
        assert_eq!(text.written(), "２０１２ 年，概　述");
    }

    #[test]
    fn a_bold_prefix_keeps_its_characters() {
        let old = Text::read("（一）概 述　正文");
        let new = canonical(old.clone(), Layout::default(), false);
        let bytes = same_prefix(&old, "（一）概 述".len(), &new);
        assert_eq!(new.value().get(..bytes), Some("(一)概述"));
        assert_eq!(
            same_prefix(&old, old.value().len(), &new),
            new.value().len()
        );
    }
}
