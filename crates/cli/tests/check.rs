//! `nianbao check` as a user runs it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A report whose table has a row that no form knows, whose outline has a heading that no lexicon
/// knows, and whose figures do not add up.
const REPORT: &str = "<h1>某县林业局2016年政府信息公开工作年度报告</h1>
<p>一、概述</p><p>我局依法公开政府信息。</p>
<p>二、古树名木挂牌</p><p>挂牌保护古树名木。</p>
<p>三、依申请公开情况</p>
<table border=1>
<tr><td>指标</td><td>单位</td><td>数量</td></tr>
<tr><td>（一）收到申请数</td><td>件</td><td>9</td></tr>
<tr><td>1.当面申请数</td><td>件</td><td>1</td></tr>
<tr><td>2.传真申请数</td><td>件</td><td>0</td></tr>
<tr><td>3.网络申请数</td><td>件</td><td>2</td></tr>
<tr><td>4.信函申请数</td><td>件</td><td>0</td></tr>
<tr><td>古树名木挂牌株数</td><td>株</td><td>35</td></tr>
</table>";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The lines of a call's stdout as fields.
fn rows(output: &Output) -> Vec<Vec<String>> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(fields).collect()
}

fn extracted() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for name in ["a", "b"] {
        fs::write(folder.path().join(format!("in/{name}.html")), REPORT).unwrap();
    }
    let done = run(folder.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(done.status.code(), Some(0));
    folder
}

#[test]
fn what_maps_to_nothing_is_ranked() {
    let folder = extracted();
    let output = run(folder.path(), &["check", "out", "--unmatched"]);
    let rows = rows(&output);
    assert_eq!(rows[0], ["what", "records", "times", "text", "example"]);
    let texts: Vec<[&str; 4]> = rows[1..]
        .iter()
        .map(|row| [&*row[0], &*row[1], &*row[2], &*row[3]])
        .collect();
    assert_eq!(
        texts,
        [
            ["heading", "2", "2", "古树名木挂牌"],
            ["label", "2", "2", "古树名木挂牌株数 > 株"],
        ]
    );
    assert!(rows[2][4].starts_with("in/a.html#0 "), "{}", rows[2][4]);
}

#[test]
fn failing_rules_are_listed_and_counted() {
    let folder = extracted();
    let output = run(folder.path(), &["check", "out/records.jsonl"]);
    assert_eq!(output.status.code(), Some(0));
    let rows = rows(&output);
    let rule = &rows[1];
    assert_eq!(rows.len(), 3, "one in each record: {rows:?}");
    assert_eq!(
        (&*rule[0], &*rule[4], &*rule[6], &*rule[7]),
        ("in/a.html", "2016", "3", "9")
    );
    let strict = run(folder.path(), &["check", "out", "--fail-on", "1"]);
    assert_eq!(strict.status.code(), Some(4));
}

#[test]
fn what_is_no_record_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.jsonl"), "\n{\"schema\": 1}\n").unwrap();
    let output = run(folder.path(), &["check", "x.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("x.jsonl:2"), "{said}");
    let output = run(folder.path(), &["check", "absent"]);
    assert_eq!(output.status.code(), Some(1));
}
