//! `nianbao export` as a user runs it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use command::run;

/// A report whose total is blank, whose prose contradicts a cell, and whose agency has a formula in its name.
const REPORT: &str = "<h1>广州市番禺区林业局2016年政府信息公开工作年度报告</h1>
<p>一、概述</p><p>我局依法公开政府信息，2016年收到依申请公开政府信息申请8件。</p>
<p>二、依申请公开情况</p>
<table border=1>
<tr><td>指标</td><td>单位</td><td>数量</td></tr>
<tr><td>（一）收到申请数</td><td>件</td><td>9</td></tr>
<tr><td>1.当面申请数</td><td>件</td><td>1</td></tr>
<tr><td>2.传真申请数</td><td>件</td><td></td></tr>
<tr><td>3.网络申请数</td><td>件</td><td>8</td></tr>
<tr><td>4.信函申请数</td><td>件</td><td>0</td></tr>
</table>";

/// Two files with the same bytes, read.
fn extracted() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for name in ["a", "b"] {
        fs::write(folder.path().join(format!("in/{name}.html")), REPORT).unwrap();
    }
    let done = run(folder.path(), &["extract", "in", "-o", "out", "--quiet"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    folder
}

fn exported(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let call = [&["export", "out"], arguments].concat();
    let output = run(folder, &call);
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn done(folder: &Path, arguments: &[&str]) {
    let (code, said) = exported(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
}

#[test]
fn a_database_answers_questions_and_keeps_its_promises() {
    let folder = extracted();
    done(folder.path(), &["--to", "sqlite", "-o", "reports.db"]);
    let database = Connection::open(folder.path().join("reports.db")).unwrap();
    let one = |query: &str| -> String {
        database
            .query_row(query, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map_or_else(
                |error| error.to_string(),
                |value| match value {
                    rusqlite::types::Value::Integer(value) => value.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                },
            )
    };
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    // The same bytes at two paths are two records, and one of them is known for a copy.
    assert_eq!(one("SELECT count(*) FROM reports"), "2");
    assert_eq!(
        one("SELECT count(*) FROM reports WHERE copy_of IS NULL"),
        "1"
    );
    let received =
        "SELECT value FROM readings WHERE indicator = 'requests.received' AND origin = 'table'";
    assert_eq!(one(received), "9");
    // A blank is no zero, and a number that prose contradicts says so.
    let of = |channel: &str| {
        format!(
            "SELECT coalesce(value, status) FROM indicators WHERE channel = '{channel}' AND origin = 'table' \
             AND copy_of IS NULL"
        )
    };
    assert_eq!(one(&of("fax")), "blank");
    assert_eq!(one(&of("letter")), "0");
    let wide = "SELECT \"requests.received\" FROM wide WHERE copy_of IS NULL";
    assert_eq!(one(wide), "9");
    let why = "SELECT json_extract(unsettled, '$.\"requests.received\".why') FROM wide";
    assert_eq!(one(why), "prose_differs");
    // A row says where it stands: its file and the cell's node.
    let place = "SELECT source || json_extract(place, '$.node') FROM readings WHERE origin = 'table' LIMIT 1";
    assert!(one(place).starts_with("in/a.html/html"), "{}", one(place));
    // Chinese is found as it is typed, as Datasette asks.
    let found = |words: &str| {
        one(&format!(
            "SELECT count(*) FROM sections WHERE id IN \
             (SELECT rowid FROM sections_fts WHERE sections_fts MATCH '\"{words}\"')"
        ))
    };
    assert_ne!(found("依申请公开政府信息"), "0");
    assert_ne!(found("番禺区"), "0");
    assert_eq!(found("渔业"), "0");
}

#[test]
fn csv_has_its_options_and_grids_stand_as_they_are() {
    let folder = extracted();
    done(
        folder.path(),
        &[
            "--to",
            "csv",
            "-o",
            "tables",
            "--bom",
            "--grids",
            "--only",
            "reports,wide",
        ],
    );
    let read = |name: &str| fs::read_to_string(folder.path().join("tables").join(name)).unwrap();
    assert!(read("wide.csv").starts_with("\u{feff}report_id,copy_of,agency,"));
    let mut names: Vec<_> = folder.path().join("tables").read_dir().unwrap().collect();
    names.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
    let names: Vec<_> = names
        .iter()
        .map(|it| it.as_ref().unwrap().file_name())
        .collect();
    assert_eq!(
        names,
        [
            "about.csv",
            "columns.csv",
            "grids",
            "reports.csv",
            "wide.csv"
        ]
    );
    let reports = read("reports.csv");
    let id = reports.lines().nth(1).unwrap().split(',').next().unwrap();
    let grid = read(&format!("grids/{id}-t1.csv"));
    assert!(grid.contains("\r\n2.传真申请数,件,\"\"\r\n"), "{grid}");
    // The same place again, and the same bytes.
    done(
        folder.path(),
        &[
            "--to",
            "csv",
            "-o",
            "tables",
            "--bom",
            "--only",
            "reports,wide",
        ],
    );
    assert_eq!(read("reports.csv"), reports);
}

#[test]
fn wrong_calls_say_what_is_right() {
    let folder = extracted();
    let refused = |arguments: &[&str], code: i32, wanted: &str| {
        let (ended, said) = exported(folder.path(), arguments);
        assert_eq!(ended, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(wanted), "{said}");
    };
    refused(
        &["--to", "csv", "-o", "x", "--only", "panel"],
        2,
        "there is no table panel; there are reports,",
    );
    refused(
        &["--to", "sqlite", "-o", "x", "--bom"],
        2,
        "--bom goes with --to csv alone",
    );
    refused(&["--to", "csv", "-o", "in"], 2, "is no export of nianbao");
    refused(
        &["--to", "csv", "-o", "in/a.html/x"],
        1,
        "cannot write in/a.html/x",
    );
    let output = run(
        folder.path(),
        &["export", "in/a.html", "--to", "csv", "-o", "x"],
    );
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("in/a.html:1: no record of this version"),
        "{said}"
    );
    assert!(!folder.path().join("x").exists() && !folder.path().join("x.draft").exists());
}
