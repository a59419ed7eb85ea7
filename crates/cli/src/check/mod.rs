//! `nianbao check`: what a corpus of records does not add up to, and what it does not know.
//!
//! Reads records one by one and keeps of each what rules over several need. What is written does not
//! depend on the order of the records.

mod findings;
mod review;
mod unmatched;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use codebook::Codebook;
use nianbao::{Across, Record};

use crate::args::CheckArgs;
use crate::exit::{Exit, Failure};
use crate::profile;

/// Runs the command.
pub(crate) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let (name, records) = open(&args.records)?;
    let (place, mut out) = output(args.output.as_deref())?;
    let written = |error: io::Error| Failure::writing(&place, &error);
    if args.unmatched {
        let mut ranking = unmatched::Ranking::default();
        each(&name, records, |record| ranking.add(record))?;
        ranking.write(&mut out).map_err(written)?;
    } else if let Some(most) = args.review {
        let mut queue = review::Queue::new(most);
        each(&name, records, |record| queue.add(record))?;
        queue.write(&mut out).map_err(written)?;
    } else {
        let profile = args.profile.as_deref().map(|folder| {
            let files = profile::load(folder)?;
            profile::codebook(folder, &files)
        });
        let profile = profile.transpose()?;
        let codebook = profile.as_ref().unwrap_or_else(|| Codebook::builtin());
        let mut own = findings::Own::default();
        let mut across = Across::new(codebook);
        each(&name, records, |record| {
            own.add(record);
            across.add(record);
        })?;
        let mut writer = findings::Writer::new(out, args.format).map_err(written)?;
        writer.own(own).map_err(written)?;
        across
            .findings(|finding| writer.across(&finding))
            .map_err(written)?;
        let mut stderr = io::stderr().lock();
        let summary: Option<&mut dyn Write> = if args.quiet { None } else { Some(&mut stderr) };
        let failing = writer.finish(summary).map_err(written)?;
        return Ok(match args.fail_on {
            Some(most) if failing > most => Exit::Checks,
            _ => Exit::Done,
        });
    }
    out.flush().map_err(written)?;
    Ok(Exit::Done)
}

/// Where findings go, and what it is called.
fn output(path: Option<&Path>) -> Result<(String, Box<dyn Write>), Failure> {
    let Some(path) = path.filter(|path| *path != Path::new("-")) else {
        return Ok((
            "stdout".into(),
            Box::new(BufWriter::new(io::stdout().lock())),
        ));
    };
    let place = path.display().to_string();
    let file = File::create(path).map_err(|error| Failure::writing(&place, &error))?;
    Ok((place, Box::new(BufWriter::new(file))))
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
    mut take: impl FnMut(&Record),
) -> Result<(), Failure> {
    for (line, number) in records.lines().zip(1_u64..) {
        let place = || format!("{}:{number}", name.display());
        let line = line.map_err(|error| Failure::fatal(format!("{}: {error}", place())))?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(&line).map_err(|error| {
            Failure::fatal(format!(
                "{}: no record of this version ({error}); extract it again",
                place()
            ))
        })?;
        take(&record);
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
