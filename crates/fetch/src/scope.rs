//! What belongs to a source: hosts and paths, by patterns.

use glob::{MatchOptions, Pattern};
use url::Url;

use crate::address::host;

/// Patterns of hosts and paths. `*` stands for anything within a part of a path, `**` for any number of parts.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    hosts: Vec<Pattern>,
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

const IN_PARTS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

impl Scope {
    /// A scope of these hosts (with the port, where it is not the default one) and paths. Without a pattern in
    /// `include` every path of the hosts belongs to it.
    ///
    /// # Errors
    /// Where a pattern is none.
    pub fn new<'a>(
        hosts: impl IntoIterator<Item = &'a str>,
        include: impl IntoIterator<Item = &'a str>,
        exclude: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let pattern = |text: &str| {
            Pattern::new(text).map_err(|error| format!("{text:?} is no pattern: {error}"))
        };
        let patterns = |texts: &mut dyn Iterator<Item = &'a str>| {
            texts.map(pattern).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            hosts: patterns(&mut hosts.into_iter())?,
            include: patterns(&mut include.into_iter())?,
            exclude: patterns(&mut exclude.into_iter())?,
        })
    }

    /// Whether an address belongs to it.
    pub fn holds(&self, url: &Url) -> bool {
        self.holds_host(url)
            && (self.include.is_empty() || is_one_of(&self.include, url))
            && !is_one_of(&self.exclude, url)
    }

    /// Whether its host does, and its path is not kept out: enough for what a page of the source links to as its own.
    pub fn holds_host(&self, url: &Url) -> bool {
        let host = host(url);
        self.hosts.iter().any(|pattern| pattern.matches(&host)) && !is_one_of(&self.exclude, url)
    }
}

fn is_one_of(patterns: &[Pattern], url: &Url) -> bool {
    let whole = url.query().map(|query| format!("{}?{query}", url.path()));
    patterns.iter().any(|pattern| {
        pattern.matches_with(url.path(), IN_PARTS)
            || whole
                .as_ref()
                .is_some_and(|whole| pattern.matches_with(whole, IN_PARTS))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_paths_decide() {
        let scope = Scope::new(
            ["*.gov.example"],
            ["/xxgk/**", "/a/*.html"],
            ["/xxgk/old/**"],
        )
        .unwrap();
        let holds = |url: &str| scope.holds(&Url::parse(url).unwrap());
        assert!(holds("http://www.gov.example/xxgk/2024/x.html"));
        assert!(holds("https://www.gov.example/a/x.html?y=1"));
        assert!(!holds("https://www.gov.example/a/b/x.html"));
        assert!(!holds("http://www.gov.example/xxgk/old/x.html"));
        assert!(!holds("http://gov.example.org/xxgk/x.html"));
        assert!(!holds("http://www.gov.example:8080/xxgk/x.html"));
        assert!(Scope::new(["[x"], [], []).is_err());
    }
}
