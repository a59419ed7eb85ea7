//! Every `fixtures/text-normalisation/<behaviour>.txt` is normalised as a text document, one block a
//! line, and compared with `<behaviour>.json` beside it: the canonical paragraphs with their lines.
//! Adding a case is dropping two files. `UPDATE_FIXTURES=1` writes the expected files anew.

use std::{fs, path::Path};

use model::{Block, Document, MediaType, Place};
use nianbao_text_normalisation::normalise;
use serde_json::{Value, json};

const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/text-normalisation"
);

fn read(text: &str) -> Document {
    let mut document = Document::new(MediaType::Text);
    for (at, line) in (1..).zip(text.split_terminator('\n')) {
        if !line.trim().is_empty() {
            let place = Place::Lines {
                first: at,
                last: at,
            };
            document.blocks.push(Block::paragraph(line.into(), place));
        }
    }
    document
}

fn paragraphs(document: &Document) -> Value {
    document
        .blocks
        .iter()
        .map(|block| match (block.text(), &block.place) {
            (Some(text), Place::Lines { first, last }) => {
                json!({"lines": [first, last], "text": text.value()})
            }
            _ => Value::Null,
        })
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the switch that rewrites fixtures is for people at work, not for the library"
)]
fn switch(name: &str) -> bool {
    std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0")
}

#[test]
fn fixtures_are_met() {
    let update = switch("UPDATE_FIXTURES");
    assert!(
        !(update && switch("CI")),
        "UPDATE_FIXTURES would make every fixture pass: unset it"
    );
    let mut texts: Vec<_> = fs::read_dir(FOLDER)
        .expect("the folder of fixtures")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    assert!(texts.len() >= 15, "only {} fixtures", texts.len());
    let failures: Vec<String> = texts
        .iter()
        .filter_map(|path| check(path, update).err())
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn check(path: &Path, update: bool) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let once = normalise(read(&text));
    let found = paragraphs(&once);
    let expected = path.with_extension("json");
    if update {
        let lines: Vec<String> = found
            .as_array()
            .into_iter()
            .flatten()
            .map(|paragraph| format!("  {paragraph}"))
            .collect();
        fs::write(&expected, format!("[\n{}\n]\n", lines.join(",\n")))
            .map_err(|error| error.to_string())?;
    }
    let wanted = fs::read_to_string(&expected)
        .map_err(|error| format!("{}: {error}", expected.display()))?;
    let wanted: Value = serde_json::from_str(&wanted).map_err(|error| error.to_string())?;
    if wanted != found {
        return Err(format!(
            "{}\nexpected {wanted:#}\nfound {found:#}",
            path.display()
        ));
    }
    if normalise(once.clone()) != once {
        return Err(format!("{}: a second time changes it", path.display()));
    }
    Ok(())
}
