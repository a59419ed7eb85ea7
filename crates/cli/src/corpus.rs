//! `CORPUS.toml`: where a corpus comes from, how it is fetched, where its archive and its records are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use fetch::{Certificates, HostSettings, Role, Scope, Settings, Source, Window};
use serde::Deserialize;
use url::Url;

use crate::exit::Failure;
use crate::export::Wanted;

/// A corpus as its file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corpus {
    /// Who runs it: an address of mail or of a page, which every request names.
    contact: String,
    /// Folder of the archive, seen from the file.
    #[serde(default = "archive")]
    pub(crate) archive: PathBuf,
    /// Folder of the records, seen from the file.
    #[serde(default = "out")]
    pub(crate) output: PathBuf,
    #[serde(default, rename = "source")]
    sources: Vec<SourceText>,
    #[serde(default)]
    fetch: FetchText,
    #[serde(default)]
    hosts: BTreeMap<String, HostText>,
    /// Settings of `nianbao extract`, as `nianbao config show` lists them, and `profile`.
    #[serde(default)]
    pub(crate) extract: toml::Table,
    #[serde(default)]
    pub(crate) retention: Retention,
    /// Tables that are kept up to date with the records; their places are seen from the file.
    #[serde(default, rename = "export")]
    pub(crate) exports: Vec<Wanted>,
}

/// How long is kept what can be forgotten. The archive is never touched.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Retention {
    /// Nights whose replaced versions of records are kept.
    pub(crate) versions: usize,
    /// Nights for which it is kept that a page was found unchanged.
    pub(crate) unchanged: i64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            versions: 3_650,
            unchanged: 30,
        }
    }
}

fn archive() -> PathBuf {
    "archive".into()
}

fn out() -> PathBuf {
    "out".into()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceText {
    #[serde(default)]
    urls: Vec<String>,
    #[serde(default)]
    url_files: Vec<PathBuf>,
    #[serde(default)]
    lists: Vec<String>,
    #[serde(default)]
    sitemaps: Vec<String>,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default = "yes")]
    attachments: bool,
    #[serde(default = "fifty")]
    pages: u32,
    #[serde(default)]
    robots_sitemaps: bool,
}

fn yes() -> bool {
    true
}

