//! `reports`: one row a record, with all that stands in no table of its own.

use record::Record;

use super::{Emit, Entry, copy_of, who_and_when, who_and_when_of};
use crate::schema::{Column, Kind, Table, may, must, report_id};
use crate::value::{Value, json, json_list, word};

pub(super) fn table() -> Table {
    let mut columns = vec![report_id(), copy_of()];
    columns.extend(who_and_when());
    columns.extend(named());
    columns.extend(from_source());
    columns.extend(remainder());
    Table {
        name: "reports".into(),
        about: "One row a record: a report, or a piece of a source that is no report.".into(),
        columns,
        key: &["report_id"],
        references: Vec::new(),
    }
}

fn named() -> Vec<Column> {
    use Kind::{Boolean, Category, Number, Text};
    vec![
        must("kind", Category, "annual_report, work_report or other."),
        may(
            "reason",
            Category,
            "Of kind other: why it is no report, where that can be said.",
        ),
        must(
            "complete",
            Boolean,
            "False where the text visibly breaks off.",
        ),
        may("title", Text, "As written, spaces repaired."),
        may("title_basis", Category, "What the title rests on."),
        may("title_confidence", Number, "How sure the title is, 0 to 1."),
        may("agency_as_written", Text, "The agency as written."),
        may("agency_basis", Category, "What the agency's name rests on."),
        may(
            "agency_confidence",
            Number,
            "How sure the agency's name is, 0 to 1.",
        ),
        may(
            "agency_level",
            Category,
            "Level of the government that it belongs to.",
        ),
        may("agency_body", Category, "What kind of body it is."),
        may(
            "province",
            Category,
            "Province, autonomous region or municipality.",
        ),
        may("city", Category, "Prefecture-level city."),
        may("county", Category, "County, district or county-level city."),
        may(
            "region_basis",
            Category,
            "What the region rests on where it is not the agency's name.",
        ),
        may(
            "scope",
            Category,
            "Whose figures the report holds, in its own words: an id of the dimension scope.",
        ),
        may("scope_quote", Text, "The sentence that says so."),
        may(
            "period_start",
            Text,
            "First day covered, as exactly as the source says it.",
        ),
        may(
            "period_end",
            Text,
            "Last day covered, as exactly as the source says it.",
        ),
        may("period_basis", Category, "What the year rests on."),
        may("period_confidence", Number, "How sure the year is, 0 to 1."),
        may(
            "published",
            Text,
            "ISO date, year-month or year of publication.",
        ),
        may(
            "published_basis",
            Category,
            "What the date of publication rests on.",
        ),
        may("published_confidence", Number, "How sure it is, 0 to 1."),
        may("document_number", Text, "The report's own document number."),
    ]
}

fn from_source() -> Vec<Column> {
    use Kind::{Boolean, Category, Integer, Number, Text};
    vec![
        must("source", Text, "Path of the source as given."),
        may("uri", Text, "Address of the source, where known."),
        must("sha256", Text, "SHA-256 of the source's bytes, in hex."),
        must("bytes", Integer, "Length of the source in bytes."),
        must("media_type", Category, "Media type of the source."),
        may(
            "charset",
            Category,
            "Name by the WHATWG Encoding Standard; null where the format fixes it.",
        ),
        may("charset_basis", Category, "Why this charset."),
        may(
            "charset_declared",
            Category,
            "What was declared, where it differs.",
        ),
        must("replaced", Integer, "Characters that could not be decoded."),
        must(
            "part",
            Integer,
            "Position among the source's records, from 0.",
        ),
        must("parts", Integer, "How many records the source gave."),
        must(
            "characters",
            Integer,
            "Visible characters of the source's text.",
        ),
        must(
            "placed",
            Integer,
            "Those of them that stand in the records of the source.",
        ),
        must("coverage", Number, "Their share, floored to six digits."),
        must(
            "has_review",
            Boolean,
            "Whether `review` says that a person should look at something.",
        ),
    ]
}

