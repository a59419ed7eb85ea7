//! Grids to tables.

use model::{BlockContent, Caption, Content, Document, Grid, Report, Text};
use record::{At, Cell, Table, Warning};

use super::section::{block_at, section_id};

/// Bytes of a table's `rows`: a long text merged over a million positions must not fill the memory.
const LARGEST_RECTANGLE: usize = 64 << 20;

/// Id of a table by its index.
pub(super) fn table_id(index: usize) -> String {
    format!("t{}", index + 1)
}

/// The tables of a report, in reading order.
pub(super) fn tables(
    document: &Document,
    report: &Report,
    table_blocks: &[usize],
    warnings: &mut Vec<Warning>,
) -> Vec<Table> {
    let holders = report
        .sections
        .iter()
        .enumerate()
        .flat_map(|(index, section)| {
            let content = section.content.iter();
            content.filter_map(move |content| match content {
                Content::Table { block } => document.blocks.get(*block)?.grid().map(|_| index),
                _ => None,
            })
        });
    let each = table_blocks.iter().zip(holders).enumerate();
    each.filter_map(|(index, (block, section))| {
        let grid = document.blocks.get(*block)?.grid()?;
        let at = block_at(document, *block);
        let (rows, whole) = rows(grid);
        if !whole {
            warnings.push(rectangle_warning(index, at.clone()));
        }
        let caption = grid.caption.as_ref();
        let part = |take: fn(&Caption) -> &Option<String>| caption.and_then(|c| take(c).clone());
        let lines = caption.iter().flat_map(|caption| &caption.lines);
        Some(Table {
            id: table_id(index),
            section: section_id(section),
            number: part(|caption| &caption.number),
            caption: part(|caption| &caption.title),
            caption_lines: lines.map(|line| line.value().to_owned()).collect(),
            unit: part(|caption| &caption.unit),
            header_rows: grid.header_rows,
            rows,
            cells: grid.cells.iter().map(cell).collect(),
            shape: grid.shape.into(),
            at,
        })
    })
    .collect()
}

fn cell(cell: &model::Cell) -> Cell {
    let written = cell.text.written();
    Cell {
        row: cell.row,
        col: cell.column,
        row_span: cell.row_span,
        col_span: cell.column_span,
        text: cell.text.value().to_owned(),
        raw: (written != cell.text.value()).then(|| written.to_owned()),
        header: cell.header,
        at: cell.place.as_ref().and_then(At::of),
    }
}

/// The rectangle of texts, and whether every merged cell is repeated in it.
fn rows(grid: &Grid) -> (Vec<Vec<String>>, bool) {
    let repeated = grid.cells.iter().fold(0usize, |sum, cell| {
        let area = cell.row_span.saturating_mul(cell.column_span);
        sum.saturating_add(area.saturating_mul(cell.text.value().len()))
    });
    let owned = |row: Vec<&str>| row.into_iter().map(str::to_owned).collect();
    if repeated <= LARGEST_RECTANGLE {
        return (grid.texts().into_iter().map(owned).collect(), true);
    }
    let mut rows = vec![vec![""; grid.columns]; grid.rows];
    for cell in &grid.cells {
        let row = rows.get_mut(cell.row);
        if let Some(text) = row.and_then(|row| row.get_mut(cell.column)) {
            *text = cell.text.value();
        }
    }
    (rows.into_iter().map(owned).collect(), false)
}

fn rectangle_warning(index: usize, at: Option<At>) -> Warning {
    Warning {
        code: "limit".into(),
        message: format!(
            "rectangle_bytes, {LARGEST_RECTANGLE}: in {} the texts of merged cells stand only at \
             their first position; `cells` has their spans",
            table_id(index)
        ),
        at,
    }
}

/// A table or picture as plain text: cells parted by tabs, rows and captions by line ends.
pub(super) fn plain(document: &Document, block: usize) -> String {
    let lines: Vec<String> = match document.blocks.get(block).map(|block| &block.content) {
        Some(BlockContent::Paragraph(text) | BlockContent::Picture { text, .. }) => {
            vec![text.value().to_owned()]
        }
        Some(BlockContent::Table(markup)) => {
            let rows = markup.rows.iter().map(|row| {
                let cells: Vec<_> = row.cells.iter().map(|cell| cell.text.value()).collect();
                cells.join("\t")
            });
            let caption = markup.caption.iter().map(|text| text.value().to_owned());
            caption.chain(rows).collect()
        }
        Some(BlockContent::Grid(grid)) => grid_lines(grid),
        None => Vec::new(),
    };
    lines.join("\n").trim().to_owned()
}

/// Each cell once, in the line of its first row.
fn grid_lines(grid: &Grid) -> Vec<String> {
    let captions = grid.caption.iter().flat_map(|caption| &caption.lines);
    let mut lines: Vec<String> = captions.map(Text::value).map(str::to_owned).collect();
    let mut last = None;
    for cell in &grid.cells {
        match lines.last_mut() {
            Some(line) if last == Some(cell.row) => {
                line.push('\t');
                line.push_str(cell.text.value());
            }
            _ => lines.push(cell.text.value().to_owned()),
        }
        last = Some(cell.row);
    }
    lines
}
