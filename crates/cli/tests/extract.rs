//! `nianbao extract` as a user runs it: bad inputs, resume after a death, lock, lists, archives.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;
mod json_lines;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use command::{nianbao, run};
use json_lines::lines;

fn code(output: &Output) -> i32 {
    let shown = String::from_utf8_lossy(&output.stderr);
    output
        .status
        .code()
        .unwrap_or_else(|| panic!("killed: {shown}"))
}

/// Path and code of every line of the errors.
fn errors(out: &Path) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = lines(&out.join("errors.jsonl"));
    errors
        .iter()
        .map(|error| (text(&error["path"]), text(&error["code"])))
        .collect()
}

fn counts(out: &Path) -> Value {
    let run: Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    let counts = run["counts"].clone();
    let parts = ["ok", "partial", "failed", "unchanged", "unsupported"];
    let sum: u64 = parts
        .iter()
        .map(|part| counts[part].as_u64().unwrap())
        .sum();
    assert_eq!(counts["seen"].as_u64(), Some(sum), "{counts}");
    counts
}

fn report(number: usize) -> String {
    format!(
        "某县林业局2012年政府信息公开工作年度报告\n\n一、概述\n{}\n\n二、主动公开情况\n\
         本年度主动公开信息{number}条。\n",
        format!("第{number}页说明公开工作的做法。").repeat(40)
    )
}

fn reports(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..count {
        fs::write(
            folder.path().join(format!("in/{number:03}.txt")),
            report(number),
        )
        .unwrap();
    }
    folder
}

fn result(out: &Path) -> (Vec<u8>, Vec<u8>) {
    (
        fs::read(out.join("records.jsonl")).unwrap(),
        fs::read(out.join("errors.jsonl")).unwrap(),
    )
}

