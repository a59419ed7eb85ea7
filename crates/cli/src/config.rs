//! Settings: command line before environment before file before default.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::time::Duration;

use crate::args::{ExtractArgs, SettingsArgs};
use crate::exit::Failure;
use crate::input::ArchiveLimits;
use crate::profile;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// Whether progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShowProgress {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

/// Which documents are extracted in worker processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isolation {
    /// Those of formats that can bring the process down.
    Auto,
    Always,
    Never,
}

/// Every setting of the command.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) jobs: usize,
    pub(crate) fail_on: Option<u64>,
    pub(crate) quiet: bool,
    pub(crate) progress: ShowProgress,
    pub(crate) log_format: LogFormat,
    pub(crate) extraction: nianbao::Settings,
    pub(crate) archives: ArchiveLimits,
    pub(crate) isolation: Isolation,
    /// Bytes of the records of one document.
    pub(crate) output_bytes: usize,
    pub(crate) worker: isolation::Limits,
    /// The files of `--profile`, where it is given.
    pub(crate) profile: Option<profile::Files>,
    /// Name, value as text and origin, in the order of [`SETTINGS`].
    values: Vec<(&'static Setting, String, String)>,
}

/// One setting.
#[derive(Debug)]
struct Setting {
    name: &'static str,
    about: &'static str,
    /// Whether records can depend on it.
    shapes_records: bool,
    default: &'static str,
    apply: fn(&mut Config, &str) -> Option<()>,
}

/// A number of which 0 makes no sense.
fn positive(text: &str) -> Option<u64> {
    let mut value = 0;
    number(&mut value, text)?;
    (value > 0).then_some(value)
}

fn switch(target: &mut bool, text: &str) -> Option<()> {
    *target = match text {
        "on" => true,
        "off" => false,
        _ => return None,
    };
    Some(())
}

fn seconds(target: &mut Duration, text: &str) -> Option<()> {
    *target = Duration::from_secs(positive(text).filter(|seconds| *seconds <= LONGEST)?);
    Some(())
}

fn number<T: std::str::FromStr>(target: &mut T, text: &str) -> Option<()> {
    *target = text.replace('_', "").parse().ok()?;
    Some(())
}

macro_rules! setting {
    ($name:literal, $default:literal, $shapes:literal, $about:literal, $apply:expr) => {
        Setting {
            name: $name,
            about: $about,
            shapes_records: $shapes,
            default: $default,
            apply: $apply,
        }
    };
}

