//! Traditional characters: matched as simplified ones, shown as written.
//!
//! Lexicons, forms and phrases are in simplified characters. A document in traditional ones is given
//! to the later stages in simplified characters, each exactly as long as the one it stands for, so that
//! every byte range stays true; what they found is then put back into the characters of the source.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{BlockContent, Document, Grid, Origin, Reading, Report, Span, Text};

use crate::character::{Form, form};
use crate::composition::unified;

/// Of the Chinese characters of a document, the share that must be traditional. Traditional text has
/// a quarter or more; simplified text has next to none (`著`, `乾` stand in both).
const SHARE: f64 = 0.06;
/// Characters looked at.
const SAMPLE: usize = 4_000;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = include_str!("../data/traditional.tsv").lines();
    let pairs = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (simplified, traditional) = line.split_once('\t')?;
            Some((simplified.chars().next()?, traditional))
        });
    pairs
        .flat_map(|(simplified, forms)| forms.chars().map(move |form| (form, simplified)))
        .filter(|(form, simplified)| form.len_utf8() == simplified.len_utf8())
        .collect()
});

/// Words of a traditional text, its characters put into simplified ones, and the words that lexicons have.
static WORDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../data/traditional_words.tsv").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    words
        .filter_map(|line| line.split_once('\t'))
        .filter(|(simplified, word)| simplified.len() == word.len())
        .map(|(simplified, word)| (word, simplified))
        .collect()
});

/// What a document in traditional characters was, to be put back when the stages are done.
#[derive(Debug)]
pub struct Written {
    hints: Vec<String>,
}

/// Puts a document in traditional characters into simplified ones; `None`, and nothing done, for
/// any other.
pub fn simplify(document: &mut Document) -> Option<Written> {
    if !is_traditional(document) {
        return None;
    }
    each_text(document, |text| {
        *text = Text::normalised(
            simplified(text.value()),
            text.written().to_owned(),
            text.runs(),
        );
    });
    let hints = document
        .hints
        .iter()
        .map(|hint| hint.text.clone())
        .collect();
    for hint in &mut document.hints {
        hint.text = simplified(&hint.text);
    }
    Some(Written { hints })
}

impl Written {
    /// Puts the document, and what the stages took from it, back into the characters of the source.
    pub fn restore(
        self,
        document: &mut Document,
        reports: &mut [Report],
        readings: &mut [Vec<Reading>],
    ) {
        each_text(document, |text| {
            *text = Text::normalised(shown(text), text.written().to_owned(), text.runs());
        });
        for (hint, written) in document.hints.iter_mut().zip(self.hints) {
            hint.text = written;
        }
        for block in &mut document.blocks {
            if let BlockContent::Grid(grid) = &mut block.content {
                restore_caption(grid);
            }
        }
        for report in reports {
            restore_report(report, document);
        }
        for reading in readings.iter_mut().flatten() {
            restore_reading(reading, document);
        }
    }
}

fn is_traditional(document: &Document) -> bool {
    let texts = document.blocks.iter().filter_map(|block| block.text());
    let characters = texts.flat_map(|text| text.value().chars());
    let chinese = characters
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .take(SAMPLE);
    let (mut all, mut traditional) = (0_usize, 0_usize);
    for character in chinese {
        all += 1;
        traditional += usize::from(SIMPLIFIED.contains_key(&character));
    }
    traditional >= 5 && traditional as f64 >= SHARE * all as f64
}

fn simplified(text: &str) -> String {
    let mut simplified: String = text.chars().map(in_simplified).collect();
    for (word, known) in WORDS.iter() {
        if simplified.contains(word) {
            simplified = simplified.replace(word, known);
        }
    }
    simplified
}

fn in_simplified(character: char) -> char {
    SIMPLIFIED.get(&character).copied().unwrap_or(character)
}

/// Whether a character may have been put in the place of a written one.
fn stands_for(simplified: char, written: char) -> bool {
    let alone = in_simplified(written);
    let in_word = || {
        let mut pairs = WORDS
            .iter()
            .flat_map(|(word, known)| known.chars().zip(word.chars()));
        pairs.any(|pair| pair == (simplified, alone))
    };
    simplified != written && (simplified == alone || in_word())
}

fn each_text(document: &mut Document, mut change: impl FnMut(&mut Text)) {
    for block in &mut document.blocks {
        match &mut block.content {
            BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => change(text),
            BlockContent::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| change(&mut cell.text));
                table.caption.iter_mut().for_each(&mut change);
            }
            BlockContent::Grid(grid) => {
                grid.cells
                    .iter_mut()
                    .for_each(|cell| change(&mut cell.text));
                let lines = grid
                    .caption
                    .iter_mut()
                    .flat_map(|caption| &mut caption.lines);
                lines.for_each(&mut change);
            }
        }
    }
}

/// What a written character was before it was put into a simplified one.
fn canonical_character(written: char) -> char {
    match form(written) {
        Form::Other(character) => unified(character),
        _ => unified(written),
    }
}

/// The canonical text in the characters of the source, as long as the simplified one byte for byte.
fn shown(text: &Text) -> String {
    let written: Vec<char> = text.written().chars().collect();
    let mut value: Vec<char> = text.value().chars().collect();
    for run in text.runs() {
        for offset in 0..run.length {
            let to = value.get_mut((run.value_start + offset) as usize);
            let from = written.get((run.written_start + offset) as usize);
            let from = from.map(|from| canonical_character(*from));
            if let (Some(to), Some(from)) = (to, from)
                && stands_for(*to, from)
            {
                *to = from;
            }
        }
    }
    value.into_iter().collect()
}

