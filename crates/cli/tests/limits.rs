//! Every limit is a setting, has an input here that reaches it, and is named with its value by what
//! is said then.

#![cfg(target_os = "linux")]
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too; not every hostile document is used here"
)]

mod command;
mod hostile;
mod json_lines;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::Value;

use command::run;
use json_lines::lines;

/// Settings that bound nothing of a document.
const NO_LIMITS: [&str; 12] = [
    "jobs",
    "fail_on",
    "quiet",
    "progress",
    "log_format",
    "isolation",
    "worker_documents",
    "keywords",
    "site_evidence",
    "join_pages",
    "cross_check",
    "profile",
];

/// A limit, the value it is set to, the name and bytes of what reaches it, and the code that says so.
struct Case {
    limit: &'static str,
    value: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
}

fn case(
    limit: &'static str,
    value: &'static str,
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    code: &'static str,
) -> Case {
    Case {
        limit,
        value,
        name,
        bytes: bytes.into(),
        code,
    }
}

fn page(body: &str) -> String {
    format!("<html><body><p>某县林业局2012年政府信息公开工作年度报告</p>{body}</body></html>")
}

/// A table with a row of `width` cells, `more` behind it, and `height` rows of one cell.
fn table(width: usize, more: &str, height: usize) -> String {
    let cells: String = (0..width).map(|n| format!("<td>{n}")).collect();
    let rows = "<tr><td>行</tr>".repeat(height);
    page(&format!(
        "<table border=1><tr><th>头{cells}</tr>{more}{rows}</table>"
    ))
}

fn zipped(entries: usize, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..entries {
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file(format!("{number}.txt"), options)
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn nested() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("inner.zip", options).unwrap();
    archive.write_all(&zipped(1, b"x")).unwrap();
    archive.finish().unwrap().into_inner()
}

fn cases() -> Vec<Case> {
    let merged = format!(
        "<tr><td>行<td colspan=40 rowspan=40>{}</tr>",
        "公开信息".repeat(20)
    );
    let report = "某县林业局2012年政府信息公开工作年度报告\n\n一、概述\n公开信息12条。\n";
    vec![
        case("timeout", "1", "a.pdf", hostile::slow(0), "timeout"),
        case("cpu_time", "1", "a.pdf", hostile::slow(0), "timeout"),
        case("memory", "256", "a.pdf", hostile::heavy(), "memory_limit"),
        case("document_bytes", "10", "a.txt", report, "too_large"),
        case("output_bytes", "500", "a.txt", report, "too_large"),
        case(
            "html_nesting",
            "20",
            "a.html",
            page(&"<div>".repeat(40)),
            "nesting_cut",
        ),
        case(
            "html_attributes",
            "3",
            "a.html",
            page("<p a=1 b=2 c=3 d=4>字</p>"),
            "attributes_cut",
        ),
        case(
            "table_cells",
            "100",
            "a.html",
            table(40, &merged, 40),
            "table_spans_cut",
        ),
        case(
            "filled_cells",
            "300",
            "a.html",
            table(40, "", 40),
            "table_cut",
        ),
        case(
            "filled_bytes",
            "9999",
            "a.html",
            table(40, &merged, 40),
            "table_spans_cut",
        ),
        case("pdf_pages", "0", "a.pdf", hostile::report(1), "no_text"),
        case(
            "pdf_glyphs",
            "9",
            "a.pdf",
            hostile::report(1),
            "limit_reached",
        ),
        case(
            "pdf_operators",
            "99",
            "a.pdf",
            hostile::busy(),
            "limit_reached",
        ),
        case(
            "pdf_form_depth",
            "50",
            "a.pdf",
            hostile::circular(),
            "limit_reached",
        ),
        case(
            "pdf_stream_bytes",
            "268435456",
            "a.pdf",
            hostile::swollen(10 << 10),
            "limit_reached",
        ),
        case(
            "pdf_bytes",
            "100000",
            "a.pdf",
            hostile::swollen(1),
            "limit_reached",
        ),
        case("archive_bytes", "9", "a.zip", zipped(2, b"123456"), "limit"),
        case(
            "archive_ratio",
            "2",
            "a.zip",
            zipped(1, &vec![b'x'; 17 << 20]),
            "limit",
        ),
        case("archive_entries", "1", "a.zip", zipped(2, b"x"), "limit"),
        case("archive_depth", "1", "a.zip", nested(), "limit"),
    ]
}

/// Code and message of every error and every warning.
fn said(out: &Path) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut add = |value: &Value| {
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        said.push((text("code"), text("message")));
    };
    lines(&out.join("errors.jsonl")).iter().for_each(&mut add);
    for record in lines(&out.join("records.jsonl")) {
        record["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .for_each(&mut add);
    }
    said
}

#[test]
fn every_limit_is_reached_and_named_with_its_value() {
    for Case {
        limit,
        value,
        name,
        bytes,
        code,
    } in cases()
    {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        let set = format!("{limit}={value}");
        let output = run(
            folder.path(),
            &["extract", name, "-o", "out", "--set", &set],
        );
        let shown = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 3)),
            "{limit}: {shown}"
        );
        let said = said(&folder.path().join("out"));
        let named = format!("{limit}, {value}");
        assert!(
            said.iter().any(|(found, message)| found == code
                && message.contains("limit: ")
                && message.contains(&named)),
            "{limit}: {said:?}"
        );
    }
}

