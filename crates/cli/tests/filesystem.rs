//! What file systems do to a run: full disks, files that go and change, paths without end, links in
//! circles, names in archives that are paths.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;
mod json_lines;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use command::{nianbao, run};
use json_lines::lines;

#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        output.status.code(),
        Some(code),
        "{:?}: {shown}",
        output.status
    );
    shown
}

/// The code of every path in the errors.
fn errors(out: &Path) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let errors = lines(&out.join("errors.jsonl"));
    errors
        .iter()
        .map(|error| (text(&error["path"]), text(&error["code"])))
        .collect()
}

fn paths(out: &Path) -> Vec<String> {
    let records = lines(&out.join("records.jsonl"));
    let path = |record: &Value| record["source"]["path"].as_str().unwrap().to_owned();
    records.iter().map(path).collect()
}

fn result(out: &Path) -> [Vec<u8>; 2] {
    ["records.jsonl", "errors.jsonl"].map(|name| fs::read(out.join(name)).unwrap())
}

fn report(number: usize) -> String {
    format!(
        "某县林业局2012年政府信息公开工作年度报告\n\n一、概述\n我局说明公开工作的做法。\n\n\
         二、主动公开情况\n\n本年度主动公开信息{number}条。\n"
    )
}

fn reports(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..count {
        let path = folder.path().join(format!("in/{number:03}.txt"));
        fs::write(path, report(number)).unwrap();
    }
    folder
}

#[test]
fn a_disk_that_is_full_ends_the_run_and_loses_nothing() {
    let folder = reports(60);
    ends(&run(folder.path(), &["extract", "in", "-o", "expected"]), 0);
    // Files of at most 32 blocks of 512 bytes: the system says that there is no room.
    let program = env!("CARGO_BIN_EXE_nianbao");
    let full = |out: &str| {
        let limited = format!("trap '' XFSZ; ulimit -f 32; exec {program} extract in -o {out}");
        Command::new("sh")
            .args(["-c", &limited])
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let shown = ends(&full("out"), 1);
    assert!(shown.contains("cannot write"), "{shown}");
    let out = folder.path().join("out");
    assert!(!out.join("records.jsonl").exists());
    ends(&run(folder.path(), &["extract", "in", "-o", "out"]), 0);
    assert!(result(&out) == result(&folder.path().join("expected")));
    // An output that is there stays as it is.
    let before = result(&out);
    fs::write(folder.path().join("in/new.txt"), report(77)).unwrap();
    ends(&full("out"), 1);
    assert!(result(&out) == before);
}

#[test]
fn stdout_that_takes_nothing_ends_with_an_error() {
    let folder = reports(1);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = nianbao(folder.path(), &["extract", "in"])
        .stdout(full)
        .output()
        .unwrap();
    let shown = ends(&output, 1);
    assert!(shown.contains("cannot write stdout"), "{shown}");
}

#[test]
fn an_output_that_cannot_be_made_is_named() {
    let folder = reports(1);
    fs::write(folder.path().join("file"), "x").unwrap();
    for out in ["file", "file/out", "/proc/nianbao"] {
        let shown = ends(&run(folder.path(), &["extract", "in", "-o", out]), 1);
        assert!(shown.contains(out), "{shown}");
    }
    assert_eq!(fs::read(folder.path().join("file")).unwrap(), b"x");
}

#[test]
fn devices_and_links_in_circles_cost_an_error_each() {
    let folder = reports(1);
    let inside = folder.path().join("in");
    symlink("two", inside.join("one")).unwrap();
    symlink("one", inside.join("two")).unwrap();
    symlink("..", inside.join("up")).unwrap();
    symlink("/dev/zero", inside.join("zero")).unwrap();
    let output = run(
        folder.path(),
        &["extract", "in", "/dev/zero", "/dev/tty", "-o", "out"],
    );
    ends(&output, 3);
    let out = folder.path().join("out");
    let expected = [
        ("/dev/tty", "not_a_file"),
        ("/dev/zero", "not_a_file"),
        ("in/one", "unreadable"),
        ("in/two", "unreadable"),
        ("in/up", "link_outside_root"),
        ("in/zero", "link_outside_root"),
    ];
    let expected = expected.map(|(path, code)| (path.to_owned(), code.to_owned()));
    assert_eq!(errors(&out), BTreeMap::from(expected));
    assert_eq!(paths(&out), ["in/000.txt"]);
}

#[test]
fn paths_beyond_the_longest_cost_an_error_and_the_others_are_read() {
    let folder = reports(1);
    // In two halves, one put into the other: no call takes such a path at once.
    let name = "d".repeat(250);
    let chain = |root: &str, depth: usize| {
        let names = std::iter::repeat_n(name.as_str(), depth);
        let path: PathBuf = [root].into_iter().chain(names).collect();
        folder.path().join(path)
    };
    let (outer, inner) = (chain("in", 14), chain("side", 8));
    fs::create_dir_all(&outer).unwrap();
    fs::create_dir_all(&inner).unwrap();
    fs::write(inner.join("deep.txt"), report(1)).unwrap();
    fs::rename(folder.path().join("side"), outer.join("side")).unwrap();
    ends(&run(folder.path(), &["extract", "in", "-o", "out"]), 3);
    let out = folder.path().join("out");
    let errors = errors(&out);
    assert_eq!(errors.len(), 1);
    assert!(
        errors.values().all(|code| code == "unreadable"),
        "{errors:?}"
    );
    assert_eq!(paths(&out), ["in/000.txt"]);
    let mut clear = Command::new("rm");
    let cleared = clear.arg("-rf").arg(folder.path().join("in")).status();
    assert!(cleared.unwrap().success());
}

/// The one who may nothing, on the systems that we know.
const NOBODY: u32 = 65_534;

#[test]
fn what_may_not_be_read_costs_an_error() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    let folder = reports(2);
    let path = folder.path().join("in/000.txt");
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    allow(&path, 0o000).unwrap();
    let mut command = nianbao(folder.path(), &["extract", "in", "-o", "out"]);
    if File::open(&path).is_ok() {
        // The one who runs the tests may read anything: somebody else runs the command, in a folder of theirs.
        allow(folder.path(), 0o755).unwrap();
        chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            // Past the capture of tests: nobody is to think that it was tried.
            writeln!(
                std::io::stderr(),
                "NOT TESTED: files without permission: the command cannot be run as another user: {error}"
            )
            .unwrap();
            return;
        }
    };
    ends(&output, 3);
    let out = folder.path().join("out");
    assert_eq!(errors(&out).get("in/000.txt").unwrap(), "unreadable");
    assert_eq!(paths(&out), ["in/001.txt"]);
}

