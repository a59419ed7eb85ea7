//! `nianbao fetch`, `refresh` and `diff` as a user calls them. Nights on a site are in `tests/night/run`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use command::run;

fn report(requests: u32) -> String {
    format!(
        "来凤县林业局2012年政府信息公开工作年度报告\n\n一、概述\n我局认真做好政府信息公开工作。\n\n二、依申请公开情况\n\
         2012年，我局收到政府信息公开申请{requests}件。\n"
    )
}

/// A server of one page for as long as the test runs; its address.
fn serve() -> String {
    serve_changing(Arc::new(AtomicU32::new(8)))
}

/// The same, whose page states a number of the test's.
fn serve_changing(requests: Arc<AtomicU32>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/nb.txt", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut first = String::new();
            let _ = reader.read_line(&mut first);
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|count| count > 2) {
                line.clear();
            }
            let (status, body) = if first.contains("/nb.txt") {
                (200, report(requests.load(Ordering::SeqCst)))
            } else {
                (404, String::new())
            };
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), body.as_bytes()].concat());
        }
    });
    address
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

fn extract(folder: &Path, text: &str, out: &str) {
    fs::write(folder.join("page.txt"), text).unwrap();
    let output = run(folder, &["extract", "page.txt", "-o", out, "--quiet"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_changed_number_is_told_with_what_it_was_and_is() {
    let folder = tempfile::tempdir().unwrap();
    extract(folder.path(), &report(8), "old");
    extract(folder.path(), &report(16), "new");
    let output = run(folder.path(), &["diff", "old", "new", "--quiet"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let first = json(text.lines().next().unwrap());
    assert_eq!(first["change"], "value");
    assert_eq!(first["indicator"], "requests.received");
    assert_eq!(
        (&first["old"]["value"], &first["new"]["value"]),
        (&8.into(), &16.into())
    );
    assert_eq!(first["score"], 0.5);
    let same = run(folder.path(), &["diff", "old", "old"]);
    assert!(same.stdout.is_empty());
    let table = run(
        folder.path(),
        &["diff", "old", "new", "--format", "markdown", "--quiet"],
    );
    assert!(
        String::from_utf8(table.stdout)
            .unwrap()
            .contains("| 8 | 16 |")
    );
    assert_eq!(
        run(folder.path(), &["diff", "old", "nowhere"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn nothing_is_fetched_without_a_contact_or_from_a_private_address_that_is_not_named() {
    let folder = tempfile::tempdir().unwrap();
    let address = serve();
    let nobody = run(folder.path(), &["fetch", &address, "-a", "archive"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("contact"));
    let contact = ["--contact", "mailto:a@b.example", "--set", "quiet=true"];
    let private = run(
        folder.path(),
        &[&["fetch", &address, "-a", "archive"], &contact[..]].concat(),
    );
    assert!(
        String::from_utf8_lossy(&private.stdout).contains("forbidden_address"),
        "{private:?}"
    );
    let allowed = [
        "fetch",
        &address,
        "-a",
        "named",
        "--delay",
        "0",
        "--allow-private",
        "127.0.0.1",
    ];
    let output = run(folder.path(), &[&allowed, &contact[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let visit = json(String::from_utf8(output.stdout).unwrap().trim());
    assert_eq!(
        (&visit["outcome"], &visit["status"]),
        (&"new".into(), &200.into())
    );
}

#[test]
fn exports_follow_the_records_and_one_that_cannot_be_written_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let corpus = format!(
        "contact = 'mailto:a@b.example'\n[fetch]\ndelay = 0\nallow_private = ['127.0.0.1']\n[[source]]\nurls = ['{}']\n\
         [[export]]\nto = 'csv'\noutput = 'tables'\n[[export]]\nto = 'sqlite'\noutput = 'taken'\n",
        serve()
    );
    fs::write(at("corpus.toml"), &corpus).unwrap();
    // A folder stands where a file is wanted.
    fs::create_dir_all(at("taken/mine")).unwrap();
    let refresh = || run(folder.path(), &["refresh", "corpus.toml"]);
    let report = |name: &str| fs::read_to_string(at("out").join(name)).unwrap();
    let output = refresh();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let written = |name: &str| fs::metadata(at(name)).unwrap().modified().unwrap();
    let (tables, records) = (written("tables/reports.csv"), written("out/records.jsonl"));
    for name in ["report.md", "report.html"] {
        let text = report(name);
        assert!(
            text.contains("not written") && text.contains("1 records"),
            "{text}"
        );
    }
    assert!(report("nianbao.prom").contains("nianbao_refresh_exports{outcome=\"failed\"} 1"));
    assert!(at("taken/mine").exists());
    // There is room now: it is written although no record has changed; the other one is left as it is.
    fs::remove_dir_all(at("taken")).unwrap();
    let output = refresh();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(at("taken").is_file());
    let now = (written("tables/reports.csv"), written("out/records.jsonl"));
    assert_eq!(now, (tables, records));
    let changes = report("changes.jsonl");
    let change = json(changes.lines().next().unwrap());
    assert_eq!(
        (&change["change"], &change["outcome"]),
        (&"export".into(), &"written".into())
    );
    for (wrong, said) in [
        ("to = 'csv'\noutput = 'out'", "stand there"),
        ("to = 'sqlite'\noutput = 'corpus.toml'", "stand there"),
        ("to = 'csv'\noutput = 'tables/more'", "another export"),
        (
            "to = 'csv'\noutput = 'x'\nonly = ['nothing']",
            "no table nothing",
        ),
        ("to = 'xlsx'\noutput = 'x'\nbom = true", "csv alone"),
        ("to = 'word'\noutput = 'x'", "word"),
    ] {
        fs::write(at("corpus.toml"), format!("{corpus}[[export]]\n{wrong}\n")).unwrap();
        let output = refresh();
        assert_eq!(output.status.code(), Some(2), "{wrong}: {output:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains(said), "{wrong}: {message}");
    }
}

#[test]
fn what_a_night_that_died_behind_its_extraction_changed_is_told_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let requests = Arc::new(AtomicU32::new(8));
    let corpus = format!(
        "contact = 'mailto:a@b.example'\n[fetch]\ndelay = 0\nallow_private = ['127.0.0.1']\n[[source]]\nurls = ['{}']\n",
        serve_changing(Arc::clone(&requests))
    );
    fs::write(at("corpus.toml"), &corpus).unwrap();
    let refresh = |options: &[&str]| {
        let output = run(
            folder.path(),
            &[&["refresh", "corpus.toml"], options].concat(),
        );
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        fs::read_to_string(at("out/changes.jsonl")).unwrap()
    };
    refresh(&[]);
    let state = ["out/state/reported.json", "out/state/reported-000001.jsonl"];
    let before = state.map(|name| fs::read(at(name)).unwrap());
    requests.store(16, Ordering::SeqCst);
    assert!(refresh(&[]).contains("\"value\""));
    // As if the second night had died when its records stood there and its report did not.
    for (name, content) in state.iter().zip(before) {
        fs::write(at(name), content).unwrap();
    }
    fs::remove_file(at("out/nights/000002.replaced.jsonl")).unwrap();
    let told = refresh(&["--offline"]);
    let change = json(told.lines().next().unwrap());
    assert_eq!(change["change"], "value", "{told}");
    assert_eq!(
        (&change["old"]["value"], &change["new"]["value"]),
        (&8.into(), &16.into())
    );
    assert!(at("out/nights/000002.replaced.jsonl").exists());
    assert!(!refresh(&["--offline"]).contains("\"change\":\"value\""));
}

#[test]
fn a_refresh_makes_records_reports_and_tells_a_second_one_to_wait() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = format!(
        "contact = 'mailto:a@b.example'\n[fetch]\ndelay = 0\nallow_private = ['127.0.0.1']\n[[source]]\nurls = ['{}']\n",
        serve()
    );
    fs::write(folder.path().join("corpus.toml"), corpus).unwrap();
    for night in 1..=2 {
        let output = run(folder.path(), &["refresh", "corpus.toml"]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let report = fs::read_to_string(folder.path().join("out/report.md")).unwrap();
        assert!(
            report.starts_with(&format!("# Night {night}\n")),
            "{report}"
        );
    }
    let records = fs::read_to_string(folder.path().join("out/records.jsonl")).unwrap();
    assert_eq!(json(records.trim())["agency"]["name"], "来凤县林业局");
    let metrics = fs::read_to_string(folder.path().join("out/nianbao.prom")).unwrap();
    assert!(
        metrics.contains("nianbao_refresh_addresses{outcome=\"unchanged\"} 1"),
        "{metrics}"
    );
    let versions = run(
        folder.path(),
        &["refresh", "corpus.toml", "--versions", "林业局"],
    );
    assert_eq!(
        String::from_utf8(versions.stdout).unwrap().lines().count(),
        1
    );
    let lock = fs::File::create(folder.path().join("archive/lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(
        run(folder.path(), &["refresh", "corpus.toml"])
            .status
            .code(),
        Some(5)
    );
}
