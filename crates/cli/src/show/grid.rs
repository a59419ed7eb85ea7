//! Tables drawn with box characters. Chinese characters are two columns wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of the terminal that one column of a table takes at most.
const WIDEST: usize = 36;

/// A table; the line below the header rows is drawn through.
pub(super) fn drawn(rows: &[Vec<String>], header_rows: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|t| cut(t)).collect())
        .collect();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let texts = rows.iter().filter_map(|row| row.get(column));
            texts.map(|text| text.width()).max().unwrap_or(0)
        })
        .collect();
    let rule = |left: &str, cross: &str, right: &str| {
        let bars: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
        format!("{left}{}{right}\n", bars.join(cross))
    };
    let mut text = rule("┌", "┬", "┐");
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && index == header_rows {
            text.push_str(&rule("├", "┼", "┤"));
        }
        for (column, width) in widths.iter().enumerate() {
            let cell = row.get(column).map_or("", String::as_str);
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            text.push_str("│ ");
            // Numbers stand to the right.
            if cell.parse::<f64>().is_ok() {
                text.push_str(&pad);
                text.push_str(cell);
            } else {
                text.push_str(cell);
                text.push_str(&pad);
            }
            text.push(' ');
        }
        text.push_str("│\n");
    }
    text + &rule("└", "┴", "┘")
}

/// The text on one line, as wide as a column may be.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.width() <= WIDEST {
        return line;
    }
    let mut width = 0;
    let fits = line.chars().take_while(|character| {
        width += character.width().unwrap_or(0);
        width < WIDEST
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_are_equally_wide() {
        let long = "很".repeat(40);
        let rows = [["指标", "数量"], ["主动公开 a", "170"], [&long, ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let text = drawn(&rows, 1);
        let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
        assert!(text.lines().nth(2).unwrap().starts_with('├'), "{text}");
        assert!(text.contains("│  170 │"), "{text}");
    }
}
