//! How alike two labels are that are not the same.

use super::words::{Group, words};

/// Whether two labels that look alike say different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conflict {
    /// Nothing speaks against their being the same.
    None,
    /// One of them lacks a word by which such labels differ.
    Lost,
    /// The first lacks a word that makes another label of it: only a slip of the pen would explain that.
    LostMeaning,
    /// They differ in a word that tells labels apart.
    Told,
}

/// What of a label tells it apart from others: looked for once, compared many times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    digits: String,
    /// Of each group of words (`data/label_words.tsv`) those that the label holds, a bit for each.
    words: Vec<u64>,
}

impl Marks {
    /// The marks of a label in normal form.
    pub(crate) fn of(text: &str) -> Self {
        let held = |group: &Group| {
            let words = group.words.iter().rev();
            words.fold(0, |held, word| {
                held << 1 | u64::from(text.contains(word.as_str()))
            })
        };
        Self {
            digits: text.chars().filter(char::is_ascii_digit).collect(),
            words: words().groups.iter().map(held).collect(),
        }
    }
}

/// Whether the words that tell labels apart and the digits of two labels agree.
pub(crate) fn conflict(left: &Marks, right: &Marks) -> Conflict {
    if left.digits != right.digits {
        return Conflict::Told;
    }
    let mut found = Conflict::None;
    let pairs = left.words.iter().zip(&right.words);
    for (group, (left, right)) in words().groups.iter().zip(pairs) {
        found = found.max(match (left & !right != 0, right & !left != 0) {
            (false, false) => Conflict::None,
            (true, true) => Conflict::Told,
            (false, true) if group.strict && left & right == 0 => Conflict::LostMeaning,
            _ if group.strict && left & right == 0 => Conflict::Told,
            _ => Conflict::Lost,
        });
    }
    found
}

/// 1 for equal texts, 0 for texts without a common character: one minus the edit distance over the length of
/// the longer. A text that breaks off (`要求行政机关确认或重新出`) is compared with as much of the other.
pub(crate) fn edit_ratio(written: &[char], known: &[char]) -> f32 {
    let longest = written.len().max(known.len());
    if longest == 0 {
        return 1.0;
    }
    let ratio = 1.0 - as_f32(distance(written, known)) / as_f32(longest);
    let share = as_f32(written.len()) / as_f32(known.len().max(1));
    let broken_off = known.starts_with(written)
        && ((written.len() >= 4 && share >= 0.6) || (written.len() >= 8 && share >= 0.4));
    if broken_off {
        ratio.max(0.65 + 0.3 * share)
    } else {
        ratio
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of labels are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}

/// Edit distance (insertions, deletions, substitutions).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (b, slot) in right.iter().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(a != b);
            diagonal = *slot;
            before = substituted.min(before + 1).min(diagonal + 1);
            *slot = before;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: &str, b: &str) -> f32 {
        edit_ratio(
            &a.chars().collect::<Vec<_>>(),
            &b.chars().collect::<Vec<_>>(),
        )
    }

    #[test]
    fn distance_counts_single_edits() {
        let of = |a: &str, b: &str| {
            distance(
                &a.chars().collect::<Vec<_>>(),
                &b.chars().collect::<Vec<_>>(),
            )
        };
        assert_eq!(of("信函申请", "信涵申请"), 1);
        assert_eq!(of("", "申请"), 2);
        assert_eq!(of("其他法律行政止公开", "其他法律行政法规禁止公开"), 3);
        assert_eq!(of("abc", "abc"), 0);
    }

    #[test]
    fn a_label_that_breaks_off_is_still_close() {
        assert!(
            ratio(
                "要求行政机关确认或重新出",
                "要求行政机关确认或重新出具已获取信息"
            ) > 0.8
        );
        assert!(ratio("申请", "申请内容不明确答复") < 0.5);
    }

    #[test]
    fn words_that_tell_labels_apart_outweigh_their_likeness() {
        let told = |left, right| conflict(&Marks::of(left), &Marks::of(right));
        assert_eq!(told("不予公开", "予以公开"), Conflict::Told);
        assert_eq!(told("行政复议数", "行政诉讼数"), Conflict::Told);
        assert_eq!(told("行政复仪数", "行政复议数"), Conflict::Lost);
        assert_eq!(
            told("同意公开答复", "同意部分公开答复"),
            Conflict::LostMeaning
        );
        assert_eq!(told("同意部分公开答复", "同意公开答复"), Conflict::Told);
        assert_eq!(told("免予公开范围1", "免予公开范围2"), Conflict::Told);
        assert_eq!(
            told("其他法律行政止公开", "其他法律行政法规禁止公开"),
            Conflict::None
        );
    }
}
