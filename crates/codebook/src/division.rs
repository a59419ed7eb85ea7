//! Provinces, prefectures and counties, with the years in which they existed.

/// All administrative divisions.
#[derive(Debug, Clone, Default)]
pub struct Divisions {
    /// Entries by code.
    pub entries: Vec<DivisionEntry>,
}

/// A division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionEntry {
    /// Six digits (GB/T 2260).
    pub code: u32,
    /// 广州市
    pub name: String,
    /// Level.
    pub level: DivisionLevel,
}

/// Level of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DivisionLevel {
    /// Province, autonomous region, municipality.
    Province,
    /// Prefecture.
    City,
    /// County, district, county-level city.
    County,
}
