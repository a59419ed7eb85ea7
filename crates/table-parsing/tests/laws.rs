//! What holds for every document.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod support;

use proptest::prelude::*;

use support::{assert_covered, document, visible};

/// Lines that tables, captions, menus and prose are made of.
fn line() -> impl Strategy<Value = String> {
    let cell = prop::sample::select(vec![
        "指标",
        "单位",
        "数量",
        "信息内容",
        "本年新",
        "制作数量",
        "收件总数",
        "其中:当面收件数",
        "0",
        "17",
        "426 26",
        "条",
        "人次",
        "",
        "",
        "—",
        "第二十条第(一)项",
        "(一)予以公开",
        "一、新收数量",
        "12条",
    ]);
    let row = prop::collection::vec(cell.clone(), 1..6);
    prop_oneof![
        4 => cell.clone().prop_map(str::to_owned),
        4 => cell.clone().prop_map(|cell| format!("{cell} |")),
        1 => prop::collection::vec(cell, 10..40).prop_map(|cells| cells.join(" ")),
        3 => row.clone().prop_map(|cells| cells.join(" | ")),
        2 => row.clone().prop_map(|cells| format!("| {} |", cells.join(" | "))),
        1 => row.prop_map(|cells| cells.join("\\t")),
        1 => prop::sample::select(vec![
            "|", "|||", "附表1 收件情况统计 单位:条", "附表2:答复情况统计单位:件", "单位:件", "表3", "三、收件情况",
            "全年共收件17件。", "| 全年收到的申请均已按期答复,其中网络申请居多,信函申请次之,当面申请最少,办理的结果已按月登记,并由专人逐件核对后归档备查,未发现差错。 |", "首页 | 概况 | 新闻", "├──┼──┤", "|---|---|", "%%- 3 -", "注:按件统计",
        ]).prop_map(str::to_owned),
    ]
}

fn markup() -> impl Strategy<Value = String> {
    let cell = (0..4_u32, 0..5_u32, "[甲乙0-9]{0,3}")
        .prop_map(|(rows, columns, text)| format!("[{rows}x{columns}]{text}"));
    let row = prop_oneof![
        6 => prop::collection::vec(cell, 1..5).prop_map(|cells| cells.join(" & ")),
        1 => Just("===".to_owned()),
    ];
    prop::collection::vec(row, 1..8)
        .prop_map(|rows| format!("<table>\n{}\n</table>", rows.join("\n")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_is_lost_and_twice_is_once(
        lines in prop::collection::vec(prop_oneof![12 => line(), 1 => markup()], 0..40)
    ) {
        let before = document(&lines.join("\n"));
        let after = nianbao_table_parsing::parse_tables(before.clone());
        after.blocks.iter().filter_map(model::Block::grid).for_each(assert_covered);
        prop_assert_eq!(visible(&before), visible(&after));
        let again = nianbao_table_parsing::parse_tables(after.clone());
        prop_assert_eq!(after, again);
    }
}