fn fifty() -> u32 {
    50
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FetchText {
    delay: Option<f64>,
    attempts: Option<u32>,
    backoff: Option<f64>,
    longest_retry: Option<f64>,
    host_failures: Option<u32>,
    hosts_at_once: Option<usize>,
    requests: Option<u64>,
    bytes: Option<u64>,
    body_bytes: Option<usize>,
    windows: Vec<String>,
    allow_private: BTreeSet<String>,
    certificates: Option<PathBuf>,
    verify_every: Option<u32>,
    archive_file_bytes: Option<u64>,
    seed: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct HostText {
    delay: Option<f64>,
    requests: Option<u64>,
    bytes: Option<u64>,
    windows: Vec<String>,
    certificates: Option<PathBuf>,
    any_certificate: bool,
}

impl Corpus {
    /// Reads the file. Its folders are seen from where it stands.
    pub(crate) fn load(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: String| Failure::usage(format!("{}: {what}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let mut corpus: Self = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let seen = |place: &mut PathBuf| *place = folder.join(&*place);
        seen(&mut corpus.archive);
        seen(&mut corpus.output);
        corpus
            .sources
            .iter_mut()
            .flat_map(|source| &mut source.url_files)
            .for_each(seen);
        let hosts = corpus.hosts.values_mut();
        hosts
            .filter_map(|host| host.certificates.as_mut())
            .chain(corpus.fetch.certificates.as_mut())
            .for_each(seen);
        corpus
            .exports
            .iter_mut()
            .map(|export| &mut export.output)
            .for_each(seen);
        if corpus.sources.is_empty() {
            return Err(wrong(
                "there is no [[source]]: name `lists`, `urls`, `url_files` or `sitemaps` in one"
                    .into(),
            ));
        }
        Ok(corpus)
    }

    /// Where to begin and what belongs to it.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, Failure> {
        self.sources.iter().map(SourceText::source).collect()
    }

    /// How it is fetched.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = settings(&self.contact)?;
        let text = &self.fetch;
        put(&mut settings.attempts, text.attempts);
        put(&mut settings.host_failures, text.host_failures);
        put(&mut settings.hosts_at_once, text.hosts_at_once);
        put(&mut settings.requests, text.requests);
        put(&mut settings.bytes, text.bytes);
        put(&mut settings.limits.body_bytes, text.body_bytes);
        put(&mut settings.verify_every, text.verify_every);
        put(&mut settings.archive_file_bytes, text.archive_file_bytes);
        put(&mut settings.seed, text.seed);
        put(&mut settings.delay, seconds("fetch.delay", text.delay)?);
        put(
            &mut settings.backoff,
            seconds("fetch.backoff", text.backoff)?,
        );
        put(
            &mut settings.longest_retry,
            seconds("fetch.longest_retry", text.longest_retry)?,
        );
        settings.windows = windows("fetch.windows", &text.windows)?;
        settings.allow_private.clone_from(&text.allow_private);
        settings.certificates = certificates("fetch.certificates", text.certificates.as_deref())?;
        for (name, host) in &self.hosts {
            let at = |setting: &str| format!("hosts.{name:?}.{setting}");
            let own = HostSettings {
                delay: seconds(&at("delay"), host.delay)?,
                requests: host.requests,
                bytes: host.bytes,
                windows: windows(&at("windows"), &host.windows)?,
                certificates: certificates(&at("certificates"), host.certificates.as_deref())?,
                any_certificate: host.any_certificate,
            };
            settings.hosts.insert(name.clone(), own);
        }
        Ok(settings)
    }
}

/// The settings that a contact alone makes.
pub(crate) fn settings(contact: &str) -> Result<Settings, Failure> {
    if !contact.contains(['@', ':']) {
        let message = "contact: name who fetches, as mailto:somebody@example.org or by the address of a page; every \
            request names it, so that a site's people can complain";
        return Err(Failure::usage(message));
    }
    Ok(Settings::new(
        concat!("nianbao/", env!("CARGO_PKG_VERSION")),
        contact,
    ))
}

impl SourceText {
    fn source(&self) -> Result<Source, Failure> {
        let mut seeds = Vec::new();
        let mut add = |texts: &[String], role: Role| {
            texts.iter().try_for_each(|text| {
                seeds.push((address(text)?, role));
                Ok::<(), Failure>(())
            })
        };
        add(&self.urls, Role::Document)?;
        add(&self.lists, Role::List)?;
        add(&self.sitemaps, Role::Sitemap)?;
        for file in &self.url_files {
            add(&lines(file)?, Role::Document)?;
        }
        source(seeds, &self.hosts, &self.include, &self.exclude).map(|source| Source {
            attachments: self.attachments,
            pages: self.pages,
            robots_sitemaps: self.robots_sitemaps,
            ..source
        })
    }
}

/// A source of these addresses. Without hosts, of theirs.
pub(crate) fn source(
    seeds: Vec<(Url, Role)>,
    hosts: &[String],
    include: &[String],
    exclude: &[String],
) -> Result<Source, Failure> {
    let own: BTreeSet<String> = if hosts.is_empty() {
        seeds.iter().map(|(url, _)| fetch::host(url)).collect()
    } else {
        hosts.iter().cloned().collect()
    };
    let scope = Scope::new(
        own.iter().map(String::as_str),
        include.iter().map(String::as_str),
        exclude.iter().map(String::as_str),
    );
    Ok(Source {
        seeds,
        scope: scope.map_err(Failure::usage)?,
        attachments: true,
        pages: fifty(),
        robots_sitemaps: false,
    })
}

/// An address, as one writes it.
pub(crate) fn address(text: &str) -> Result<Url, Failure> {
    fetch::canonical(text).map_err(|error| Failure::usage(error.to_string()))
}

/// The addresses of a file, one a line; `#` begins a comment, `-` is stdin.
pub(crate) fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let wrong = |error: std::io::Error| Failure::usage(format!("{}: {error}", path.display()));
    let text = if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin().lock()).map_err(wrong)?
    } else {
        std::fs::read_to_string(path).map_err(wrong)?
    };
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

