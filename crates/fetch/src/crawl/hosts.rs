//! The hosts of a run: what each has still to be asked for, when it may be asked next, what is known of it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::cookies::Jar;
use crate::index::Page;
use crate::retry::backoff;
use crate::robots::Rules;
use crate::settings::Settings;
use crate::wire::Wire;

/// Something to ask for.
#[derive(Debug)]
pub(super) struct Ask {
    /// The address, as far as redirects have led.
    pub(super) url: Url,
    /// The page that it is asked for; looked up when its turn comes.
    pub(super) page: Option<Page>,
    pub(super) is_robots: bool,
    /// Failures so far.
    pub(super) attempts: u32,
    /// Redirects followed on the spot.
    pub(super) followed: u32,
    pub(super) requests: u32,
    pub(super) milliseconds: u64,
}

impl Ask {
    fn new(url: Url, is_robots: bool) -> Self {
        Self {
            url,
            page: None,
            is_robots,
            attempts: 0,
            followed: 0,
            requests: 0,
            milliseconds: 0,
        }
    }

    /// Of a page whose answer a run before has written.
    pub(super) fn recovered(url: &Url, page: &Page) -> Self {
        Self {
            page: Some(page.clone()),
            ..Self::new(url.clone(), false)
        }
    }
}

/// What is used for one host and goes to the thread that asks it.
pub(super) struct Session {
    pub(super) host: String,
    pub(super) wire: Wire,
    pub(super) jar: Jar,
}

/// A host.
pub(super) struct Host {
    queue: VecDeque<Ask>,
    /// While it is asked nothing, and since it was first asked.
    session: Option<Session>,
    is_busy: bool,
    next: Timestamp,
    chance: fastrand::Rng,
    pub(super) rules: Option<Rules>,
    pub(super) requests: u64,
    pub(super) bytes: u64,
    failures: u32,
    pub(super) given_up: bool,
}

impl Host {
    /// What comes next: its rules before anything else.
    pub(super) fn next_ask(&mut self) -> Option<Ask> {
        let first = self.queue.front()?;
        if self.rules.is_none() && !first.is_robots {
            let url = first.url.join("/robots.txt").ok()?;
            return Some(Ask::new(url, true));
        }
        self.queue.pop_front()
    }
}

/// All hosts, by name: of several that may be asked, the first.
pub(super) struct Hosts<'a> {
    settings: &'a Settings,
    all: BTreeMap<String, Host>,
}

impl<'a> Hosts<'a> {
    pub(super) fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            all: BTreeMap::new(),
        }
    }

    /// Adds an address.
    pub(super) fn add(&mut self, name: &str, url: &str) {
        let Ok(url) = Url::parse(url) else { return };
        let settings = self.settings;
        let host = self.all.entry(name.to_owned()).or_insert_with(|| Host {
            queue: VecDeque::new(),
            session: None,
            is_busy: false,
            next: Timestamp::MIN,
            chance: fastrand::Rng::with_seed(seed(settings.seed, name)),
            rules: None,
            requests: 0,
            bytes: 0,
            failures: 0,
            given_up: false,
        });
        host.queue.push_back(Ask::new(url, false));
    }

    /// A host that has something to ask for and may be asked.
    pub(super) fn ready(&self, now: Timestamp) -> Option<String> {
        let mut hosts = self.all.iter();
        let ready =
            hosts.find(|(_, host)| !host.is_busy && !host.queue.is_empty() && host.next <= now);
        ready.map(|(name, _)| name.clone())
    }

    /// How long until one may be asked; none where none has anything to ask for, or all that have are being asked.
    pub(super) fn wait(&self, now: Timestamp) -> Option<Duration> {
        let waiting = self
            .all
            .values()
            .filter(|host| !host.is_busy && !host.queue.is_empty());
        let next = waiting.map(|host| host.next).min()?;
        Some(Duration::try_from(next.duration_since(now)).unwrap_or_default())
    }

    pub(super) fn get(&mut self, name: &str) -> Option<&mut Host> {
        self.all.get_mut(name)
    }

    pub(super) fn look(&self, name: &str) -> Option<&Host> {
        self.all.get(name)
    }

    /// The session of a host, which is busy until it is closed.
    pub(super) fn open(&mut self, name: &str) -> Option<Session> {
        let settings = self.settings;
        let host = self.all.get_mut(name)?;
        host.is_busy = true;
        host.requests += 1;
        let session = host.session.take();
        Some(session.unwrap_or_else(|| Session {
            host: name.to_owned(),
            wire: Wire::new(
                &settings.limits,
                &settings.user_agent(),
                settings.allow_private.clone(),
                settings.tls(name),
            ),
            jar: Jar::default(),
        }))
    }

    /// A host has answered, or failed; whether it is given up now.
    pub(super) fn close(
        &mut self,
        session: Session,
        bytes: u64,
        failed: bool,
        now: Timestamp,
    ) -> bool {
        let settings = self.settings;
        let own = settings.host(&session.host).delay.unwrap_or(settings.delay);
        let Some(host) = self.all.get_mut(&session.host) else {
            return true;
        };
        let asked = host
            .rules
            .as_ref()
            .and_then(Rules::delay)
            .unwrap_or_default();
        let delay = own.max(asked.min(settings.longest_delay));
        host.next = later(now, delay);
        host.session = Some(session);
        host.is_busy = false;
        host.bytes += bytes;
        host.failures = if failed { host.failures + 1 } else { 0 };
        host.given_up |= host.failures >= settings.host_failures;
        host.given_up
    }

    /// Something has to be asked for again, before anything else and not before a time is over.
    pub(super) fn again(&mut self, name: &str, ask: Ask, now: Timestamp, wait: Duration) {
        if let Some(host) = self.all.get_mut(name) {
            host.next = host.next.max(later(now, wait));
            host.queue.push_front(ask);
        }
    }

    /// The rules of a host are known.
    pub(super) fn rule(&mut self, name: &str, rules: Rules) {
        if let Some(host) = self.all.get_mut(name) {
            host.rules = Some(rules);
        }
    }

    /// How long a host is left alone after so many failures of one address.
    pub(super) fn backoff(&mut self, name: &str, failures: u32) -> Duration {
        let first = self.settings.backoff;
        self.all
            .get_mut(name)
            .map(|host| backoff(first, failures, &mut host.chance))
            .unwrap_or_default()
    }
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// Each host has chances of its own, whatever others do.
fn seed(seed: u64, name: &str) -> u64 {
    let bytes = name.bytes();
    bytes.fold(seed ^ 0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}
