//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Parser, Subcommand, ValueEnum};

use crate::export::ExportArgs;
use crate::{diff, fetching, merge, refresh};

/// Scraped Chinese government annual reports to structured records.
#[derive(Debug, Parser)]
#[command(name = "nianbao", version, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 fatal, not everything could be written; 2 wrong \
call; 3 done, but some documents ended in the errors; 4 done, but more checks fail than --fail-on \
allows; 5 another run works in OUT; 130, 143 interrupted.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn documents into records: the main job.
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Box<ExtractArgs>),
    /// Show one document to a person: outline, tables, indicators, checks.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Download into an archive: politely, only what has changed, going on where it stopped.
    #[command(after_help = fetching::EXAMPLES)]
    Fetch(fetching::FetchArgs),
    /// Bring a corpus up to date and report what is new, changed, gone: the nightly job.
    #[command(after_help = refresh::EXAMPLES)]
    Refresh(refresh::RefreshArgs),
    /// Say what changed between two sets of records: lost coverage first, then the largest changes of value.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::DiffArgs),
    /// Join what shards wrote to what one run would have written.
    #[command(after_help = merge::EXAMPLES)]
    Merge(merge::MergeArgs),
    /// List what does not add up within records and across them, what to look at first, or what maps to nothing.
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Write records as tables: CSV, Parquet, SQLite, Excel, Data Package.
    #[command(after_help = crate::export::EXAMPLES)]
    Export(ExportArgs),
    /// Print the shape of records, the codebook, or what a profile is made of.
    #[command(subcommand)]
    Schema(SchemaCommand),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Extract what a supervising nianbao sends; not for people.
    #[command(hide = true)]
    Worker(WorkerArgs),
}

const EXTRACT_EXAMPLES: &str = "Examples:
  nianbao extract corpus -o out
  nianbao extract 'pages/*.html' crawl.warc.gz -j 8 -o out
  find pages -print0 | nianbao extract --files-from - -0 > records.jsonl
  nianbao extract /archive --shard $SLURM_ARRAY_TASK_ID/100 -o out/$SLURM_ARRAY_TASK_ID
  seq 8 | parallel nianbao extract pages -j 1 --shard {}/8 -o out/{}
  find pages -type f | nianbao extract --filter -j 1 > lines.jsonl

Inputs are files, folders, globs and archives (.zip .tar .tar.gz .tgz .warc .warc.gz). Records are
written in byte-wise order of the paths. Run the same command again to go on where a run stopped.

Pages that are read together say more than each alone: what many pages of a site repeat (a site is
the host of an address, or a folder) is furniture, and a report split over several pages is one record,
of its first page. --site-evidence off and --join-pages off read every page alone.

Which shard a document is in depends on its name alone (SHA-256 of the path as records print it), so that it stays there
when others come and go. All shards must be given the same inputs: each looks at all of them, for what pages say of
each other, and extracts its own; `nianbao merge` joins the outputs to what one run would have written. With
--shard-by document every shard reads through every archive; with --shard-by file an archive belongs to one, which is
better for many archives and worse for a few large ones.

--filter is for Spark's rdd.pipe and the like: names on stdin, and for each of them, in their order and while more come, the
lines that it would have in records.jsonl and errors.jsonl, every page read alone. It ends with code 0 where documents
fail, since they are answered too.

A PDF is read in a worker process. One that takes too much processor time (--set cpu_time), longer than --timeout
or more than --memory, or brings its worker down, ends in the errors (codes timeout, memory_limit, crash); all others go on.
Text and HTML are read within bounds that need no such limits, unless --isolation always.";

