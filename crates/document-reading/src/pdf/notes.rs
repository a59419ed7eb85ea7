//! Footnotes: small lines at the foot of a page, each with a mark, mostly below a short rule. They
//! are told apart from the body, which runs on over the page break as if they were not there.

use model::PageBox;

use super::furniture::{is_page_number, whole};
use super::glyph::Glyph;
use super::lines::{self, Line};
use super::rules::Rules;
use super::script::join_line;

/// Notes are smaller than the text by at least this factor.
const SMALLER: f32 = 0.92;
/// Without a rule above they must be smaller still.
const MUCH_SMALLER: f32 = 0.86;
/// Raised marks are smaller than the text beside them by at least this factor.
const RAISED: f32 = 0.8;
/// Notes begin in the lower part of the page, share of its height.
const HIGHEST: f32 = 0.4;
/// Separators are this part of the text's width, at most and at least.
const RULE: (f32, f32) = (0.1, 0.5);

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    /// With its mark at the start.
    pub(super) text: String,
    /// Its own lines, then the marks in the text that call it.
    pub(super) boxes: Vec<PageBox>,
    pub(super) size: f32,
}

/// Takes the footnotes of a page out of its characters, and the raised marks that call them: a
/// mark left behind a figure would be one more digit. `pending` are the marks of the page before
/// whose notes were not on it, and then those of this page.
pub(super) fn take(
    glyphs: &mut Vec<Glyph>,
    rules: &Rules,
    page: u32,
    height: f32,
    pending: &mut Vec<String>,
) -> Vec<Note> {
    let before = std::mem::take(pending);
    let Some(body) = usual_size(glyphs) else {
        return Vec::new();
    };
    let marks = raised(glyphs, body);
    let calls: Vec<String> = marks.iter().map(|mark| bare(&mark.text)).collect();
    let all = || before.iter().chain(&calls);
    let Some(top) =
        below_rule(glyphs, rules, body, height).or_else(|| without_rule(glyphs, all, body, height))
    else {
        *pending = calls;
        return Vec::new();
    };
    let small: Vec<Glyph> = glyphs
        .iter()
        .filter(|glyph| glyph.base > top && glyph.size <= SMALLER * body)
        .copied()
        .collect();
    let mut notes: Vec<(String, Note, Line)> = Vec::new();
    let mut end = top;
    // Page numbers that stand beside a note.
    let mut beside: Vec<Line> = Vec::new();
    for mut row in lines::rows(small) {
        while row.len() > 1 && row.last().is_some_and(|part| is_page_number(&part.text)) {
            beside.extend(row.pop());
        }
        let Some(line) = whole(row) else { continue };
        let far = line.base - end > 2.6 * line.size && !notes.is_empty();
        if far || is_page_number(&line.text) {
            break;
        }
        end = line.base;
        let place = line.page_box(page);
        match (mark(&line.text), notes.last_mut()) {
            (Some(mark), _) => {
                let note = Note {
                    text: line.text.clone(),
                    boxes: vec![place],
                    size: line.size,
                };
                notes.push((mark.to_owned(), note, line));
            }
            (None, Some((_, note, last))) => {
                join_line(&mut note.text, &line.text, last.spaced_end);
                if let Some(known) = note.boxes.first_mut() {
                    known.x0 = known.x0.min(place.x0);
                    known.x1 = known.x1.max(place.x1);
                    known.y1 = place.y1;
                }
                *last = line;
            }
            (None, None) => return Vec::new(),
        }
    }
    if notes.is_empty() {
        return Vec::new();
    }
    // The marks in the text that call these notes.
    let mut called = vec![false; glyphs.len()];
    for mark in marks {
        let text = bare(&mark.text);
        let Some((_, note, _)) = notes.iter_mut().find(|(known, _, _)| *known == text) else {
            pending.push(text);
            continue;
        };
        note.boxes.push(PageBox { page, ..mark.place });
        for index in mark.glyphs {
            if let Some(slot) = called.get_mut(index) {
                *slot = true;
            }
        }
    }
    let mut position = 0;
    glyphs.retain(|glyph| {
        let number = beside.iter().any(|line| {
            glyph.x0 > line.x0 - 0.5
                && glyph.x1 < line.x1 + 0.5
                && (glyph.base - line.base).abs() < 1.0
        });
        let of_note =
            glyph.base > top && glyph.base <= end + 1.0 && glyph.size <= SMALLER * body && !number;
        let keep = !(of_note || called.get(position).copied().unwrap_or(false));
        position += 1;
        keep
    });
    notes.into_iter().map(|(_, note, _)| note).collect()
}

