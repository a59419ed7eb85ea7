//! The record as a whole, and what it says of its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Agency, At, Basis, Check, Citation, Contact, Derived, Doubt, Indicator, Keyword, Number,
    Period, Quantity, ReportScope, Section, Table,
};

/// One report found in a source, or a piece of one that is no report.
///
/// # Confidence
/// Title, agency, year and day of publication each say what they rest on (`basis`) and how sure they
/// are (`confidence`). Places that can say it count as witnesses, each with a weight: for the agency title 0.9,
/// introduction and signature 0.8, page metadata 0.6, running text 0.5, address 0.3. Witnesses that agree
/// add up as `1 − Π(1 − weight)`; each place that names another takes its share away:
/// `× (1 − weight / 4)`. Below 0.7 a person should look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this schema: `"1"`.
    pub schema: String,
    /// Stable: the first 16 hex digits of the SHA-256 of `<source sha256>:<part>`.
    pub id: String,
    /// The file that it was found in.
    pub source: Source,
    /// The profile that it was read by; absent where the built-in codebook was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// What it is.
    pub kind: Kind,
    /// Of a record of kind `other`: why it is no report, where that can be said.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// False where the text visibly breaks off.
    pub complete: bool,
    /// As written, spaces repaired; null where the report has none.
    pub title: Option<String>,
    /// Where the title stands; null where only the file's metadata has it.
    #[serde(default)]
    pub title_at: Option<At>,
    /// What the title rests on: `title` where it stands in the text, `metadata` where only the page says it.
    #[serde(default)]
    pub title_basis: Option<Basis>,
    /// How sure the title is, 0 to 1.
    #[serde(default)]
    pub title_confidence: Option<Number>,
    /// Who reports.
    pub agency: Agency,
    /// Whose figures it holds, in its own words; null where it does not say. The `scope` of an indicator's
    /// own dimensions goes before it.
    #[serde(default)]
    pub scope: Option<ReportScope>,
    /// What time it covers.
    pub period: Option<Period>,
    /// ISO date, year-month or year of publication.
    pub published: Option<String>,
    /// What the date of publication rests on.
    #[serde(default)]
    pub published_basis: Option<Basis>,
    /// How sure it is, 0 to 1.
    #[serde(default)]
    pub published_confidence: Option<Number>,
    /// The report's own document number: `桂政办函〔2012〕2号`.
    pub document_number: Option<String>,
    /// Documents that the text cites by number, in order.
    #[serde(default)]
    pub cited: Vec<Citation>,
    /// Where the report says that one can ask.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// The outline, flat, in reading order.
    pub sections: Vec<Section>,
    /// Tables in reading order.
    pub tables: Vec<Table>,
    /// Indicators: first those of tables, then those of prose.
    pub indicators: Vec<Indicator>,
    /// Every number with a unit in prose.
    pub quantities: Vec<Quantity>,
    /// What the rules say.
    pub checks: Vec<Check>,
    /// Values that follow from indicators where none is printed. No check takes one.
    #[serde(default)]
    pub derived: Vec<Derived>,
    /// What a person should look at first: at most ten, the likeliest faults first. Annual reports only.
    #[serde(default)]
    pub review: Vec<Doubt>,
    /// Words that tell the report apart, heaviest first.
    pub keywords: Vec<Keyword>,
    /// What a user should know. Warnings, attachments and hints that concern the whole file stand
    /// with its principal record: the first annual report, or else the first record.
    pub warnings: Vec<Warning>,
    /// Text of the site or the page, not of the report.
    pub furniture: Vec<String>,
    /// Files that the page links to.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// What the file says of itself outside its text.
    #[serde(default)]
    pub hints: Vec<Hint>,
    /// How much of the source's text its records hold.
    pub coverage: Coverage,
}

/// The profile that a report was read by: indicators, sections and rules are named by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    /// `final-accounts`
    pub id: String,
    /// Version of the profile.
    pub version: String,
}

