//! A report: one publication found in a document.

use crate::{Document, Warning};

/// A stretch of one block's canonical text, in bytes on character boundaries. A whole table or
/// picture is `start == end == 0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index among the document's blocks.
    pub block: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// One publication found in a document, cut into spans of its blocks: title, headings, content
/// and furniture together hold every visible character of the blocks it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is.
    pub kind: ReportKind,
    /// Of a piece that is no report: why, where that can be said.
    pub reason: Option<OtherReason>,
    /// False where the text visibly breaks off.
    pub complete: bool,
    /// Title.
    pub title: Option<Title>,
    /// Who reports.
    pub agency: Agency,
    /// Whose figures it holds, where it says so.
    pub scope: Option<ReportScope>,
    /// What time it covers.
    pub period: Option<Period>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its own document number.
    pub document_number: Option<String>,
    /// Documents that its text cites, in order.
    pub cited: Vec<Citation>,
    /// Where to ask.
    pub contact: Option<Contact>,
    /// Sections in reading order.
    pub sections: Vec<Section>,
    /// Text that belongs to the site or the page: it stands beside this report.
    pub furniture: Vec<Span>,
    /// What went wrong.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// The report's tables in reading order, as indices of the document's blocks. The place of a
    /// table in this list is its index in [`crate::Origin::Cell`] and its id in the record (`t1` is 0).
    pub fn tables(&self, document: &Document) -> Vec<usize> {
        self.sections
            .iter()
            .flat_map(|section| &section.content)
            .filter_map(|content| match content {
                Content::Table { block } => Some(*block),
                _ => None,
            })
            .filter(|block| {
                document
                    .blocks
                    .get(*block)
                    .is_some_and(|block| block.grid().is_some())
            })
            .collect()
    }

    /// Every span that the report takes, in no order: title, headings, content, furniture. A table is an empty
    /// span at the start of its block.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = self.furniture.clone();
        spans.extend(self.title.iter().flat_map(|title| &title.spans));
        for section in &self.sections {
            spans.extend(&section.heading_spans);
            for content in &section.content {
                match content {
                    Content::Paragraph { span } => spans.push(*span),
                    Content::Item { marker, span, .. } => spans.extend([*marker, *span]),
                    Content::Table { block } => spans.push(Span {
                        block: *block,
                        start: 0,
                        end: 0,
                    }),
                }
            }
        }
        spans
    }
}

/// What a piece of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// A report of the family: an annual report on information disclosure, or what the profile says.
    AnnualReport,
    /// Another official report.
    WorkReport,
    /// No report.
    Other,
}

/// Why a piece is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherReason {
    /// The page is filled in by scripts: what came is a shell.
    ScriptShell,
    /// A test for humans or a wall against robots.
    Captcha,
    /// The page is gone, moved or not open.
    NotFound,
    /// The report stands in files that the page links to.
    InAttachment,
    /// A form that nobody filled in.
    BlankForm,
    /// A law, rule or system of rules.
    Regulation,
    /// A notice or letter between agencies.
    Notice,
    /// A guide, catalogue or form of application.
    Guide,
    /// An explanation of a report or policy, or a translation or digest of one.
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

/// A title and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Title {
    /// The title, spaces repaired, lines joined.
    pub text: String,
    /// Where it stands; empty where only a hint has it.
    pub spans: Vec<Span>,
    /// What it rests on.
    pub basis: Basis,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}

/// Who reports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agency {
    /// Fullest form that the source supports; `None` where it names none.
    pub name: Option<String>,
    /// As written (`市城管委`, `我市`).
    pub as_written: Option<String>,
    /// Where it lies, as far as the source supports it.
    pub region: Division,
    /// What the name rests on.
    pub basis: Option<Basis>,
    /// The government that it belongs to.
    pub level: Option<AgencyLevel>,
    /// What kind of body it is.
    pub body: Option<Body>,
    /// How sure the name is, 0 to 1; 0 without one.
    pub confidence: f64,
}

/// The level of the government that an agency belongs to: a department has the level of its government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgencyLevel {
    /// The whole state.
    National,
    /// A province, autonomous region or municipality.
    Province,
    /// A prefecture.
    City,
    /// A county, district or county-level city.
    County,
    /// A town, township or street.
    Township,
}