/// The size that most characters have.
fn usual_size(glyphs: &[Glyph]) -> Option<f32> {
    let mut sizes: Vec<f32> = glyphs
        .iter()
        .filter(|glyph| !glyph.is_space())
        .map(|glyph| glyph.size)
        .collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// The mark that a note begins with: `1`, `1.`, `[1]`, `①`, `*`.
fn mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let bare = text.trim_start_matches(['[', '(', '〔']);
    let digits = bare
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(bare.len());
    let (number, rest) = bare.split_at_checked(digits)?;
    if (1..=2).contains(&digits) {
        // `12件`, `2023年` and `1.5` begin a sentence, no note.
        let dotted = rest.strip_prefix(['.', '．', '、']);
        let next = dotted.unwrap_or(rest).chars().next();
        let begins = next.is_some_and(|c| match dotted {
            Some(_) => !c.is_ascii_digit(),
            None => !"件条年月%".contains(c),
        });
        return (begins && !number.starts_with('0')).then_some(number);
    }
    let first = bare.chars().next()?;
    (('①'..='⑳').contains(&first) || matches!(first, '*' | '＊' | '†' | '※'))
        .then(|| bare.get(..first.len_utf8()))
        .flatten()
}

/// A raised mark in the text.
struct Raised {
    text: String,
    glyphs: Vec<usize>,
    place: PageBox,
}

/// A mark without the brackets around it.
fn bare(mark: &str) -> String {
    mark.trim_matches(['[', ']', '(', ')', '〔', '〕'])
        .to_owned()
}

/// Runs of small raised characters right behind larger ones.
fn raised(glyphs: &[Glyph], body: f32) -> Vec<Raised> {
    let mut found: Vec<Raised> = Vec::new();
    let mut before: Option<&Glyph> = None;
    for (index, glyph) in glyphs.iter().enumerate() {
        if glyph.is_space() {
            continue;
        }
        let is_mark = glyph.character.is_ascii_digit()
            || ('①'..='⑳').contains(&glyph.character)
            || "[]()〔〕*＊†※".contains(glyph.character);
        let follows = before.is_some_and(|text| {
            let rise = text.base - glyph.base;
            glyph.size <= RAISED * text.size
                && (0.12 * text.size..0.8 * text.size).contains(&rise)
                && (glyph.x0 - text.x1).abs() < 2.0 * text.size
        });
        let goes_on = found.last().is_some_and(|mark| {
            mark.glyphs.last() == index.checked_sub(1).as_ref()
                && (glyph.x0 - mark.place.x1).abs() < 0.6 * glyph.size
                && glyph.size <= RAISED * body
        });
        let place = PageBox {
            page: 0,
            x0: glyph.x0,
            y0: glyph.top(),
            x1: glyph.x1,
            y1: glyph.bottom(),
        };
        match found.last_mut() {
            Some(mark) if is_mark && goes_on => {
                mark.text.push(glyph.character);
                mark.glyphs.push(index);
                mark.place.x1 = glyph.x1;
            }
            _ if is_mark && follows => found.push(Raised {
                text: glyph.character.to_string(),
                glyphs: vec![index],
                place,
            }),
            _ => before = Some(glyph),
        }
    }
    found
}

/// The height of a short rule at the left with nothing but small text below it.
fn below_rule(glyphs: &[Glyph], rules: &Rules, body: f32, height: f32) -> Option<f32> {
    let visible = || glyphs.iter().filter(|glyph| !glyph.is_space());
    let left = visible()
        .map(|glyph| glyph.x0)
        .fold(f32::INFINITY, f32::min);
    let right = visible().map(|glyph| glyph.x1).fold(0.0, f32::max);
    let width = (right - left).max(1.0);
    rules
        .horizontal
        .iter()
        .filter(|rule| {
            let share = (rule.to - rule.from) / width;
            rule.at > HIGHEST * height
                && (RULE.0..RULE.1).contains(&share)
                && rule.from < left + 0.1 * width
        })
        .filter(|rule| {
            let mut below: Vec<&Glyph> = visible().filter(|glyph| glyph.base > rule.at).collect();
            below.sort_by(|a, b| a.base.total_cmp(&b.base));
            let first = below.first();
            let near = first.is_some_and(|glyph| glyph.base - rule.at < 2.5 * glyph.size);
            let small = below
                .iter()
                .filter(|glyph| glyph.size <= SMALLER * body)
                .count();
            // A page number may stand below in the size of the text.
            near && small + 12 >= below.len()
                && first.is_some_and(|glyph| glyph.size <= SMALLER * body)
        })
        .map(|rule| rule.at)
        .max_by(f32::total_cmp)
}