/// All settings. The environment variable of one is `NIANBAO_` and its name in capitals.
const SETTINGS: &[Setting] = &[
    setting!(
        "jobs",
        "all",
        false,
        "threads; all: one for each processor",
        |c, v| {
            if v == "all" {
                c.jobs = std::thread::available_parallelism().map_or(1, Into::into);
                return Some(());
            }
            number(&mut c.jobs, v).filter(|()| c.jobs > 0)
        }
    ),
    setting!(
        "fail_on",
        "never",
        false,
        "exit code 4 where more checks fail",
        |c, v| {
            c.fail_on = if v == "never" {
                None
            } else {
                Some(v.parse().ok()?)
            };
            Some(())
        }
    ),
    setting!("quiet", "false", false, "say nothing but errors", |c, v| {
        number(&mut c.quiet, v)
    }),
    setting!("progress", "auto", false, "auto, always, never", |c, v| {
        c.progress = match v {
            "auto" => ShowProgress::Auto,
            "always" => ShowProgress::Always,
            "never" => ShowProgress::Never,
            _ => return None,
        };
        Some(())
    }),
    setting!("log_format", "text", false, "text, json", |c, v| {
        c.log_format = match v {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return None,
        };
        Some(())
    }),
    setting!(
        "isolation",
        "auto",
        false,
        "worker processes: auto (for PDF), always, never",
        |c, v| {
            c.isolation = match v {
                "auto" => Isolation::Auto,
                "always" => Isolation::Always,
                "never" => Isolation::Never,
                _ => return None,
            };
            Some(())
        }
    ),
    setting!(
        "timeout",
        "60",
        false,
        "seconds of a document in a worker",
        |c, v| { seconds(&mut c.worker.timeout, v) }
    ),
    setting!(
        "cpu_time",
        "20",
        false,
        "seconds of processor time of a document in a worker",
        |c, v| { seconds(&mut c.worker.cpu_time, v) }
    ),
    setting!(
        "memory",
        "1024",
        false,
        "MiB of address space of a worker",
        |c, v| {
            c.worker.memory = positive(v)?.checked_mul(1 << 20)?;
            Some(())
        }
    ),
    setting!(
        "worker_documents",
        "200",
        false,
        "documents after which a worker is replaced",
        |c, v| {
            number(&mut c.worker.documents, v)?;
            (c.worker.documents > 0).then_some(())
        }
    ),
    setting!(
        "keywords",
        "10",
        true,
        "keywords of an annual report",
        |c, v| { number(&mut c.extraction.keywords, v) }
    ),
    setting!(
        "site_evidence",
        "on",
        true,
        "on, off: whether what many pages of a site repeat is furniture",
        |c, v| { switch(&mut c.extraction.site_evidence, v) }
    ),
    setting!(
        "join_pages",
        "on",
        true,
        "on, off: whether a report split over several pages becomes one record",
        |c, v| { switch(&mut c.extraction.join_pages, v) }
    ),
    setting!(
        "document_bytes",
        "67108864",
        true,
        "largest document",
        |c, v| { number(&mut c.extraction.limits.bytes, v) }
    ),
    setting!(
        "html_nesting",
        "512",
        true,
        "depth of HTML elements",
        |c, v| { number(&mut c.extraction.limits.nesting, v) }
    ),
    setting!(
        "html_attributes",
        "1024",
        true,
        "attributes of one HTML tag",
        |c, v| { number(&mut c.extraction.limits.attributes, v) }
    ),
    setting!(
        "table_cells",
        "1000000",
        true,
        "cells of one table",
        |c, v| { number(&mut c.extraction.limits.table_cells, v) }
    ),
    setting!(
        "filled_cells",
        "200000",
        true,
        "cells of a page's tables that are not in its source",
        |c, v| { number(&mut c.extraction.limits.filled_cells, v) }
    ),
    setting!(
        "filled_bytes",
        "16777216",
        true,
        "bytes of merged cells' texts, once more for each further cell they cover",
        |c, v| { number(&mut c.extraction.limits.filled_bytes, v) }
    ),
    setting!("pdf_pages", "20000", true, "pages of a PDF", |c, v| {
        number(&mut c.extraction.limits.pages, v)
    }),
    setting!(
        "pdf_glyphs",
        "2000000",
        true,
        "glyphs of a PDF page",
        |c, v| { number(&mut c.extraction.limits.glyphs, v) }
    ),
    setting!(
        "cross_check",
        "false",
        true,
        "compare a PDF's characters with a second reader's",
        |c, v| { number(&mut c.extraction.cross_check, v) }
    ),
    setting!(
        "output_bytes",
        "268435456",
        true,
        "bytes of the records of one document",
        |c, v| { number(&mut c.output_bytes, v) }
    ),
    setting!(
        "archive_bytes",
        "1073741824",
        true,
        "bytes in an archive, unpacked",
        |c, v| { number(&mut c.archives.bytes, v) }
    ),
    setting!(
        "archive_ratio",
        "200",
        true,
        "unpacked bytes for each packed one",
        |c, v| { number(&mut c.archives.ratio, v) }
    ),
    setting!(
        "archive_entries",
        "10000",
        true,
        "entries of an archive (not WARC)",
        |c, v| { number(&mut c.archives.entries, v) }
    ),
    setting!(
        "archive_depth",
        "2",
        true,
        "archives in archives",
        |c, v| { number(&mut c.archives.depth, v) }
    ),
];

/// Seconds that a time can be set to: a year.
const LONGEST: u64 = 31_536_000;

