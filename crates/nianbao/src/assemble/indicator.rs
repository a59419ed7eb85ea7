//! Readings and findings to indicators and checks.

use model::{Derived, Finding, Reading};
use record::{Check, Indicator, Number, Origin, Reference, Warning};

use super::section::section_id;
use super::section_text::SectionText;
use super::table::table_id;

/// The readings in their published form, in the same order.
pub(super) fn indicators(
    readings: &[Reading],
    texts: &[SectionText<'_>],
    warnings: &mut Vec<Warning>,
) -> Vec<Indicator> {
    let each = readings.iter().map(|reading| Indicator {
        id: reading.indicator.clone(),
        dims: reading.dimensions.clone(),
        label: reading.label.clone(),
        value: reading.value.and_then(Number::new),
        status: reading.status.into(),
        bound: reading.bound.into(),
        unit: reading.unit.clone(),
        raw: reading.raw.clone(),
        form: reading.form.clone(),
        note: reading.note.clone(),
        from: origin(reading, texts, warnings),
        how: Some(reading.manner.into()),
        confidence: None,
    });
    each.collect()
}

fn origin(reading: &Reading, texts: &[SectionText<'_>], warnings: &mut Vec<Warning>) -> Origin {
    match reading.origin {
        model::Origin::Cell { table, row, column } => Origin::Cell {
            table: table_id(table),
            row,
            col: column,
        },
        model::Origin::Prose {
            section,
            block,
            start,
            end,
        } => {
            let text = texts.get(section);
            let chars = text.and_then(|text| text.locate(block, start, end));
            if chars.is_none() {
                warnings.push(Warning {
                    code: "statement_outside_content".into(),
                    message: format!(
                        "{} was read in the heading of {}: {}",
                        reading.indicator,
                        section_id(section),
                        reading.raw
                    ),
                    at: None,
                });
            }
            Origin::Statement {
                section: text.map_or_else(|| section_id(section), |text| text.section().to_owned()),
                chars,
            }
        }
    }
}

/// The findings in their published form. `indicators` are those of [`indicators`].
pub(super) fn checks(findings: &[Finding], indicators: &[Indicator]) -> Vec<Check> {
    let each = findings.iter().map(|finding| Check {
        rule: finding.rule.clone(),
        status: finding.status.into(),
        expected: finding.expected.and_then(Number::new),
        found: finding.found.and_then(Number::new),
        refs: references(&finding.readings, indicators),
        message: finding.message.clone(),
        message_zh: finding.message_zh.clone(),
    });
    each.collect()
}

/// The derived values in their published form. `indicators` are those of [`indicators`].
pub(super) fn derived(derived: &[Derived], indicators: &[Indicator]) -> Vec<record::Derived> {
    let each = derived.iter().filter_map(|derived| {
        Some(record::Derived {
            id: derived.indicator.clone(),
            dims: derived.dimensions.clone(),
            value: Number::new(derived.value)?,
            unit: derived.unit.clone(),
            how: derived.how.into(),
            rule: derived.rule.clone(),
            refs: references(&derived.readings, indicators),
        })
    });
    each.collect()
}

fn references(readings: &[usize], indicators: &[Indicator]) -> Vec<Reference> {
    let reference = |index: &usize| {
        let indicator = indicators.get(*index)?;
        Some(Reference {
            index: *index,
            id: indicator.id.clone(),
            value: indicator.value,
        })
    };
    readings.iter().filter_map(reference).collect()
}
