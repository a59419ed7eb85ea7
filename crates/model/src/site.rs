//! What the pages of one site have in common, beside what each of them says for itself.

/// How a line reads to one who knows the reports: what it may be evidence for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// Text or a numbered heading of a report: where it stands, a report stands.
    Report,
    /// A label or value of a report's table, a heading without number: a report's where it ends,
    /// but a menu may say it too.
    Label,
    /// A title, an agency, a date, an item: a report may say it, and so may the site around it.
    Either,
    /// Nothing that reports are known to say.
    Unknown,
}

/// The end of a page that a line stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Before the report.
    Front,
    /// Behind it.
    Back,
}

/// A line at an edge, as 64 bits of a hash of its visible characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey(u64);

impl LineKey {
    /// The key of a text: FNV-1a over the edge and all characters but white space.
    pub fn new(edge: Edge, text: &str) -> Self {
        let edge = match edge {
            Edge::Front => 1,
            Edge::Back => 2,
        };
        let mut hash = step(0xCBF2_9CE4_8422_2325, edge);
        let mut buffer = [0; 4];
        for character in text.chars().filter(|c| !c.is_whitespace()) {
            for byte in character.encode_utf8(&mut buffer).bytes() {
                hash = step(hash, byte);
            }
        }
        Self(hash)
    }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
}

/// The lines at the edges of one page that no report is known to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLines(Vec<LineKey>);

impl FromIterator<LineKey> for PageLines {
    fn from_iter<T: IntoIterator<Item = LineKey>>(keys: T) -> Self {
        let mut keys: Vec<LineKey> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        Self(keys)
    }
}

/// The lines that stand at the edges of many pages of one site. Whether they are furniture on a page
/// is decided there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteEvidence {
    /// Sorted, each with whether it stands on half of the pages or more.
    lines: Vec<(LineKey, bool)>,
}

impl SiteEvidence {
    /// Fewer pages say nothing of a site.
    pub const LEAST_PAGES: usize = 4;
    /// A line on fewer pages is a coincidence, or a report's.
    const LEAST_REPEATED: usize = 3;

    /// What a sample of a site's pages shares: the lines on a fifth of them and on three at least.
    /// `None` where that is nothing. The order of the pages does not matter.
    pub fn gather(pages: &[PageLines]) -> Option<Self> {
        if pages.len() < Self::LEAST_PAGES {
            return None;
        }
        let mut all: Vec<LineKey> = pages.iter().flat_map(|page| &page.0).copied().collect();
        all.sort_unstable();
        let least = pages.len().div_ceil(5).max(Self::LEAST_REPEATED);
        let lines: Vec<(LineKey, bool)> = all
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= least)
            .filter_map(|same| Some((*same.first()?, same.len() * 2 >= pages.len())))
            .collect();
        (!lines.is_empty()).then_some(Self { lines })
    }

    /// Whether a line stands on many pages: `Some(true)` where on half of them or more.
    pub fn repeated(&self, key: LineKey) -> Option<bool> {
        let found = self.lines.binary_search_by_key(&key, |(key, _)| *key);
        self.lines.get(found.ok()?).map(|(_, common)| *common)
    }

    /// All of it in bytes: nine for each line. Equal evidence gives equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.lines.iter();
        lines
            .flat_map(|(key, common)| {
                let key = key.0.to_le_bytes();
                key.into_iter().chain([u8::from(*common)])
            })
            .collect()
    }

    /// From [`Self::to_bytes`]; what is left of a cut line is dropped.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (lines, _) = bytes.as_chunks::<9>();
        let mut lines: Vec<(LineKey, bool)> = lines
            .iter()
            .map(|[a, b, c, d, e, f, g, h, common]| {
                let key = u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]);
                (LineKey(key), *common != 0)
            })
            .collect();
        lines.sort_unstable();
        Self { lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> PageLines {
        let keys = lines.iter().map(|line| LineKey::new(Edge::Front, line));
        keys.collect()
    }

    #[test]
    fn what_many_pages_say_is_evidence_and_what_few_say_is_not() {
        let mut pages: Vec<PageLines> = (0..9)
            .map(|number| page(&["网站 地图", &format!("第{number}篇"), "网站地图"]))
            .collect();
        pages.push(page(&["领导之窗"]));
        pages.push(page(&["领导之窗"]));
        pages.push(page(&["领导之窗"]));
        let evidence = SiteEvidence::gather(&pages).unwrap();
        let repeated = |text| evidence.repeated(LineKey::new(Edge::Front, text));
        assert_eq!(repeated("网站地图"), Some(true));
        assert_eq!(repeated("领导之窗"), Some(false));
        assert_eq!(repeated("第1篇"), None);
        assert_eq!(
            evidence.repeated(LineKey::new(Edge::Back, "网站地图")),
            None
        );
        let read = SiteEvidence::from_bytes(&evidence.to_bytes());
        assert_eq!(read, evidence);
        pages.reverse();
        assert_eq!(SiteEvidence::gather(&pages), Some(evidence));
        assert_eq!(SiteEvidence::gather(pages.get(..3).unwrap()), None);
    }
}
