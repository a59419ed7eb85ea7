//! What is kept of a record for the comparison: enough to say what changed, little enough for many.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use record::{Indicator, Kind, Record, Source, Status};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::exit::Failure;
use crate::records;

/// What is kept of a record.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) path: String,
    pub(crate) part: usize,
    pub(crate) id: String,
    pub(crate) is_report: bool,
    pub(crate) agency: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) year: Option<i16>,
    /// Fields that are compared as they are.
    pub(crate) metadata: Vec<(&'static str, Value)>,
    /// By indicator, dimensions, and which of several statements of the same.
    pub(crate) indicators: BTreeMap<(String, String, usize), Figure>,
    /// Of the whole record: equal ones need not be compared.
    pub(crate) hash: [u8; 32],
}

/// What an indicator says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) status: Status,
    pub(crate) value: Option<f64>,
    pub(crate) raw: String,
    pub(crate) label: String,
}

impl Kept {
    /// What is kept of a line of `records.jsonl`.
    pub(crate) fn of(line: &str) -> Result<Self, serde_json::Error> {
        let record: Record = serde_json::from_str(line)?;
        let mut indicators = BTreeMap::new();
        let mut stated = BTreeMap::new();
        for indicator in &record.indicators {
            let dims: Vec<String> = indicator
                .dims
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let dims = dims.join(",");
            let before = stated
                .entry((indicator.id.as_str(), dims.clone()))
                .or_insert(0);
            indicators.insert((indicator.id.clone(), dims, *before), figure(indicator));
            *before += 1;
        }
        let kind = serde_json::to_value(record.kind)?;
        Ok(Self {
            metadata: vec![
                ("kind", kind),
                ("title", record.title.clone().into()),
                ("agency", record.agency.name.clone().into()),
                (
                    "year",
                    record.period.as_ref().map(|period| period.year).into(),
                ),
                ("published", record.published.clone().into()),
                ("document_number", record.document_number.clone().into()),
                ("complete", record.complete.into()),
            ],
            path: record.source.path,
            part: record.source.part,
            id: record.id,
            is_report: record.kind == Kind::AnnualReport,
            agency: record.agency.name,
            region: record.agency.region.code,
            year: record.period.map(|period| period.year),
            indicators,
            hash: Sha256::digest(line.trim_end().as_bytes()).into(),
        })
    }

    /// The key of a line of `records.jsonl`, of which nothing else is read.
    pub(crate) fn key_of(line: &str) -> Result<(String, usize), serde_json::Error> {
        #[derive(Deserialize)]
        struct Placed {
            source: Source,
        }
        let Placed { source } = serde_json::from_str(line)?;
        Ok((source.path, source.part))
    }

    /// The document and the position in it.
    pub(crate) fn key(&self) -> (String, usize) {
        (self.path.clone(), self.part)
    }
}

fn figure(indicator: &Indicator) -> Figure {
    Figure {
        status: indicator.status,
        value: indicator.value.map(record::Number::get),
        raw: indicator.raw.clone(),
        label: indicator.label.clone(),
    }
}

/// What is kept of all records of a file or folder.
pub(crate) fn load(name: &Path) -> Result<Vec<Kept>, Failure> {
    let path = records::file(name);
    let wrong = |what: String| Failure::usage(format!("{}: {what}", path.display()));
    let file = File::open(&path).map_err(|error| wrong(error.to_string()))?;
    let mut kept = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| wrong(error.to_string()))?;
        if line.is_empty() {
            continue;
        }
        let record = Kept::of(&line)
            .map_err(|error| wrong(format!("line {}: no record: {error}", number + 1)))?;
        kept.push(record);
    }
    Ok(kept)
}
