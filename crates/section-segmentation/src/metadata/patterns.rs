//! The patterns of `data/metadata.toml`, built.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

pub(crate) struct Patterns {
    pub(crate) office: Vec<Regex>,
    pub(crate) address: Vec<Regex>,
    pub(crate) postcode: Vec<Regex>,
    pub(crate) phone: Vec<Regex>,
    pub(crate) fax: Vec<Regex>,
    pub(crate) email: Vec<Regex>,
    pub(crate) site: Vec<Regex>,
    pub(crate) subject: Vec<Regex>,
    pub(crate) citation: Citation,
    pub(crate) scope: Scope,
}

/// Whose figures stand in a report.
pub(crate) struct Scope {
    pub(crate) compiled: Vec<Regex>,
    pub(crate) covers: Vec<Regex>,
    pub(crate) own_level: RegexSet,
    pub(crate) territories: RegexSet,
    pub(crate) departments: RegexSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    contact: Contact,
    agency: Agency,
    citation: Citation,
    scope: ScopeEntry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeEntry {
    compiled: Vec<String>,
    covers: Vec<String>,
    own_level: Vec<String>,
    territories: Vec<String>,
    departments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agency {
    subject: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    office: Vec<String>,
    address: Vec<String>,
    postcode: Vec<String>,
    phone: Vec<String>,
    fax: Vec<String>,
    email: Vec<String>,
    site: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Citation {
    pub(crate) before: Vec<String>,
    pub(crate) marks: Vec<String>,
    pub(crate) decree: Vec<Decree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decree {
    pub(crate) name: String,
    pub(crate) called: Vec<String>,
}

/// The patterns, built once.
#[expect(
    clippy::expect_used,
    reason = "the file is compiled in, and a test reads it"
)]
pub(crate) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let source: Source =
        toml::from_str(include_str!("../../data/metadata.toml")).expect("metadata.toml reads");
    let built = |patterns: &[String]| {
        let built = patterns
            .iter()
            .map(|pattern| Regex::new(pattern).expect("a pattern of metadata.toml"));
        built.collect()
    };
    let set = |patterns: &[String]| RegexSet::new(patterns).expect("patterns of metadata.toml");
    let contact = &source.contact;
    let scope = &source.scope;
    Patterns {
        office: built(&contact.office),
        address: built(&contact.address),
        postcode: built(&contact.postcode),
        phone: built(&contact.phone),
        fax: built(&contact.fax),
        email: built(&contact.email),
        site: built(&contact.site),
        subject: built(&source.agency.subject),
        scope: Scope {
            compiled: built(&scope.compiled),
            covers: built(&scope.covers),
            own_level: set(&scope.own_level),
            territories: set(&scope.territories),
            departments: set(&scope.departments),
        },
        citation: source.citation,
    }
});