#[test]
fn files_that_change_and_go_while_they_are_read_are_what_they_were_at_one_moment() {
    let folder = reports(300);
    let inside = folder.path().join("in");
    let hash = |text: &str| -> String {
        let hash = Sha256::digest(text.as_bytes());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let list: String = (0..300)
        .map(|number| format!("in/{number:03}.txt\n"))
        .collect();
    fs::write(folder.path().join("list"), list).unwrap();
    let arguments = ["extract", "--files-from", "list", "-o", "out", "-j", "2"];
    let mut child = nianbao(folder.path(), &arguments)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut number = 0;
    while child.try_wait().unwrap().is_none() {
        let path = inside.join(format!("{:03}.txt", number * 7 % 300));
        match number % 3 {
            0 => drop(fs::remove_file(&path)),
            1 => {
                // Written beside and put in its place: at no moment is there half of one.
                let next = folder.path().join("next");
                fs::write(&next, report(1_000)).unwrap();
                fs::rename(&next, &path).unwrap();
            }
            _ => drop(File::create(&path)),
        }
        number += 1;
        thread::sleep(Duration::from_millis(1));
    }
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 3)));
    let out = folder.path().join("out");
    let errors = errors(&out);
    let known: BTreeSet<String> = (0..300)
        .chain([1_000])
        .map(|number| hash(&report(number)))
        .collect();
    let mut seen: BTreeSet<String> = errors.keys().cloned().collect();
    for (path, code) in &errors {
        assert!(
            matches!(code.as_str(), "not_found" | "empty"),
            "{path}: {code}"
        );
    }
    for record in lines(&out.join("records.jsonl")) {
        let source = &record["source"];
        assert!(
            known.contains(source["sha256"].as_str().unwrap()),
            "{source}"
        );
        seen.insert(source["path"].as_str().unwrap().to_owned());
    }
    let all: BTreeSet<String> = (0..300)
        .map(|number| format!("in/{number:03}.txt"))
        .collect();
    assert_eq!(seen, all);
}

#[test]
fn names_in_archives_are_names_and_never_paths() {
    let folder = reports(0);
    let inside = folder.path().join("in");
    let names = [
        "../../escaped.txt",
        "/tmp/nianbao-escaped.txt",
        "..\\..\\escaped.txt",
        "Report.txt",
        "report.txt",
        "REPORT.TXT",
    ];
    let mut zipped = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut tarred = tar::Builder::new(Vec::new());
    for (number, name) in names.iter().enumerate() {
        let text = report(number);
        let options = zip::write::SimpleFileOptions::default();
        zipped.start_file(*name, options).unwrap();
        zipped.write_all(text.as_bytes()).unwrap();
        let mut header = tar::Header::new_gnu();
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_cksum();
        tarred.append(&header, text.as_bytes()).unwrap();
    }
    fs::write(inside.join("a.zip"), zipped.finish().unwrap().into_inner()).unwrap();
    fs::write(inside.join("b.tar"), tarred.into_inner().unwrap()).unwrap();
    let before: Vec<_> = walkdir::WalkDir::new(folder.path()).into_iter().collect();
    ends(&run(folder.path(), &["extract", "in", "-o", "out"]), 0);
    let mut expected = Vec::new();
    for archive in ["in/a.zip", "in/b.tar"] {
        let names = names.iter().map(|name| name.replace('\\', "\\\\"));
        expected.extend(names.map(|name| format!("{archive}!/{name}")));
    }
    assert_eq!(paths(&folder.path().join("out")), expected);
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    let after: Vec<_> = walkdir::WalkDir::new(folder.path()).into_iter().collect();
    assert_eq!(after.len(), before.len());
    assert!(!Path::new("/tmp/nianbao-escaped.txt").exists());
}
