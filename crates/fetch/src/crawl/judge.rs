//! What an answer makes of a page and where it leads, without writing anything.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;
use warc::Head;

use super::Crawl;
use super::plan::is_attachment;
use crate::address;
use crate::error::{Code, CrawlError, FetchError};
use crate::index::{Outcome, Page, Role, State};
use crate::links::links;
use crate::sitemap;

/// Sitemaps of sitemaps.
const DEEPEST_SITEMAP: u32 = 3;
/// Redirects looked back for a loop.
const LONGEST_LOOP: usize = 20;

/// An answer as it is settled, fresh or from the archive.
pub(super) struct Given<'a> {
    pub(super) url: &'a Url,
    pub(super) date: Timestamp,
    pub(super) head: &'a Head,
    /// The body without its codings; none where the archive says that it is the one before.
    pub(super) body: Option<&'a [u8]>,
}

/// What is to be noted of a page.
pub(super) struct Verdict {
    pub(super) page: Page,
    pub(super) outcome: Outcome,
    /// Pages that it leads to.
    pub(super) found: Vec<Page>,
    /// Whether the exchange belongs into the archive, and of which earlier one it repeats the body.
    pub(super) keep: bool,
    pub(super) same_as: Option<Timestamp>,
}

impl Crawl<'_> {
    /// What an answer makes of a page, or what is wrong with it.
    pub(super) fn judge(
        &self,
        page: &Page,
        given: &Given<'_>,
    ) -> Result<Result<Verdict, FetchError>, CrawlError> {
        let run = self.crawled.run;
        let head = given.head;
        let mut next = Page {
            checked: Some(run),
            status: Some(head.status),
            not_before: None,
            code: None,
            message: None,
            ..page.clone()
        };
        if let Some(target) = target(given.url, head) {
            let target = match target {
                Ok(target) => target,
                Err(fault) => return Ok(Err(fault)),
            };
            return self.judge_redirect(page, &target);
        }
        match head.status {
            304 if page.record.is_some() => {
                next.state = State::Alive;
                next.unmodified += 1;
                Ok(Ok(Verdict {
                    page: next,
                    outcome: Outcome::Unchanged,
                    found: Vec::new(),
                    keep: true,
                    same_as: page.fetched,
                }))
            }
            200..=299 => Ok(Ok(self.judge_body(page, next, given))),
            404 | 410 => {
                let was_gone = page.state == State::Gone;
                next.state = State::Gone;
                next.code = Some(Code::Gone.word().to_owned());
                next.message = Some(format!("the server answered {}", head.status));
                Ok(Ok(Verdict {
                    page: next,
                    outcome: if was_gone {
                        Outcome::Unchanged
                    } else {
                        Outcome::Gone
                    },
                    found: Vec::new(),
                    keep: !was_gone,
                    same_as: None,
                }))
            }
            status => {
                let message = format!("the server answered {status}");
                Ok(Err(FetchError::new(Code::HttpStatus, message)))
            }
        }
    }

    /// There is a body, new or not.
    fn judge_body(&self, page: &Page, mut next: Page, given: &Given<'_>) -> Verdict {
        let field = |name: &str| given.head.get(name).map(str::to_owned);
        next.state = State::Alive;
        next.etag = field("ETag");
        next.modified = field("Last-Modified");
        next.unmodified = 0;
        let body = given.body.map(|body| (body.len() as u64, hex(body)));
        let body =
            body.filter(|(_, hash)| page.record.is_none() || page.sha256.as_ref() != Some(hash));
        let is_same = body.is_none();
        if let Some((bytes, hash)) = body {
            next.content_type = field("Content-Type");
            next.sha256 = Some(hash);
            next.bytes = Some(bytes);
            next.fetched = Some(given.date);
            next.changed = Some(self.crawled.run);
        } else {
            next.content_type = page.content_type.clone().or_else(|| field("Content-Type"));
        }
        let outcome = match page.record {
            _ if is_same => Outcome::Unchanged,
            None => Outcome::New,
            Some(_) => Outcome::Changed,
        };
        let found = given
            .body
            .map(|body| self.found(page, given.url, given.head, body));
        Verdict {
            page: next,
            outcome,
            found: found.unwrap_or_default(),
            keep: true,
            same_as: is_same.then_some(page.fetched).flatten(),
        }
    }

    fn judge_redirect(
        &self,
        page: &Page,
        target: &Url,
    ) -> Result<Result<Verdict, FetchError>, CrawlError> {
        let run = self.crawled.run;
        let Ok(from) = Url::parse(&page.url) else {
            return Ok(Err(FetchError::new(
                Code::RedirectNowhere,
                "its address is none",
            )));
        };
        if from == *target || self.leads_back(target, &page.url)? {
            let message = format!("the redirect to {target} leads back to where it came from");
            return Ok(Err(FetchError::new(Code::RedirectLoop, message)));
        }
        if page.hops >= self.settings.limits.redirects {
            return Ok(Err(self.too_many()));
        }
        if !self.plan.may_lead(&from, target) {
            let message = format!("the redirect leads to {target}, which belongs to no source");
            return Ok(Err(FetchError::new(Code::RedirectOutOfScope, message)));
        }
        let outcome = self.moved_outcome(page, target);
        let there = Page {
            hops: page.hops + 1,
            depth: page.depth,
            parent: Some(page.url.clone()),
            ..Page::new(target, page.role, page.source, run)
        };
        Ok(Ok(Verdict {
            page: moved(page, target, run),
            outcome,
            found: vec![there],
            keep: outcome != Outcome::Unchanged,
            same_as: None,
        }))
    }

    pub(super) fn moved_outcome(&self, page: &Page, target: &Url) -> Outcome {
        let was_there =
            page.state == State::Moved && page.moved_to.as_deref() == Some(target.as_str());
        if was_there {
            Outcome::Unchanged
        } else {
            Outcome::Moved
        }
    }

    pub(super) fn too_many(&self) -> FetchError {
        let bound = self.settings.limits.redirects;
        FetchError::limit(
            Code::TooManyRedirects,
            "redirects",
            bound,
            "there are more, one after another",
        )
    }

    /// Whether the redirects of this run lead from one address to another.
    fn leads_back(&self, from: &Url, to: &str) -> Result<bool, CrawlError> {
        let mut at = from.as_str().to_owned();
        for _ in 0..LONGEST_LOOP {
            let page = self.archive.index.page(&at)?;
            let page = page.filter(|page| {
                page.checked == Some(self.crawled.run) && page.state == State::Moved
            });
            match page.and_then(|page| page.moved_to) {
                Some(next) if next == to => return Ok(true),
                Some(next) => at = next,
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The pages that a page leads to.
    fn found(&self, page: &Page, url: &Url, head: &Head, body: &[u8]) -> Vec<Page> {
        let Some(source) = self.plan.sources.get(page.source) else {
            return Vec::new();
        };
        let run = self.crawled.run;
        let new = |url: &Url, role: Role, depth: u32| Page {
            depth,
            parent: Some(page.url.clone()),
            ..Page::new(url, role, page.source, run)
        };
        match page.role {
            Role::Sitemap => {
                let listed = sitemap::read(body);
                let sitemaps = listed
                    .sitemaps
                    .iter()
                    .filter(|_| page.depth + 1 < DEEPEST_SITEMAP);
                let sitemaps = sitemaps.filter(|url| source.scope.holds_host(url));
                let pages = listed.pages.iter().filter(|url| source.scope.holds(url));
                let sitemaps = sitemaps.map(|url| new(url, Role::Sitemap, page.depth + 1));
                sitemaps
                    .chain(pages.map(|url| new(url, Role::Document, page.depth)))
                    .collect()
            }
            Role::List => {
                let links = links(body, url, head.get("Content-Type").unwrap_or_default());
                let found = links.into_iter().filter_map(|link| {
                    let goes_on = page.depth + 1 < source.pages;
                    if link.is_page {
                        let follows = goes_on && source.scope.holds_host(&link.url);
                        follows.then(|| new(&link.url, Role::List, page.depth + 1))
                    } else if source.scope.holds(&link.url) {
                        let role = if is_attachment(&link.url) {
                            Role::Attachment
                        } else {
                            Role::Document
                        };
                        Some(new(&link.url, role, page.depth))
                    } else {
                        None
                    }
                });
                found.collect()
            }
            Role::Document if source.attachments && is_page(head) => {
                let links = links(body, url, head.get("Content-Type").unwrap_or_default());
                let files = links
                    .into_iter()
                    .filter(|link| is_attachment(&link.url) && source.scope.holds_host(&link.url));
                files
                    .map(|link| new(&link.url, Role::Attachment, page.depth))
                    .collect()
            }
            Role::Document | Role::Attachment => Vec::new(),
        }
    }
}

pub(super) fn moved(page: &Page, target: &Url, run: i64) -> Page {
    Page {
        state: State::Moved,
        moved_to: Some(target.as_str().to_owned()),
        checked: Some(run),
        code: None,
        message: None,
        ..page.clone()
    }
}

/// Whether an answer of this status leads elsewhere.
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads; none where the answer is no redirect.
pub(super) fn target(url: &Url, head: &Head) -> Option<Result<Url, FetchError>> {
    if !is_redirect(head.status) {
        return None;
    }
    let Some(location) = head.get("Location").filter(|location| !location.is_empty()) else {
        let message = format!("the server answered {} without a Location", head.status);
        return Some(Err(FetchError::new(Code::RedirectNowhere, message)));
    };
    Some(match url.join(location) {
        Ok(target) => address::of_url(target),
        Err(error) => Err(FetchError::new(
            Code::RedirectNowhere,
            format!("{location:?} is no address: {error}"),
        )),
    })
}

/// Whether a body can have links.
fn is_page(head: &Head) -> bool {
    let kind = head
        .get("Content-Type")
        .unwrap_or("text/html")
        .to_ascii_lowercase();
    kind.contains("html") || kind.starts_with("text/")
}

fn hex(body: &[u8]) -> String {
    format!("{:x}", Sha256::digest(body))
}
