//! What a run may ask of others, and what it must put up with.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

use crate::certificates::Certificates;

/// Bounds of one request.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Time to find a name's address and to connect.
    pub connect: Duration,
    /// Time until the head of the response is there.
    pub head: Duration,
    /// Time without a byte.
    pub silence: Duration,
    /// Time until the body is there.
    pub body: Duration,
    /// Time after which `rate` is asked for.
    pub grace: Duration,
    /// Bytes a second that a body has to come with.
    pub rate: u64,
    /// Bytes of the response's head.
    pub head_bytes: usize,
    /// Bytes of the body, as it comes and decoded.
    pub body_bytes: usize,
    /// Redirects one after another.
    pub redirects: u32,
    /// The same for robots.txt.
    pub robots_redirects: u32,
    /// Bytes of robots.txt that are read.
    pub robots_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            head: Duration::from_secs(30),
            silence: Duration::from_secs(30),
            body: Duration::from_secs(300),
            grace: Duration::from_secs(10),
            rate: 1 << 10,
            head_bytes: 64 << 10,
            body_bytes: 100 << 20,
            redirects: 10,
            robots_redirects: 5,
            robots_bytes: 512 << 10,
        }
    }
}

/// Hours of the day, from and to; over midnight where the end is before the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From.
    pub from: civil::Time,
    /// To, which is not part of it.
    pub to: civil::Time,
}

impl Window {
    fn holds(&self, time: civil::Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

/// What is different for a host.
#[derive(Debug, Clone, Default)]
pub struct HostSettings {
    /// Time between two requests.
    pub delay: Option<Duration>,
    /// Requests of a run.
    pub requests: Option<u64>,
    /// Bytes of a run.
    pub bytes: Option<u64>,
    /// Hours in which it may be asked; any where there are none.
    pub windows: Vec<Window>,
    /// Who is trusted to say that it is this host; as for all hosts where nothing is said.
    pub certificates: Option<Certificates>,
    /// Whether its certificate is not looked at: some sites leave out what is needed to check it.
    pub any_certificate: bool,
}

/// Everything about how a run fetches.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name and version of the program.
    pub product: String,
    /// Who runs it: an address of mail or of a page where a site's people can complain.
    pub contact: String,
    /// Bounds of one request.
    pub limits: Limits,
    /// Time between two requests to a host.
    pub delay: Duration,
    /// Longest time between two requests that a robots.txt gets by its `Crawl-delay`.
    pub longest_delay: Duration,
    /// How often one address is asked for in a run where it fails in a way that may pass.
    pub attempts: u32,
    /// First time to wait before it is asked for again; doubled each time.
    pub backoff: Duration,
    /// A `Retry-After` beyond this puts the address off to a later run.
    pub longest_retry: Duration,
    /// How many failures one after another make a host given up for the run.
    pub host_failures: u32,
    /// Hosts that are asked at the same time.
    pub hosts_at_once: usize,
    /// Requests of a run.
    pub requests: u64,
    /// Bytes of a run.
    pub bytes: u64,
    /// Hours in which anybody may be asked.
    pub windows: Vec<Window>,
    /// Where those hours are counted.
    pub offset: Offset,
    /// Hosts that may have an address that is not of the public network.
    pub allow_private: BTreeSet<String>,
    /// Who is trusted to say who a host is; the public authorities where nothing is said.
    pub certificates: Option<Certificates>,
    /// What is different for some hosts.
    pub hosts: BTreeMap<String, HostSettings>,
    /// After so many answers of "not modified" an address is asked for without conditions: some servers lie.
    pub verify_every: u32,
    /// Bytes after which a file of the archive is followed by the next.
    pub archive_file_bytes: u64,
    /// What the jitter of delays is made from.
    pub seed: u64,
}

impl Settings {
    /// The settings that fit most sites. There is none without a contact.
    pub fn new(product: impl Into<String>, contact: impl Into<String>) -> Self {
        Self {
            product: product.into(),
            contact: contact.into(),
            limits: Limits::default(),
            delay: Duration::from_secs(1),
            longest_delay: Duration::from_secs(60),
            attempts: 3,
            backoff: Duration::from_secs(2),
            longest_retry: Duration::from_secs(3_600),
            host_failures: 10,
            hosts_at_once: 8,
            requests: 1_000_000,
            bytes: 50 << 30,
            windows: Vec::new(),
            offset: Offset::constant(8),
            allow_private: BTreeSet::new(),
            certificates: None,
            hosts: BTreeMap::new(),
            verify_every: 30,
            archive_file_bytes: 1 << 30,
            seed: 0,
        }
    }

    /// What a request says of who sends it.
    pub fn user_agent(&self) -> String {
        format!("{} (+{})", self.product, self.contact)
    }

    /// The word by which robots.txt speaks of the program.
    pub(crate) fn robot(&self) -> &str {
        self.product.split('/').next().unwrap_or_default()
    }

    pub(crate) fn host(&self, host: &str) -> HostSettings {
        self.hosts.get(host).cloned().unwrap_or_default()
    }

    /// Whether a host may be asked at a time.
    pub(crate) fn is_open(&self, host: &str, now: Timestamp) -> bool {
        let own = self.hosts.get(host).map(|host| host.windows.as_slice());
        let windows = own.filter(|own| !own.is_empty()).unwrap_or(&self.windows);
        let time = self.offset.to_datetime(now).time();
        windows.is_empty() || windows.iter().any(|window| window.holds(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_hours_of_the_place_and_may_reach_over_midnight() {
        let mut settings = Settings::new("nianbao/0", "mailto:a@b.example");
        let night = Window {
            from: civil::time(22, 0, 0, 0),
            to: civil::time(6, 0, 0, 0),
        };
        settings.windows = vec![night];
        let at = |text: &str| settings.is_open("a.example", text.parse().unwrap());
        assert!(at("2026-11-24T23:30:00+08:00"));
        assert!(at("2026-11-24T05:59:00+08:00"));
        assert!(!at("2026-11-24T06:00:00+08:00"));
        assert!(!at("2026-11-24T12:00:00+08:00"));
        // 22:30 in London is 06:30 there.
        assert!(!at("2026-11-24T22:30:00Z"));
    }
}
