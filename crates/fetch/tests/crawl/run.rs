//! A run against a test server, with a time that does not pass by itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use nianbao_fetch::{Archive, Clock, Crawled, Role, Scope, Settings, Source, Visit, canonical};

use crate::server::Server;

/// Time that passes only where it is waited for.
pub(crate) struct Simulated(Mutex<Timestamp>);

impl Simulated {
    pub(crate) fn at(time: &str) -> Self {
        Self(Mutex::new(time.parse().unwrap()))
    }

    pub(crate) fn pass(&self, time: Duration) {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::try_from(time).unwrap();
    }
}

impl Clock for Simulated {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        self.pass(time);
    }
}

/// Settings with limits that a test can reach, for servers on this machine.
pub(crate) fn settings() -> Settings {
    let mut settings = Settings::new("nianbao/test", "mailto:operator@example.org");
    let limits = &mut settings.limits;
    limits.connect = Duration::from_secs(2);
    limits.head = Duration::from_millis(400);
    limits.silence = Duration::from_millis(400);
    limits.body = Duration::from_millis(1_200);
    limits.grace = Duration::from_millis(300);
    limits.body_bytes = 1 << 20;
    settings.host_failures = u32::MAX;
    settings.allow_private.insert("127.0.0.1".into());
    settings
}

/// A source of these addresses of a server.
pub(crate) fn source<'a>(
    server: &Server,
    role: Role,
    targets: impl IntoIterator<Item = &'a str>,
) -> Source {
    let seeds = targets
        .into_iter()
        .map(|target| (canonical(&server.url(target)).unwrap(), role));
    Source {
        seeds: seeds.collect(),
        scope: Scope::new([server.host().as_str()], [], []).unwrap(),
        attachments: true,
        pages: 10,
        robots_sitemaps: false,
    }
}

/// One run to its end; what it found, by path and query.
pub(crate) fn run(
    folder: &Path,
    sources: &[Source],
    settings: &Settings,
    clock: &Simulated,
) -> (Crawled, BTreeMap<String, Visit>) {
    let mut archive = Archive::open(folder, settings, clock.now()).unwrap();
    let crawled = archive
        .crawl(sources, settings, clock, &|| false, &mut |_| {})
        .unwrap();
    archive.end_run(clock.now()).unwrap();
    let visits = archive.visits(crawled.run - 1).unwrap().into_iter();
    let visits = visits.map(|visit| {
        let url = canonical(&visit.url).unwrap();
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        (format!("{}{query}", url.path()), visit)
    });
    (crawled, visits.collect())
}
