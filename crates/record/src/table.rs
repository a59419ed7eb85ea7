//! Tables of a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::At;

/// A table of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// `t1`, `t2`, … in reading order.
    pub id: String,
    /// Id of the section that it stands in.
    pub section: String,
    /// Its number as written: `附表1`.
    pub number: Option<String>,
    /// Caption without number and unit.
    pub caption: Option<String>,
    /// The lines beside the table that number, caption and unit were read from, whole.
    pub caption_lines: Vec<String>,
    /// The unit stated for the whole table.
    pub unit: Option<String>,
    /// Leading rows that are headers.
    pub header_rows: usize,
    /// A rectangle of texts: a merged cell's text stands at every position that it covers.
    pub rows: Vec<Vec<String>>,
    /// The cells, each once, with the positions that they cover.
    pub cells: Vec<Cell>,
    /// How it was found.
    pub shape: Shape,
    /// Where it stands.
    pub at: Option<At>,
}

/// A cell: positions count from 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// First row covered.
    pub row: usize,
    /// First column covered.
    pub col: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub col_span: usize,
    /// Its text.
    pub text: String,
    /// As written, where that differs from `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// Marked as a header in the source.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// Where it stands, where finer than the table's `at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

/// How a table was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Cells marked in the source (HTML).
    Grid,
    /// One cell a line, or cells parted by bars or tabs, in running text.
    Flattened,
    /// By drawn rules.
    Ruled,
    /// By columns of white space.
    Aligned,
}

impl From<model::Shape> for Shape {
    fn from(shape: model::Shape) -> Self {
        match shape {
            model::Shape::Grid => Self::Grid,
            model::Shape::Flattened => Self::Flattened,
            model::Shape::Ruled => Self::Ruled,
            model::Shape::Aligned => Self::Aligned,
        }
    }
}
