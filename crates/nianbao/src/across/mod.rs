//! Records held against each other: the year before, the agencies below, the same report twice.
//!
//! Reports are matched by agency (code of the region, name without the region's) and year, and only
//! where both are known and sure. A year without a report is no finding.

mod agency;
mod kept;

use std::collections::{BTreeMap, BTreeSet};

use codebook::Codebook;
use consistency_checking::{Neighbourhood, check_across};
use model::Reading;
use record::{Body, Finding, Kind, Number, Record, ScopeId, Taken, Within};

use agency::{AgencyKey, codes_below, identity};
use kept::{KeptRecord, Shared};

/// The scope of a report that sums over all that lies below.
const JURISDICTION: &str = "jurisdiction";

/// Fewer reports below are no sum.
const FEWEST_PARTS: usize = 2;

/// Takes in records one by one, in any order, and says what rules say of several of them. Of each
/// annual report only its cells are kept, about 50 bytes each.
#[derive(Debug)]
pub struct Across<'c> {
    codebook: &'c Codebook,
    shared: Shared,
    reports: BTreeMap<(AgencyKey, i16), Vec<KeptRecord>>,
    /// The agencies that reported, by year and code of the region.
    regions: BTreeMap<(i16, u32), BTreeSet<AgencyKey>>,
}

/// A reading's place: the record and the position among its indicators.
type Place<'r> = (&'r KeptRecord, usize);

impl<'c> Across<'c> {
    /// Nothing yet; names and rules are those of the codebook.
    pub fn new(codebook: &'c Codebook) -> Self {
        Self {
            codebook,
            shared: Shared::default(),
            reports: BTreeMap::new(),
            regions: BTreeMap::new(),
        }
    }

    /// Takes in a record.
    pub fn add(&mut self, record: &Record) {
        if record.kind != Kind::AnnualReport {
            return;
        }
        let Some((key, year)) = identity(record, &self.codebook.agencies) else {
            return;
        };
        let kept = KeptRecord::of(record, year, &mut self.shared);
        let same_place = self.regions.entry((year, key.region)).or_default();
        same_place.insert(key.clone());
        self.reports.entry((key, year)).or_default().push(kept);
    }

    /// The findings of each agency and year, in their order, one batch a report: `take` may stop by
    /// an error.
    ///
    /// # Errors
    /// Those of `take`.
    pub fn findings<E>(mut self, mut take: impl FnMut(Finding) -> Result<(), E>) -> Result<(), E> {
        for records in self.reports.values_mut() {
            records.sort_by(|a, b| (&a.path, a.part, &a.id).cmp(&(&b.path, b.part, &b.id)));
            // The same bytes read twice are one report.
            records.dedup_by(|a, b| a.id == b.id);
        }
        for (key, year) in self.reports.keys() {
            for finding in self.of_report(key, *year) {
                take(finding)?;
            }
        }
        Ok(())
    }

