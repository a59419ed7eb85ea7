//! Laws that hold for any document.

use proptest::prelude::*;

use crate::notation;

const PIECES: [&str; 24] = [
    "2011年临江市水务局政府信息公开年度报告",
    "本报告根据《中华人民共和国政府信息公开条例》要求,由临江市水务局编制。",
    "一、概述",
    "二、主动公开情况",
    "三、存在的主要问题。",
    "一 概 述",
    "(一)加强领导。我局成立了领导小组。",
    "(二)完善制度",
    "1.公开不及时;",
    "2.内容不全。",
    "一是抓学习。二是抓制度。",
    "2011年,我局主动公开信息120条。二、依申请公开情况",
    "{table}",
    "{h2}总体情况",
    "{bold}工作打算",
    "{links}首页",
    "{aside}版权所有",
    "附表",
    "首先要明确,什么是公开...",
    "上一篇:通知",
    "- 3 -",
    "我委认真组织学习。",
    "某市政务公开工作报告",
    "临江市水务局 2012年2月",
];

/// Any number of the pieces above in any order, and arbitrary lines between them.
fn sources() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "[一二三(). 、。:0-9年a-z公开信息]{0,30}",
    ];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn every_visible_character_stands_in_one_place(source in sources()) {
        let document = notation::document(&source);
        let reports = notation::reports(&document);
        prop_assert_eq!(notation::conserved(&document, &reports), Ok(()));
    }

    #[test]
    fn the_same_document_gives_the_same_reports(source in sources()) {
        let document = notation::document(&source);
        prop_assert_eq!(notation::reports(&document), notation::reports(&document));
    }

    #[test]
    fn parents_stand_before_their_children_and_one_level_above(source in sources()) {
        let document = notation::document(&source);
        for report in notation::reports(&document) {
            for (index, section) in report.sections.iter().enumerate() {
                match section.parent {
                    Some(parent) => {
                        prop_assert!(parent < index);
                        prop_assert_eq!(report.sections[parent].level + 1, section.level);
                    }
                    None => prop_assert!(section.level <= 1),
                }
            }
        }
    }
}

const FIRST: &str = "2011年临江市水务局政府信息公开年度报告
本报告根据《中华人民共和国政府信息公开条例》要求,由临江市水务局编制。
一、概述
2011年,我局认真做好公开工作。
二、主动公开情况
(一)公开的内容。我局公开信息120条。
(二)公开的形式。我局通过网站公开。
三、存在的问题
1.公开不够及时。
2.内容不够全面。";

const SECOND: &str = "2012年云岭县教育局政府信息公开年度报告
本报告由云岭县教育局编制,统计期限为2012年1月1日至2012年12月31日。
一、基本情况
2012年,我局健全了制度。
二、依申请公开情况
我局收到申请3件。
三、收费情况
未收取费用。";

fn outlines(source: &str) -> Vec<Vec<(u32, Option<String>)>> {
    let document = notation::document(source);
    let reports = notation::reports(&document);
    reports
        .iter()
        .map(|report| {
            report
                .sections
                .iter()
                .map(|section| (section.level, section.heading.clone()))
                .collect()
        })
        .collect()
}

#[test]
fn two_reports_in_one_document_keep_their_outlines() {
    let apart: Vec<_> = [FIRST, SECOND].into_iter().flat_map(outlines).collect();
    assert_eq!(outlines(&format!("{FIRST}\n{SECOND}")), apart);
}

#[test]
fn furniture_around_a_report_leaves_its_outline_alone() {
    let page = format!(
        "{{links}}首页\n{{links}}政务公开\n当前位置:首页 > 信息公开\n{FIRST}\n上一篇:某通知\n{{links}}关于我们\n主办单位:某局 备案号:某ICP备0号"
    );
    assert_eq!(outlines(&page), outlines(FIRST));
}