/// The file that a record was found in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path as given. A backslash stands doubled and a byte that is no UTF-8 as `\xHH`; an entry of
    /// an archive stands behind `!/`.
    pub path: String,
    /// Address, where known.
    pub uri: Option<String>,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// `text/plain`, `text/markdown`, `text/html`, `application/pdf`.
    pub media_type: String,
    /// Name by the WHATWG Encoding Standard; null where the format fixes it.
    pub charset: Option<String>,
    /// Why this charset.
    #[serde(default)]
    pub charset_basis: Option<CharsetBasis>,
    /// What was declared, where it differs.
    #[serde(default)]
    pub declared: Option<String>,
    /// Characters that could not be decoded and stand as U+FFFD.
    #[serde(default)]
    pub replaced: usize,
    /// Position among the file's records, from 0.
    pub part: usize,
    /// How many records the file gave.
    pub parts: usize,
    /// The pages of a report that is split over several files, in order, this file's first; empty where
    /// it stands in one. `source_page` of an `at` is an index of this list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<SourcePage>,
}

/// One of several pages that a report is split over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourcePage {
    /// Path as given.
    pub path: String,
    /// Address, where known.
    pub uri: Option<String>,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
}

/// Why a charset was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CharsetBasis {
    /// A byte order mark.
    Bom,
    /// The bytes are valid UTF-8.
    ValidUtf8,
    /// Declared, and the bytes agree.
    Declared,
    /// The bytes are valid GB18030.
    ValidGb18030,
    /// A detector, on a sample.
    Detected,
    /// Nothing spoke for any.
    Default,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An annual report on information disclosure; with a profile, a report of its family.
    AnnualReport,
    /// Another official report.
    WorkReport,
    /// No report: answers, snippets, navigation.
    Other,
}

/// Why a record is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The page is filled in by scripts: what came is a shell.
    ScriptShell,
    /// A test for humans or a wall against robots.
    Captcha,
    /// The page is gone, moved or not open.
    NotFound,
    /// The report stands in files that the page links to: see `attachments`.
    InAttachment,
    /// A form that nobody filled in.
    BlankForm,
    /// A law, rule or system of rules.
    Regulation,
    /// A notice or letter between agencies.
    Notice,
    /// A guide, catalogue or form of application.
    Guide,
    /// An explanation, translation or digest of a report or policy.
    Digest,
    /// A list of links.
    List,
    /// A piece of news.
    News,
    /// Questions and answers.
    Exchange,
    /// Site furniture alone.
    Navigation,
    /// A stretch of a text without beginning or end.
    Snippet,
}

/// Something that a user should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable code in snake case.
    pub code: String,
    /// What happened and what to do.
    pub message: String,
    /// Where.
    pub at: Option<At>,
}

/// A file that the page links to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// The link's text.
    pub text: String,
    /// The address as written.
    pub uri: String,
    /// Where the link stands.
    pub at: Option<At>,
}

/// Something that the file says of itself outside its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hint {
    /// What it is about.
    pub kind: HintKind,
    /// As written, trimmed.
    pub text: String,
    /// Where it stands.
    pub at: Option<At>,
}

/// What a hint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HintKind {
    /// Title of the page or file.
    Title,
    /// Name of the site.
    Site,
    /// Who published.
    Publisher,
    /// Day of publication.
    Published,
    /// 文号
    DocumentNumber,
    /// 索引号
    IndexNumber,
    /// Address.
    Uri,
    /// Column or breadcrumb.
    Column,
    /// Keywords.
    Keywords,
    /// Any other.
    Other,
}

/// How much of the source's text its records hold: white space and characters that only draw
/// lines (bars, box drawing) are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Visible characters of the source's text.
    pub characters: u64,
    /// Those of them that stand in the records of the source.
    pub placed: u64,
    /// `placed` over `characters`; 1 for a source without text.
    pub share: Number,
}

