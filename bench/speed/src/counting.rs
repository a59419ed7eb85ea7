//! The same steps for `callgrind`, which counts instructions: no clock, one pass, and a mark before and behind
//! each step. `bench/speed/instructions` has the counts written out at the marks.

use std::error::Error;
use std::hint::black_box;
use std::io::Write;

use nianbao::{Observer, Settings, Stage};

use crate::files::File;

// The two differ in what they do, or the compiler would make them one.
/// `callgrind` begins to count anew where this is called.
#[inline(never)]
fn step_begins() {
    black_box("begins");
}

/// `callgrind` writes out what it has counted where this is called.
#[inline(never)]
fn step_ends() {
    black_box("ends");
}

fn step<T>(name: &str, call: impl FnOnce() -> T) -> T {
    let mut out = std::io::stdout().lock();
    // Only for the reader of the counts, which come in the same order.
    let _ = writeln!(out, "{name}");
    step_begins();
    let result = call();
    step_ends();
    result
}

/// Marks the stages.
struct Marks;

impl Observer for Marks {
    fn begins(&self, stage: Stage) {
        let _ = writeln!(std::io::stdout().lock(), "{stage}");
        step_begins();
    }

    fn ended(&self, _: Stage) {
        step_ends();
    }
}

/// Prints the name of each step, in the order of the marks. All is done twice, and what is done first is called
/// `first NAME`: it holds what is loaded on the way.
pub(crate) fn count(files: &[File]) -> Result<(), Box<dyn Error>> {
    let settings = step("loading", Settings::default);
    for round in ["first", "again"] {
        writeln!(std::io::stdout().lock(), "# {round}")?;
        for file in files {
            if file.is_html() {
                let text = file.decoded();
                step("scraper parse", || {
                    drop(black_box(scraper::Html::parse_document(&text)));
                });
            }
            let records = nianbao::extract_observed(&file.bytes, &file.input, &settings, &Marks);
            step("JSON", || {
                for record in records.iter().flatten() {
                    drop(black_box(serde_json::to_vec(record)));
                }
            });
        }
    }
    Ok(())
}
