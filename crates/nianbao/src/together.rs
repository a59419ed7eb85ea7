//! Documents that are read together: evidence of a site, and reports split over several pages.
//!
//! Three passes, each of which may see the inputs in any order and come to the same:
//! 1. [`Names`] takes the names of all inputs and says which are [`Wanted`]: a sample of each site (an
//!    address's host, a file's folder), and pages whose names follow one another.
//! 2. [`look`] reads those, each by itself. [`Together`] gathers what was seen.
//! 3. [`Together::prepare`] gives an input what the others say of it, and [`Together::role`] says whether it
//!    continues another. What is extracted then is [`crate::extract`]'s affair.
//!
//! Memory: a few words for each name, a sample of lines for each site.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use model::{PageLines, SiteEvidence};
use section_segmentation::{Continuation, Ends};

use crate::series::{chain, hash, page_names};
use crate::stage::Run;
use crate::{ExtractError, Input, Settings, Stage, inspect, reading};

/// Pages of a site that are read for evidence.
const SAMPLE: usize = 16;
/// Endings of files that are no pages.
const NO_PAGES: [&str; 16] = [
    "pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "zip", "rar", "jpg", "jpeg", "png",
    "gif", "css", "js",
];

/// What is wanted of an input before it is extracted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its lines, as evidence for its site.
    lines: bool,
    /// The ends of its text: it may be one of several pages.
    ends: bool,
}

impl Wanted {
    /// Whether there is anything to look at.
    pub fn any(self) -> bool {
        self.lines || self.ends
    }
}

/// The names of all inputs.
#[derive(Debug, Default)]
pub struct Names {
    sites: HashMap<u64, Sample>,
    series: HashMap<u64, Numbers>,
}

/// The pages of a site with the least hashes of their names: the same whatever the order, and nearly
/// the same when a page comes or goes.
#[derive(Debug, Default)]
struct Sample {
    least: Vec<u64>,
    pages: usize,
}

/// The numbers of a series as bits, and those that came more than once.
#[derive(Debug, Default, Clone, Copy)]
struct Numbers {
    seen: u64,
    twice: u64,
}

impl Names {
    /// Adds an input.
    pub fn add(&mut self, input: &Input, settings: &Settings) {
        if settings.site_evidence && may_be_page(input) {
            self.sites.entry(site(input)).or_default().add(named(input));
        }
        if settings.join_pages && may_be_page(input) {
            for name in page_names(input) {
                let numbers = self.series.entry(name.series()).or_default();
                let bit = 1 << name.number;
                numbers.twice |= numbers.seen & bit;
                numbers.seen |= bit;
            }
        }
    }

    /// Forgets what no second pass needs. To be called when all names are known.
    pub fn settle(&mut self) {
        let least = SiteEvidence::LEAST_PAGES;
        self.sites.retain(|_, sample| sample.pages >= least);
        self.series
            .retain(|_, numbers| !chain(numbers.single()).is_empty());
    }

    /// Whether any input has to be looked at.
    pub fn want_anything(&self) -> bool {
        !(self.sites.is_empty() && self.series.is_empty())
    }

    /// What is wanted of an input.
    pub fn wanted(&self, input: &Input) -> Wanted {
        if !may_be_page(input) {
            return Wanted::default();
        }
        let sample = self.sites.get(&site(input));
        Wanted {
            lines: sample.is_some_and(|sample| sample.least.contains(&named(input))),
            ends: page_names(input).iter().any(|name| {
                let numbers = self.series.get(&name.series());
                numbers.is_some_and(|numbers| chain(numbers.single()).contains(&name.number))
            }),
        }
    }
}

impl Sample {
    fn add(&mut self, name: u64) {
        self.pages += 1;
        let at = self.least.partition_point(|known| *known < name);
        if at < SAMPLE {
            self.least.insert(at, name);
            self.least.truncate(SAMPLE);
        }
    }
}

impl Numbers {
    fn single(self) -> u64 {
        self.seen & !self.twice
    }
}

