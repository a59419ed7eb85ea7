//! What a person should look at first.

use record::{CheckStatus, Doubt, Kind, Number, Record, Subject};

/// How many doubts a record states at most.
const MOST: usize = 10;
/// What is surer than this needs no look.
const SURE: f64 = 0.85;
/// A broken identity is a slip of the report or of the reading: one of its figures is wrong in any case.
const BROKEN_CHECK: f64 = 0.95;

/// The doubts of a report, the likeliest faults first; of equals in the order of the record.
pub(super) fn doubts(record: &Record) -> Vec<Doubt> {
    if record.kind != Kind::AnnualReport {
        return Vec::new();
    }
    let mut doubts: Vec<Doubt> = of_metadata(record);
    let failing = record.checks.iter().enumerate();
    let failing = failing.filter(|(_, check)| check.status == CheckStatus::Fail);
    doubts.extend(failing.filter_map(|(index, check)| {
        Some(Doubt {
            about: Subject::Check,
            index: Some(index),
            doubt: Number::new(BROKEN_CHECK)?,
            message: check.message.clone(),
            message_zh: check.message_zh.clone(),
        })
    }));
    doubts.extend(of_indicators(record));
    doubts.sort_by(|a, b| b.doubt.get().total_cmp(&a.doubt.get()));
    doubts.truncate(MOST);
    doubts
}

/// Who and when: a report without them is in no panel.
fn of_metadata(record: &Record) -> Vec<Doubt> {
    let agency = record.agency.name.as_ref();
    let year = record.period.as_ref();
    let named = [
        (
            Subject::Agency,
            agency.cloned(),
            record.agency.confidence,
            ("agency", "机关"),
        ),
        (
            Subject::Period,
            year.map(|period| period.year.to_string()),
            year.and_then(|period| period.confidence),
            ("year", "年份"),
        ),
        (
            Subject::Title,
            record.title.clone(),
            record.title_confidence,
            ("title", "标题"),
        ),
    ];
    let mut doubts = Vec::new();
    for (about, value, confidence, (what, what_zh)) in named {
        let Some(value) = value else {
            // Many reports have no title; one without agency or year cannot be compared.
            if about != Subject::Title {
                doubts.extend(doubt(
                    about,
                    1.0,
                    format!("The {what} is not known from the source."),
                    format!("来源中未能确定{what_zh}。"),
                ));
            }
            continue;
        };
        let sure = confidence.map_or(1.0, Number::get);
        if sure < SURE {
            doubts.extend(doubt(
                about,
                1.0 - sure,
                format!("The {what} {value} is sure to {sure:.2} only."),
                format!("{what_zh}“{value}”的把握仅为{sure:.2}。"),
            ));
        }
    }
    if !record.coverage.is_whole() {
        doubts.extend(doubt(
            Subject::Coverage,
            1.0,
            "Some of the source's text stands in no record.".to_owned(),
            "来源的部分文字未进入任何记录。".to_owned(),
        ));
    }
    doubts
}

fn doubt(about: Subject, doubt: f64, message: String, message_zh: String) -> Option<Doubt> {
    Some(Doubt {
        about,
        index: None,
        doubt: Number::new((doubt * 1_000.0).round() / 1_000.0)?,
        message,
        message_zh,
    })
}

fn of_indicators(record: &Record) -> impl Iterator<Item = Doubt> {
    let unsure = record.indicators.iter().enumerate();
    unsure.filter_map(|(index, indicator)| {
        let sure = indicator.confidence?.get();
        if sure >= SURE {
            return None;
        }
        let found = doubt(
            Subject::Indicator,
            1.0 - sure,
            format!(
                "`{}` was read as {} {}: sure to {sure:.2} only.",
                indicator.label, indicator.id, indicator.raw
            ),
            format!(
                "“{}”读作{},原文为“{}”,把握仅为{sure:.2}。",
                indicator.label, indicator.id, indicator.raw
            ),
        )?;
        Some(Doubt {
            index: Some(index),
            ..found
        })
    })
}
