//! `nianbao check` as a user runs it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

mod command;

use std::fs;
use std::process::Output;

use command::run;

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
    let output = run(
        folder.path(),
        &["check", "out/records.jsonl", "--format", "tsv"],
    );
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

/// The lines of a call's stdout as JSON.
fn lines(output: &Output) -> Vec<serde_json::Value> {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// One agency's report of one year, in two files of which one has another figure.
fn twice() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let report = REPORT.replace("某县林业局", "广州市番禺区林业局");
    let corrected = report.replace("<td>9</td>", "<td>3</td>");
    fs::write(folder.path().join("in/a.html"), report).unwrap();
    fs::write(folder.path().join("in/b.html"), corrected).unwrap();
    let done = run(folder.path(), &["extract", "in", "-o", "out"]);
    assert_eq!(done.status.code(), Some(0));
    folder
}

#[test]
fn records_of_one_agency_and_year_are_compared_whatever_their_order() {
    let folder = twice();
    let output = run(folder.path(), &["check", "out"]);
    let findings = lines(&output);
    let own = &findings[0];
    assert_eq!(
        (&own["within"], &own["rule"]),
        (&"record".into(), &"F2.RECV".into())
    );
    let failing: Vec<_> = findings
        .iter()
        .filter(|finding| finding["within"] == "corpus" && finding["status"] == "fail")
        .collect();
    assert_eq!(failing.len(), 1, "{failing:?}");
    let twice = failing[0];
    assert_eq!(twice["rule"], "N.TWICE");
    assert_eq!(twice["region"], "440113");
    assert_eq!(
        (&twice["expected"], &twice["found"]),
        (&9.into(), &3.into())
    );
    let paths: Vec<_> = twice["refs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|taken| (&taken["path"], &taken["id"]))
        .collect();
    let id = "requests.received".into();
    assert_eq!(
        paths,
        [(&"in/a.html".into(), &id), (&"in/b.html".into(), &id)]
    );
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(said.contains("N.TWICE: 1 fail"), "{said}");
    assert!(said.ends_with("2 checks fail\n"), "{said}");

    let records = fs::read_to_string(folder.path().join("out/records.jsonl")).unwrap();
    let turned: Vec<&str> = records.lines().rev().collect();
    fs::write(folder.path().join("turned.jsonl"), turned.join("\n")).unwrap();
    let again = run(folder.path(), &["check", "turned.jsonl"]);
    assert_eq!(again.stdout, output.stdout);
    let written = run(
        folder.path(),
        &[
            "check",
            "out",
            "-o",
            "findings.jsonl",
            "--quiet",
            "--fail-on",
            "1",
        ],
    );
    assert_eq!(written.status.code(), Some(4));
    assert!(written.stderr.is_empty() && written.stdout.is_empty());
    let file = fs::read(folder.path().join("findings.jsonl")).unwrap();
    assert_eq!(file, output.stdout);
}

/// A record of the form of 2021: who, region's code, kind of body, year, and cells by indicator.
fn made(
    base: &serde_json::Value,
    (name, code, body, year): (&str, &str, &str, i16),
    scope: Option<&str>,
    cells: &[(&str, u32)],
) -> String {
    let mut record = base.clone();
    let id = format!("{name}{year}");
    record["id"] = id.clone().into();
    record["source"]["path"] = format!("{id}.html").into();
    record["agency"]["name"] = name.into();
    record["agency"]["body"] = body.into();
    record["agency"]["confidence"] = 0.9.into();
    record["agency"]["region"] = serde_json::json!({
        "province": "湖北省", "city": name.get(..9), "county": null, "code": code,
    });
    record["period"]["year"] = year.into();
    record["checks"] = serde_json::json!([]);
    let cells = cells.iter().enumerate().map(|(row, (indicator, value))| {
        serde_json::json!({
            "id": indicator, "label": "", "value": value, "status": "reported", "bound": "exact",
            "dims": scope.map_or_else(|| serde_json::json!({}), |scope| serde_json::json!({"scope": scope})),
            "unit": "件", "raw": value.to_string(), "form": "F4", "note": null,
            "from": {"table": "t1", "row": row, "col": 1},
        })
    });
    record["indicators"] = cells.collect();
    record.to_string()
}

#[test]
fn years_and_agencies_below_are_found_by_code() {
    let folder = extracted();
    let records = fs::read_to_string(folder.path().join("out/records.jsonl")).unwrap();
    let base = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    let city = |name, year| (name, "420600", "government", year);
    let records = [
        // Renamed under its code, two years on end; a third after a gap.
        made(
            &base,
            city("襄阳市人民政府", 2010),
            Some("jurisdiction"),
            &[("requests.carried_in", 9), ("requests.received", 100)],
        ),
        made(
            &base,
            city("襄樊市人民政府", 2009),
            Some("jurisdiction"),
            &[("requests.carried_out", 4)],
        ),
        made(
            &base,
            city("襄阳市人民政府", 2012),
            Some("jurisdiction"),
            &[("requests.carried_in", 1)],
        ),
        made(
            &base,
            ("襄阳市财政局", "420600", "department", 2010),
            None,
            &[("requests.received", 60)],
        ),
        made(
            &base,
            ("襄城区人民政府", "420602", "government", 2010),
            None,
            &[("requests.received", 41)],
        ),
        // Another city's, and the same city's of another year.
        made(
            &base,
            ("荆门市财政局", "420800", "department", 2010),
            None,
            &[("requests.received", 500)],
        ),
        made(
            &base,
            ("襄阳市财政局", "420600", "department", 2011),
            None,
            &[("requests.received", 500)],
        ),
    ];
    fs::write(folder.path().join("made.jsonl"), records.join("\n")).unwrap();
    let findings = lines(&run(folder.path(), &["check", "made.jsonl"]));
    let said: Vec<_> = findings
        .iter()
        .map(|finding| {
            (
                finding["rule"].as_str().unwrap(),
                finding["year"].as_i64().unwrap(),
                finding["status"].as_str().unwrap(),
                finding["expected"].as_f64().unwrap(),
                finding["refs"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("F34.XYEAR.CARRY", 2010, "fail", 4.0, 2),
            ("F34.AGG", 2010, "pass", 101.0, 3),
        ],
        "{findings:#?}"
    );
}

/// The same record, saying in words whose figures it holds.
fn saying(record: &str, scope: &str) -> String {
    let mut record: serde_json::Value = serde_json::from_str(record).unwrap();
    record["scope"] = serde_json::json!({"id": scope, "quote": "", "at": null});
    record.to_string()
}

#[test]
fn what_a_report_says_of_itself_decides_what_it_is_held_against() {
    let folder = extracted();
    let records = fs::read_to_string(folder.path().join("out/records.jsonl")).unwrap();
    let base = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    let city = |year, cells: &[(&str, u32)]| {
        let who = ("襄阳市人民政府", "420600", "government", year);
        made(&base, who, None, cells)
    };
    let bureau = |name, received| {
        let who = (name, "420600", "department", 2010);
        made(&base, who, None, &[("requests.received", received)])
    };
    let sums = "jurisdiction";
    let records = [
        // A bureau by two of its names.
        made(
            &base,
            ("襄阳市发改局", "420600", "department", 2013),
            None,
            &[("requests.carried_out", 3)],
        ),
        made(
            &base,
            ("襄阳市发展和改革局", "420600", "department", 2014),
            None,
            &[("requests.carried_in", 9)],
        ),
        // A sum beside a year that says nothing, then beside one of its own level.
        city(2009, &[("requests.carried_out", 4)]),
        saying(
            &city(
                2010,
                &[
                    ("requests.carried_in", 9),
                    ("requests.received", 300),
                    ("requests.carried_out", 5),
                ],
            ),
            sums,
        ),
        saying(&city(2011, &[("requests.carried_in", 1)]), "own_level"),
        bureau("襄阳市财政局", 60),
        bureau("襄阳市教育局", 41),
    ];
    fs::write(folder.path().join("made.jsonl"), records.join("\n")).unwrap();
    let findings = lines(&run(folder.path(), &["check", "made.jsonl"]));
    let said: Vec<_> = findings
        .iter()
        .map(|finding| {
            let word = |key: &str| finding[key].as_str().unwrap().to_owned();
            (
                word("rule"),
                finding["year"].as_i64().unwrap(),
                word("status"),
            )
        })
        .collect();
    let wanted = [
        ("F34.XYEAR.CARRY", 2010, "fail"),
        ("F34.AGG", 2010, "incomplete"),
        ("F34.XYEAR.CARRY", 2014, "fail"),
    ];
    let wanted = wanted.map(|(rule, year, status)| (rule.to_owned(), year, status.to_owned()));
    assert_eq!(said, wanted, "{findings:#?}");
}

#[test]
fn an_agency_that_is_not_known_is_not_matched() {
    let folder = extracted();
    let findings = lines(&run(folder.path(), &["check", "out"]));
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings.iter().all(|finding| finding["within"] == "record"));
}

#[test]
fn doubts_of_all_records_stand_in_one_queue() {
    let folder = extracted();
    let all = lines(&run(folder.path(), &["check", "out", "--review"]));
    let doubts: Vec<f64> = all
        .iter()
        .map(|queued| queued["doubt"]["doubt"].as_f64().unwrap())
        .collect();
    assert!(
        doubts.len() > 1 && doubts.is_sorted_by(|a, b| a >= b),
        "{doubts:?}"
    );
    let first = lines(&run(folder.path(), &["check", "out", "--review", "1"]));
    assert_eq!(first, all[..1]);
    for name in ["record", "path", "agency", "year", "doubt"] {
        assert!(first[0].get(name).is_some(), "{name}");
    }
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
