//! The form of the lexicon's files.

use std::collections::{HashMap, HashSet};

use model::{FurnitureReason, HintKind};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct FurnitureFile {
    pub(super) words: Vec<WordGroup>,
    pub(super) hidden: HiddenFile,
    pub(super) tags: HashMap<String, MarkFile>,
    pub(super) roles: HashMap<String, MarkFile>,
    pub(super) lines: LinesFile,
    pub(super) pictures: PicturesFile,
    pub(super) fold: FoldFile,
}

#[derive(Deserialize)]
pub(super) struct PicturesFile {
    pub(super) caption_ends: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct FoldFile {
    pub(super) traditional: String,
    pub(super) simplified: String,
}

#[derive(Deserialize)]
pub(super) struct WordGroup {
    pub(super) reason: Reason,
    pub(super) weight: u32,
    pub(super) words: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct HiddenFile {
    pub(super) classes: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct MarkFile {
    pub(super) reason: Reason,
    pub(super) weight: u32,
}

#[derive(Deserialize)]
pub(super) struct LinesFile {
    pub(super) control: Vec<String>,
    pub(super) navigation: Vec<String>,
    pub(super) leads: Vec<String>,
    pub(super) breadcrumb: Vec<String>,
    pub(super) footer: Vec<String>,
    pub(super) notices: Vec<String>,
    pub(super) comments: Vec<String>,
    pub(super) elsewhere: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    Navigation,
    Control,
    SiteFooter,
    Metadata,
}

impl From<Reason> for FurnitureReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Navigation => Self::Navigation,
            Reason::Control => Self::Control,
            Reason::SiteFooter => Self::SiteFooter,
            Reason::Metadata => Self::Metadata,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct MetadataFile {
    pub(super) labels: Vec<LabelGroup>,
    pub(super) meta: HashMap<String, Kind>,
    pub(super) json: HashMap<String, Kind>,
    pub(super) json_others: HashSet<String>,
}

#[derive(Deserialize)]
pub(super) struct LabelGroup {
    pub(super) kind: Kind,
    pub(super) strong: bool,
    pub(super) labels: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Title,
    Site,
    Publisher,
    Published,
    DocumentNumber,
    IndexNumber,
    Uri,
    Column,
    Keywords,
    Other,
}

impl From<Kind> for HintKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Title => Self::Title,
            Kind::Site => Self::Site,
            Kind::Publisher => Self::Publisher,
            Kind::Published => Self::Published,
            Kind::DocumentNumber => Self::DocumentNumber,
            Kind::IndexNumber => Self::IndexNumber,
            Kind::Uri => Self::Uri,
            Kind::Column => Self::Column,
            Kind::Keywords => Self::Keywords,
            Kind::Other => Self::Other,
        }
    }
}
