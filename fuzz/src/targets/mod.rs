//! The targets, by name. What an input looks like is said at the head of each.

mod archive;
mod archives;
mod extract;
mod frames;
mod html;
mod http;
mod indicators;
mod normalise;
mod notation;
mod pdf;
mod profile;
mod record;
mod robots;
mod segment;
mod tables;
mod text;
mod warc;

/// What a target does with an input; it panics where a law is broken.
type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 16] = [
    ("archive", archive::run),
    ("extract", extract::run),
    ("frames", frames::run),
    ("html", html::run),
    ("http", http::run),
    ("indicators", indicators::run),
    ("normalise", normalise::run),
    ("notation", notation::run),
    ("pdf", pdf::run),
    ("profile", profile::run),
    ("record", record::run),
    ("robots", robots::run),
    ("segment", segment::run),
    ("tables", tables::run),
    ("text", text::run),
    ("warc", warc::run),
];

/// The variable that names the target of a process.
const CHOICE: &str = "FUZZ_TARGET";

/// The target that the environment names.
pub fn chosen() -> Target {
    let name = std::env::var(CHOICE).unwrap_or_default();
    let known = TARGETS.iter().find(|(known, _)| *known == name);
    if let Some((_, target)) = known {
        if name == "pdf" {
            crate::panics::only_our_own();
        }
        return *target;
    }
    let names = TARGETS.map(|(name, _)| name).join(" ");
    eprintln!("{CHOICE} must name one of: {names}");
    std::process::exit(2);
}
