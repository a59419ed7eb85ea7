//! A record as a person reads it.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

use record::{CheckStatus, Content, Derived, Indicator, Origin, Record, Section, Status};

use super::{grid, shortened};

/// Characters of a paragraph that are shown.
const START: usize = 60;

/// The record as text.
pub(super) fn shown(record: &Record) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_record(&mut text, record);
    text
}

fn or_dash(value: Option<&impl Display>) -> String {
    value.map_or_else(|| "–".to_owned(), ToString::to_string)
}

/// The name under which records print a value of a closed list.
fn named(value: impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).ok();
    let name = name.as_ref().and_then(|name| name.as_str());
    name.unwrap_or_default().to_owned()
}

/// How sure something is, where that is less than nearly certain.
fn sure(confidence: Option<record::Number>) -> String {
    const NEARLY: f64 = 0.9;
    match confidence {
        Some(confidence) if confidence.get() < NEARLY => format!("  (sure to {confidence})"),
        _ => String::new(),
    }
}

fn write_record(out: &mut String, record: &Record) -> fmt::Result {
    let source = &record.source;
    writeln!(
        out,
        "{} · part {} of {} · {} · {} · {} bytes",
        source.path,
        source.part + 1,
        source.parts,
        source.media_type,
        source.charset.as_deref().unwrap_or("–"),
        source.bytes
    )?;
    let whole = if record.complete { "" } else { " (breaks off)" };
    let reason = record.reason.map(|reason| format!(": {}", named(reason)));
    writeln!(
        out,
        "kind       {}{}{whole}",
        named(record.kind),
        reason.unwrap_or_default()
    )?;
    writeln!(
        out,
        "title      {}{}",
        or_dash(record.title.as_ref()),
        sure(record.title_confidence)
    )?;
    let region = &record.agency.region;
    let region = [&region.province, &region.city, &region.county, &region.code];
    let region: Vec<&str> = region
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    writeln!(
        out,
        "agency     {} {}{}",
        or_dash(record.agency.name.as_ref()),
        region.join(" "),
        sure(record.agency.confidence)
    )?;
    writeln!(
        out,
        "year       {}{}",
        or_dash(record.period.as_ref().map(|period| &period.year)),
        sure(record.period.as_ref().and_then(|period| period.confidence))
    )?;
    if let Some(scope) = &record.scope {
        writeln!(out, "scope      {} {}", scope.id.word(), scope.quote)?;
    }
    writeln!(
        out,
        "published  {}{}",
        or_dash(record.published.as_ref()),
        sure(record.published_confidence)
    )?;
    if !record.cited.is_empty() {
        let cited = record.cited.iter().map(|citation| &*citation.number);
        writeln!(out, "cites      {}", cited.collect::<Vec<_>>().join(" "))?;
    }
    if let Some(contact) = &record.contact {
        let parts = [&contact.office, &contact.address, &contact.email];
        let parts = parts.into_iter().flatten().chain(&contact.phones);
        let parts = parts.map(String::as_str).collect::<Vec<_>>();
        writeln!(out, "contact    {}", parts.join(" "))?;
    }
    let coverage = record.coverage;
    writeln!(
        out,
        "coverage   {} of {} characters",
        coverage.placed, coverage.characters
    )?;
    if !record.keywords.is_empty() {
        let words: Vec<&str> = record
            .keywords
            .iter()
            .map(|word| word.term.as_str())
            .collect();
        writeln!(out, "keywords   {}", words.join(" "))?;
    }
    writeln!(out, "\nOutline")?;
    for section in &record.sections {
        write_section(out, section)?;
    }
    for table in &record.tables {
        let parts = [&table.number, &table.caption, &table.unit];
        let parts: Vec<&str> = parts
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        writeln!(
            out,
            "\n{} in {} {}",
            table.id,
            table.section,
            parts.join(" · ")
        )?;
        out.push_str(&grid::drawn(&table.rows, table.header_rows));
    }
    write_indicators(out, &record.indicators)?;
    write_derived(out, &record.derived)?;
    if !record.checks.is_empty() {
        writeln!(out, "\nChecks")?;
    }
    for check in &record.checks {
        let mark = match check.status {
            CheckStatus::Pass => '✓',
            CheckStatus::Fail => '✗',
            CheckStatus::Incomplete => '?',
        };
        writeln!(out, "  {mark} {} {}", check.rule, check.message)?;
    }
    if !record.warnings.is_empty() {
        writeln!(out, "\nWarnings")?;
    }
    for warning in &record.warnings {
        writeln!(out, "  {}: {}", warning.code, warning.message)?;
    }
    if !record.furniture.is_empty() {
        writeln!(out, "\nFurniture")?;
    }
    for text in &record.furniture {
        writeln!(out, "  {}", shortened(text, START))?;
    }
    Ok(())
}

