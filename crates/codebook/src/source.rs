//! A file of the codebook, and the file of the base that it adds to.

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::CodebookError;

/// The text of a file; where it adds to a file of the base of the same name, that text too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// Relative name, for errors.
    pub(crate) file: &'a str,
    base: Option<&'a str>,
    keys: Option<&'a [String]>,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// A file that stands by itself.
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            base: None,
            keys: None,
            text,
        }
    }

    /// The same, adding to a file of the base, of which some keys may be taken alone.
    pub(crate) fn over(self, base: Option<&'a str>, keys: Option<&'a [String]>) -> Self {
        Self { base, keys, ..self }
    }

    /// Reads TOML. Over a base, tables are joined key by key, entries (`[[…]]`) stand behind those
    /// of the base, and any other value takes the place of the base's.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, CodebookError> {
        let Some(base) = self.base else {
            return toml::from_str(self.text).map_err(|error| self.syntax(0, &error));
        };
        // The text stands behind as much space as the base is long: a place in the joined tables
        // tells which of the two texts it is in.
        let behind = " ".repeat(base.len()) + self.text;
        let parse = |text| DeTable::parse(text).map_err(|error| self.syntax(base.len(), &error));
        let (mut joined, own) = (parse(base)?, parse(behind.as_str())?);
        if let Some(keys) = self.keys {
            let taken = |key: &str| keys.iter().any(|taken| taken == key);
            let all = std::mem::take(joined.get_mut()).into_iter();
            *joined.get_mut() = all.filter(|(key, _)| taken(key.get_ref())).collect();
        }
        join(joined.get_mut(), own.into_inner());
        T::deserialize(toml::Deserializer::from(joined))
            .map_err(|error| self.syntax(base.len(), &error))
    }

    /// Lines of a table of lines, with their numbers from 1: those of the base first.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let numbered = |text: &'a str| (1..).zip(text.lines());
        numbered(self.base.unwrap_or_default()).chain(numbered(self.text))
    }

    fn syntax(&self, offset: usize, error: &toml::de::Error) -> CodebookError {
        let start = error.span().map_or(0, |span| span.start);
        CodebookError::syntax(self.file, self.text, start.saturating_sub(offset), error)
    }

    /// A line that is wrong, and what it should be.
    pub(crate) fn wrong(&self, (line, problem): (usize, String)) -> CodebookError {
        CodebookError::Syntax {
            file: self.file.to_owned(),
            line,
            problem,
        }
    }
}

fn join<'i>(base: &mut DeTable<'i>, own: DeTable<'i>) {
    for (key, value) in own {
        let known = base.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut);
        match (known, value) {
            (Some(DeValue::Table(base)), value) if value.get_ref().is_table() => {
                if let DeValue::Table(own) = value.into_inner() {
                    join(base, own);
                }
            }
            (Some(DeValue::Array(base)), value) if is_entries(value.get_ref()) => {
                if let DeValue::Array(own) = value.into_inner() {
                    own.into_iter().for_each(|entry| base.push(entry));
                }
            }
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn is_entries(value: &DeValue<'_>) -> bool {
    let DeValue::Array(values) = value else {
        return false;
    };
    !values.is_empty() && values.iter().all(|value| value.get_ref().is_table())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct File {
        words: Vec<String>,
        inner: Inner,
        #[serde(default)]
        entry: Vec<Entry>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        one: i64,
        two: i64,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        id: String,
    }

    const BASE: &str = "words = [\"a\", \"b\"]\n[inner]\none = 1\ntwo = 2\n[[entry]]\nid = \"x\"\n";

    fn over(text: &str) -> Result<File, CodebookError> {
        Source::new("mine.toml", text).over(Some(BASE), None).read()
    }

    #[test]
    fn tables_are_joined_entries_added_and_values_replaced() {
        let read = over("words = [\"c\"]\n[inner]\ntwo = 3\n[[entry]]\nid = \"y\"\n").unwrap();
        assert_eq!(read.words, ["c"]);
        assert_eq!(read.inner, Inner { one: 1, two: 3 });
        let ids: Vec<&str> = read.entry.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["x", "y"]);
        assert_eq!(over("").unwrap().words, ["a", "b"]);
    }

    #[test]
    fn errors_name_the_line_of_the_own_text() {
        for (text, line) in [
            ("\n\nwords = 3\n", 3),
            ("[inner]\nthree = 3\n", 2),
            ("\n[[entry]]\nid = \"y\"\nname = 1\n", 4),
            ("words = [\n", 1),
        ] {
            let error = over(text).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("mine.toml, line {line}:")),
                "{text}: {error}"
            );
        }
    }
}
