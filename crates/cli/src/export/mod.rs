//! `nianbao export`: records as tables, for the tools that users have.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use codebook::Codebook;
use export::{Export, ExportError, Format, Settings, Summary};
use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::profile;
use crate::records::Records;

/// Shown behind the options.
pub(crate) const EXAMPLES: &str = "Examples:
  nianbao export out --to csv -o tables
  nianbao export out --to parquet -o tables --only reports,indicators,wide
  nianbao export out --to sqlite -o reports.db
  nianbao export out --to xlsx -o reports.xlsx
  nianbao extract pages | nianbao export - --to datapackage -o package

Tables: reports, indicators (the long panel: one row a reading), wide (one row a record, one column an
indicator), findings, sections, content, tables, cells, quantities, review, warnings; codebook, dimensions and
rules say what indicators mean, columns what every column means, about what the export was made of.

Every row says where it stands: report_id, source (the file), place (lines, node or page and box). Values that
are printed nowhere and follow from others have the status derived. In wide a number stands where the cells that
state it agree, or, where no cell does, the sentences; all else is null and named in the column unsettled.

The tables take their place when they are whole; what stood there before stays until then.";

/// What `export` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// A records.jsonl, the folder that `extract -o` wrote, or - for stdin.
    records: PathBuf,
    #[command(flatten)]
    wanted: Wanted,
    /// The codebook of another family of reports, the one that the records were read by.
    #[arg(long, value_name = "DIR")]
    profile: Option<PathBuf>,
    /// No counts on stderr.
    #[arg(long)]
    quiet: bool,
}

/// What is written and where: options of the command, or an `[[export]]` of a corpus.
#[derive(Debug, Clone, clap::Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// The format.
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: ExportFormat,
    /// The file (sqlite, xlsx) or folder (csv, parquet, datapackage) to write.
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// Only these tables.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    #[serde(default)]
    only: Vec<String>,
    /// CSV: begin files with a byte order mark, by which Excel knows UTF-8.
    #[arg(long)]
    #[serde(default)]
    bom: bool,
    /// CSV: put ' before texts that a spreadsheet would take for a formula (= + - @, tab, carriage return).
    #[arg(long)]
    #[serde(default)]
    escape_formulas: bool,
    /// CSV: each table of each report also as a file of its own: grids/REPORT_ID-TABLE.csv.
    #[arg(long)]
    #[serde(default)]
    grids: bool,
    /// Data Package: the licence of the reports, an SPDX id or an address.
    #[arg(long, value_name = "LICENCE")]
    #[serde(default)]
    licence: Option<String>,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ExportFormat {
    /// A folder of CSV files.
    Csv,
    /// A folder of Parquet files.
    Parquet,
    /// A database, for SQL and Datasette.
    Sqlite,
    /// A workbook for Excel.
    Xlsx,
    /// A folder of CSV files with datapackage.json (Frictionless).
    Datapackage,
}

/// Runs the command.
pub(crate) fn run(args: &ExportArgs) -> Result<Exit, Failure> {
    let profile = profile::read(args.profile.as_deref())?;
    let codebook = profile.as_ref().unwrap_or_else(|| Codebook::builtin());
    let settings = args.wanted.settings(codebook)?;
    let interrupt = Interrupt::listen()?;
    let summary = write(
        &args.records,
        &args.wanted.output,
        settings,
        codebook,
        &interrupt,
    )?;
    if !args.quiet {
        // Where stderr is closed there is nobody to tell.
        let _ = say(&summary, &mut io::stderr().lock());
    }
    Ok(Exit::Done)
}

/// Writes the records of a file or folder as tables. What stood at the place before stays until they are whole.
pub(crate) fn write(
    records: &Path,
    place: &Path,
    settings: Settings,
    codebook: &Codebook,
    interrupt: &Interrupt,
) -> Result<Summary, Failure> {
    let mut records = Records::open(records)?;
    let mut export = Export::new(place, settings, codebook)?;
    records.each(|record| {
        if let Some(signal) = interrupt.signal() {
            return Err(Failure {
                exit: Exit::Signal(signal),
                message: "interrupted; nothing was written".into(),
            });
        }
        Ok(export.add(record)?)
    })?;
    let mut properties = vec![
        (
            "program".to_owned(),
            format!("nianbao {}", env!("CARGO_PKG_VERSION")),
        ),
        ("records_sha256".to_owned(), records.sha256()),
    ];
    if let Some(profile) = &codebook.profile {
        properties.push(("profile".to_owned(), profile.id.clone()));
    }
    Ok(export.finish(&properties)?)
}

impl Wanted {
    /// The settings of the export, of tables that the codebook has.
    pub(crate) fn settings(&self, codebook: &Codebook) -> Result<Settings, Failure> {
        let format = match self.to {
            ExportFormat::Csv => Format::Csv,
            ExportFormat::Parquet => Format::Parquet,
            ExportFormat::Sqlite => Format::Sqlite,
            ExportFormat::Xlsx => Format::Xlsx,
            ExportFormat::Datapackage => Format::DataPackage,
        };
        let options = [
            (self.bom, "--bom", Format::Csv),
            (self.escape_formulas, "--escape-formulas", Format::Csv),
            (self.grids, "--grids", Format::Csv),
            (self.licence.is_some(), "--licence", Format::DataPackage),
        ];
        if let Some((_, option, of)) = options.iter().find(|(on, _, of)| *on && *of != format) {
            let of = if *of == Format::Csv {
                "csv"
            } else {
                "datapackage"
            };
            return Err(Failure::usage(format!(
                "{option} goes with --to {of} alone"
            )));
        }
        let tables = export::tables(codebook);
        let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        if let Some(unknown) = self
            .only
            .iter()
            .find(|name| !names.contains(&name.as_str()))
        {
            return Err(Failure::usage(format!(
                "there is no table {unknown}; there are {}",
                names.join(", ")
            )));
        }
        Ok(Settings {
            bom: self.bom,
            escape_formulas: self.escape_formulas,
            grids: self.grids,
            only: self.only.clone(),
            licence: self.licence.clone(),
            ..Settings::new(format)
        })
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        let exit = match &error {
            ExportError::Locked(_) => Exit::Locked,
            ExportError::Occupied(_) => Exit::Usage,
            ExportError::Write { .. } | ExportError::Format { .. } => Exit::Fatal,
        };
        Self {
            exit,
            message: error.to_string(),
        }
    }
}

/// Says what was written.
fn say(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} records", summary.records)?;
    for (table, rows) in &summary.rows {
        writeln!(out, "  {table}: {rows} rows")?;
    }
    if summary.copies > 0 {
        writeln!(
            out,
            "{} records have the id of an earlier one (the same bytes at several paths): see copy_of",
            summary.copies
        )?;
    }
    if !summary.unknown.is_empty() {
        let unknown: Vec<&str> = summary.unknown.iter().map(String::as_str).collect();
        writeln!(
            out,
            "not in the codebook, with no name in the tables: {}; give the --profile that the records were read by",
            unknown.join(", ")
        )?;
    }
    Ok(())
}
