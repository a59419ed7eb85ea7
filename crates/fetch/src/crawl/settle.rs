//! What an answer means: written to the archive, then noted in the index with what it leads to. The same is done
//! with what the archive has and the index does not, when a run before has died between the two.

use jiff::Timestamp;
use url::Url;
use warc::{Coding, Exchange, Head, Stored};

use super::hosts::Ask;
use super::judge::{Given, Verdict, moved, target};
use super::{Crawl, SYNC_EVERY};
use crate::address;
use crate::archive::largest_block;
use crate::error::CrawlError;
use crate::index::{Index, Page, State};
use crate::wire::Answer;

impl Crawl<'_> {
    /// An answer that is none to ask again for.
    pub(super) fn settle_answer(
        &mut self,
        mut ask: Ask,
        answer: &Answer,
        begun: Timestamp,
        cookies_changed: bool,
    ) -> Result<(), CrawlError> {
        let Some(page) = ask.page.clone() else {
            return Ok(());
        };
        let redirect = target(&ask.url, &answer.head);
        if let Some(target) = redirect {
            let target = match target {
                Ok(target) => target,
                Err(fault) => return self.settle_fault(&ask, &fault, None),
            };
            // A cookie can open the way: the same host is asked on the spot, with it.
            let follows = cookies_changed && address::host(&target) == page.host;
            if follows {
                self.keep(&ask.url, begun, answer, None, &[])?;
                ask.followed += 1;
                if ask.followed > self.settings.limits.redirects {
                    return self.settle_fault(&ask, &self.too_many(), None);
                }
                ask.url = target;
                let (host, now) = (page.host.clone(), self.clock.now());
                self.hosts.again(&host, ask, now, std::time::Duration::ZERO);
                return Ok(());
            }
        }
        // Redirects that were followed on the spot led elsewhere: that page has the answer.
        if ask.url.as_str() != page.url {
            return self.settle_elsewhere(&ask, &page, answer, begun);
        }
        self.settle_page(&ask, &page, answer, begun)
    }

    /// The answer belongs to another page than the one asked for, which has moved there.
    fn settle_elsewhere(
        &mut self,
        ask: &Ask,
        page: &Page,
        answer: &Answer,
        begun: Timestamp,
    ) -> Result<(), CrawlError> {
        let known = self.archive.index.page(ask.url.as_str())?;
        let other = known.unwrap_or_else(|| Page {
            hops: page.hops + ask.followed,
            parent: Some(page.url.clone()),
            ..Page::new(&ask.url, page.role, page.source, self.crawled.run)
        });
        let moved = moved(page, &ask.url, self.crawled.run);
        let outcome = self.moved_outcome(page, &ask.url);
        self.settle(&moved, outcome, ask)?;
        self.settle_page(ask, &other, answer, begun)
    }

    fn settle_page(
        &mut self,
        ask: &Ask,
        page: &Page,
        answer: &Answer,
        begun: Timestamp,
    ) -> Result<(), CrawlError> {
        let url = ask.url.clone();
        let given = Given {
            url: &url,
            date: begun,
            head: &answer.head,
            body: Some(&answer.body),
        };
        let verdict = match self.judge(page, &given)? {
            Ok(verdict) => verdict,
            Err(fault) => return self.settle_fault(ask, &fault, None),
        };
        let stored = if verdict.keep {
            let metadata = [
                ("fetchTimeMs", answer.took.as_millis().to_string()),
                (
                    "hopsFromSeed",
                    "R".repeat(page.hops as usize) + &"L".repeat(page.depth as usize),
                ),
                ("via", page.parent.clone().unwrap_or_default()),
            ];
            Some(self.keep(&url, begun, answer, verdict.same_as, &metadata)?)
        } else {
            None
        };
        self.write(verdict, stored, ask)
    }

    /// Adds an exchange to the archive.
    pub(super) fn keep(
        &mut self,
        url: &Url,
        date: Timestamp,
        answer: &Answer,
        same_as: Option<Timestamp>,
        metadata: &[(&str, String)],
    ) -> Result<Stored, CrawlError> {
        let exchange = Exchange {
            uri: url.as_str(),
            date,
            address: answer.address,
            request: &answer.request,
            response: &answer.response,
            same_as,
            metadata,
        };
        let stored = self.archive.appender.append(&exchange)?;
        self.unsynced += 1;
        if self.unsynced >= SYNC_EVERY {
            self.archive.appender.sync()?;
            self.unsynced = 0;
        }
        Ok(stored)
    }

    /// Notes a page with what it leads to, in one transaction.
    fn write(
        &mut self,
        verdict: Verdict,
        stored: Option<Stored>,
        ask: &Ask,
    ) -> Result<(), CrawlError> {
        let Verdict {
            mut page,
            outcome,
            found,
            same_as,
            ..
        } = verdict;
        let has_body = page.state == State::Alive && same_as.is_none();
        if let Some(stored) = stored.filter(|_| has_body) {
            page.record = Some(stored.record);
        }
        let record = stored.map(|stored| stored.record);
        let visit = self.visit(&page, outcome, record, ask);
        let new = self.archive.index.together(|index| {
            index.put(&page)?;
            index.put_visit(&visit)?;
            if let Some(stored) = stored {
                index.remember(stored.behind())?;
            }
            put_new(index, found)
        })?;
        for page in new {
            self.hosts.add(&page.host, &page.url);
        }
        (self.observe)(&visit);
        Ok(())
    }

    /// Notes what the archive has more than the index, as if it had come now.
    pub(super) fn recover(&mut self) -> Result<(), CrawlError> {
        let found = std::mem::take(&mut self.archive.recovered.found);
        for stored in found {
            let largest = largest_block(self.settings.limits.body_bytes);
            let (header, block) = warc::read_at(&self.archive.folder, stored.record, largest)?;
            self.crawled.recovered += 1;
            self.recover_one(stored, &header, &block)?;
            self.archive.index.remember(stored.behind())?;
        }
        Ok(())
    }

    fn recover_one(
        &mut self,
        stored: Stored,
        header: &warc::Header,
        block: &[u8],
    ) -> Result<(), CrawlError> {
        let run = self.crawled.run;
        let Some(Ok(url)) = header.uri().map(Url::parse) else {
            return Ok(());
        };
        let page = self.archive.index.page(url.as_str())?;
        let Some(page) = page.filter(|page| page.checked != Some(run)) else {
            return Ok(());
        };
        let Ok((head, raw)) = Head::parse(block) else {
            return Ok(());
        };
        // Where a cookie came with a redirect, the way has to be gone again.
        if (300..400).contains(&head.status)
            && head.status != 304
            && head.get("Set-Cookie").is_some()
        {
            return Ok(());
        }
        let is_whole = header.kind() == "response";
        let Ok(body) = warc::decoded(&head, raw, self.settings.limits.body_bytes, Coding::AsSaid)
        else {
            return Ok(());
        };
        let given = Given {
            url: &url,
            date: header.get("WARC-Date").parse().unwrap_or_default(),
            head: &head,
            body: is_whole.then_some(&body),
        };
        let ask = Ask::recovered(&url, &page);
        match self.judge(&page, &given)? {
            Ok(verdict) => self.write(verdict, Some(stored), &ask),
            Err(fault) => self.settle_fault(&ask, &fault, None),
        }
    }
}

/// Writes pages that are not known yet; those.
pub(super) fn put_new(index: &Index, found: Vec<Page>) -> Result<Vec<Page>, CrawlError> {
    let mut new = Vec::new();
    for page in found {
        if index.page(&page.url)?.is_none() {
            index.put(&page)?;
            new.push(page);
        }
    }
    Ok(new)
}
