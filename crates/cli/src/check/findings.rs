//! What rules say: of each record what fails, of several records together all outcomes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use nianbao::Record;
use record::{CheckStatus, Finding, Taken, Within};

use super::field;
use crate::args::CheckFormat;

/// The names of the columns of [`CheckFormat::Tsv`].
const HEADER: &str = "path\tpart\tid\tagency\tyear\trule\texpected\tfound\tmessage\n";

/// Characters of a message that are written.
const MESSAGE: usize = 400;

/// Findings of a rule by outcome, for the summary.
#[derive(Default)]
struct Tally {
    fail: u64,
    incomplete: u64,
    pass: u64,
    /// The first failure, or the first that asks for a look.
    example: Option<(CheckStatus, String)>,
}

/// A failing check of one record: path and part, position among the record's checks.
type OwnKey = (String, usize, String, usize);

/// Failing checks of records, until all are there: they are written by path, whatever the order of
/// the records.
#[derive(Default)]
pub(super) struct Own(BTreeMap<OwnKey, Finding>);

impl Own {
    /// Takes the failing checks of a record.
    pub(super) fn add(&mut self, record: &Record) {
        for (position, check) in record.checks.iter().enumerate() {
            if check.status != CheckStatus::Fail {
                continue;
            }
            let year = record.period.as_ref().map(|period| period.year);
            let taken = check.refs.iter().map(|reference| {
                let indicator = record.indicators.get(reference.index);
                Taken {
                    record: record.id.clone(),
                    path: record.source.path.clone(),
                    year,
                    index: reference.index,
                    id: reference.id.clone(),
                    dims: indicator.map_or_else(BTreeMap::new, |known| known.dims.clone()),
                    value: reference.value,
                    unit: indicator.and_then(|known| known.unit.clone()),
                }
            });
            let finding = Finding {
                within: Within::Record,
                agency: record.agency.name.clone(),
                region: record.agency.region.code.clone(),
                year,
                rule: check.rule.clone(),
                status: check.status,
                expected: check.expected,
                found: check.found,
                refs: taken.collect(),
                message: check.message.clone(),
                message_zh: check.message_zh.clone(),
            };
            let source = &record.source;
            let key = (
                source.path.clone(),
                source.part,
                record.id.clone(),
                position,
            );
            self.0.insert(key, finding);
        }
    }
}

/// Writes findings and counts them.
pub(super) struct Writer<W> {
    out: W,
    format: CheckFormat,
    tallies: BTreeMap<String, Tally>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(mut out: W, format: CheckFormat) -> io::Result<Self> {
        if format == CheckFormat::Tsv {
            out.write_all(HEADER.as_bytes())?;
        }
        Ok(Self {
            out,
            format,
            tallies: BTreeMap::new(),
        })
    }

    /// Writes the failing checks of records, in the order of their paths.
    pub(super) fn own(&mut self, own: Own) -> io::Result<()> {
        for ((_, part, _, _), finding) in own.0 {
            self.one(&finding, part)?;
        }
        Ok(())
    }

    /// Writes a finding over several records.
    pub(super) fn across(&mut self, finding: &Finding) -> io::Result<()> {
        self.one(finding, 0)
    }

    fn one(&mut self, finding: &Finding, part: usize) -> io::Result<()> {
        let tally = self.tallies.entry(finding.rule.clone()).or_default();
        match finding.status {
            CheckStatus::Fail => tally.fail += 1,
            CheckStatus::Incomplete => tally.incomplete += 1,
            CheckStatus::Pass => tally.pass += 1,
        }
        let worse = match (&tally.example, finding.status) {
            (_, CheckStatus::Pass) => false,
            (None, _) => true,
            (Some((known, _)), status) => {
                *known == CheckStatus::Incomplete && status == CheckStatus::Fail
            }
        };
        if worse {
            let example = field(&finding.message, MESSAGE);
            tally.example = Some((finding.status, example));
        }
        match self.format {
            CheckFormat::Jsonl => {
                serde_json::to_writer(&mut self.out, finding)?;
                self.out.write_all(b"\n")
            }
            CheckFormat::Tsv if finding.status == CheckStatus::Fail => self.row(finding, part),
            CheckFormat::Tsv => Ok(()),
        }
    }

    fn row(&mut self, finding: &Finding, part: usize) -> io::Result<()> {
        let number = |value: &Option<record::Number>| {
            value.map_or_else(String::new, |value| value.to_string())
        };
        let first = finding.refs.first();
        writeln!(
            self.out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            field(first.map_or("", |taken| &taken.path), usize::MAX),
            part,
            first.map_or("", |taken| &taken.record),
            finding.agency.as_deref().unwrap_or_default(),
            finding
                .year
                .map_or_else(String::new, |year| year.to_string()),
            finding.rule,
            number(&finding.expected),
            number(&finding.found),
            field(&finding.message, MESSAGE),
        )
    }

    /// Ends the output, says in a few lines what was found, and gives the number of failures.
    pub(super) fn finish(mut self, summary: Option<&mut dyn Write>) -> io::Result<u64> {
        self.out.flush()?;
        let failing = self.tallies.values().map(|tally| tally.fail).sum();
        let Some(summary) = summary else {
            return Ok(failing);
        };
        for (rule, tally) in &self.tallies {
            writeln!(
                summary,
                "{rule}: {} fail, {} to be looked at or open, {} pass",
                tally.fail, tally.incomplete, tally.pass
            )?;
            if let Some((_, example)) = &tally.example {
                writeln!(summary, "  e.g. {example}")?;
            }
        }
        writeln!(summary, "{failing} checks fail")?;
        Ok(failing)
    }
}
