//! What files a profile is made of: for those who write one.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::{
    agency, column, comparison, dimension, form_file, indicator, profile, prose, report, rule,
};

/// A kind of file that a profile may hold.
#[derive(Debug, Clone)]
pub struct FileKind {
    /// Its name in the profile's folder; `forms/*.toml` for as many as there are forms.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// How it is written.
    pub shape: FileShape,
}

/// How a file is written.
#[derive(Debug, Clone)]
pub enum FileShape {
    /// TOML, with the JSON Schema of what it says.
    Toml(Schema),
    /// A table of lines with tabs between its fields; `#` starts a comment. Fields with what they mean.
    Table(&'static [(&'static str, &'static str)]),
}

const SECTIONS: &[(&str, &str)] = &[
    ("id", "Id of the section."),
    (
        "era",
        "Reports that have it: any, local (up to 2018) or national (from 2019).",
    ),
    (
        "within",
        "The section that it stands in; empty for a chapter.",
    ),
    ("heading", "The usual heading, without number."),
    ("variants", "Other wordings, parted by |."),
    (
        "closes",
        "yes for tables and notes at the end, last for another last chapter, else empty.",
    ),
];

const DIVISIONS: &[(&str, &str)] = &[
    ("code", "Six digits (GB/T 2260)."),
    ("name", "Full name."),
    (
        "first",
        "First year at whose end the name stood under this code; empty: 2002 or before.",
    ),
    ("last", "Last such year; empty: still."),
    (
        "pinyin",
        "How the name is read, without the word for its kind.",
    ),
];

fn toml<T: JsonSchema>() -> FileShape {
    FileShape::Toml(SchemaGenerator::default().into_root_schema_for::<T>())
}

/// Every kind of file, `profile.toml` first. `profile.toml` alone must be there.
pub fn file_kinds() -> Vec<FileKind> {
    let kind = |name, about, shape| FileKind { name, about, shape };
    vec![
        kind(
            profile::FILE,
            "What the profile is called, and what it takes of the built-in codebook.",
            toml::<profile::Entry>(),
        ),
        kind(
            "reports.toml",
            "How reports are called, how they open, and what they speak of.",
            toml::<report::File>(),
        ),
        kind(
            "sections.tsv",
            "Headings and the sections that they stand for.",
            FileShape::Table(SECTIONS),
        ),
        kind(
            "dimensions.toml",
            "What indicators are broken down by.",
            toml::<dimension::File>(),
        ),
        kind(
            "indicators.toml",
            "What is measured.",
            toml::<indicator::File>(),
        ),
        kind(
            "forms/*.toml",
            "The tables of one form, row by row, with other wordings.",
            toml::<form_file::FormEntry>(),
        ),
        kind(
            "columns.toml",
            "What columns are called whatever the form.",
            toml::<column::File>(),
        ),
        kind(
            "prose.toml",
            "How sentences speak of indicators.",
            toml::<prose::File>(),
        ),
        kind("rules.toml", "What must add up.", toml::<rule::File>()),
        kind(
            "comparability.toml",
            "What compares across forms.",
            toml::<comparison::File>(),
        ),
        kind(
            "agencies.toml",
            "What names of agencies are made of.",
            toml::<agency::AgencyLexicon>(),
        ),
        kind(
            "divisions.tsv",
            "Administrative divisions with codes and years.",
            FileShape::Table(DIVISIONS),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_every_file_is_explained() {
        for kind in file_kinds() {
            let FileShape::Toml(schema) = &kind.shape else {
                continue;
            };
            let root = schema.as_value();
            let defined = root.get("$defs").and_then(|defs| defs.as_object());
            let defined = defined.into_iter().flat_map(|defs| defs.values());
            for object in std::iter::once(root).chain(defined) {
                let keys = object.get("properties").and_then(|keys| keys.as_object());
                for (key, value) in keys.into_iter().flatten() {
                    assert!(value.get("description").is_some(), "{}: {key}", kind.name);
                }
            }
        }
    }
}
