//! Which form a band is filled in on: the one whose labels explain it, never the one of its year.
//!
//! Forms share labels and whole tables. Where two explain a band about as well, the other tables of the
//! report decide.

use codebook::{Codebook, Form};
use model::LabelMatch;

use super::coded;
use super::columns::{Leaf, Panel};
use super::headers::{ColumnMatch, match_columns};
use super::index::LabelIndex;
use super::layout::{Band, Kind, RowAt, Sheet};
use super::matching::{Matching, RowMatch, SAME, match_rows};
use super::rows::{Item, items, value_cells};

/// Forms whose scores differ by less than half a row are told apart by the rest of the report.
const TIE: f32 = 0.5;
/// Share of a form's header that must be found.
const HEADER: f32 = 0.5;
/// Share of a form's header that counts as the whole.
pub(super) const WHOLE_HEADER: f32 = 0.9;

/// A band with its labels and what the forms make of it.
pub(super) struct Recognised {
    pub(super) band: Band,
    pub(super) panels: Vec<Panel>,
    pub(super) items: Vec<Item>,
    candidates: Vec<Candidate>,
}

/// One form's explanation of a band.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) form: usize,
    /// Rows of the form by item.
    pub(super) rows: Vec<RowMatch>,
    /// Columns by panel and table of the form; empty for lists.
    pub(super) columns: Vec<TableColumns>,
    pub(super) score: f32,
}

/// How the value columns of a panel meet those of a form's table.
#[derive(Debug, Clone)]
pub(super) struct TableColumns {
    pub(super) panel: usize,
    pub(super) table: usize,
    pub(super) columns: ColumnMatch,
}

impl Recognised {
    /// Holds a band's labels against every form.
    pub(super) fn new(
        sheets: &[Sheet<'_>],
        band: Band,
        panels: Vec<Panel>,
        index: &LabelIndex,
        codebook: &Codebook,
    ) -> Self {
        let items = items(sheets, &band, &panels, index);
        let mut candidates = Vec::new();
        for (form_at, form) in codebook.forms.iter().enumerate() {
            let context = Context {
                sheets,
                panels: &panels,
                items: &items,
                index,
                form_at,
                form,
                codebook,
            };
            candidates.extend(context.as_list());
            candidates.extend(context.as_matrix());
            candidates.extend(coded::candidate(&context, &band));
        }
        Self {
            band,
            panels,
            items,
            candidates,
        }
    }

    /// Whether any form explains the band.
    pub(super) fn is_known(&self) -> bool {
        !self.candidates.is_empty()
    }

    /// Adds what each form explains of the band to the form's votes.
    pub(super) fn vote(&self, votes: &mut [f32]) {
        for (form, vote) in votes.iter_mut().enumerate() {
            *vote += self
                .candidates
                .iter()
                .filter(|candidate| candidate.form == form)
                .map(|candidate| candidate.score)
                .fold(0.0, f32::max);
        }
    }

    /// The form's explanation that is taken.
    pub(super) fn best(&self, votes: &[f32]) -> Option<&Candidate> {
        let best = self
            .candidates
            .iter()
            .map(|candidate| candidate.score)
            .fold(0.0, f32::max);
        let vote = |candidate: &Candidate| votes.get(candidate.form).copied().unwrap_or_default();
        self.candidates
            .iter()
            .filter(|candidate| candidate.score > best - TIE)
            .max_by(|a, b| {
                vote(a)
                    .total_cmp(&vote(b))
                    .then(a.score.total_cmp(&b.score))
                    // Of equals the first of the codebook.
                    .then(b.form.cmp(&a.form))
            })
    }
}

pub(super) struct Context<'a> {
    pub(super) sheets: &'a [Sheet<'a>],
    pub(super) panels: &'a [Panel],
    pub(super) items: &'a [Item],
    pub(super) index: &'a LabelIndex,
    pub(super) form_at: usize,
    pub(super) form: &'a Form,
    pub(super) codebook: &'a Codebook,
}

