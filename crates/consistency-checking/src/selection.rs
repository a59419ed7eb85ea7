//! The values of a formula: which readings of one report its names stand for.

use codebook::{Expression, Factor, Indicator, Selector, Source, ValueType};
use model::{Origin, ReadingStatus};

use crate::breakdown::Breakdown;
use crate::dimensions::Dimensions;
use crate::index::{Contexts, Index, Key, Values};
use crate::interval::{self, Interval};

/// One use of a formula: what its names stand for.
#[derive(Clone)]
pub(crate) struct Instance<'i, 'a> {
    pub(crate) index: &'i Index<'a>,
    /// The form whose rows patterns stand for.
    pub(crate) form: Option<&'a str>,
    /// Where values are taken from.
    pub(crate) values: &'i Values<'a>,
    /// The same of every period and scope: for what a formula states of these.
    pub(crate) contexts: &'i Contexts<'a>,
    /// Where values marked `@prose` are taken from.
    pub(crate) prose: Option<&'i Values<'a>>,
    /// Other reports.
    pub(crate) others: Others<'i, 'a>,
    /// What `it` stands for.
    pub(crate) it: Option<&'a str>,
    /// The values of the dimensions that the rule is repeated over, defaults included.
    pub(crate) bindings: Dimensions<'a>,
    /// Period and scope.
    pub(crate) context: Dimensions<'a>,
    /// The one table that is looked at where tables contradict each other.
    pub(crate) table: Option<usize>,
    /// What names of formulas over paired figures stand for, each with the reading that it stands beside.
    pub(crate) named: &'i [(&'static str, Interval, usize)],
}

/// Cells of other reports.
#[derive(Clone, Copy, Default)]
pub(crate) struct Others<'i, 'a> {
    /// The year before, for values marked `@previous`.
    pub(crate) previous: Option<&'i Contexts<'a>>,
    /// The agencies below, for values marked `@parts`.
    pub(crate) parts: &'i [Contexts<'a>],
}

/// One value of a formula.
#[derive(Clone)]
pub(crate) struct Item<'a> {
    pub(crate) key: Key<'a>,
    /// The period and scope that the formula states.
    pub(crate) stated: Dimensions<'a>,
    /// Which report it is of.
    pub(crate) source: Source,
    /// Named by its dimensions alone: one of several that differ in them.
    pub(crate) short: bool,
    pub(crate) joint: Joint,
    pub(crate) found: Found,
    pub(crate) interval: Interval,
    /// Money without a unit.
    pub(crate) unitless: bool,
    pub(crate) money: bool,
}

/// How a value is joined to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Added.
    Plus,
    /// Subtracted.
    Minus,
    /// Multiplied.
    Times,
    /// Divided by.
    Over,
    /// One of several of which the largest counts.
    Largest,
}

/// What the report says of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Found {
    /// A number, in the reading with this index.
    Number(usize),
    /// A cell without a number.
    Blank(usize),
    /// No reading.
    Missing,
    /// Different numbers.
    Conflict(Vec<usize>),
    /// Numbers of several reports, added up.
    Added(Vec<usize>),
}

/// One side of a relation.
#[derive(Clone)]
pub(crate) struct Side<'a> {
    pub(crate) interval: Interval,
    pub(crate) items: Vec<Item<'a>>,
    pub(crate) constants: bool,
}

impl<'a> Side<'a> {
    pub(crate) fn is_spoken_of(&self) -> bool {
        self.constants && self.items.is_empty()
            || self.items.iter().any(|item| item.found != Found::Missing)
    }

    /// The readings taken.
    pub(crate) fn readings(&self) -> impl Iterator<Item = usize> {
        self.items
            .iter()
            .flat_map(|item| match &item.found {
                Found::Number(reading) | Found::Blank(reading) => std::slice::from_ref(reading),
                Found::Missing => &[],
                Found::Conflict(several) | Found::Added(several) => several.as_slice(),
            })
            .copied()
    }

    pub(crate) fn is_known(&self) -> bool {
        self.items.iter().all(|item| match item.found {
            Found::Number(_) => true,
            // A report without the figure leaves the sum open.
            Found::Added(_) => item.interval.high.is_finite(),
            Found::Blank(_) | Found::Missing | Found::Conflict(_) => false,
        })
    }
}