/// Where the small lines at the foot of the page begin, that marks in the text call.
fn without_rule<'c, C: Iterator<Item = &'c String>>(
    glyphs: &[Glyph],
    calls: impl Fn() -> C,
    body: f32,
    height: f32,
) -> Option<f32> {
    calls().next()?;
    let lowest_text = glyphs
        .iter()
        .filter(|glyph| !glyph.is_space() && glyph.size > MUCH_SMALLER * body)
        .filter(|glyph| glyph.base < 0.9 * height)
        .map(|glyph| glyph.base)
        .fold(0.0, f32::max);
    let small: Vec<Glyph> = glyphs
        .iter()
        .filter(|glyph| glyph.base > lowest_text + 0.5 * body && glyph.size <= MUCH_SMALLER * body)
        .copied()
        .collect();
    let first = lines::of_area(small).into_iter().next()?;
    let number = mark(&first.text)?;
    let called = calls().any(|known| known == number);
    (called && first.base > HIGHEST * height).then_some(first.base - first.size)
}

#[cfg(test)]
mod tests {
    use super::super::glyph::tests::set;
    use super::super::rules::Rule;
    use super::*;

    fn page() -> (Vec<Glyph>, Rules) {
        let mut glyphs = set("全年共收到申请12", 90.0, 300.0, 16.0);
        glyphs.extend(set("1", 210.0, 294.0, 9.0));
        glyphs.extend(set("件，其余情况见附表所列各项。", 215.0, 300.0, 16.0));
        glyphs.extend(set("1 含上年结转的事项，", 90.0, 720.0, 9.0));
        glyphs.extend(set("不含撤回的事项。", 90.0, 732.0, 9.0));
        let rules = Rules {
            horizontal: vec![Rule {
                at: 706.0,
                from: 90.0,
                to: 190.0,
            }],
            vertical: Vec::new(),
        };
        (glyphs, rules)
    }

    #[test]
    fn a_note_and_its_mark_leave_the_text() {
        let (mut glyphs, rules) = page();
        let notes = take(&mut glyphs, &rules, 1, 842.0, &mut Vec::new());
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].text, "1含上年结转的事项，不含撤回的事项。");
        assert_eq!(notes[0].boxes.len(), 2);
        let text: String = glyphs.iter().map(|glyph| glyph.character).collect();
        assert_eq!(text, "全年共收到申请12件，其余情况见附表所列各项。");
    }

    #[test]
    fn marks_call_notes_without_a_rule() {
        let (mut glyphs, _) = page();
        let none = &mut Vec::new();
        assert_eq!(
            take(&mut glyphs, &Rules::default(), 1, 842.0, none).len(),
            1
        );
    }

    #[test]
    fn a_note_may_stand_on_the_page_after_its_mark() {
        let mut pending = Vec::new();
        let mut glyphs = set("其余情况见附表所列各项", 90.0, 300.0, 16.0);
        glyphs.extend(set("2", 266.0, 294.0, 9.0));
        assert!(take(&mut glyphs, &Rules::default(), 1, 842.0, &mut pending).is_empty());
        assert_eq!(pending, ["2"]);
        let mut next = set("其余情况见附表所列各项", 90.0, 300.0, 16.0);
        next.extend(set("2.含上年结转的事项，", 90.0, 720.0, 9.0));
        assert_eq!(
            take(&mut next, &Rules::default(), 2, 842.0, &mut pending).len(),
            1
        );
        assert!(pending.is_empty());
    }

    #[test]
    fn small_text_below_is_no_note_without_a_mark() {
        let mut glyphs = set("全年共收到申请十二件，其余见附表。", 90.0, 300.0, 16.0);
        glyphs.extend(set("本报告由办公室编印", 90.0, 720.0, 9.0));
        let before = glyphs.len();
        let none = &mut Vec::new();
        assert!(take(&mut glyphs, &Rules::default(), 1, 842.0, none).is_empty());
        assert_eq!(glyphs.len(), before);
    }
}
