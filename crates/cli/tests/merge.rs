//! `nianbao merge`: shards joined are what one run would have written, or are refused with a reason. And names in a
//! pipe: the lines that a run would have written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;
#[allow(dead_code, reason = "these tests need some of its files")]
mod hostile;
mod json_lines;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use command::{nianbao, run};
use json_lines::lines;

/// What must be the same to the byte.
const FILES: [&str; 3] = ["records.jsonl", "errors.jsonl", "documents.jsonl"];

fn report(number: usize) -> String {
    format!(
        "<h1>某县林业局2012年政府信息公开工作年度报告</h1><p>一、概述</p><p>{}</p><p>二、主动公开情况</p>\
         <p>本年度主动公开信息{number}条。</p>",
        format!("第{number}页说明公开工作的做法。").repeat(10)
    )
}

/// The first and a later page of a report.
fn pages(number: usize) -> [String; 2] {
    [
        format!(
            "<h1>某市{number}号局2011年政府信息公开工作年度报告</h1><p>一、概述</p><p>本局公开了信息。</p>\
             <p>二、主动公开情况</p><p>主动公开{number}条。</p>"
        ),
        format!(
            "<p>三、依申请公开情况</p><p>收到申请{number}件。</p><p>四、存在的问题</p><p>公开不够。</p>"
        ),
    ]
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn warc(path: &Path, documents: &[(String, String)]) {
    let mut bytes = Vec::new();
    for (uri, text) in documents {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {uri}\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\n\r\n",
            text.len()
        );
        bytes.extend([head.as_bytes(), text.as_bytes(), b"\r\n\r\n"].concat());
    }
    fs::write(path, bytes).unwrap();
}

fn zip(path: &Path, entries: &[(&str, Vec<u8>)]) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// Everything at once: the corpus, a site with furniture, split reports in files and in archives, archives in
/// archives, names of any kind, and files that cannot be read.
fn inputs() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("in");
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus"),
        &inside,
    );
    let write = |name: &str, bytes: &[u8]| {
        let path = inside.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for number in 0..12 {
        let menu = "<div>走进平安</div><div>便民之窗</div><div>招商热土</div>";
        write(
            &format!("site/t{number}.html"),
            format!("{menu}{}<div>平安在线技术组维护</div>", report(number)).as_bytes(),
        );
    }
    for number in 0..4 {
        let [first, second] = pages(number);
        write(&format!("split/t{number}_77.html"), first.as_bytes());
        write(&format!("split/t{number}_77_1.html"), second.as_bytes());
    }
    let uri = |name: &str| format!("http://www.a.gov.cn/{name}.html");
    let mut documents: Vec<(String, String)> = (0..9)
        .map(|number| (uri(&format!("w{number}")), report(number)))
        .collect();
    let [first, second] = pages(7);
    documents.insert(2, (uri("t9_5_1"), second));
    documents.insert(5, (uri("t9_5"), first));
    // A report whose pages are in two archives.
    let [first, second] = pages(8);
    documents.push((uri("t8_6"), first));
    warc(&inside.join("crawl.warc"), &documents);
    warc(&inside.join("later.warc"), &[(uri("t8_6_1"), second)]);
    let nested = tempfile::NamedTempFile::new().unwrap();
    zip(
        nested.path(),
        &[
            ("z.html", report(50).into_bytes()),
            ("a.html", report(51).into_bytes()),
        ],
    );
    zip(
        &inside.join("b.zip"),
        &[
            ("z.html", report(40).into_bytes()),
            ("nested.zip", fs::read(nested.path()).unwrap()),
            ("a.html", report(41).into_bytes()),
            ("empty.html", Vec::new()),
        ],
    );
    write("b.zip!/looks like an entry.html", report(60).as_bytes());
    write("back\\slash.html", report(61).as_bytes());
    write("bad/empty.html", b"");
    write("bad/broken.zip", b"PK");
    write("bad/cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat");
    let noise = (0u32..4_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8);
    write("bad/noise.bin", &noise.collect::<Vec<u8>>());
    for number in 0..6 {
        write(
            &format!("bad/{number}.pdf"),
            &hostile::mutated(&hostile::report(3), number),
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"b\xFFd.html");
        fs::write(inside.join(name), report(62)).unwrap();
        std::os::unix::net::UnixListener::bind(inside.join("socket")).unwrap();
    }
    folder
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What was said, and that it ended so.
fn said(output: &Output, expected: i32) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(code(output), expected, "{said}");
    said
}

