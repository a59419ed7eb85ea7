//! A codebook as it is printed for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::codebook::{Document, PrintedForm, Row, Table};

/// The whole codebook in Markdown.
pub(super) fn codebook(document: &Document) -> String {
    let mut out = String::new();
    let title = document.profile.as_ref();
    let title = title.map_or(
        "政府信息公开工作年度报告 (annual reports on information disclosure)".to_owned(),
        |profile| {
            format!(
                "{} ({}), profile `{}` {}",
                profile.title, profile.name, profile.id, profile.version
            )
        },
    );
    line(&mut out, &format!("# Codebook: {title}\n"));
    line(
        &mut out,
        &format!(
            "Version `{}`. {} indicators, {} forms, {} rules, {} sections. † marks what was not seen verbatim.\n",
            document.version,
            document.indicators.len(),
            document.forms.len(),
            document.rules.len(),
            document.sections.len()
        ),
    );
    line(&mut out, "## Forms\n");
    for form in &document.forms {
        self::form(&mut out, form);
    }
    indicators(&mut out, document);
    dimensions(&mut out, document);
    rules(&mut out, document);
    sections(&mut out, document);
    out
}

fn form(out: &mut String, form: &PrintedForm) {
    let mark = if form.unverified { " †" } else { "" };
    line(out, &format!("### {} {}{mark}\n", form.id, form.title));
    line(
        out,
        &format!(
            "Basis: {}. Report years {}–{}.\n",
            form.basis, form.first_year, form.last_year
        ),
    );
    for table in &form.tables {
        self::table(out, table);
    }
}

fn table(out: &mut String, table: &Table) {
    line(out, &format!("#### `{}` {}\n", table.id, table.title));
    if !table.aliases.is_empty() {
        line(out, &format!("Also: {}.\n", table.aliases.join("; ")));
    }
    if let Some(unit) = &table.unit {
        line(out, &format!("Unit: {unit}.\n"));
    }
    if !table.columns.is_empty() {
        head(
            out,
            &["column", "indicator", "dimensions", "unit", "also written"],
        );
        for column in &table.columns {
            let labels: Vec<&str> = column
                .path
                .iter()
                .map(|label| label.text.as_str())
                .collect();
            let aliases = column.path.iter().flat_map(|label| label.aliases.clone());
            row(
                out,
                &[
                    labels.join(" > "),
                    code(column.indicator.as_deref()),
                    pairs(&column.dimensions),
                    column.unit.clone().unwrap_or_default(),
                    aliases.collect::<Vec<_>>().join("; "),
                ],
            );
        }
        line(out, "");
    }
    head(
        out,
        &["row", "indicator", "dimensions", "unit", "also written"],
    );
    for each in &table.rows {
        row(
            out,
            &[
                label(each, &table.rows),
                code(each.indicator.as_deref()),
                pairs(&each.dimensions),
                each.unit.clone().unwrap_or_default(),
                each.aliases.join("; "),
            ],
        );
    }
    line(out, "");
}

/// The label below its parents, with its marks.
fn label(row: &Row, rows: &[Row]) -> String {
    let mut depth = 0;
    let mut parent = row.parent;
    // A parent stands above its children: no chain is longer than the table.
    while let Some(at) = parent.filter(|_| depth < rows.len()) {
        depth += 1;
        parent = rows.get(at).and_then(|row| row.parent);
    }
    let mut text = "　".repeat(depth);
    match &row.code {
        Some(dimension) => text += &format!("(each code of `{dimension}`)"),
        None if row.label.is_empty() => text += "(no label)",
        None => text += &row.label,
    }
    if row.optional && row.code.is_none() {
        text += " (some editions)";
    }
    if row.unverified {
        text += " †";
    }
    text
}

