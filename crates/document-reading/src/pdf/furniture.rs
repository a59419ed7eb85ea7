//! Running headers and footers, page numbers and contents, by position and repetition.

use std::collections::HashMap;

use model::FurnitureReason;

use super::lines::{Line, Row};
use super::page::Page;
use super::structure::Role;

/// Share of the page height at the top and at the bottom where headers and footers stand.
const MARGIN_ZONE: f32 = 0.15;
/// Lines from the outer edge that may be header or footer.
const DEPTH: usize = 3;

/// A line that is not part of the body.
#[derive(Debug, Clone)]
pub(super) struct Furniture {
    pub(super) line: Line,
    pub(super) reason: FurnitureReason,
    /// It stands above the body of its page.
    pub(super) above: bool,
}

/// Takes furniture out of the pages; one list per page, top to bottom.
pub(super) fn take(pages: &mut [Page]) -> Vec<Vec<Furniture>> {
    let numbers = page_numbers(pages);
    let repeated = repeated_keys(pages);
    let mut taken = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter_mut().enumerate() {
        let contents = contents_rows(&page.rows);
        let outer = outer_rows(page);
        let (height, rows) = (page.height, std::mem::take(&mut page.rows));
        let mut furniture = Vec::new();
        for (position, row) in rows.into_iter().enumerate() {
            let text = row_text(&row);
            let outermost = outer.contains(&position);
            let reason = if contents.contains(&position) {
                Some(FurnitureReason::Contents)
            } else if outermost && numbers.get(index).copied().flatten() == Some(position) {
                Some(FurnitureReason::PageNumber)
            } else if outermost
                && (row.iter().all(|line| line.role == Role::Artifact)
                    || repeated
                        .get(&key(&text, &row, height))
                        .is_some_and(|pages| *pages >= 2))
            {
                Some(FurnitureReason::RunningHeader)
            } else {
                None
            };
            match reason {
                Some(reason) => {
                    let above = row.first().is_some_and(|line| line.base < height / 2.0);
                    furniture.extend(whole(row).map(|line| Furniture {
                        line,
                        reason,
                        above,
                    }));
                }
                None => page.rows.push(row),
            }
        }
        taken.push(furniture);
    }
    taken
}

/// A row as one line.
pub(super) fn whole(row: Row) -> Option<Line> {
    let mut parts = row.into_iter();
    let mut line = parts.next()?;
    for part in parts {
        line.append(&part);
    }
    Some(line)
}

fn row_text(row: &Row) -> String {
    row.iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Positions of the rows near the edges with no body beyond them.
fn outer_rows(page: &Page) -> Vec<usize> {
    let zone = page.height * MARGIN_ZONE;
    let base = |position: usize| {
        page.rows
            .get(position)
            .and_then(|row| row.first())
            .map_or(0.0, |line| line.base)
    };
    let highest = page
        .tables
        .iter()
        .flat_map(|t| &t.boxes)
        .map(|b| b.y0)
        .fold(f32::INFINITY, f32::min);
    let lowest = page
        .tables
        .iter()
        .flat_map(|t| &t.boxes)
        .map(|b| b.y1)
        .fold(0.0, f32::max);
    let top = (0..page.rows.len().min(DEPTH))
        .take_while(|&at| base(at) < zone && base(at) < highest + 2.0);
    let bottom = (page.rows.len().saturating_sub(DEPTH)..page.rows.len())
        .filter(|&at| base(at) > page.height - zone && base(at) > lowest - 2.0);
    let mut outer: Vec<usize> = top.chain(bottom).collect();
    outer.dedup();
    outer
}

/// What makes two headers the same: the words without digits, and the distance to the nearer edge,
/// which pages of another format keep.
fn key(text: &str, row: &Row, height: f32) -> (String, i32) {
    let words = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    let base = row.first().map_or(0.0, |line| line.base);
    let edge = if base < height / 2.0 {
        base
    } else {
        base - height
    };
    (words, (edge / 4.0).round() as i32)
}

/// Documents with more pages show a running line on three of them.
const FEW_PAGES: usize = 6;

/// How many pages carry each header; what two pages of many share proves nothing.
fn repeated_keys(pages: &[Page]) -> HashMap<(String, i32), usize> {
    let mut counts: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages {
        for position in outer_rows(page) {
            if let Some(row) = page.rows.get(position) {
                *counts
                    .entry(key(&row_text(row), row, page.height))
                    .or_default() += 1;
            }
        }
    }
    let enough = if pages.len() <= FEW_PAGES { 2 } else { 3 };
    counts.retain(|(words, _), count| {
        *count >= enough && words.chars().any(|c| c != '#' && c.is_alphanumeric())
    });
    counts
}

/// A page number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbered {
    number: u32,
    /// Dashes, 第…页 or the like around it: no bare figure.
    dressed: bool,
}

