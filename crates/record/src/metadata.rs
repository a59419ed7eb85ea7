//! Who reports, for what time, where to ask, and what is cited.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{At, Number};

/// Who reports. Never guessed: what the source does not support is null.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Agency {
    /// Fullest form that the source supports; null where it names none.
    pub name: Option<String>,
    /// As written: `市城管委`.
    pub as_written: Option<String>,
    /// Where it lies, as far as the source supports it.
    pub region: Region,
    /// What the name rests on.
    pub basis: Option<Basis>,
    /// Level of the government that it belongs to; null where the source does not tell.
    #[serde(default)]
    pub level: Option<Level>,
    /// What kind of body it is.
    #[serde(default)]
    pub body: Option<Body>,
    /// How sure the name is, 0 to 1; null without a name. See `Confidence` in the documentation of
    /// [`Record`](crate::Record).
    #[serde(default)]
    pub confidence: Option<Number>,
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
    /// Six-digit code (GB/T 2260) of the smallest unit known, as it was in the year covered.
    pub code: Option<String>,
    /// What the region rests on where it is not the agency's name: the running text, the page's
    /// metadata, or the address alone.
    #[serde(default)]
    pub basis: Option<Basis>,
}

/// The level of the government that an agency belongs to: a county's bureau is `county`, a ministry
/// `national`, a street office `township`. Bodies of the state's own line of command have the level
/// of the place that they serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole state.
    National,
    /// Province, autonomous region, municipality.
    Province,
    /// Prefecture-level city, prefecture, league.
    City,
    /// County, district, county-level city, banner.
    County,
    /// Town, township, street.
    Township,
}

impl Level {
    /// The word that stands in records: `county`.
    pub fn word(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Township => "township",
        }
    }
}

/// What kind of body an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A people's government, its office, or a street office.
    Government,
    /// A department of a government.
    Department,
    /// A body of the state's own line of command: taxes, customs, weather.
    Vertical,
    /// A development zone or another area run by a committee.
    FunctionalArea,
    /// A court or procuratorate.
    Court,
    /// A school or university.
    Education,
    /// A hospital or another body of health care.
    Health,
    /// A firm.
    Enterprise,
    /// An association.
    Association,
    /// Another public institution.
    Institution,
}

impl Body {
    /// The word that stands in records: `functional_area`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Department => "department",
            Self::Vertical => "vertical",
            Self::FunctionalArea => "functional_area",
            Self::Court => "court",
            Self::Education => "education",
            Self::Health => "health",
            Self::Enterprise => "enterprise",
            Self::Association => "association",
            Self::Institution => "institution",
        }
    }
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The year covered.
    pub year: i16,
    /// First day: ISO 8601, as exactly as the source says it.
    pub start: Option<String>,
    /// Last day: ISO 8601, as exactly as the source says it.
    pub end: Option<String>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// How sure the year is, 0 to 1.
    #[serde(default)]
    pub confidence: Option<Number>,
}

/// Where a report says that one can ask.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// The office.
    pub office: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Six digits.
    pub postcode: Option<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Fax number as written.
    pub fax: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Web site.
    pub site: Option<String>,
    /// Where the report says so.
    pub at: Option<At>,
}

/// Whose figures a report holds, in its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportScope {
    /// Whose: an id of the dimension `scope`.
    pub id: ScopeId,
    /// The sentence that says so.
    pub quote: String,
    /// Where it stands.
    pub at: Option<At>,
}

/// Whose figures: an id of the dimension `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeId {
    /// A government and its departments, without the places below it.
    OwnLevel,
    /// All that lies below the agency.
    Jurisdiction,
}

impl ScopeId {
    /// The word that stands in records: `jurisdiction`.
    pub fn word(self) -> &'static str {
        match self {
            Self::OwnLevel => "own_level",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

/// A document that a report cites by its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The number in its normal form: `国办发〔2014〕12号`, `国务院令第711号`.
    pub number: String,
    /// As written, white space aside.
    pub as_written: String,
    /// Where it stands, or begins.
    pub at: Option<At>,
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
                basis: agency.region.basis.map(Basis::from),
            },
            basis: agency.basis.map(Basis::from),
            level: agency.level.map(Level::from),
            body: agency.body.map(Body::from),
            confidence: agency
                .name
                .as_ref()
                .and_then(|_| confidence(agency.confidence)),
        }
    }
}

/// A confidence with two digits: more would be noise.
pub fn confidence(value: f64) -> Option<Number> {
    Number::new((value.clamp(0.0, 1.0) * 100.0).round() / 100.0)
}

impl From<&model::Period> for Period {
    fn from(period: &model::Period) -> Self {
        Self {
            year: period.year,
            start: period.start.map(|date| date.to_string()),
            end: period.end.map(|date| date.to_string()),
            basis: Some(period.basis.into()),
            confidence: confidence(period.confidence),
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

impl From<model::AgencyLevel> for Level {
    fn from(level: model::AgencyLevel) -> Self {
        match level {
            model::AgencyLevel::National => Self::National,
            model::AgencyLevel::Province => Self::Province,
            model::AgencyLevel::City => Self::City,
            model::AgencyLevel::County => Self::County,
            model::AgencyLevel::Township => Self::Township,
        }
    }
}

impl From<model::Body> for Body {
    fn from(body: model::Body) -> Self {
        match body {
            model::Body::Government => Self::Government,
            model::Body::Department => Self::Department,
            model::Body::Vertical => Self::Vertical,
            model::Body::FunctionalArea => Self::FunctionalArea,
            model::Body::Court => Self::Court,
            model::Body::Education => Self::Education,
            model::Body::Health => Self::Health,
            model::Body::Enterprise => Self::Enterprise,
            model::Body::Association => Self::Association,
            model::Body::Institution => Self::Institution,
        }
    }
}
