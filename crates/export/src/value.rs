//! A value in a table.

use std::borrow::Cow;

use serde::Serialize;

/// A value in a row. What is not there is [`Value::Null`]; an empty text is a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Not there.
    Null,
    /// A text, or JSON in a column of [`Kind::Json`](crate::Kind::Json).
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<record::Number> for Value<'_> {
    fn from(value: record::Number) -> Self {
        Self::Number(value.get())
    }
}

impl From<i16> for Value<'_> {
    fn from(value: i16) -> Self {
        Self::Integer(value.into())
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The word of an enumeration, as records write it.
pub(crate) fn word<T: Serialize>(value: &T) -> Value<'static> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Value::from(word),
        _ => Value::Null,
    }
}

/// A part of a record as JSON, as records write it.
pub(crate) fn json<T: Serialize>(value: &T) -> Value<'static> {
    serde_json::to_string(value).map_or(Value::Null, Value::from)
}

/// The same of a list; null where it is empty.
pub(crate) fn json_list<T: Serialize>(list: &[T]) -> Value<'static> {
    if list.is_empty() {
        Value::Null
    } else {
        json(&list)
    }
}