#[test]
fn bad_inputs_cost_one_error_each_and_nothing_else() {
    let folder = reports(2);
    let inside = folder.path().join("in");
    fs::write(inside.join("empty.html"), "").unwrap();
    fs::create_dir(inside.join("folder.pdf")).unwrap();
    let noise: Vec<u8> = (0u32..4_000)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    fs::write(inside.join("noise.bin"), noise).unwrap();
    fs::write(inside.join("cut.pdf"), "%PDF-1.7\n1 0 obj\n<< /Type /Cat").unwrap();
    fs::write(inside.join("broken.zip"), "PK").unwrap();
    let output = run(folder.path(), &["extract", "in", "gone.html", "-o", "out"]);
    assert_eq!(
        code(&output),
        3,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let out = folder.path().join("out");
    let errors = errors(&out);
    let paths: Vec<&str> = errors.iter().map(|(path, _)| path.as_str()).collect();
    let expected = [
        "gone.html",
        "in/broken.zip",
        "in/cut.pdf",
        "in/empty.html",
        "in/folder.pdf",
        "in/noise.bin",
    ];
    assert_eq!(paths, expected, "{errors:?}");
    let code_of = |name: &str| {
        errors
            .iter()
            .find(|(path, _)| path == name)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(code_of("gone.html"), "not_found");
    assert_eq!(code_of("in/empty.html"), "empty");
    assert_eq!(code_of("in/folder.pdf"), "empty_folder");
    let records = lines(&out.join("records.jsonl"));
    let of = |name: &str| {
        records
            .iter()
            .filter(|r| r["source"]["path"] == name)
            .count()
    };
    assert!(of("in/000.txt") > 0 && of("in/001.txt") > 0);
    let counts = counts(&out);
    assert_eq!(counts["seen"], 8);
    assert_eq!(counts["errors"], 6);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_opened_and_names_of_any_bytes_are_kept() {
    use std::os::unix::ffi::OsStrExt;
    let folder = reports(1);
    let inside = folder.path().join("in");
    let name = std::ffi::OsStr::from_bytes(b"b\xFFd.txt");
    fs::write(inside.join(name), report(7)).unwrap();
    std::os::unix::net::UnixListener::bind(inside.join("socket")).unwrap();
    let output = run(folder.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(code(&output), 3);
    let out = folder.path().join("out");
    assert_eq!(
        errors(&out),
        [("in/socket".to_owned(), "not_a_file".to_owned())]
    );
    let records = lines(&out.join("records.jsonl"));
    assert!(
        records
            .iter()
            .any(|record| record["source"]["path"] == r"in/b\xFFd.txt")
    );
}

#[test]
fn a_run_killed_at_any_moment_ends_with_the_same_bytes() {
    let folder = reports(60);
    let undisturbed = folder.path().join("undisturbed");
    assert_eq!(
        code(&run(
            folder.path(),
            &["extract", "in", "-j", "2", "-o", "undisturbed"]
        )),
        0
    );
    let mut died = 0;
    for seed in 1u64..=6 {
        let out = format!("out{seed}");
        let arguments = ["extract", "in", "-j", "2", "-o", &out];
        for step in 0..3 {
            let mut child = nianbao(folder.path(), &arguments)
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // From before the first document to after the last.
            let wait = (seed * 7_919 + step * 104_729) % 400;
            std::thread::sleep(Duration::from_millis(wait));
            died += usize::from(child.try_wait().unwrap().is_none());
            let _ = child.kill();
            child.wait().unwrap();
        }
        assert_eq!(code(&run(folder.path(), &arguments)), 0);
        let out = folder.path().join(out);
        assert_eq!(result(&out), result(&undisturbed), "seed {seed}");
        assert_eq!(counts(&out)["seen"], 60);
    }
    assert!(died > 0, "no run was killed at work");
}

#[test]
fn what_is_unchanged_is_taken_over_and_fresh_does_it_again() {
    let folder = reports(3);
    let out = folder.path().join("out");
    let arguments = ["extract", "in", "-o", "out"];
    assert_eq!(code(&run(folder.path(), &arguments)), 0);
    let first = result(&out);
    assert_eq!(code(&run(folder.path(), &arguments)), 0);
    assert_eq!(counts(&out)["unchanged"], 3);
    assert_eq!(result(&out), first);
    fs::write(folder.path().join("in/001.txt"), report(99)).unwrap();
    assert_eq!(code(&run(folder.path(), &arguments)), 0);
    assert_eq!(counts(&out)["unchanged"], 2);
    assert_eq!(
        code(&run(
            folder.path(),
            &["extract", "in", "-o", "out", "--set", "keywords=1"]
        )),
        0
    );
    assert_eq!(counts(&out)["unchanged"], 0);
    assert_eq!(
        code(&run(
            folder.path(),
            &["extract", "in", "-o", "out", "--fresh"]
        )),
        0
    );
    assert_eq!(counts(&out)["unchanged"], 0);
}

#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let folder = reports(1);
    fs::create_dir_all(folder.path().join("out/state")).unwrap();
    let lock = File::create(folder.path().join("out/state/lock")).unwrap();
    lock.lock().unwrap();
    let output = run(folder.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(code(&output), 5);
    drop(lock);
    assert_eq!(
        code(&run(folder.path(), &["extract", "in", "-o", "out"])),
        0
    );
}

#[test]
fn threads_lists_shards_and_stdout_give_the_same_records() {
    let folder = reports(9);
    let whole = run(folder.path(), &["extract", "in", "-j", "1"]);
    assert_eq!(
        code(&whole),
        0,
        "{}",
        String::from_utf8_lossy(&whole.stderr)
    );
    assert!(!whole.stdout.is_empty());
    let names: Vec<String> = (0..9).rev().map(|n| format!("in/{n:03}.txt\0")).collect();
    let mut child = nianbao(
        folder.path(),
        &["extract", "--files-from", "-", "-0", "-j", "2"],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(names.concat().as_bytes())
        .unwrap();
    assert_eq!(child.wait_with_output().unwrap().stdout, whole.stdout);
    let glob = run(folder.path(), &["extract", "in/0*.txt"]);
    assert_eq!(glob.stdout, whole.stdout);
    let mut shards = Vec::new();
    for shard in ["1/2", "2/2"] {
        let output = run(folder.path(), &["extract", "in", "--shard", shard]).stdout;
        shards.extend(
            String::from_utf8(output)
                .unwrap()
                .lines()
                .map(str::to_owned),
        );
    }
    shards.sort();
    let mut lines: Vec<String> = String::from_utf8(whole.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    lines.sort();
    assert_eq!(shards, lines);
}

#[test]
fn an_archive_gives_what_its_files_give() {
    let folder = reports(2);
    let mut tar = tar::Builder::new(File::create(folder.path().join("a.tar")).unwrap());
    tar.append_dir_all("in", folder.path().join("in")).unwrap();
    tar.finish().unwrap();
    let output = run(folder.path(), &["extract", "a.tar", "-o", "out"]);
    assert_eq!(
        code(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let records = lines(&folder.path().join("out/records.jsonl"));
    let mut paths: Vec<&str> = records
        .iter()
        .map(|record| record["source"]["path"].as_str().unwrap())
        .collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths, ["a.tar!/in/000.txt", "a.tar!/in/001.txt"]);
}

#[test]
fn wrong_calls_end_with_two() {
    let folder = reports(1);
    for arguments in [
        &["extract"][..],
        &["extract", "in", "-j", "0"],
        &["extract", "in", "--shard", "3/2"],
        &["extract", "in", "--set", "nothing=1"],
        &["extract", "in", "--config", "gone.toml"],
        &["extract", "in", "--profile", "in"],
        &["extract", "in", "--nonsense"],
    ] {
        assert_eq!(code(&run(folder.path(), arguments)), 2, "{arguments:?}");
    }
    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(
        code(&run(folder.path(), &["extract", "in", "-o", "file"])),
        1
    );
}

#[test]
fn show_schema_and_config_print_what_they_promise() {
    let folder = reports(1);
    for stage in ["read", "normalise", "tables", "segment", "record"] {
        let output = run(folder.path(), &["show", "in/000.txt", "--stage", stage]);
        assert_eq!(
            code(&output),
            0,
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            String::from_utf8(output.stdout).unwrap().contains("林业局"),
            "{stage}"
        );
    }
    let why = run(folder.path(), &["show", "in/000.txt", "--stage", "segment"]).stdout;
    let why = String::from_utf8(why).unwrap();
    for told in [
        "✂ a report begins",
        "◇ Han 1",
        "heading of level 1",
        "outline: ",
    ] {
        assert!(why.contains(told), "{told} is not in\n{why}");
    }
    let blank_total = "<h1>来凤县林业局2016年政府信息公开工作年度报告</h1><p>一、依申请公开情况</p><table border=1>\
        <tr><td>指标</td><td>单位</td><td>数量</td></tr><tr><td>（一）收到申请数</td><td>件</td><td></td></tr>\
        <tr><td>1.当面申请数</td><td>件</td><td>1</td></tr><tr><td>2.传真申请数</td><td>件</td><td>0</td></tr>\
        <tr><td>3.网络申请数</td><td>件</td><td>2</td></tr><tr><td>4.信函申请数</td><td>件</td><td>0</td></tr></table>";
    fs::write(folder.path().join("blank.html"), blank_total).unwrap();
    let derived = String::from_utf8(run(folder.path(), &["show", "blank.html"]).stdout).unwrap();
    let (_, follows) = derived
        .split_once("Follows where nothing is printed")
        .unwrap();
    for told in ["requests.received", "3", "sum", "F2.RECV"] {
        assert!(follows.contains(told), "{told} is not in\n{follows}");
    }
    let gone: PathBuf = folder.path().join("gone.txt");
    assert_eq!(
        code(&run(folder.path(), &["show", gone.to_str().unwrap()])),
        1
    );
    let schema = run(folder.path(), &["schema", "record"]).stdout;
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    assert!(schema["properties"]["indicators"].is_object());
    fs::write(folder.path().join("c.toml"), "keywords = 3\njobs = 2\n").unwrap();
    let mut command = nianbao(folder.path(), &["config", "show", "--config", "c.toml"]);
    let output = command.env("NIANBAO_JOBS", "5").output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("keywords = 3"), "{shown}");
    assert!(shown.contains("# file c.toml"), "{shown}");
    let jobs = shown.lines().find(|line| line.starts_with("jobs = 5"));
    assert!(
        jobs.is_some_and(|line| line.contains("environment NIANBAO_JOBS")),
        "{shown}"
    );
}
