//! `nianbao show`: one document for human eyes.

mod grid;
mod record;
mod stage;
mod why;

use std::path::Path;

use nianbao::{Input, Stage};

use crate::args::{ShowArgs, ShowStage};
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::input::{Bytes, printed};

/// Runs the command.
pub(crate) fn run(args: &ShowArgs) -> Result<Exit, Failure> {
    let config = Config::resolve(&args.settings)?;
    let settings = &config.extraction;
    let input = Input::named(printed(&args.file));
    let bytes = Bytes::File(args.file.clone()).load(settings.limits.bytes);
    let bytes = bytes.map_err(|error| {
        Failure::fatal(format!("{}: {}: {}", input.path, error.code, error.message))
    })?;
    if let Some(folder) = &args.svg {
        draw(&bytes, settings, folder)?;
    }
    let last = match args.stage {
        ShowStage::Read => Some(Stage::Reading),
        ShowStage::Normalise => Some(Stage::Normalisation),
        ShowStage::Tables => Some(Stage::Tables),
        ShowStage::Segment => Some(Stage::Segmentation),
        ShowStage::Record => None,
    };
    let text = match last {
        Some(last) => nianbao::inspect(&bytes, &input, settings, last)
            .map(|inspection| stage::shown(&inspection)),
        None => nianbao::extract(&bytes, &input, settings).map(|records| {
            records
                .iter()
                .map(record::shown)
                .collect::<Vec<_>>()
                .join("\n")
        }),
    };
    match text {
        Ok(text) => crate::print(&text),
        Err(error) => Err(Failure {
            exit: Exit::Errors,
            message: format!("{}: {error}", input.path),
        }),
    }
}

/// Draws the pages into a folder.
fn draw(bytes: &[u8], settings: &nianbao::Settings, folder: &Path) -> Result<(), Failure> {
    let drawings = nianbao::draw(bytes, settings);
    if drawings.is_empty() {
        return Err(Failure::usage(
            "--svg: no page to draw: only a PDF that can be read has pages".to_owned(),
        ));
    }
    let failed = |path: &Path, error: &std::io::Error| {
        Failure::fatal(format!("{}: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for drawing in drawings {
        let path = folder.join(format!("page-{:04}.svg", drawing.page));
        std::fs::write(&path, drawing.svg).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// At most this many characters of a text, on one line.
fn shortened(text: &str, most: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let start: String = line.chars().take(most.saturating_sub(1)).collect();
    start + "…"
}
