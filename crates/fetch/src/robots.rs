//! robots.txt: what a host lets us ask for, and how fast (RFC 9309).

use std::time::Duration;

use robotxt::{AccessResult, Robots};
use url::Url;

use crate::error::{Code, FetchError};

/// What is known of a host's rules.
#[derive(Debug)]
pub struct Rules {
    robots: Robots,
    /// Why the file cannot be had: then nothing may be asked for.
    pub(crate) unreachable: Option<FetchError>,
}

impl Rules {
    /// The rules that a status and a body make for the crawler that calls itself `robot`: 2xx says them, 4xx that there are
    /// none. Anything else is a fault of the server, and then nothing may be asked for.
    pub fn of_answer(status: u16, body: &[u8], robot: &str) -> Self {
        match status {
            200..=299 => Self::of(AccessResult::Successful(body), robot),
            400..=499 if status != 429 => Self::of(AccessResult::Unavailable, robot),
            _ => Self::unreachable(&FetchError::new(
                Code::HttpStatus,
                format!("the server answered {status}"),
            )),
        }
    }

    /// There were more redirects than are followed: as if there were no rules.
    pub(crate) fn too_many_redirects() -> Self {
        Self::of(AccessResult::TooManyRedirects, "")
    }

    /// The file cannot be had. Where nothing of the host can, that is said of each of its addresses.
    pub(crate) fn unreachable(fault: &FetchError) -> Self {
        let is_of_host = matches!(
            fault.code,
            Code::ForbiddenAddress | Code::HostNotFound | Code::Tls | Code::Unreachable
        );
        let fault = if is_of_host {
            fault.clone()
        } else {
            let message = format!(
                "robots.txt cannot be had, so nothing may be asked for (RFC 9309): {fault}"
            );
            FetchError::new(Code::RobotsUnreachable, message)
        };
        Self {
            robots: Robots::from_access(AccessResult::Unreachable, ""),
            unreachable: Some(fault),
        }
    }

    fn of(access: AccessResult<'_>, robot: &str) -> Self {
        Self {
            robots: Robots::from_access(access, robot),
            unreachable: None,
        }
    }

    /// Whether an address may be asked for.
    pub fn allow(&self, url: &Url) -> bool {
        self.robots.is_url_allowed(url)
    }

    /// The time between two requests that the host asks for.
    pub fn delay(&self) -> Option<Duration> {
        self.robots.crawl_delay()
    }

    /// The sitemaps that it names.
    pub fn sitemaps(&self) -> impl Iterator<Item = &Url> {
        self.robots.sitemaps().iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_decides_before_the_text_does() {
        let url = Url::parse("http://a.example/x/y").unwrap();
        let text = b"User-agent: *\nDisallow: /x\nCrawl-delay: 7\n\nUser-agent: nianbao\nAllow: /x/y\nDisallow: /x\n";
        let allow = |status: u16, robot: &str| Rules::of_answer(status, text, robot).allow(&url);
        assert!(!allow(200, "other"));
        assert!(allow(200, "nianbao"));
        assert!(allow(404, "other"));
        assert!(allow(403, "other"));
        for status in [429, 500, 503, 304] {
            assert!(!allow(status, "nianbao"), "{status}");
        }
        assert!(Rules::too_many_redirects().allow(&url));
        assert_eq!(
            Rules::of_answer(200, text, "other").delay(),
            Some(Duration::from_secs(7))
        );
        assert!(Rules::of_answer(503, text, "other").unreachable.is_some());
    }
}
