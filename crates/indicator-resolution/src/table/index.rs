//! The labels of all forms, ready to be looked up.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use codebook::{Codebook, Columns, Label};

use crate::label::{Conflict, Marks, NormalLabel, conflict, edit_ratio};

/// Score of labels that meet only without brackets or counting suffixes.
const REDUCED: f32 = 0.95;
/// Factor on the likeness of labels that are not the same in any form.
const ALIKE: f32 = 0.9;
/// Factor where one character of a word that tells labels apart is wrong: only neighbours can prove it.
const MISSPELT: f32 = 0.8;
/// A label longer than this is a paragraph: it is looked up as a whole only.
const LONGEST_LABEL: usize = 80;

/// What a wording stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reference {
    /// A row of a form's table.
    Row {
        form: usize,
        table: usize,
        row: usize,
    },
    /// A level of the header of a form's column, from the top group (0) down.
    Column {
        form: usize,
        table: usize,
        column: usize,
        level: usize,
    },
    /// The caption or band of a form's table.
    Title { form: usize, table: usize },
    /// A wording of [`Columns`].
    Role(usize),
}

/// A wording of the codebook that a label may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// Index of the wording.
    pub(super) term: usize,
    /// 1 the same, 0.95 the same without brackets and suffixes, less for a likeness.
    pub(super) score: f32,
}

/// Every wording of rows, columns, titles and column roles.
#[derive(Debug, Default)]
pub(crate) struct LabelIndex {
    /// What each wording stands for, sorted.
    references: Vec<Vec<Reference>>,
    /// Wordings by a normal form; true where it is the full one.
    by_form: HashMap<String, Vec<(usize, bool)>>,
    /// Forms compared letter by letter.
    spelled: Vec<Spelled>,
    /// Spelled forms by pairs of neighbouring characters.
    by_pair: HashMap<(char, char), Vec<usize>>,
    /// Wordings by their full normal form.
    terms: HashMap<String, usize>,
    /// The wording that a form prints for a row, by form, table and row.
    printed: HashMap<(usize, usize, usize), usize>,
    /// What each wording is looked up as, once some report prints it: most labels of most reports
    /// are wordings of a form.
    found: Vec<OnceLock<Found>>,
}

/// A form that is compared letter by letter.
#[derive(Debug)]
struct Spelled {
    chars: Vec<char>,
    /// Looked for when the first label is like it: most never are.
    marks: OnceLock<Marks>,
    /// Index of the wording.
    term: usize,
}

impl Spelled {
    fn marks(&self) -> &Marks {
        let text = || self.chars.iter().collect::<String>();
        self.marks.get_or_init(|| Marks::of(&text()))
    }
}

/// A label that was looked up.
#[derive(Debug)]
struct Found {
    label: NormalLabel,
    hits: Vec<Hit>,
}

