//! Indicators: what a number means, apart from form and year.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Source;
use crate::{CodebookError, Dimension};

/// An indicator of the codebook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Indicator {
    /// Topic, subject and qualifier: `requests.outcome.granted`. Never year, form or unit.
    pub id: String,
    /// Short name in English.
    pub name: String,
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
    /// Dimensions that it can be broken down by, each with the values allowed. Contextual
    /// dimensions (period, scope) hold for every indicator and are not repeated here.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// First report year that any form asks for it.
    pub first_year: i16,
    /// Last report year that any form asks for it.
    pub last_year: i16,
    /// Prose says it, whether or not a form asks for it.
    pub narrative: bool,
    /// Local forms whose tables were not seen, that are taken to ask for it.
    pub assumed_forms: Vec<String>,
    /// Where the definition was seen.
    pub source: String,
}

/// What kind of number an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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

impl ValueType {
    /// The word that stands in the file: `stock_count`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::SubtotalCount => "subtotal_count",
            Self::StockCount => "stock_count",
            Self::SignedCount => "signed_count",
            Self::RatioPercent => "ratio_percent",
            Self::Money => "money",
        }
    }
}

impl Indicator {
    /// The values allowed of one of its own dimensions.
    pub fn allowed(&self, dimension: &str) -> Option<&[String]> {
        self.dimensions
            .iter()
            .find(|(id, _)| id == dimension)
            .map(|(_, values)| values.as_slice())
    }

    /// Reads `indicators.toml`; sorted by id.
    pub(crate) fn parse_all(
        source: &Source<'_>,
        dimensions: &[Dimension],
    ) -> Result<Vec<Self>, CodebookError> {
        let file = source.file;
        let read: File = source.read()?;
        let mut indicators = Vec::with_capacity(read.indicator.len());
        for entry in read.indicator {
            indicators.push(entry.checked(file, dimensions)?);
        }
        indicators.sort_by(|a: &Self, b| a.id.cmp(&b.id));
        for (one, next) in indicators.iter().zip(indicators.iter().skip(1)) {
            if one.id == next.id {
                let remedy = "give one of the two another id";
                return Err(CodebookError::invalid(
                    file,
                    &one.id,
                    "this id stands twice",
                    remedy,
                ));
            }
        }
        for indicator in &indicators {
            if let Some(parent) = &indicator.parent
                && indicators
                    .binary_search_by(|other| other.id.cmp(parent))
                    .is_err()
            {
                return Err(CodebookError::invalid(
                    file,
                    &indicator.id,
                    format!("its parent `{parent}` is no indicator"),
                    "correct the parent or define it",
                ));
            }
        }
        Ok(indicators)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Indicators, one table each.
    #[serde(default)]
    indicator: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Topic, subject and qualifier. Never year, form or unit; never used again for another meaning.
    id: String,
    /// Short name in English.
    name: String,
    /// Name in Chinese.
    label: String,
    /// What is counted.
    definition: String,
    /// Canonical unit.
    unit: String,
    /// What kind of number it is.
    value_type: ValueType,
    /// The sum that it is a part of, where that is the same in every form.
    parent: Option<String>,
    /// What it is broken down by, with the values allowed; `"*"` for every value of the dimension.
    #[serde(default)]
    dimensions: BTreeMap<String, Allowed>,
    /// First report year that any form asks for it, or prose was seen to say it.
    first_year: i16,
    /// Last such year.
    last_year: i16,
    /// Prose says it, whether or not a form asks for it.
    #[serde(default)]
    narrative: bool,
    /// Local forms whose tables were not seen, that are taken to ask for it.
    #[serde(default)]
    assumed_forms: Vec<String>,
    /// Where the definition was seen; K: knowledge, not seen verbatim.
    source: String,
}

/// `"*"` for every value of the dimension, or a list.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Allowed {
    All(String),
    List(Vec<String>),
}

impl Entry {
    fn checked(self, file: &str, known: &[Dimension]) -> Result<Indicator, CodebookError> {
        let id = self.id;
        let invalid = |problem: String, remedy: &str| {
            CodebookError::invalid(file, id.as_str(), problem, remedy)
        };
        let mut dimensions = Vec::with_capacity(self.dimensions.len());
        for (name, allowed) in self.dimensions {
            let Some(dimension) = known.iter().find(|dimension| dimension.id == name) else {
                return Err(invalid(
                    format!("there is no dimension `{name}`"),
                    "define it in dimensions.toml",
                ));
            };
            let values = match allowed {
                Allowed::All(all) if all == "*" => dimension
                    .values
                    .iter()
                    .map(|value| value.id.clone())
                    .collect(),
                Allowed::All(one) => vec![one],
                Allowed::List(values) => values,
            };
            if let Some(value) = values.iter().find(|value| dimension.value(value).is_none()) {
                return Err(invalid(
                    format!("`{value}` is no value of the dimension `{name}`"),
                    "correct it or add it to dimensions.toml",
                ));
            }
            dimensions.push((name, values));
        }
        if self.first_year > self.last_year {
            return Err(invalid(
                "its first year comes after its last".to_owned(),
                "swap the years",
            ));
        }
        Ok(Indicator {
            id,
            name: self.name,
            label: self.label,
            definition: self.definition,
            unit: self.unit,
            value_type: self.value_type,
            parent: self.parent,
            dimensions,
            first_year: self.first_year,
            last_year: self.last_year,
            narrative: self.narrative,
            assumed_forms: self.assumed_forms,
            source: self.source,
        })
    }
}
