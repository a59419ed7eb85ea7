//! `nianbao merge`: what shards wrote, joined to what one run would have written.

mod agreement;
mod shard;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::exit::{Exit, Failure};
use crate::extract::{Counts, Folder, Run};
use crate::interrupt::Interrupt;
use shard::{Key, Shard};

/// Shown behind the options.
pub(crate) const EXAMPLES: &str = "Examples:
  nianbao merge out/* -o all
  for i in 1 2 3; do nianbao extract pages --shard $i/3 -o part-$i; done; nianbao merge part-* -o all

records.jsonl, errors.jsonl and documents.jsonl become, byte for byte, what one run over the same inputs would
have written, and so do the counts in run.json; its jobs and seconds are the sums of the parts. Of a part the four
files are needed, its folder `state` is not. The order in which parts are named does not matter, and memory does
not grow with the records.

Nothing is written where the result would not be that of one run: a part is missing, there twice or not
finished; parts differ in version, codebook, profile or a setting; they were given other inputs, or these said
other things of each other; a document is in two of them; a file is damaged.

Outputs that were not made with --shard can be merged too, where each read its own list of files with
--site-evidence off --join-pages off: no page then depends on those of other lists.

The exit code is that of the one run: 3 where errors.jsonl holds something. The merged folder is for readers: to go
on, run the shards again into their own folders, and merge again.";

/// What `merge` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct MergeArgs {
    /// Folders that `extract -o` wrote.
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    /// The folder to write, as `extract -o` would have written it.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Say nothing but errors.
    #[arg(long)]
    quiet: bool,
}

/// Runs the command.
pub(crate) fn run(args: &MergeArgs) -> Result<Exit, Failure> {
    for part in &args.parts {
        if same(part, &args.output) {
            return Err(Failure::usage(format!(
                "{} cannot be a part and the output",
                part.display()
            )));
        }
    }
    let interrupt = Interrupt::listen()?;
    let count = args.parts.len();
    let shards = args.parts.iter().map(|path| Shard::open(path, count));
    let mut shards = shards.collect::<Result<Vec<Shard>, Failure>>()?;
    agreement::check(&shards)?;
    let mut folder = Folder::open(&args.output)?;
    let merged = merge(&mut shards, &mut folder, &interrupt);
    let counts = match merged {
        Ok(counts) => counts,
        Err(failure) => {
            folder.abandon();
            return Err(failure);
        }
    };
    let Some(run) = joined(&shards, counts) else {
        return Ok(Exit::Done);
    };
    folder
        .finish(&run)
        .map_err(|error| writing(&args.output, &error))?;
    if !args.quiet {
        // Where stderr is closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "{counts}");
    }
    Ok(counts.exit(None))
}

fn writing(output: &Path, error: &io::Error) -> Failure {
    Failure::writing(&output.display().to_string(), error)
}

fn same(left: &Path, right: &Path) -> bool {
    let real = (fs::canonicalize(left), fs::canonicalize(right));
    matches!(real, (Ok(left), Ok(right)) if left == right)
}

/// Writes the documents of all shards in their common order.
fn merge(
    shards: &mut [Shard],
    folder: &mut Folder,
    interrupt: &Interrupt,
) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    let mut next = BinaryHeap::new();
    for (index, shard) in shards.iter().enumerate() {
        next.extend(shard.key().map(|key| Reverse((key, index))));
    }
    let mut last: Option<(Key, usize)> = None;
    while let Some(Reverse((key, index))) = next.pop() {
        if let Some(signal) = interrupt.signal() {
            return Err(Failure {
                exit: Exit::Signal(signal),
                message: "interrupted; nothing was written".into(),
            });
        }
        if let Some((before, of)) = &last
            && *before == key
            && *of != index
        {
            let folders = [*of, index].map(|index| shards.get(index).map(Shard::name));
            let [one, two] = folders.map(Option::unwrap_or_default);
            return Err(Failure::fatal(format!(
                "{}: it is in {one} and in {two}; a document can be in one part alone",
                key.shown()
            )));
        }
        let Some(shard) = shards.get_mut(index) else {
            continue;
        };
        if let Some(listed) = shard.take(folder)? {
            counts.list(&listed);
        }
        next.extend(shard.key().map(|key| Reverse((key, index))));
        last = Some((key, index));
    }
    shards.iter_mut().try_for_each(Shard::ends)?;
    Ok(counts)
}

/// What the one run would say of itself; none without a shard.
fn joined(shards: &[Shard], counts: Counts) -> Option<Run> {
    let mut runs = shards.iter().map(|shard| &shard.run);
    let mut joined = runs.next()?.clone();
    for run in runs {
        joined.jobs += run.jobs;
        joined.seconds = sum(&joined.seconds, &run.seconds);
    }
    joined.counts = counts;
    joined.shard = None;
    Some(joined)
}

/// The numbers of two objects of the same shape, added.
fn sum(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let sums = left.iter().map(|(name, value)| {
                let other = right.get(name).unwrap_or(&Value::Null);
                (name.clone(), sum(value, other))
            });
            Value::Object(sums.collect::<Map<String, Value>>())
        }
        _ => {
            let seconds = |value: &Value| value.as_f64().unwrap_or_default();
            json!(((seconds(left) + seconds(right)) * 1e3).round() / 1e3)
        }
    }
}
