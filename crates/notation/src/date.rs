//! Dates and periods.

use std::ops::Range;

use model::PartialDate;

/// A date as written.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenDate {
    /// Bytes.
    pub range: Range<usize>,
    /// The date, as exactly as it is said.
    pub date: PartialDate,
}

/// A period as written: `2012年1月1日至12月31日`, `2012年1—4月`, `2012年度`, `2012年上半年`.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenPeriod {
    /// Bytes.
    pub range: Range<usize>,
    /// First day.
    pub start: PartialDate,
    /// Last day.
    pub end: PartialDate,
}

/// Every date of a text: `2009年2月18日`, `2009年 2 月`, `二〇〇九年二月`, `2009-02-18`, `2009/2/18`,
/// `2009.2.18`, `二○一三年三月十八日`, `2012年`. In order, none overlapping.
pub fn dates(_text: &str) -> Vec<WrittenDate> {
    Vec::new()
}

/// Every period of a text, in order, none overlapping.
pub fn periods(_text: &str) -> Vec<WrittenPeriod> {
    Vec::new()
}
