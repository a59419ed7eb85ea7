//! `wide`: one row a record, one column an indicator with its dimensions.
//!
//! Which reading stands in a column is a rule, never a choice. A number stands there where
//!
//! 1. cells state it and all cells that state it agree, or
//! 2. no cell states a number, and the sentences that state it exactly all agree.
//!
//! Otherwise the column is null. `unsettled` names each column whose reading is not simply that of cells that
//! agree, with the reason ([`Why`]) and the positions of all readings in `indicators`. Units of money are part of
//! the column, so that 元 and 万元 never stand in one. Derived values have columns of their own.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

use codebook::{Codebook, ValueType};
use record::{Bound, Indicator, Origin, Record, Status};
use serde_json::json;

use super::{Entry, copy_of, source, who_and_when, who_and_when_of};
use crate::schema::{Column, Kind, Table, may, must, of_report, report_id};
use crate::value::{Value, json as as_json, word};

/// The columns before those of indicators.
const OWN_COLUMNS: usize = 9;

/// Why a column is null, or what must be known of the number that stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Cells, or sentences where no cell states a number, state different numbers: null.
    Ambiguous,
    /// The number is that of cells; a sentence states another.
    ProseDiffers,
    /// The number is that of sentences; no cell states one.
    ProseAlone,
    /// It is stated, but not exactly: null.
    Inexact,
    /// The cell is there, and this is its status: null.
    NoNumber(Status),
}

impl Why {
    fn word(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::ProseDiffers => "prose_differs",
            Self::ProseAlone => "prose_alone",
            Self::Inexact => "inexact",
            Self::NoNumber(Status::NotApplicable) => "not_applicable",
            Self::NoNumber(Status::Unreadable) => "unreadable",
            Self::NoNumber(Status::Reported | Status::Blank) => "blank",
        }
    }

    /// What `unsettled` says of a column with these readings, each with its position.
    fn of<T>(self, readings: &[(usize, T)]) -> serde_json::Value {
        let positions: Vec<usize> = readings.iter().map(|(position, _)| *position).collect();
        json!({ "why": self.word(), "positions": positions })
    }
}

/// The number that stands in a column, and what must be known of it.
fn settle(readings: &[(usize, &Indicator)]) -> (Option<f64>, Option<Why>) {
    let exact = |cells: bool| {
        let readings = readings.iter().map(|(_, reading)| reading);
        let stated = readings.filter(move |reading| {
            matches!(reading.from, Origin::Cell { .. }) == cells && reading.bound == Bound::Exact
        });
        let mut values = stated.filter_map(|reading| reading.value.map(record::Number::get));
        let first = values.next();
        (first, values.any(|value| Some(value) != first))
    };
    let (in_cells, cells_differ) = exact(true);
    let (in_prose, prose_differs) = exact(false);
    match (in_cells, in_prose) {
        (Some(_), _) if cells_differ => (None, Some(Why::Ambiguous)),
        (Some(cell), _) => {
            let contradicted = readings
                .iter()
                .any(|(_, reading)| contradicts(reading, cell));
            (Some(cell), contradicted.then_some(Why::ProseDiffers))
        }
        (None, Some(_)) if prose_differs => (None, Some(Why::Ambiguous)),
        (None, Some(prose)) => (Some(prose), Some(Why::ProseAlone)),
        (None, None) if readings.iter().any(|(_, reading)| reading.value.is_some()) => {
            (None, Some(Why::Inexact))
        }
        (None, None) => {
            let status = readings
                .first()
                .map_or(Status::Blank, |(_, reading)| reading.status);
            (None, Some(Why::NoNumber(status)))
        }
    }
}

/// Whether a reading cannot be true beside this number.
fn contradicts(reading: &Indicator, number: f64) -> bool {
    let Some(value) = reading.value.map(record::Number::get) else {
        return false;
    };
    match reading.bound {
        Bound::Exact => value != number,
        Bound::MoreThan => number < value,
        Bound::LessThan => number > value,
        Bound::About => false,
    }
}