fn read(folder: &Path, out: &str, name: &str) -> Vec<u8> {
    fs::read(folder.join(out).join(name)).unwrap()
}

fn summary(folder: &Path, out: &str) -> Value {
    serde_json::from_slice(&read(folder, out, "run.json")).unwrap()
}

fn assert_same(folder: &Path, one: &str, two: &str) {
    for name in FILES {
        let (one, two) = (read(folder, one, name), read(folder, two, name));
        let line = one.split(|b| *b == b'\n').zip(two.split(|b| *b == b'\n'));
        let line = line.filter(|(one, two)| one != two).map(|(one, two)| {
            [one, two]
                .map(|line| String::from_utf8_lossy(&line[..line.len().min(300)]).into_owned())
        });
        assert!(one == two, "{name}: {:?}", line.take(1).collect::<Vec<_>>());
    }
    let (mut one, mut two) = (summary(folder, one), summary(folder, two));
    for run in [&mut one, &mut two] {
        let run = run.as_object_mut().unwrap();
        assert!(run.remove("seconds").unwrap()["total"].as_f64().unwrap() > 0.0);
        assert!(run.remove("jobs").unwrap().as_u64().unwrap() > 0);
    }
    assert_eq!(one, two);
}

/// Extracts all shards, and names their folders.
fn shards(folder: &Path, count: usize, by: &str) -> Vec<String> {
    let shards = (1..=count).map(|index| {
        let out = format!("{by}-{index}-{count}");
        let shard = format!("{index}/{count}");
        let output = run(
            folder,
            &[
                "extract",
                "in",
                "--shard",
                &shard,
                "--shard-by",
                by,
                "-o",
                &out,
            ],
        );
        assert!(matches!(code(&output), 0 | 3), "{}", said(&output, 0));
        out
    });
    shards.collect()
}

fn merge(folder: &Path, parts: &[String], out: &str) -> Output {
    let mut arguments = vec!["merge"];
    arguments.extend(parts.iter().map(String::as_str));
    arguments.extend(["-o", out]);
    run(folder, &arguments)
}

#[test]
fn shards_merged_are_what_one_run_would_have_written() {
    let folder = inputs();
    let folder = folder.path();
    said(&run(folder, &["extract", "in", "-o", "whole"]), 3);
    let counts = summary(folder, "whole")["counts"].clone();
    assert_eq!(counts["joined"], 6, "{counts}");
    assert!(counts["failed"].as_u64().unwrap() >= 6, "{counts}");
    let listed = lines(&folder.join("whole/documents.jsonl"));
    let sum = |name: &str| -> u64 { listed.iter().map(|line| line[name].as_u64().unwrap()).sum() };
    for (of, name) in [
        ("seen", "pages"),
        ("records", "records"),
        ("errors", "errors"),
    ] {
        assert_eq!(counts[of], sum(name), "{name}");
    }
    for (count, by) in [
        (3, "document"),
        (3, "file"),
        (7, "document"),
        (1, "document"),
    ] {
        let mut parts = shards(folder, count, by);
        let sizes = parts
            .iter()
            .map(|part| summary(folder, part)["counts"]["seen"].as_u64().unwrap());
        assert_eq!(Some(sizes.sum()), counts["seen"].as_u64());
        parts.reverse();
        let out = format!("merged-{by}-{count}");
        said(&merge(folder, &parts, &out), 3);
        assert_same(folder, "whole", &out);
    }
}

