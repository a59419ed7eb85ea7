//! Reading HTML.
//!
//! The steps: cut the source into tokens ([`tokeniser`]), of which few [`attributes`] are kept and whose nesting
//! has a [`bound`]; let html5ever build the [`tree`] of them as browsers do; take it over as an array in the order
//! of the page ([`dom`]); [`measure`] its text, read how its elements are set ([`style`]), decide which are
//! furniture ([`layers`]), [`walk`] it into blocks, judge single [`lines`], and gather [`hints`].

mod attributes;
mod bound;
mod dom;
mod drawn;
mod embedded;
mod ends;
mod hints;
mod inline;
mod layers;
mod lexicon;
mod lines;
mod measure;
mod metadata;
mod names;
mod phrases;
mod pictures;
mod references;
mod script;
mod siblings;
mod style;
mod tables;
mod teasers;
mod tokeniser;
mod tree;
mod walk;

pub(crate) use hints::uri_hint;
pub(crate) use lines::judge;
pub(crate) use measure::{is_attachment, visible};
pub(crate) use script::han;

use std::ops::Range;

use model::{Block, BlockContent, Document, Hint, HintKind, Layer, MediaType, Warning};

use crate::{Limits, Provenance};

/// Less visible text than this in the body, and no table, sends the reader to the scripts.
const NO_TEXT: u32 = 60;

/// So little text may be that of a page around the report: scripts are read too, and count where
/// they hold [`MUCH_MORE`] times as much.
const LITTLE_TEXT: u32 = 400;
const MUCH_MORE: u32 = 3;

/// Reads a page.
pub(crate) fn read(text: &str, provenance: &Provenance<'_>, limits: &Limits) -> Document {
    let source = read_source(text, limits, 0);
    let mut document = Document::new(MediaType::Html);
    document.hints = source.hints;
    document.hints.extend(uri_hint(provenance));
    document.blocks = source.found.blocks;
    document.attachments = source.found.attachments;
    document.warnings = source.found.warnings;
    judge(&mut document.blocks, &mut document.hints);
    let dated = |hint: &Hint| hint.kind == HintKind::Published;
    if !document.hints.iter().any(dated) {
        document.hints.extend(source.day);
    }
    if !document.hints.iter().any(dated) {
        let scripts = contents(text, &source.scripts);
        document.hints.extend(embedded::day(scripts));
    }
    pictures::drop_ornaments(&mut document.blocks);
    document
        .warnings
        .extend(pictures::table_is_image(&document.blocks));
    document
}

/// Reads HTML inside a text of another kind.
pub(crate) fn fragment(text: &str, limits: &Limits) -> Document {
    let source = read_source(text, limits, 0);
    let mut document = Document::new(MediaType::Html);
    document.blocks = source.found.blocks;
    document.attachments = source.found.attachments;
    document.warnings = source.found.warnings;
    document
}

/// The characters that an entity stands for, by its name or number (`nbsp`, `#12288`).
pub(crate) fn entity(name: &str) -> Option<String> {
    let text = references::decoded(&format!("&{name};"), Some(references::Within::Text));
    (!text.starts_with('&') || text == "&").then_some(text)
}

/// What one source comes to before its lines are judged.
struct Source {
    found: walk::Found,
    hints: Vec<Hint>,
    /// The day that an element of the page is named after.
    day: Option<Hint>,
    /// Contents of the scripts, as ranges of the source, and their places.
    scripts: Vec<(Range<usize>, String)>,
}

/// Reads a source; `depth` is the number of pages around it.
fn read_source(text: &str, limits: &Limits, depth: u32) -> Source {
    let parsed = tokeniser::parse(text, limits);
    let dom = dom::Dom::new(&parsed.tree);
    let measures = measure::measure(&dom);
    let settings = settings(&dom);
    let layers = layers::layers(&layers::Evidence {
        dom: &dom,
        measures: &measures,
        settings: &settings,
    });
    let mut found = walk::walk(&walk::Page {
        dom: &dom,
        measures: &measures,
        settings: &settings,
        layers: &layers,
        limits,
        depth,
    });
    let mut hints = hints::head(&dom);
    let mut scripts = Vec::new();
    if depth == 0 {
        let paths = (1..dom.len())
            .filter(|index| dom.name(*index) == "script")
            .map(|index| dom.path(index));
        scripts.extend(parsed.scripts.iter().cloned().zip(paths));
    }
    let own = text_of(&found.blocks);
    if depth == 0 && own < LITTLE_TEXT {
        let (inside, said) = embedded::scripts(contents(text, &scripts), limits);
        if own < NO_TEXT || text_of(&inside.blocks) / MUCH_MORE >= own {
            found.blocks.extend(inside.blocks);
            found.attachments.extend(inside.attachments);
            found.warnings.extend(inside.warnings);
            hints.extend(said);
        }
    }
    found.warnings.extend(cut_warnings(&parsed, limits));
    Source {
        found,
        hints,
        day: hints::day(&dom),
        scripts,
    }
}

/// What scripts hold, each with its place.
fn contents<'s>(
    text: &'s str,
    scripts: &'s [(Range<usize>, String)],
) -> impl Iterator<Item = (&'s str, String)> {
    let content = move |(range, path): &(Range<usize>, String)| {
        let content = text.get(range.clone())?;
        Some((content, path.clone()))
    };
    scripts.iter().filter_map(content)
}

/// How each element is set, font sizes relative to the element around.
fn settings(dom: &dom::Dom) -> Vec<style::Setting> {
    let mut settings = vec![style::Setting::default(); dom.len()];
    let mut points: Vec<Option<f32>> = vec![None; dom.len()];
    for index in 1..dom.len() {
        if dom.is_text(index) {
            continue;
        }
        let inherited = points.get(dom.parent(index)).copied().flatten();
        let own = style::setting(dom, index, inherited);
        if let Some(size) = points.get_mut(index) {
            *size = own.font_size.or(inherited);
        }
        if let Some(setting) = settings.get_mut(index) {
            *setting = own;
        }
    }
    settings
}

/// Visible characters of the body that are neither links nor a site's footer; a table is as good
/// as any number.
fn text_of(blocks: &[Block]) -> u32 {
    let mut characters = 0;
    for block in blocks.iter().filter(|block| block.layer == Layer::Body) {
        match &block.content {
            BlockContent::Paragraph(text)
                if block.style.link_share < 0.5 && lines::footer_marks(text.value()) == 0 =>
            {
                characters += visible(text.value());
            }
            BlockContent::Table(_) => return u32::MAX,
            _ => {}
        }
    }
    characters
}

fn cut_warnings(parsed: &tokeniser::Parsed, limits: &Limits) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if parsed.cut_tags > 0 {
        warnings.push(Warning {
            code: "nesting_cut",
            message: format!(
                "limit: html_nesting, {}: {} tags nested deeper were left out; their text stays, places in them may be off",
                limits.nesting, parsed.cut_tags
            ),
            place: None,
        });
    }
    if parsed.cut_attributes > 0 {
        warnings.push(Warning {
            code: "attributes_cut",
            message: format!(
                "limit: html_attributes, {}: {} tags have more attributes; those past it were left out",
                limits.attributes, parsed.cut_attributes
            ),
            place: None,
        });
    }
    warnings
}