impl<'a> Instance<'_, 'a> {
    pub(crate) fn table_of(&self, reading: usize) -> Option<usize> {
        match self.index.readings.get(reading)?.origin {
            Origin::Cell { table, .. } => Some(table),
            Origin::Prose { .. } => None,
        }
    }

    /// A side of a formula with the values put in.
    pub(crate) fn side(&self, expression: &'a Expression) -> Side<'a> {
        let mut side = Side {
            interval: Interval::point(0.0),
            items: Vec::new(),
            constants: false,
        };
        for term in &expression.terms {
            let alone = expression.terms.len() == 1;
            let joint = if term.negative {
                Joint::Minus
            } else {
                Joint::Plus
            };
            let mut product = self.factor(&term.first, joint, alone, &mut side);
            for (divided, factor) in &term.rest {
                let joint = if *divided { Joint::Over } else { Joint::Times };
                let next = self.factor(factor, joint, true, &mut side);
                product = if *divided {
                    product.over(next)
                } else {
                    product.times(next)
                };
            }
            let signed = if term.negative {
                product.negated()
            } else {
                product
            };
            side.interval = side.interval.plus(signed);
        }
        side
    }

    fn factor(
        &self,
        factor: &'a Factor,
        joint: Joint,
        alone: bool,
        side: &mut Side<'a>,
    ) -> Interval {
        let mut take = |mut item: Item<'a>| {
            item.joint = if matches!(factor, Factor::Max(_)) {
                Joint::Largest
            } else {
                joint
            };
            let interval = item.interval;
            side.items.push(item);
            interval
        };
        match factor {
            Factor::Number(number) => {
                side.constants = true;
                Interval::point(*number)
            }
            Factor::Single(selector) => self.single(selector).map_or(Interval::ANY, take),
            Factor::First(several) => {
                let mut items = several.iter().filter_map(|selector| self.single(selector));
                let first = items.next();
                let reported = |item: &Item<'a>| item.found != Found::Missing;
                let chosen = match first {
                    Some(first) if !reported(&first) => items.find(reported).or(Some(first)),
                    first => first,
                };
                chosen.map_or(Interval::ANY, take)
            }
            Factor::Sum(selector) => {
                let items = self.several(selector, alone);
                items
                    .into_iter()
                    .map(take)
                    .fold(Interval::point(0.0), Interval::plus)
            }
            Factor::Max(selector) => {
                let items = self.several(selector, true);
                items
                    .into_iter()
                    .map(&mut take)
                    .fold(Interval::point(0.0), Interval::larger)
            }
        }
    }

    fn single(&self, selector: &Selector) -> Option<Item<'a>> {
        let id = match self.it {
            Some(it) if selector.indicator == "it" => it,
            _ => selector.indicator.as_str(),
        };
        if selector.is_paired() {
            return self.paired(selector);
        }
        let codebook = self.index.codebook;
        let indicator = codebook.indicator(id)?;
        let stated = selector.dimensions.iter().filter_map(|(name, value)| {
            let dimension = codebook.dimension(name)?;
            Some((dimension.id.as_str(), dimension.value(value)?.id.as_str()))
        });
        let bound = self.bindings.iter();
        let contextual = |name: &str| {
            let dimension = codebook.dimension(name);
            dimension.is_some_and(|dimension| dimension.contextual)
        };
        let (stated_context, stated): (Dimensions<'a>, Dimensions<'a>) =
            stated.partition(|(name, _)| contextual(name));
        let dimensions = bound
            .filter(|(name, _)| indicator.allowed(name).is_some())
            .chain(stated.iter())
            .collect::<Dimensions<'a>>()
            .iter()
            .filter(|(name, value)| !codebook.is_default(name, value))
            .collect();
        let key = Key {
            indicator: indicator.id.as_str(),
            dimensions,
        };
        Some(self.item(key, indicator, selector.source, stated_context, false))
    }

    /// A figure that the text pairs with a reading.
    fn paired(&self, selector: &Selector) -> Option<Item<'a>> {
        let (_, interval, reading) = self
            .named
            .iter()
            .find(|(name, ..)| *name == selector.indicator)?;
        let indicator = &self.index.readings.get(*reading)?.indicator;
        Some(Item {
            key: Key {
                indicator,
                dimensions: Dimensions::new(),
            },
            stated: Dimensions::new(),
            source: Source::Prose,
            short: false,
            joint: Joint::Plus,
            found: Found::Number(*reading),
            interval: *interval,
            unitless: false,
            money: false,
        })
    }

    /// All values that a pattern stands for. In a longer sum, the printed subtotal stands for parts
    /// of which none is printed.
    fn several(&self, selector: &'a Selector, alone: bool) -> Vec<Item<'a>> {
        let short = selector
            .dimensions
            .iter()
            .any(|(_, value)| value.ends_with('*'));
        let mut keys: Vec<(Key<'a>, &'a Indicator)> = Vec::new();
        let codebook = self.index.codebook;
        let breakdown = Breakdown::new(selector, &self.bindings, codebook);
        let layout = self.form.map_or(&[][..], |form| self.index.layout(form));
        for (indicator, cells) in layout
            .iter()
            .filter(|(indicator, _)| selector.selects(&indicator.id, self.it))
        {
            for cell in cells {
                if !breakdown.fits(indicator, &cell.dimensions) {
                    continue;
                }
                let key = Key {
                    indicator: &indicator.id,
                    dimensions: cell.dimensions.clone(),
                };
                if !cell.optional || self.readings_of(&key, selector.source).is_some() {
                    keys.push((key, indicator));
                }
            }
        }
        // What the report has beyond the form.
        let from_form = keys.len();
        let pattern = match self.it {
            Some(it) if selector.indicator == "it" => it,
            _ => selector.indicator.trim_end_matches('*'),
        };
        let first = Key {
            indicator: pattern,
            dimensions: Dimensions::new(),
        };
        let values = self.source(selector.source, &self.context);
        // Keys stand sorted by indicator: each is looked up once.
        let mut last: Option<(&str, Option<&'a Indicator>)> = None;
        for (key, _) in values.into_iter().flat_map(|values| values.range(&first..)) {
            if !key.indicator.starts_with(pattern) {
                break;
            }
            let indicator = match last {
                Some((id, indicator)) if id == key.indicator => indicator,
                _ => codebook
                    .indicator(key.indicator)
                    .filter(|_| selector.selects(key.indicator, self.it)),
            };
            last = Some((key.indicator, indicator));
            let mut from_form = keys.iter().take(from_form);
            if let Some(indicator) = indicator
                && breakdown.fits(indicator, &key.dimensions)
                && !from_form.any(|(known, of)| {
                    std::ptr::eq(*of, indicator) && known.dimensions == key.dimensions
                })
            {
                keys.push((key.clone(), indicator));
            }
        }
        let items: Vec<Item<'a>> = keys
            .into_iter()
            .map(|(key, indicator)| {
                self.item(key, indicator, selector.source, Dimensions::new(), short)
            })
            .collect();
        let none = items.iter().all(|item| item.found == Found::Missing);
        if none
            && !alone
            && let Some(whole) = selector.indicator.strip_suffix(".*")
        {
            let subtotal = self.single(&Selector {
                indicator: whole.to_owned(),
                ..selector.clone()
            });
            if let Some(item) = subtotal.filter(|item| item.found != Found::Missing) {
                return vec![item];
            }
        }
        items
    }

    /// The values of one source, period and scope.
    fn source(&self, source: Source, context: &Dimensions<'a>) -> Option<&Values<'a>> {
        let own = *context == self.context;
        match source {
            Source::Rule if own => Some(self.values),
            Source::Rule => self.contexts.get(context),
            Source::Prose => self.prose.filter(|_| own),
            Source::Previous => self.others.previous?.get(context),
            // Several reports have no one value: see `added`.
            Source::Parts => None,
        }
    }

    fn readings_of(&self, key: &Key<'a>, source: Source) -> Option<&Vec<usize>> {
        self.source(source, &self.context)?.get(key)
    }

    /// The context with what a formula states of period and scope in place of its own.
    fn context_with(&self, stated: &Dimensions<'a>) -> Dimensions<'a> {
        let mut context = self.context.clone();
        for (name, value) in stated.iter() {
            if self.index.codebook.is_default(name, value) {
                context.remove(name);
            } else {
                context.insert(name, value);
            }
        }
        context
    }

    fn item(
        &self,
        key: Key<'a>,
        indicator: &Indicator,
        source: Source,
        stated: Dimensions<'a>,
        short: bool,
    ) -> Item<'a> {
        let context = self.context_with(&stated);
        if source == Source::Parts {
            return self.added(key, indicator, &context, stated, short);
        }
        let codebook = self.index.codebook;
        let value_type = indicator.value_type;
        let all = self
            .source(source, &context)
            .and_then(|values| values.get(&key));
        // Tables are those of this report.
        let table = self.table.filter(|_| source == Source::Rule);
        let found = all.map_or(Found::Missing, |all| self.found(all, table));
        let reading = match &found {
            Found::Number(reading) => self.index.readings.get(*reading),
            _ => None,
        };
        let known = reading
            .and_then(|reading| interval::of_reading(reading, Some(indicator), &codebook.bounds));
        let unknown = if value_type == ValueType::SignedCount {
            Interval::ANY
        } else {
            Interval::NOT_NEGATIVE
        };
        let money = value_type == ValueType::Money && reading.is_some();
        Item {
            key,
            stated,
            source,
            short,
            joint: Joint::Plus,
            interval: known.unwrap_or(unknown),
            unitless: money && reading.is_some_and(|reading| reading.unit.is_none()),
            money,
            found,
        }
    }

    /// The sum over the agencies below; open above where one of them lacks the figure.
    fn added(
        &self,
        key: Key<'a>,
        indicator: &Indicator,
        context: &Dimensions<'a>,
        stated: Dimensions<'a>,
        short: bool,
    ) -> Item<'a> {
        let codebook = self.index.codebook;
        let mut interval = Interval::point(0.0);
        let mut taken = Vec::new();
        let mut unitless = false;
        for part in self.others.parts {
            let all = part.get(context).and_then(|values| values.get(&key));
            let found = all.map_or(Found::Missing, |all| self.found(all, None));
            let reading = match found {
                Found::Number(at) => self.index.readings.get(at).map(|reading| (at, reading)),
                _ => None,
            };
            let known = reading.and_then(|(at, reading)| {
                let known = interval::of_reading(reading, Some(indicator), &codebook.bounds)?;
                Some((at, reading, known))
            });
            let Some((at, reading, known)) = known else {
                interval = interval.plus(Interval::NOT_NEGATIVE);
                continue;
            };
            taken.push(at);
            interval = interval.plus(known);
            unitless |= reading.unit.is_none();
        }
        let money = indicator.value_type == ValueType::Money;
        Item {
            key,
            stated,
            source: Source::Parts,
            short,
            joint: Joint::Plus,
            interval,
            unitless: money && unitless,
            money,
            found: if taken.is_empty() {
                Found::Missing
            } else {
                Found::Added(taken)
            },
        }
    }

    /// What a report says of a key, in one table or in all: the same number twice is one number.
    fn found(&self, all: &[usize], table: Option<usize>) -> Found {
        let seen = |at: &&usize| table.is_none() || self.table_of(**at) == table;
        let candidates: Vec<usize> = all.iter().filter(seen).copied().collect();
        let mut numbers: Vec<(usize, f64)> = Vec::new();
        for position in &candidates {
            let Some(reading) = self.index.readings.get(*position) else {
                continue;
            };
            if let (ReadingStatus::Reported, Some(value)) = (reading.status, reading.value) {
                let unit = reading.unit.as_deref().unwrap_or_default();
                numbers.push((*position, value * interval::scale(unit)));
            }
        }
        let Some((first, value)) = numbers.first() else {
            return candidates
                .first()
                .map_or(Found::Missing, |first| Found::Blank(*first));
        };
        if numbers
            .iter()
            .all(|(_, other)| (other - value).abs() <= value.abs() * 1e-9)
        {
            return Found::Number(*first);
        }
        Found::Conflict(numbers.into_iter().map(|(position, _)| position).collect())
    }
}
