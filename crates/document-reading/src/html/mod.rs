//! Reading HTML.
//!
//! The steps: [`bound`] the source, parse it as browsers do, take the tree over as an array
//! ([`dom`]), [`measure`] its text, read how its elements are set ([`style`]), decide which are
//! furniture ([`layers`]), [`walk`] it into blocks, judge single [`lines`], and gather [`hints`].

mod bound;
mod dom;
mod drawn;
mod embedded;
mod hints;
mod inline;
mod layers;
mod lexicon;
mod lines;
mod measure;
mod metadata;
mod script;
mod style;
mod tables;
mod teasers;
mod walk;

pub(crate) use hints::uri_hint;

use std::ops::Range;

use model::{Block, BlockContent, Document, Hint, HintKind, Layer, MediaType, Warning};
use scraper::Html;

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
    lines::judge(&mut document.blocks, &mut document.hints);
    let dated = |hint: &Hint| hint.kind == HintKind::Published;
    if !document.hints.iter().any(dated) {
        document.hints.extend(source.day);
    }
    if !document.hints.iter().any(dated) {
        let scripts = source.scripts.iter();
        let scripts =
            scripts.filter_map(|(range, path)| Some((text.get(range.clone())?, path.clone())));
        document.hints.extend(embedded::day(scripts));
    }
    drop_ornaments(&mut document.blocks);
    document.warnings.extend(table_is_image(&document.blocks));
    document
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
    let bounded = bound::bound(text, limits);
    let html = Html::parse_document(&bounded.source);
    let dom = dom::Dom::new(&html);
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
        scripts.extend(bounded.scripts.iter().cloned().zip(paths));
    }
    let own = text_of(&found.blocks);
    if depth == 0 && own < LITTLE_TEXT {
        let sources = scripts.iter();
        let sources =
            sources.filter_map(|(range, path)| Some((text.get(range.clone())?, path.clone())));
        let (inside, said) = embedded::scripts(sources, limits);
        if own < NO_TEXT || text_of(&inside.blocks) / MUCH_MORE >= own {
            found.blocks.extend(inside.blocks);
            found.attachments.extend(inside.attachments);
            found.warnings.extend(inside.warnings);
            hints.extend(said);
        }
    }
    found.warnings.extend(cut_warnings(&bounded, limits));
    Source {
        found,
        hints,
        day: hints::day(&dom),
        scripts,
    }
}

/// How each element is set, font sizes relative to the element around.
fn settings(dom: &dom::Dom<'_>) -> Vec<style::Setting> {
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
                characters += measure::visible(text.value());
            }
            BlockContent::Table(_) => return u32::MAX,
            _ => {}
        }
    }
    characters
}

fn cut_warnings(bounded: &bound::Bounded, limits: &Limits) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if bounded.cut_tags > 0 {
        warnings.push(Warning {
            code: "nesting_cut",
            message: format!(
                "{} tags nested deeper than the limit nesting = {} were left out; their text stays, places in them may be off",
                bounded.cut_tags, limits.nesting
            ),
            place: None,
        });
    }
    if bounded.cut_attributes > 0 {
        warnings.push(Warning {
            code: "attributes_cut",
            message: format!(
                "{} tags have more attributes than the limit attributes = {}; those past it were left out",
                bounded.cut_attributes, limits.attributes
            ),
            place: None,
        });
    }
    warnings
}

/// Leaves out pictures without a text before the prose and behind the furniture that ends it.
fn drop_ornaments(blocks: &mut Vec<Block>) {
    let prose = lines::prose(blocks).unwrap_or(0..blocks.len());
    let mut index = 0;
    let mut ended = false;
    blocks.retain(|block| {
        ended |= index >= prose.end && block.layer != Layer::Body;
        let inside = index >= prose.start && !ended;
        index += 1;
        match &block.content {
            BlockContent::Picture { text, .. } => inside || !text.is_blank(),
            _ => true,
        }
    });
}

/// A picture that stands for a table: its text, or the short line before it, is a table's
/// caption, and the page has no table.
fn table_is_image(blocks: &[Block]) -> Option<Warning> {
    let body = || blocks.iter().filter(|block| block.layer == Layer::Body);
    if body().any(|block| matches!(block.content, BlockContent::Table(_))) {
        return None;
    }
    let mut before = "";
    for block in body() {
        match &block.content {
            BlockContent::Picture { text, .. }
                if is_caption(text.value()) || is_caption(before) =>
            {
                return Some(Warning {
                    code: "table_is_image",
                    message:
                        "a table is given as a picture and was not read; read its figures from the source"
                            .to_owned(),
                    place: Some(block.place.clone()),
                });
            }
            BlockContent::Paragraph(text) => before = text.value(),
            _ => {}
        }
    }
    None
}

fn is_caption(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['：', ':', '）', ')']);
    let text = lexicon::folded(text);
    let lexicon = &*lexicon::LEXICON;
    let ends = |end: &String| text.ends_with(end.as_str());
    measure::visible(&text) <= 40
        && (lexicon.caption_ends.iter().any(ends) || text.starts_with("附表"))
}
