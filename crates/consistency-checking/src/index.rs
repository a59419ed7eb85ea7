//! Readings by what they mean: form, period and scope, indicator and dimensions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codebook::{Codebook, Form, Indicator, Rule};
use model::{Origin, Reading};

use crate::dimensions::Dimensions;

/// An indicator with the dimensions that break it down.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key<'a> {
    pub(crate) indicator: &'a str,
    pub(crate) dimensions: Dimensions<'a>,
}

impl<'a> Key<'a> {
    /// The key with a period and scope among its dimensions, as it is named to readers.
    pub(crate) fn within(&self, context: &Dimensions<'a>) -> Self {
        let mut key = self.clone();
        key.dimensions.extend(context.iter());
        key
    }
}

/// Readings (as indices) of one period and scope.
pub(crate) type Values<'a> = BTreeMap<Key<'a>, Vec<usize>>;

/// Values by period and scope: what differs in these is never compared.
pub(crate) type Contexts<'a> = BTreeMap<Dimensions<'a>, Values<'a>>;

/// All readings of a report, sorted.
pub(crate) struct Index<'a> {
    pub(crate) readings: &'a [Reading],
    pub(crate) codebook: &'a Codebook,
    /// Cells by form.
    pub(crate) forms: BTreeMap<&'a str, Contexts<'a>>,
    /// Cells of any form or none.
    pub(crate) cells: Contexts<'a>,
    /// Statements in prose.
    pub(crate) prose: Contexts<'a>,
    /// The rows of each form that was recognised.
    layouts: BTreeMap<&'a str, Layout<'a>>,
}

/// The cells that a form has, by indicator, in the form's order.
type Layout<'a> = Vec<(&'a Indicator, Vec<FormCell<'a>>)>;

/// A cell that a form has.
pub(crate) struct FormCell<'a> {
    pub(crate) dimensions: Dimensions<'a>,
    /// Its absence says nothing.
    pub(crate) optional: bool,
}

impl<'a> Index<'a> {
    pub(crate) fn new(readings: &'a [Reading], codebook: &'a Codebook) -> Self {
        Self::of_range(readings, 0..readings.len(), codebook)
    }

    /// The index of some of the readings; all others are there to be cited.
    pub(crate) fn of_range(
        readings: &'a [Reading],
        range: Range<usize>,
        codebook: &'a Codebook,
    ) -> Self {
        let mut index = Self {
            readings,
            codebook,
            forms: BTreeMap::new(),
            cells: BTreeMap::new(),
            prose: BTreeMap::new(),
            layouts: BTreeMap::new(),
        };
        let within = readings.iter().enumerate();
        let within = within.take(range.end).skip(range.start);
        for (position, reading) in within {
            let (context, dimensions) = split(codebook, &reading.dimensions);
            let key = Key {
                indicator: &reading.indicator,
                dimensions,
            };
            let place = match reading.origin {
                Origin::Prose { .. } => &mut index.prose,
                Origin::Cell { .. } => {
                    if let Some(form) = &reading.form {
                        let contexts = index.forms.entry(form).or_default();
                        let values = contexts.entry(context.clone()).or_default();
                        values.entry(key.clone()).or_default().push(position);
                    }
                    &mut index.cells
                }
            };
            let values = place.entry(context).or_default();
            values.entry(key).or_default().push(position);
        }
        let recognised: BTreeSet<&str> = index.forms.keys().copied().collect();
        for form in codebook
            .forms
            .iter()
            .filter(|form| recognised.contains(form.id.as_str()))
        {
            index.layouts.insert(&form.id, layout(codebook, form));
        }
        index
    }

    /// The cells of all forms that a rule holds for.
    pub(crate) fn cells_for(&self, rule: &Rule) -> Contexts<'a> {
        let mut all = Contexts::new();
        let forms = self.forms.iter().filter(|(form, _)| rule.holds_for(form));
        for (context, values) in forms.flat_map(|(_, contexts)| contexts) {
            let known: &mut Values<'a> = all.entry(context.clone()).or_default();
            for (key, positions) in values {
                let known = known.entry(key.clone()).or_default();
                known.extend(positions);
            }
        }
        all
    }

    /// The cells of a form, by indicator; empty for a form that was not recognised.
    pub(crate) fn layout(&self, form: &str) -> &[(&'a Indicator, Vec<FormCell<'a>>)] {
        self.layouts.get(form).map_or(&[], Vec::as_slice)
    }
}

/// The contextual dimensions, and the others; defaults left out.
fn split<'a>(
    codebook: &Codebook,
    dimensions: &'a BTreeMap<String, String>,
) -> (Dimensions<'a>, Dimensions<'a>) {
    dimensions
        .iter()
        .filter(|(name, value)| !codebook.is_default(name, value))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .partition(|(name, _)| {
            let dimension = codebook.dimension(name);
            dimension.is_some_and(|dimension| dimension.contextual)
        })
}

fn layout<'a>(codebook: &'a Codebook, form: &'a Form) -> Layout<'a> {
    let mut layout: Layout<'a> = Vec::new();
    for table in &form.tables {
        for row in &table.rows {
            let targets = table.columns.iter().map(|column| &column.target);
            let none = table.columns.is_empty().then_some(&EMPTY);
            for column in targets.chain(none) {
                let id = column.indicator.as_ref().or(row.target.indicator.as_ref());
                let Some(indicator) = id.and_then(|id| codebook.indicator(id)) else {
                    continue;
                };
                let (_, mut dimensions) = split(codebook, &row.target.dimensions);
                dimensions.extend(split(codebook, &column.dimensions).1.iter());
                let cell = FormCell {
                    dimensions,
                    optional: row.optional,
                };
                let mut known = layout.iter_mut();
                match known.find(|(known, _)| std::ptr::eq(*known, indicator)) {
                    Some((_, cells)) => {
                        let known = cells
                            .iter_mut()
                            .find(|known| known.dimensions == cell.dimensions);
                        match known {
                            Some(known) => known.optional &= cell.optional,
                            None => cells.push(cell),
                        }
                    }
                    None => layout.push((indicator, vec![cell])),
                }
            }
        }
    }
    layout
}

static EMPTY: codebook::Target = codebook::Target {
    indicator: None,
    dimensions: BTreeMap::new(),
};
