//! Marks inside of lines, one by one.

use super::*;

fn texts(source: &str) -> Vec<(String, usize)> {
    shown(source, &References::new())
        .into_iter()
        .map(|line| (line.text, line.bold_bytes))
        .collect()
}

fn text(source: &str) -> String {
    texts(source)
        .into_iter()
        .map(|(text, _)| text)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn marks_that_pair_go_and_others_stay() {
    for (source, expected) in [
        ("**主动公开。**全年", "主动公开。全年"),
        ("** 一、概述 **", "一、概述"),
        ("**一、****概述**", "一、概述"),
        ("***一、概述***", "一、概述"),
        ("*注*：见表", "注：见表"),
        ("*注：见表", "*注：见表"),
        (
            "电话138****1234、139****5678",
            "电话138****1234、139****5678",
        ),
        ("**市**局", "**市**局"),
        ("3*4=12，5*6=30", "3*4=12，5*6=30"),
        ("a_b_c", "a_b_c"),
        (r"1\. 概述 \*\_\[", "1. 概述 *_["),
        ("[2019]12号", "[2019]12号"),
        ("[注](略)", "[注](略)"),
        ("见[年报](/a(1).html \"题\")。", "见年报。"),
        ("[![图](/a.png)](/b.html)文", "文"),
        (
            "<http://a.gov.cn/>，受理 < 办结",
            "http://a.gov.cn/，受理 < 办结",
        ),
        ("一&nbsp;二&lt;三&无;", "一\u{a0}二<三&无;"),
        ("一<br/>二<font color=red>三</font>", "一\n二三"),
        ("`**一**`二", "**一**二"),
        ("`一", "`一"),
    ] {
        assert_eq!(text(source), expected, "{source}");
    }
}

#[test]
fn bold_may_run_over_lines() {
    assert_eq!(
        texts("**一、概述  \n全年**公开"),
        [("一、概述".to_owned(), 12), ("全年公开".to_owned(), 6)]
    );
}

#[test]
fn links_to_files_are_attachments() {
    let line = shown("[附件：统计表](./a.xls)", &References::new()).remove(0);
    assert_eq!(
        line.files,
        [("附件：统计表".to_owned(), "./a.xls".to_owned())]
    );
}
