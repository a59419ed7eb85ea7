//! As one page of HTML, which needs nothing else: it can be mailed, or put where a browser finds it.
//!
//! Everything in it was said by servers and reports: all of it is escaped, and the page forbids scripts and requests.

use super::{Cell, Part, Report, Table};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
"#;

const STYLE: &str = include_str!("style.css");

impl Report {
    /// As a page of HTML.
    pub(crate) fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut text =
            format!("{HEAD}<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n");
        text.push_str(&format!("<h1>{title}</h1>\n"));
        for part in &self.parts {
            match part {
                Part::Heading(heading) => {
                    text.push_str(&format!("<h2>{}</h2>\n", escaped(heading)));
                }
                Part::Text(paragraph) => {
                    text.push_str(&format!("<p>{}</p>\n", escaped(paragraph)));
                }
                Part::Counts(counts) => text.push_str(&self::counts(counts)),
                Part::Table(table) => text.push_str(&self::table(table)),
            }
        }
        text.push_str("</body>\n</html>\n");
        text
    }
}

fn counts(counts: &[(String, usize)]) -> String {
    let mut text = String::from("<dl class=\"counts\">\n");
    for (name, count) in counts {
        let none = if *count == 0 { " class=\"none\"" } else { "" };
        text.push_str(&format!(
            "<div{none}><dt>{}</dt><dd>{count}</dd></div>\n",
            escaped(name)
        ));
    }
    text.push_str("</dl>\n");
    text
}

fn table(table: &Table) -> String {
    let title = escaped(&table.title);
    let mut text = format!("<section>\n<h3>{title}</h3>\n<div class=\"wide\"><table>\n<thead><tr>");
    let first = table.rows.first();
    for (number, column) in table.columns.iter().enumerate() {
        let cell = first.and_then(|row| row.get(number));
        let class = class(cell.filter(|cell| matches!(cell, Cell::Number(_))));
        text.push_str(&format!("<th{class}>{}</th>", escaped(column)));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        text.push_str("<tr>");
        for cell in row {
            text.push_str(&format!("<td{}>{}</td>", class(Some(cell)), content(cell)));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table></div>\n");
    if table.left_out > 0 {
        text.push_str(&format!(
            "<p>{} more in <code>changes.jsonl</code>.</p>\n",
            table.left_out
        ));
    }
    text.push_str("</section>\n");
    text
}

fn class(cell: Option<&Cell>) -> &'static str {
    match cell {
        Some(Cell::Number(_)) => " class=\"number\"",
        Some(Cell::Address(_)) => " class=\"address\"",
        Some(Cell::Old(_)) => " class=\"old\"",
        Some(Cell::New(_)) => " class=\"new\"",
        Some(Cell::Text(_)) | None => "",
    }
}

fn content(cell: &Cell) -> String {
    let text = escaped(cell.text());
    match cell {
        // Nothing but what a browser would ask for anyway: no javascript:, no file:.
        Cell::Address(address)
            if address.starts_with("http://") || address.starts_with("https://") =>
        {
            format!("<a href=\"{text}\" rel=\"noreferrer\">{text}</a>")
        }
        _ => text,
    }
}

/// A text as one of HTML, in an element or an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // They would turn what stands behind them round.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{FFFD}'),
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_said_becomes_markup_or_a_script() {
        let hostile = "\"><script>alert('x')</script>&\u{202E}\n";
        let cells = [
            Cell::Text(hostile.into()),
            Cell::Address(format!("https://a.example/{hostile}")),
            Cell::Address("javascript:alert(1)".into()),
            Cell::Address("https://a.example/?a=1&b=2".into()),
        ];
        let report = Report {
            title: hostile.into(),
            parts: vec![
                Part::Heading(hostile.into()),
                Part::Text(hostile.into()),
                Part::Counts(vec![(hostile.into(), 3)]),
                Part::Table(Table {
                    title: hostile.into(),
                    columns: &["a", "b", "c", "d"],
                    rows: vec![cells.to_vec()],
                    left_out: 2,
                }),
            ],
        };
        let page = report.html();
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains('\u{202E}'), "{page}");
        assert!(!page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("<a href=\"https://a.example/?a=1&amp;b=2\""));
        assert_eq!(page.matches("href=").count(), 2);
        // Quotes of attributes are our own alone: each tag has an even number of them.
        let tags = page
            .split('<')
            .skip(1)
            .filter_map(|tag| tag.split_once('>'));
        for (tag, _) in tags {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        }
        assert!(
            report
                .markdown()
                .lines()
                .all(|line| !line.contains("<script"))
        );
    }
}