/// What kind of body an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// A people's government, its office, or a street office.
    Government,
    /// A department of a government.
    Department,
    /// A body of the state's own line of command: taxes, customs, weather.
    Vertical,
    /// A development zone or another area run by a committee.
    FunctionalArea,
    /// A court or procuratorate.
    Court,
    /// A school or university.
    Education,
    /// A hospital or another body of health care.
    Health,
    /// A firm.
    Enterprise,
    /// An association.
    Association,
    /// Another public institution.
    Institution,
}

/// A place in the administrative order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Division {
    /// Province, autonomous region or municipality.
    pub province: Option<String>,
    /// Prefecture-level city.
    pub city: Option<String>,
    /// County, district or county-level city.
    pub county: Option<String>,
    /// Six-digit code (GB/T 2260) of the smallest unit known.
    pub code: Option<String>,
    /// What it rests on, where that is not the name alone.
    pub basis: Option<Basis>,
}

/// What a piece of metadata rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The title.
    Title,
    /// The opening paragraph.
    Introduction,
    /// The signature at the end.
    Signature,
    /// The running text.
    Text,
    /// The page's metadata.
    Metadata,
    /// The address.
    Uri,
}

/// The time a report covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// The year covered.
    pub year: i16,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day.
    pub end: Option<PartialDate>,
    /// What it rests on.
    pub basis: Basis,
    /// How sure the year is, 0 to 1.
    pub confidence: f64,
}

/// When a report was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The date, as exactly as it is said.
    pub date: PartialDate,
    /// What it rests on.
    pub basis: Basis,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
}

/// A document that a report cites by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The number in its normal form: `国办发〔2014〕12号`, `国务院令第711号`.
    pub number: String,
    /// As written, white space aside.
    pub as_written: String,
    /// Where it stands, or begins.
    pub span: Span,
}

/// Whose figures a report holds, in its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportScope {
    /// Whose.
    pub kind: ScopeKind,
    /// The sentence that says so.
    pub span: Span,
}

/// Whose figures: ids of the dimension `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// A government and its departments, without the places below it.
    OwnLevel,
    /// All that lies below the agency.
    Jurisdiction,
}

/// Where a report says that one can ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The office.
    pub office: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Six digits.
    pub postcode: Option<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Fax number as written.
    pub fax: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Web site.
    pub site: Option<String>,
    /// The lines that say so.
    pub spans: Vec<Span>,
}

/// A year, a month or a day. Its parts are checked: no 30 February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// A date from its parts, `None` where there is no such date.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = match month {
            None => 0,
            Some(2) => 28 + u8::from(leap),
            Some(4 | 6 | 9 | 11) => 30,
            Some(1..=12) => 31,
            Some(_) => return None,
        };
        let day_is_right = day.is_none_or(|day| (1..=days).contains(&day));
        ((1000..=9999).contains(&year) && day_is_right).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, where said.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day, where said.
    pub fn day(self) -> Option<u8> {
        self.day
    }
}

impl std::fmt::Display for PartialDate {
    /// ISO 8601, as exactly as the date is known: `2009`, `2009-02`, `2009-02-18`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// One section of a report's outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Index of the parent among the report's sections.
    pub parent: Option<usize>,
    /// Depth, from 1; 0 for the text before the first heading.
    pub level: u32,
    /// The heading's number as written: `一`, `(一)`, `1`.
    pub number: Option<String>,
    /// The heading without its number; `None` at level 0.
    pub heading: Option<String>,
    /// Number and heading in the source.
    pub heading_spans: Vec<Span>,
    /// Id of the section lexicon.
    pub canonical: Option<String>,
    /// Content in order.
    pub content: Vec<Content>,
}

/// One piece of a section's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A paragraph.
    Paragraph {
        /// Where it stands.
        span: Span,
    },
    /// A list item.
    Item {
        /// Its number as written (`1`, `一是`).
        number: Option<String>,
        /// The number and what parts it from the text.
        marker: Span,
        /// The text after the marker.
        span: Span,
    },
    /// A table or picture.
    Table {
        /// Index among the document's blocks.
        block: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn a_date_that_is_none_is_refused() {
        assert!(PartialDate::new(2012, Some(2), Some(30)).is_none());
        assert!(PartialDate::new(2012, Some(2), Some(29)).is_some());
        assert!(PartialDate::new(2013, Some(13), None).is_none());
        assert_eq!(
            PartialDate::new(2009, Some(2), None).unwrap().to_string(),
            "2009-02"
        );
    }
}
