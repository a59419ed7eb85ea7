//! A run: asks for what is due, each host one thing at a time, and settles what comes back.
//!
//! One thread decides everything (this one); others do nothing but wait for servers. So what is written depends on
//! what the servers say and in which order, not on how threads are scheduled.

mod hosts;
mod judge;
mod plan;
mod request;
mod rules;
mod settle;

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::Timestamp;
use warc::Position;

pub use plan::Source;

use crate::archive::Archive;
use crate::clock::Clock;
use crate::error::{Code, CrawlError, FetchError};
use crate::index::{Outcome, Page, State, Visit};
use crate::retry::retry_after;
use crate::settings::Settings;
use crate::wire::Answer;
use hosts::{Ask, Hosts, Session};
use plan::Plan;

/// Exchanges after which the archive is brought to the disk.
const SYNC_EVERY: u32 = 64;
/// Longest wait for an answer before signals are looked for.
const GLANCE: Duration = Duration::from_millis(200);

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crawled {
    /// The run.
    pub run: i64,
    /// Requests made now.
    pub requests: u64,
    /// Bytes received now.
    pub bytes: u64,
    /// Whether it was stopped before everything was asked for.
    pub stopped: bool,
    /// Exchanges that a run before had written and not noted.
    pub recovered: u64,
}

/// A request for a thread.
struct Job {
    session: Session,
    ask: Ask,
    headers: Vec<(&'static str, String)>,
    begun: Timestamp,
}

/// What it came to.
struct Reply {
    job: Job,
    answer: Result<Answer, FetchError>,
}

pub(crate) fn run(
    archive: &mut Archive,
    sources: &[Source],
    settings: &Settings,
    clock: &dyn Clock,
    stop: &dyn Fn() -> bool,
    observe: &mut dyn FnMut(&Visit),
) -> Result<Crawled, CrawlError> {
    if settings.contact.trim().is_empty() {
        let message = "contact: say who fetches, by an address of mail or of a page: sites must be able to complain";
        return Err(CrawlError::Plan(message.into()));
    }
    let run = archive.index.run(clock.now())?;
    let (jobs, taken) = channel::<Job>();
    let (replies, received) = channel();
    let taken = Mutex::new(taken);
    let mut crawl = Crawl {
        archive,
        plan: Plan::new(sources),
        settings,
        clock,
        observe,
        hosts: Hosts::new(settings),
        crawled: Crawled {
            run,
            ..Crawled::default()
        },
        unsynced: 0,
    };
    std::thread::scope(|scope| {
        for _ in 0..settings.hosts_at_once.max(1) {
            let replies = replies.clone();
            let taken = &taken;
            scope.spawn(move || serve(taken, &replies));
        }
        drop(replies);
        // The threads end when there is nobody to give them work.
        let jobs = jobs;
        crawl.begin()?;
        crawl.go(&jobs, &received, stop)
    })?;
    crawl.archive.appender.sync()?;
    Ok(crawl.crawled)
}

/// What a thread does.
fn serve(jobs: &Mutex<Receiver<Job>>, replies: &Sender<Reply>) {
    loop {
        let job = {
            let Ok(jobs) = jobs.lock() else { return };
            jobs.recv()
        };
        let Ok(job) = job else { return };
        let answer = job.session.wire.get(&job.ask.url, &job.headers);
        if replies.send(Reply { job, answer }).is_err() {
            return;
        }
    }
}

struct Crawl<'a> {
    archive: &'a mut Archive,
    plan: Plan<'a>,
    settings: &'a Settings,
    clock: &'a dyn Clock,
    observe: &'a mut dyn FnMut(&Visit),
    hosts: Hosts<'a>,
    crawled: Crawled,
    unsynced: u32,
}

