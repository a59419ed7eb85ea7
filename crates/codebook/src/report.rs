//! How reports of a family are called and how they open.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::CodebookError;
use crate::pattern::{Pattern, PatternSet};
use crate::source::Source;

/// What tells a report of the family from other texts and from other reports. Patterns are held
/// against canonical text.
#[derive(Debug, Clone, Default)]
pub struct ReportLexicon {
    /// Titles.
    pub title: TitlePatterns,
    /// First sentences.
    pub opening: OpeningPatterns,
    /// What stands anywhere in the text.
    pub text: TextPatterns,
    /// Plain words.
    pub words: ReportWords,
}

/// How titles read.
#[derive(Debug, Clone, Default)]
pub struct TitlePatterns {
    /// A line that is the title of a report of the family.
    pub whole: PatternSet,
    /// The tail of such a title on a line of its own.
    pub tail: PatternSet,
    /// The title of another official report.
    pub work: PatternSet,
    /// What ends like a title and is none.
    pub none: PatternSet,
    /// What a title ends in where its text runs on in the same paragraph.
    pub ends: Vec<String>,
    /// What stands behind the agency's name.
    pub after_name: Vec<String>,
    /// What stands behind the year in an opening that names the report itself.
    pub self_named: PatternSet,
}

/// How reports begin.
#[derive(Debug, Clone, Default)]
pub struct OpeningPatterns {
    /// It names what it is.
    pub strong: PatternSet,
    /// What opens so is no report.
    pub other: PatternSet,
    /// Without a title: the year and the self.
    pub weak: PatternSet,
    /// The first words of an excerpt.
    pub excerpt: PatternSet,
    /// It names who reports: group 1.
    pub author: Vec<Pattern>,
}

/// What texts of reports hold.
#[derive(Debug, Clone, Default)]
pub struct TextPatterns {
    /// What a report says of its figures.
    pub figures_cover: PatternSet,
    /// A period shorter than the year.
    pub part_of_year: PatternSet,
    /// Figures with what they count.
    pub counts: PatternSet,
    /// Where it stands, a report stands.
    pub subject: PatternSet,
    /// What reports speak of, and sites too.
    pub business: PatternSet,
}

/// Plain words of the family's matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportWords {
    /// What the matter is called.
    pub matter: Vec<String>,
    /// What pages about such reports call them.
    pub called: Vec<String>,
    /// One of them stands in the title or the opening.
    pub theme: Vec<String>,
    /// Lines of a piece without its beginning are counted by them.
    pub fragment: Vec<String>,
    /// Clauses of an excerpt hold a figure or one of them.
    pub clause: Vec<String>,
    /// A line with one of them does not read like foreign matter.
    pub own: Vec<String>,
}

impl ReportWords {
    /// Whether a text holds one of some words.
    pub fn any(words: &[String], text: &str) -> bool {
        words.iter().any(|word| text.contains(word.as_str()))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// How titles read.
    title: TitleEntry,
    /// How reports begin.
    opening: OpeningEntry,
    /// What stands anywhere in the text.
    text: TextEntry,
    /// Plain words.
    words: ReportWords,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TitleEntry {
    /// A line that is the title of a report of the family.
    whole: Vec<String>,
    /// The tail of such a title on a line of its own.
    tail: Vec<String>,
    /// The title of another official report.
    work: Vec<String>,
    /// What ends like a title and is none.
    none: Vec<String>,
    /// What a title ends in where its text runs on in the same paragraph.
    ends: Vec<String>,
    /// What stands behind the agency's name.
    after_name: Vec<String>,
    /// What stands behind the year in an opening that names the report itself.
    self_named: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OpeningEntry {
    /// It names what it is.
    strong: Vec<String>,
    /// What opens so is no report.
    other: Vec<String>,
    /// Without a title: the year and the self.
    weak: Vec<String>,
    /// The first words of an excerpt.
    excerpt: Vec<String>,
    /// It names who reports: group 1.
    author: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TextEntry {
    /// What a report says of its figures.
    figures_cover: Vec<String>,
    /// A period shorter than the year.
    part_of_year: Vec<String>,
    /// Figures with what they count.
    counts: Vec<String>,
    /// Where it stands, a report stands.
    subject: Vec<String>,
    /// What reports speak of, and sites too.
    business: Vec<String>,
}

impl ReportLexicon {
    /// Reads `reports.toml`.
    pub(crate) fn parse(source: &Source<'_>) -> Result<Self, CodebookError> {
        let File {
            title,
            opening,
            text,
            words,
        } = source.read()?;
        Ok(Self {
            title: TitlePatterns {
                whole: title.whole.into(),
                tail: title.tail.into(),
                work: title.work.into(),
                none: title.none.into(),
                ends: title.ends,
                after_name: title.after_name,
                self_named: title.self_named.into(),
            },
            opening: OpeningPatterns {
                strong: opening.strong.into(),
                other: opening.other.into(),
                weak: opening.weak.into(),
                excerpt: opening.excerpt.into(),
                author: opening.author.into_iter().map(Pattern::from).collect(),
            },
            text: TextPatterns {
                figures_cover: text.figures_cover.into(),
                part_of_year: text.part_of_year.into(),
                counts: text.counts.into(),
                subject: text.subject.into(),
                business: text.business.into(),
            },
            words,
        })
    }

    /// Builds every pattern, so that one that is wrong is told at once and not in the midst of a document.
    pub(crate) fn build(&self, file: &str) -> Result<(), CodebookError> {
        let (title, opening, text) = (&self.title, &self.opening, &self.text);
        for (key, patterns) in [
            ("title.whole", &title.whole),
            ("title.tail", &title.tail),
            ("title.work", &title.work),
            ("title.none", &title.none),
            ("title.self_named", &title.self_named),
            ("opening.strong", &opening.strong),
            ("opening.other", &opening.other),
            ("opening.weak", &opening.weak),
            ("opening.excerpt", &opening.excerpt),
            ("text.figures_cover", &text.figures_cover),
            ("text.part_of_year", &text.part_of_year),
            ("text.counts", &text.counts),
            ("text.subject", &text.subject),
            ("text.business", &text.business),
        ] {
            let built = patterns.build();
            built.map_err(|error| faulty(file, key, &error))?;
        }
        for author in &opening.author {
            let built = author.build();
            let built = built.map_err(|error| faulty(file, "opening.author", &error))?;
            if built.captures_len() != 2 {
                return Err(CodebookError::invalid(
                    file,
                    "opening.author",
                    format!("`{}` must have one group, the name", author.written()),
                    "put the name, and nothing else, into (…); groups of another use begin with (?:",
                ));
            }
        }
        Ok(())
    }
}

fn faulty(file: &str, key: &str, error: &regex::Error) -> CodebookError {
    // The parser draws where it stopped over several lines: the last one says what is wrong.
    let told = error.to_string();
    let problem = told.lines().last().unwrap_or(&told).to_owned();
    CodebookError::invalid(file, key, problem, "correct the pattern")
}

#[cfg(test)]
mod tests {
    use crate::Codebook;

    #[test]
    fn every_pattern_of_the_program_builds() {
        let reports = &Codebook::builtin().reports;
        reports.build("reports.toml").unwrap();
        assert!(
            reports
                .title
                .whole
                .is_match("某县2012年政府信息公开工作年度报告")
        );
    }
}