/// The name of a column: `requests.received(applicant=natural_person)`. Brackets and quotes would have to be
/// escaped in SQL.
fn key(
    id: &str,
    dims: &BTreeMap<String, String>,
    unit: Option<&str>,
    codebook: &Codebook,
) -> String {
    let known = codebook.indicator(id).map(|indicator| indicator.value_type);
    let money = known.is_none_or(|value_type| value_type == ValueType::Money);
    let unit = money.then_some(("unit", unit.unwrap_or_default()));
    let dims = dims
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let within: Vec<String> = dims
        .chain(unit)
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if within.is_empty() {
        id.to_owned()
    } else {
        format!("{id}({})", within.join(","))
    }
}

/// Rows of the wide panel, kept in a file until all columns are known.
pub(crate) struct Wide {
    rows: BufWriter<File>,
    /// Each column with its position among the columns as they came.
    columns: BTreeMap<String, (usize, Meaning)>,
}

/// What a column holds.
pub(crate) struct Meaning {
    indicator: String,
    derived: bool,
}

/// Values that follow of one column: its indicator, and positions with values.
type Follows<'r> = (&'r str, Vec<(usize, f64)>);

/// A row as it is kept: the texts of the first columns, the year, and the numbers by column.
type Kept = (Vec<Option<String>>, Option<i64>, Vec<(usize, f64)>);

impl Wide {
    /// `rows` is a file that can be written and read.
    pub(crate) fn new(rows: File) -> Self {
        Self {
            rows: BufWriter::new(rows),
            columns: BTreeMap::new(),
        }
    }

    fn column(&mut self, key: String, indicator: &str, derived: bool) -> usize {
        let next = self.columns.len();
        let meaning = || Meaning {
            indicator: indicator.to_owned(),
            derived,
        };
        self.columns
            .entry(key)
            .or_insert_with(|| (next, meaning()))
            .0
    }

    /// Takes in a record.
    pub(crate) fn add(&mut self, entry: &Entry<'_>, codebook: &Codebook) -> io::Result<()> {
        let record = entry.record;
        let mut readings: BTreeMap<String, Vec<(usize, &Indicator)>> = BTreeMap::new();
        for (position, reading) in record.indicators.iter().enumerate() {
            let key = key(
                &reading.id,
                &reading.dims,
                reading.unit.as_deref(),
                codebook,
            );
            readings.entry(key).or_default().push((position, reading));
        }
        let mut numbers = Vec::new();
        let mut unsettled = serde_json::Map::new();
        for (key, readings) in readings {
            let (number, why) = settle(&readings);
            if let Some(why) = why {
                unsettled.insert(key.clone(), why.of(&readings));
            }
            let indicator = readings.first().map_or("", |(_, reading)| &reading.id);
            let column = self.column(key, indicator, false);
            numbers.extend(number.map(|number| (column, number)));
        }
        self.add_derived(record, codebook, &mut numbers, &mut unsettled);
        let unsettled = (!unsettled.is_empty()).then_some(unsettled);
        self.keep(entry, unsettled.as_ref(), numbers)
    }

    /// Values that follow from others: null where two rules give different ones.
    fn add_derived(
        &mut self,
        record: &Record,
        codebook: &Codebook,
        numbers: &mut Vec<(usize, f64)>,
        unsettled: &mut serde_json::Map<String, serde_json::Value>,
    ) {
        let mut values: BTreeMap<String, Follows<'_>> = BTreeMap::new();
        for (position, derived) in record.derived.iter().enumerate() {
            let key = key(
                &derived.id,
                &derived.dims,
                derived.unit.as_deref(),
                codebook,
            );
            let of_key = values.entry(key + "@derived").or_default();
            of_key.0 = &derived.id;
            of_key.1.push((position, derived.value.get()));
        }
        for (key, (indicator, values)) in values {
            let first = values.first().map(|(_, value)| *value);
            let agreed = first.filter(|first| values.iter().all(|(_, value)| value == first));
            if agreed.is_none() {
                unsettled.insert(key.clone(), Why::Ambiguous.of(&values));
            }
            let column = self.column(key, indicator, true);
            numbers.extend(agreed.map(|value| (column, value)));
        }
    }