fn put<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

fn seconds(name: &str, value: Option<f64>) -> Result<Option<Duration>, Failure> {
    let duration = value.map(|value| {
        Duration::try_from_secs_f64(value)
            .map_err(|_| Failure::usage(format!("{name}: {value} is no number of seconds")))
    });
    duration.transpose()
}

/// A file of certificates in PEM.
fn certificates(name: &str, path: Option<&Path>) -> Result<Option<Certificates>, Failure> {
    let certificates = path.map(|path| {
        let wrong = |what: String| Failure::usage(format!("{name}: {}: {what}", path.display()));
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        Certificates::of_pem(&text).map_err(wrong)
    });
    certificates.transpose()
}

/// `22:00-06:00`
fn windows(name: &str, texts: &[String]) -> Result<Vec<Window>, Failure> {
    let windows = texts.iter().map(|text| {
        let window = text.split_once('-').and_then(|(from, to)| {
            Some(Window {
                from: from.trim().parse().ok()?,
                to: to.trim().parse().ok()?,
            })
        });
        window.ok_or_else(|| {
            Failure::usage(format!(
                "{name}: {text:?} is no part of a day, as 22:00-06:00 is one"
            ))
        })
    });
    windows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Corpus, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("corpus.toml");
        std::fs::write(&path, text).unwrap();
        std::fs::write(
            folder.path().join("urls.txt"),
            "# a comment\nhttp://b.example/x\n\n",
        )
        .unwrap();
        let corpus = Corpus::load(&path).map_err(|failure| failure.message)?;
        corpus.settings().map_err(|failure| failure.message)?;
        corpus.sources().map_err(|failure| failure.message)?;
        Ok(corpus)
    }

    #[test]
    fn a_corpus_says_where_it_comes_from() {
        let text = "contact = 'mailto:a@b.example'\n[fetch]\ndelay = 2.5\nwindows = ['22:00-06:00']\n\
            [hosts.'a.example']\ndelay = 10\n[[source]]\nlists = ['http://a.example/list/']\nurl_files = ['urls.txt']\n";
        let corpus = load(text).unwrap();
        let settings = corpus.settings().unwrap();
        assert_eq!(settings.delay, Duration::from_millis(2_500));
        assert_eq!(
            settings.hosts["a.example"].delay,
            Some(Duration::from_secs(10))
        );
        assert!(corpus.output.is_absolute() || corpus.output.ends_with("out"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let source = "[[source]]\nurls = ['http://a.example/']\n";
        for (text, said) in [
            (source.to_owned(), "contact"),
            (format!("contact = 'nobody'\n{source}"), "contact"),
            ("contact = 'mailto:a@b.example'\n".to_owned(), "[[source]]"),
            (
                format!("contact = 'mailto:a@b.example'\nunknown = 1\n{source}"),
                "unknown",
            ),
            (
                "contact = 'mailto:a@b.example'\n[[source]]\nurls = ['ftp://a.example/']\n"
                    .to_owned(),
                "ftp",
            ),
            (
                format!("contact = 'mailto:a@b.example'\n[fetch]\nwindows = ['night']\n{source}"),
                "night",
            ),
            (
                format!(
                    "contact = 'mailto:a@b.example'\n[fetch]\ncertificates = 'urls.txt'\n{source}"
                ),
                "urls.txt: there is no certificate",
            ),
            (
                format!("contact = 'mailto:a@b.example'\n[fetch]\ndelay = -1\n{source}"),
                "fetch.delay",
            ),
        ] {
            let message = load(&text).unwrap_err();
            assert!(message.contains(said), "{said}: {message}");
        }
    }
}