/// Reads `- 1 -`, `— 1 —`, `第 1 页 共 5 页`, `1/5`, `Page 1 of 5`, `1`.
fn numbered(text: &str) -> Option<Numbered> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
            _ => c,
        })
        .collect();
    let lower = plain.to_ascii_lowercase();
    let figures = |part: &str| -> Option<u32> {
        (!part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let dash = |c: char| {
        matches!(
            c,
            '-' | '—' | '–' | '－' | '‐' | '―' | '─' | '~' | '·' | '•' | '*'
        )
    };
    if let Some(number) = figures(&lower) {
        return Some(Numbered {
            number,
            dressed: false,
        });
    }
    let bare = lower.trim_matches(dash);
    if bare.len() < lower.len()
        && let Some(number) = figures(bare)
    {
        return Some(Numbered {
            number,
            dressed: true,
        });
    }
    let bare = bare
        .trim_start_matches("page")
        .trim_start_matches("p.")
        .trim_start_matches('p')
        .trim_start_matches('第')
        .trim_start_matches(['(', '（', '[', '［'])
        .trim_end_matches([')', '）', ']', '］']);
    let digits = bare
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(bare.len());
    let (number, rest) = bare.split_at_checked(digits)?;
    let number = figures(number)?;
    let rest = rest
        .trim_start_matches('页')
        .trim_start_matches([',', '，', '、', '/', '／', '(', '（', '|'])
        .trim_start_matches("of")
        .trim_start_matches('共')
        .trim_end_matches([')', '）'])
        .trim_end_matches('页')
        .trim_matches(dash);
    (rest.is_empty() || figures(rest).is_some()).then_some(Numbered {
        number,
        dressed: true,
    })
}

/// Whether a line says the number of its page in a way that nothing else is written: `- 1 -`.
pub(super) fn is_page_number(text: &str) -> bool {
    numbered(text).is_some()
}

/// The row of each page that holds its number. A bare figure counts where the figures of
/// several pages run with the pages.
fn page_numbers(pages: &[Page]) -> Vec<Option<usize>> {
    let found: Vec<Option<(usize, Numbered)>> = pages
        .iter()
        .map(|page| {
            let candidates: Vec<(usize, Numbered)> = outer_rows(page)
                .into_iter()
                .filter_map(|position| {
                    let row = page.rows.get(position)?;
                    Some((position, numbered(&row_text(row))?))
                })
                .collect();
            // The lowest, dressed before bare.
            candidates
                .iter()
                .rev()
                .find(|(_, numbered)| numbered.dressed)
                .or_else(|| candidates.last())
                .copied()
        })
        .collect();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for (page, found) in pages.iter().zip(&found) {
        if let Some((_, numbered)) = found {
            *offsets
                .entry(i64::from(numbered.number) - i64::from(page.number))
                .or_default() += 1;
        }
    }
    pages
        .iter()
        .zip(found)
        .map(|(page, found)| {
            let (position, numbered) = found?;
            let offset = i64::from(numbered.number) - i64::from(page.number);
            let runs = offsets.get(&offset).is_some_and(|count| *count >= 2);
            let lone = pages.len() == 1 && isolated(page, position);
            (numbered.dressed || runs || lone).then_some(position)
        })
        .collect()
}

/// Whether clear space parts a row from the text above it.
fn isolated(page: &Page, position: usize) -> bool {
    let line = |at: usize| page.rows.get(at).and_then(|row| row.first());
    let (Some(line_at), Some(before)) = (line(position), position.checked_sub(1).and_then(line))
    else {
        return true;
    };
    line_at.base - before.base > 2.5 * before.size
}

/// Rows of a table of contents: leaders and a page number at the end.
fn contents_rows(rows: &[Row]) -> Vec<usize> {
    let mut leaders: Vec<usize> = Vec::new();
    let mut numbered: Vec<usize> = Vec::new();
    let mut heading = None;
    for (position, row) in rows.iter().enumerate() {
        let text: String = row_text(row)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        if matches!(text.as_str(), "目录" | "目次" | "目錄") {
            heading = Some(position);
        } else if has_leader(&text) || (heading.is_some() && ends_in_own_number(row)) {
            leaders.push(position);
        } else if ends_in_dotted_number(&text) {
            numbered.push(position);
        }
    }
    if leaders.len() < 3 {
        return Vec::new();
    }
    // An entry as wide as the page has room for a dot or two.
    if let Some((first, last)) = leaders.first().copied().zip(leaders.last().copied()) {
        leaders.extend(
            numbered
                .into_iter()
                .filter(|at| (first..=last).contains(at)),
        );
        leaders.sort_unstable();
    }
    if let Some(heading) = heading.filter(|heading| leaders.first() > Some(heading)) {
        leaders.insert(0, heading);
    }
    leaders
}

fn has_leader(text: &str) -> bool {
    let dot = |c: char| matches!(c, '.' | '…' | '·' | '．' | '⋯' | '┄' | '-' | '_');
    let number = text.chars().rev().take_while(char::is_ascii_digit).count();
    let dots = text
        .chars()
        .rev()
        .skip(number)
        .take_while(|c| dot(*c))
        .count();
    ((1..=4).contains(&number) && dots >= 3) || (number == 0 && dots >= 12)
}

fn ends_in_dotted_number(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.ends_with(['.', '…', '·', '．', '⋯'])
}

fn ends_in_own_number(row: &Row) -> bool {
    row.len() >= 2
        && row.last().is_some_and(|line| {
            line.text.len() <= 4 && line.text.bytes().all(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_all_styles() {
        for text in [
            "- 3 -",
            "— 3 —",
            "－３－",
            "第 3 页 共 5 页",
            "第3页",
            "3/5",
            "3 / 5",
            "Page 3 of 5",
            "第3页，共5页",
            "~3~",
            "P3",
        ] {
            assert_eq!(
                numbered(text),
                Some(Numbered {
                    number: 3,
                    dressed: true
                }),
                "{text}"
            );
        }
        assert_eq!(
            numbered("3"),
            Some(Numbered {
                number: 3,
                dressed: false
            })
        );
        for text in ["2023年", "3.5", "第三章", "3件", "12345", "一、总体情况"] {
            assert_eq!(numbered(text), None, "{text}");
        }
    }

    #[test]
    fn leaders_of_contents() {
        assert!(has_leader("一、总体情况........1"));
        assert!(has_leader("二、主动公开……………12"));
        assert!(has_leader("三、依申请公开………………………………………………"));
        assert!(!has_leader("情况复杂……"));
        assert!(!has_leader("共收到申请15"));
    }
}
