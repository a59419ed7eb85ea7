//! Documents that bring their process down, made here: each costs one error, and nothing else.

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
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use command::{nianbao, run};
use hostile::{heavy, mutated, report, slow};
use json_lines::lines;

#[track_caller]
fn ends(output: &Output, code: i32) {
    let shown = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{shown}");
}

/// Path, stage and code of every error.
fn errors(out: &Path) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines(&out.join("errors.jsonl"))
        .iter()
        .map(|error| ["path", "stage", "code"].map(|name| text(&error[name])))
        .collect()
}

fn error(path: &str, stage: &str, code: &str) -> [String; 3] {
    [path, stage, code].map(str::to_owned)
}

fn count(out: &Path, name: &str) -> u64 {
    let run: Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    run["counts"][name].as_u64().unwrap()
}

fn records(out: &Path) -> Vec<u8> {
    fs::read(out.join("records.jsonl")).unwrap()
}

/// A folder `in` with so many sound PDFs.
fn reports(count: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("in");
    fs::create_dir(&inside).unwrap();
    for number in 0..count {
        fs::write(inside.join(format!("{number:03}.pdf")), report(number)).unwrap();
    }
    (folder, inside)
}

#[test]
fn hostile_documents_among_200_leave_all_other_records_as_they_are() {
    let (folder, inside) = reports(200);
    let limits = ["--memory", "256", "--set", "cpu_time=2"];
    let sound = [&["extract", "in", "-o", "sound", "-j", "2"][..], &limits].concat();
    ends(&run(folder.path(), &sound), 0);
    assert_eq!(count(&folder.path().join("sound"), "ok"), 200);
    fs::write(inside.join("050-slow.pdf"), slow(0)).unwrap();
    fs::write(inside.join("100-heavy.pdf"), heavy()).unwrap();
    let mixed = [&["extract", "in", "-o", "mixed", "-j", "2"][..], &limits].concat();
    let output = run(folder.path(), &mixed);
    ends(&output, 3);
    let mixed = folder.path().join("mixed");
    assert_eq!(
        errors(&mixed),
        [
            error("in/050-slow.pdf", "reading", "timeout"),
            error("in/100-heavy.pdf", "reading", "memory_limit"),
        ]
    );
    assert!(records(&mixed) == records(&folder.path().join("sound")));
    // Workers do not speak to the user.
    let shown = String::from_utf8(output.stderr).unwrap();
    assert_eq!(shown.lines().count(), 1, "{shown}");
}

#[test]
fn the_same_bytes_in_this_process_and_in_workers_that_are_kept_or_not() {
    let (folder, inside) = reports(6);
    fs::write(inside.join("cut.pdf"), "%PDF-1.7\n1 0 obj\n<< /Type /Cat").unwrap();
    fs::write(inside.join("page.html"), "<p>2012年度报告<p>公开5条。").unwrap();
    let result = |arguments: &[&str]| {
        let arguments = [&["extract", "in", "-o", "out", "--fresh"][..], arguments].concat();
        ends(&run(folder.path(), &arguments), 3);
        let out = folder.path().join("out");
        (records(&out), fs::read(out.join("errors.jsonl")).unwrap())
    };
    let expected = result(&["--isolation", "never", "-j", "1"]);
    assert!(!expected.0.is_empty());
    for arguments in [
        &["-j", "1"][..],
        &["-j", "3"],
        &["--isolation", "always", "-j", "2"],
        &["--isolation", "always", "--set", "worker_documents=1"],
    ] {
        assert!(result(arguments) == expected, "{arguments:?}");
    }
}

#[test]
fn what_a_limit_ended_is_tried_again_under_another_and_nothing_else_is() {
    let (folder, inside) = reports(2);
    fs::write(inside.join("slow.pdf"), slow(0)).unwrap();
    let out = folder.path().join("out");
    // Processor time: a busy machine does not make it shorter.
    let unchanged = |cpu_time: &str| {
        let limit = format!("cpu_time={cpu_time}");
        ends(
            &run(
                folder.path(),
                &["extract", "in", "-o", "out", "--set", &limit],
            ),
            3,
        );
        assert_eq!(errors(&out), [error("in/slow.pdf", "reading", "timeout")]);
        count(&out, "unchanged")
    };
    assert_eq!(unchanged("3"), 0);
    assert_eq!(unchanged("3"), 3);
    assert_eq!(unchanged("2"), 2);
    let text = fs::read_to_string(out.join("errors.jsonl")).unwrap();
    assert!(text.contains("cpu_time, 2: not done after 2 "), "{text}");
}

