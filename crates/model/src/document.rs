//! A document: what a reader makes of the bytes of one file.

use std::collections::HashSet;

use crate::{Block, BlockContent, Place, Span, Warning};

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

    /// Documents that continue one another, as one: their blocks in order, hints and attachments each
    /// once. Every place says then which page it is in. `None` for no documents.
    pub fn join(pages: Vec<Self>) -> Option<Self> {
        let several = pages.len() > 1;
        let mut pages = pages.into_iter().zip(0..).map(|(mut page, number)| {
            if several {
                page.set_page(number);
            }
            page
        });
        let mut whole = pages.next()?;
        let mut hints: HashSet<(HintKind, String)> = HashSet::new();
        let mut links: HashSet<String> = HashSet::new();
        hints.extend(whole.hints.iter().map(Hint::key));
        links.extend(whole.attachments.iter().map(|link| link.uri.clone()));
        for page in pages {
            whole.blocks.extend(page.blocks);
            whole.warnings.extend(page.warnings);
            let new = page.hints.into_iter();
            whole
                .hints
                .extend(new.filter(|hint| hints.insert(hint.key())));
            let new = page.attachments.into_iter();
            let new = new.filter(|link| links.insert(link.uri.clone()));
            whole.attachments.extend(new);
            if let (Some(charset), Some(other)) = (&mut whole.charset, page.charset) {
                charset.replaced += other.replaced;
            }
        }
        Some(whole)
    }

    /// Puts every place into a page.
    fn set_page(&mut self, page: u32) {
        let put = |place: &mut Place| {
            let inner = std::mem::replace(place, Place::Boxes(Vec::new()));
            *place = Place::InPage {
                page,
                place: Box::new(inner),
            };
        };
        for block in &mut self.blocks {
            put(&mut block.place);
            match &mut block.content {
                BlockContent::Table(table) => {
                    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                    cells.filter_map(|cell| cell.place.as_mut()).for_each(put);
                }
                BlockContent::Grid(grid) => {
                    let cells = grid.cells.iter_mut();
                    cells.filter_map(|cell| cell.place.as_mut()).for_each(put);
                    let caption = grid.caption.as_mut();
                    caption
                        .and_then(|caption| caption.place.as_mut())
                        .into_iter()
                        .for_each(put);
                }
                BlockContent::Paragraph(_) | BlockContent::Picture { .. } => {}
            }
        }
        let hints = self.hints.iter_mut();
        hints.filter_map(|hint| hint.place.as_mut()).for_each(put);
        let attachments = self.attachments.iter_mut();
        attachments
            .map(|attachment| &mut attachment.place)
            .for_each(put);
        let warnings = self.warnings.iter_mut();
        warnings
            .filter_map(|warning| warning.place.as_mut())
            .for_each(put);
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
    /// `text/markdown`: a text whose marks say how it is set.
    Markdown,
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
            Self::Markdown => "text/markdown",
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

impl Hint {
    fn key(&self) -> (HintKind, String) {
        (self.kind, self.text.clone())
    }
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
