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

/// How the reports below number their two levels.
const SCHEMES: [[&[&str]; 2]; 5] = [
    [
        &["一、", "二、", "三、", "四、", "五、"],
        &["(一)", "(二)", "(三)"],
    ],
    [&["一 ", "二 ", "三 ", "四 ", "五 "], &["1.", "2.", "3."]],
    [
        &[
            "第一部分 ",
            "第二部分 ",
            "第三部分 ",
            "第四部分 ",
            "第五部分 ",
        ],
        &["一、", "二、", "三、"],
    ],
    [
        &["(一)", "(二)", "(三)", "(四)", "(五)"],
        &["1、", "2、", "3、"],
    ],
    [&["1、", "2、", "3、", "4、", "5、"], &["(1)", "(2)", "(3)"]],
];
const HEADINGS: [&str; 5] = [
    "基本情况",
    "主动公开情况",
    "依申请公开情况",
    "复议、诉讼情况",
    "存在的主要问题和改进措施",
];
const PARTS: [&str; 3] = ["抓好制度落实", "加强业务培训", "畅通公开渠道"];
const MENU: [&str; 6] = [
    "{links}首页",
    "{links}政务公开",
    "当前位置:首页 > 信息公开",
    "{aside}搜索",
    "打印本页",
    "长者版 无障碍阅读",
];
const FOOTER: [&str; 5] = [
    "上一篇:某通知",
    "{links}关于我们",
    "{aside}版权所有",
    "主办单位:某局 备案号:某ICP备0号",
    "返回顶部",
];

/// A report with a title: agency, year, numbering, and which of its sections have parts.
fn report() -> impl Strategy<Value = String> {
    let agency = prop::sample::select(vec![
        "临江市水务局",
        "云岭县教育局",
        "清河区审计局",
        "安平县民政局",
    ]);
    let parts = prop::collection::vec(prop::bool::ANY, 3..=5);
    (agency, 2008..2024_u32, 0..SCHEMES.len(), parts).prop_map(|(agency, year, scheme, parts)| {
        let [outer, inner] = SCHEMES[scheme];
        let mut lines = vec![
            format!("{agency}{year}年政府信息公开年度报告"),
            format!("本报告根据《中华人民共和国政府信息公开条例》要求,由{agency}编制。"),
        ];
        for (index, parted) in parts.iter().enumerate() {
            lines.push(format!("{}{}", outer[index], HEADINGS[index]));
            if *parted {
                for (number, part) in inner.iter().zip(PARTS) {
                    lines.push(format!("{number}{part}"));
                    lines.push("我局安排专人负责,按季度检查并通报结果。".to_owned());
                }
            } else {
                lines.push(format!(
                    "{year}年,我局按照要求做好公开工作,办理有关事项12件。"
                ));
            }
        }
        lines.join("\n")
    })
}

fn some_of(lines: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::subsequence(lines, 0..=lines.len()).prop_map(|lines| lines.join("\n"))
}

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

proptest! {
    #[test]
    fn a_report_has_the_outline_of_its_numbers(report in report()) {
        let found = outlines(&report);
        prop_assert_eq!(found.len(), 1);
        let wanted = report.lines().filter(|line| {
            HEADINGS.iter().chain(&PARTS).any(|heading| line.ends_with(heading))
        });
        prop_assert_eq!(found[0].len(), wanted.count() + 1);
    }

    #[test]
    fn furniture_around_a_report_leaves_its_outline_alone(
        menu in some_of(&MENU),
        report in report(),
        footer in some_of(&FOOTER),
    ) {
        prop_assert_eq!(outlines(&format!("{menu}\n{report}\n{footer}")), outlines(&report));
    }

    #[test]
    fn two_reports_in_one_document_keep_their_outlines(first in report(), second in report()) {
        let apart: Vec<_> = [&first, &second].into_iter().flat_map(|one| outlines(one)).collect();
        prop_assert_eq!(outlines(&format!("{first}\n{second}")), apart);
    }

    #[test]
    fn asking_why_changes_nothing(source in sources()) {
        let document = notation::document(&source);
        let codebook = codebook::Codebook::builtin();
        let (reports, explanation) = nianbao_section_segmentation::explain(&document, codebook);
        prop_assert_eq!(explanation.outlines.len(), reports.len());
        prop_assert_eq!(notation::reports(&document), reports);
    }
}
