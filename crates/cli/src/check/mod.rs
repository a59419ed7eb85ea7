//! `nianbao check`: what a corpus of records does not add up to, and what it does not know.
//!
//! Reads records one by one, so that memory does not grow with their number, and writes
//! tab-separated lines under a header: to read, to sort, to load as a table.

mod findings;
mod unmatched;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use nianbao::Record;

use crate::args::CheckArgs;
use crate::exit::{Exit, Failure};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let (name, records) = open(&args.records)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = |error: io::Error| Failure::writing("stdout", &error);
    let exit = if args.unmatched {
        let mut ranking = unmatched::Ranking::default();
        each(&name, records, |record| {
            ranking.add(&record);
            Ok(())
        })?;
        ranking.write(&mut out).map_err(written)?;
        Exit::Done
    } else {
        out.write_all(findings::HEADER.as_bytes())
            .map_err(written)?;
        let mut failing = 0;
        each(&name, records, |record| {
            failing += findings::write(&mut out, &record).map_err(written)?;
            Ok(())
        })?;
        match args.fail_on {
            Some(most) if failing > most => Exit::Checks,
            _ => Exit::Done,
        }
    };
    out.flush().map_err(written)?;
    Ok(exit)
}

/// The records of a file, of the folder that `extract -o` wrote, or of stdin.
fn open(path: &Path) -> Result<(PathBuf, Box<dyn BufRead>), Failure> {
    if path == Path::new("-") {
        return Ok(("stdin".into(), Box::new(io::stdin().lock())));
    }
    let path = if path.is_dir() {
        path.join("records.jsonl")
    } else {
        path.to_owned()
    };
    match File::open(&path) {
        Ok(file) => Ok((path, Box::new(BufReader::new(file)))),
        Err(error) => Err(Failure::fatal(format!(
            "{}: {error}; give a records.jsonl or the folder that `nianbao extract -o` wrote",
            path.display()
        ))),
    }
}

/// Calls `take` with each record.
fn each(
    name: &Path,
    records: Box<dyn BufRead>,
    mut take: impl FnMut(Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (line, number) in records.lines().zip(1_u64..) {
        let place = || format!("{}:{number}", name.display());
        let line = line.map_err(|error| Failure::fatal(format!("{}: {error}", place())))?;
        if line.trim().is_empty() {
            continue;
        }
        let record = serde_json::from_str(&line).map_err(|error| {
            Failure::fatal(format!(
                "{}: no record of this version ({error}); extract it again",
                place()
            ))
        })?;
        take(record)?;
    }
    Ok(())
}

/// A text as a field: no tab, no line end, at most `most` characters.
fn field(text: &str, most: usize) -> String {
    let mut field: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = field.char_indices().nth(most) {
        field.truncate(end);
        field.push('…');
    }
    field
}
