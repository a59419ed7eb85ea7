//! The second reader: `pdf-extract`, tried where the first fails or finds no text. It knows
//! text by pages, no places on them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::quiet;

/// Stack of the thread it runs on: it recurses on what the file says.
const STACK: usize = 16 << 20;

/// The text of each page; `None` where it fails, panics or finds nothing.
pub(super) fn pages(bytes: &[u8]) -> Option<Vec<String>> {
    std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .name("second PDF reader".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                quiet::silence_this_thread();
                catch_unwind(AssertUnwindSafe(|| {
                    pdf_extract::extract_text_from_mem_by_pages(bytes)
                }))
                .ok()
                .and_then(Result::ok)
            });
        reader.ok()?.join().ok().flatten()
    })
    .filter(|pages| pages.iter().any(|page| !page.trim().is_empty()))
}

/// The paragraphs of a page's text: parted by blank lines, spaces at line ends dropped.
pub(super) fn paragraphs(page: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if let Some(last) = paragraphs.last_mut().filter(|_| open) {
            super::script::join_line(last, line, false);
        } else {
            paragraphs.push(line.to_owned());
            open = true;
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = "\n一、总体情况\n\n全年共收到申请\n三件。\n\n\n二、附则\n";
        assert_eq!(
            paragraphs(text),
            ["一、总体情况", "全年共收到申请三件。", "二、附则"]
        );
    }

    #[test]
    fn damaged_bytes_are_no_panic() {
        assert_eq!(pages(b"%PDF-1.4\nnothing of use"), None);
    }
}
