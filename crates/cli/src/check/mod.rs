//! `nianbao check`: what a corpus of records does not add up to, and what it does not know.
//!
//! Reads records one by one and keeps of each what rules over several need. What is written does not
//! depend on the order of the records.

mod findings;
mod review;
mod unmatched;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use codebook::Codebook;
use nianbao::Across;

use crate::args::CheckArgs;
use crate::exit::{Exit, Failure};
use crate::profile;
use crate::records::Records;

/// Runs the command.
pub(crate) fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let mut records = Records::open(&args.records)?;
    let (place, mut out) = output(args.output.as_deref())?;
    let written = |error: io::Error| Failure::writing(&place, &error);
    if args.unmatched {
        let mut ranking = unmatched::Ranking::default();
        records.each(|record| {
            ranking.add(record);
            Ok(())
        })?;
        ranking.write(&mut out).map_err(written)?;
    } else if let Some(most) = args.review {
        let mut queue = review::Queue::new(most);
        records.each(|record| {
            queue.add(record);
            Ok(())
        })?;
        queue.write(&mut out).map_err(written)?;
    } else {
        let profile = profile::read(args.profile.as_deref())?;
        let codebook = profile.as_ref().unwrap_or_else(|| Codebook::builtin());
        let mut own = findings::Own::default();
        let mut across = Across::new(codebook);
        records.each(|record| {
            own.add(record);
            across.add(record);
            Ok(())
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

/// A text as a field: no tab, no line end, at most `most` characters.
fn field(text: &str, most: usize) -> String {
    let mut field: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = field.char_indices().nth(most) {
        field.truncate(end);
        field.push('…');
    }
    field
}