const PREFIX: &str = "NIANBAO_";

/// A value and where it comes from.
struct Given {
    name: String,
    value: String,
    origin: String,
}

impl Config {
    /// The settings of a command without settings of its own.
    pub(crate) fn resolve(args: &SettingsArgs) -> Result<Self, Failure> {
        Self::from_layers(args, Vec::new())
    }

    /// The settings of `extract`.
    pub(crate) fn resolve_extract(args: &ExtractArgs) -> Result<Self, Failure> {
        let own = [
            ("jobs", "-j", args.jobs.clone()),
            ("fail_on", "--fail-on", args.fail_on.clone()),
            ("timeout", "--timeout", args.timeout.clone()),
            ("memory", "--memory", args.memory.clone()),
            ("isolation", "--isolation", args.isolation.clone()),
            (
                "site_evidence",
                "--site-evidence",
                args.site_evidence.clone(),
            ),
            ("join_pages", "--join-pages", args.join_pages.clone()),
        ];
        Self::from_layers(&args.settings, own.into_iter().filter_map(flag).collect())
    }

    fn from_layers(args: &SettingsArgs, own: Vec<Given>) -> Result<Self, Failure> {
        let mut layers = file(args)?;
        layers.extend(environment(std::env::vars_os())?);
        for set in &args.set {
            let Some((name, value)) = set.split_once('=') else {
                return Err(Failure::usage(format!("--set {set}: expected NAME=VALUE")));
            };
            layers.push(Given {
                name: name.trim().into(),
                value: value.trim().into(),
                origin: "--set".into(),
            });
        }
        let quiet = args.quiet.then(|| "true".to_owned());
        let cross_check = args.cross_check.then(|| "true".to_owned());
        let flags = [
            ("quiet", "--quiet", quiet),
            ("cross_check", "--cross-check", cross_check),
            ("progress", "--progress", args.progress.clone()),
            ("log_format", "--log-format", args.log_format.clone()),
        ];
        layers.extend(flags.into_iter().filter_map(flag));
        layers.extend(own);
        let mut config = Self::of(&layers)?;
        if let Some(folder) = &args.profile {
            let files = profile::load(folder)?;
            let codebook = profile::codebook(folder, &files)?;
            config.extraction.set_codebook(codebook);
            config.profile = Some(files);
        }
        Ok(config)
    }

    /// The settings as another process resolved them, names and values.
    pub(crate) fn of_values(
        values: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Failure> {
        let given = values.map(|(name, value)| Given {
            name,
            value,
            origin: "supervisor".into(),
        });
        Self::of(&given.collect::<Vec<_>>())
    }

    /// Defaults, then the layers in order: the last one wins.
    fn of(layers: &[Given]) -> Result<Self, Failure> {
        let mut config = Self {
            jobs: 1,
            fail_on: None,
            quiet: false,
            progress: ShowProgress::Auto,
            log_format: LogFormat::Text,
            extraction: nianbao::Settings::default(),
            archives: ArchiveLimits::default(),
            isolation: Isolation::Auto,
            output_bytes: 0,
            worker: isolation::Limits::default(),
            profile: None,
            values: Vec::new(),
        };
        for setting in SETTINGS {
            let given = layers.iter().rev().find(|given| given.name == setting.name);
            let value = given
                .map_or(setting.default, |given| &given.value)
                .to_owned();
            let origin = given.map_or("default", |given| &given.origin).to_owned();
            if (setting.apply)(&mut config, &value).is_none() {
                return Err(Failure::usage(format!(
                    "{origin}: {} cannot be {value:?} ({})",
                    setting.name, setting.about
                )));
            }
            config.values.push((setting, value, origin));
        }
        let unknown = layers
            .iter()
            .find(|given| SETTINGS.iter().all(|setting| setting.name != given.name));
        match unknown {
            Some(given) => Err(Failure::usage(format!(
                "{}: there is no setting {:?}; `nianbao config show` lists them",
                given.origin, given.name
            ))),
            None => Ok(config),
        }
    }

    /// Every setting with its origin, as a TOML file that would say the same.
    pub(crate) fn shown(&self) -> String {
        let mut text = String::new();
        for (setting, value, origin) in &self.values {
            let plain = value.parse::<i64>().is_ok() || value.parse::<bool>().is_ok();
            let value = if plain {
                value.clone()
            } else {
                format!("{value:?}")
            };
            let line = format!("{} = {value}", setting.name);
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{line:<32} # {origin}; {}", setting.about);
        }
        text
    }

    /// The settings that records can depend on, as name and value.
    pub(crate) fn shaping(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let shaping = self
            .values
            .iter()
            .filter(|(setting, ..)| setting.shapes_records);
        shaping.map(|(setting, value, _)| (setting.name, value.as_str()))
    }
}

fn flag((name, origin, value): (&str, &str, Option<String>)) -> Option<Given> {
    value.map(|value| Given {
        name: name.into(),
        value,
        origin: origin.into(),
    })
}

fn file(args: &SettingsArgs) -> Result<Vec<Given>, Failure> {
    let Some(path) = &args.config else {
        return Ok(Vec::new());
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("--config {shown}: {error}")))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error| Failure::usage(format!("--config {shown}: {error}")))?;
    let given = table.into_iter().map(|(name, value)| Given {
        name,
        value: match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        },
        origin: format!("file {shown}"),
    });
    Ok(given.collect())
}