impl Crawl<'_> {
    /// Takes in what a run before left, and everything that is due.
    fn begin(&mut self) -> Result<(), CrawlError> {
        self.recover()?;
        // What that has led to is due, as everything else is.
        self.hosts = Hosts::new(self.settings);
        let run = self.crawled.run;
        let pages = self.plan.seeds(run);
        let fingerprint = self.plan.fingerprint();
        let renewed = self.archive.index.together(|index| {
            for page in &pages {
                match index.page(&page.url)? {
                    None => index.put(page)?,
                    Some(known) if known.role != page.role => index.put(&Page {
                        role: page.role,
                        source: page.source,
                        depth: 0,
                        ..known
                    })?,
                    Some(_) => {}
                }
            }
            index.plan_changes(&fingerprint)
        })?;
        self.plan.renewed = renewed;
        for (host, url) in self.archive.index.due(run)? {
            self.hosts.add(&host, &url);
        }
        Ok(())
    }

    /// Until nothing is due any more.
    fn go(
        &mut self,
        jobs: &Sender<Job>,
        replies: &Receiver<Reply>,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), CrawlError> {
        let mut under_way = 0;
        loop {
            self.crawled.stopped |= stop();
            while !self.crawled.stopped && under_way < self.settings.hosts_at_once.max(1) {
                let Some(host) = self.hosts.ready(self.clock.now()) else {
                    break;
                };
                if let Some(job) = self.next(&host)? {
                    under_way += 1;
                    if jobs.send(job).is_err() {
                        return Ok(());
                    }
                }
            }
            let wait = self.hosts.wait(self.clock.now());
            match (under_way, wait) {
                (0, _) if self.crawled.stopped => return Ok(()),
                (0, None) => return Ok(()),
                (0, Some(wait)) => self.clock.sleep(wait),
                (_, wait) => match replies.recv_timeout(
                    wait.unwrap_or(GLANCE)
                        .clamp(Duration::from_millis(1), GLANCE),
                ) {
                    Ok(reply) => {
                        under_way -= 1;
                        self.take(reply)?;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                },
            }
        }
    }

    /// Takes an answer, or a fault.
    fn take(&mut self, reply: Reply) -> Result<(), CrawlError> {
        let Reply { mut job, answer } = reply;
        let now = self.clock.now();
        let name = job.session.host.clone();
        let mut cookies_changed = false;
        let mut received = 0;
        if let Ok(answer) = &answer {
            received = answer.response.len() as u64;
            self.crawled.bytes += received;
            let fields = answer.head.all("Set-Cookie");
            cookies_changed = job.session.jar.take(&job.ask.url, fields, now);
            job.ask.milliseconds += u64::try_from(answer.took.as_millis()).unwrap_or(u64::MAX);
        }
        let asks_again =
            matches!(&answer, Ok(answer) if answer.head.status == 429 || answer.head.status >= 500);
        let failed = asks_again || answer.as_ref().is_err_and(|error| error.code.passes());
        let given_up = self.hosts.close(job.session, received, failed, now);
        if job.ask.is_robots {
            return self.take_robots(&name, job.ask, answer, job.begun);
        }
        if failed {
            let said = answer
                .as_ref()
                .ok()
                .and_then(|answer| answer.head.get("Retry-After"));
            let said = said.and_then(|said| retry_after(said, now));
            if let Some(wait) = said.filter(|wait| *wait > self.settings.longest_retry) {
                let until =
                    now.saturating_add(jiff::SignedDuration::try_from(wait).unwrap_or_default());
                let until = until.unwrap_or(now);
                let message = format!(
                    "the server asked to come back in {} s, later than longest_retry",
                    wait.as_secs()
                );
                let fault = FetchError::new(Code::RetryLater, message);
                return self.settle_fault(&job.ask, &fault, Some(until));
            }
            job.ask.attempts += 1;
            if job.ask.attempts < self.settings.attempts && !given_up {
                let own = self.hosts.backoff(&name, job.ask.attempts);
                let wait = said.unwrap_or_default().max(own);
                self.hosts.again(&name, job.ask, now, wait);
                return Ok(());
            }
        }
        match answer {
            Err(fault) => self.settle_fault(&job.ask, &fault, None),
            Ok(answer) if failed => {
                let status = answer.head.status;
                let message = format!("the server answered {status}, {} times", job.ask.attempts);
                self.settle_fault(&job.ask, &FetchError::new(Code::HttpStatus, message), None)
            }
            Ok(answer) => self.settle_answer(job.ask, &answer, job.begun, cookies_changed),
        }
    }

    /// What came of an address that was asked for to an end.
    fn visit(&self, page: &Page, outcome: Outcome, record: Option<Position>, ask: &Ask) -> Visit {
        Visit {
            run: self.crawled.run,
            url: page.url.clone(),
            host: page.host.clone(),
            role: page.role,
            outcome,
            status: page.status,
            sha256: page.sha256.clone(),
            date: self.clock.now(),
            record,
            code: page.code.clone(),
            message: page.message.clone(),
            moved_to: page.moved_to.clone(),
            requests: ask.requests,
            milliseconds: ask.milliseconds,
        }
    }

    /// A fault ends the asking.
    fn settle_fault(
        &mut self,
        ask: &Ask,
        fault: &FetchError,
        until: Option<Timestamp>,
    ) -> Result<(), CrawlError> {
        let Some(mut page) = ask.page.clone() else {
            return Ok(());
        };
        let is_excluded = fault.code == Code::Robots
            || (fault.code == Code::RedirectOutOfScope && ask.requests == 0);
        let (state, outcome) = match fault.code {
            _ if is_excluded => (State::Excluded, Outcome::Excluded),
            code if code.defers() => (State::Deferred, Outcome::Deferred),
            _ => (State::Broken, Outcome::Broken),
        };
        page.state = state;
        page.not_before = until.or(page.not_before.filter(|_| fault.code == Code::RetryLater));
        page.checked = Some(self.crawled.run);
        page.code = Some(fault.code.word().to_owned());
        page.message = Some(fault.message.clone());
        self.settle(&page, outcome, ask)
    }

    /// Writes down what came of an address where no exchange tells it, and tells it.
    fn settle(&mut self, page: &Page, outcome: Outcome, ask: &Ask) -> Result<(), CrawlError> {
        let visit = self.visit(page, outcome, None, ask);
        self.archive.index.together(|index| {
            index.put(page)?;
            index.put_visit(&visit)
        })?;
        (self.observe)(&visit);
        Ok(())
    }
}
