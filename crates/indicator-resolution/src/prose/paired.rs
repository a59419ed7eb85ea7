//! Figures that the text pairs with a statement: `5件,占31%`, `32件,较上年的20件增长60%`, the parts of a list.

use std::ops::Range;

use model::{Bound, Paired, PairedRole};

use super::line::Line;
use super::{Number, Prose, Statement, within};

/// Most characters between a number and the list of its parts, or between numbers that are compared.
const WIDEST: usize = 12;

impl Prose {
    /// Pairs the statements of a paragraph, in reading order, with figures beside them.
    pub(super) fn pair(&self, line: &Line, numbers: &[Number], statements: &mut [Statement]) {
        let parts: Vec<Vec<Paired>> = (0..statements.len())
            .map(|whole| self.parts(line, numbers, statements, whole))
            .collect();
        for (statement, parts) in statements.iter_mut().zip(parts) {
            if statement.bound != Bound::Exact {
                continue;
            }
            let after = numbers.partition_point(|other| other.range.start < statement.raw.end);
            let end = statement.range.end.max(statement.raw.end);
            let after = numbers.get(after..).unwrap_or_default();
            statement.paired.extend(self.share(line, end, after));
            let growth = self.growth(line, end, after, statement.former.clone());
            statement.paired.extend(growth.into_iter().flatten());
            statement.paired.extend(parts);
        }
    }

    /// The share of its whole that a number is, said straight behind it.
    fn share(&self, line: &Line, end: usize, after: &[Number]) -> Option<Paired> {
        let share = percent(after.first()?)?;
        let words = end..share.range.start;
        let start = words
            .clone()
            .find(|at| !matches!(line.at(*at), ',' | '(' | '、' | ' '))?;
        let named = line.at(start) == '占' || line.starts(start, &['比', '例']);
        let reached = self.words.shares.back(line, words.end, words.start);
        (named && reached.contains(&start)).then(|| paired(line, PairedRole::Share, share, 1.0))
    }

    /// By how much a number has grown, and what it was before; nothing where that is not said.
    fn growth(
        &self,
        line: &Line,
        end: usize,
        after: &[Number],
        former: Option<Number>,
    ) -> Option<[Paired; 2]> {
        let mut after = after.iter();
        let (former, from) = match former {
            Some(former) => (former, end),
            None => {
                let former = after.next()?;
                let between = end..former.range.start;
                let compares = between.len() <= WIDEST
                    && between.clone().any(|at| matches!(line.at(at), '较' | '比'))
                    // 较上年减少12件: that is the change, not what it was.
                    && between.clone().all(|at| {
                        !matches!(
                            line.at(at),
                            ';' | '。' | ':' | '增' | '减' | '多' | '少' | '升' | '降' | '长' | '净' | '差'
                        )
                    });
                if !compares {
                    return None;
                }
                (former.clone(), former.range.end)
            }
        };
        let growth = percent(after.next()?)?;
        let start =
            (from..growth.range.start).find(|at| !matches!(line.at(*at), ',' | ' ' | '的'))?;
        let sign = |words: &super::line::WordList| {
            words.at(line, start).is_some_and(|end| {
                (end..growth.range.start)
                    .all(|at| matches!(line.at(at), '了' | '约' | '达' | '为' | '到'))
            })
        };
        let factor = if sign(&self.words.grown) {
            1.0
        } else if sign(&self.words.shrunk) {
            -1.0
        } else {
            return None;
        };
        (former.bound == Bound::Exact).then(|| {
            [
                paired(line, PairedRole::Former, &former, 1.0),
                paired(line, PairedRole::Growth, growth, factor),
            ]
        })
    }