    fn of_report(&self, key: &AgencyKey, year: i16) -> Vec<Finding> {
        let own = self.records(key, year);
        let Some(first) = own.first() else {
            return Vec::new();
        };
        let mut places: Vec<Place<'_>> = Vec::new();
        let mut ordinal = 0;
        let mut readings = |record: &'_ KeptRecord| {
            ordinal += 1;
            record.readings(&self.shared, ordinal).collect::<Vec<_>>()
        };
        let mut neighbourhood = Neighbourhood {
            level: first.level.map(|level| level.word().to_owned()),
            body: first.body.map(|body| body.word().to_owned()),
            ..Neighbourhood::default()
        };
        // Figures of two reports are of the same bodies unless one says otherwise.
        let says = |scope| own.iter().any(|record| record.scope == Some(scope));
        let sums = says(ScopeId::Jurisdiction);
        let mut scoped = |record: &'_ KeptRecord| {
            let mut cells = readings(record);
            if sums && record.scope != Some(ScopeId::OwnLevel) {
                for (_, cell) in &mut cells {
                    let scope = cell.dimensions.entry("scope".to_owned());
                    scope.or_insert_with(|| JURISDICTION.to_owned());
                }
            }
            cells
        };
        for record in own {
            let cells = placed(record, scoped(record), &mut places);
            neighbourhood.own.push(cells);
        }
        let before = year
            .checked_sub(1)
            .map_or(&[][..], |year| self.records(key, year));
        let own_level = says(ScopeId::OwnLevel);
        let comparable =
            |record: &&KeptRecord| !own_level || record.scope != Some(ScopeId::Jurisdiction);
        for record in before.iter().filter(comparable) {
            let cells = placed(record, scoped(record), &mut places);
            neighbourhood.previous.push(cells);
        }
        for (records, whole) in self.parts(key, year) {
            let mut part = Vec::new();
            for record in records {
                let mut cells = readings(record);
                let says = record.scope == Some(ScopeId::Jurisdiction);
                cells.retain(|(_, cell)| match cell.dimensions.get("scope") {
                    Some(scope) => whole && scope == JURISDICTION,
                    None => whole == says,
                });
                for (_, cell) in &mut cells {
                    cell.dimensions.remove("scope");
                }
                part.extend(placed(record, cells, &mut places));
            }
            neighbourhood.parts.push(part);
        }
        let found = check_across(&neighbourhood, self.codebook);
        let all: Vec<&Reading> = [
            &neighbourhood.own,
            &neighbourhood.previous,
            &neighbourhood.parts,
        ]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
        let taken = |at: &usize| {
            let (record, index) = places.get(*at)?;
            let reading = all.get(*at)?;
            Some(Taken {
                record: record.id.clone(),
                path: record.path.clone(),
                year: Some(record.year),
                index: *index,
                id: reading.indicator.clone(),
                dims: reading.dimensions.clone(),
                value: reading.value.and_then(Number::new),
                unit: reading.unit.clone(),
            })
        };
        let findings = found.into_iter().map(|finding| Finding {
            within: Within::Corpus,
            agency: first.agency.clone(),
            region: first.region.clone(),
            year: Some(year),
            rule: finding.rule,
            status: finding.status.into(),
            expected: finding.expected.and_then(Number::new),
            found: finding.found.and_then(Number::new),
            refs: finding.readings.iter().filter_map(taken).collect(),
            message: finding.message,
            message_zh: finding.message_zh,
        });
        findings.collect()
    }

    fn records(&self, key: &AgencyKey, year: i16) -> &[KeptRecord] {
        let found = self.reports.get(&(key.clone(), year));
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether an agency's report sums over its jurisdiction.
    fn is_whole(&self, key: &AgencyKey, year: i16) -> bool {
        let records = self.records(key, year).iter();
        let government = |record: &&KeptRecord| record.body == Some(Body::Government);
        records
            .filter(government)
            .any(|record| record.speaks_of(JURISDICTION, &self.shared))
    }

    /// The reports that a sum over a jurisdiction should hold, and whether each is such a sum itself:
    /// of a region below either its own sum or what its agencies report.
    fn parts(&self, key: &AgencyKey, year: i16) -> Vec<(&[KeptRecord], bool)> {
        if key.region == 0 || !self.is_whole(key, year) {
            return Vec::new();
        }
        let mut parts = Vec::new();
        let here = self.regions.get(&(year, key.region));
        for agency in here.into_iter().flatten().filter(|agency| *agency != key) {
            parts.push((self.records(agency, year), false));
        }
        // A city with a sum of its own speaks for its counties.
        let mut spoken_for = 0;
        let below = codes_below(key.region);
        let regions = self.regions.range((year, below.start)..(year, below.end));
        for ((_, code), agencies) in regions {
            if *code < spoken_for {
                continue;
            }
            let whole = agencies.iter().find(|agency| self.is_whole(agency, year));
            match whole {
                Some(agency) => {
                    parts.push((self.records(agency, year), true));
                    spoken_for = codes_below(*code).end;
                }
                None => {
                    let each = agencies.iter();
                    parts.extend(each.map(|agency| (self.records(agency, year), false)));
                }
            }
        }
        if parts.len() < FEWEST_PARTS {
            parts.clear();
        }
        parts
    }
}

/// The readings, and a note of where each stands.
fn placed<'r>(
    record: &'r KeptRecord,
    readings: Vec<(usize, Reading)>,
    places: &mut Vec<Place<'r>>,
) -> Vec<Reading> {
    let readings = readings.into_iter();
    readings
        .map(|(index, reading)| {
            places.push((record, index));
            reading
        })
        .collect()
}
