//! A document: what a reader makes of the bytes of one file.

use crate::{Block, Place, Span, Warning};

/// What a reader makes of one file: blocks in reading order, and what the file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What kind of file it is.
    pub media_type: MediaType,
    /// How its characters were decoded; `None` where the format fixes it (PDF).
    pub charset: Option<Charset>,
    /// What the file says of itself outside its text: title, meta tags, metadata tables.
    pub hints: Vec<Hint>,
    /// Files that the document links to.
    pub attachments: Vec<Attachment>,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What went wrong without spoiling the whole.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document without blocks.
    pub fn new(media_type: MediaType) -> Self {
        Self {
            media_type,
            charset: None,
            hints: Vec::new(),
            attachments: Vec::new(),
            blocks: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The canonical text of a span; empty for tables and for a span outside the document.
    pub fn slice(&self, span: Span) -> &str {
        self.blocks
            .get(span.block)
            .and_then(Block::text)
            .and_then(|text| text.value().get(span.start..span.end))
            .unwrap_or_default()
    }
}

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// `text/plain`
    Text,
    /// `text/html`
    Html,
    /// `application/pdf`
    Pdf,
}

impl MediaType {
    /// The registered name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Pdf => "application/pdf",
        }
    }
}

/// How bytes became characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charset {
    /// Name by the WHATWG Encoding Standard (`UTF-8`, `gb18030`, `Big5`).
    pub name: String,
    /// Why this one.
    pub basis: CharsetBasis,
    /// What the page or the server declared, where it differs.
    pub declared: Option<String>,
    /// Characters that could not be decoded and stand as U+FFFD.
    pub replaced: usize,
}

/// Why a charset was chosen, strongest evidence first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharsetBasis {
    /// A byte order mark.
    Bom,
    /// The bytes are valid UTF-8.
    ValidUtf8,
    /// HTTP header or `meta` tag, and the bytes agree.
    Declared,
    /// The bytes are valid GB18030.
    ValidGb18030,
    /// A detector, on a sample.
    Detected,
    /// Nothing spoke for any.
    Default,
}

/// Something a file says of itself outside its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// What it is about.
    pub kind: HintKind,
    /// As written, trimmed.
    pub text: String,
    /// Where it stands, where that can be said.
    pub place: Option<Place>,
}

/// What a hint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HintKind {
    /// `<title>`, PDF title, `meta ArticleTitle`.
    Title,
    /// Name of the site (`meta SiteName`).
    Site,
    /// Who published: 发布机构, 发文机关, 来源, `meta ContentSource`, `author`.
    Publisher,
    /// Day of publication: 发布日期, 发文日期, 成文日期, `meta PubDate`.
    Published,
    /// 文号.
    DocumentNumber,
    /// 索引号.
    IndexNumber,
    /// Address: canonical link, `og:url`, or as given by the caller.
    Uri,
    /// Column or breadcrumb: 当前位置, `meta ColumnName`.
    Column,
    /// Keywords.
    Keywords,
    /// Any other label of a metadata table.
    Other,
}

/// A file that the document links to: there the report often is.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// The link's text.
    pub text: String,
    /// The address as written.
    pub uri: String,
    /// Where the link stands.
    pub place: Place,
}
