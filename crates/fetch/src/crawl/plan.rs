//! Where to begin, and what belongs to it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use url::Url;

use crate::index::{Page, Role};
use crate::scope::Scope;
use crate::settings::Settings;

/// Endings of files that a report's page links to.
const ATTACHMENTS: [&str; 12] = [
    "pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "txt", "zip", "rar", "csv",
];

/// Where to begin, and what belongs to it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Addresses with what they are for. They belong to it whatever its scope says.
    pub seeds: Vec<(Url, Role)>,
    /// What else does.
    pub scope: Scope,
    /// Whether files that its documents link to are fetched.
    pub attachments: bool,
    /// Pages of a list that are followed.
    pub pages: u32,
    /// Whether the sitemaps that robots.txt names are read.
    pub robots_sitemaps: bool,
}

/// All sources.
pub(super) struct Plan<'a> {
    pub(super) sources: &'a [Source],
    seeds: BTreeSet<&'a str>,
    /// Whether it is another one than in the run before: what was not followed then may be now.
    pub(super) renewed: bool,
}

impl<'a> Plan<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let seeds = sources.iter().flat_map(|source| &source.seeds);
        Self {
            sources,
            seeds: seeds.map(|(url, _)| url.as_str()).collect(),
            renewed: false,
        }
    }

    /// The addresses to begin with.
    pub(super) fn seeds(&self, run: i64) -> Vec<Page> {
        let sources = self.sources.iter().enumerate();
        let seeds = sources.flat_map(|(number, source)| {
            let seeds = source.seeds.iter();
            seeds.map(move |(url, role)| Page::new(url, *role, number, run))
        });
        seeds.collect()
    }

    /// What tells it from another plan.
    pub(super) fn fingerprint(&self) -> String {
        let hash = Sha256::digest(format!("{:?}", self.sources));
        let mut hex = format!("{hash:x}");
        hex.truncate(32);
        hex
    }

    /// Whether an address still belongs to a source.
    pub(super) fn takes(&self, page: &Page, url: &Url) -> bool {
        self.seeds.contains(url.as_str())
            || self.sources.iter().any(|source| match page.role {
                Role::Document => source.scope.holds(url) || (page.hops > 0 && source.scope.holds_host(url)),
                Role::Attachment => source.attachments && source.scope.holds_host(url),
                Role::List | Role::Sitemap => source.scope.holds_host(url),
            })
            // A redirect from a seed on the same host.
            || (page.hops > 0 && page.parent.as_deref().is_some_and(|parent| same_site(parent, url)))
    }

    /// Whether an address may be asked for only in case that it has changed.
    pub(super) fn may_be_conditional(&self, page: &Page, settings: &Settings) -> bool {
        let must_be_read = self.renewed && matches!(page.role, Role::List | Role::Sitemap);
        page.record.is_some() && page.unmodified < settings.verify_every && !must_be_read
    }

    /// Whether a redirect may lead there.
    pub(super) fn may_lead(&self, from: &Url, to: &Url) -> bool {
        same_site(from.as_str(), to)
            || self.seeds.contains(to.as_str())
            || self
                .sources
                .iter()
                .any(|source| source.scope.holds_host(to))
    }
}

/// Whether two addresses are of one host, with `www.` or without.
fn same_site(one: &str, other: &Url) -> bool {
    let bare = |url: &Url| {
        let host = url.host_str().unwrap_or_default();
        (
            host.strip_prefix("www.").unwrap_or(host).to_owned(),
            url.port(),
        )
    };
    Url::parse(one).is_ok_and(|one| bare(&one) == bare(other))
}

/// Whether an address is that of a file, by its ending.
pub(super) fn is_attachment(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ATTACHMENTS.contains(&ending.as_str()))
}