/// A text that was taken from a source, white space apart, in the characters of that source.
fn as_in(text: &str, source: &str) -> Option<String> {
    let plain: String = source.chars().filter(|c| !c.is_whitespace()).collect();
    let wanted: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let start = simplified(&plain)
        .find(&wanted)
        .filter(|_| !wanted.is_empty())?;
    let mut found = plain.get(start..start + wanted.len())?.chars();
    let put_back = text.chars().map(|c| {
        if c.is_whitespace() {
            Some(c)
        } else {
            found.next()
        }
    });
    put_back.collect()
}

fn put_back(text: &mut Option<String>, source: &str) {
    if let Some(found) = text.as_deref().and_then(|text| as_in(text, source)) {
        *text = Some(found);
    }
}

fn restore_caption(grid: &mut Grid) {
    let Some(caption) = &mut grid.caption else {
        return;
    };
    let lines: String = caption.lines.iter().map(Text::value).collect();
    for part in [&mut caption.number, &mut caption.title, &mut caption.unit] {
        put_back(part, &lines);
    }
}

fn restore_report(report: &mut Report, document: &Document) {
    let source = |spans: &[Span]| {
        spans
            .iter()
            .map(|span| document.slice(*span))
            .collect::<String>()
    };
    if let Some(title) = &mut report.title {
        let hints = document.hints.iter().map(|hint| hint.text.clone());
        let mut sources = std::iter::once(source(&title.spans)).chain(hints);
        if let Some(found) = sources.find_map(|source| as_in(&title.text, &source)) {
            title.text = found;
        }
    }
    for section in &mut report.sections {
        put_back(&mut section.heading, &source(&section.heading_spans));
    }
    for name in [&mut report.agency.name, &mut report.agency.as_written] {
        let texts = document.blocks.iter().filter_map(|block| block.text());
        let hints = document.hints.iter().map(|hint| hint.text.as_str());
        let mut sources = texts.map(Text::value).chain(hints);
        if let Some(text) = name.as_deref()
            && let Some(found) = sources.find_map(|source| as_in(text, source))
        {
            *name = Some(found);
        }
    }
}

fn restore_reading(reading: &mut Reading, document: &Document) {
    let sources: Vec<&str> = match &reading.origin {
        Origin::Prose {
            block, start, end, ..
        } => {
            vec![document.slice(Span {
                block: *block,
                start: *start,
                end: *end,
            })]
        }
        Origin::Cell { .. } => {
            let grids = document.blocks.iter().filter_map(|block| block.grid());
            grids
                .flat_map(|grid| &grid.cells)
                .map(|cell| cell.text.value())
                .collect()
        }
    };
    for text in [&mut reading.label, &mut reading.raw] {
        if let Some(found) = sources.iter().find_map(|source| as_in(text, source)) {
            *text = found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Block, MediaType, Place};

    fn document(lines: &[&str]) -> Document {
        let mut document = Document::new(MediaType::Text);
        for line in lines {
            let place = Place::Lines { first: 1, last: 1 };
            document
                .blocks
                .push(Block::paragraph(Text::read(*line), place));
        }
        document
    }

    #[test]
    fn traditional_text_is_simplified_and_put_back() {
        let lines = [
            "臨江市檔案局2009年度政府信息公開年度報告",
            "本報告由臨江市檔案局編製,現予公佈。",
        ];
        let original = document(&lines);
        let mut changed = original.clone();
        let written = simplify(&mut changed).unwrap();
        let first = changed.blocks[0].text().unwrap().value().to_owned();
        assert_eq!(first, "临江市档案局2009年度政府信息公开年度报告");
        written.restore(&mut changed, &mut [], &mut []);
        assert_eq!(changed, original);
    }

    #[test]
    fn compatibility_forms_of_traditional_characters_are_put_back_as_canonical_text_has_them() {
        let lines = ["\u{f980}\u{f980}\u{2faf}縣檔案局年度報告臨江"];
        let original = crate::normalise(document(&lines));
        let mut changed = original.clone();
        let written = simplify(&mut changed).unwrap();
        let text = changed.blocks[0].text().unwrap().value().to_owned();
        assert_eq!(text, "吕吕面县档案局年度报告临江");
        written.restore(&mut changed, &mut [], &mut []);
        assert_eq!(changed, original);
    }

    #[test]
    fn words_of_traditional_usage_become_those_that_lexicons_have() {
        let original =
            document(&["全年收到申請7件,均已答覆;公眾可透過網路查詢政府資訊,覆蓋各鄉鎮。"]);
        let mut changed = original.clone();
        let written = simplify(&mut changed).unwrap();
        let text = changed.blocks[0].text().unwrap().value().to_owned();
        assert_eq!(
            text,
            "全年收到申请7件,均已答复;公众可通过网络查询政府信息,覆盖各乡镇。"
        );
        written.restore(&mut changed, &mut [], &mut []);
        assert_eq!(changed, original);
    }

    #[test]
    fn words_are_as_long_as_those_they_stand_for() {
        let lines = include_str!("../data/traditional_words.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (simplified, word) = line.split_once('\t').unwrap();
            assert_eq!(simplified.chars().count(), word.chars().count(), "{line}");
            assert_eq!(simplified.len(), word.len(), "{line}");
            assert!(word.chars().all(|c| in_simplified(c) == c), "{line}");
        }
    }

    #[test]
    fn simplified_text_is_left_alone() {
        let mut simple =
            document(&["本报告由临江市档案局编制,显著提高了公开的及时性,著作权信息除外。"]);
        assert!(simplify(&mut simple).is_none());
    }

    #[test]
    fn a_text_taken_from_a_source_is_found_in_it() {
        assert_eq!(
            as_in("依申请公开情况", "二、依申請公開 情況").as_deref(),
            Some("依申請公開情況")
        );
        assert_eq!(as_in("咨询情况", "二、依申請公開情況"), None);
    }
}
