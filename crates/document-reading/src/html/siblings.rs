//! Numbers of elements and texts among their siblings, which paths state.

use std::collections::HashMap;

use html5ever::LocalName;

/// Names among the children of one element that are looked through.
const FEW: usize = 16;

/// The elements around a place, each with the names of its children so far and how many have them.
pub(super) struct Open {
    /// Index of each element, and where its names begin.
    elements: Vec<(usize, usize)>,
    names: Vec<(LocalName, u32)>,
    texts: Vec<u32>,
    /// Counts of elements whose children have many names.
    crowded: HashMap<(usize, LocalName), u32>,
}

impl Open {
    pub(super) fn new() -> Self {
        Self {
            elements: vec![(0, 0)],
            names: Vec::new(),
            texts: vec![0],
            crowded: HashMap::new(),
        }
    }

    pub(super) fn parent(&self) -> usize {
        self.elements.last().map_or(0, |(index, _)| *index)
    }

    pub(super) fn enter(&mut self, index: usize) {
        self.elements.push((index, self.names.len()));
        self.texts.push(0);
    }

    /// Leaves the innermost element and gives its index.
    pub(super) fn leave(&mut self) -> usize {
        self.texts.pop();
        let (index, names) = self.elements.pop().unwrap_or_default();
        self.names.truncate(names);
        index
    }

    /// The number of a further text.
    pub(super) fn count_text(&mut self) -> u32 {
        self.texts.last_mut().map_or(1, |count| {
            *count += 1;
            *count
        })
    }

    /// The number of a further element of a name.
    pub(super) fn count(&mut self, name: &LocalName) -> u32 {
        let (index, start) = self.elements.last().copied().unwrap_or_default();
        let own = self.names.get_mut(start..).unwrap_or_default();
        let many = own.len() >= FEW;
        let count = match own.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => count,
            None if many => self.crowded.entry((index, name.clone())).or_default(),
            None => {
                self.names.push((name.clone(), 1));
                return 1;
            }
        };
        *count += 1;
        *count
    }
}
