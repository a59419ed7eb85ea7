//! Indicators: what a number means, apart from form and year.

/// An indicator of the codebook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Indicator {
    /// Topic, subject and qualifier: `requests.outcome.granted`. Never year, form or unit.
    pub id: String,
    /// Name in Chinese.
    pub label: String,
    /// Definition in English.
    pub definition: String,
    /// Canonical unit: 件, 条, 人次, 元, 万元, %.
    pub unit: String,
    /// What kind of number it is.
    pub value_type: ValueType,
    /// The sum that it is a part of, where that is the same in every form.
    pub parent: Option<String>,
    /// Dimensions that it can be broken down by, each with the values allowed.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// First report year that any form asks for it.
    pub first_year: i16,
    /// Last report year that any form asks for it.
    pub last_year: i16,
    /// Where the definition was seen.
    pub source: String,
}

/// What kind of number an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueType {
    /// A non-negative whole number of events in the period.
    #[default]
    Count,
    /// A subtotal: never added to its parts.
    SubtotalCount,
    /// A whole number at the end of the period.
    StockCount,
    /// A change, may be negative.
    SignedCount,
    /// Percent.
    RatioPercent,
    /// Money, in the unit as printed.
    Money,
}
