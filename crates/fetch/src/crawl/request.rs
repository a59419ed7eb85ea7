//! What is asked for next, and whether it may be.

use jiff::Timestamp;
use url::Url;

use super::hosts::{Ask, Session};
use super::{Crawl, Job};
use crate::error::{Code, CrawlError, FetchError};
use crate::index::Page;
use crate::robots::Rules;

impl Crawl<'_> {
    /// The next request to a host; none where its next address needs none.
    pub(super) fn next(&mut self, name: &str) -> Result<Option<Job>, CrawlError> {
        let now = self.clock.now();
        let Some(host) = self.hosts.get(name) else {
            return Ok(None);
        };
        let Some(mut ask) = host.next_ask() else {
            return Ok(None);
        };
        if !ask.is_robots && ask.page.is_none() {
            ask.page = self.archive.index.page(ask.url.as_str())?;
            if ask.page.is_none() {
                return Ok(None);
            }
        }
        let is_fresh = ask.attempts == 0 && ask.followed == 0;
        let page = ask.page.as_ref().filter(|_| is_fresh);
        if let Some(fault) = page.and_then(|page| self.refused(name, page, &ask.url, now)) {
            self.settle_fault(&ask, &fault, None)?;
            return Ok(None);
        }
        let Some(session) = self.hosts.open(name) else {
            return Ok(None);
        };
        let headers = self.headers(&ask, &session);
        self.crawled.requests += 1;
        ask.requests += 1;
        Ok(Some(Job {
            session,
            ask,
            headers,
            begun: now,
        }))
    }

    /// Why an address is not asked for, if it is not.
    fn refused(&self, name: &str, page: &Page, url: &Url, now: Timestamp) -> Option<FetchError> {
        let host = self.hosts.look(name)?;
        let settings = self.settings.host(name);
        let later = |code, message: &str| Some(FetchError::new(code, message));
        if !self.plan.takes(page, url) {
            return later(Code::RedirectOutOfScope, "it belongs to no source any more");
        }
        if let Some(until) = page.not_before.filter(|until| *until > now) {
            return later(
                Code::RetryLater,
                &format!("the server asked to come back after {until}"),
            );
        }
        if !self.settings.is_open(name, now) {
            return later(
                Code::Window,
                "it is not the time in which this host may be asked",
            );
        }
        if host.given_up {
            return later(
                Code::HostGivenUp,
                "too many requests to this host failed one after another",
            );
        }
        let requests = settings.requests.unwrap_or(u64::MAX);
        let bytes = settings.bytes.unwrap_or(u64::MAX);
        if host.requests >= requests || host.bytes >= bytes {
            return later(Code::Budget, "the host has had its share of this run");
        }
        if self.crawled.requests >= self.settings.requests
            || self.crawled.bytes >= self.settings.bytes
        {
            return later(Code::Budget, "the run has had its share");
        }
        match &host.rules {
            Some(Rules {
                unreachable: Some(fault),
                ..
            }) => Some(fault.clone()),
            Some(rules) if !rules.allow(url) => later(Code::Robots, "robots.txt says no"),
            _ => None,
        }
    }

    fn headers(&self, ask: &Ask, session: &Session) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(cookies) = session.jar.header(&ask.url) {
            headers.push(("Cookie", cookies));
        }
        let page = ask
            .page
            .as_ref()
            .filter(|page| ask.followed == 0 && self.plan.may_be_conditional(page, self.settings));
        if let Some(page) = page {
            headers.extend(page.etag.clone().map(|etag| ("If-None-Match", etag)));
            headers.extend(
                page.modified
                    .clone()
                    .map(|date| ("If-Modified-Since", date)),
            );
        }
        headers
    }
}
