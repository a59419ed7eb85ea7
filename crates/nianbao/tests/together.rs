//! Documents that are read together through the library.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, its helpers too"
)]

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use nianbao::{Input, Record, Settings, extract_together};

fn dump(number: usize) -> String {
    format!(
        "平安在线\n便民之窗\n平安县第{number}中学2012年政府信息公开工作年度报告\n\n\
         根据《中华人民共和国政府信息公开条例》要求，编制本报告。\n一、概述\n\
         我校一步一个脚印，第{number}种做法受到好评，群众都说满意。\n二、统计\n\
         指标 |数量 |\n主动公开信息数 |12 |\n收到申请数 |{number} |\n同意公开数 |{number} |\n2013年3月{number}日\n\
         平安在线技术组维护\n最佳分辨率一千零二十四乘七百六十八\n"
    )
}

/// Six dumps of one site, and a report in two parts of another.
fn inputs() -> Vec<(Input, String)> {
    let mut inputs: Vec<(Input, String)> = (1..=6)
        .map(|number| (Input::named(format!("a/{number}00.txt")), dump(number)))
        .collect();
    inputs.push((
        Input::named("b/slj-1.txt"),
        "平安县水利局2012年政府信息公开工作年度报告\n\n一、概述\n本局认真履职。\n二、主动公开\n全年公开信息"
            .into(),
    ));
    inputs.push((
        Input::named("b/slj-2.txt"),
        "共计120条，比上年有所增加。\n三、申请\n本年度收到申请3件。\n2013年3月1日\n".into(),
    ));
    inputs
}

fn together(inputs: &[(Input, String)], settings: &Settings) -> BTreeMap<String, Vec<Record>> {
    let mut all = BTreeMap::new();
    extract_together(inputs, settings, 2, |input, result| {
        all.insert(input.path.clone(), result.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    all
}

fn text(record: &Record) -> String {
    let content = record.sections.iter().flat_map(|section| &section.content);
    let texts: Vec<&str> = content.filter_map(record::Content::text).collect();
    texts.join("\n")
}

#[test]
fn dumps_of_a_site_lose_its_text_and_parts_become_one_record() {
    let mut inputs = inputs();
    let found = together(&inputs, &Settings::default());
    for number in 1..=6 {
        let records = &found[&format!("a/{number}00.txt")];
        let text: String = records.iter().map(text).collect();
        assert!(!text.contains("平安在线"), "{text}");
        assert!(!text.contains("分辨率"), "{text}");
        assert!(text.contains("编制本报告"), "{text}");
        assert!(records.iter().any(|record| !record.tables.is_empty()));
    }
    let whole = &found["b/slj-1.txt"];
    assert_eq!(whole.len(), 1);
    assert_eq!(whole[0].source.pages.len(), 2);
    let numbers = whole[0]
        .sections
        .iter()
        .filter_map(|section| section.number.as_deref());
    assert_eq!(numbers.collect::<Vec<_>>(), ["一", "二", "三"]);
    assert!(found["b/slj-2.txt"].is_empty());
    inputs.reverse();
    assert_eq!(together(&inputs, &Settings::default()), found);
}

#[test]
fn settings_turn_it_off() {
    let mut settings = Settings::default();
    settings.site_evidence = false;
    settings.join_pages = false;
    for (path, records) in together(&inputs(), &settings) {
        let alone = inputs().into_iter().find(|(input, _)| input.path == path);
        let (input, bytes) = alone.unwrap();
        let alone = nianbao::extract(bytes.as_bytes(), &input, &settings).unwrap();
        assert_eq!(records, alone, "{path}");
    }
}
