//! Which breakdowns of an indicator a pattern of a formula stands for.

use codebook::{Codebook, Indicator, Selector, matches};

use crate::dimensions::Dimensions;

/// What is asked of the dimensions of a value, so that a pattern stands for it.
pub(crate) struct Breakdown<'s> {
    /// What the selector states.
    stated: Vec<Asked<'s>>,
    /// What the rule is repeated over, as far as the selector leaves it open.
    bound: Vec<Asked<'s>>,
}

/// What is asked of one dimension.
struct Asked<'s> {
    name: &'s str,
    /// A pattern where it is stated.
    value: &'s str,
    default: Option<&'s str>,
}

impl<'s> Breakdown<'s> {
    pub(crate) fn new(
        selector: &'s Selector,
        bindings: &Dimensions<'s>,
        codebook: &'s Codebook,
    ) -> Self {
        let asked = |name: &'s str, value: &'s str| Asked {
            name,
            value,
            default: codebook
                .dimension(name)
                .and_then(|dimension| dimension.default.as_deref()),
        };
        let stated = selector.dimensions.iter();
        let stated: Vec<Asked<'s>> = stated.map(|(name, pattern)| asked(name, pattern)).collect();
        let free = |name: &str| stated.iter().all(|stated| stated.name != name);
        let bound = bindings.iter().filter(|(name, _)| free(name));
        let bound = bound.map(|(name, value)| asked(name, value)).collect();
        Self { stated, bound }
    }

    /// Whether dimensions are those that a selector states, or that the rule is repeated over.
    pub(crate) fn fits(&self, indicator: &Indicator, dimensions: &Dimensions<'_>) -> bool {
        let asked = || self.stated.iter().chain(&self.bound);
        let nothing_else = dimensions
            .names()
            .all(|name| asked().any(|asked| asked.name == name));
        nothing_else
            && self.stated.iter().all(|asked| {
                let value = dimensions.get(asked.name).or(asked.default);
                value.is_some_and(|value| matches(asked.value, value))
            })
            && self.bound.iter().all(|asked| {
                indicator.allowed(asked.name).is_none()
                    || dimensions.get(asked.name).or(asked.default) == Some(asked.value)
            })
    }
}
