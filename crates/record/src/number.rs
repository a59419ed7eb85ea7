//! Numbers as records print them.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The largest whole number up to which every whole number has a value of its own.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// A finite number. A whole one is written without a fraction (`170`), any other as the shortest
/// decimal that reads back as the same number (`0.6`).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Number(f64);

impl Number {
    /// A number, `None` for infinities and what is no number. Zero has no sign.
    pub fn new(value: f64) -> Option<Self> {
        value
            .is_finite()
            .then_some(Self(if value == 0.0 { 0.0 } else { value }))
    }

    /// A length in points, to a hundredth of a point; 0 for what is no length.
    pub fn points(value: f32) -> Self {
        Self::new((f64::from(value) * 100.0).round() / 100.0).unwrap_or(Self(0.0))
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and within the range that both types hold exactly"
    )]
    fn whole(self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() <= LARGEST_EXACT).then_some(self.0 as i64)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| D::Error::custom("a number that is not finite"))
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn print(value: f64) -> String {
        serde_json::to_string(&Number::new(value)).unwrap()
    }

    #[test]
    fn whole_numbers_have_no_fraction_and_others_the_shortest() {
        assert_eq!(print(170.0), "170");
        assert_eq!(print(-0.0), "0");
        assert_eq!(print(0.6), "0.6");
        assert_eq!(print(976.81), "976.81");
        assert_eq!(print(-35.0), "-35");
        assert_eq!(print(f64::NAN), "null");
    }
}
