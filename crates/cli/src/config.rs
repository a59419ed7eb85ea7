//! Settings: command line before environment before file before default.

mod settings;

use std::ffi::OsString;
use std::fmt::Write as _;

use crate::args::{ExtractArgs, SettingsArgs};
use crate::exit::Failure;
use crate::input::ArchiveLimits;
use crate::profile;

use settings::{SETTINGS, Setting};

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
            ("memory", "191"),
            ("pdf_form_depth", "51"),
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
