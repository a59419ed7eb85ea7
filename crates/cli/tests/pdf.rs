//! What the command offers for PDF alone: pages drawn as they are read, and a second reader's word.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/document-reading-pdf")
        .join(name)
}

fn nianbao(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .output()
        .unwrap()
}

fn drawings(name: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("drawn/pages");
    let file = fixture(name);
    let output = nianbao(&[
        "show",
        file.to_str().unwrap(),
        "--stage",
        "read",
        "--svg",
        out.to_str().unwrap(),
    ]);
    let shown = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let mut files: Vec<PathBuf> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Elements of a class, as `class="table"` or `class="line heading"`.
fn count(svg: &str, class: &str) -> usize {
    let start = format!("class=\"{class}\"");
    svg.matches(&start).count()
}

#[test]
fn svg_draws_each_page_with_its_lines_rules_and_grids() {
    let pages = drawings("table_cut_by_pages.pdf");
    let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let expected: Vec<String> = (1..=pages.len())
        .map(|page| format!("page-{page:04}.svg"))
        .collect();
    assert_eq!(names, expected);
    assert!(pages.len() >= 2);
    for (name, svg) in &pages {
        assert!(svg.starts_with("<svg xmlns="), "{name}");
        assert!(svg.ends_with("</svg>\n"), "{name}");
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
    let drawn = |class| {
        pages
            .iter()
            .map(|(_, svg)| count(svg, class))
            .sum::<usize>()
    };
    assert!(drawn("table") >= 1 && drawn("cell") > 4 && drawn("rule") > 4);
}

#[test]
fn svg_shows_tables_without_rules_furniture_headings_and_what_is_hidden() {
    let aligned = drawings("aligned_table.pdf");
    let (_, svg) = &aligned[0];
    assert_eq!(
        (count(svg, "table"), count(svg, "cell"), count(svg, "rule")),
        (1, 15, 0)
    );
    let (_, svg) = &drawings("tagged.pdf")[0];
    assert_eq!(
        (count(svg, "line heading"), count(svg, "furniture")),
        (2, 2)
    );
    let (_, svg) = &drawings("scan_with_text_layer.pdf")[0];
    assert_eq!((count(svg, "hidden"), count(svg, "line")), (1, 0));
    // Numbers tell the order: the left column first.
    let (_, svg) = &drawings("two_columns.pdf")[0];
    let left = svg.find("左").unwrap();
    assert!(left < svg.find("右").unwrap());
    assert!(svg.contains(">25</text>"));
}

#[test]
fn svg_of_what_is_no_pdf_is_a_wrong_call() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    fs::write(&page, "<p>某县林业局2012年政府信息公开工作年度报告</p>").unwrap();
    let out = folder.path().join("drawn");
    let output = nianbao(&[
        "show",
        page.to_str().unwrap(),
        "--svg",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--svg: no page to draw"), "{said}");
    assert!(!out.exists());
}

fn cross_checks(name: &str, flag: &[&str]) -> Vec<String> {
    let file = fixture(name);
    let mut arguments = vec!["extract", file.to_str().unwrap(), "--quiet"];
    arguments.extend(flag);
    let output = nianbao(&arguments);
    let records = String::from_utf8(output.stdout).unwrap();
    let mut found = Vec::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for warning in record["warnings"].as_array().unwrap() {
            if warning["code"] == "cross_check" {
                found.push(warning["message"].as_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[test]
fn cross_check_is_silent_where_the_readers_agree_and_names_what_only_one_finds() {
    let flag = ["--cross-check"];
    assert_eq!(cross_checks("annual_report.pdf", &flag), [""; 0]);
    // The second reader knows no GBK-EUC-H.
    let found = cross_checks("gbk_euc_h.pdf", &flag);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("cross-check: "), "{found:?}");
    assert_eq!(cross_checks("gbk_euc_h.pdf", &[]), [""; 0]);
}
