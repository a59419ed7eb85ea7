//! Which rules belong together: those that touch, directly or through others.

use super::rules::{Rule, Rules};

/// Rules that end this near to another touch it, points.
const TOUCH: f32 = 3.5;

/// Pages with more rules that touch nothing are drawings.
const MOST_SIDES: usize = 40;
/// Columns at the side of a frame are at most this wide where only their outer rule is drawn.
const WIDEST_SIDE: f32 = 90.0;

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
    attach_sides(parts)
}

/// A merged cell that goes on over a whole page is drawn there by its outer rule alone, which
/// touches nothing: such a rule belongs to the frame of its height beside it.
fn attach_sides(parts: Vec<Rules>) -> Vec<Rules> {
    let (lone, mut parts): (Vec<Rules>, Vec<Rules>) = parts
        .into_iter()
        .partition(|part| part.horizontal.is_empty() && part.vertical.len() == 1);
    if lone.len() > MOST_SIDES {
        return parts;
    }
    let mut lone: Vec<Rule> = lone.into_iter().flat_map(|part| part.vertical).collect();
    for part in &mut parts {
        if part.horizontal.is_empty() || part.vertical.len() < 2 {
            continue;
        }
        let ends = |from: fn(&Rule) -> f32, to: fn(&Rule) -> f32, rules: &[Rule]| {
            rules
                .iter()
                .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), rule| {
                    (low.min(from(rule)), high.max(to(rule)))
                })
        };
        let (top, bottom) = ends(|rule| rule.from, |rule| rule.to, &part.vertical);
        let (left, right) = ends(|rule| rule.from, |rule| rule.to, &part.horizontal);
        lone.retain(|rule| {
            let as_high =
                (rule.from - top).abs() <= 2.0 * TOUCH && (rule.to - bottom).abs() <= 2.0 * TOUCH;
            let beside = (left - rule.at).max(rule.at - right);
            let attached = as_high && (0.0..=WIDEST_SIDE).contains(&beside);
            if attached {
                part.vertical.push(*rule);
            }
            !attached
        });
        part.vertical.sort_by(|a, b| a.at.total_cmp(&b.at));
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
