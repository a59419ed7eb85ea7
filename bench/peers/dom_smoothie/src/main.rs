//! Runs `dom_smoothie` over the UTF-8 files named on standard input; one JSON object a line goes to standard output.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::panic;

use dom_smoothie::{Article, Readability, TextMode};
use serde_json::json;

fn article(path: &str) -> Result<Article, Box<dyn Error>> {
    let html = std::fs::read_to_string(path)?;
    let config = dom_smoothie::Config {
        // Text of neighbouring blocks does not run together.
        text_mode: TextMode::Formatted,
        ..Default::default()
    };
    Ok(Readability::new(html, None, Some(config))?.parse()?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    for path in io::stdin().lock().lines() {
        let path = path?;
        let line = match panic::catch_unwind(|| article(&path).map_err(|error| error.to_string())) {
            Ok(Ok(article)) => json!({
                "path": path,
                "title": article.title,
                "date": article.published_time,
                "text": article.text_content.to_string(),
                "html": article.content.to_string(),
            }),
            Ok(Err(error)) => json!({"path": path, "error": error}),
            Err(_) => json!({"path": path, "error": "panic"}),
        };
        writeln!(out, "{line}")?;
    }
    Ok(())
}
