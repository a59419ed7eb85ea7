//! Each `fixtures/section-segmentation/*.txt` against the `.json` beside it. `UPDATE_FIXTURES=1` writes
//! what is missing or changed; read the difference before committing it.

use std::path::Path;

use crate::notation;

#[test]
fn every_fixture_gives_its_expected_reports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/section-segmentation");
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    assert!(
        !(update && std::env::var_os("CI").is_some()),
        "fixtures are not rewritten in CI"
    );
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 15, "{} fixtures found", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let document = notation::document(&std::fs::read_to_string(&case).unwrap());
        let reports = notation::reports(&document);
        if let Err(lost) = notation::conserved(&document, &reports) {
            failures.push(format!("{}: {lost}", case.display()));
        }
        let found =
            serde_json::to_string_pretty(&notation::as_json(&document, &reports)).unwrap() + "\n";
        let expected = case.with_extension("json");
        if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            if update {
                std::fs::write(&expected, found).unwrap();
            } else {
                failures.push(format!("{}: found\n{found}", expected.display()));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{}\n(UPDATE_FIXTURES=1 rewrites them)",
        failures.join("\n")
    );
}