fn may_be_page(input: &Input) -> bool {
    let name = input.uri.as_deref().unwrap_or(&input.path);
    let name = name.split(['?', '#']).next().unwrap_or(name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    !NO_PAGES
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Hash of an input's name, of which a path's first bytes say little.
fn named(input: &Input) -> u64 {
    let uri = input.uri.as_deref().unwrap_or_default();
    // FNV changes its upper bits little by the last bytes; the sample goes by them.
    hash([uri.as_bytes(), b"\0", input.path.as_bytes()])
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(32)
}

/// Hash of the site that an input is of: the host of its address; else the last part of its path that is
/// a host's name, as mirrors have it; else its folder.
fn site(input: &Input) -> u64 {
    let host = input.uri.as_deref().and_then(|uri| {
        let (_, rest) = uri.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        (!host.is_empty()).then(|| host.to_ascii_lowercase())
    });
    let folder = || {
        let (folder, _) = input.path.rsplit_once('/').unwrap_or(("", &input.path));
        let part = folder.rsplit('/').find(|part| is_host(part));
        part.map_or(folder.to_owned(), str::to_ascii_lowercase)
    };
    hash([host.unwrap_or_else(folder).as_bytes()])
}

/// Whether a folder bears the name of a host: `www.x.gov.cn`.
fn is_host(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 3
        && matches!(last, "cn" | "com" | "org" | "net" | "hk" | "mo" | "tw")
        && labels.iter().all(|label| {
            let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(inside)
        })
}

/// What was seen of an input.
#[derive(Debug)]
pub struct Look {
    site: u64,
    lines: Option<PageLines>,
    pages: Vec<Seen>,
}

/// A page that may be one of several.
#[derive(Debug)]
struct Seen {
    series: u64,
    number: u32,
    path: String,
    ends: Ends,
    /// Other pages of the series that it names, as bits.
    names: u64,
    /// Hash of its bytes: a copy continues nothing.
    content: u64,
}

/// Looks at an input. What cannot be read, or not in this process, says nothing.
pub fn look(bytes: &[u8], input: &Input, wanted: Wanted, settings: &Settings) -> Look {
    let mut look = Look {
        site: site(input),
        lines: None,
        pages: Vec::new(),
    };
    if !wanted.any() || document_reading::needs_isolation(bytes, &settings.limits) {
        return look;
    }
    let run = Run { observer: &() };
    if wanted.lines {
        let document = reading::read(&run, bytes, input, settings);
        let lines = document.and_then(|document| {
            run.stage(Stage::Reading, || {
                document_reading::edge_lines(&document, &|text| settings.wording(text))
            })
        });
        look.lines = lines.ok();
    }
    let ends = || -> Result<Ends, ExtractError> {
        let seen = inspect(bytes, input, settings, Stage::Segmentation)?;
        run.stage(Stage::Segmentation, || {
            section_segmentation::ends(&seen.document, &seen.reports, settings.codebook())
        })
    };
    if wanted.ends
        && let Ok(ends) = ends()
    {
        let content = hash([bytes]);
        let names = page_names(input).into_iter();
        look.pages = names
            .map(|name| Seen {
                series: name.series(),
                number: name.number,
                path: input.path.clone(),
                ends: ends.clone(),
                names: name.named_in(bytes),
                content,
            })
            .collect();
    }
    look
}

/// What documents that are read together say of each other.
#[derive(Debug, Default)]
pub struct Together {
    sites: HashMap<u64, Arc<SiteEvidence>>,
    /// The pages of each split report, as paths.
    reports: Vec<Vec<String>>,
    /// Where a path stands in `reports`.
    places: HashMap<String, (usize, usize)>,
}

/// What an input is among those that are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role<'a> {
    /// A document of its own.
    Alone,
    /// The first of these pages (paths, in order, its own first): one report.
    First(&'a [String]),
    /// A later one of these pages: it gives no record of its own.
    Later(&'a [String]),
}

impl Together {
    /// Gathers what was seen; the order does not matter.
    pub fn gather(looks: impl IntoIterator<Item = Look>) -> Self {
        let mut sites: BTreeMap<u64, Vec<PageLines>> = BTreeMap::new();
        let mut series: BTreeMap<u64, BTreeMap<u32, Seen>> = BTreeMap::new();
        let mut twice: BTreeSet<(u64, u32)> = BTreeSet::new();
        for look in looks {
            if let Some(lines) = look.lines {
                sites.entry(look.site).or_default().push(lines);
            }
            for page in look.pages {
                let key = (page.series, page.number);
                let pages = series.entry(page.series).or_default();
                if pages.insert(page.number, page).is_some() {
                    twice.insert(key);
                }
            }
        }
        // Which of two pages of one name is meant, nothing says.
        for (of, number) in twice {
            if let Some(pages) = series.get_mut(&of) {
                pages.remove(&number);
            }
        }
        let mut together = Self::default();
        for (site, pages) in sites {
            if let Some(evidence) = SiteEvidence::gather(&pages) {
                together.sites.insert(site, Arc::new(evidence));
            }
        }
        for pages in series.into_values() {
            let pages = joined(pages);
            // A page may be read as one of two series; it is in one report.
            if pages.iter().any(|path| together.places.contains_key(path)) {
                continue;
            }
            for (position, path) in pages.iter().enumerate() {
                let place = (together.reports.len(), position);
                together.places.insert(path.clone(), place);
            }
            if !pages.is_empty() {
                together.reports.push(pages);
            }
        }
        together
    }

    /// Gives an input what its site says of it.
    pub fn prepare(&self, input: &mut Input) {
        input.site = self.sites.get(&site(input)).cloned();
    }

    /// What an input is among the others.
    pub fn role(&self, path: &str) -> Role<'_> {
        let place = self.places.get(path);
        let place = place.and_then(|(report, at)| Some((self.reports.get(*report)?, at)));
        match place {
            None => Role::Alone,
            Some((pages, 0)) => Role::First(pages),
            Some((pages, _)) => Role::Later(pages),
        }
    }

    /// The pages of each split report, as paths, the first page first.
    pub fn split(&self) -> impl Iterator<Item = &[String]> {
        self.reports.iter().map(Vec::as_slice)
    }

    /// A number that is the same where the same documents say the same of each other.
    pub fn fingerprint(&self) -> u64 {
        let sites = self.sites.iter().map(|(site, evidence)| {
            hash([
                site.to_le_bytes().as_slice(),
                evidence.to_bytes().as_slice(),
            ])
        });
        let reports = self.split().map(|pages| {
            let pages = pages.iter();
            hash(pages.flat_map(|page| [page.as_bytes(), b"\0"]))
        });
        sites.chain(reports).fold(0, u64::wrapping_add)
    }

    /// Sites with evidence.
    pub fn sites(&self) -> usize {
        self.sites.len()
    }

    /// Reports that are split over several pages.
    pub fn reports(&self) -> usize {
        self.reports.len()
    }
}

/// The pages of a series that are one report, from the first on; none where they are not two.
fn joined(mut pages: BTreeMap<u32, Seen>) -> Vec<String> {
    let numbers = pages.keys().fold(0, |bits, number| bits | 1 << number);
    let mut chain = chain(numbers).into_iter();
    let first = chain.next().and_then(|number| pages.remove(&number));
    let Some(first) = first.filter(|page| page.ends.begins()) else {
        return Vec::new();
    };
    let mut contents = BTreeSet::from([first.content]);
    let mut paths = vec![first.path];
    let (mut ends, mut names, mut number) = (first.ends, first.names, first.number);
    for next in chain.filter_map(|number| pages.remove(&number)) {
        let linked = names >> next.number & 1 == 1 || next.names >> number & 1 == 1;
        let continues = match ends.continuation(&next.ends) {
            Continuation::Refused => false,
            Continuation::Possible => linked,
            Continuation::Stated => true,
        };
        if !continues || !contents.insert(next.content) {
            break;
        }
        ends = ends.joined(next.ends);
        (names, number) = (next.names, next.number);
        paths.push(next.path);
    }
    if paths.len() < 2 {
        paths.clear();
    }
    paths
}
