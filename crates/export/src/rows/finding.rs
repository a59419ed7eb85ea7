//! `findings`, `review`, `warnings`: what rules say, what to look at, what a user should know.

use super::place::path;
use super::{Emit, Entry, source, who_and_when, who_and_when_of};
use crate::schema::{Kind, Table, may, must, of_report, place, position, report_id};
use crate::value::{Value, json, json_list, word};

pub(super) fn findings() -> Table {
    use Kind::{Category, Json, Number, Text};
    let mut columns = vec![report_id(), position("checks")];
    columns.extend(who_and_when());
    columns.extend([
        must("rule", Category, "Rule id of the codebook."),
        must(
            "status",
            Category,
            "pass, fail, or incomplete where a value that it needs is missing.",
        ),
        may("expected", Number, "What the rule expects."),
        may("found", Number, "What the report says."),
        must("message", Text, "A sentence for a person, in English."),
        must("message_zh", Text, "The same in Chinese."),
        may(
            "refs",
            Json,
            "The readings taken, by position in the record's `indicators`.",
        ),
        source(),
    ]);
    Table {
        name: "findings".into(),
        about: "One row for what one rule says of one report.".into(),
        columns,
        key: &["report_id", "position"],
        references: vec![of_report()],
    }
}

pub(super) fn review() -> Table {
    use Kind::{Category, Integer, Number, Text};
    Table {
        name: "review".into(),
        about: "What a person should look at first, the likeliest faults first.".into(),
        columns: vec![
            report_id(),
            position("review"),
            must(
                "about",
                Category,
                "check, indicator, agency, period, title or coverage.",
            ),
            may(
                "index",
                Integer,
                "Position in the record's list of that kind, from 0.",
            ),
            must("doubt", Number, "How likely it is wrong, 0 to 1."),
            must("message", Text, "A sentence for a person, in English."),
            must("message_zh", Text, "The same in Chinese."),
        ],
        key: &["report_id", "position"],
        references: vec![of_report()],
    }
}

pub(super) fn warnings() -> Table {
    Table {
        name: "warnings".into(),
        about: "What a user should know of a source.".into(),
        columns: vec![
            report_id(),
            position("warnings"),
            must("code", Kind::Category, "Stable code in snake case."),
            must("message", Kind::Text, "What happened and what to do."),
            source(),
            place(),
        ],
        key: &["report_id", "position"],
        references: vec![of_report()],
    }
}

pub(super) fn rows<E>(entry: &Entry<'_>, emit: &mut Emit<'_, E>) -> Result<(), E> {
    let record = entry.record;
    let id = Value::from(entry.id);
    for (position, check) in record.checks.iter().enumerate() {
        let mut values = vec![id.clone(), position.into()];
        values.extend(who_and_when_of(record));
        values.extend([
            (&check.rule).into(),
            word(&check.status),
            check.expected.into(),
            check.found.into(),
            (&check.message).into(),
            (&check.message_zh).into(),
            json_list(&check.refs),
            (&record.source.path).into(),
        ]);
        emit("findings", &values)?;
    }
    for (position, doubt) in record.review.iter().enumerate() {
        let values = [
            id.clone(),
            position.into(),
            word(&doubt.about),
            doubt.index.into(),
            doubt.doubt.into(),
            (&doubt.message).into(),
            (&doubt.message_zh).into(),
        ];
        emit("review", &values)?;
    }
    for (position, warning) in record.warnings.iter().enumerate() {
        let at = warning.at.as_ref();
        let values = [
            id.clone(),
            position.into(),
            (&warning.code).into(),
            (&warning.message).into(),
            path(record, at).into(),
            at.map_or(Value::Null, json),
        ];
        emit("warnings", &values)?;
    }
    Ok(())
}
