//! Dimensions: what indicators are broken down by.

use serde::Deserialize;

use crate::CodebookError;

/// A dimension of indicators: applicant, procedure, period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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
    /// Values in the order of the forms.
    pub values: Vec<DimensionValue>,
}

/// A value of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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

    /// Reads `dimensions.toml`.
    pub(crate) fn parse_all(text: &str, file: &str) -> Result<Vec<Self>, CodebookError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            dimension: Vec<Dimension>,
        }
        let read: File =
            toml::from_str(text).map_err(|error| CodebookError::syntax(file, text, &error))?;
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
