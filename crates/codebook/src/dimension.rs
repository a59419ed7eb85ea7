//! Dimensions: what indicators are broken down by.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::CodebookError;
use crate::source::Source;

/// A dimension of indicators: applicant, procedure, period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// `applicant`
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese.
    pub label: String,
    /// The value that is meant where none is stated; readings leave it out.
    pub default: Option<String>,
    /// It holds for every indicator: it says of when or of whom a table or sentence speaks.
    #[serde(default)]
    pub contextual: bool,
    /// Its values are the codes of this many digits; `values` names those that are known.
    pub digits: Option<usize>,
    /// Values in the order of the forms.
    #[serde(default)]
    pub values: Vec<DimensionValue>,
}

/// A value of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DimensionValue {
    /// `natural_person`
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese.
    pub label: String,
}

impl Dimension {
    /// The value with this id.
    pub fn value(&self, id: &str) -> Option<&DimensionValue> {
        self.values.iter().find(|value| value.id == id)
    }

    /// Whether this is a value of it: one of `values`, or a code.
    pub fn allows(&self, value: &str) -> bool {
        self.value(value).is_some() || self.is_code(value)
    }

    /// Whether a text is a code of as many digits as the values have.
    pub fn is_code(&self, text: &str) -> bool {
        self.digits == Some(text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Reads `dimensions.toml`.
    pub(crate) fn parse_all(source: &Source<'_>) -> Result<Vec<Self>, CodebookError> {
        let file = source.file;
        let read: File = source.read()?;
        for (index, dimension) in read.dimension.iter().enumerate() {
            let known = read.dimension.iter().take(index);
            if known.into_iter().any(|other| other.id == dimension.id) {
                return Err(CodebookError::invalid(
                    file,
                    &dimension.id,
                    "this dimension stands twice",
                    "join the two",
                ));
            }
            if let Some(default) = &dimension.default
                && dimension.value(default).is_none()
            {
                return Err(CodebookError::invalid(
                    file,
                    &dimension.id,
                    format!("its default `{default}` is not among its values"),
                    "add the value or name another default",
                ));
            }
        }
        Ok(read.dimension)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Dimensions, one table each.
    dimension: Vec<Dimension>,
}
