//! The dimensions of a value, sorted by name. Most values have none or one: a short list is compared, copied and looked
//! into faster than a tree.

/// Names and values of dimensions, defaults left out, each name once, in the order of the names.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dimensions<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Dimensions<'a> {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        let mut pairs = self.0.iter();
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn insert(&mut self, name: &'a str, value: &'a str) {
        match self.0.binary_search_by(|(known, _)| (*known).cmp(name)) {
            Ok(at) => {
                if let Some(pair) = self.0.get_mut(at) {
                    pair.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.retain(|known| known != name);
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&'a str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().copied()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(name, _)| *name)
    }
}

impl<'a> Extend<(&'a str, &'a str)> for Dimensions<'a> {
    /// What comes later stands in the place of what was there.
    fn extend<T: IntoIterator<Item = (&'a str, &'a str)>>(&mut self, pairs: T) {
        for (name, value) in pairs {
            self.insert(name, value);
        }
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Dimensions<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(pairs: T) -> Self {
        let mut dimensions = Self::new();
        dimensions.extend(pairs);
        dimensions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_sorted_and_once() {
        let mut dimensions: Dimensions<'_> =
            [("scope", "all"), ("applicant", "person"), ("scope", "own")]
                .into_iter()
                .collect();
        let pairs: Vec<_> = dimensions.iter().collect();
        assert_eq!(pairs, [("applicant", "person"), ("scope", "own")]);
        dimensions.remove("applicant");
        assert!(!dimensions.contains("applicant"));
        assert_eq!(dimensions.get("scope"), Some("own"));
    }
}