fn remainder() -> Vec<Column> {
    use Kind::{Category, Json, Text};
    vec![
        may("title_place", Json, "Where the title stands."),
        may(
            "scope_place",
            Json,
            "Where the sentence stands that says whose figures it holds.",
        ),
        may("contact", Json, "Where the report says that one can ask."),
        may("cited", Json, "Documents that the text cites by number."),
        may(
            "keywords",
            Json,
            "Words that tell the report apart, heaviest first.",
        ),
        may("attachments", Json, "Files that the page links to."),
        may(
            "hints",
            Json,
            "What the file says of itself outside its text.",
        ),
        may(
            "furniture",
            Json,
            "Text of the site or the page, not of the report.",
        ),
        may(
            "source_pages",
            Json,
            "The pages of a report that is split over several files.",
        ),
        may(
            "profile",
            Category,
            "The profile that it was read by; null for the built-in codebook.",
        ),
        may("profile_version", Category, "Its version."),
        must("schema", Text, "Version of the record's schema."),
    ]
}

pub(super) fn row<E>(entry: &Entry<'_>, emit: &mut Emit<'_, E>) -> Result<(), E> {
    let record = entry.record;
    let mut values: Vec<Value<'_>> = vec![entry.id.into(), entry.copy_of.into()];
    values.extend(who_and_when_of(record));
    values.extend(named_of(record));
    values.extend(source_of(record));
    values.extend(remainder_of(record));
    emit("reports", &values)
}

fn named_of(record: &Record) -> [Value<'_>; 25] {
    let Record { agency, period, .. } = record;
    let period = period.as_ref();
    let scope = record.scope.as_ref();
    [
        word(&record.kind),
        word(&record.reason),
        record.complete.into(),
        record.title.as_ref().into(),
        word(&record.title_basis),
        record.title_confidence.into(),
        agency.as_written.as_ref().into(),
        word(&agency.basis),
        agency.confidence.into(),
        agency.level.map(record::Level::word).into(),
        agency.body.map(record::Body::word).into(),
        agency.region.province.as_ref().into(),
        agency.region.city.as_ref().into(),
        agency.region.county.as_ref().into(),
        word(&agency.region.basis),
        scope.map(|scope| scope.id.word()).into(),
        scope.map(|scope| &scope.quote).into(),
        period.and_then(|period| period.start.as_ref()).into(),
        period.and_then(|period| period.end.as_ref()).into(),
        word(&period.and_then(|period| period.basis)),
        period.and_then(|period| period.confidence).into(),
        record.published.as_ref().into(),
        word(&record.published_basis),
        record.published_confidence.into(),
        record.document_number.as_ref().into(),
    ]
}

fn source_of(record: &Record) -> [Value<'_>; 15] {
    let Record {
        source, coverage, ..
    } = record;
    [
        (&source.path).into(),
        source.uri.as_ref().into(),
        (&source.sha256).into(),
        source.bytes.into(),
        (&source.media_type).into(),
        source.charset.as_ref().into(),
        word(&source.charset_basis),
        source.declared.as_ref().into(),
        source.replaced.into(),
        source.part.into(),
        source.parts.into(),
        coverage.characters.into(),
        coverage.placed.into(),
        coverage.share.into(),
        (!record.review.is_empty()).into(),
    ]
}

fn remainder_of(record: &Record) -> [Value<'_>; 12] {
    let profile = record.profile.as_ref();
    [
        record.title_at.as_ref().map_or(Value::Null, json),
        (record.scope.as_ref())
            .and_then(|scope| scope.at.as_ref())
            .map_or(Value::Null, json),
        record.contact.as_ref().map_or(Value::Null, json),
        json_list(&record.cited),
        json_list(&record.keywords),
        json_list(&record.attachments),
        json_list(&record.hints),
        json_list(&record.furniture),
        json_list(&record.source.pages),
        profile.map(|profile| &profile.id).into(),
        profile.map(|profile| &profile.version).into(),
        (&record.schema).into(),
    ]
}