    /// The parts that a closed list behind a statement gives; empty where there is none, or where a number of it
    /// is not known.
    fn parts(
        &self,
        line: &Line,
        numbers: &[Number],
        statements: &[Statement],
        whole: usize,
    ) -> Vec<Paired> {
        let (Some(total), Some(parts)) = (statements.get(whole), statements.get(whole + 1..))
        else {
            return Vec::new();
        };
        let Some(first) = parts.first() else {
            return Vec::new();
        };
        let words = total.range.end..first.range.start;
        if words.len() > WIDEST || total.bound != Bound::Exact {
            return Vec::new();
        }
        let Some(at) = self.words.lists.first_in(line, words.clone()) else {
            return Vec::new();
        };
        if !within(numbers, &words).is_empty() {
            return Vec::new();
        }
        let alike = |part: &&Statement| {
            self.indicator(part) == self.indicator(first)
                && self.indicator(part) != self.indicator(total)
                && part.bound == Bound::Exact
                && part.raw.start > total.raw.start
        };
        let parts: Vec<&Statement> = parts.iter().take_while(alike).collect();
        let Some(last) = parts.last().filter(|_| parts.len() > 1) else {
            return Vec::new();
        };
        // The list ends where its sentence does: a number in it that is no part leaves it open.
        let end = (last.range.end..line.len())
            .find(|at| matches!(line.at(*at), '。' | ';' | '\n'))
            .unwrap_or(line.len());
        let mut listed = within(numbers, &(first.range.start..end)).iter();
        let unknown = listed.any(|number| {
            let known = parts.iter().any(|part| part.raw == number.range);
            !known && number.unit.as_deref() != Some("%")
        });
        if unknown || !counted(line, numbers, &parts) {
            return Vec::new();
        }
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        let other = last.dimensions.values().any(|value| value == "other");
        let scale = scale(line, &total.raw);
        let told = self
            .words
            .closed_lists
            .first_in(line, at..words.end)
            .is_some();
        if !(other || told || sum == total.value || sum * scale == total.value) {
            return Vec::new();
        }
        let part = |part: &&Statement| Paired {
            role: PairedRole::Part,
            value: part.value,
            raw: line.text(part.raw.clone()),
            indicator: self.indicator(part).map(str::to_owned),
        };
        parts.iter().map(part).collect()
    }

    fn indicator(&self, statement: &Statement) -> Option<&str> {
        let subject = self.subject(statement.subject)?;
        Some(subject.indicator.as_str())
    }
}

/// Whether each item of a list has its number: `机构职能12条、通知公告、其他8条` leaves one open, as 等 does.
fn counted(line: &Line, numbers: &[Number], parts: &[&Statement]) -> bool {
    let between = parts.iter().zip(parts.iter().skip(1));
    let each = between.into_iter().all(|(part, next)| {
        let behind = part.range.end.max(part.raw.end);
        let mut start = behind;
        let mut items =
            (behind..next.range.start).filter(|at| matches!(line.at(*at), '、' | ',' | ';'));
        items.all(|end| {
            let item = std::mem::replace(&mut start, end + 1)..end;
            item.is_empty() || !within(numbers, &item).is_empty()
        })
    });
    let end = parts
        .last()
        .map_or(0, |last| last.range.end.max(last.raw.end));
    each && !matches!(line.at(end), '、' | '等' | '和' | '及')
}

/// A number that is an exact percentage.
fn percent(number: &Number) -> Option<&Number> {
    (number.unit.as_deref() == Some("%") && number.bound == Bound::Exact).then_some(number)
}

fn paired(line: &Line, role: PairedRole, number: &Number, factor: f64) -> Paired {
    Paired {
        role,
        value: number.value * factor,
        raw: line.text(number.range.clone()),
        indicator: None,
    }
}

/// What a scale word in a number multiplies it with.
fn scale(line: &Line, number: &Range<usize>) -> f64 {
    number
        .clone()
        .find_map(|at| match line.at(at) {
            '万' => Some(1e4),
            '亿' => Some(1e8),
            _ => None,
        })
        .unwrap_or(1.0)
}
