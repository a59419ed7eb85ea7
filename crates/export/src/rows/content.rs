//! `sections`, `content`, `quantities`: the outline, its text piece by piece, and the numbers in prose.

use record::{Content, section_text};

use super::place::{Places, content_at, path};
use super::{Emit, Entry, source, who_and_when, who_and_when_of};
use crate::schema::{Kind, Reference, Table, may, must, of_report, place, position, report_id};
use crate::value::{Value, json, word};

/// That rows belong to a section.
const OF_SECTION: Reference = Reference {
    columns: &["report_id", "section"],
    table: "sections",
    foreign: &["report_id", "section"],
};

pub(super) fn sections() -> Table {
    use Kind::{Category, Integer, Text};
    let mut columns = vec![
        report_id(),
        must(
            "section",
            Category,
            "Id of the section in its report, in reading order.",
        ),
    ];
    columns.extend(who_and_when());
    columns.extend([
        may("parent", Category, "Id of the section that it is a part of."),
        must("level", Integer, "Depth, from 1; 0 for text before the first heading."),
        may("number", Text, "The heading's number as written."),
        may("heading", Text, "The heading without its number."),
        may("heading_line", Text, "Number and heading as they stand in the text."),
        may("canonical", Category, "Id of the section lexicon."),
        must("text", Text, "Its paragraphs and items, joined by one line end each; `char_start` and `char_end` count in it."),
        source(),
        place(),
    ]);
    Table {
        name: "sections".into(),
        about: "One row a section of a report's outline.".into(),
        columns,
        key: &["report_id", "section"],
        references: vec![of_report()],
    }
}

pub(super) fn content() -> Table {
    use Kind::{Category, Text};
    Table {
        name: "content".into(),
        about: "One row a paragraph, item, table or picture of a section, in order.".into(),
        columns: vec![
            report_id(),
            must("section", Category, "Id of the section."),
            position("`content` of the section"),
            must("type", Category, "paragraph, item, table or picture."),
            may("number", Text, "Number of an item as written."),
            may(
                "marker",
                Text,
                "The number with what parts it from the text.",
            ),
            may(
                "text",
                Text,
                "The text of a paragraph or item; the alternative text of a picture.",
            ),
            may("table", Category, "Id of the table that stands here."),
            may("uri", Text, "Address of the picture that stands here."),
            place(),
        ],
        key: &["report_id", "section", "position"],
        references: vec![of_report(), OF_SECTION],
    }
}

pub(super) fn quantities() -> Table {
    use Kind::{Category, Integer, Number, Text};
    Table {
        name: "quantities".into(),
        about: "One row a number with a unit in prose, whether or not it is an indicator's.".into(),
        columns: vec![
            report_id(),
            position("quantities"),
            must("section", Category, "Id of the section."),
            must(
                "char_start",
                Integer,
                "Where it begins in the section's text, in characters.",
            ),
            must(
                "char_end",
                Integer,
                "Where it ends, one past the last character.",
            ),
            must("text", Text, "The words."),
            must("value", Number, "The number."),
            must("bound", Category, "How exactly it is said."),
            must("unit", Category, "The unit as written."),
            source(),
            place(),
        ],
        key: &["report_id", "position"],
        references: vec![of_report(), OF_SECTION],
    }
}

pub(super) fn rows<E>(
    entry: &Entry<'_>,
    places: &Places<'_>,
    emit: &mut Emit<'_, E>,
) -> Result<(), E> {
    let record = entry.record;
    let id = Value::from(entry.id);
    for section in &record.sections {
        let at = section.at.as_ref();
        let mut values = vec![id.clone(), (&section.id).into()];
        values.extend(who_and_when_of(record));
        values.extend([
            section.parent.as_ref().into(),
            section.level.into(),
            section.number.as_ref().into(),
            section.heading.as_ref().into(),
            section.heading_line.as_ref().into(),
            section.canonical.as_ref().into(),
            section_text(&section.content).into(),
            path(record, at.or(section.content.first().and_then(content_at))).into(),
            at.map_or(Value::Null, json),
        ]);
        emit("sections", &values)?;
        for (position, content) in section.content.iter().enumerate() {
            let [kind, number, marker, text, table, uri] = piece(content);
            let values = [
                id.clone(),
                (&section.id).into(),
                position.into(),
                kind,
                number,
                marker,
                text,
                table,
                uri,
                content_at(content).map_or(Value::Null, json),
            ];
            emit("content", &values)?;
        }
    }
    quantity_rows(entry, places, emit)
}

/// Type, number, marker, text, table and address.
fn piece(content: &Content) -> [Value<'_>; 6] {
    const NONE: Value<'static> = Value::Null;
    match content {
        Content::Paragraph { text, .. } => {
            ["paragraph".into(), NONE, NONE, text.into(), NONE, NONE]
        }
        Content::Item {
            number,
            marker,
            text,
            ..
        } => [
            "item".into(),
            number.as_ref().into(),
            marker.into(),
            text.into(),
            NONE,
            NONE,
        ],
        Content::Table { table, .. } => ["table".into(), NONE, NONE, NONE, table.into(), NONE],
        Content::Picture { text, uri, .. } => [
            "picture".into(),
            NONE,
            NONE,
            text.into(),
            NONE,
            uri.as_ref().into(),
        ],
    }
}

fn quantity_rows<E>(
    entry: &Entry<'_>,
    places: &Places<'_>,
    emit: &mut Emit<'_, E>,
) -> Result<(), E> {
    for (position, quantity) in entry.record.quantities.iter().enumerate() {
        let [start, end] = quantity.chars;
        let at = places.statement(&quantity.section, Some(quantity.chars));
        let values = [
            entry.id.into(),
            position.into(),
            (&quantity.section).into(),
            start.into(),
            end.into(),
            (&quantity.text).into(),
            quantity.value.into(),
            word(&quantity.bound),
            (&quantity.unit).into(),
            places.path(at).into(),
            at.map_or(Value::Null, json),
        ];
        emit("quantities", &values)?;
    }
    Ok(())
}
