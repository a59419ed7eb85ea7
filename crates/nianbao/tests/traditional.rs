//! A report in traditional characters is read like any other and shown as it is written.

const PAGE: &str = "臨海市檔案局2009年度政府信息公開年度報告
本報告根據《中華人民共和國政府信息公開條例》要求,由臨海市檔案局編製。
一、概述
2009年,我局認真開展政府信息公開工作。
二、政府信息主動公開情況
2009年,我局主動公開政府信息126條。
附表1 主動公開情況統計 單位:條
指標 |
數量 |
主動公開信息數 |
126 |
";

#[test]
fn traditional_characters_are_matched_and_kept() {
    let input = nianbao::Input::named("page.txt");
    let records = nianbao::extract(PAGE.as_bytes(), &input, &nianbao::Settings::default()).unwrap();
    let [report] = records.as_slice() else {
        panic!("{} records", records.len())
    };
    assert_eq!(
        report.title.as_deref(),
        Some("臨海市檔案局2009年度政府信息公開年度報告")
    );
    assert_eq!(report.agency.name.as_deref(), Some("臨海市檔案局"));
    assert_eq!(report.agency.region.code.as_deref(), Some("331082"));
    let headings: Vec<_> = report
        .sections
        .iter()
        .filter_map(|s| s.heading.as_deref())
        .collect();
    assert_eq!(headings, ["概述", "政府信息主動公開情況"]);
    assert_eq!(
        report.sections.last().and_then(|s| s.canonical.as_deref()),
        Some("proactive")
    );
    assert_eq!(report.tables[0].rows[1], ["主動公開信息數", "126"]);
    let ids: Vec<_> = report.indicators.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(
        ids,
        ["disclosure.proactive.items", "disclosure.proactive.items"]
    );
    assert!(report.coverage.is_whole());
}
