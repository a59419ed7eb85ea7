//! How prose speaks of indicators.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Source;
use crate::{CodebookError, Dimension, Indicator};

/// Phrases of prose and the indicators they speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProseLexicon {
    /// Subjects, in the order of the file.
    pub subjects: Vec<Subject>,
    /// What a subject may need to be spoken of.
    pub topics: BTreeMap<String, Topic>,
    /// Words that are neither subject, scope nor period: grammar.
    pub words: ProseWords,
}

/// A way prose names an indicator.
///
/// Phrases are literal words with `*` (any words of the clause), `~` (only words that say nothing:
/// [`ProseWords::fillers`]) and `#` (the number; at the end where it is not written).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Indicator id.
    pub indicator: String,
    /// Dimensions that the phrase fixes.
    pub dimensions: BTreeMap<String, String>,
    /// Phrases, spaces removed, classes written out.
    pub phrases: Vec<String>,
    /// Units that a number of it may have.
    pub units: Vec<String>,
    /// Words that must not stand in the clause up to the number.
    pub forbidden: Vec<String>,
    /// Topic that must be spoken of.
    pub topic: Option<String>,
    /// The number may stand before the phrase (`5件结果维持`).
    pub inverted: bool,
    /// Dimensions taken from the statement before in the sentence; without it there is no reading.
    pub inherited: Vec<String>,
    /// Indicators of which one must be what the statement before says (`公开817条,其中网站529条`); empty where
    /// the phrase says enough by itself.
    pub follows: Vec<String>,
    /// Periods other than the year that it can be said for; a number for any other is left alone.
    pub periods: Vec<String>,
    /// It counts what there is at the end of the year: 累计 and 截至 change nothing.
    pub stock: bool,
    /// It counts what a year held: 累计 by itself adds up the year.
    pub yearly: bool,
    /// What is said not to have been, with the same marks as phrases; empty where no words say zero.
    pub objects: Vec<String>,
    /// Unit of a zero that words say.
    pub zero_unit: String,
}

/// What a passage speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Words in the sentence, before the number.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words in a heading above.
    #[serde(default)]
    pub headings: Vec<String>,
    /// What a phrase must hold to be understood of what an earlier sentence of the paragraph spoke of (依申请
    /// 公开工作有序推进。全年新收申请27件).
    #[serde(default)]
    pub names: Vec<String>,
    /// Words in the sentence, wherever they stand.
    #[serde(default)]
    pub signs: Vec<String>,
    /// Matters (first parts of indicator ids) whose parts in the same sentence are not of this topic unless
    /// they name it (制作政府信息20条,不予公开15条).
    #[serde(default)]
    pub not_within: Vec<String>,
}

