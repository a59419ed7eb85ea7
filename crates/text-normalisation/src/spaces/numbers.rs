//! Spaces beside digits and inside numbers.

use super::{Fate, paragraph::Paragraph};
use crate::{
    character::is_han,
    words::{Demand, demand_for_number, starts_with_measure},
};

/// Digits of a group between commas or thin spaces.
const GROUP: usize = 3;

/// Bytes of the longest number written in groups that a cell holds.
const LONGEST: usize = 24;

/// Whether a space parts the groups of one number. Two groups that can both be numbers are two
/// numbers: only a comma set apart (`12 , 175`) and a group that no number begins with
/// (`12 075`) prove one.
pub(super) fn is_split_number(paragraph: &Paragraph<'_>, index: usize) -> bool {
    let comma = if paragraph.after(index) == "," {
        Some(index)
    } else if paragraph.before(index) == "," {
        index.checked_sub(1)
    } else {
        None
    };
    if let Some(first) = comma {
        let before = paragraph.before(first);
        let after = paragraph.after(first + 1);
        return before.ends_with(|c: char| c.is_ascii_digit()) && digits_at_start(after) == GROUP;
    }
    let text = paragraph.text();
    if text.len() > LONGEST {
        return false;
    }
    let mut groups = text.split(' ').filter(|group| !group.is_empty());
    let first = groups.next().unwrap_or_default();
    let mut zero = false;
    let grouped = groups.all(|group| {
        zero |= group.starts_with('0') && group != "000";
        group.len() == GROUP && digits_at_start(group) == GROUP
    });
    zero && grouped
        && (1..=GROUP).contains(&first.len())
        && digits_at_start(first) == first.len()
        && !first.starts_with('0')
}

fn digits_at_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Number of gaps before digits from which on a habit shows.
const HABIT: usize = 3;

/// Whether the text sets its numbers apart by habit: nearly every number has a space before it.
pub(super) fn are_set_apart(paragraph: &Paragraph<'_>) -> bool {
    let apart = paragraph
        .breaks
        .iter()
        .filter(|item| is_han(item.left) && item.right.is_ascii_digit())
        .count();
    if !paragraph.prose || apart < HABIT {
        return false;
    }
    let mut close = 0;
    let mut last = ' ';
    for c in paragraph.text().chars() {
        close += usize::from(is_han(last) && c.is_ascii_digit());
        last = c;
    }
    apart * 10 >= (apart + close) * 7
}

/// The fate of a space beside digits.
pub(super) fn fate(paragraph: &Paragraph<'_>, index: usize, systematic: bool) -> Fate {
    let Some(item) = paragraph.breaks.get(index) else {
        return Fate::Open;
    };
    let (before, rest) = (paragraph.before(index), paragraph.rest(index));
    if item.left.is_ascii_digit() {
        let is_date = matches!(item.right, '年' | '月' | '日' | '号');
        let likely =
            paragraph.prose || is_date || !is_han(item.right) || is_ordinal(paragraph, index);
        return if likely && starts_with_measure(rest) {
            Fate::Join
        } else {
            Fate::Open
        };
    }
    if !is_han(item.left) {
        return Fate::Open;
    }
    if goes_on_as_date(before, rest) || item.left == '第' {
        return Fate::Join;
    }
    let demand = demand_for_number(before);
    if demand == Demand::Certain {
        return Fate::Join;
    }
    // A year behind a name or a heading begins anew: `某市财政局 2009年2月`, `概述 2008年,在…`.
    if !paragraph.prose || is_year(rest) {
        return Fate::Open;
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if systematic || demand == Demand::Likely || starts_with_measure(after.trim_start()) {
        Fate::Join
    } else {
        Fate::Open
    }
}

/// `第3`, `第 3`
fn is_ordinal(paragraph: &Paragraph<'_>, index: usize) -> bool {
    let number = paragraph
        .before(index)
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let last = index
        .checked_sub(1)
        .and_then(|last| paragraph.breaks.get(last));
    number.ends_with('第') || number.is_empty() && last.is_some_and(|last| last.left == '第')
}

fn is_year(text: &str) -> bool {
    let rest = text.get(digits_at_start(text)..).unwrap_or_default();
    digits_at_start(text) == 4 && rest.trim_start().starts_with('年')
}

/// `2009年 2月`, `2 月 18 日`, `2012年 1—4月`
fn goes_on_as_date(before: &str, rest: &str) -> bool {
    let mut left = before.chars().rev();
    let unit = left.next();
    if !left.next().is_none_or(|c| c.is_ascii_digit()) {
        return false;
    }
    let digits = digits_at_start(rest);
    let next = rest.get(digits..).unwrap_or_default().trim_start();
    let wanted = match unit {
        Some('年') => '月',
        Some('月') => '日',
        _ => return false,
    };
    (1..=2).contains(&digits) && next.starts_with([wanted, '—', '-', '至', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> bool {
        is_split_number(&Paragraph::new(text, 0, text.len()), 0)
    }

    #[test]
    fn two_plausible_numbers_are_never_one() {
        for text in [
            "426716 26270",
            "1 2 175",
            "12 175",
            "1 234 567",
            "3 0",
            "2012 01 02",
            "5 000",
        ] {
            assert!(!split(text), "{text}");
        }
        for text in ["12 075", "1 234 056", "12 , 175"] {
            assert!(split(text), "{text}");
        }
    }

    #[test]
    fn dates_go_on() {
        assert!(goes_on_as_date("2009年", "2 月"));
        assert!(goes_on_as_date("年", "2月18日"));
        assert!(goes_on_as_date("2012年", "1—4月"));
        assert!(!goes_on_as_date("2009年", "12件"));
        assert!(!goes_on_as_date("每年", "2月"));
    }
}
