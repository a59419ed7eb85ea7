//! Every module says what it is for, none grows too long, nothing is left undone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::fs;
use std::path::PathBuf;

/// Lines of a file; a longer one has two reasons to change.
const LONGEST: usize = 600;

/// Every Rust file of the workspace, with its text.
fn modules() -> Vec<(PathBuf, String)> {
    let root = nianbao_tests::root();
    let mut modules = Vec::new();
    for folder in ["crates", "tests"] {
        for path in nianbao_tests::files(&root.join(folder)).unwrap() {
            if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                modules.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    assert!(modules.len() > 30, "the folders were not found");
    modules
}

fn offenders(wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let modules = modules().into_iter().filter(|(_, text)| wrong(text));
    modules
        .map(|(path, _)| path.display().to_string())
        .collect()
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = offenders(|text| !text.starts_with("//! "));
    assert!(
        silent.is_empty(),
        "these begin without `//! ` and a sentence: {silent:#?}"
    );
}

#[test]
fn no_module_is_too_long() {
    let long = offenders(|text| text.lines().count() > LONGEST);
    assert!(
        long.is_empty(),
        "these have more than {LONGEST} lines: {long:#?}"
    );
}

#[test]
fn nothing_is_left_undone_and_no_machine_is_named() {
    // In parts, or this file would find itself.
    let words = [
        concat!("to", "do!"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("(being ", "written)"),
        concat!("unimple", "mented!"),
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("crates", ".io"),
        concat!("art", "ifactory"),
    ];
    let found = offenders(|text| words.iter().any(|word| text.contains(word)));
    assert!(found.is_empty(), "these hold one of {words:?}: {found:#?}");
}