fn environment(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Vec<Given>, Failure> {
    let mut given = Vec::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
            continue;
        };
        let origin = format!("environment {PREFIX}{name}");
        let Some(value) = value.to_str() else {
            return Err(Failure::usage(format!("{origin}: the value is not UTF-8")));
        };
        given.push(Given {
            name: name.to_lowercase(),
            value: value.to_owned(),
            origin,
        });
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(name: &str, value: &str, origin: &str) -> Given {
        Given {
            name: name.into(),
            value: value.into(),
            origin: origin.into(),
        }
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let config = Config::of(&[]).unwrap();
        let library = nianbao::Settings::default();
        assert_eq!(
            format!("{:?}", config.extraction.limits),
            format!("{:?}", library.limits)
        );
        assert_eq!(config.extraction.keywords, library.keywords);
        assert_eq!(config.archives, ArchiveLimits::default());
        assert_eq!(config.worker, isolation::Limits::default());
    }

    #[test]
    fn the_last_layer_wins_and_its_origin_is_shown() {
        let layers = [
            given("pdf_pages", "3", "file a.toml"),
            given("pdf_pages", "4", "--set"),
        ];
        let config = Config::of(&layers).unwrap();
        assert_eq!(config.extraction.limits.pages, 4);
        let shown = config.shown();
        let line = shown.lines().find(|line| line.starts_with("pdf_pages = 4"));
        assert!(line.unwrap().contains("# --set"), "{shown}");
        assert!(toml::from_str::<toml::Table>(&shown).is_ok(), "{shown}");
    }

    #[test]
    fn a_wrong_value_and_an_unknown_name_say_where_they_stand() {
        for (name, value) in [
            ("jobs", "0"),
            ("jobs", "two"),
            ("progress", "x"),
            ("timeout", "0"),
            ("memory", "99999999999999999"),
            ("worker_documents", "0"),
            ("pages", "1"),
        ] {
            let failure = Config::of(&[given(name, value, "file a.toml")]).unwrap_err();
            assert!(failure.message.contains("a.toml"), "{}", failure.message);
            assert!(failure.message.contains(name), "{}", failure.message);
        }
    }

    #[test]
    fn the_environment_is_read_by_its_prefix() {
        let variables = [("NIANBAO_JOBS", "3"), ("PATH", "/bin")];
        let variables = variables.map(|(name, value)| (name.into(), value.into()));
        let given = environment(variables.into_iter()).unwrap();
        assert_eq!(Config::of(&given).unwrap().jobs, 3);
    }
}
