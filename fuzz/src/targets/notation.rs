//! How numbers are written: every range is one of the text, in order, and every value finite.

use std::ops::Range;

use notation::{dates, number, ordinal, periods, quantities, read_cell};

fn in_order<'a>(text: &str, ranges: impl Iterator<Item = &'a Range<usize>>) {
    let mut reached = 0;
    for range in ranges {
        let cited = text.get(range.clone());
        assert!(
            cited.is_some_and(|cited| !cited.is_empty()),
            "{range:?} of {text:?}"
        );
        assert!(range.start >= reached, "{range:?} overlaps in {text:?}");
        reached = range.end;
    }
}

pub(super) fn run(data: &[u8]) {
    let text = &*String::from_utf8_lossy(&data[..data.len().min(4096)]);
    let found = quantities(text);
    in_order(text, found.iter().map(|quantity| &quantity.range));
    for quantity in &found {
        assert!(quantity.value.is_finite(), "{quantity:?} of {text:?}");
        let (number, range) = (&quantity.number, &quantity.range);
        assert!(
            number.start >= range.start && number.end <= range.end,
            "{quantity:?}"
        );
        assert!(text.get(number.clone()).is_some(), "{quantity:?}");
    }
    in_order(text, dates(text).iter().map(|date| &date.range));
    in_order(text, periods(text).iter().map(|period| &period.range));
    assert!(number(text).is_none_or(f64::is_finite), "{text:?}");
    let _ = ordinal(text);
    assert_eq!(
        format!("{:?}", read_cell(text)),
        format!("{:?}", read_cell(text))
    );
}
