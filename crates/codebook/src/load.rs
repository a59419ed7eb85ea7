//! Files to a codebook: which file goes to which part, in which order, and the version of it all.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{
    AgencyLexicon, Codebook, CodebookError, Columns, Dimension, Divisions, Indicator, ProseLexicon,
    Rule, SectionLexicon, form_file,
};

/// Part of the version: raised when the same files come to mean something else.
const SCHEMA: u32 = 1;

/// The files of `data/`. A new file is one line here and, for a new kind, one in [`from_files`].
const BUILTIN: &[(&str, &str)] = &[
    ("agencies.toml", include_str!("../data/agencies.toml")),
    ("divisions.tsv", include_str!("../data/divisions.tsv")),
    ("sections.tsv", include_str!("../data/sections.tsv")),
    ("dimensions.toml", include_str!("../data/dimensions.toml")),
    ("indicators.toml", include_str!("../data/indicators.toml")),
    ("columns.toml", include_str!("../data/columns.toml")),
    ("rules.toml", include_str!("../data/rules.toml")),
    ("prose.toml", include_str!("../data/prose.toml")),
    ("forms/F1.AH.toml", include_str!("../data/forms/F1.AH.toml")),
    ("forms/F1.FB.toml", include_str!("../data/forms/F1.FB.toml")),
    ("forms/F1.FJ.toml", include_str!("../data/forms/F1.FJ.toml")),
    ("forms/F1.GZ.toml", include_str!("../data/forms/F1.GZ.toml")),
    (
        "forms/F1.SH04.toml",
        include_str!("../data/forms/F1.SH04.toml"),
    ),
    (
        "forms/F1.SH08.toml",
        include_str!("../data/forms/F1.SH08.toml"),
    ),
    ("forms/F2.toml", include_str!("../data/forms/F2.toml")),
    ("forms/F3.toml", include_str!("../data/forms/F3.toml")),
    ("forms/F4.toml", include_str!("../data/forms/F4.toml")),
];

/// Names of single files that are read, beside `forms/*.toml`.
const KNOWN: &[&str] = &[
    "agencies.toml",
    "columns.toml",
    "dimensions.toml",
    "divisions.tsv",
    "indicators.toml",
    "rules.toml",
    "prose.toml",
    "sections.tsv",
];

#[expect(
    clippy::expect_used,
    reason = "the files are part of the program: a test loads them"
)]
pub(crate) fn builtin() -> Codebook {
    let files = BUILTIN
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    from_files(files).expect("the built-in data is valid")
}

pub(crate) fn from_files(
    files: impl Iterator<Item = (String, String)>,
) -> Result<Codebook, CodebookError> {
    // Sorted: the order in which a folder is listed must not matter.
    let files: BTreeMap<String, String> = files.collect();
    for name in files.keys() {
        if !is_form(name) && !KNOWN.contains(&name.as_str()) {
            return Err(CodebookError::UnknownFile {
                file: name.clone(),
                known: format!("{}, forms/*.toml", KNOWN.join(", ")),
            });
        }
    }
    let text = |name: &str| files.get(name).map(String::as_str);
    let mut codebook = Codebook {
        version: version(&files),
        ..Codebook::default()
    };
    // What others refer to comes first.
    if let Some(text) = text("dimensions.toml") {
        codebook.dimensions = Dimension::parse_all(text, "dimensions.toml")?;
    }
    if let Some(text) = text("indicators.toml") {
        let dimensions = &codebook.dimensions;
        codebook.indicators = Indicator::parse_all(text, "indicators.toml", dimensions)?;
    }
    if let Some(text) = text("columns.toml") {
        codebook.columns = Columns::parse(text, "columns.toml", &codebook.dimensions)?;
    }
    if let Some(text) = text("agencies.toml") {
        codebook.agencies = AgencyLexicon::parse(text).map_err(at("agencies.toml"))?;
    }
    if let Some(text) = text("divisions.tsv") {
        codebook.divisions = Divisions::parse(text).map_err(at("divisions.tsv"))?;
    }
    if let Some(text) = text("sections.tsv") {
        codebook.sections = SectionLexicon::parse(text).map_err(at("sections.tsv"))?;
    }
    for (name, text) in files.iter().filter(|(name, _)| is_form(name)) {
        let form = form_file::parse(text, name, &codebook.indicators, &codebook.dimensions)?;
        if codebook.form(&form.id).is_some() {
            return Err(CodebookError::invalid(
                name,
                &form.id,
                "another file defines a form of this id",
                "rename one or take it out",
            ));
        }
        codebook.forms.push(form);
    }
    codebook
        .forms
        .sort_by(|a, b| (a.first_year, &a.id).cmp(&(b.first_year, &b.id)));
    if let Some(text) = text("rules.toml") {
        (codebook.rules, codebook.bounds) = Rule::parse_all(text, "rules.toml", &codebook)?;
    }
    if let Some(text) = text("prose.toml") {
        codebook.prose = ProseLexicon::parse(text, "prose.toml", &codebook.indicators)?;
    }
    Ok(codebook)
}

/// A line and what is wrong with it, as an error of its file.
fn at(file: &str) -> impl Fn((usize, String)) -> CodebookError {
    move |(line, problem)| CodebookError::Syntax {
        file: file.to_owned(),
        line,
        problem,
    }
}

fn is_form(name: &str) -> bool {
    name.starts_with("forms/") && name.ends_with(".toml")
}

/// The schema and the first 48 bits of a hash of all files: `1-9f86d081884c`.
fn version(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        for part in [name, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    let digest = hash.finalize();
    let hex: String = digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{SCHEMA}-{hex}")
}
