//! Which government an agency belongs to, and what kind of body it is.

use codebook::{BodyKind, Codebook};
use model::{AgencyLevel, Body, Division};

use super::name::split_place;

/// The level of the government that an agency belongs to: that of the last place in its name, a town's
/// where a town follows, else that of the word it begins with. `市` alone can be a prefecture or a county.
pub(super) fn level(name: &str, region: &Division, codebook: &Codebook) -> Option<AgencyLevel> {
    let (place, rest) = split_place(name, codebook);
    if codebook.agencies.town_end(rest).is_some() {
        return Some(AgencyLevel::Township);
    }
    let of_region = || match region {
        Division {
            county: Some(_), ..
        } => Some(AgencyLevel::County),
        Division { city: Some(_), .. } => Some(AgencyLevel::City),
        Division {
            province: Some(_), ..
        } => Some(AgencyLevel::Province),
        _ => None,
    };
    if !place.is_empty() || (region.basis.is_none() && region.province.is_some()) {
        return of_region().or_else(|| of_word(place.chars().next_back()?));
    }
    if codebook.agencies.is_national(name) {
        return Some(AgencyLevel::National);
    }
    let word = rest.chars().next()?;
    // 市 alone can be a prefecture or a county: the region tells, where it is one.
    let of_city = || match region {
        Division {
            county: Some(county),
            ..
        } if county.ends_with('市') => Some(AgencyLevel::County),
        Division {
            county: None,
            city: Some(city),
            ..
        } if city.ends_with('市') => Some(AgencyLevel::City),
        _ => None,
    };
    of_word(word).or_else(|| (word == '市').then(of_city).flatten())
}

fn of_word(word: char) -> Option<AgencyLevel> {
    match word {
        '省' => Some(AgencyLevel::Province),
        '州' | '盟' => Some(AgencyLevel::City),
        '县' | '区' | '旗' => Some(AgencyLevel::County),
        _ => None,
    }
}

/// What kind of body a name stands for.
pub(super) fn body(name: &str, codebook: &Codebook) -> Option<Body> {
    let kind = codebook.agencies.body(name)?;
    Some(match kind {
        BodyKind::Government => Body::Government,
        BodyKind::Department => Body::Department,
        BodyKind::Vertical => Body::Vertical,
        BodyKind::FunctionalArea => Body::FunctionalArea,
        BodyKind::Court => Body::Court,
        BodyKind::Education => Body::Education,
        BodyKind::Health => Body::Health,
        BodyKind::Enterprise => Body::Enterprise,
        BodyKind::Association => Body::Association,
        BodyKind::Institution => Body::Institution,
    })
}