/// The grammar words of prose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProseWords {
    /// Words between subject and number that say nothing (共, 达, 为).
    pub fillers: Vec<String>,
    /// Fillers that give the number to each of several subjects (各, 均).
    pub distributive: Vec<String>,
    /// Words that give each of several numbers to one of several things (分别).
    #[serde(default)]
    pub respective: Vec<String>,
    /// Words between what a number was and what it is (由310条|增加到|452条).
    #[serde(default)]
    pub reached: Vec<String>,
    /// Words between a number and the share of its whole that it is (5件,|占|31%); others name another whole.
    #[serde(default)]
    pub shares: Vec<String>,
    /// Words before a percentage by which a number has grown.
    #[serde(default)]
    pub grown: Vec<String>,
    /// Words before a percentage by which a number has shrunk.
    #[serde(default)]
    pub shrunk: Vec<String>,
    /// Words that begin a list of the parts of a number (其中).
    #[serde(default)]
    pub lists: Vec<String>,
    /// Of these, words that begin a list that is closed (分别为).
    #[serde(default)]
    pub closed_lists: Vec<String>,
    /// Verbs of which several may hold for one number (受理和办结6件).
    #[serde(default)]
    pub deeds: Vec<String>,
    /// Words between a number and the phrase after it (为, 属于).
    pub copulas: Vec<String>,
    /// Words that make a number a change, a plan or a share: no reading.
    pub rejected: Vec<String>,
    /// Words that make a number one of a month or day.
    pub monthly: Vec<String>,
    /// Words that make a number one since ever.
    pub cumulative: Vec<String>,
    /// Words that say cumulative unless the year is said with them (累计).
    pub summed: Vec<String>,
    /// Words that say the year covered.
    pub yearly: Vec<String>,
    /// Words at the start of a clause that make it one of a part of the year.
    pub partial: Vec<String>,
    /// Words at the start of a clause that speak of the year before, unless `carried` follows (上年度).
    #[serde(default)]
    pub last_year: Vec<String>,
    /// What comes over from the year before and counts in this one (结转).
    #[serde(default)]
    pub carried: Vec<String>,
    /// Words at the start of a clause that lead back to the year of the report (今年).
    #[serde(default)]
    pub this_year: Vec<String>,
    /// Words at the start of a clause that make what follows a plan, a wish or a condition (力争).
    #[serde(default)]
    pub plans: Vec<String>,
    /// What begins like one of `plans` and is none (计划类信息).
    #[serde(default)]
    pub not_plans: Vec<String>,
    /// Words at the start of a clause that say what was (实际).
    #[serde(default)]
    pub facts: Vec<String>,
    /// How names of bodies end (局, 委员会).
    #[serde(default)]
    pub bodies: Vec<String>,
    /// Words before a body that make it another one than the agency (兄弟).
    #[serde(default)]
    pub outsiders: Vec<String>,
    /// Words that may follow the body that a clause speaks of (收到, 共).
    #[serde(default)]
    pub acts: Vec<String>,
    /// Words before a date that is an end, not a period (截至).
    pub until: Vec<String>,
    /// Words at the start of a clause that speak of the whole jurisdiction.
    pub jurisdiction: Vec<String>,
    /// Words at the start of a clause that speak of the agency itself.
    pub own: Vec<String>,
    /// Words that begin a sentence that goes on with the one before.
    pub continuing: Vec<String>,
    /// Words that negate the verb after them (未).
    pub negations: Vec<String>,
    /// Verbs that a negation makes say none (收到, 发生).
    pub verbs: Vec<String>,
    /// Negations that need no verb (没有, 无).
    pub bare_negations: Vec<String>,
    /// What must not follow a bare negation (无|法, 没有|答复).
    pub not_negated: Vec<String>,
    /// Words that end a negated clause and say nothing (情况, 发生).
    pub tails: Vec<String>,
    /// Words before a negation that take its zero away (除, 目前).
    pub restrictions: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Words that `<class>` stands for in phrases.
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
    /// Units that a number may have, by name.
    units: BTreeMap<String, Vec<String>>,
    /// What a passage must speak of, by name.
    #[serde(default)]
    topics: BTreeMap<String, Topic>,
    /// Words that are neither subject, scope nor period: grammar.
    words: ProseWords,
    /// Subjects, one table each.
    subject: Vec<SubjectEntry>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SubjectEntry {
    /// Indicator id.
    indicator: String,
    /// Dimensions that the phrase fixes.
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    /// Words with `*` (any of the clause), `~` (such as say nothing), `#` (the number; at the end where it is not written) and `<class>`.
    #[serde(default)]
    phrases: Vec<String>,
    /// Name of the units that a number of it may have.
    units: String,
    /// Words that must not stand in the clause up to the number.
    #[serde(default)]
    forbidden: Vec<String>,
    /// Topic that must be spoken of.
    topic: Option<String>,
    /// The number may stand before the phrase.
    #[serde(default)]
    inverted: bool,
    /// Dimensions taken from the statement before.
    #[serde(default)]
    inherited: Vec<String>,
    /// Indicators of which one must be what the statement before says.
    #[serde(default)]
    follows: Vec<String>,
    /// Periods other than the year that it can be said for.
    #[serde(default = "cumulative")]
    periods: Vec<String>,
    /// It counts what there is at the end of the year.
    #[serde(default)]
    stock: bool,
    /// It counts what a year held.
    #[serde(default)]
    yearly: bool,
    /// What is said not to have been: no number is zero.
    #[serde(default)]
    objects: Vec<String>,
    /// Unit of such a zero; else the first of its units.
    #[serde(default)]
    zero_unit: Option<String>,
}

fn cumulative() -> Vec<String> {
    vec!["cumulative".to_owned()]
}

/// Most phrases that one may stand for.
const MOST_ALTERNATIVES: usize = 1024;

impl ProseLexicon {
    /// Reads `prose.toml`.
    pub(crate) fn parse(
        source: &Source<'_>,
        indicators: &[Indicator],
        dimensions: &[Dimension],
    ) -> Result<Self, CodebookError> {
        let file = source.file;
        let File {
            classes,
            units,
            topics,
            words,
            subject,
        } = source.read()?;
        let mut subjects = Vec::with_capacity(subject.len());
        for entry in subject {
            let invalid = |problem: String, remedy: &str| {
                CodebookError::invalid(file, &entry.indicator, problem, remedy)
            };
            entry.agree(indicators, dimensions).map_err(|problem| {
                invalid(
                    problem,
                    "take an id or value of the codebook, or add it there",
                )
            })?;
            let Some(allowed) = units.get(&entry.units) else {
                let problem = format!("no units are called {:?}", entry.units);
                return Err(invalid(problem, "add them under [units]"));
            };
            if let Some(topic) = &entry.topic
                && !topics.contains_key(topic)
            {
                let problem = format!("no topic is called {topic:?}");
                return Err(invalid(problem, "add it under [topics]"));
            }
            let written_out = |phrases: &[String]| -> Result<Vec<String>, CodebookError> {
                let mut all = BTreeSet::new();
                for phrase in phrases {
                    all.extend(
                        write_out(phrase, &classes)
                            .map_err(|problem| invalid(problem, "correct the phrase"))?,
                    );
                }
                Ok(all.into_iter().collect())
            };
            let phrases = written_out(&entry.phrases)?;
            let objects = written_out(&entry.objects)?;
            if objects.iter().any(|object| object.contains('#')) {
                let problem = "what is said not to have been holds no number".to_owned();
                return Err(invalid(problem, "take the # out of objects"));
            }
            let zero_unit = entry
                .zero_unit
                .clone()
                .or_else(|| allowed.first().cloned())
                .unwrap_or_default();
            subjects.push(Subject {
                indicator: entry.indicator,
                dimensions: entry.dimensions,
                phrases,
                units: allowed.clone(),
                forbidden: entry.forbidden,
                topic: entry.topic,
                inverted: entry.inverted,
                inherited: entry.inherited,
                follows: entry.follows,
                periods: entry.periods,
                stock: entry.stock,
                yearly: entry.yearly,
                objects,
                zero_unit,
            });
        }
        Ok(Self {
            subjects,
            topics,
            words,
        })
    }
}

