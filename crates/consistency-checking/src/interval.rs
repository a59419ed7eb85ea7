//! What is known of a value: a stretch of numbers that it lies in.

use codebook::{BoundWords, Indicator, ValueType};
use model::{Bound, Reading};

/// The numbers from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    /// Smallest value possible.
    pub(crate) low: f64,
    /// Largest value possible.
    pub(crate) high: f64,
}

impl Interval {
    /// Exactly one number.
    pub(crate) fn point(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// A percentage, as its last printed digit leaves it open: some round, some cut off.
    pub(crate) fn percentage(value: f64, raw: &str) -> Self {
        let figures = |c: char| !(c.is_ascii_digit() || c == '.');
        let unit = decimal_unit(raw.trim_matches(figures));
        Self {
            low: value - unit,
            high: value + unit,
        }
    }

    /// Any count or amount: what a blank cell may stand for.
    pub(crate) const NOT_NEGATIVE: Self = Self {
        low: 0.0,
        high: f64::INFINITY,
    };

    /// Any number.
    pub(crate) const ANY: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// The number, where it is only one.
    pub(crate) fn single(self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    pub(crate) fn negated(self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        // Zero times an unknown is zero.
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let ends = [
            product(self.low, other.low),
            product(self.low, other.high),
            product(self.high, other.low),
            product(self.high, other.high),
        ];
        Self {
            low: ends.iter().copied().fold(f64::INFINITY, f64::min),
            high: ends.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    pub(crate) fn over(self, other: Self) -> Self {
        if other.low <= 0.0 && other.high >= 0.0 {
            return Self::ANY;
        }
        self.times(Self {
            low: 1.0 / other.high,
            high: 1.0 / other.low,
        })
    }

    /// The interval of the larger of two values.
    pub(crate) fn larger(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            high: self.high.max(other.high),
        }
    }

    /// Whether the two share a number, give or take `tolerance`.
    pub(crate) fn meets(self, other: Self, tolerance: f64) -> bool {
        self.low <= other.high + tolerance && other.low <= self.high + tolerance
    }
}

/// What a reading with a value says, in its indicator's unit without scale words (`万元` to yuan).
pub(crate) fn of_reading(
    reading: &Reading,
    indicator: Option<&Indicator>,
    words: &BoundWords,
) -> Option<Interval> {
    let value = reading.value?;
    let scale = scale(reading.unit.as_deref().unwrap_or_default());
    let (low, high) = match reading.bound {
        Bound::Exact => {
            // A rate is rounded to its last digit; so is a figure given in 万.
            let share = indicator.is_some_and(|it| it.value_type == ValueType::RatioPercent);
            let unit = if share {
                decimal_unit(&format!("{value}"))
            } else {
                rounding(&reading.raw) / scale
            };
            (value - unit, value + unit)
        }
        Bound::MoreThan if says(&reading.raw, &words.open) => (value, f64::INFINITY),
        // 800余: from 800 to below 900; of counts, 899.
        Bound::MoreThan => (value, below(value + last_digit(value))),
        Bound::LessThan if says(&reading.raw, &words.near) => {
            ((value * 0.9).min(value - last_digit(value)), value)
        }
        Bound::LessThan => (0.0_f64.min(value), value),
        Bound::About => (value - value.abs() * 0.1, value + value.abs() * 0.1),
    };
    Some(Interval { low, high }.times(Interval::point(scale)))
}

fn says(raw: &str, words: &[String]) -> bool {
    words.iter().any(|word| raw.contains(word.as_str()))
}

/// The largest number below, near enough that no figure lies between.
fn below(value: f64) -> f64 {
    value - value.abs() * 1e-9
}

/// One unit of the last digit that is not zero: 100 for 800, 1000 for 12000, 0.1 for 99.4.
fn last_digit(value: f64) -> f64 {
    let written = format!("{value}");
    if written.contains('.') {
        return decimal_unit(&written);
    }
    let zeros = written
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'0')
        .count();
    if zeros == written.len() {
        return 1.0;
    }
    (0..zeros).fold(1.0, |unit, _| unit * 10.0)
}

/// One unit of the last decimal: 0.01 for `3.14`, 1 for `3`.
fn decimal_unit(written: &str) -> f64 {
    let decimals = written.split_once('.').map_or("", |(_, decimals)| decimals);
    decimals.chars().fold(1.0, |unit, _| unit / 10.0)
}

/// One unit of the last digit before a scale word: 1000 for `3.6万条`, 0 without one.
fn rounding(raw: &str) -> f64 {
    let Some((at, word)) = raw.char_indices().find(|(_, c)| matches!(c, '万' | '亿')) else {
        return 0.0;
    };
    let figure = raw.get(..at).unwrap_or_default();
    let start = figure
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(0, |at| {
            at + figure
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8)
        });
    let digits = figure.get(start..).unwrap_or_default();
    decimal_unit(digits) * if word == '万' { 1e4 } else { 1e8 }
}

/// What a unit's scale word multiplies: 10000 for 万元 and 万条.
pub(crate) fn scale(unit: &str) -> f64 {
    unit.chars()
        .map_while(|word| match word {
            '十' => Some(10.0),
            '百' => Some(100.0),
            '千' => Some(1e3),
            '万' => Some(1e4),
            '亿' => Some(1e8),
            _ => None,
        })
        .product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_that_counts() {
        assert_eq!(last_digit(800.0), 100.0);
        assert_eq!(last_digit(12000.0), 1000.0);
        assert_eq!(last_digit(170.0), 10.0);
        assert_eq!(last_digit(12.0), 1.0);
        assert_eq!(last_digit(0.0), 1.0);
        assert!((last_digit(99.4) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn figures_with_a_scale_word_are_rounded() {
        assert_eq!(rounding("3.6万条"), 1000.0);
        assert_eq!(rounding("共10万条"), 10000.0);
        assert_eq!(rounding("170条"), 0.0);
        assert!((rounding("976.81万元") - 100.0).abs() < 1e-9);
    }

    #[test]
    fn scale_words_multiply() {
        assert_eq!(scale("万元"), 1e4);
        assert_eq!(scale("百万元"), 1e6);
        assert_eq!(scale("条"), 1.0);
        assert_eq!(scale(""), 1.0);
    }

    #[test]
    fn a_quotient_by_what_may_be_zero_is_unknown() {
        let zero = Interval::point(0.0);
        assert_eq!(Interval::point(3.0).over(zero), Interval::ANY);
        assert_eq!(Interval::NOT_NEGATIVE.times(zero), zero);
        assert_eq!(
            Interval::point(9.0)
                .over(Interval::point(3.0))
                .single()
                .map(f64::round),
            Some(3.0)
        );
    }
}