fn indicators(out: &mut String, document: &Document) {
    line(out, "## Indicators\n");
    for indicator in &document.indicators {
        line(
            out,
            &format!(
                "### `{}` {}: {}\n",
                indicator.id, indicator.label, indicator.name
            ),
        );
        line(out, &format!("{}\n", indicator.definition));
        let mut facts = vec![
            format!("unit {}", indicator.unit),
            indicator.value_type.replace('_', " "),
            format!(
                "report years {}–{}",
                indicator.first_year, indicator.last_year
            ),
        ];
        facts.extend(
            indicator
                .parent
                .as_ref()
                .map(|parent| format!("part of `{parent}`")),
        );
        if !indicator.forms.is_empty() {
            facts.push(format!("asked for by {}", indicator.forms.join(", ")));
        }
        if !indicator.assumed_forms.is_empty() {
            facts.push(format!(
                "taken to be asked for by {} †",
                indicator.assumed_forms.join(", ")
            ));
        }
        if indicator.narrative {
            facts.push("said in prose".to_owned());
        }
        line(out, &format!("- {}", facts.join("; ")));
        for (name, values) in &indicator.dimensions {
            let values = if values.is_empty() {
                "codes".to_owned()
            } else {
                values.join(", ")
            };
            line(out, &format!("- by {name}: {values}"));
        }
        line(out, &format!("- source: {}", indicator.source));
        for said in &indicator.comparability {
            line(
                out,
                &format!(
                    "- comparability **{}** ({}): {}",
                    said.class.to_uppercase(),
                    said.forms.join(", "),
                    said.what
                ),
            );
        }
        line(out, "");
    }
}

fn dimensions(out: &mut String, document: &Document) {
    line(out, "## Dimensions\n");
    for dimension in &document.dimensions {
        let mut facts = Vec::new();
        facts.extend(
            dimension
                .default
                .as_ref()
                .map(|value| format!("`{value}` where none is stated")),
        );
        facts.extend(
            dimension
                .digits
                .map(|digits| format!("codes of {digits} digits")),
        );
        if dimension.contextual {
            facts.push("holds for every indicator".to_owned());
        }
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!(" ({})", facts.join("; "))
        };
        line(
            out,
            &format!(
                "### `{}` {}: {}{facts}\n",
                dimension.id, dimension.label, dimension.name
            ),
        );
        if dimension.values.is_empty() {
            continue;
        }
        head(out, &["value", "Chinese", "English"]);
        for value in &dimension.values {
            row(
                out,
                &[
                    code(Some(&value.id)),
                    value.label.clone(),
                    value.name.clone(),
                ],
            );
        }
        line(out, "");
    }
}

fn rules(out: &mut String, document: &Document) {
    line(out, "## Rules\n");
    for rule in &document.rules {
        let forms = if rule.forms.is_empty() {
            "every form".to_owned()
        } else {
            rule.forms.join(", ")
        };
        line(
            out,
            &format!(
                "### `{}` ({}; {}; {forms})\n",
                rule.id,
                rule.kind.replace('_', " "),
                rule.scope
            ),
        );
        line(out, &format!("{}\n\n{}\n", rule.meaning, rule.meaning_zh));
        let repeated = rule.for_each.iter().map(|name| format!("for each {name}"));
        let each = rule
            .each
            .iter()
            .map(|each| format!("`it` is each of `{each}`"));
        for said in each.chain(repeated) {
            line(out, &format!("- {said}"));
        }
        for formula in &rule.formulas {
            let soft = if formula.soft {
                " (asks for a look)"
            } else {
                ""
            };
            line(out, &format!("- `{}`{soft}", formula.text));
        }
        if !rule.note.is_empty() {
            line(out, &format!("- note: {}", rule.note));
        }
        line(out, "");
    }
}

fn sections(out: &mut String, document: &Document) {
    line(out, "## Sections\n");
    head(out, &["id", "heading", "within", "era", "also written"]);
    for section in &document.sections {
        row(
            out,
            &[
                code(Some(&section.id)),
                section.heading.clone(),
                code(section.within.as_deref()),
                section.era.to_owned(),
                section.variants.join("; "),
            ],
        );
    }
}

pub(super) fn head(out: &mut String, names: &[&str]) {
    row(
        out,
        &names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>(),
    );
    row(
        out,
        &names.iter().map(|_| "---".to_owned()).collect::<Vec<_>>(),
    );
}

pub(super) fn row(out: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    line(out, &format!("| {} |", cells.join(" | ")));
}

pub(super) fn line(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

fn code(text: Option<&str>) -> String {
    text.map_or_else(String::new, |text| format!("`{text}`"))
}

fn pairs(dimensions: &BTreeMap<String, String>) -> String {
    let each = dimensions
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    each.collect::<Vec<_>>().join(", ")
}
