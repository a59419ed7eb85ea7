//! Pages that are read together: a site's furniture that no page alone shows, reports split over several
//! pages, and the same bytes however the work is divided.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;
mod json_lines;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use command::nianbao;
use json_lines::lines;

const MENU: [&str; 5] = [
    "平安在线",
    "走进平安",
    "便民之窗",
    "招商热土，欢迎各地客商来我们这座山清水秀的小城走一走，看一看，坐一坐",
    "热词排行 旅游 社保 公积金",
];
const FOOTER: [&str; 3] = [
    "本网内容版权归平安在线所有，未经书面许可，任何媒体与个人不得转载其中的内容。",
    "平安在线技术组维护",
    "最佳分辨率一千零二十四乘七百六十八",
];
/// What reports of one host share with each other and must keep.
const SHARED: [&str; 6] = [
    "根据《中华人民共和国政府信息公开条例》要求,编制本报告。",
    "一、总体情况",
    "三、收费情况",
    "本年度未发生收费。",
    "我们将再接再厉。",
    "平安县财政局",
];

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let output = command::run(folder, arguments);
    let shown = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    output
}

fn records(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn counts(out: &Path) -> Value {
    let run: Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    run["counts"].clone()
}

fn result(out: &Path) -> (Vec<u8>, Vec<u8>) {
    (
        fs::read(out.join("records.jsonl")).unwrap(),
        fs::read(out.join("errors.jsonl")).unwrap(),
    )
}

/// All texts of a record's sections.
fn texts(record: &Value) -> Vec<String> {
    let sections = record["sections"].as_array().unwrap().iter();
    let mut texts = Vec::new();
    for section in sections {
        texts.extend(section["heading_line"].as_str().map(str::to_owned));
        let content = section["content"].as_array().unwrap().iter();
        texts.extend(content.filter_map(|piece| Some(piece["text"].as_str()?.to_owned())));
    }
    texts
}

fn body(number: usize) -> Vec<String> {
    let year = 2008 + number % 6;
    let agency = ["平安县财政局", "平安县林业局", "平安县民政局"][number % 4 % 3];
    [
        format!("{agency}{year}年政府信息公开工作年度报告"),
        "根据《中华人民共和国政府信息公开条例》要求，编制本报告。".into(),
        "一、总体情况".into(),
        format!("{year}年，我们一步一个脚印，第{number}种做法受到好评，群众比较满意。"),
        "二、依申请公开情况".into(),
        format!("本年度共收到申请{}件。", number + 3),
        "三、收费情况".into(),
        "本年度未发生收费。".into(),
        "四、下一步打算".into(),
        "我们将再接再厉。".into(),
        agency.into(),
        format!("{}年3月{}日", year + 1, number + 1),
    ]
    .into()
}

fn paragraphs<T: AsRef<str>>(lines: &[T]) -> String {
    let lines = lines.iter().map(|line| format!("<p>{}</p>", line.as_ref()));
    lines.collect()
}

/// A page of one of three templates, none of which tells the site's text from the report's.
fn page(number: usize) -> String {
    let body = body(number);
    let (menu, footer) = (MENU.join("<br>"), FOOTER.join("<br>"));
    let inside = match number % 3 {
        0 => paragraphs(&MENU) + &paragraphs(&body) + &paragraphs(&FOOTER),
        1 => format!(
            "<div>{menu}</div><div>{}</div><div>{footer}</div>",
            paragraphs(&body)
        ),
        _ => format!(
            "<table><tr><td>{menu}</td><td>{}</td></tr><tr><td colspan=2>{footer}</td></tr></table>",
            body.join("<br>")
        ),
    };
    format!("<html><body>{inside}</body></html>")
}

fn site(pages: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..pages {
        let name = format!("in/art_{}.html", 4_100 + number * 37);
        fs::write(folder.path().join(name), page(number)).unwrap();
    }
    folder
}

/// A split report of three pages in the manner of a content system, numbered from `first`.
fn split(folder: &Path, stem: &str, names: [&str; 3], links: bool, year: usize) {
    let parts = [
        vec![
            format!("平安县水务局{year}年政府信息公开工作年度报告"),
            "根据《中华人民共和国政府信息公开条例》要求，编制本报告。".into(),
            "一、总体情况".into(),
            "各科室分工明确，任务落实到人，全年没有发生泄密事件。".into(),
        ],
        vec![
            "二、依申请公开情况".into(),
            "本年度共收到申请12件。".into(),
            "三、收费情况".into(),
        ],
        vec![
            "本年度未发生收费，也没有减免费用的情况。".into(),
            "四、下一步打算".into(),
            "我局将把好审核关。".into(),
            format!("{}年3月1日", year + 1),
        ],
    ];
    for (part, name) in parts.iter().zip(names) {
        let links: String = names
            .iter()
            .filter(|_| links)
            .enumerate()
            .map(|(at, name)| format!("<a href=\"./{stem}{name}\">{}</a> ", at + 1))
            .collect();
        let page = format!(
            "<html><body><div>{}</div><div>{links}</div></body></html>",
            paragraphs(part)
        );
        fs::write(folder.join(format!("{stem}{name}")), page).unwrap();
    }
}

#[test]
fn what_a_site_repeats_is_furniture_and_what_its_reports_share_is_not() {
    let folder = site(12);
    let alone = records(&run(
        folder.path(),
        &["extract", "in", "--site-evidence", "off"],
    ));
    let leaks = |record: &Value| {
        let texts = texts(record).join("\n");
        let all = MENU.iter().chain(&FOOTER);
        all.filter(|line| texts.contains(&line.replace('，', ",")))
            .count()
    };
    assert!(
        alone.iter().all(|record| leaks(record) > 0),
        "pages alone do not show their furniture, or this proves nothing"
    );
    let together = records(&run(folder.path(), &["extract", "in"]));
    assert_eq!(together.len(), 12);
    for (record, alone) in together.iter().zip(&alone) {
        assert_eq!(leaks(record), 0, "{:#?}", texts(record));
        for field in ["title", "agency", "period", "published", "complete"] {
            assert_eq!(record[field], alone[field], "{field}");
        }
        assert_eq!(record["coverage"]["share"], 1);
        let texts = texts(record);
        for line in SHARED.iter().take(5) {
            assert!(texts.iter().any(|text| text == line), "{line}: {texts:#?}");
        }
        let agency = record["agency"]["name"].as_str().unwrap();
        assert!(texts.iter().any(|text| text == agency), "{texts:#?}");
    }
}

#[test]
fn few_pages_are_read_as_if_each_were_alone() {
    let folder = site(3);
    let together = run(folder.path(), &["extract", "in"]).stdout;
    let alone = run(folder.path(), &["extract", "in", "--site-evidence", "off"]).stdout;
    assert_eq!(together, alone);
}

#[test]
fn a_report_split_over_pages_is_one_record_that_says_which_page() {
    let folder = site(0);
    let inside = folder.path().join("in");
    split(
        &inside,
        "t20130301_77",
        [".html", "_1.html", "_2.html"],
        true,
        2012,
    );
    split(&inside, "nb-", ["1.html", "2.html", "3.html"], false, 2011);
    let output = run(folder.path(), &["extract", "in", "-o", "out"]);
    assert!(output.stdout.is_empty());
    let out = folder.path().join("out");
    let records = lines(&out.join("records.jsonl"));
    let paths: Vec<&str> = records
        .iter()
        .map(|record| record["source"]["path"].as_str().unwrap())
        .collect();
    // The second report has no links: its numbering goes on where the page before breaks off.
    assert_eq!(paths, ["in/nb-1.html", "in/t20130301_77.html"]);
    let whole = &records[1];
    assert_eq!(whole["kind"], "annual_report");
    assert_eq!(whole["period"]["year"], 2012);
    assert_eq!(whole["complete"], true);
    assert_eq!(whole["coverage"]["share"], 1);
    let pages = whole["source"]["pages"].as_array().unwrap();
    let names: Vec<&str> = pages
        .iter()
        .map(|page| page["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "in/t20130301_77.html",
            "in/t20130301_77_1.html",
            "in/t20130301_77_2.html"
        ]
    );
    assert_eq!(pages[0]["sha256"], whole["source"]["sha256"]);
    let numbers: Vec<&str> = whole["sections"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|section| section["number"].as_str())
        .collect();
    assert_eq!(numbers, ["一", "二", "三", "四"]);
    // The last paragraph of the third section stands on the third page.
    let third = &whole["sections"].as_array().unwrap()[3];
    assert_eq!(third["at"]["source_page"], 1);
    assert_eq!(third["content"][0]["at"]["source_page"], 2);
    let counts = counts(&out);
    assert_eq!(counts["seen"], 6);
    assert_eq!(counts["ok"], 6);
    assert_eq!(counts["joined"], 4);
    assert_eq!(counts["records"], 2);
    let alone = run(folder.path(), &["extract", "in", "--join-pages", "off"]);
    assert_eq!(self::records(&alone).len(), 6);
}

#[test]
fn other_reports_and_lists_are_not_joined() {
    let folder = site(0);
    let inside = folder.path().join("in");
    let links = "<a href=\"ndbg_1.html\">上一篇</a><a href=\"ndbg_2.html\">下一篇</a>\
                 <a href=\"index_1.html\">2</a><a href=\"index.html\">1</a>";
    // Two years of one column, with the same title and links to each other.
    for (name, year) in [("ndbg_1.html", 2012), ("ndbg_2.html", 2013)] {
        let mut lines = body(year - 2008);
        lines[0] = "平安县财政局政府信息公开工作年度报告".into();
        fs::write(
            inside.join(name),
            format!("<html><body>{}{links}</body></html>", paragraphs(&lines)),
        )
        .unwrap();
    }
    // A copy that a browser saved twice.
    fs::write(inside.join("copy.html"), page(4)).unwrap();
    fs::write(inside.join("copy(1).html"), page(4)).unwrap();
    // A list of two pages.
    for (name, from) in [("index.html", 2000), ("index_1.html", 2008)] {
        let items: String = (from..from + 8)
            .map(|year| {
                format!(
                    "<li><a href=\"a{year}.html\">平安县财政局{year}年政府信息公开年度报告</a></li>"
                )
            })
            .collect();
        fs::write(
            inside.join(name),
            format!("<html><body><ul>{items}</ul>{links}</body></html>"),
        )
        .unwrap();
    }
    let records = records(&run(folder.path(), &["extract", "in"]));
    for record in &records {
        assert_eq!(record["source"]["pages"], Value::Null);
    }
    let paths: BTreeSet<&str> = records
        .iter()
        .map(|record| record["source"]["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), 6);
}

/// A site of twelve pages and two split reports.
fn mixed() -> TempDir {
    let folder = site(12);
    let inside = folder.path().join("in");
    split(
        &inside,
        "t20130301_77",
        [".html", "_1.html", "_2.html"],
        true,
        2012,
    );
    split(
        &inside,
        "content_8",
        [".htm", "_2.htm", "_3.htm"],
        true,
        2010,
    );
    folder
}

#[test]
fn threads_order_shards_and_isolation_change_no_byte() {
    let folder = mixed();
    let whole = run(folder.path(), &["extract", "in", "-j", "1"]);
    assert_eq!(records(&whole).len(), 14);
    let two = run(folder.path(), &["extract", "in", "-j", "2"]);
    assert_eq!(two.stdout, whole.stdout);
    let mut names: Vec<String> = fs::read_dir(folder.path().join("in"))
        .unwrap()
        .map(|entry| format!("in/{}\n", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    names.sort_by_key(|name| name.bytes().rev().collect::<Vec<u8>>());
    let mut child = nianbao(folder.path(), &["extract", "--files-from", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(names.concat().as_bytes()).unwrap();
    drop(stdin);
    assert_eq!(child.wait_with_output().unwrap().stdout, whole.stdout);
    let mut shards: Vec<Value> = Vec::new();
    let mut seen = 0;
    for shard in ["1/3", "2/3", "3/3"] {
        let out = format!("out-{}", shard.replace('/', "-"));
        run(
            folder.path(),
            &["extract", "in", "--shard", shard, "-o", &out],
        );
        let out = folder.path().join(out);
        seen += counts(&out)["seen"].as_u64().unwrap();
        shards.extend(lines(&out.join("records.jsonl")));
    }
    assert_eq!(seen, 18);
    let path = |record: &Value| record["source"]["path"].as_str().unwrap().to_owned();
    shards.sort_by_key(path);
    let mut lines = records(&whole);
    lines.sort_by_key(path);
    assert_eq!(shards, lines);
    if cfg!(target_os = "linux") {
        let isolated = run(folder.path(), &["extract", "in", "--isolation", "always"]);
        assert_eq!(isolated.stdout, whole.stdout);
    }
}

#[test]
fn a_killed_run_ends_with_the_same_bytes_and_what_is_unchanged_is_taken_over() {
    let folder = mixed();
    let arguments = ["extract", "in", "-j", "2", "-o", "whole"];
    run(folder.path(), &arguments);
    let whole = folder.path().join("whole");
    let first = result(&whole);
    run(folder.path(), &arguments);
    assert_eq!(counts(&whole)["unchanged"], 18);
    assert_eq!(counts(&whole)["joined"], 4);
    assert_eq!(result(&whole), first);
    // A page of the same kind changes nothing of what the site repeats.
    fs::write(folder.path().join("in/art_9999.html"), page(30)).unwrap();
    run(folder.path(), &arguments);
    assert_eq!(counts(&whole)["unchanged"], 18);
    fs::remove_file(folder.path().join("in/art_9999.html")).unwrap();
    // A page of a split report changes its record alone.
    let page = folder.path().join("in/content_8_2.htm");
    let before = fs::read_to_string(&page).unwrap();
    fs::write(&page, before.replace("12件", "13件")).unwrap();
    run(folder.path(), &arguments);
    assert_eq!(counts(&whole)["unchanged"], 15);
    fs::write(&page, before).unwrap();
    for seed in 0u64..4 {
        let out = format!("out{seed}");
        let arguments = ["extract", "in", "-j", "2", "-o", &out];
        let mut child = nianbao(folder.path(), &arguments)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + seed * 60));
        let _ = child.kill();
        child.wait().unwrap();
        run(folder.path(), &arguments);
        assert_eq!(result(&folder.path().join(out)), first, "seed {seed}");
    }
}

#[test]
fn an_archive_of_the_pages_gives_the_same_reports() {
    let folder = mixed();
    let file = fs::File::create(folder.path().join("a.tar")).unwrap();
    let mut tar = tar::Builder::new(file);
    tar.append_dir_all("in", folder.path().join("in")).unwrap();
    tar.finish().unwrap();
    let texts_of = |records: Vec<Value>| {
        let mut all: Vec<Vec<String>> = records.iter().map(texts).collect();
        all.sort();
        all
    };
    let files = texts_of(records(&run(folder.path(), &["extract", "in"])));
    let archive = texts_of(records(&run(folder.path(), &["extract", "a.tar"])));
    assert_eq!(archive, files);
}

#[test]
fn hosts_of_an_archive_are_told_apart_by_their_addresses() {
    let folder = site(0);
    let mut warc = Vec::new();
    let mut add = |uri: String, page: String| {
        let message = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            message.len()
        );
        warc.extend([head, message, "\r\n\r\n".into()].concat().into_bytes());
    };
    for number in 0..8 {
        // The footer of many pages of one host is a sentence of one page of the others.
        add(
            format!("http://www.a.example/{}/art.html", number * 37),
            page(number * 3),
        );
        add(
            format!("http://www.b{number}.example/a.html"),
            page(number * 3 + 24),
        );
    }
    fs::write(folder.path().join("crawl.warc"), warc).unwrap();
    let records = records(&run(folder.path(), &["extract", "crawl.warc"]));
    assert_eq!(records.len(), 16);
    for record in records {
        let texts = texts(&record).join("\n");
        let of_a = record["source"]["uri"].as_str().unwrap().contains("www.a.");
        assert_eq!(texts.contains("平安在线技术组维护"), !of_a, "{texts}");
    }
}

#[test]
fn the_settings_have_origins() {
    let folder = site(0);
    let shown = run(
        folder.path(),
        &["config", "show", "--set", "join_pages=off"],
    )
    .stdout;
    let shown = String::from_utf8(shown).unwrap();
    let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("site_evidence = \"on\"").contains("# default"));
    assert!(line("join_pages = \"off\"").contains("# --set"));
}
