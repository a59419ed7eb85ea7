//! Profiles: what they take from the built-in codebook, what they add, and what is refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail loudly, its helpers too"
)]

mod made;

use made::INDICATORS;
use nianbao_codebook::{Codebook, CodebookError};

const STATED: &str = "id = \"visits\"\nversion = \"2\"\ntitle = \"访问\"\nname = \"Visits\"\n";

fn load(stated: &str, files: &[(&str, &str)]) -> Result<Codebook, CodebookError> {
    let stated = format!("{STATED}{stated}");
    let stated = [("profile.toml", stated.as_str())];
    let files = files.iter().chain(&stated);
    Codebook::from_files(files.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

fn refused(stated: &str, files: &[(&str, &str)]) -> String {
    load(stated, files).unwrap_err().to_string()
}

#[test]
fn a_profile_takes_the_files_that_it_does_not_have() {
    let builtin = Codebook::builtin();
    let taken = load("base = \"builtin\"", &[]).unwrap();
    assert_eq!(taken.indicators, builtin.indicators);
    assert_eq!(taken.forms.len(), builtin.forms.len());
    assert_ne!(taken.version, builtin.version);
    let profile = taken.profile.unwrap();
    assert_eq!(
        (profile.id.as_str(), profile.version.as_str()),
        ("visits", "2")
    );
    let alone = load("base = \"none\"", &[]).unwrap();
    assert!(alone.indicators.is_empty() && alone.forms.is_empty());
    assert!(builtin.profile.is_none());
}

#[test]
fn a_file_adds_to_the_base_or_takes_its_place() {
    let builtin = Codebook::builtin().indicators.len();
    let files = [("indicators.toml", INDICATORS)];
    let added = load(
        "base = \"builtin\"\n[adds]\n\"indicators.toml\" = \"all\"",
        &files,
    )
    .unwrap();
    assert_eq!(added.indicators.len(), builtin + 1);
    let prose = [("prose.toml", "[units]\nvisits = [\"次\"]\n")];
    let words = load(
        "base = \"builtin\"\n[adds]\n\"prose.toml\" = [\"words\"]",
        &prose,
    );
    assert!(
        words
            .unwrap_err()
            .to_string()
            .contains("missing field `subject`")
    );
    let placed = load(
        "base = \"builtin\"\nwithout = [\"forms/*\", \"rules.toml\", \"prose.toml\", \"comparability.toml\"]",
        &files,
    );
    assert_eq!(placed.unwrap().indicators.len(), 1);
}

#[test]
fn what_cannot_be_is_refused_with_a_remedy() {
    let files = [("indicators.toml", INDICATORS)];
    let nothing = Codebook::from_files(std::iter::empty()).unwrap_err();
    assert!(nothing.to_string().contains("profile.toml"), "{nothing}");
    let error = refused("base = \"builtin\"", &files);
    assert!(error.starts_with("forms/F1.AH.toml, "), "{error}");
    assert!(
        error.contains("without = [\"forms/F1.AH.toml\"]"),
        "{error}"
    );
    for (stated, told) in [
        ("", "profile.toml, line 1: missing field `base`"),
        ("base = \"other\"", "profile.toml, line 5: unknown variant"),
        (
            "base = \"builtin\"\n[adds]\n\"prose.toml\" = \"all\"",
            "has no file `prose.toml`",
        ),
        (
            "base = \"none\"\n[adds]\n\"indicators.toml\" = \"all\"",
            "to add to",
        ),
        (
            "base = \"builtin\"\nwithout = [\"form/*\"]",
            "has no file `form/*`",
        ),
        (
            "base = \"builtin\"\n[adds]\n\"indicators.toml\" = [\"x\"]",
            "it has indicator",
        ),
        (
            "base = \"builtin\"\n[adds]\n\"indicators.toml\" = 1",
            "profile.toml, line 7: expected",
        ),
        (
            "base = \"none\"\nextends = 1",
            "profile.toml, line 6: unknown field",
        ),
    ] {
        let error = refused(stated, &files);
        assert!(error.contains(told), "{stated}: {error}");
    }
}

#[test]
fn an_error_of_an_added_file_names_its_own_line() {
    let text = "[title]\nwhole = ['(a']\n";
    let stated = "base = \"builtin\"\n[adds]\n\"reports.toml\" = \"all\"";
    let error = refused(stated, &[("reports.toml", text)]);
    assert!(error.starts_with("reports.toml, title.whole: "), "{error}");
    let error = refused(stated, &[("reports.toml", "\n[title]\nwhole = 1\n")]);
    assert!(error.starts_with("reports.toml, line 3: "), "{error}");
}

#[test]
fn the_version_follows_every_text() {
    let version = |stated: &str, files: &[(&str, &str)]| load(stated, files).unwrap().version;
    let none = "base = \"none\"";
    let files = [("indicators.toml", INDICATORS)];
    let one = version(none, &files);
    assert_eq!(one, version(none, &files));
    assert_ne!(one, version("base = \"none\"\n[adds]", &files));
    assert_ne!(one, version(none, &[]));
}