#[test]
fn what_no_run_could_have_written_is_refused_and_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("in")).unwrap();
    for number in 0..12 {
        fs::write(folder.join(format!("in/{number}.html")), report(number)).unwrap();
    }
    let parts = shards(folder, 3, "document");
    said(&merge(folder, &parts, "out"), 0);
    let before = FILES.map(|name| read(folder, "out", name));
    let extract = |arguments: &[&str]| {
        said(&run(folder, &[&["extract"], arguments].concat()), 0);
    };
    let refused = |parts: &[&str], expected: i32, words: &[&str]| {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let said = said(&merge(folder, &parts, "out"), expected);
        for word in words {
            assert!(said.contains(word), "{word} is not in {said}");
        }
        assert_eq!(FILES.map(|name| read(folder, "out", name)), before);
        let drafts = fs::read_dir(folder.join("out/state")).unwrap();
        let drafts = drafts.filter(|entry| {
            entry
                .as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .ends_with(".draft")
        });
        assert_eq!(drafts.count(), 0);
    };
    let [one, two, three] = [0, 1, 2].map(|index| parts[index].as_str());
    refused(&[one, three], 1, &["of 3 shards these are missing: 2"]);
    refused(&[one], 1, &["missing: 2, 3"]);
    refused(&[one, two, three, one], 1, &["both shard 1 of 3"]);
    refused(&[one, two, three, "in"], 1, &["in: no run has ended here"]);
    refused(&[one, two, three, "out"], 2, &["a part and the output"]);

    extract(&[
        "in",
        "--shard",
        "2/3",
        "--set",
        "keywords=1",
        "-o",
        "settings",
    ]);
    refused(
        &[one, "settings", three],
        1,
        &["keywords is 10 there and 1 here"],
    );
    extract(&["in", "--shard", "2/4", "-o", "four"]);
    refused(
        &[one, "four", three],
        1,
        &["the number of shards is 3 there and 4 here"],
    );
    extract(&["in", "--shard", "2/3", "--shard-by", "file", "-o", "file"]);
    refused(&[one, "file", three], 1, &["--shard-by"]);
    extract(&["in", "-o", "alone"]);
    refused(
        &[one, "alone", three],
        1,
        &["the number of shards is 3 there and null here"],
    );
    let profile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles/final-accounts");
    let profile = profile.to_str().unwrap();
    extract(&[
        "in",
        "--shard",
        "2/3",
        "--profile",
        profile,
        "-o",
        "profile",
    ]);
    refused(&[one, "profile", three], 1, &["the codebook"]);
    let copied = |of: &str, to: &str, change: &dyn Fn(&mut Value)| {
        copy(&folder.join(of), &folder.join(to));
        let mut run = summary(folder, to);
        change(&mut run);
        fs::write(folder.join(to).join("run.json"), run.to_string()).unwrap();
    };
    copied(two, "version", &|run| run["version"] = "0.0.9".into());
    refused(&[one, "version", three], 1, &["version", "0.0.9"]);

    fs::write(folder.join("in/12.html"), report(12)).unwrap();
    extract(&["in", "--shard", "2/3", "-o", "more"]);
    refused(
        &[one, "more", three],
        1,
        &["inputs is 12 there and 13 here"],
    );
    fs::rename(folder.join("in/12.html"), folder.join("in/0.html")).unwrap();
    let other = report(0)
        .replace("概述", "总体情况")
        .replace("第0页", "<div>走进平安</div>");
    for number in 0..12 {
        fs::write(
            folder.join(format!("in/{number}.html")),
            format!("{other}<div>技术组维护</div>"),
        )
        .unwrap();
    }
    extract(&["in", "--shard", "2/3", "-o", "changed"]);
    refused(
        &[one, "changed", three],
        1,
        &["what the inputs say of each other"],
    );

    // Damage: a record too few, one too many, a torn list.
    let damaged = |name: &str, file: &str, change: &dyn Fn(&mut Vec<u8>)| {
        copy(&folder.join(two), &folder.join(name));
        let path = folder.join(name).join(file);
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
        let place = format!("{name}/");
        refused(&[one, name, three], 1, &[&place, "extract this part again"]);
    };
    damaged("cut", "records.jsonl", &|bytes| {
        bytes.truncate(bytes.len() - 1);
    });
    damaged("long", "records.jsonl", &|bytes| bytes.extend(b"{}\n"));
    damaged("torn", "documents.jsonl", &|bytes| {
        bytes.truncate(bytes.len() - 9);
    });
    damaged("short", "documents.jsonl", &|bytes| {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
        bytes.drain(..=end);
    });
    let again = |run: &mut Value| run["shard"]["index"] = 3.into();
    copied(two, "again", &again);
    refused(
        &[one, two, "again"],
        1,
        &["it is in ", "a document can be in one part alone"],
    );
    let lock = File::create(folder.join(two).join("state/lock")).unwrap();
    lock.lock().unwrap();
    refused(&[one, two, three], 5, &["another run is at work"]);
    drop(lock);
    fs::remove_dir_all(folder.join(two).join("state")).unwrap();
    said(&merge(folder, &parts, "out"), 0);
}

