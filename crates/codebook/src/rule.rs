//! Rules: what must add up.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Codebook, CodebookError, Formula, form::in_family, formula::matches, source::Source};

/// A rule of the codebook. Its formulas are data, evaluated by consistency-checking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rule {
    /// `F1.OUT.GZ`
    pub id: String,
    /// Forms that it holds for (`F1` for all of a family); empty for all.
    pub forms: Vec<String>,
    /// What kind of rule.
    pub kind: RuleKind,
    /// What it needs to be evaluated.
    pub scope: RuleScope,
    /// Indicators that `it` stands for, one after another: `requests.*`.
    pub each: Option<String>,
    /// Dimensions over whose values it is repeated: once for every applicant. `*` beside `each`: every
    /// breakdown that the report has of the indicator.
    pub for_each: Vec<String>,
    /// The formulas, all of which must hold. Of a cross-source rule: what else prose may mean.
    pub formulas: Vec<Formula>,
    /// For formulas over what the text pairs: indicators (patterns) that are parts, and of which they are.
    pub wholes: BTreeMap<String, Vec<String>>,
    /// Absolute tolerance.
    pub tolerance: f64,
    /// Tolerance as a share of the larger side.
    pub relative_tolerance: f64,
    /// A break by no more than this asks for a look and proves nothing.
    pub review_within: f64,
    /// What it makes of blanks.
    pub derives: Derives,
    /// What a violation means, in English.
    pub meaning: String,
    /// The same in Chinese.
    pub meaning_zh: String,
    /// What to know when evaluating it.
    pub note: String,
}

/// What a rule makes of values that are not there. Derived values stand beside those read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Derives {
    /// Nothing: its break may be real.
    #[default]
    Nothing,
    /// Blank cells: a total from all its parts, zeros where the known parts reach the total.
    Blanks,
    /// The left side, where it is not printed.
    Definition,
}

/// Words beside a figure of prose that say what it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoundWords {
    /// More than the figure without upper end: 超, 以上.
    pub open: Vec<String>,
    /// Little less than the figure: 近.
    pub near: Vec<String>,
    /// Groups of units that count different things: 批次 and 人次 are never compared.
    pub apart: Vec<Vec<String>>,
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A sum or flow.
    #[default]
    Identity,
    /// Left is at most right.
    Inequality,
    /// Prose against table, for every indicator said in both.
    CrossSource,
    /// A range that real values lie in; a break asks for a look, it proves nothing.
    Plausibility,
    /// Every value has the form of its value type.
    ValueType,
    /// How a derived series is made; nothing to check.
    Definition,
    /// What several records give for one agency and year is the same.
    Repeated,
}

impl RuleKind {
    /// The word that stands in the file: `cross_source`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Inequality => "inequality",
            Self::CrossSource => "cross_source",
            Self::Plausibility => "plausibility",
            Self::ValueType => "value_type",
            Self::Definition => "definition",
            Self::Repeated => "repeated",
        }
    }
}

/// What a rule needs to be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleScope {
    /// The tables of one report.
    #[default]
    Report,
    /// The prose of one report.
    Prose,
    /// Figures that the text pairs with readings: shares, growths, parts of a list.
    Text,
    /// Other reports: the year before, the agencies below, what kind of body reports.
    Across,
}

impl RuleScope {
    /// The word that stands in the file: `report`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Prose => "prose",
            Self::Text => "text",
            Self::Across => "across",
        }
    }
}

impl Rule {
    /// Whether it holds for a form.
    pub fn holds_for(&self, form: &str) -> bool {
        self.forms.is_empty() || self.forms.iter().any(|family| in_family(form, family))
    }

    /// Reads `rules.toml` and checks it against the rest of the codebook.
    pub(crate) fn parse_all(
        source: &Source<'_>,
        codebook: &Codebook,
    ) -> Result<(Vec<Self>, BoundWords), CodebookError> {
        let file = source.file;
        let read: File = source.read()?;
        let mut rules: Vec<Self> = Vec::with_capacity(read.rule.len());
        for entry in read.rule {
            let rule = entry.parsed(file)?;
            rule.check(file, codebook)?;
            if rules.iter().any(|other| other.id == rule.id) {
                let remedy = "give one of the two another id";
                return Err(CodebookError::invalid(
                    file,
                    &rule.id,
                    "this id stands twice",
                    remedy,
                ));
            }
            rules.push(rule);
        }
        Ok((rules, read.bounds))
    }

