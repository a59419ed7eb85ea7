//! Text cut into pieces, pieces put together, lines joined: each with its map to the source kept.

use std::ops::Range;

use model::{Run, Text};

/// The pieces of a text at ascending byte ranges that do not overlap.
pub(crate) fn pieces(text: &Text, ranges: &[Range<usize>]) -> Vec<Text> {
    let value = text.value();
    let piece = |range: &Range<usize>| value.get(range.clone()).unwrap_or_default();
    if text.written() == value {
        return ranges
            .iter()
            .map(|range| Text::read(piece(range)))
            .collect();
    }
    let written = text.written();
    let bytes: Vec<usize> = written.char_indices().map(|(byte, _)| byte).collect();
    let byte_at = |index: u32| bytes.get(index as usize).copied().unwrap_or(written.len());
    let runs = text.runs();
    let mut next_run = 0;
    let mut seen_bytes = 0;
    let mut seen_chars = 0;
    let mut out = Vec::with_capacity(ranges.len());
    for range in ranges {
        let piece = piece(range);
        let start = seen_chars + count(value.get(seen_bytes..range.start).unwrap_or_default());
        let end = start + count(piece);
        (seen_bytes, seen_chars) = (range.end, end);
        while runs
            .get(next_run)
            .is_some_and(|run| run.value_start + run.length <= start)
        {
            next_run += 1;
        }
        let mut inside: Vec<Run> = runs
            .iter()
            .skip(next_run)
            .take_while(|run| run.value_start < end)
            .map(|run| {
                let from = run.value_start.max(start);
                let to = (run.value_start + run.length).min(end);
                Run {
                    value_start: from - start,
                    written_start: run.written_start + (from - run.value_start),
                    length: to - from,
                }
            })
            .collect();
        let base = inside.first().map_or(0, |run| run.written_start);
        let last = inside
            .last()
            .map_or(0, |run| run.written_start + run.length);
        for run in &mut inside {
            run.written_start -= base;
        }
        let source = written
            .get(byte_at(base)..byte_at(last))
            .unwrap_or_default();
        out.push(Text::normalised(
            piece.to_owned(),
            source.to_owned(),
            inside,
        ));
    }
    out
}

/// The text without white space at its ends.
pub(crate) fn trimmed(text: &Text) -> Text {
    let value = text.value();
    let start = value.len() - value.trim_start().len();
    let end = start + value.trim().len();
    if start == 0 && end == value.len() {
        return text.clone();
    }
    pieces(text, std::slice::from_ref(&(start..end)))
        .pop()
        .unwrap_or_default()
}

/// Pieces of one cell that stood on several lines, put together: `本年新` and `制作数量`.
pub(crate) fn joined(parts: &[Text]) -> Text {
    match parts {
        [] => Text::default(),
        [one] => one.clone(),
        _ => {
            let mut value = String::new();
            let mut written = String::new();
            let mut runs = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    written.push('\n');
                    value.push('\n');
                }
                let value_base = count(&value);
                let written_base = count(&written);
                runs.extend(part.runs().into_iter().map(|run| Run {
                    value_start: run.value_start + value_base,
                    written_start: run.written_start + written_base,
                    length: run.length,
                }));
                value.push_str(part.value());
                written.push_str(part.written());
            }
            one_line(&Text::normalised(value, written, runs))
        }
    }
}

/// The lines of a cell as one line: nothing between two Chinese characters that wrapping parted,
/// a space where the next line starts a new item or where letters and figures would run together.
pub(crate) fn one_line(text: &Text) -> Text {
    let value = text.value();
    if !value.contains(['\n', '\r']) {
        return trimmed(text);
    }
    let mut out = String::with_capacity(value.len());
    let mut runs: Vec<Run> = Vec::new();
    let mut length = 0_u32;
    let mut rest = value.char_indices().enumerate().peekable();
    while let Some((index, (byte, c))) = rest.next() {
        if !c.is_whitespace() {
            if let Some(at) = text.written_index(u32::try_from(index).unwrap_or(u32::MAX)) {
                push(&mut runs, length, at);
            }
            out.push(c);
            length += 1;
            continue;
        }
        let mut breaks = matches!(c, '\n' | '\r');
        let mut after = byte + c.len_utf8();
        while let Some((_, (next, space))) = rest.next_if(|(_, (_, c))| c.is_whitespace()) {
            breaks |= matches!(space, '\n' | '\r');
            after = next + space.len_utf8();
        }
        let ahead = value.get(after..).unwrap_or_default();
        if !out.is_empty() && !ahead.is_empty() && (!breaks || parts_items(&out, ahead)) {
            out.push(' ');
            length += 1;
        }
    }
    Text::normalised(out, text.written().to_owned(), runs)
}

fn push(runs: &mut Vec<Run>, value: u32, written: u32) {
    match runs.last_mut() {
        Some(run)
            if run.value_start + run.length == value
                && run.written_start + run.length == written =>
        {
            run.length += 1;
        }
        _ => runs.push(Run {
            value_start: value,
            written_start: written,
            length: 1,
        }),
    }
}

fn parts_items(before: &str, ahead: &str) -> bool {
    let narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    ahead.starts_with("其中")
        || narrow(before.chars().next_back())
        || ahead.starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_way_back() {
        // 数 量|２０ -> 数量|20
        let run = |value_start, written_start, length| Run {
            value_start,
            written_start,
            length,
        };
        let text = Text::normalised(
            "数量|20".into(),
            "数 量|２０".into(),
            vec![run(0, 0, 1), run(1, 2, 4)],
        );
        let cut = pieces(&text, &[0..6, 7..9]);
        assert_eq!(cut[0].value(), "数量");
        assert_eq!(cut[0].written(), "数 量");
        assert_eq!(cut[0].written_index(1), Some(2));
        assert_eq!(cut[1].written(), "２０");
        let whole = joined(&cut);
        assert_eq!(whole.value(), "数量 20");
        assert_eq!(whole.written_of(7, 9), "２０");
    }

    #[test]
    fn lines_of_a_cell_are_joined_by_what_stands_at_the_break() {
        let line = |text: &str| one_line(&Text::read(text)).value().to_owned();
        assert_eq!(line("本年新\n制作数量"), "本年新制作数量");
        assert_eq!(line("426716\n26270"), "426716 26270");
        assert_eq!(
            line("页面访问量\n其中:专栏访问量"),
            "页面访问量 其中:专栏访问量"
        );
        assert_eq!(line(" 甲  乙 \n "), "甲  乙".replace("  ", " "));
    }
}
