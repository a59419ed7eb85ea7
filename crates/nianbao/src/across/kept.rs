//! What is kept of a record for rules over several: its cells, small.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use model::{Bound, ColumnMatch, LabelMatch, Manner, Origin, Reading, ReadingStatus};
use record::Record;

/// Values that stand in many records, each kept once.
#[derive(Debug)]
pub(super) struct Interned<T> {
    values: Vec<T>,
    positions: HashMap<T, usize>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            positions: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    fn put(&mut self, value: T) -> usize {
        if let Some(known) = self.positions.get(&value) {
            return *known;
        }
        let position = self.values.len();
        self.values.push(value.clone());
        self.positions.insert(value, position);
        position
    }

    fn get(&self, position: usize) -> Option<&T> {
        self.values.get(position)
    }
}

/// Indicator, dimensions, form, unit, table: what says what a cell is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Sort {
    indicator: String,
    dimensions: BTreeMap<String, String>,
    form: String,
    unit: Option<String>,
    table: String,
}

/// What cells of all records share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    sorts: Interned<Sort>,
    /// The words of cells that are no plain number.
    words: Interned<String>,
}

/// A cell.
#[derive(Debug)]
struct Cell {
    sort: usize,
    value: Option<f64>,
    status: ReadingStatus,
    bound: Bound,
    words: Option<usize>,
    /// Position among the record's indicators.
    index: usize,
}

/// A record, as far as rules over several need it.
#[derive(Debug)]
pub(super) struct KeptRecord {
    pub(super) path: String,
    pub(super) part: usize,
    pub(super) id: String,
    pub(super) agency: Option<String>,
    pub(super) region: Option<String>,
    pub(super) level: Option<record::Level>,
    pub(super) body: Option<record::Body>,
    pub(super) year: i16,
    /// Whose figures it holds, in its own words.
    pub(super) scope: Option<record::ScopeId>,
    cells: Vec<Cell>,
}

impl KeptRecord {
    pub(super) fn of(record: &Record, year: i16, shared: &mut Shared) -> Self {
        let mut cells = Vec::new();
        for (index, indicator) in record.indicators.iter().enumerate() {
            let (record::Origin::Cell { table, .. }, Some(form)) =
                (&indicator.from, &indicator.form)
            else {
                continue;
            };
            let plain = indicator.raw.chars().all(|c| c.is_ascii_digit());
            cells.push(Cell {
                sort: shared.sorts.put(Sort {
                    indicator: indicator.id.clone(),
                    dimensions: indicator.dims.clone(),
                    form: form.clone(),
                    unit: indicator.unit.clone(),
                    table: table.clone(),
                }),
                value: indicator.value.map(record::Number::get),
                status: status(indicator.status),
                bound: bound(indicator.bound),
                words: (!plain).then(|| shared.words.put(indicator.raw.clone())),
                index,
            });
        }
        Self {
            path: record.source.path.clone(),
            part: record.source.part,
            id: record.id.clone(),
            agency: record.agency.name.clone(),
            region: record.agency.region.code.clone(),
            level: record.agency.level,
            body: record.agency.body,
            year,
            scope: record.scope.as_ref().map(|scope| scope.id),
            cells,
        }
    }

    /// The cells as readings, each with its position among the record's indicators. `ordinal` tells
    /// the tables of one record from those of others.
    pub(super) fn readings<'a>(
        &'a self,
        shared: &'a Shared,
        ordinal: usize,
    ) -> impl Iterator<Item = (usize, Reading)> + 'a {
        let mut tables: BTreeMap<&str, usize> = BTreeMap::new();
        let cells = self.cells.iter().enumerate();
        cells.filter_map(move |(row, cell)| {
            let sort = shared.sorts.get(cell.sort)?;
            let next = tables.len();
            let table = *tables.entry(&sort.table).or_insert(next);
            let words = cell.words.and_then(|at| shared.words.get(at));
            let raw = words.cloned().unwrap_or_default();
            let reading = Reading {
                indicator: sort.indicator.clone(),
                dimensions: sort.dimensions.clone(),
                label: String::new(),
                value: cell.value,
                status: cell.status,
                bound: cell.bound,
                unit: sort.unit.clone(),
                raw,
                form: Some(sort.form.clone()),
                note: None,
                origin: Origin::Cell {
                    table: (ordinal << TABLE_BITS) + table,
                    row,
                    column: 0,
                },
                // Rules do not ask how a value was known.
                paired: Vec::new(),
                manner: Manner::Cell {
                    label: LabelMatch::Same,
                    column: ColumnMatch::List,
                },
            };
            Some((cell.index, reading))
        })
    }

    /// Whether the report, or a cell of it, speaks of this scope.
    pub(super) fn speaks_of(&self, scope: &str, shared: &Shared) -> bool {
        let says = self.scope.is_some_and(|said| said.word() == scope);
        says || self.cells.iter().any(|cell| {
            let sort = shared.sorts.get(cell.sort);
            sort.and_then(|sort| sort.dimensions.get("scope"))
                .is_some_and(|known| known == scope)
        })
    }
}

/// No record has as many tables as fit into so many bits.
const TABLE_BITS: u32 = 16;

fn status(status: record::Status) -> ReadingStatus {
    match status {
        record::Status::Reported => ReadingStatus::Reported,
        record::Status::Blank => ReadingStatus::Blank,
        record::Status::NotApplicable => ReadingStatus::NotApplicable,
        record::Status::Unreadable => ReadingStatus::Unreadable,
    }
}

fn bound(bound: record::Bound) -> Bound {
    match bound {
        record::Bound::Exact => Bound::Exact,
        record::Bound::MoreThan => Bound::MoreThan,
        record::Bound::LessThan => Bound::LessThan,
        record::Bound::About => Bound::About,
    }
}
