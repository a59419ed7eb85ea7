//! Sentences about findings, in English and in Chinese.

use codebook::{Codebook, Indicator, Relation, Rule, Source};
use model::{FindingStatus, Reading};

use crate::dimensions::Dimensions;
use crate::evaluation::{Outcome, Verdict};
use crate::index::Key;
use crate::interval;
use crate::selection::{Found, Instance, Item, Joint, Side};

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

/// At most this many values of a side are named.
const NAMED: usize = 8;

/// At most this many blanks are named.
const BLANKS: usize = 3;

impl Language {
    fn pick<'t>(self, english: &'t str, chinese: &'t str) -> &'t str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// One sentence about the outcome of a formula.
    pub(crate) fn outcome(
        self,
        outcome: &Outcome<'_>,
        rule: &Rule,
        instance: &Instance<'_, '_>,
        soft: bool,
    ) -> String {
        let subject = self.subject(instance);
        let left = self.side(&outcome.left, instance);
        let right = self.side(&outcome.right, instance);
        let meaning = self.meaning(rule);
        let relation = match (outcome.relation, outcome.verdict, self) {
            (Relation::Equal, Verdict::Broken, Self::English) if outcome.right.items.is_empty() => {
                "where one expects"
            }
            (Relation::Equal, Verdict::Broken, Self::Chinese) if outcome.right.items.is_empty() => {
                ",而应为"
            }
            (Relation::Equal, Verdict::Broken, Self::English) => "but",
            (Relation::Equal, Verdict::Broken, Self::Chinese) => ",而",
            (Relation::AtMost, Verdict::Broken, Self::English) => "which is more than",
            (Relation::AtMost, Verdict::Broken, Self::Chinese) => ",大于",
            (Relation::Equal, _, Self::English) => "against",
            (Relation::Equal, _, Self::Chinese) => ",对应",
            (Relation::AtMost, _, Self::English) => "at most",
            (Relation::AtMost, _, Self::Chinese) => ",不大于",
        };
        let fact = match self {
            Self::English => format!("{subject}{left}, {relation} {right}"),
            Self::Chinese => format!("{subject}{left}{relation}{right}"),
        };
        let blanks = self.blanks(outcome, instance);
        match (outcome.verdict, self) {
            (Verdict::Broken, Self::English) if soft => {
                format!("To be looked at: {fact} ({meaning}).")
            }
            (Verdict::Broken, Self::Chinese) if soft => format!("请核对:{fact}({meaning})。"),
            (Verdict::Broken, Self::English) => format!("{} ({meaning}).", capitalised(&fact)),
            (Verdict::Broken, Self::Chinese) => format!("{fact}({meaning})。"),
            (Verdict::Holds, Self::English) => format!("Holds: {fact}."),
            (Verdict::Holds, Self::Chinese) => format!("相符:{fact}。"),
            (Verdict::HoldsWithZeros, Self::English) => {
                format!("Holds: {fact}; nothing is left for {blanks}, so it must be zero.")
            }
            (Verdict::HoldsWithZeros, Self::Chinese) => {
                format!("相符:{fact};{blanks}未填,由总数可知应为0。")
            }
            (Verdict::Blank, Self::English) => {
                format!("Cannot be decided, {blanks} being blank or missing: {fact}.")
            }
            (Verdict::Blank, Self::Chinese) => format!("无法判断,{blanks}空白或缺失:{fact}。"),
            (Verdict::Unit, Self::English) => {
                format!("Cannot be decided, an amount having no unit: {fact}.")
            }
            (Verdict::Unit, Self::Chinese) => format!("无法判断,金额未注明单位:{fact}。"),
            (Verdict::Conflict, Self::English) => {
                format!("Cannot be decided, {blanks} being printed with different values: {fact}.")
            }
            (Verdict::Conflict, Self::Chinese) => {
                format!("无法判断,{blanks}前后数值不一:{fact}。")
            }
        }
    }

    /// A rule's meaning as part of a sentence.
    pub(crate) fn meaning(self, rule: &Rule) -> &str {
        self.pick(&rule.meaning, &rule.meaning_zh)
            .trim_end_matches(['.', '。'])
    }

    /// What an instance is about: indicator, applicant, period.
    fn subject(self, instance: &Instance<'_, '_>) -> String {
        let codebook = instance.index.codebook;
        let it = instance.it.and_then(|it| codebook.indicator(it));
        let mut parts: Vec<&str> = it.map(|it| self.indicator(it)).into_iter().collect();
        parts.extend(self.dimensions(&instance.bindings, codebook));
        parts.extend(self.dimensions(&instance.context, codebook));
        if parts.is_empty() {
            return String::new();
        }
        parts.join(self.pick(", ", "·")) + self.pick(": ", ":")
    }

