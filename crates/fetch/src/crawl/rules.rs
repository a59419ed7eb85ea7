//! What a host says of itself: its robots.txt, and the sitemaps that this names.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::Crawl;
use super::hosts::Ask;
use super::judge::is_redirect;
use super::settle::put_new;
use crate::error::{CrawlError, FetchError};
use crate::index::{Page, Role};
use crate::robots::Rules;
use crate::wire::Answer;

impl Crawl<'_> {
    /// Takes what a host says of its rules.
    pub(super) fn take_robots(
        &mut self,
        name: &str,
        mut ask: Ask,
        answer: Result<Answer, FetchError>,
        begun: Timestamp,
    ) -> Result<(), CrawlError> {
        let now = self.clock.now();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                ask.attempts += 1;
                if error.code.passes() && ask.attempts < self.settings.attempts {
                    let wait = self.hosts.backoff(name, ask.attempts);
                    self.hosts.again(name, ask, now, wait);
                } else {
                    self.hosts.rule(name, Rules::unreachable(&error));
                }
                return Ok(());
            }
        };
        let stored = self.keep(&ask.url, begun, &answer, None, &[])?;
        self.archive.index.remember(stored.behind())?;
        let status = answer.head.status;
        if is_redirect(status) {
            let target = answer
                .head
                .get("Location")
                .and_then(|to| ask.url.join(to).ok());
            let target = target.and_then(|target| crate::address::of_url(target).ok());
            ask.followed += 1;
            match target {
                Some(target) if ask.followed <= self.settings.limits.robots_redirects => {
                    ask.url = target;
                    self.hosts.again(name, ask, now, Duration::ZERO);
                }
                _ => self.hosts.rule(name, Rules::too_many_redirects()),
            }
            return Ok(());
        }
        let body = answer
            .body
            .get(..self.settings.limits.robots_bytes)
            .unwrap_or(&answer.body);
        let rules = Rules::of_answer(status, body, self.settings.robot());
        let sitemaps: Vec<Url> = rules.sitemaps().cloned().collect();
        self.hosts.rule(name, rules);
        self.found_sitemaps(&sitemaps)
    }

    /// The sitemaps that a robots.txt names.
    fn found_sitemaps(&mut self, sitemaps: &[Url]) -> Result<(), CrawlError> {
        let run = self.crawled.run;
        let sources = self.plan.sources.iter().enumerate();
        let found = sources.filter(|(_, source)| source.robots_sitemaps);
        let found = found.flat_map(|(number, source)| {
            let held = sitemaps.iter().filter(|url| source.scope.holds_host(url));
            held.map(move |url| Page::new(url, Role::Sitemap, number, run))
        });
        let found: Vec<Page> = found.collect();
        let new = self.archive.index.together(|index| put_new(index, found))?;
        for page in new {
            self.hosts.add(&page.host, &page.url);
        }
        Ok(())
    }
}