#[test]
fn what_is_sound_beside_what_is_too_large_is_read() {
    for (set, bytes) in [
        ("pdf_operators=99", hostile::busy()),
        ("pdf_form_depth=9", hostile::circular()),
        ("pdf_stream_bytes=5000000", hostile::swollen(10 << 10)),
        ("pdf_bytes=50000", hostile::swollen(1)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.pdf"), bytes).unwrap();
        fs::write(folder.path().join("b.pdf"), hostile::report(1)).unwrap();
        let output = run(
            folder.path(),
            &["extract", "a.pdf", "b.pdf", "-o", "out", "--set", set],
        );
        assert_eq!(output.status.code(), Some(0), "{set}: {output:?}");
        let records = lines(&folder.path().join("out/records.jsonl"));
        let read =
            |record: &Value| ["title", "sections", "indicators"].map(|name| record[name].clone());
        assert_eq!(read(&records[0]), read(&records[1]), "{set}");
    }
}

#[test]
fn nothing_is_allocated_for_what_is_only_claimed() {
    let folder = tempfile::tempdir().unwrap();
    let files = hostile::boastful();
    let names: Vec<String> = (0..files.len())
        .map(|number| format!("{number}.pdf"))
        .collect();
    for (name, bytes) in names.iter().zip(files) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let mut arguments = vec!["extract", "-o", "out", "--memory", "256"];
    arguments.extend(names.iter().map(String::as_str));
    run(folder.path(), &arguments);
    let out = folder.path().join("out");
    // The rows of the last do not come out: it has no text, and takes no memory either.
    let codes: Vec<String> = said(&out).into_iter().map(|(code, _)| code).collect();
    assert_eq!(
        codes.iter().filter(|code| *code != "no_text").count(),
        0,
        "{codes:?}"
    );
    let records = lines(&out.join("records.jsonl"));
    assert_eq!(records.len(), names.len() - 1);
    for record in records {
        assert!(
            record["sections"]
                .to_string()
                .contains("本年度主动公开政府信息1条"),
            "{record}"
        );
    }
}

#[test]
fn every_setting_that_is_a_limit_has_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["config", "show"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let settings = shown.lines().filter_map(|line| line.split_once(" = "));
    let settings: BTreeSet<&str> = settings
        .map(|(name, _)| name.trim())
        .filter(|name| !NO_LIMITS.contains(name))
        .collect();
    let cases = cases();
    let cases: BTreeSet<&str> = cases.iter().map(|case| case.limit).collect();
    assert_eq!(cases, settings);
}

#[test]
fn a_page_of_tables_that_fill_millions_of_cells_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let one = table(1_000, "", 1_000);
    fs::write(folder.path().join("a.html"), one.repeat(20)).unwrap();
    let output = run(folder.path(), &["extract", "a.html", "-o", "out"]);
    assert!(output.status.success());
    let out = folder.path().join("out");
    let size = fs::metadata(out.join("records.jsonl")).unwrap().len();
    assert!(size < 8 << 20, "{size} bytes");
    let record = fs::read_to_string(out.join("records.jsonl")).unwrap();
    let record: Value = serde_json::from_str(record.lines().next().unwrap()).unwrap();
    assert_eq!(record["coverage"]["share"], 1);
}
