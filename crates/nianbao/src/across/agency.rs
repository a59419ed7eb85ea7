//! Which reports are of one agency, and which agencies lie below one.

use codebook::AgencyLexicon;
use record::{Agency, Level, Record};

/// Below this a name or a year is too unsure to match reports by it.
const SURE: f64 = 0.7;

/// One agency, whatever its region was called when it reported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AgencyKey {
    /// Code of its region; 0 for the whole state.
    pub(super) region: u32,
    /// Its name without the names of its region, as names are matched: after 襄樊市 became 襄阳市, both of
    /// code 420600, its 财政局 is the same agency, and its 发改局 is its 发展和改革局.
    pub(super) name: String,
}

/// Agency and year of an annual report; `None` where either is unknown or unsure. A name without a
/// region is that of many agencies, unless it is one of the state's.
pub(super) fn identity(record: &Record, lexicon: &AgencyLexicon) -> Option<(AgencyKey, i16)> {
    let sure = |confidence: Option<record::Number>| {
        confidence.is_none_or(|confidence| confidence.get() >= SURE)
    };
    let period = record.period.as_ref()?;
    let agency = &record.agency;
    if !sure(agency.confidence) || !sure(period.confidence) {
        return None;
    }
    let name = agency.name.as_deref()?;
    let key = match &agency.region.code {
        Some(code) => AgencyKey {
            region: code.parse().ok()?,
            name: lexicon.matched(without_region(name, agency)),
        },
        None if agency.level == Some(Level::National) => AgencyKey {
            region: 0,
            name: name.to_owned(),
        },
        None => return None,
    };
    Some((key, period.year))
}

fn without_region<'n>(name: &'n str, agency: &Agency) -> &'n str {
    let region = &agency.region;
    let mut rest = name;
    for part in [&region.province, &region.city, &region.county] {
        let part = part.as_deref().unwrap_or_default();
        rest = rest.strip_prefix(part).unwrap_or(rest);
    }
    rest
}

/// The codes below a region's: districts below a city, cities and counties below a province.
pub(super) fn codes_below(code: u32) -> std::ops::Range<u32> {
    let width = if code.is_multiple_of(10_000) {
        10_000
    } else if code.is_multiple_of(100) {
        100
    } else {
        1
    };
    code.saturating_add(1)..code.saturating_add(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(name: &str, city: &str, code: &str) -> Agency {
        let mut agency = Agency {
            name: Some(name.into()),
            ..Agency::default()
        };
        agency.region.province = Some("湖北省".into());
        agency.region.city = Some(city.into());
        agency.region.code = Some(code.into());
        agency
    }

    #[test]
    fn a_region_renamed_under_its_code_is_the_same() {
        let before = agency("襄樊市财政局", "襄樊市", "420600");
        let after = agency("湖北省襄阳市财政局", "襄阳市", "420600");
        assert_eq!(without_region("襄樊市财政局", &before), "财政局");
        assert_eq!(without_region("湖北省襄阳市财政局", &after), "财政局");
    }

    #[test]
    fn codes_nest() {
        assert!(codes_below(420_000).contains(&420_600));
        assert!(codes_below(420_000).contains(&420_606));
        assert!(codes_below(420_600).contains(&420_606));
        assert!(!codes_below(420_600).contains(&420_700));
        assert!(codes_below(420_606).is_empty());
    }
}
