//! Who reports, and for what time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who reports. Never guessed: what the source does not support is null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// Fullest form that the source supports; null where it names none.
    pub name: Option<String>,
    /// As written: `市城管委`.
    pub as_written: Option<String>,
    /// Where it lies, as far as the source supports it.
    pub region: Region,
    /// What the name rests on.
    pub basis: Option<Basis>,
}

/// A place in the administrative order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// Province, autonomous region or municipality.
    pub province: Option<String>,
    /// Prefecture-level city.
    pub city: Option<String>,
    /// County, district or county-level city.
    pub county: Option<String>,
    /// Six-digit code (GB/T 2260) of the smallest unit known.
    pub code: Option<String>,
}

/// What a piece of metadata rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The title.
    Title,
    /// The opening paragraph.
    Introduction,
    /// The signature at the end.
    Signature,
    /// The running text.
    Text,
    /// The page's metadata.
    Metadata,
    /// The address.
    Uri,
}

/// The time a report covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The year covered.
    pub year: i16,
    /// First day: ISO 8601, as exactly as the source says it.
    pub start: Option<String>,
    /// Last day: ISO 8601, as exactly as the source says it.
    pub end: Option<String>,
    /// What it rests on.
    pub basis: Option<Basis>,
}

impl From<&model::Agency> for Agency {
    fn from(agency: &model::Agency) -> Self {
        Self {
            name: agency.name.clone(),
            as_written: agency.as_written.clone(),
            region: Region {
                province: agency.region.province.clone(),
                city: agency.region.city.clone(),
                county: agency.region.county.clone(),
                code: agency.region.code.clone(),
            },
            basis: agency.basis.map(Basis::from),
        }
    }
}

impl From<&model::Period> for Period {
    fn from(period: &model::Period) -> Self {
        Self {
            year: period.year,
            start: period.start.map(|date| date.to_string()),
            end: period.end.map(|date| date.to_string()),
            basis: Some(period.basis.into()),
        }
    }
}

impl From<model::Basis> for Basis {
    fn from(basis: model::Basis) -> Self {
        match basis {
            model::Basis::Title => Self::Title,
            model::Basis::Introduction => Self::Introduction,
            model::Basis::Signature => Self::Signature,
            model::Basis::Text => Self::Text,
            model::Basis::Metadata => Self::Metadata,
            model::Basis::Uri => Self::Uri,
        }
    }
}