#[test]
fn lists_that_were_read_apart_are_merged_where_no_page_depends_on_others() {
    let folder = inputs();
    let folder = folder.path();
    let alone = ["--site-evidence", "off", "--join-pages", "off"];
    let extract = |inputs: &[&str], out: &str, more: &[&str]| {
        let output = run(folder, &[&["extract"], inputs, &["-o", out], more].concat());
        assert!(matches!(code(&output), 0 | 3), "{}", said(&output, 0));
    };
    extract(&["in/site", "in/split", "in/crawl.warc"], "whole", &alone);
    extract(&["in/split", "in/crawl.warc"], "one", &alone);
    extract(&["in/site"], "two", &alone);
    let parts = ["one".to_owned(), "two".to_owned()];
    said(&merge(folder, &parts, "out"), 0);
    assert_same(folder, "whole", "out");
    extract(&["in/split", "in/site/t3.html"], "overlap", &alone);
    let said_of = said(&merge(folder, &["two".into(), "overlap".into()], "no"), 1);
    assert!(
        said_of.contains("in/site/t3.html: it is in two and in overlap"),
        "{said_of}"
    );
    extract(&["in/split"], "one", &[]);
    extract(&["in/site"], "two", &[]);
    let said_of = said(&merge(folder, &parts, "no"), 1);
    assert!(said_of.contains("--site-evidence off"), "{said_of}");
}

fn filter(folder: &Path, names: &[u8], more: &[&str]) -> Output {
    let mut child = nianbao(folder, &[&["extract", "--filter"], more].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let names = names.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&names));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

#[test]
fn a_filter_answers_each_name_with_the_lines_of_a_run() {
    let folder = inputs();
    let folder = folder.path();
    let alone = ["--site-evidence", "off", "--join-pages", "off"];
    let whole = [&["extract", "in", "-o", "whole"], &alone[..]].concat();
    said(&run(folder, &whole), 3);
    let answered = filter(folder, b"in\n", &["-j", "2"]);
    said(&answered, 0);
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for line in answered.stdout.split_inclusive(|byte| *byte == b'\n') {
        let value: Value = serde_json::from_slice(line).unwrap();
        let to = if value.get("code").is_some() {
            &mut errors
        } else {
            &mut records
        };
        to.extend_from_slice(line);
    }
    assert_eq!(records, read(folder, "whole", "records.jsonl"));
    assert_eq!(errors, read(folder, "whole", "errors.jsonl"));

    // Names in any order, one of them twice, one that is not there.
    let names = [
        "in/site/t3.html",
        "gone.html",
        "in/b.zip",
        "in/site/t3.html",
    ];
    let answered = filter(folder, names.join("\0").as_bytes(), &["-0", "-j", "1"]);
    said(&answered, 0);
    let paths: Vec<String> = String::from_utf8(answered.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            let path = value.pointer("/source/path").or(value.get("path"));
            path.unwrap().as_str().unwrap().to_owned()
        })
        .collect();
    let expected = [
        "in/site/t3.html",
        "gone.html",
        "in/b.zip!/z.html",
        "in/b.zip!/nested.zip!/z.html",
        "in/b.zip!/nested.zip!/a.html",
        "in/b.zip!/a.html",
        "in/b.zip!/empty.html",
        "in/site/t3.html",
    ];
    assert_eq!(paths, expected);
    let output = run(folder, &["extract", "in", "--filter"]);
    said(&output, 2);
}