#[test]
fn a_document_over_its_time_is_stopped_when_that_is_over() {
    let (folder, inside) = reports(0);
    fs::write(inside.join("slow.pdf"), slow(0)).unwrap();
    let begun = Instant::now();
    let arguments = ["extract", "in", "-o", "out", "--timeout", "1"];
    ends(&run(folder.path(), &arguments), 3);
    // Its worker has to start first.
    assert!(begun.elapsed() < Duration::from_secs(50), "it went on");
    let out = folder.path().join("out");
    assert_eq!(errors(&out), [error("in/slow.pdf", "reading", "timeout")]);
    let text = fs::read_to_string(out.join("errors.jsonl")).unwrap();
    assert!(text.contains("timeout, 1: not done after 1 "), "{text}");
}

/// Processes that this one has started.
fn children(process: u32) -> BTreeSet<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let lists =
        tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok());
    let lists: Vec<String> = lists.collect();
    let numbers = lists.iter().flat_map(|list| list.split_whitespace());
    numbers.map(|number| number.parse().unwrap()).collect()
}

/// Bytes that a process has read.
fn bytes_read(process: u32) -> u64 {
    let io = fs::read_to_string(format!("/proc/{process}/io")).unwrap_or_default();
    let read = io.lines().find_map(|line| line.strip_prefix("rchar: "));
    read.and_then(|read| read.parse().ok()).unwrap_or(0)
}

#[test]
fn a_worker_killed_at_work_is_a_crash_of_its_document_and_is_tried_again() {
    const SIZE: usize = 4 << 20;
    let (folder, inside) = reports(3);
    fs::write(inside.join("000-slow.pdf"), slow(SIZE)).unwrap();
    let out = folder.path().join("out");
    for _ in 0..2 {
        let mut main = nianbao(folder.path(), &["extract", "in", "-o", "out", "-j", "1"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + Duration::from_secs(60);
        let at_work = || {
            children(main.id())
                .into_iter()
                .find(|child| bytes_read(*child) > SIZE as u64)
        };
        let worker = loop {
            if let Some(worker) = at_work() {
                break worker;
            }
            assert!(Instant::now() < until, "no worker has read the document");
            std::thread::sleep(Duration::from_millis(5));
        };
        let killed = Command::new("kill")
            .args(["-9", &worker.to_string()])
            .status();
        assert!(killed.unwrap().success());
        assert_eq!(main.wait().unwrap().code(), Some(3));
        // Not taken over by the second run: it was not the document's fault.
        assert_eq!(errors(&out), [error("in/000-slow.pdf", "reading", "crash")]);
        assert_eq!(count(&out, "ok") + count(&out, "unchanged"), 3);
    }
}

#[test]
fn too_little_memory_for_a_worker_is_refused_with_the_least() {
    let (folder, _) = reports(1);
    let output = run(
        folder.path(),
        &["extract", "in", "-o", "out", "--memory", "64"],
    );
    ends(&output, 2);
    let shown = String::from_utf8(output.stderr).unwrap();
    assert!(
        shown.contains("memory") && shown.contains("at least 256"),
        "{shown}"
    );
    ends(
        &run(
            folder.path(),
            &["extract", "in", "-o", "out", "--memory", "256"],
        ),
        0,
    );
}

/// With `HOSTILE_SEEDS` set to a folder of PDFs, these are damaged in place of ours.
#[test]
fn damaged_copies_end_in_records_or_errors_twice_the_same() {
    let seeds: Vec<Vec<u8>> = match std::env::var_os("HOSTILE_SEEDS") {
        Some(folder) => {
            let paths = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            let paths: BTreeSet<PathBuf> = paths.collect();
            paths.iter().map(|path| fs::read(path).unwrap()).collect()
        }
        None => (0..4).map(report).collect(),
    };
    let (folder, inside) = reports(0);
    for (number, seed) in seeds.iter().cycle().take(300).enumerate() {
        let bytes = mutated(seed, number as u64);
        fs::write(inside.join(format!("{number:03}.pdf")), bytes).unwrap();
    }
    let mut results = Vec::new();
    for (out, jobs) in [("one", "1"), ("two", "2")] {
        let output = run(folder.path(), &["extract", "in", "-o", out, "-j", jobs]);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{output:?}");
        let out = folder.path().join(out);
        let mut paths: BTreeSet<String> = errors(&out).into_iter().map(|[path, ..]| path).collect();
        for line in String::from_utf8(records(&out)).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            paths.insert(record["source"]["path"].as_str().unwrap().to_owned());
        }
        assert_eq!(paths.len(), 300, "files without record or error");
        results.push((records(&out), fs::read(out.join("errors.jsonl")).unwrap()));
    }
    assert!(results[0] == results[1]);
}
