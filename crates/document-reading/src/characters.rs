//! Warnings about characters: lost in decoding, or lost before the file was written.

use model::{Block, BlockContent, Charset, Document, Place, Warning};

/// Adds `characters_replaced` and `suspicious_characters`, each at most once, with the count and
/// the first place.
pub(crate) fn warn(document: &mut Document, charset: &Charset) {
    let first = |test: &dyn Fn(&str) -> usize| {
        let (mut count, mut place) = (0_usize, None);
        for block in &document.blocks {
            for_each_text(block, &mut |text, at| {
                let found = test(text);
                if found > 0 && count == 0 {
                    place = Some(at.clone());
                }
                count += found;
            });
        }
        (count, place)
    };
    let (suspicious, suspicious_place) = first(&suspicious);
    if charset.replaced > 0 {
        let (_, replaced_place) = first(&replaced);
        document.warnings.push(Warning {
            code: "characters_replaced",
            message: format!(
                "{} characters could not be decoded as {} and stand as U+FFFD; fetch the file again or check its charset",
                charset.replaced, charset.name
            ),
            place: replaced_place,
        });
    }
    if suspicious > 0 {
        document.warnings.push(Warning {
            code: "suspicious_characters",
            message: format!(
                "{suspicious} characters look like residue of lost ones (private use, □, runs of ?); compare with the source"
            ),
            place: suspicious_place,
        });
    }
}

fn for_each_text(block: &Block, visit: &mut dyn FnMut(&str, &Place)) {
    match &block.content {
        BlockContent::Paragraph(text) | BlockContent::Picture { text, .. } => {
            visit(text.value(), &block.place);
        }
        BlockContent::Table(table) => {
            if let Some(caption) = &table.caption {
                visit(caption.value(), &block.place);
            }
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                visit(
                    cell.text.value(),
                    cell.place.as_ref().unwrap_or(&block.place),
                );
            }
        }
        BlockContent::Grid(grid) => {
            for cell in &grid.cells {
                visit(
                    cell.text.value(),
                    cell.place.as_ref().unwrap_or(&block.place),
                );
            }
        }
    }
}

fn replaced(text: &str) -> usize {
    text.chars()
        .filter(|character| *character == char::REPLACEMENT_CHARACTER)
        .count()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a text holds `?` or two bytes with which `□` (E2 96) or a character of private use begins: nearly all
/// texts hold none.
fn may_hold_residue(text: &str) -> bool {
    let begins = |pair: &[u8]| {
        matches!(
            pair,
            [b'?', _] | [0xE2, 0x96] | [0xEE | 0xF3 | 0xF4, _] | [0xEF, 0x80..=0xA3]
        )
    };
    text.ends_with('?') || text.as_bytes().windows(2).any(begins)
}

/// Characters of private use, squares beside Chinese, and question marks beside Chinese that
/// come in runs or follow a digit (`2012? 2号`): each such run once for each of its characters.
fn suspicious(text: &str) -> usize {
    if !may_hold_residue(text) {
        return 0;
    }
    let mut found = 0;
    let mut before = None;
    let mut run = (None, 0_usize);
    for character in text.chars().chain(['\0']) {
        if character == '?' || character == '□' {
            if run.1 == 0 {
                run.0 = before;
            }
            run.1 += 1;
        } else if run.1 > 0 {
            let beside_han = run.0.is_some_and(is_han) || is_han(character);
            let after_digit = run
                .0
                .is_some_and(|character: char| character.is_ascii_digit());
            if (beside_han && (run.1 > 1 || before == Some('□')))
                || (after_digit && before == Some('?') && character != '\0')
            {
                found += run.1;
            }
            run.1 = 0;
        }
        if matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}') {
            found += 1;
        }
        before = Some(character);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residue_is_told_from_questions() {
        assert_eq!(suspicious("是否公开?是。"), 0);
        assert_eq!(suspicious("what?? no"), 0);
        assert_eq!(suspicious("（2012? 2号）"), 1);
        assert_eq!(suspicious("政府??信息"), 2);
        assert_eq!(suspicious("朱□基\u{E4C6}"), 2);
    }
}