/// What `extract` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct ExtractArgs {
    /// Files, folders, globs, archives.
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<OsString>,
    /// Read more inputs from a file, one a line; - is stdin.
    #[arg(long, value_name = "FILE|-", group = "list")]
    pub(crate) files_from: Option<PathBuf>,
    /// The names of --files-from or --filter end with NUL, not with a line end.
    #[arg(short = '0', long = "null", requires = "list")]
    pub(crate) null: bool,
    /// Write OUT/records.jsonl, errors.jsonl, documents.jsonl and run.json; without it records go to stdout.
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// Do everything again, also what an earlier run in OUT has done.
    #[arg(long, requires = "output")]
    pub(crate) fresh: bool,
    /// Take the Ith of N parts of the documents, I from 1. `nianbao merge` joins what the parts write.
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
    /// What a part is made of: single documents, or whole files, so that an archive is opened for one part alone.
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        default_value = "document",
        requires = "shard"
    )]
    pub(crate) shard_by: ShardBy,
    /// Answer each name on stdin with its lines on stdout: records, and errors, which have a `code`.
    #[arg(long, group = "list", conflicts_with_all = ["inputs", "files_from", "output", "fresh", "shard", "site_evidence", "join_pages", "fail_on"])]
    pub(crate) filter: bool,
    /// Threads.
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<String>,
    /// Seconds that a document may take in a worker process (600), whatever else the machine does; what measures
    /// the document is --set cpu_time (20).
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<String>,
    /// Address space that a worker process may take, in MiB (1024; at least 256).
    #[arg(long, value_name = "MIB")]
    pub(crate) memory: Option<String>,
    /// What is read in worker processes: auto (PDF), always (everything) or never.
    #[arg(long, value_name = "WHEN")]
    pub(crate) isolation: Option<String>,
    /// Whether what many pages of a site repeat counts as furniture: on or off.
    #[arg(long, value_name = "SWITCH")]
    pub(crate) site_evidence: Option<String>,
    /// Whether a report split over several pages becomes one record: on or off.
    #[arg(long, value_name = "SWITCH")]
    pub(crate) join_pages: Option<String>,
    /// End with code 4 where more than N checks fail.
    #[arg(long, value_name = "N")]
    pub(crate) fail_on: Option<String>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

/// What every command with a configuration is told.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct SettingsArgs {
    /// Configuration file (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Read another family of reports: a folder of files that extend the built-in codebook or stand in its
    /// place. `nianbao schema profile` explains them.
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// Set any setting that `nianbao config show` lists.
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// Compare the characters of each PDF with those of a second reader; where they disagree the
    /// record warns. Slower.
    #[arg(long)]
    pub(crate) cross_check: bool,
    /// Say nothing but errors.
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Show progress: auto, always or never.
    #[arg(long, value_name = "WHEN")]
    pub(crate) progress: Option<String>,
    /// How diagnostics are written: text or json.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) log_format: Option<String>,
}

const SHOW_EXAMPLES: &str = "Examples:
  nianbao show report.html
  nianbao show report.pdf --stage tables
  nianbao show report.pdf --stage read --svg drawings";

/// What `show` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// The document.
    pub(crate) file: PathBuf,
    /// What to show.
    #[arg(long, value_enum, default_value = "record")]
    pub(crate) stage: ShowStage,
    /// Draw each page of a PDF as it is read into DIR/page-NNNN.svg: words, lines, rules, the grids
    /// found, what was set aside.
    #[arg(long, value_name = "DIR")]
    pub(crate) svg: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

/// What a stage made of the document.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ShowStage {
    /// Blocks as read.
    Read,
    /// Blocks in canonical text.
    Normalise,
    /// Blocks with grids.
    Tables,
    /// Reports with their outline.
    Segment,
    /// The record.
    Record,
}

const CHECK_EXAMPLES: &str = "Examples:
  nianbao check out -o findings.jsonl
  nianbao check out --fail-on 0 > findings.jsonl
  nianbao check out --review 50
  nianbao check out --unmatched | head -50
  nianbao extract page.html | nianbao check -

Findings are JSON Lines, the same whatever the order of the records: first the failing checks of each
record, by path, then what rules over several records say, by agency and year. Reports are matched by
agency (code of the region and name) and year, where both are sure; a missing year is no finding.

  within      record: one of the record's own checks; corpus: several records, or who reports
  agency      who reports; region: six-digit code (GB/T 2260); year: the year covered
  rule        id of the codebook: F34.XYEAR.CARRY compares with the year before, F34.AGG with the
              agencies below, N.TWICE two records of one agency and year
  status      fail; incomplete (cannot be decided, or to be looked at); pass
  expected    what the rule expects and `found` what the report says, where each is one number
  refs        the indicators taken: record (id), path, year, index (position in the record's
              `indicators`), id, dims, value, unit
  message     a sentence in English; message_zh in Chinese

Counts by rule go to stderr. --format tsv writes the failures alone as a table: path, part, id, agency,
year, rule, expected, found, message.

--review writes the records' doubts, the likeliest faults first: record, path, agency, year, doubt (about,
index, doubt from 0 to 1, message, message_zh). --unmatched writes tab-separated lines under a header; a
heading belongs into sections.tsv of the codebook, a label into the form that its table follows; `example`
says where it stands.";

/// How `check` writes findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CheckFormat {
    /// JSON Lines, all findings.
    Jsonl,
    /// Tab-separated lines under a header, failures alone.
    Tsv,
}