    /// A side of a relation: its values, and what they come to.
    pub(crate) fn side(self, side: &Side<'_>, instance: &Instance<'_, '_>) -> String {
        // Zeros and gaps in a long sum are not worth naming.
        let worth = |item: &&Item<'_>| match item.found {
            Found::Number(_) => item.interval.single() != Some(0.0),
            Found::Conflict(_) | Found::Added(_) => true,
            Found::Blank(_) | Found::Missing => false,
        };
        let mut named: Vec<&Item<'_>> = side.items.iter().filter(worth).collect();
        if named.is_empty() {
            let first = side
                .items
                .iter()
                .find(|item| matches!(item.found, Found::Number(_)));
            named.extend(first.or(side.items.first()));
        }
        let mut text = String::new();
        for item in named.iter().take(NAMED) {
            if !text.is_empty() {
                text.push_str(match item.joint {
                    Joint::Plus => " + ",
                    Joint::Minus => " - ",
                    Joint::Times => " × ",
                    Joint::Over => " ÷ ",
                    Joint::Largest => self.pick(" or ", "或"),
                });
            }
            let name = self.item(item, instance);
            let value = self.value(item, instance);
            text.push_str(&name);
            text.push_str(self.pick(" ", ""));
            text.push_str(&value);
        }
        if named.len() > NAMED {
            text.push_str(" + …");
        }
        // One zero stands for all of them.
        let numbers = side.items.iter();
        let numbers = numbers.filter(|item| matches!(item.found, Found::Number(_)));
        let zeros = numbers.count();
        if zeros > 1 && !side.items.iter().any(|item| worth(&item)) {
            text.push_str(&match self {
                Self::English => format!(" (all {zeros} figures are 0)"),
                Self::Chinese => format!("(共{zeros}项,均为0)"),
            });
        }
        let joined = named.len() > 1 && named.iter().all(|item| item.joint != Joint::Largest);
        if joined && !side.constants {
            let unit = Self::common_unit(side, instance);
            text.push_str(" = ");
            text.push_str(&figure(side.interval.low / interval::scale(unit)));
            text.push_str(if unit.contains('元') { unit } else { "" });
        }
        if side.constants && !side.items.is_empty() && side.interval.low.is_finite() {
            let computed = figure(side.interval.low);
            text.push_str(&match self {
                Self::English => format!(" (that is {computed})"),
                Self::Chinese => format!("(折合{computed})"),
            });
        }
        if side.items.is_empty() {
            text.push_str(&figure(side.interval.low));
        }
        text
    }

    /// The unit of all values, where they share one and only add up.
    fn common_unit<'t>(side: &Side<'_>, instance: &Instance<'_, 't>) -> &'t str {
        let adds = |item: &Item<'_>| matches!(item.joint, Joint::Plus | Joint::Minus);
        let mut units = side.items.iter().filter_map(|item| match item.found {
            Found::Number(reading) => Some(
                instance
                    .index
                    .readings
                    .get(reading)?
                    .unit
                    .as_deref()
                    .unwrap_or_default(),
            ),
            _ => None,
        });
        let first = units.next().unwrap_or_default();
        let same = side.items.iter().all(adds) && units.all(|unit| unit == first);
        if same { first } else { "" }
    }

    fn value(self, item: &Item<'_>, instance: &Instance<'_, '_>) -> String {
        match &item.found {
            Found::Number(reading) => instance
                .index
                .readings
                .get(*reading)
                .map(|reading| self.written(reading))
                .unwrap_or_default(),
            Found::Blank(_) => self.pick("(blank)", "(空白)").to_owned(),
            Found::Missing => self.pick("(missing)", "(缺失)").to_owned(),
            Found::Conflict(several) => {
                let readings = several
                    .iter()
                    .filter_map(|at| instance.index.readings.get(*at));
                let all: Vec<String> = readings.map(|reading| self.written(reading)).collect();
                all.join("/")
            }
            Found::Added(_) => figure(item.interval.low),
        }
    }

    /// A figure as the report gives it: with its bound in prose, with its unit for amounts.
    pub(crate) fn written(self, reading: &Reading) -> String {
        if reading.bound != model::Bound::Exact {
            return format!("“{}”", reading.raw.trim());
        }
        let value = figure(reading.value.unwrap_or_default());
        match &reading.unit {
            Some(unit) if unit.contains('元') || unit == "%" => value + unit,
            _ => value,
        }
    }

    /// A figure with its unit, where it has one.
    fn with_unit(self, reading: &Reading) -> String {
        let written = self.written(reading);
        match &reading.unit {
            Some(unit) if !written.contains(unit.as_str()) => written + unit,
            _ => written,
        }
    }

    /// The values that are not there, or not one.
    fn blanks(self, outcome: &Outcome<'_>, instance: &Instance<'_, '_>) -> String {
        let items = || outcome.left.items.iter().chain(&outcome.right.items);
        let wanted = |item: &&Item<'_>| match outcome.verdict {
            Verdict::Conflict => matches!(item.found, Found::Conflict(_)),
            _ => match item.found {
                Found::Blank(_) | Found::Missing => true,
                Found::Added(_) => item.interval.high.is_infinite(),
                Found::Number(_) | Found::Conflict(_) => false,
            },
        };
        let wanted: Vec<&Item<'_>> = items().filter(wanted).collect();
        let shown = wanted
            .iter()
            .take(BLANKS)
            .map(|item| self.item(item, instance));
        let names = shown.collect::<Vec<_>>().join(self.pick(" and ", "、"));
        match (wanted.len().saturating_sub(BLANKS), self) {
            (0, _) => names,
            (more, Self::English) => format!("{names} and {more} more"),
            (more, Self::Chinese) => format!("{names}等{}项", more + BLANKS),
        }
    }

    fn item(self, item: &Item<'_>, instance: &Instance<'_, '_>) -> String {
        let name = self.name(item, instance);
        match (item.source, self) {
            (Source::Rule | Source::Prose, _) => name,
            (Source::Previous, Self::English) => format!("{name} (report of the year before)"),
            (Source::Previous, Self::Chinese) => format!("上年报告的{name}"),
            (Source::Parts, _) => {
                let count = match &item.found {
                    Found::Added(taken) => taken.len(),
                    _ => 0,
                };
                // What is added up stands at the head of the sentence.
                let named = instance.it != Some(item.key.indicator);
                match (self, named) {
                    (Self::English, false) => format!("the sum over {count} reports below"),
                    (Self::English, true) => format!("{name}, the sum over {count} reports below,"),
                    (Self::Chinese, false) => format!("下级{count}份报告之和"),
                    (Self::Chinese, true) => format!("下级{count}份报告的{name}之和"),
                }
            }
        }
    }

    /// The name of a value within its report.
    fn name(self, item: &Item<'_>, instance: &Instance<'_, '_>) -> String {
        let codebook = instance.index.codebook;
        let mut own = item.key.dimensions.clone();
        own.retain(|name| !instance.bindings.contains(name));
        let it = instance.it == Some(item.key.indicator);
        own.extend(item.stated.iter());
        let by_dimensions = it || (item.short && !own.is_empty());
        if !by_dimensions {
            let key = Key {
                indicator: item.key.indicator,
                dimensions: own,
            };
            return self.key(&key, codebook);
        }
        if own.is_empty() {
            return self.pick("total", "总计").to_owned();
        }
        self.dimensions(&own, codebook).join(self.pick(", ", "·"))
    }

    /// An indicator with its dimensions.
    pub(crate) fn key(self, key: &Key<'_>, codebook: &Codebook) -> String {
        let indicator = codebook.indicator(key.indicator);
        let name = indicator.map_or(key.indicator, |indicator| self.indicator(indicator));
        if key.dimensions.is_empty() {
            return name.to_owned();
        }
        let dimensions = self.dimensions(&key.dimensions, codebook);
        match self {
            Self::English => format!("{name} ({})", dimensions.join(", ")),
            Self::Chinese => format!("{name}({})", dimensions.join("·")),
        }
    }

    fn indicator(self, indicator: &Indicator) -> &str {
        self.pick(&indicator.name, &indicator.label)
    }

    /// Names of dimensions' values.
    pub(crate) fn dimensions<'t>(
        self,
        dimensions: &Dimensions<'t>,
        codebook: &'t Codebook,
    ) -> Vec<&'t str> {
        let name = |(dimension, value): (&str, &'t str)| {
            let known = codebook
                .dimension(dimension)
                .and_then(|known| known.value(value));
            known.map_or(value, |known| self.pick(&known.name, &known.label))
        };
        dimensions.iter().map(name).collect()
    }

    /// A sentence about what two records of one agency and year print.
    pub(crate) fn repeated(
        self,
        name: &str,
        (first, other): &(String, String),
        status: FindingStatus,
        rule: &Rule,
    ) -> String {
        let meaning = self.meaning(rule);
        match (self, status) {
            (Self::English, FindingStatus::Pass) => {
                format!("Agrees: {name} is {first} in both records of this agency and year.")
            }
            (Self::Chinese, FindingStatus::Pass) => {
                format!("相符:同一机关同一年度的两份报告中,{name}均为{first}。")
            }
            (Self::English, FindingStatus::Fail) => format!(
                "{} is {first} in one record of this agency and year, but {other} in another ({meaning}).",
                capitalised(name)
            ),
            (Self::Chinese, FindingStatus::Fail) => format!(
                "同一机关同一年度的两份报告不一致:{name}一份为{first},另一份为{other}({meaning})。"
            ),
            (Self::English, FindingStatus::Incomplete) => format!(
                "To be looked at: two records of this agency and year share few figures; {name} is {first} in one and {other} in the other ({meaning})."
            ),
            (Self::Chinese, FindingStatus::Incomplete) => format!(
                "请核对:同一机关同一年度的两份报告多数数值不同,其中{name}一份为{first},另一份为{other}({meaning})。"
            ),
        }
    }

    /// A sentence about prose and table.
    pub(crate) fn comparison(self, comparison: &Comparison<'_, '_>) -> String {
        let Comparison {
            name,
            said,
            printed,
            result,
        } = comparison;
        let (name, said) = (name(self), self.with_unit(said));
        let printed = printed.map(|cell| self.with_unit(cell)).unwrap_or_default();
        match (self, result) {
            (Self::English, Comparable::Agrees) => {
                format!("Agrees: {name} is {said} in prose and {printed} in the table.")
            }
            (Self::Chinese, Comparable::Agrees) => {
                format!("相符:{name}正文为{said},表格为{printed}。")
            }
            (Self::English, Comparable::Means(other)) => {
                let other = other(self);
                format!(
                    "Agrees: {name} is {said} in prose, which is {other} of the table, not {printed}."
                )
            }
            (Self::Chinese, Comparable::Means(other)) => {
                let other = other(self);
                format!("相符:{name}正文为{said},即表格中的{other},而非{printed}。")
            }
            (Self::English, Comparable::Differs) => {
                format!("{name} is {said} in prose, but {printed} in the table.")
            }
            (Self::Chinese, Comparable::Differs) => {
                format!("{name}正文为{said},而表格为{printed},两者不一致。")
            }
            (Self::English, Comparable::Divided) => format!(
                "To be looked at: {name} is {said} in one place of the prose, but {printed} in the table, with which another place agrees."
            ),
            (Self::Chinese, Comparable::Divided) => {
                format!("请核对:{name}正文一处为{said},表格为{printed},正文另一处与表格一致。")
            }
            (Self::English, Comparable::NoFigure) => format!(
                "Cannot be decided: {name} is {said} in prose, the cell of the table has no number."
            ),
            (Self::Chinese, Comparable::NoFigure) => {
                format!("无法判断:{name}正文为{said},表格中无数值。")
            }
            (Self::English, Comparable::Units) => format!(
                "Cannot be decided, the units being missing or different: {name} is {said} in prose and {printed} in the table."
            ),
            (Self::Chinese, Comparable::Units) => {
                format!("无法判断,单位缺失或不同:{name}正文为{said},表格为{printed}。")
            }
        }
    }
}

/// A figure of prose beside the one of a table.
pub(crate) struct Comparison<'t, 'a> {
    /// What both are about.
    pub(crate) name: &'t dyn Fn(Language) -> String,
    /// The statement in prose.
    pub(crate) said: &'a Reading,
    /// The cell, where it has a figure.
    pub(crate) printed: Option<&'a Reading>,
    /// What came of it.
    pub(crate) result: Comparable<'t>,
}

/// What comes of holding prose against a table.
pub(crate) enum Comparable<'t> {
    /// The cell lies in what prose says.
    Agrees,
    /// Prose gives another figure of the table.
    Means(&'t dyn Fn(Language) -> String),
    /// It does not.
    Differs,
    /// It does not, but another statement does.
    Divided,
    /// The cell is blank.
    NoFigure,
    /// The units cannot be compared, or one is missing.
    Units,
}

/// With a capital at the start.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// A number without needless decimals.
pub(crate) fn figure(value: f64) -> String {
    let rounded = (value * 1e4).round() / 1e4;
    format!("{rounded}")
}
