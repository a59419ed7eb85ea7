//! `nianbao fetch`: addresses into an archive.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fetch::{
    Archive, Clock, CrawlError, Crawled, Outcome, Role, Settings, Source, SystemClock, Visit,
};
use serde_json::{Value, json};

use crate::args::SettingsArgs;
use crate::config::Config;
use crate::corpus::{self, Corpus};
use crate::exit::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::log::Log;

/// Shown behind the options.
pub(crate) const EXAMPLES: &str = "Examples:
  nianbao fetch corpus.toml -a archive
  nianbao fetch urls.txt -a archive --contact mailto:somebody@example.org
  nianbao fetch https://www.example.gov.cn/xxgk/nb/ --as list --contact https://example.org/crawler -a archive
  nianbao extract 'archive/*.warc.gz' -o out

SOURCES are addresses, files of addresses (one a line, - is stdin) or a CORPUS.toml. The archive is a folder of WARC
files, which other tools read, and an index. What came of each address is written to stdout, one JSON object a line:
url, role, outcome (new, changed, unchanged, gone, moved, broken, deferred, excluded), status, sha256, code, message.

robots.txt is obeyed, each host is asked one thing at a time, and only public addresses are asked. A run that was
stopped or killed goes on when it is called again; one that ended asks again for everything, with conditions.";

/// What `fetch` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct FetchArgs {
    /// Addresses, files of addresses, a CORPUS.toml.
    #[arg(required = true, value_name = "SOURCES")]
    sources: Vec<String>,
    /// The folder of the archive.
    #[arg(short, long, value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Who fetches: mailto:…, or the address of a page. Every request names it. A CORPUS.toml has its own.
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// What the addresses are.
    #[arg(long = "as", value_enum, default_value = "document")]
    role: RoleArg,
    /// Seconds between two requests to a host.
    #[arg(long, value_name = "SECONDS")]
    delay: Option<f64>,
    /// A host that may have a private address.
    #[arg(long, value_name = "HOST")]
    allow_private: Vec<String>,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RoleArg {
    /// A page that is wanted.
    Document,
    /// A page that links to such pages.
    List,
    /// A sitemap.
    Sitemap,
}

/// Runs the command.
pub(crate) fn run(args: &FetchArgs) -> Result<Exit, Failure> {
    let config = Config::resolve(&args.settings)?;
    let (sources, settings) = plan(args)?;
    let interrupt = Interrupt::listen()?;
    let log = Log::new(&config, 0);
    let mut archive = open(&args.archive, &settings)?;
    let mut broken = false;
    let mut unwritten = None;
    let mut observe = |visit: &Visit| {
        broken |= visit.outcome == Outcome::Broken;
        log.advance(1);
        let written = writeln!(std::io::stdout(), "{}", shown(visit));
        unwritten = unwritten.take().or(written.err());
    };
    let crawled = crawl(&mut archive, &sources, &settings, &interrupt, &mut observe)?;
    log.finish();
    if let Some(error) = unwritten {
        return Err(Failure::writing("stdout", &error));
    }
    log.note(&summary(&archive, &crawled)?);
    if let Some(signal) = interrupt.signal() {
        log.note("stopped: run the same command again to go on");
        return Ok(Exit::Signal(signal));
    }
    archive.end_run(SystemClock.now()).map_err(failure)?;
    Ok(if broken { Exit::Errors } else { Exit::Done })
}

fn plan(args: &FetchArgs) -> Result<(Vec<Source>, Settings), Failure> {
    let is_corpus = |text: &String| text.ends_with(".toml");
    let mut sources = Vec::new();
    let mut own = None;
    for path in args.sources.iter().filter(|text| is_corpus(text)) {
        let corpus = Corpus::load(Path::new(path))?;
        sources.extend(corpus.sources()?);
        own = Some(corpus.settings()?);
    }
    let role = match args.role {
        RoleArg::Document => Role::Document,
        RoleArg::List => Role::List,
        RoleArg::Sitemap => Role::Sitemap,
    };
    let mut seeds = Vec::new();
    for text in args.sources.iter().filter(|text| !is_corpus(text)) {
        if text.contains("://") {
            seeds.push((corpus::address(text)?, role));
            continue;
        }
        for line in corpus::lines(Path::new(text))? {
            seeds.push((corpus::address(&line)?, role));
        }
    }
    if !seeds.is_empty() {
        sources.push(corpus::source(seeds, &[], &[], &[])?);
    }
    let mut settings = match (&args.contact, own) {
        (Some(contact), None) => corpus::settings(contact)?,
        (contact, Some(mut own)) => {
            if let Some(contact) = contact {
                own.contact.clone_from(contact);
            }
            own
        }
        (None, None) => corpus::settings("")?,
    };
    if let Some(delay) = args.delay {
        settings.delay = Duration::try_from_secs_f64(delay)
            .map_err(|_| Failure::usage(format!("--delay {delay}: no number of seconds")))?;
    }
    settings
        .allow_private
        .extend(args.allow_private.iter().cloned());
    Ok((sources, settings))
}

/// Opens an archive for this run.
pub(crate) fn open(folder: &Path, settings: &Settings) -> Result<Archive, Failure> {
    Archive::open(folder, settings, SystemClock.now()).map_err(failure)
}

/// Asks for everything.
pub(crate) fn crawl(
    archive: &mut Archive,
    sources: &[Source],
    settings: &Settings,
    interrupt: &Interrupt,
    observe: &mut dyn FnMut(&Visit),
) -> Result<Crawled, Failure> {
    let stop = || interrupt.signal().is_some();
    archive
        .crawl(sources, settings, &SystemClock, &stop, observe)
        .map_err(failure)
}

/// Why the command cannot do its job, where an archive is the reason.
pub(crate) fn failure(error: CrawlError) -> Failure {
    match error {
        CrawlError::Archive(warc::WarcError::Locked(_)) => Failure {
            exit: Exit::Locked,
            message: error.to_string(),
        },
        CrawlError::Plan(message) => Failure::usage(message),
        error => Failure::fatal(error.to_string()),
    }
}

/// A visit as it is printed.
pub(crate) fn shown(visit: &Visit) -> Value {
    json!({
        "url": visit.url,
        "role": visit.role.word(),
        "outcome": visit.outcome.word(),
        "status": visit.status,
        "sha256": visit.sha256,
        "date": visit.date.to_string(),
        "code": visit.code,
        "message": visit.message,
        "moved_to": visit.moved_to,
        "requests": visit.requests,
        "milliseconds": visit.milliseconds,
    })
}

/// A line for a person.
fn summary(archive: &Archive, crawled: &Crawled) -> Result<String, Failure> {
    let visits = archive.visits(crawled.run - 1).map_err(failure)?;
    let counts = Outcome::ALL.iter().map(|outcome| {
        let count = visits
            .iter()
            .filter(|visit| visit.outcome == *outcome)
            .count();
        format!("{count} {}", outcome.word())
    });
    let counts: Vec<String> = counts.collect();
    Ok(format!(
        "{} addresses: {}; {} requests, {} KiB",
        visits.len(),
        counts.join(", "),
        crawled.requests,
        crawled.bytes / 1_024
    ))
}
