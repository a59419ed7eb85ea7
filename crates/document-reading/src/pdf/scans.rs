//! Scans: pages that are pictures, and text that lies under them.

use std::fmt::Write;

use model::Warning;

use super::page::Page;
use super::warning;

/// Pictures that cover this share of a page are its content, where it has hardly any text.
const MOST_OF_PAGE: f32 = 0.5;
/// A page number, the stamp of a scanning program, characters.
const HARDLY_ANY: usize = 12;
/// Pages named one by one.
const NAMED: usize = 12;

/// Says which pages are pictures and how much of each they cover, and that a text lies under them.
pub(super) fn warnings(pages: &[Page]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let pictures: Vec<&Page> = pages.iter().filter(|page| is_picture(page)).collect();
    if !pictures.is_empty() {
        let area = |page: &Page| page.width * page.height;
        let whole = pages.iter().map(area).sum::<f32>().max(1.0);
        let share = pictures
            .iter()
            .map(|page| page.picture_share * area(page) / whole)
            .sum::<f32>();
        let mut each = String::new();
        for page in pictures.iter().take(NAMED) {
            let comma = if each.is_empty() { "" } else { ", " };
            // Writing to a string cannot fail.
            let _ = write!(
                each,
                "{comma}page {} {:.0} %",
                page.number,
                page.picture_share * 100.0
            );
        }
        if pictures.len() > NAMED {
            each.push_str(", …");
        }
        warnings.push(warning(
            "image_only",
            format!(
                "{} of {} pages have no visible text or hardly any; their pictures cover {:.0} % of \
                 the document's page area ({each}): recognise them first",
                pictures.len(),
                pages.len(),
                share * 100.0
            ),
        ));
    } else if !pages.iter().any(Page::has_text) {
        warnings.push(warning("no_text", "the pages hold no text".to_owned()));
    }
    let hidden: Vec<usize> = pages
        .iter()
        .map(|page| page.hidden.iter().flatten())
        .map(|lines| lines.map(|line| line.text.chars().count()).sum())
        .filter(|count| *count > 0)
        .collect();
    if !hidden.is_empty() {
        warnings.push(warning(
            "hidden_text",
            format!(
                "{} of {} pages carry text that is not shown ({} characters), as recognition programs \
                 lay it under a picture: kept apart from the report",
                hidden.len(),
                pages.len(),
                hidden.iter().sum::<usize>()
            ),
        ));
    }
    warnings
}

fn is_picture(page: &Page) -> bool {
    if !page.has_text() {
        return page.picture_share > 0.0;
    }
    let visible = || page.rows.iter().flatten().map(|line| line.text.as_str());
    let marks = page.marks.iter().map(|mark| mark.text.as_str());
    page.picture_share >= MOST_OF_PAGE
        && page.tables.is_empty()
        && page.notes.is_empty()
        && visible()
            .chain(marks)
            .flat_map(str::chars)
            .take(HARDLY_ANY + 1)
            .count()
            <= HARDLY_ANY
}
