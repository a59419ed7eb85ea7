//! `nianbao diff`: what changed between two sets of records, the worst first.

mod compare;
mod kept;

use std::io::Write;
use std::path::PathBuf;

pub(crate) use compare::{Change, ChangeKind, Difference, compare};
pub(crate) use kept::{Kept, load};

use crate::exit::{Exit, Failure};
use crate::report::Table;

/// Shown behind the options.
pub(crate) const EXAMPLES: &str = "Examples:
  nianbao diff out-2025 out-2026 > changes.jsonl
  nianbao diff old.jsonl new.jsonl --format markdown | less

Records are matched by the document that they were found in and their position there; a report whose document has another
name now, by agency and year. Changes are ranked: lost records, indicators that have no value any more, changed values (by
|old - new| / max(|old|, |new|), then by the difference), metadata, then what is new. Each line of JSON says: change, path,
part, record, agency, year, indicator, dims, old, new, score, message.";

/// What `diff` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// A records.jsonl, or the folder that holds it.
    old: PathBuf,
    /// The same, later.
    new: PathBuf,
    /// How changes are written.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// No counts on stderr.
    #[arg(long)]
    quiet: bool,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// JSON Lines.
    Jsonl,
    /// Tables for a person.
    Markdown,
}

/// Runs the command.
pub(crate) fn run(args: &DiffArgs) -> Result<Exit, Failure> {
    let difference = compare(load(&args.old)?, load(&args.new)?);
    let text = match args.format {
        Format::Jsonl => lines(&difference.changes),
        Format::Markdown => {
            let tables = tables(&difference.changes, usize::MAX);
            tables.iter().map(Table::markdown).collect()
        }
    };
    crate::print(&text)?;
    if !args.quiet {
        // Where stderr is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{}", counts(&difference));
    }
    Ok(Exit::Done)
}

/// The changes as JSON Lines.
pub(crate) fn lines(changes: &[Change]) -> String {
    let lines = changes.iter().map(|change| format!("{}\n", change.shown()));
    lines.collect()
}

/// How many of each kind, for a person.
pub(crate) fn counts(difference: &Difference) -> String {
    let counts = ChangeKind::ALL
        .iter()
        .map(|kind| format!("{} {}", difference.count(*kind), kind.word()));
    let counts: Vec<String> = counts.collect();
    format!(
        "{} unchanged records; {}",
        difference.unchanged,
        counts.join(", ")
    )
}

/// The changes as tables, of each kind at most so many.
pub(crate) fn tables(changes: &[Change], most: usize) -> Vec<Table> {
    let columns = &["agency", "year", "what", "from", "to", "where"];
    let tables = ChangeKind::ALL.iter().filter_map(|kind| {
        let of_kind = changes.iter().filter(|change| change.kind == *kind);
        let of_kind: Vec<&Change> = of_kind.collect();
        let title = format!("{} ({})", kind.title(), of_kind.len());
        let table = Table::of(title, columns, &of_kind, most, |change| change.row());
        (!of_kind.is_empty()).then_some(table)
    });
    tables.collect()
}
