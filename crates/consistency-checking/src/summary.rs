//! What one rule says of one report: every failure by itself, what passes or stays open in one
//! finding each.

use model::{Finding, FindingStatus};

/// The outcome of one use of a rule.
pub(crate) struct Single {
    pub(crate) status: FindingStatus,
    pub(crate) expected: Option<f64>,
    pub(crate) found: Option<f64>,
    pub(crate) readings: Vec<usize>,
    pub(crate) message: String,
    pub(crate) message_zh: String,
}

/// The outcomes of one rule.
#[derive(Default)]
pub(crate) struct Summary {
    fails: Vec<Single>,
    incomplete: Merged,
    passes: Merged,
}

/// Outcomes of one status: the first, or the first that explains something, and how many there are.
#[derive(Default)]
struct Merged {
    shown: Option<Single>,
    /// The one shown explains something.
    telling: bool,
    count: usize,
    readings: Vec<usize>,
}

impl Summary {
    pub(crate) fn add(&mut self, single: Single) {
        let readings = single.readings.clone();
        self.add_with(single.status, false, || single, readings);
    }

    /// Adds an outcome whose sentence is made only where it is shown; a `telling` one is shown
    /// rather than another.
    pub(crate) fn add_with(
        &mut self,
        status: FindingStatus,
        telling: bool,
        single: impl FnOnce() -> Single,
        readings: impl IntoIterator<Item = usize>,
    ) {
        let merged = match status {
            FindingStatus::Fail => {
                self.fails.push(single());
                return;
            }
            FindingStatus::Incomplete => &mut self.incomplete,
            FindingStatus::Pass => &mut self.passes,
        };
        merged.count += 1;
        merged.readings.extend(readings);
        if merged.shown.is_none() || (telling && !merged.telling) {
            merged.shown = Some(single());
            merged.telling = telling;
        }
    }

    /// The findings: failures first, then what stays open, then what passes.
    pub(crate) fn findings(self, rule: &str) -> impl Iterator<Item = Finding> {
        let fails = self.fails.into_iter();
        let rest = [self.incomplete, self.passes]
            .into_iter()
            .filter_map(Merged::single);
        let rule = rule.to_owned();
        fails.chain(rest).map(move |single| {
            let mut readings = single.readings;
            readings.sort_unstable();
            readings.dedup();
            Finding {
                rule: rule.clone(),
                status: single.status,
                expected: single.expected,
                found: single.found,
                readings,
                message: single.message,
                message_zh: single.message_zh,
            }
        })
    }
}

impl Merged {
    fn single(self) -> Option<Single> {
        let mut single = self.shown?;
        let more = self.count.saturating_sub(1);
        if more > 0 {
            single
                .message
                .push_str(&format!(" (And {more} more with this outcome.)"));
            single.message_zh.push_str(&format!("(另有{more}处同此。)"));
        }
        single.readings = self.readings;
        Some(single)
    }
}
