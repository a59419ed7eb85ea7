//! `codebook`, `dimensions`, `rules`, `columns`, `about`: what the other tables mean and where they come from.

use std::collections::BTreeSet;

use codebook::Codebook;
use serde_json::json;

use super::Emit;
use crate::schema::{Kind, Table, may, must};
use crate::value::{Value, json as as_json, json_list};

/// The tables that the codebook fills, and those that speak of the export itself.
pub(crate) fn knowledge_tables() -> Vec<Table> {
    vec![indicators(), dimensions(), rules(), columns(), properties()]
}

fn indicators() -> Table {
    use Kind::{Boolean, Category, Integer, Json, Text};
    Table {
        name: "codebook".into(),
        about: "One row an indicator: what a number means, apart from form and year.".into(),
        columns: vec![
            must("indicator", Text, "Id: topic, subject and qualifier."),
            may(
                "name",
                Text,
                "Short name in English; null where the codebook does not know the id.",
            ),
            may("label", Text, "Name in Chinese."),
            may("definition", Text, "What is counted."),
            may(
                "unit",
                Category,
                "Canonical unit; readings have theirs as printed.",
            ),
            may("value_type", Category, "What kind of number it is."),
            may(
                "parent",
                Category,
                "The sum that it is a part of, where that is the same in every form.",
            ),
            may(
                "first_year",
                Integer,
                "First report year that any form asks for it.",
            ),
            may(
                "last_year",
                Integer,
                "Last report year that any form asks for it.",
            ),
            may(
                "narrative",
                Boolean,
                "Prose says it, whether or not a form asks for it.",
            ),
            may(
                "dimensions",
                Json,
                "What it is broken down by, with the values allowed.",
            ),
            may(
                "comparability",
                Json,
                "Whether figures of different forms compare: class, forms, what to do.",
            ),
            may(
                "seen_in",
                Text,
                "Where the definition was seen; K: knowledge, not seen verbatim.",
            ),
        ],
        key: &["indicator"],
        references: Vec::new(),
    }
}

fn dimensions() -> Table {
    use Kind::{Boolean, Category, Text};
    Table {
        name: "dimensions".into(),
        about: "One row a value of a dimension.".into(),
        columns: vec![
            must(
                "dimension",
                Category,
                "Id of the dimension, and its column in `indicators`.",
            ),
            must("value", Text, "Id of the value."),
            must("dimension_name", Text, "The dimension in English."),
            must("dimension_label", Text, "The dimension in Chinese."),
            must("name", Text, "The value in English."),
            must("label", Text, "The value in Chinese."),
            must("default", Boolean, "Meant where none is stated."),
        ],
        key: &["dimension", "value"],
        references: Vec::new(),
    }
}

fn rules() -> Table {
    use Kind::{Category, Json, Text};
    Table {
        name: "rules".into(),
        about: "One row a rule: what must add up.".into(),
        columns: vec![
            must("rule", Text, "Id of the rule."),
            must("kind", Category, "What kind of rule it is."),
            must(
                "scope",
                Category,
                "What it needs: report, prose, text or across.",
            ),
            may(
                "forms",
                Json,
                "Forms or families that it holds for; null: all.",
            ),
            may("formulas", Json, "All of them must hold."),
            must("meaning", Text, "What a violation means, in English."),
            must("meaning_zh", Text, "The same in Chinese."),
        ],
        key: &["rule"],
        references: Vec::new(),
    }
}

fn columns() -> Table {
    use Kind::{Boolean, Category, Integer, Text};
    Table {
        name: "columns".into(),
        about: "One row a column of any table: the data dictionary.".into(),
        columns: vec![
            must("table", Category, "The table."),
            must("position", Integer, "Position in the table, from 0."),
            must("column", Text, "The column."),
            must(
                "kind",
                Category,
                "text, category, json, integer, number or boolean.",
            ),
            must("required", Boolean, "Never null."),
            must("about", Text, "What a value means."),
        ],
        key: &["table", "column"],
        references: Vec::new(),
    }
}

fn properties() -> Table {
    Table {
        name: "about".into(),
        about: "What the export was made of, and by what.".into(),
        columns: vec![
            must("property", Kind::Text, "What is said."),
            must("value", Kind::Text, "What it is."),
        ],
        key: &["property"],
        references: Vec::new(),
    }
}

/// The rows of `codebook`, `dimensions` and `rules`; `unknown` are ids in records that the codebook lacks.
pub(crate) fn codebook_rows<E>(
    codebook: &Codebook,
    unknown: &BTreeSet<String>,
    emit: &mut Emit<'_, E>,
) -> Result<(), E> {
    for indicator in &codebook.indicators {
        let dimensions = indicator.dimensions.iter();
        let dimensions: serde_json::Map<_, _> = dimensions
            .map(|(name, values)| (name.clone(), json!(values)))
            .collect();
        let said = codebook.comparisons.iter();
        let said: Vec<_> = said
            .filter(|entry| entry.speaks_of(&indicator.id))
            .map(|it| json!({ "class": it.class.word(), "forms": it.forms, "what": it.what }))
            .collect();
        let values = [
            (&indicator.id).into(),
            (&indicator.name).into(),
            (&indicator.label).into(),
            (&indicator.definition).into(),
            (&indicator.unit).into(),
            indicator.value_type.word().into(),
            indicator.parent.as_ref().into(),
            indicator.first_year.into(),
            indicator.last_year.into(),
            indicator.narrative.into(),
            (!dimensions.is_empty())
                .then(|| as_json(&dimensions))
                .into(),
            json_list(&said),
            (&indicator.source).into(),
        ];
        emit("codebook", &values)?;
    }
    for id in unknown {
        let mut values = vec![Value::from(id)];
        values.resize(indicators().columns.len(), Value::Null);
        emit("codebook", &values)?;
    }
    for dimension in &codebook.dimensions {
        for value in &dimension.values {
            let values = [
                (&dimension.id).into(),
                (&value.id).into(),
                (&dimension.name).into(),
                (&dimension.label).into(),
                (&value.name).into(),
                (&value.label).into(),
                (dimension.default.as_ref() == Some(&value.id)).into(),
            ];
            emit("dimensions", &values)?;
        }
    }
    rule_rows(codebook, emit)
}

fn rule_rows<E>(codebook: &Codebook, emit: &mut Emit<'_, E>) -> Result<(), E> {
    for rule in &codebook.rules {
        let formulas: Vec<&str> = rule.formulas.iter().map(|it| it.text.as_str()).collect();
        let values = [
            (&rule.id).into(),
            rule.kind.word().into(),
            rule.scope.word().into(),
            json_list(&rule.forms),
            json_list(&formulas),
            (&rule.meaning).into(),
            (&rule.meaning_zh).into(),
        ];
        emit("rules", &values)?;
    }
    Ok(())
}

/// The rows of `columns`.
pub(crate) fn column_rows<E>(tables: &[Table], emit: &mut Emit<'_, E>) -> Result<(), E> {
    for table in tables {
        for (position, column) in table.columns.iter().enumerate() {
            let values = [
                (&table.name).into(),
                position.into(),
                (&column.name).into(),
                column.kind.word().into(),
                column.required.into(),
                (&column.about).into(),
            ];
            emit("columns", &values)?;
        }
    }
    Ok(())
}

/// The rows of `about`.
pub(crate) fn about<E>(properties: &[(String, String)], emit: &mut Emit<'_, E>) -> Result<(), E> {
    for (property, value) in properties {
        emit("about", &[property.into(), value.into()])?;
    }
    Ok(())
}