impl SubjectEntry {
    /// Whether indicator and dimensions are those of the codebook.
    fn agree(&self, indicators: &[Indicator], dimensions: &[Dimension]) -> Result<(), String> {
        let Some(indicator) = indicators
            .iter()
            .find(|indicator| indicator.id == self.indicator)
        else {
            return Err("no indicator has this id".to_owned());
        };
        for (dimension, value) in &self.dimensions {
            let contextual = dimensions
                .iter()
                .any(|known| known.contextual && known.id == *dimension && known.allows(value));
            let allowed = indicator.allowed(dimension).unwrap_or_default();
            if !contextual && !allowed.contains(value) {
                return Err(format!("{dimension} = {value:?} is none of its values"));
            }
        }
        let known = |id: &String| indicators.iter().any(|indicator| indicator.id == *id);
        if let Some(follows) = self.follows.iter().find(|id| !known(id)) {
            return Err(format!("it follows {follows:?}, which is no id"));
        }
        if self.phrases.is_empty() && self.objects.is_empty() {
            return Err("it has neither phrases nor objects".to_owned());
        }
        Ok(())
    }
}

/// A phrase with every `<class>` replaced by each of its words.
fn write_out(phrase: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let mut done = vec![String::new()];
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((class, after)) = after.split_once('>') else {
            return Err(format!("{phrase:?}: < without >"));
        };
        let Some(words) = classes.get(class) else {
            return Err(format!("{phrase:?}: no class is called {class:?}"));
        };
        done = done
            .iter()
            .flat_map(|start| {
                words
                    .iter()
                    .map(move |word| format!("{start}{before}{word}"))
            })
            .collect();
        if done.len() > MOST_ALTERNATIVES {
            return Err(format!(
                "{phrase:?} stands for more than {MOST_ALTERNATIVES} phrases"
            ));
        }
        rest = after;
    }
    for written in &mut done {
        written.push_str(rest);
    }
    let sound = |written: &String| {
        !written.is_empty()
            && written.matches('#').count() <= 1
            && !written.starts_with(['*', '~', '#'])
            && !written.ends_with(['*', '~', '#'])
    };
    if let Some(bad) = done.iter().find(|written| !sound(written)) {
        return Err(format!(
            "{bad:?} begins or ends with a mark, or holds two numbers"
        ));
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = include_str!("../data/prose.toml");

    #[test]
    fn no_phrase_is_written_twice() {
        let lexicon = &crate::Codebook::builtin().prose;
        assert!(lexicon.subjects.len() > 80);
        let mut seen = BTreeSet::new();
        for subject in &lexicon.subjects {
            for phrase in &subject.phrases {
                let key = (phrase, &subject.topic, &subject.units, &subject.follows);
                assert!(seen.insert(key), "{phrase} twice");
            }
        }
    }

    #[test]
    fn a_faulty_file_is_refused_with_its_name() {
        let indicators = &crate::Codebook::builtin().indicators;
        for (wrong, told) in [
            (
                "indicator = \"x\"\nphrases = [\"a\"]\nunits = \"requests\"",
                "no indicator",
            ),
            (
                "indicator = \"requests.received\"\nphrases = [\"<nosuch>\"]\nunits = \"requests\"",
                "no class",
            ),
            (
                "indicator = \"requests.received\"\nphrases = [\"*a\"]\nunits = \"requests\"",
                "begins or ends",
            ),
            (
                "indicator = \"requests.received\"\nphrases = [\"a\"]\nunits = \"nosuch\"",
                "no units",
            ),
        ] {
            let faulty = format!("{DATA}\n[[subject]]\n{wrong}\n");
            let error = ProseLexicon::parse(&Source::new("mine.toml", &faulty), indicators, &[])
                .unwrap_err();
            let message = error.to_string();
            assert!(
                message.starts_with("mine.toml, ") && message.contains(told),
                "{message}"
            );
        }
        assert!(
            ProseLexicon::parse(&Source::new("mine.toml", "[[subject]]"), indicators, &[]).is_err()
        );
    }

    #[test]
    fn classes_are_written_out() {
        let classes =
            BTreeMap::from([("a".to_owned(), vec!["收到".to_owned(), "接到".to_owned()])]);
        assert_eq!(
            write_out("<a>#申请", &classes).unwrap(),
            ["收到#申请", "接到#申请"]
        );
        assert!(write_out("*申请", &classes).is_err());
    }
}
