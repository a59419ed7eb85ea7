//! Which rules belong together: those that touch, directly or through others.

use super::rules::Rules;

/// Rules that end this near to another touch it, points.
const TOUCH: f32 = 3.5;

/// Rules that touch one another, directly or through others.
pub(super) fn components(rules: &Rules) -> Vec<Rules> {
    let (horizontal, vertical) = (&rules.horizontal, &rules.vertical);
    let mut groups = Groups::new(horizontal.len() + vertical.len());
    // `merge` left the vertical rules sorted by x.
    for (index, rule) in horizontal.iter().enumerate() {
        let first = vertical.partition_point(|other| other.at < rule.from - TOUCH);
        let near = vertical
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, other)| other.at <= rule.to + TOUCH);
        for (position, other) in near {
            if other.from - TOUCH <= rule.at && rule.at <= other.to + TOUCH {
                groups.join(index, horizontal.len() + position);
            }
        }
    }
    let mut parts: Vec<Rules> = Vec::new();
    let mut part_of_root: Vec<Option<usize>> = vec![None; horizontal.len() + vertical.len()];
    for index in 0..horizontal.len() + vertical.len() {
        let root = groups.root(index);
        let Some(slot) = part_of_root.get_mut(root) else {
            continue;
        };
        let part = *slot.get_or_insert_with(|| {
            parts.push(Rules::default());
            parts.len() - 1
        });
        let Some(part) = parts.get_mut(part) else {
            continue;
        };
        match horizontal.get(index) {
            Some(rule) => part.horizontal.push(*rule),
            None => part.vertical.extend(vertical.get(index - horizontal.len())),
        }
    }
    parts
}

/// Sets that grow together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while let Some(&parent) = self.0.get(index) {
            if parent == index {
                break;
            }
            let grandparent = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.0.get_mut(index) {
                *slot = grandparent;
            }
            index = grandparent;
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a) {
            *slot = b;
        }
    }
}
