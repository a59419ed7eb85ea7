//! What columns of tables are called whatever the form.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Source;
use crate::{CodebookError, Dimension};

/// What columns are called whatever the form.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Header wording (spaces removed) and what such a column holds.
    pub roles: Vec<(String, ColumnRole)>,
}

/// What a column of a table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnRole {
    /// Labels: 指标, 统计指标, 信息内容.
    Label,
    /// Values: 数量, 统计数, 本年; with what the column fixes (`period` = `cumulative` for 累计).
    Value(BTreeMap<String, String>),
    /// Units: 单位, 计量单位.
    Unit,
    /// Row codes and serial numbers: 代码, 序号. Never values.
    Code,
    /// Notes: 备注.
    Note,
    /// The head of a row that numbers the columns: 栏次.
    Numbering,
}

impl Columns {
    /// Reads `columns.toml`.
    pub(crate) fn parse(
        source: &Source<'_>,
        dimensions: &[Dimension],
    ) -> Result<Self, CodebookError> {
        let file = source.file;
        let read: File = source.read()?;
        let mut columns = Self::default();
        columns.add(read.labels, &ColumnRole::Label);
        columns.add(read.units, &ColumnRole::Unit);
        columns.add(read.codes, &ColumnRole::Code);
        columns.add(read.notes, &ColumnRole::Note);
        columns.add(read.numbering, &ColumnRole::Numbering);
        for values in read.values {
            for (name, value) in &values.dimensions {
                let known = dimensions.iter().find(|dimension| dimension.id == *name);
                if known.is_none_or(|dimension| dimension.value(value).is_none()) {
                    return Err(CodebookError::invalid(
                        file,
                        values.words.join(", "),
                        format!("there is no {name} = {value}"),
                        "correct it or add it to dimensions.toml",
                    ));
                }
            }
            columns.add(values.words, &ColumnRole::Value(values.dimensions));
        }
        let mut words: Vec<_> = columns.roles.iter().map(|(word, _)| word).collect();
        words.sort_unstable();
        if let Some((word, _)) = words.iter().zip(words.iter().skip(1)).find(|(a, b)| a == b) {
            let remedy = "keep one of the two";
            return Err(CodebookError::invalid(
                file,
                *word,
                "this wording stands twice",
                remedy,
            ));
        }
        Ok(columns)
    }

    fn add(&mut self, words: Vec<String>, role: &ColumnRole) {
        self.roles
            .extend(words.into_iter().map(|word| (word, role.clone())));
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What the rows are about.
    labels: Vec<String>,
    /// Units of measure.
    units: Vec<String>,
    /// Row codes and serial numbers: never values.
    codes: Vec<String>,
    /// Remarks.
    notes: Vec<String>,
    /// What heads a row that numbers the columns.
    #[serde(default)]
    numbering: Vec<String>,
    /// Figures.
    values: Vec<ValueColumn>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ValueColumn {
    /// Wordings, spaces removed.
    words: Vec<String>,
    /// What the column fixes beside the row.
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
}