    fn keep(
        &mut self,
        entry: &Entry<'_>,
        unsettled: Option<&serde_json::Map<String, serde_json::Value>>,
        numbers: Vec<(usize, f64)>,
    ) -> io::Result<()> {
        let record = entry.record;
        let text = |value: Value<'_>| match value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        };
        let [agency, code, region, year] = who_and_when_of(record);
        let year = match year {
            Value::Integer(year) => Some(year),
            _ => None,
        };
        let texts = vec![
            Some(entry.id.to_owned()),
            entry.copy_of.map(str::to_owned),
            text(agency),
            text(code),
            text(region),
            text(word(&record.kind)),
            Some(record.source.path.clone()),
            unsettled.and_then(|unsettled| text(as_json(unsettled))),
        ];
        let kept: Kept = (texts, year, numbers);
        serde_json::to_writer(&mut self.rows, &kept)?;
        self.rows.write_all(b"\n")
    }

    /// The tables, each with at most so many columns, and the rows in the order of the records, each as often
    /// as there are tables.
    pub(crate) fn finish(
        self,
        codebook: &Codebook,
        most_columns: usize,
    ) -> io::Result<(Vec<Table>, WideRows)> {
        let most = most_columns.saturating_sub(OWN_COLUMNS).max(1);
        let columns: Vec<(String, (usize, Meaning))> = self.columns.into_iter().collect();
        let mut order = vec![0; columns.len()];
        for (position, (_, (came, _))) in columns.iter().enumerate() {
            if let Some(place) = order.get_mut(*came) {
                *place = position;
            }
        }
        let mut chunks: Vec<&[(String, (usize, Meaning))]> = columns.chunks(most).collect();
        if chunks.is_empty() {
            chunks.push(&[]);
        }
        let tables = chunks
            .iter()
            .zip(1..)
            .map(|(chunk, number)| table_of(chunk, number, codebook));
        let mut file = self
            .rows
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let rows = WideRows {
            lines: BufReader::new(file),
            order,
            width: columns.len(),
        };
        Ok((tables.collect(), rows))
    }
}

/// The rows that were kept.
pub(crate) struct WideRows {
    lines: BufReader<File>,
    /// The final position of each column by the position in which it came.
    order: Vec<usize>,
    width: usize,
}

impl WideRows {
    /// The next row: its first columns and all its numbers.
    pub(crate) fn next(
        &mut self,
    ) -> io::Result<Option<(Vec<Value<'static>>, Vec<Value<'static>>)>> {
        let mut line = String::new();
        if self.lines.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let (texts, year, numbers): Kept = serde_json::from_str(&line)?;
        let mut own: Vec<Value<'static>> = texts.into_iter().map(Value::from).collect();
        own.insert(5.min(own.len()), year.map_or(Value::Null, Value::Integer));
        let mut row = vec![Value::Null; self.width];
        for (column, number) in numbers {
            let position = self.order.get(column);
            if let Some(place) = position.and_then(|position| row.get_mut(*position)) {
                *place = Value::Number(number);
            }
        }
        Ok(Some((own, row)))
    }
}

pub(crate) fn table_of(
    columns: &[(String, (usize, Meaning))],
    number: usize,
    codebook: &Codebook,
) -> Table {
    let mut all = vec![report_id(), copy_of()];
    all.extend(who_and_when());
    all.extend([
        must("kind", Kind::Category, "annual_report, work_report or other."),
        source(),
        may(
            "unsettled",
            Kind::Json,
            "Columns whose number is not simply that of cells that agree, with why (ambiguous, prose_differs, \
             prose_alone, inexact, blank, not_applicable, unreadable) and the positions of the readings.",
        ),
    ]);
    all.extend(
        columns
            .iter()
            .map(|(key, (_, meaning))| number_column(key, meaning, codebook)),
    );
    let name = match number {
        1 => "wide".to_owned(),
        _ => format!("wide_{number}"),
    };
    Table {
        name,
        about: "The wide panel: one row a record, one column an indicator. A number stands where the cells that state \
                it agree, or, where none does, the sentences; all else is null and named in `unsettled`."
            .into(),
        columns: all,
        key: &["report_id"],
        references: vec![of_report()],
    }
}

fn number_column(key: &str, meaning: &Meaning, codebook: &Codebook) -> Column {
    let known = codebook.indicator(&meaning.indicator);
    let named = known.map_or_else(String::new, |known| {
        format!("{}, {} ({})", known.name, known.label, known.unit)
    });
    let derived = if meaning.derived {
        "; derived: follows from others and is printed nowhere"
    } else {
        ""
    };
    may(key, Kind::Number, &format!("{named}{derived}."))
}
