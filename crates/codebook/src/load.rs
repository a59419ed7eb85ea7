//! Files to a codebook: which file goes to which part, in which order, and the version of it all.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{
    AgencyLexicon, Codebook, CodebookError, Columns, Comparison, Dimension, Divisions, Indicator,
    Profile, ProseLexicon, ReportLexicon, Rule, SectionLexicon, form_file,
    profile::{self, Layered},
};

/// Part of the version: raised when the same files come to mean something else.
const SCHEMA: u32 = 1;

/// The files of `data/`. A new form is one line here; a new kind of file one line here, one in
/// [`KNOWN`] and its reader in [`load`].
const BUILTIN: &[(&str, &str)] = &[
    ("agencies.toml", include_str!("../data/agencies.toml")),
    ("divisions.tsv", include_str!("../data/divisions.tsv")),
    ("sections.tsv", include_str!("../data/sections.tsv")),
    ("dimensions.toml", include_str!("../data/dimensions.toml")),
    ("indicators.toml", include_str!("../data/indicators.toml")),
    ("columns.toml", include_str!("../data/columns.toml")),
    ("rules.toml", include_str!("../data/rules.toml")),
    ("prose.toml", include_str!("../data/prose.toml")),
    (REPORTS, include_str!("../data/reports.toml")),
    (
        "comparability.toml",
        include_str!("../data/comparability.toml"),
    ),
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

/// The file of how reports are called.
const REPORTS: &str = "reports.toml";

/// Names of single files that are read, beside `forms/*.toml`.
const KNOWN: &[&str] = &[
    "agencies.toml",
    "columns.toml",
    "dimensions.toml",
    "divisions.tsv",
    "indicators.toml",
    "rules.toml",
    "comparability.toml",
    "prose.toml",
    REPORTS,
    "sections.tsv",
];

#[expect(
    clippy::expect_used,
    reason = "the files are part of the program: a test loads them"
)]
pub(crate) fn builtin() -> Codebook {
    let files = BUILTIN
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Layered::own((*text).to_owned())));
    let files = files.collect();
    load(version(&files, ""), &files).expect("the built-in data is valid")
}

pub(crate) fn from_files(
    files: impl Iterator<Item = (String, String)>,
) -> Result<Codebook, CodebookError> {
    // Sorted: the order in which a folder is listed must not matter.
    let files: BTreeMap<String, String> = files.collect();
    for name in files.keys() {
        if !is_form(name) && !KNOWN.contains(&name.as_str()) && name != profile::FILE {
            return Err(CodebookError::UnknownFile {
                file: name.clone(),
                known: format!("{}, {}, forms/*.toml", profile::FILE, KNOWN.join(", ")),
            });
        }
    }
    let stated = files.get(profile::FILE).cloned().unwrap_or_default();
    let (profile, layers) = Profile::resolve(files, BUILTIN)?;
    let loaded = load(version(&layers, &stated), &layers).and_then(|codebook| {
        codebook.reports.build(REPORTS)?;
        Ok(codebook)
    });
    let codebook = loaded.map_err(|error| match error {
        CodebookError::Invalid {
            file,
            entry,
            problem,
            remedy,
        } if layers.get(&file).is_some_and(|layer| layer.taken) => CodebookError::Invalid {
            remedy: format!(
                "the file is the base's: leave it out (without = [\"{file}\"] in {}) or {remedy}",
                profile::FILE
            ),
            file,
            entry,
            problem,
        },
        error => error,
    })?;
    Ok(Codebook {
        profile: Some(profile),
        ..codebook
    })
}

fn load(version: String, files: &BTreeMap<String, Layered>) -> Result<Codebook, CodebookError> {
    let source = |name: &'static str| files.get(name).map(|layer| layer.source(name));
    let mut codebook = Codebook {
        version,
        ..Codebook::default()
    };
    // What others refer to comes first.
    if let Some(source) = source("dimensions.toml") {
        codebook.dimensions = Dimension::parse_all(&source)?;
    }
    if let Some(source) = source("indicators.toml") {
        codebook.indicators = Indicator::parse_all(&source, &codebook.dimensions)?;
    }
    if let Some(source) = source("columns.toml") {
        codebook.columns = Columns::parse(&source, &codebook.dimensions)?;
    }
    if let Some(source) = source("agencies.toml") {
        codebook.agencies = AgencyLexicon::parse(&source)?;
    }
    if let Some(source) = source(REPORTS) {
        codebook.reports = ReportLexicon::parse(&source)?;
    }
    if let Some(source) = source("divisions.tsv") {
        codebook.divisions = Divisions::parse(&source).map_err(|at| source.wrong(at))?;
    }
    if let Some(source) = source("sections.tsv") {
        codebook.sections = SectionLexicon::parse(&source).map_err(|at| source.wrong(at))?;
    }
    for (name, layer) in files.iter().filter(|(name, _)| is_form(name)) {
        let source = layer.source(name);
        let form = form_file::parse(&source, &codebook.indicators, &codebook.dimensions)?;
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
    if let Some(source) = source("rules.toml") {
        (codebook.rules, codebook.bounds) = Rule::parse_all(&source, &codebook)?;
    }
    if let Some(source) = source("prose.toml") {
        codebook.prose = ProseLexicon::parse(&source, &codebook.indicators, &codebook.dimensions)?;
    }
    if let Some(source) = source("comparability.toml") {
        codebook.comparisons = Comparison::parse_all(&source, &codebook)?;
    }
    Ok(codebook)
}

fn is_form(name: &str) -> bool {
    name.starts_with("forms/") && name.ends_with(".toml")
}

/// The schema and the first 48 bits of a hash of all files: `1-9f86d081884c`. `stated` is what a profile
/// says of itself.
fn version(files: &BTreeMap<String, Layered>, stated: &str) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    };
    if !stated.is_empty() {
        add(stated);
    }
    for (name, layer) in files {
        add(name);
        layer.base.iter().for_each(|base| add(base));
        add(&layer.text);
    }
    let digest = hash.finalize();
    let hex: String = digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{SCHEMA}-{hex}")
}