fn write_section(out: &mut String, section: &Section) -> fmt::Result {
    let depth = usize::try_from(section.level).unwrap_or(0).min(20);
    let indent = "  ".repeat(depth);
    let heading = [&section.number, &section.heading].map(|part| part.as_deref().unwrap_or(""));
    let heading = heading.join(" ");
    let canonical = section.canonical.as_ref().map(|id| format!(" [{id}]"));
    writeln!(
        out,
        "{indent}{} {}{}",
        section.id,
        if heading.trim().is_empty() {
            "(before the first heading)"
        } else {
            heading.trim()
        },
        canonical.unwrap_or_default()
    )?;
    for content in &section.content {
        match content {
            Content::Paragraph { text, .. } => {
                writeln!(out, "{indent}    {}", shortened(text, START))?;
            }
            Content::Item { marker, text, .. } => {
                writeln!(out, "{indent}    • {marker} {}", shortened(text, START))?;
            }
            Content::Table { table, .. } => writeln!(out, "{indent}    ▦ {table}")?,
            Content::Picture { text, .. } => {
                writeln!(out, "{indent}    ▣ {}", shortened(text, START))?;
            }
        }
    }
    Ok(())
}

/// An indicator's id and its dimensions: `requests.received applicant=org.other`.
fn with_dimensions(id: &str, dims: &BTreeMap<String, String>) -> String {
    let dims = dims.iter().map(|(name, value)| format!(" {name}={value}"));
    std::iter::once(id.to_owned()).chain(dims).collect()
}

fn write_derived(out: &mut String, derived: &[Derived]) -> fmt::Result {
    if derived.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nFollows where nothing is printed")?;
    let header = ["id", "value", "unit", "how", "rule"];
    let rows = derived.iter().map(|derived| {
        vec![
            with_dimensions(&derived.id, &derived.dims),
            derived.value.to_string(),
            derived.unit.clone().unwrap_or_default(),
            named(derived.how),
            derived.rule.clone(),
        ]
    });
    let header = header.map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    out.push_str(&grid::drawn(&rows, 1));
    Ok(())
}

fn write_indicators(out: &mut String, indicators: &[Indicator]) -> fmt::Result {
    if indicators.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nIndicators")?;
    let header = ["id", "value", "unit", "label", "from"]
        .map(str::to_owned)
        .to_vec();
    let rows = indicators.iter().map(|indicator| {
        let value = match indicator.status {
            Status::Reported => or_dash(indicator.value.as_ref()),
            Status::Blank => "blank".into(),
            Status::NotApplicable => "n/a".into(),
            Status::Unreadable => "unreadable".into(),
        };
        let from = match &indicator.from {
            Origin::Cell { table, row, col } => format!("{table} row {row} col {col}"),
            Origin::Statement { section, chars } => match chars {
                Some([from, to]) => format!("{section} {from}–{to}"),
                None => format!("{section} heading"),
            },
        };
        vec![
            with_dimensions(&indicator.id, &indicator.dims),
            value,
            indicator.unit.clone().unwrap_or_default(),
            indicator.label.clone(),
            from,
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    out.push_str(&grid::drawn(&rows, 1));
    Ok(())
}
