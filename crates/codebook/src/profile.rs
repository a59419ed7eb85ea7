//! Profiles: other families of reports, by the same kinds of files.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::CodebookError;
use crate::source::Source;

/// The file that makes a folder a profile.
pub(crate) const FILE: &str = "profile.toml";

/// A family of reports other than the built-in one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// `final-accounts`: small letters, digits and `-`.
    pub id: String,
    /// Version of the profile, as its authors count.
    pub version: String,
    /// What its reports are called, in Chinese.
    pub title: String,
    /// The same in English.
    pub name: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Id: small letters, digits and `-`. Records and `run.json` bear it.
    id: String,
    /// Version of the profile, as its authors count.
    version: String,
    /// What its reports are called, in Chinese.
    title: String,
    /// The same in English.
    name: String,
    /// What it extends: `builtin`, the codebook of reports on information disclosure, or `none`.
    base: Base,
    /// Files that add to the base's file of their name: `"all"` of it, or the keys that are taken. Tables are joined key by key, entries (`[[…]]`) come behind the base's, any other value takes the place of the base's. A file that is not named here takes the place of the base's.
    #[serde(default)]
    adds: BTreeMap<String, Adds>,
    /// Files of the base that are left out: names, or `forms/*`.
    #[serde(default)]
    without: Vec<String>,
}

/// What of the base's file a file adds to: all of it, or these keys.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected \"all\" or a list of keys")]
enum Adds {
    All(All),
    Keys(Vec<String>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum All {
    All,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Base {
    None,
    Builtin,
}

/// The texts of one file: the own one, and that of the base which it adds to.
#[derive(Debug, Clone)]
pub(crate) struct Layered {
    pub(crate) text: String,
    pub(crate) base: Option<String>,
    /// The keys of the base that are taken; all where nothing is said.
    pub(crate) keys: Option<Vec<String>>,
    /// The profile has no such file: it is the base's.
    pub(crate) taken: bool,
}

impl Layered {
    pub(crate) fn own(text: String) -> Self {
        Self {
            text,
            base: None,
            keys: None,
            taken: false,
        }
    }

    pub(crate) fn source<'a>(&'a self, file: &'a str) -> Source<'a> {
        Source::new(file, &self.text).over(self.base.as_deref(), self.keys.as_deref())
    }
}

impl Profile {
    /// What a profile's files and those of the base come to.
    pub(crate) fn resolve(
        mut files: BTreeMap<String, String>,
        builtin: &[(&str, &str)],
    ) -> Result<(Self, BTreeMap<String, Layered>), CodebookError> {
        let Some(text) = files.remove(FILE) else {
            return Err(CodebookError::NoProfile);
        };
        let entry: Entry = Source::new(FILE, &text).read()?;
        let base = match entry.base {
            Base::None => &[][..],
            Base::Builtin => builtin,
        };
        entry.check(&files, base)?;
        let mut layers: BTreeMap<String, Layered> = BTreeMap::new();
        for (name, text) in base {
            let left_out = entry.without.iter().any(|pattern| selects(pattern, name));
            if !left_out && !files.contains_key(*name) {
                let taken = Layered {
                    taken: true,
                    ..Layered::own((*text).to_owned())
                };
                layers.insert((*name).to_owned(), taken);
            }
        }
        for (name, text) in files {
            let below = base.iter().find(|(of_base, _)| *of_base == name);
            let adds = entry.adds.get(&name);
            let layered = Layered {
                base: below
                    .filter(|_| adds.is_some())
                    .map(|(_, text)| (*text).to_owned()),
                keys: match adds {
                    Some(Adds::Keys(keys)) => Some(keys.clone()),
                    _ => None,
                },
                ..Layered::own(text)
            };
            layers.insert(name, layered);
        }
        let profile = Self {
            id: entry.id,
            version: entry.version,
            title: entry.title,
            name: entry.name,
        };
        Ok((profile, layers))
    }
}

impl Entry {
    fn check(
        &self,
        files: &BTreeMap<String, String>,
        base: &[(&str, &str)],
    ) -> Result<(), CodebookError> {
        let invalid = |entry: &str, problem: String, remedy: &str| {
            Err(CodebookError::invalid(FILE, entry, problem, remedy))
        };
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(sound) {
            let problem = format!("`{}` is no id", self.id);
            return invalid("id", problem, "take small letters, digits and `-`");
        }
        if self.version.trim().is_empty() {
            let problem = "the version is empty".to_owned();
            return invalid("version", problem, "begin with version = \"1\"");
        }
        for (name, adds) in &self.adds {
            if !files.contains_key(name) {
                let problem = format!("the profile has no file `{name}`");
                return invalid("adds", problem, "add the file or take the name out");
            }
            let Some((_, text)) = base.iter().find(|(of_base, _)| of_base == name) else {
                let problem = format!("the base has no file `{name}` to add to");
                return invalid(
                    "adds",
                    problem,
                    "take the name out: the file is read anyway",
                );
            };
            if let Adds::Keys(keys) = adds {
                let known: toml::Table = Source::new(name, text).read()?;
                if let Some(key) = keys.iter().find(|key| !known.contains_key(*key)) {
                    let problem = format!("`{name}` of the base has no key `{key}`");
                    let known: Vec<&str> = known.keys().map(String::as_str).collect();
                    let remedy = format!("it has {}", known.join(", "));
                    return invalid("adds", problem, &remedy);
                }
            }
        }
        for pattern in &self.without {
            if !base.iter().any(|(name, _)| selects(pattern, name)) {
                let problem = format!("the base has no file `{pattern}`");
                let remedy = "name files of the base, or all of a folder as `forms/*`";
                return invalid("without", problem, remedy);
            }
        }
        Ok(())
    }
}

/// `forms/*` selects every file of the folder, any other pattern the file of its name.
fn selects(pattern: &str, name: &str) -> bool {
    pattern == name
        || pattern
            .strip_suffix('*')
            .is_some_and(|folder| folder.ends_with('/') && name.starts_with(folder))
}
