//! As Markdown.

use super::{Cell, Part, Report, Table};

impl Report {
    /// As Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", line(&self.title));
        for part in &self.parts {
            match part {
                Part::Heading(heading) => text.push_str(&format!("## {}\n\n", line(heading))),
                Part::Text(paragraph) => text.push_str(&format!("{}\n\n", line(paragraph))),
                Part::Counts(counts) => {
                    text.push_str("| | |\n|---|---:|\n");
                    for (name, count) in counts {
                        text.push_str(&format!("| {} | {count} |\n", escaped(name)));
                    }
                    text.push('\n');
                }
                Part::Table(table) => text.push_str(&table.markdown()),
            }
        }
        text
    }
}

impl Table {
    /// As Markdown, with its title.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("### {}\n\n| ", line(&self.title));
        text.push_str(&self.columns.join(" | "));
        text.push_str(" |\n|");
        let first = self.rows.first();
        for column in 0..self.columns.len() {
            let is_number = matches!(first.and_then(|row| row.get(column)), Some(Cell::Number(_)));
            text.push_str(if is_number { "---:|" } else { "---|" });
        }
        text.push('\n');
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell.text())).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        if self.left_out > 0 {
            text.push_str(&format!("\n{} more in `changes.jsonl`.\n", self.left_out));
        }
        text.push('\n');
        text
    }
}

fn escaped(cell: &str) -> String {
    line(cell).replace('|', "\\|")
}

/// In one line and without tags, whatever a server has said.
fn line(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('<', "&lt;")
}