    fn check(&self, file: &str, codebook: &Codebook) -> Result<(), CodebookError> {
        let invalid =
            |problem: String| CodebookError::invalid(file, &self.id, problem, "correct the rule");
        let mut families = self.forms.iter();
        let known = |family: &String| codebook.forms.iter().any(|form| form.is_of(family));
        if let Some(family) = families.find(|family| !known(family)) {
            return Err(invalid(format!("there is no form `{family}`")));
        }
        let formulas_wanted = matches!(self.kind, RuleKind::Identity | RuleKind::Inequality);
        if formulas_wanted && self.scope != RuleScope::Text && self.formulas.is_empty() {
            return Err(invalid("it has no formula".to_owned()));
        }
        let named = |dimension: &&String| self.each.is_none() || *dimension != "*";
        for dimension in self.for_each.iter().filter(named) {
            if codebook.dimension(dimension).is_none() {
                return Err(invalid(format!("there is no dimension `{dimension}`")));
            }
        }
        let ids = |pattern: &str| {
            let ids = codebook
                .indicators
                .iter()
                .map(|indicator| indicator.id.as_str());
            ids.filter(|id| matches(pattern, id)).count()
        };
        if let Some(each) = self.each.as_ref().filter(|each| ids(each) == 0) {
            return Err(invalid(format!("`{each}` is no indicator")));
        }
        let related = self.wholes.iter();
        let related = related.flat_map(|(part, wholes)| std::iter::once(part).chain(wholes));
        if let Some(unknown) = related.into_iter().find(|pattern| ids(pattern) == 0) {
            return Err(invalid(format!("`{unknown}` is no indicator")));
        }
        for selector in self.formulas.iter().flat_map(Formula::selectors) {
            let it = selector.indicator == "it" && self.each.is_some();
            if !it && !selector.is_paired() && ids(&selector.indicator) == 0 {
                return Err(invalid(format!("`{}` is no indicator", selector.indicator)));
            }
            for (name, value) in &selector.dimensions {
                let dimension = codebook.dimension(name);
                let mut values = dimension.iter().flat_map(|dimension| &dimension.values);
                if !values.any(|known| matches(value, &known.id)) {
                    return Err(invalid(format!("there is no {name} = {value}")));
                }
            }
        }
        Ok(())
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What words beside a figure of prose say of it.
    #[serde(default)]
    bounds: BoundWords,
    /// Rules, one table each.
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Id; checks name it.
    id: String,
    /// Forms or families that it holds for; none: all.
    #[serde(default)]
    forms: Vec<String>,
    /// What kind of rule.
    kind: RuleKind,
    /// What it needs to be evaluated.
    #[serde(default)]
    scope: RuleScope,
    /// Indicators that `it` stands for, one after another.
    each: Option<String>,
    /// Dimensions over whose values it is repeated.
    #[serde(default)]
    for_each: Vec<String>,
    /// All of them must hold. See the top of the built-in rules.toml for the language.
    #[serde(default)]
    formulas: Vec<String>,
    /// A break of these asks for a look and proves nothing.
    #[serde(default)]
    soft_formulas: Vec<String>,
    /// For formulas over what the text pairs (`value`, `whole`, `share`, `growth`, `former`, `parts`): indicators that are parts, and of which they are.
    #[serde(default)]
    wholes: BTreeMap<String, Vec<String>>,
    /// Absolute tolerance; of money in yuan.
    #[serde(default)]
    tolerance: f64,
    /// Tolerance as a share of the larger side.
    #[serde(default)]
    relative_tolerance: f64,
    /// A break by no more than this asks for a look and proves nothing.
    #[serde(default)]
    review_within: f64,
    /// What it makes of blanks.
    #[serde(default)]
    derives: Derives,
    /// What a violation means, in English.
    meaning: String,
    /// The same in Chinese.
    meaning_zh: String,
    /// What to know when evaluating it.
    #[serde(default)]
    note: String,
}

impl Entry {
    fn parsed(self, file: &str) -> Result<Rule, CodebookError> {
        let hard = self
            .formulas
            .iter()
            .map(|text| (text, self.kind == RuleKind::Plausibility));
        let soft = self.soft_formulas.iter().map(|text| (text, true));
        let mut formulas = Vec::new();
        for (text, soft) in hard.chain(soft) {
            formulas.push(Formula::parse(text, soft).map_err(|problem| {
                let problem = format!("the formula `{text}` cannot be read: {problem}");
                CodebookError::invalid(file, &self.id, problem, "correct the formula")
            })?);
        }
        Ok(Rule {
            id: self.id,
            forms: self.forms,
            kind: self.kind,
            scope: self.scope,
            each: self.each,
            for_each: self.for_each,
            formulas,
            wholes: self.wholes,
            tolerance: self.tolerance,
            relative_tolerance: self.relative_tolerance,
            review_within: self.review_within,
            derives: self.derives,
            meaning: self.meaning,
            meaning_zh: self.meaning_zh,
            note: self.note,
        })
    }
}
