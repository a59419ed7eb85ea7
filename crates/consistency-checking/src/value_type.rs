//! Whether values have the form of their indicator's value type.

use codebook::{Rule, ValueType};
use model::{Bound, FindingStatus};

use crate::index::Index;
use crate::interval;
use crate::summary::{Single, Summary};
use crate::wording::{Language, figure};

/// Every count in a cell of the rule's forms is a whole number and not negative.
pub(crate) fn check(rule: &Rule, index: &Index<'_>, summary: &mut Summary) {
    let forms = index.forms.iter().filter(|(form, _)| rule.holds_for(form));
    let values = forms.flat_map(|(_, contexts)| contexts.values().flatten());
    for (key, positions) in values {
        let indicator = index.codebook.indicator(key.indicator);
        let Some(ValueType::Count | ValueType::SubtotalCount | ValueType::StockCount) =
            indicator.map(|indicator| indicator.value_type)
        else {
            continue;
        };
        for position in positions {
            let Some(reading) = index.readings.get(*position) else {
                continue;
            };
            let Some(value) = reading.value.filter(|_| reading.bound == Bound::Exact) else {
                continue;
            };
            let scaled = value * interval::scale(reading.unit.as_deref().unwrap_or_default());
            let whole = (scaled - scaled.round()).abs() <= scaled.abs() * 1e-9;
            let message = |language: Language| {
                let name = language.key(key, index.codebook);
                let value = figure(value);
                match (whole && scaled >= 0.0, language) {
                    (true, Language::English) => format!("Holds: {name} is the count {value}."),
                    (true, Language::Chinese) => format!("相符:{name}为{value}。"),
                    (false, Language::English) => {
                        format!("{name} is {value} ({}).", language.meaning(rule))
                    }
                    (false, Language::Chinese) => {
                        format!("{name}为{value}({})。", language.meaning(rule))
                    }
                }
            };
            let status = if whole && scaled >= 0.0 {
                FindingStatus::Pass
            } else {
                FindingStatus::Fail
            };
            summary.add_with(
                status,
                false,
                || Single {
                    status,
                    expected: None,
                    found: Some(value),
                    readings: vec![*position],
                    message: message(Language::English),
                    message_zh: message(Language::Chinese),
                },
                [*position],
            );
        }
    }
}