/// What `check` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// A records.jsonl, the folder that `extract -o` wrote, or - for stdin.
    pub(crate) records: PathBuf,
    /// Write to this file, not to stdout.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// How findings are written.
    #[arg(long, value_enum, default_value = "jsonl", conflicts_with_all = ["unmatched", "review"])]
    pub(crate) format: CheckFormat,
    /// Rank the headings and the labels of tables that map to nothing, most frequent first.
    #[arg(long)]
    pub(crate) unmatched: bool,
    /// Rank what a person should look at first over all records; the first N.
    #[arg(long, value_name = "N", num_args = 0..=1, conflicts_with = "unmatched")]
    pub(crate) review: Option<Option<usize>>,
    /// End with code 4 where more than N checks fail, in records and over several.
    #[arg(long, value_name = "N", conflicts_with_all = ["unmatched", "review"])]
    pub(crate) fail_on: Option<u64>,
    /// The rules of another family of reports: a folder of codebook files in place of the built-in ones.
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// No counts on stderr.
    #[arg(long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// The JSON Schema of a line of records.jsonl. Example: nianbao schema record > record.json
    Record,
    /// The JSON Schema of a line of errors.jsonl. Example: nianbao schema error > error.json
    Error,
    /// The JSON Schema of a line of documents.jsonl. Example: nianbao schema document > document.json
    Document,
    /// The JSON Schema of a line that check writes. Example: nianbao schema finding > finding.json
    Finding,
    /// The JSON Schema of a line that check --review writes. Example: nianbao schema doubt > doubt.json
    Doubt,
    /// The tables that export writes, with their columns. Example: nianbao schema export > tables.json
    Export(SchemaExportArgs),
    /// The codebook: forms, indicators, dimensions, rules, sections.
    #[command(after_help = CODEBOOK_EXAMPLES)]
    Codebook(SchemaCodebookArgs),
    /// What files a profile holds, and what stands in them.
    #[command(after_help = PROFILE_EXAMPLES)]
    Profile(SchemaProfileArgs),
}

const CODEBOOK_EXAMPLES: &str = "Examples:
  nianbao schema codebook > codebook.json
  nianbao schema codebook --format json-schema > codebook.schema.json
  nianbao schema codebook --format markdown > codebook.md
  nianbao schema codebook --profile profiles/final-accounts | jq '.indicators[].id'

Lists stand in the order of the files, indicators in that of their ids: the same codebook gives the same bytes.";

const PROFILE_EXAMPLES: &str = "Examples:
  nianbao schema profile --format markdown | less
  nianbao schema profile | jq '.files[] | select(.name == \"forms/*.toml\").schema' > form.schema.json

Editors that know JSON Schema for TOML check a profile's files against it while they are written.";

/// How a schema is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// For machines.
    Json,
    /// What the JSON looks like, as a JSON Schema.
    JsonSchema,
    /// For people.
    Markdown,
}

/// What `schema codebook` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaCodebookArgs {
    /// json, json-schema or markdown.
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) format: SchemaFormat,
    /// The codebook of a profile, in place of the built-in one.
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
}

/// What `schema export` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaExportArgs {
    /// The codebook of a profile, in place of the built-in one: its dimensions are columns.
    #[arg(long, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
}

/// What `schema profile` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaProfileArgs {
    /// json (of each file a JSON Schema, or its columns) or markdown.
    #[arg(long, value_enum, default_value = "json")]
    pub(crate) format: SchemaFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Every setting with its value and where that comes from. Example: nianbao config show
    Show(ConfigShowArgs),
}

/// What `config show` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfigShowArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

/// What a worker process is told before it reads anything.
#[derive(Debug, clap::Args)]
pub(crate) struct WorkerArgs {
    /// Bytes of address space.
    #[arg(long)]
    pub(crate) memory: u64,
    /// Seconds of processor time for each document.
    #[arg(long)]
    pub(crate) cpu_time: u64,
}

/// One of several parts of the inputs, told apart by a hash of the path: a path keeps its part
/// when others come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1.
    pub(crate) index: u64,
    /// How many.
    pub(crate) count: u64,
}

/// What shards are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ShardBy {
    /// Documents: those of one archive are in all shards, each of which reads it.
    Document,
    /// Files that were named or found: an archive is in one shard with all that is in it.
    File,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let parts = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Self { index, count }),
            _ => Err("expected I/N with I from 1 to N, as in 2/8".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn shards_count_from_one() {
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, count: 8 }));
        for wrong in ["0/2", "3/2", "2", "a/b", "1/0", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