impl LabelIndex {
    /// Reads every label of a codebook once.
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let mut index = Self::default();
        for (form, of_form) in codebook.forms.iter().enumerate() {
            for (table, of_table) in of_form.tables.iter().enumerate() {
                index.add(&of_table.title, Reference::Title { form, table });
                for (row, of_row) in of_table.rows.iter().enumerate() {
                    index.add(&of_row.label, Reference::Row { form, table, row });
                    let printed = NormalLabel::new(&of_row.label.text).full;
                    if let Some(term) = index.terms.get(&printed) {
                        index.printed.insert((form, table, row), *term);
                    }
                }
                for (column, of_column) in of_table.columns.iter().enumerate() {
                    for (level, label) in of_column.path.iter().enumerate() {
                        let reference = Reference::Column {
                            form,
                            table,
                            column,
                            level,
                        };
                        index.add(label, reference);
                    }
                }
            }
        }
        index.add_roles(&codebook.columns);
        for references in &mut index.references {
            references.sort_unstable();
            references.dedup();
        }
        index
    }

    fn add_roles(&mut self, columns: &Columns) {
        for (role, (wording, _)) in columns.roles.iter().enumerate() {
            self.add_wording(wording, Reference::Role(role));
        }
    }

    fn add(&mut self, label: &Label, reference: Reference) {
        for wording in std::iter::once(&label.text).chain(&label.aliases) {
            self.add_wording(wording, reference);
        }
    }

    fn add_wording(&mut self, wording: &str, reference: Reference) {
        let label = NormalLabel::new(wording);
        if label.full.is_empty() {
            return;
        }
        if let Some(references) = self
            .terms
            .get(&label.full)
            .and_then(|term| self.references.get_mut(*term))
        {
            references.push(reference);
            return;
        }
        let term = self.references.len();
        self.references.push(vec![reference]);
        self.found.push(OnceLock::new());
        for (form, full) in std::iter::once((label.full.as_str(), true))
            .chain(label.reduced().map(|form| (form, false)))
        {
            self.by_form
                .entry(form.to_owned())
                .or_default()
                .push((term, full));
        }
        for form in label.spelled() {
            let chars: Vec<char> = form.chars().collect();
            let spelled = self.spelled.len();
            for pair in pairs(&chars) {
                let list = self.by_pair.entry(pair).or_default();
                if list.last() != Some(&spelled) {
                    list.push(spelled);
                }
            }
            self.spelled.push(Spelled {
                chars,
                marks: OnceLock::new(),
                term,
            });
        }
        self.terms.insert(label.full, term);
    }

    /// What a wording stands for.
    pub(super) fn references(&self, hit: Hit) -> &[Reference] {
        self.references
            .get(hit.term)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Whether a label is the very wording that a form prints for a row.
    pub(super) fn is_printed(&self, hits: &[Hit], form: usize, table: usize, row: usize) -> bool {
        let printed = self.printed.get(&(form, table, row));
        hits.iter()
            .any(|hit| hit.score >= 1.0 && Some(&hit.term) == printed)
    }

    /// The wordings that a label is, with or without brackets and suffixes.
    pub(super) fn look_up_same(&self, label: &NormalLabel) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (form, full) in std::iter::once((label.full.as_str(), true))
            .chain(label.reduced().map(|form| (form, false)))
        {
            for (term, known_full) in self.by_form.get(form).into_iter().flatten() {
                let score = if full && *known_full { 1.0 } else { REDUCED };
                raise(&mut hits, *term, score);
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
        hits
    }

    /// The wordings that a label may be, best first.
    pub(super) fn look_up(&self, label: &NormalLabel) -> Vec<Hit> {
        let term = self.terms.get(&label.full);
        let Some(slot) = term.and_then(|term| self.found.get(*term)) else {
            return self.search(label);
        };
        let found = slot.get_or_init(|| Found {
            label: label.clone(),
            hits: self.search(label),
        });
        // A bracket or a year may be set otherwise in the same letters.
        if found.label.bare == label.bare && found.label.cores == label.cores {
            found.hits.clone()
        } else {
            self.search(label)
        }
    }

    fn search(&self, label: &NormalLabel) -> Vec<Hit> {
        let mut hits = self.look_up_same(label);
        let mut add = |term: usize, score: f32| raise(&mut hits, term, score);
        for form in label.spelled() {
            let chars: Vec<char> = form.chars().collect();
            if chars.len() > LONGEST_LABEL {
                continue;
            }
            let marks = OnceCell::new();
            for spelled in self.sharing_pairs(&chars) {
                let Some(spelled) = self.spelled.get(spelled) else {
                    continue;
                };
                let (known, term) = (&spelled.chars, spelled.term);
                let least = if chars.len().min(known.len()) < 6 {
                    0.75
                } else {
                    0.65
                };
                if !may_reach(&chars, known, least) {
                    continue;
                }
                let ratio = edit_ratio(&chars, known);
                if ratio < least {
                    continue;
                }
                // A label that breaks off is held only against as much of the wording as it has.
                let told = if known.starts_with(&chars) {
                    Conflict::None
                } else {
                    conflict(marks.get_or_init(|| Marks::of(form)), spelled.marks())
                };
                match told {
                    Conflict::None => add(term, ratio * ALIKE),
                    Conflict::Lost if chars.len() == known.len() && ratio >= 0.75 => {
                        add(term, ratio * MISSPELT);
                    }
                    // 网站砖栏页面访问量: one wrong character in a long label.
                    Conflict::LostMeaning
                        if chars.len() == known.len()
                            && chars.len() > 6
                            && one_differs(&chars, known) =>
                    {
                        add(term, ratio * ALIKE);
                    }
                    _ => {}
                }
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
        hits
    }

    /// Spelled forms that share enough pairs of characters to be worth a comparison.
    fn sharing_pairs(&self, chars: &[char]) -> Vec<usize> {
        let mut shared: Vec<usize> = pairs(chars)
            .filter_map(|pair| self.by_pair.get(&pair))
            .flatten()
            .copied()
            .collect();
        shared.sort_unstable();
        let wanted = chars.len().saturating_sub(1);
        shared
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() * 3 >= wanted)
            .filter_map(|same| same.first().copied())
            .collect()
    }
}

/// Whether texts of the same length differ in one character.
fn one_differs(left: &[char], right: &[char]) -> bool {
    left.iter().zip(right).filter(|(a, b)| a != b).count() == 1
}

fn raise(hits: &mut Vec<Hit>, term: usize, score: f32) {
    match hits.iter_mut().find(|hit| hit.term == term) {
        Some(hit) => hit.score = hit.score.max(score),
        None => hits.push(Hit { term, score }),
    }
}

/// How alike a label and a wording of the codebook are where place speaks for their being the same: a word
/// by which labels differ may be lost, not changed.
pub(super) fn likeness(written: &NormalLabel, known: &Label) -> f32 {
    let mut best: f32 = 0.0;
    for wording in std::iter::once(&known.text).chain(&known.aliases) {
        let known = NormalLabel::new(wording);
        for a in written.spelled() {
            for b in known.spelled() {
                if conflict(&Marks::of(a), &Marks::of(b)) < Conflict::LostMeaning {
                    let a: Vec<char> = a.chars().collect();
                    let b: Vec<char> = b.chars().collect();
                    best = best.max(edit_ratio(&a, &b));
                }
            }
        }
    }
    best
}

/// Whether the lengths of two texts leave room for a likeness, or one breaks off.
#[expect(clippy::cast_precision_loss, reason = "lengths of labels are small")]
fn may_reach(written: &[char], known: &[char], least: f32) -> bool {
    let (short, long) = (
        written.len().min(known.len()),
        written.len().max(known.len()),
    );
    short as f32 >= least * long as f32 || known.starts_with(written)
}

fn pairs(chars: &[char]) -> impl Iterator<Item = (char, char)> {
    chars.iter().copied().zip(chars.iter().copied().skip(1))
}