impl Context<'_> {
    /// The band as lists of label and value.
    fn as_list(&self) -> Option<Candidate> {
        if self
            .panels
            .iter()
            .all(|panel| panel.list_leaves().is_empty())
        {
            return None;
        }
        let tables: Vec<usize> = self.tables(true).collect();
        let matching = match_rows(self.items, self.form_at, self.form, &tables, self.index);
        self.convincing(&matching).then(|| Candidate {
            form: self.form_at,
            score: matching.score,
            rows: matching.rows,
            columns: Vec::new(),
        })
    }

    /// The band as tables of rows and columns.
    fn as_matrix(&self) -> Option<Candidate> {
        let mut found = Vec::new();
        let mut by_count = false;
        for (panel_at, panel) in self.panels.iter().enumerate() {
            for table in self.tables(false) {
                found.extend(self.header(panel_at, panel, table));
            }
        }
        if found.is_empty() {
            // No header at all: rows that are known have as many values as the form has columns.
            found = self.counted_columns();
            by_count = true;
        }
        let share = |found: &TableColumns| found.columns.share;
        let best = found.iter().map(share).fold(0.0, f32::max);
        let of_panel: Vec<f32> = (0..self.panels.len())
            .map(|panel| {
                let of_panel = found.iter().filter(|found| found.panel == panel);
                of_panel.map(share).fold(0.0, f32::max)
            })
            .collect();
        found.retain(|found| {
            let best = of_panel.get(found.panel).copied().unwrap_or_default();
            found.columns.share > best - 0.2
        });
        let mut tables: Vec<usize> = found.iter().map(|found| found.table).collect();
        tables.sort_unstable();
        tables.dedup();
        if tables.is_empty() {
            return None;
        }
        let mut matching = match_rows(self.items, self.form_at, self.form, &tables, self.index);
        let strong = matching.rows.iter().filter(|row| row.score >= SAME).count();
        if by_count && strong < 3 {
            return None;
        }
        // A header found whole speaks for rows that are only alike.
        let under_header = !by_count && best >= WHOLE_HEADER && self.is_half_met(&matching);
        if !self.convincing(&matching) && !under_header {
            matching = self.row_without_label(&tables)?;
        }
        let fit = found
            .iter()
            .filter(|found| matching.rows.iter().any(|row| row.table == found.table))
            .map(|found| {
                let met = found.columns.of_leaf.iter().flatten().count();
                0.5 * as_f32(met) - 0.25 * as_f32(found.columns.of_leaf.len() - met)
            })
            .fold(0.0, f32::max);
        Some(Candidate {
            form: self.form_at,
            score: matching.score + fit,
            rows: matching.rows,
            columns: found,
        })
    }

    fn tables(&self, lists: bool) -> impl Iterator<Item = usize> {
        self.form
            .tables
            .iter()
            .enumerate()
            .filter(move |(_, table)| table.columns.is_empty() == lists)
            .map(|(at, _)| at)
    }

    pub(super) fn header(
        &self,
        panel_at: usize,
        panel: &Panel,
        table: usize,
    ) -> Option<TableColumns> {
        let spoken_of = |leaf: &Leaf| leaf.speaks_of(self.form_at, table);
        if !panel.leaves.iter().any(spoken_of) {
            return None;
        }
        let of_table = self.form.tables.get(table)?;
        let values = self.values_in_a_row(panel_at, panel);
        let columns = match_columns(
            &panel.leaves,
            values,
            self.form_at,
            table,
            of_table,
            self.index,
        );
        (columns.share >= HEADER).then_some(TableColumns {
            panel: panel_at,
            table,
            columns,
        })
    }

    /// The most value cells that a row of a panel has.
    fn values_in_a_row(&self, panel_at: usize, panel: &Panel) -> usize {
        self.items
            .iter()
            .filter(|item| item.panel == panel_at)
            .filter_map(|item| item.at)
            .filter_map(|at| {
                let sheet = self.sheets.get(at.sheet)?;
                let labels = sheet.cells(at.row, panel.labels.iter().copied());
                Some(value_cells(sheet, at.row, panel, &labels).len())
            })
            .max()
            .unwrap_or_default()
    }

    fn counted_columns(&self) -> Vec<TableColumns> {
        let mut found = Vec::new();
        for (panel_at, panel) in self.panels.iter().enumerate() {
            if panel.leaves.iter().any(|leaf| !leaf.path.is_empty()) || panel.leaves.len() < 2 {
                continue;
            }
            for table in self.tables(false) {
                let of_table = self.form.tables.get(table);
                if of_table.is_some_and(|table| table.columns.len() == panel.leaves.len()) {
                    found.push(TableColumns {
                        panel: panel_at,
                        table,
                        columns: ColumnMatch {
                            of_leaf: (0..panel.leaves.len()).map(Some).collect(),
                            share: 0.0,
                        },
                    });
                }
            }
        }
        found
    }

    /// Whether at least every other row with values is explained.
    fn is_half_met(&self, matching: &Matching) -> bool {
        let valued = self.items.iter().filter(|item| item.at.is_some()).count();
        let met = matching
            .rows
            .iter()
            .filter(|row| {
                self.items
                    .get(row.item)
                    .is_some_and(|item| item.at.is_some())
            })
            .count();
        met > 0 && met * 2 >= valued
    }

    /// Whether enough of the band is explained to believe it.
    fn convincing(&self, matching: &Matching) -> bool {
        let valued = self.items.iter().filter(|item| item.at.is_some()).count();
        let with_values = |row: &&RowMatch| {
            self.items
                .get(row.item)
                .is_some_and(|item| item.at.is_some())
        };
        let met = matching.rows.iter().filter(with_values).count();
        let same = matching
            .rows
            .iter()
            .filter(with_values)
            .filter(|row| row.score >= SAME)
            .count();
        let alone = valued == 1
            && matching.rows.first().is_some_and(|row| {
                self.items
                    .get(row.item)
                    .is_some_and(|item| item.label.full.chars().count() < 4)
            });
        (same >= 1 && met * 2 >= valued && !alone) || (same >= 3 && met * 5 >= valued)
    }

    /// A table whose values stand under column groups alone has one row of values.
    fn row_without_label(&self, tables: &[usize]) -> Option<Matching> {
        let table = tables.iter().copied().find(|table| {
            self.form.tables.get(*table).is_some_and(|table| {
                table.rows.len() == 1 && table.rows.iter().all(|row| row.label.text.is_empty())
            })
        })?;
        let valued = || {
            self.items
                .iter()
                .enumerate()
                .filter(|(_, item)| item.at.is_some())
        };
        let filled: Vec<usize> = valued()
            .filter(|(_, item)| self.is_filled(item))
            .map(|(at, _)| at)
            .collect();
        let item = match filled.as_slice() {
            [item] => *item,
            [] => valued().next()?.0,
            // Several rows of values: which is the agency's own cannot be known.
            _ => return None,
        };
        Some(Matching {
            rows: vec![RowMatch {
                item,
                form: self.form_at,
                table,
                row: 0,
                score: 1.0,
                label: LabelMatch::Unlabelled,
            }],
            score: 1.0,
        })
    }

    fn is_filled(&self, item: &Item) -> bool {
        let (Some(RowAt { sheet, row }), Some(panel)) = (item.at, self.panels.get(item.panel))
        else {
            return false;
        };
        self.sheets.get(sheet).is_some_and(|sheet| {
            value_cells(sheet, row, panel, &[])
                .iter()
                .any(|cell| sheet.kind(*cell) != Kind::Blank)
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of columns are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}
