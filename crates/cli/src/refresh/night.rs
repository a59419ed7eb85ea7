//! A night: what it found, written down; and the versions of records that nights have replaced.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use fetch::{Outcome, Visit};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::exports::{self, Exported};
use super::state::{State, replace};
use super::{metrics, report};
use crate::diff::{self, Difference, Kept};
use crate::exit::{Exit, Failure};
use crate::fetching::shown;
use crate::records;

/// What a night found.
pub(super) struct Night {
    pub(super) run: i64,
    pub(super) begun: Timestamp,
    pub(super) ended: Timestamp,
    pub(super) visits: Vec<Visit>,
    pub(super) difference: Difference,
    pub(super) exports: Vec<Exported>,
    /// Whether anything had to be extracted.
    pub(super) extracted: bool,
    /// Whether nothing was reported before.
    pub(super) is_first: bool,
}

impl Night {
    /// How many addresses ended so.
    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.visits
            .iter()
            .filter(|visit| visit.outcome == outcome)
            .count()
    }

    /// Writes everything about it. What an earlier try of the same night wrote is replaced.
    pub(super) fn write(&self, output: &Path, state: &State) -> Result<(), Failure> {
        let nights = output.join("nights");
        let name = |ending: &str| nights.join(format!("{:06}.{ending}", self.run));
        let changes = self.changes();
        let report = report::report(self);
        let (markdown, html) = (report.markdown(), report.html());
        let replaced = self.replaced(state)?;
        if !replaced.is_empty() {
            replace(&name("replaced.jsonl"), replaced.as_bytes())?;
        }
        replace(&name("changes.jsonl"), changes.as_bytes())?;
        replace(&name("md"), markdown.as_bytes())?;
        replace(&name("html"), html.as_bytes())?;
        replace(&output.join("changes.jsonl"), changes.as_bytes())?;
        replace(&output.join("report.md"), markdown.as_bytes())?;
        replace(&output.join("report.html"), html.as_bytes())?;
        replace(&output.join("nianbao.prom"), metrics::text(self).as_bytes())
    }

    /// The changes of the records, then of the exports, then what came of the addresses; those that are as they were are left
    /// out.
    fn changes(&self) -> String {
        let mut text = diff::lines(&self.difference.changes);
        for export in &self.exports {
            let message = match &export.outcome {
                exports::Outcome::Unchanged => continue,
                exports::Outcome::Written(records) => format!("{records} records"),
                exports::Outcome::Failed(why) => why.clone(),
            };
            let line = json!({
                "change": "export",
                "path": export.place.display().to_string(),
                "outcome": export.outcome.word(),
                "message": message,
            });
            text.push_str(&format!("{line}\n"));
        }
        for visit in self
            .visits
            .iter()
            .filter(|visit| visit.outcome != Outcome::Unchanged)
        {
            let mut line = shown(visit);
            if let Some(fields) = line.as_object_mut() {
                fields.insert("change".to_owned(), json!("address"));
            }
            text.push_str(&format!("{line}\n"));
        }
        text
    }

    /// The records as they were, of those that are lost or changed.
    fn replaced(&self, state: &State) -> Result<String, Failure> {
        let mut text = String::new();
        let Some(records) = state
            .records()
            .filter(|_| !self.difference.replaced.is_empty())
        else {
            return Ok(text);
        };
        each_line(&records, &mut |line| {
            if Kept::key_of(line).is_ok_and(|key| self.difference.replaced.contains(&key)) {
                // The record stands there as it was written, byte for byte.
                let head = format!(
                    "{{\"run\":{},\"replaced\":\"{}\",\"record\":",
                    self.run, self.ended
                );
                text.push_str(&head);
                text.push_str(line);
                text.push_str("}\n");
            }
            Ok(())
        })?;
        Ok(text)
    }

    /// A line for a person.
    pub(super) fn summary(&self) -> String {
        let counts = Outcome::ALL
            .iter()
            .filter(|outcome| self.count(**outcome) > 0);
        let counts: Vec<String> = counts
            .map(|outcome| format!("{} {}", self.count(*outcome), outcome.word()))
            .collect();
        let records = if self.extracted {
            diff::counts(&self.difference)
        } else {
            "nothing to extract".into()
        };
        let exports = self.exports.iter().filter_map(|export| {
            let place = export.place.display();
            match &export.outcome {
                exports::Outcome::Unchanged => None,
                exports::Outcome::Written(_) => Some(format!("; {place} written")),
                exports::Outcome::Failed(why) => Some(format!("; {place} not written: {why}")),
            }
        });
        format!(
            "{} addresses: {}; {records}{}",
            self.visits.len(),
            counts.join(", "),
            exports.collect::<String>()
        )
    }
}

/// Forgets replaced versions of all but the last so many nights that had some.
pub(super) fn forget(output: &Path, keep: usize) -> Result<(), Failure> {
    let files = versions(output)?;
    let too_many = files.len().saturating_sub(keep);
    for file in files.iter().take(too_many) {
        fs::remove_file(file)
            .map_err(|error| Failure::writing(&file.display().to_string(), &error))?;
    }
    Ok(())
}

/// The files of replaced versions, the oldest first.
fn versions(output: &Path) -> Result<Vec<PathBuf>, Failure> {
    let folder = output.join("nights");
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(Failure::fatal(format!(
                "cannot read {}: {error}",
                folder.display()
            )));
        }
    };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.to_string_lossy().ends_with(".replaced.jsonl"))
        .collect();
    paths.sort();
    Ok(paths)
}

/// Prints the versions of the records that a text names, the oldest first, the one that holds now last.
pub(super) fn list_versions(output: &Path, text: &str) -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    let mut print = |line: &Value| {
        let names = [
            "/record/source/path",
            "/record/id",
            "/record/title",
            "/record/agency/name",
        ];
        let names = names.map(|name| line.pointer(name));
        let named = names.iter().any(|name| {
            name.and_then(Value::as_str)
                .is_some_and(|name| name.contains(text))
        });
        if named {
            writeln!(out, "{line}").map_err(|error| Failure::writing("stdout", &error))?;
        }
        Ok(())
    };
    for file in versions(output)? {
        each_line(&file, &mut |line| {
            print(&serde_json::from_str(line).unwrap_or_default())
        })?;
    }
    each_line(&records::file(output), &mut |line| {
        let record: Value = serde_json::from_str(line).unwrap_or_default();
        print(&json!({ "run": null, "replaced": null, "record": record }))
    })?;
    Ok(Exit::Done)
}

fn each_line(
    path: &Path,
    work: &mut dyn FnMut(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let wrong =
        |error: std::io::Error| Failure::fatal(format!("cannot read {}: {error}", path.display()));
    let file = File::open(path).map_err(wrong)?;
    for line in BufReader::new(file).lines() {
        work(&line.map_err(wrong)?)?;
    }
    Ok(())
}