impl Coverage {
    /// Coverage from its counts.
    #[expect(clippy::cast_precision_loss, reason = "no source has 2^53 characters")]
    pub fn new(characters: u64, placed: u64) -> Self {
        let share = if characters == 0 {
            1.0
        } else {
            // Floored to six digits: only what is whole says 1.
            (placed as f64 / characters as f64 * 1e6).floor() / 1e6
        };
        Self {
            characters,
            placed,
            share: Number::new(share).unwrap_or(Number::points(0.0)),
        }
    }

    /// Whether everything stands somewhere.
    pub fn is_whole(&self) -> bool {
        self.placed >= self.characters
    }
}

impl From<model::ReportKind> for Kind {
    fn from(kind: model::ReportKind) -> Self {
        match kind {
            model::ReportKind::AnnualReport => Self::AnnualReport,
            model::ReportKind::WorkReport => Self::WorkReport,
            model::ReportKind::Other => Self::Other,
        }
    }
}

impl From<model::OtherReason> for Reason {
    fn from(reason: model::OtherReason) -> Self {
        match reason {
            model::OtherReason::ScriptShell => Self::ScriptShell,
            model::OtherReason::Captcha => Self::Captcha,
            model::OtherReason::NotFound => Self::NotFound,
            model::OtherReason::InAttachment => Self::InAttachment,
            model::OtherReason::BlankForm => Self::BlankForm,
            model::OtherReason::Regulation => Self::Regulation,
            model::OtherReason::Notice => Self::Notice,
            model::OtherReason::Guide => Self::Guide,
            model::OtherReason::Digest => Self::Digest,
            model::OtherReason::List => Self::List,
            model::OtherReason::News => Self::News,
            model::OtherReason::Exchange => Self::Exchange,
            model::OtherReason::Navigation => Self::Navigation,
            model::OtherReason::Snippet => Self::Snippet,
        }
    }
}

impl From<model::CharsetBasis> for CharsetBasis {
    fn from(basis: model::CharsetBasis) -> Self {
        match basis {
            model::CharsetBasis::Bom => Self::Bom,
            model::CharsetBasis::ValidUtf8 => Self::ValidUtf8,
            model::CharsetBasis::Declared => Self::Declared,
            model::CharsetBasis::ValidGb18030 => Self::ValidGb18030,
            model::CharsetBasis::Detected => Self::Detected,
            model::CharsetBasis::Default => Self::Default,
        }
    }
}

impl From<model::HintKind> for HintKind {
    fn from(kind: model::HintKind) -> Self {
        match kind {
            model::HintKind::Title => Self::Title,
            model::HintKind::Site => Self::Site,
            model::HintKind::Publisher => Self::Publisher,
            model::HintKind::Published => Self::Published,
            model::HintKind::DocumentNumber => Self::DocumentNumber,
            model::HintKind::IndexNumber => Self::IndexNumber,
            model::HintKind::Uri => Self::Uri,
            model::HintKind::Column => Self::Column,
            model::HintKind::Keywords => Self::Keywords,
            model::HintKind::Other => Self::Other,
        }
    }
}

impl From<&model::Warning> for Warning {
    fn from(warning: &model::Warning) -> Self {
        Self {
            code: warning.code.to_owned(),
            message: warning.message.clone(),
            at: warning.place.as_ref().and_then(At::of),
        }
    }
}

impl From<&model::Attachment> for Attachment {
    fn from(attachment: &model::Attachment) -> Self {
        Self {
            text: attachment.text.clone(),
            uri: attachment.uri.clone(),
            at: At::of(&attachment.place),
        }
    }
}

impl From<&model::Hint> for Hint {
    fn from(hint: &model::Hint) -> Self {
        Self {
            kind: hint.kind.into(),
            text: hint.text.clone(),
            at: hint.place.as_ref().and_then(At::of),
        }
    }
}
