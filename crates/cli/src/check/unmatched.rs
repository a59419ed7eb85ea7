//! Headings without a section of the lexicon and rows of tables without an indicator, ranked: what
//! the lexicon and the forms could learn next.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use nianbao::Record;
use record::{Kind, Origin, Table};

use super::field;

/// Different texts that are told apart; what comes after so many is counted together.
const MOST_TEXTS: usize = 200_000;
/// Characters of a text that tell it apart.
const LONGEST: usize = 80;
/// What stands for texts past [`MOST_TEXTS`].
const OTHERS: &str = "(others)";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Heading,
    Label,
}

/// How often a text was seen, and where first.
struct Seen {
    records: u64,
    times: u64,
    example: String,
}

/// Texts that map to nothing.
#[derive(Default)]
pub(super) struct Ranking {
    seen: BTreeMap<(What, String), Seen>,
}

impl Ranking {
    /// Takes in what one annual report has.
    pub(super) fn add(&mut self, record: &Record) {
        if record.kind != Kind::AnnualReport {
            return;
        }
        let mut own: BTreeMap<(What, String), (u64, &str)> = BTreeMap::new();
        for section in &record.sections {
            if let (Some(heading), None) = (&section.heading, &section.canonical) {
                let key = (What::Heading, field(heading, LONGEST));
                own.entry(key).or_insert((0, &section.id)).0 += 1;
            }
        }
        for table in &record.tables {
            for label in unmatched_rows(record, table) {
                let key = (What::Label, field(&label, LONGEST));
                own.entry(key).or_insert((0, &table.id)).0 += 1;
            }
        }
        for ((what, text), (times, place)) in own {
            let full = self.seen.len() >= MOST_TEXTS;
            let key = (what, text);
            let key = if full && !self.seen.contains_key(&key) {
                (what, OTHERS.to_owned())
            } else {
                key
            };
            let seen = self.seen.entry(key).or_insert_with(|| Seen {
                records: 0,
                times: 0,
                example: format!("{}#{} {place}", record.source.path, record.source.part),
            });
            seen.records += 1;
            seen.times += times;
        }
    }

    /// Writes the ranking: what most records have stands first.
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "what\trecords\ttimes\ttext\texample")?;
        let mut rows: Vec<_> = self.seen.into_iter().collect();
        // Stable: texts of one count stay in their order.
        rows.sort_by_key(|(_, seen)| std::cmp::Reverse((seen.records, seen.times)));
        for ((what, text), seen) in rows {
            let what = match what {
                What::Heading => "heading",
                What::Label => "label",
            };
            let example = field(&seen.example, usize::MAX);
            writeln!(
                out,
                "{what}\t{}\t{}\t{text}\t{example}",
                seen.records, seen.times
            )?;
        }
        Ok(())
    }
}

/// The labels of a table's rows that hold figures and gave no indicator: the texts in front of the
/// first figure, each once.
fn unmatched_rows(record: &Record, table: &Table) -> Vec<String> {
    let matched: BTreeSet<usize> = record
        .indicators
        .iter()
        .filter_map(|indicator| match &indicator.from {
            Origin::Cell { table: id, row, .. } if *id == table.id => Some(*row),
            _ => None,
        })
        .collect();
    let rows = table.rows.iter().enumerate().skip(table.header_rows);
    rows.filter(|(index, _)| !matched.contains(index))
        .filter_map(|(_, row)| label(row))
        .collect()
}

/// The texts before a row's first figure; `None` where it has no figure or nothing before it.
fn label(row: &[String]) -> Option<String> {
    let figure = row.iter().position(|cell| is_figure(cell))?;
    let mut texts: Vec<&str> = Vec::new();
    for cell in row.get(..figure)? {
        let cell = cell.trim();
        if !cell.is_empty() && texts.last() != Some(&cell) {
            texts.push(cell);
        }
    }
    (!texts.is_empty()).then(|| texts.join(" > "))
}

/// Whether a cell begins with a number and is little more than that.
fn is_figure(cell: &str) -> bool {
    let cell = cell.trim();
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    cell.starts_with(|character: char| character.is_ascii_digit() || character == '-')
        && digits * 2 >= cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_label_is_what_stands_before_the_first_figure() {
        let label = |cells: &[&str]| label(&row(cells));
        assert_eq!(
            label(&["三、办理", "三、办理", "9.其他", "0", "1"]),
            Some("三、办理 > 9.其他".to_owned())
        );
        assert_eq!(label(&["指标", "单位", "数量"]), None);
        assert_eq!(label(&["3", "0"]), None);
        assert_eq!(
            label(&["微博条数", "条", "12条"]),
            Some("微博条数 > 条".to_owned())
        );
    }
}
